//! The built-in packs: no mistake, no warning, every scenario as expected, every rule with its sentence.

use std::collections::HashMap;
use std::fmt::Write as _;

use ephor::diagnostic::Diagnostic;
use ephor::model::ir::Assessable;
use ephor::pack::{self, Loaded, RuleText};
use ephor::text::Texts;
use ephor::{reading, report, scenario};

use crate::support::{BUILT_IN, ephor, golden, root, transcript};

fn shown<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> String {
    problems.map(|one| report::concise::diagnostic(one, &BUILT_IN.0)).collect()
}

/// The rule texts load without an error or a warning.
#[test]
fn the_packs_have_no_mistakes() {
    let loaded = &BUILT_IN.1;
    let problems = shown(loaded.problems.iter().chain(&loaded.stories));
    assert!(problems.is_empty(), "{problems}");
}

/// Rules of a user read the same behind the form of the packs inside the program and behind their text; definitions may stand in another order.
#[test]
fn own_rules_mean_the_same_behind_a_form() {
    let text = std::fs::read_to_string(root().join("benches/rules/thirty.ephor")).unwrap();
    let mut files = pack::texts_of("");
    files.push(RuleText { pack: "thirty".to_owned(), name: "thirty.ephor".to_owned(), text: text.into() });
    let told = |load: fn(&mut Texts, &[RuleText]) -> Loaded| {
        let mut texts = Texts::default();
        let Loaded { model, problems, stories, packs } = load(&mut texts, &files);
        assert!(problems.is_empty() && stories.is_empty());
        let rules: Vec<String> = model.rules.iter().map(|rule| format!("{} {}", rule.id, reading::rule(&model, rule))).collect();
        let mut definitions: Vec<String> = model.definitions.iter().map(|one| reading::definition(&model, one)).collect();
        definitions.sort();
        let places: Vec<String> = model.rules.iter().map(|rule| texts.locate(rule.place)).collect();
        (rules, definitions, places, packs)
    };
    let built = told(pack::load_law);
    assert_eq!(built, told(pack::load::load_law));
    assert_eq!(built.0.len(), 30);
}

/// Every scenario gives what it expects, for the reason that it expects.
#[test]
fn every_scenario_holds() {
    let model = &BUILT_IN.1.model;
    let mut wrong = String::new();
    for one in &model.scenarios {
        wrong += &shown(scenario::run(model, one).problems.iter());
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(model.scenarios.len() >= 1200, "scenarios have been lost: {}", model.scenarios.len());
}

/// Every rule has a scenario for met, not met (where its modality allows it) and cannot tell.
#[test]
fn scenarios_show_every_verdict() {
    let output = ephor(&["test", "--coverage", "--quiet"]);
    assert!(output.status.success(), "{}", transcript(&output));
}

/// The sentences of the whole pack are a reviewed golden file, and no two rules or definitions say the same.
#[test]
fn sentences_of_the_packs() {
    let model = &BUILT_IN.1.model;
    let mut text = String::new();
    let mut seen: HashMap<String, &str> = HashMap::new();
    for rule in &model.rules {
        let sentence = reading::rule(model, rule);
        writeln!(text, "{} {}\n  {sentence}\n", rule.id, rule.title).unwrap();
        let other = seen.insert(sentence, &rule.id);
        assert!(other.is_none(), "{} and {} read the same", rule.id, other.unwrap_or_default());
    }
    for definition in &model.definitions {
        writeln!(text, "{}\n  {}\n", definition.name, reading::definition(model, definition)).unwrap();
    }
    golden("tests/sentences/packs.txt", &text);
}

/// Every requirement of every assessable paragraph is a rule: 151 of them, numbered from 1 in each paragraph.
#[test]
fn every_requirement_is_a_rule() {
    let mut all = 0;
    for paragraph in &BUILT_IN.1.model.instruments[0].paragraphs {
        for number in 1..=paragraph.requirements {
            let id = format!("coc-{}.{number}", paragraph.number);
            assert!(BUILT_IN.1.model.rules.iter().any(|rule| rule.id == id), "{id} is missing");
            all += 1;
        }
    }
    assert_eq!(all, 151);
    assert_eq!(BUILT_IN.1.model.rules.len(), 151, "a rule answers no requirement");
}

/// Text and derived rules stand in `coc`, companion rules in `coc-companion`, which is off unless asked for.
#[test]
fn footing_and_pack_agree() {
    for rule in &BUILT_IN.1.model.rules {
        let companion = rule.footing.iter().all(|part| part.footing == ephor::model::ir::Footing::Companion);
        assert_eq!(rule.pack == "coc-companion", companion, "{} stands in {}", rule.id, rule.pack);
    }
    assert_eq!(ephor::pack::DEFAULT, "coc");
}

/// The instrument is an object: 42 paragraphs, 21 assessable, 8 in part, 13 not, each of the latter with its reason.
#[test]
fn the_code_has_42_paragraphs() {
    let code = &BUILT_IN.1.model.instruments[0];
    assert_eq!(code.paragraphs.len(), 42);
    let count = |wanted: fn(&Assessable) -> bool| code.paragraphs.iter().filter(|one| wanted(&one.assessable)).count();
    assert_eq!(count(|one| matches!(one, Assessable::Fully)), 21);
    assert_eq!(count(|one| matches!(one, Assessable::InPart(because) if !because.is_empty())), 8);
    assert_eq!(count(|one| matches!(one, Assessable::Not(because) if !because.is_empty())), 13);
}

/// `ephor coverage` accounts for each of them.
#[test]
fn coverage_accounts_for_every_paragraph() {
    let output = ephor(&["coverage"]);
    golden("tests/cli/coverage.txt", &transcript(&output));
    assert_eq!(output.status.code(), Some(0), "nothing is left over");
}

/// The ten hard sentences: each names a scenario that passes and one that fails, and both run.
#[test]
fn the_ten_hard_sentences_have_their_scenarios() {
    let text = std::fs::read_to_string(crate::support::root().join("docs/LANGUAGE.md")).unwrap();
    let section = text.split("\n## 12. ").nth(1).unwrap().split("\n## ").next().unwrap();
    let titles: Vec<&str> = BUILT_IN.1.model.scenarios.iter().map(|one| one.text.title.text.as_str()).collect();
    let sentences: Vec<&str> = section.split("\n**").skip(1).collect();
    assert_eq!(sentences.len(), 10);
    for sentence in sentences {
        for word in ["Passes: \"", "Fails: \""] {
            let title = sentence.split(word).nth(1).and_then(|rest| rest.split('"').next());
            let title = title.unwrap_or_else(|| panic!("no `{word}` in {sentence}"));
            assert!(titles.contains(&title), "there is no scenario “{title}”");
        }
    }
}

/// The acceptance cases of the requirement catalogue are scenarios with verdicts and reasons. Case 15 is about draft replies: `reply.rs`.
#[test]
fn acceptance_cases_are_scenarios() {
    for case in 1..=14 {
        let prefix = format!("case {case}: ");
        let told: Vec<_> = BUILT_IN.1.model.scenarios.iter().filter(|one| one.text.title.text.starts_with(&prefix)).collect();
        assert!(!told.is_empty(), "case {case} is not told");
        let reasons: usize = told.iter().flat_map(|one| &one.text.expect).map(|expect| expect.reasons.len()).sum();
        assert!(reasons > 0, "case {case} asserts no reason");
    }
}
