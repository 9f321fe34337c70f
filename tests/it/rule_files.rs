//! `ephor test` and `ephor lint` on faulty rule files: what was not run has not passed, and causes stand before what follows from them.

use crate::support::typed;

/// A rule with its story.
const GOOD: &str = r#"edition 1, in English
rule demo-1 "A law names who commands"
  cites CoC 21   footing text   severity minor
  for every force F   if none: cannot tell
  the state must ensure that
    (a) there is a control with kind command, over F
  question "Who commands {F}?"   remedy "Name who commands {F}."
end
scenario "nobody looked" as of 2026-03-01
  given a force army with categories armed
  expect demo-1 for army: cannot tell because (a)
end
"#;

/// A definition that a rule can use.
const CHOSEN: &str = r#"define B is chosen, for a body B, read "{B} is chosen", denied "{B} is not chosen" when
  (a) B has kind legislature
end
"#;

fn test(text: &str) -> (Option<i32>, String) {
    typed(&[("demo.ephor", text)], &["test", "demo.ephor"])
}

#[test]
fn a_good_file_passes() {
    let (code, text) = test(GOOD);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("1 scenario with 1 expectation of 1 rule\n"), "{text}");
    assert!(text.ends_with("1 passed, 0 failed\n"), "{text}");
}

#[test]
fn a_scenario_of_a_rule_with_an_error_is_not_run() {
    let (code, text) = test(&GOOD.replace("kind command", "kind comand"));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("E204"), "{text}");
    assert!(text.ends_with("0 passed, 0 failed, 1 not run: the rule `demo-1` cannot be used (1)\n"), "{text}");
}

#[test]
fn a_scenario_that_expects_nothing_is_not_run() {
    let (code, text) = test(&GOOD.replace("  expect demo-1 for army: cannot tell because (a)\n", ""));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.ends_with("0 passed, 0 failed, 1 not run: it expects nothing (1)\n"), "{text}");
}

#[test]
fn a_scenario_of_an_unknown_rule_is_not_run() {
    let (code, text) = test(&GOOD.replace("expect demo-1", "expect demo-2"));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("there is no rule `demo-2` that could be used") && text.contains("did you mean `demo-1`?"), "{text}");
    assert!(text.ends_with("1 not run: the rule `demo-2` cannot be used (1)\n"), "{text}");
}

/// A definition, a rule that uses it and cannot be read, and a story of that rule: one mistake, one error.
#[test]
fn what_follows_from_a_mistake_of_form_stays_silent() {
    let rule =
        GOOD.replace("rule demo-1", &format!("{CHOSEN}rule demo-1")).replace("over F\n", "over F, holder (a body B that is chosen)\n");
    let (_, lint) = typed(&[("demo.ephor", &rule)], &["lint", "demo.ephor"]);
    assert!(lint.ends_with("1 rule: 0 errors, 0 warnings\n"), "{lint}");
    let broken = rule.replace("severity minor", "severty minor");
    for command in ["lint", "test"] {
        let (code, text) = typed(&[("demo.ephor", &broken)], &[command, "demo.ephor"]);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains("E101 unexpected-text"), "{text}");
        assert!(!text.contains("W221") && !text.contains("E503"), "{command} speaks of what follows: {text}");
    }
}

/// A rule that was read and left out for a mistake of its own does use what it names.
#[test]
fn what_a_faulty_rule_uses_is_not_unused() {
    let text = GOOD
        .replace("rule demo-1", &format!("{CHOSEN}rule demo-1"))
        .replace("over F\n", "over F, holder (a body B that is chosen)\n")
        .replace("every force F", "every forc F");
    let (_, lint) = typed(&[("demo.ephor", &text)], &["lint", "demo.ephor"]);
    assert!(lint.contains("E202") && !lint.contains("W221"), "{lint}");
}

/// What is truly unknown or unused is still said beside a mistake of form, and behind it.
#[test]
fn causes_come_first() {
    let unused = "parameter longest: 3 days, because \"nobody uses it\"\n";
    let text = GOOD.replace("rule demo-1", &format!("{unused}rule demo-1")) + "rle demo-3 \"misspelt\"\nend\n";
    let (_, lint) = typed(&[("demo.ephor", &text)], &["lint", "demo.ephor"]);
    let (cause, other) = (lint.find("E101"), lint.find("W221"));
    assert!(cause.is_some() && cause < other, "{lint}");
}
