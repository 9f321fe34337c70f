//! Sentences that could be read in two ways, and messages that said what is not so: each as it must read.

use ephor::reading;

use crate::rule_support::{own, quickly, stories};

/// The sentence of a rule with this selection and these limbs, with what stands behind them.
fn sentence(before: &str, rule: &str) -> String {
    let text = format!(
        "edition 1, in English\n{before}\nrule x-1 \"X\"\n  cites CoC 20 footing derived severity minor\n  {rule}\n  question \"?\" remedy \"!\"\nend\n"
    );
    let (texts, model, problems) = quickly(&text);
    let errors: Vec<String> = own(&texts, problems).iter().filter(|one| one.is_error()).map(|one| one.message.clone()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    reading::rule(&model, model.rules.iter().find(|rule| rule.id == "x-1").unwrap())
}

fn asked(condition: &str) -> String {
    let sentence = sentence("", &format!("for every force F if none: cannot tell the state must ensure that (a) {condition}"));
    let limb = sentence.split("(a) ").nth(1).unwrap();
    limb.split(". Where there certainly").next().unwrap().to_owned()
}

/// A share names its parameter; a number of many is said “of all”, and one of many as “at least one”.
#[test]
fn a_share_names_its_parameter() {
    let before = "parameter most-forces: 75%, because \"so\"";
    let with = |share: &str| {
        sentence(
            before,
            &format!("for the state the state must ensure that (a) for at least {share} of every force G: G has status civilian"),
        )
    };
    assert!(with("most-forces").contains("(a) for at least 75% (most forces) of all forces G, G is of civilian status"));
    assert!(with("75%").contains("(a) for at least 75% of all forces G, G is of"));
    let terms = asked("for at least 2 of every power P: F has powers P");
    assert_eq!(terms, "for at least 2 of all powers P, F has power to P");
    assert_eq!(asked("for at least 1 of every power P: F has powers P"), "for at least one power P, F has power to P");
}

/// What begins with “that” is joined by “and that”, so that it is said of the same thing; a demand on evidence stands last, after a comma.
#[test]
fn several_clauses_are_joined() {
    let before = "define N is test-whole, for a norm N, read \"{N} reaches every member\", denied \"{N} does not reach every member\" when (a) N has modality duty\nend
define N is test-firm, for a norm N, read \"{N} has no way out\", denied \"{N} has a way out\" when (a) N has modality right\nend";
    let rule = "for every force F if none: cannot tell the state must ensure that (a) there is a norm with bearer F, by-law, that is test-whole, that is test-firm, sanction criminal";
    let own = sentence(before, rule);
    let expected = "(a) there is a norm for F that reaches every member and that has no way out and that has a criminal penalty for a breach, laid down by law.";
    assert!(own.contains(expected), "{own}");
}

/// Several tests of one record are set apart by a comma where one of them has an “or” or “and” of its own.
#[test]
fn several_tests_are_set_apart() {
    assert_eq!(
        asked("F has status civilian, level national"),
        "F is of civilian status and at the national level".replace("and at", "and is at")
    );
    let mixed = asked("F has powers none of arrest or search, heavy-equipment no");
    assert_eq!(mixed, "F has no power to arrest or search, and has no heavy equipment");
    let denied = asked("it is not so that F has powers any of arrest or search, heavy-equipment yes");
    assert_eq!(denied, "F either has no power to arrest or search, or has no heavy equipment");
}

/// An attribute that is stated reads well: a thing “with its deadline stated”, one “that says whether it binds”.
#[test]
fn a_stated_attribute_reads_well() {
    assert_eq!(asked("there is a control with over F, deadline stated"), "there is a control over F with its deadline stated");
    assert_eq!(
        asked("there is a remedy with covers F, binding stated"),
        "there is a remedy for acts of F that says whether it has binding force"
    );
    assert_eq!(
        asked("there is a remedy with covers F, binding not stated"),
        "there is a remedy for acts of F that does not say whether it has binding force"
    );
    assert_eq!(asked("F has purpose stated"), "F has its purpose stated");
    assert_eq!(asked("F has hats not stated"), "F has no capacities");
}

/// What was observed is said of the whole, not of its last word.
#[test]
fn what_is_observed_is_said_of_the_whole() {
    let own = asked("there is a control with over F, holder (a body with legitimacy military), in fact");
    assert_eq!(own, "there is a control over F held by a body in office by a military post, as observed in fact");
}

/// What follows from an exception stands before its condition, which ends with the sentence; a guard with limbs stands in brackets.
#[test]
fn exceptions_and_guards_have_an_end() {
    let rule = "for every force F if none: cannot tell the state must ensure that (a) where either (i) F has status civilian or (ii) F has status mixed: F has level national and (b) F has purpose stated
      unless both (i) the state has armed-forces none and (ii) the state has form federal, called \"one\", prevails over \"two\", then not applicable
      unless F has heavy-equipment no, called \"two\", then (b) is excused";
    let own = sentence("", rule);
    assert!(own.contains("where [either (i) F is of civilian status; or (ii) F is of mixed status], F is at the national level"), "{own}");
    assert!(
        own.contains(
            "The rule does not apply (exception “one”) if both (i) the State has no armed forces; and (ii) the State is of federal form."
        ),
        "{own}"
    );
    assert!(own.contains("The exception “two” applies if F has no heavy equipment. Then (b) is excused."), "{own}");
    assert!(own.ends_with("Where several exceptions apply, the first of them decides."), "{own}");
}

/// Messages of verdicts that are open although all limbs are known, and of lists that are complete.
#[test]
fn messages_say_what_is_open() {
    let text = r#"edition 1, in English
rule x-1 "X"
  cites CoC 20 footing derived severity minor
  for every force F with categories police if none: cannot tell
  the state must ensure that (a) F has status civilian
  unless the state has armed-forces none, called "no army", then not applicable
  question "?" remedy "!"
end
rule x-2 "Y"
  cites CoC 20 footing derived severity minor
  for every force F with categories police if none: cannot tell
  the state must ensure that (a) F has level national
  question "?" remedy "!"
end
scenario "all limbs are known, and it is open whether there is an army" as of 2026-03-01
  given a force guard with categories police, status military
  expect x-1 for guard: cannot tell because "all that is asked is known; it is not known whether the exception “no army” applies"
end
scenario "the list is complete and holds no police" as of 2026-03-01
  given state with armed-forces standing
  given a force guard with categories internal
  given the complete list of forces
  expect x-2: cannot tell because "there is no force of the category police, and then the verdict of the rule is cannot tell"
end
scenario "the list is complete, and it is open whether there is an army" as of 2026-03-01
  given a force guard with categories internal
  given the complete list of forces
  expect x-1: cannot tell because "there is no force of the category police; it is not known whether the exception “no army” applies"
end
scenario "nobody says that the list is complete" as of 2026-03-01
  given a force guard with categories internal
  expect x-2: cannot tell because "no force of the category police is described, and the list is not said to be complete"
end
"#;
    let (_, model, _) = quickly(text);
    let wrong: Vec<String> = stories(&model).iter().map(|one| format!("{} {:?}", one.message, one.help)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
