//! Draft replies (acceptance case 15): they describe and never grade, each sentence names its provision, and what is not known is a marked blank.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{BUILT_IN, ephor, folder, golden, root, transcript};

const STATES: &[&str] = &[
    "fixtures/invented/ruritania/description.yaml",
    "fixtures/states/germany/description.yaml",
    "fixtures/states/iceland/description.yaml",
];

fn draft(arguments: &[&str]) -> String {
    let output = ephor(&[&["report", "--view", "questionnaire"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The rules of items, as the pack says.
fn asked() -> BTreeSet<&'static str> {
    let model = &BUILT_IN.1.model;
    model.questionnaires.iter().flat_map(|one| &one.items).flat_map(|item| &item.rules).map(|at| model.rules[*at].id.as_str()).collect()
}

/// Case 15: no verdict, no rule and no severity stands in a draft; every fact that a verdict misses is a blank.
#[test]
fn a_draft_grades_nothing_and_leaves_blanks() {
    for path in STATES {
        let text = draft(&[path]);
        for word in ["not met", "met:", "MET", "partly", "cannot tell", "not applicable", "coc-", "severity", "verdict"] {
            assert!(!text.contains(word), "{path}: a draft says “{word}”");
        }
        let output = ephor(&["check", path, "--format", "json", "--situation", "normal"]);
        let result: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut blanks = 0;
        for one in result["results"].as_array().unwrap().iter().filter(|one| asked().contains(one["rule"].as_str().unwrap())) {
            for missing in one["missing"].as_array().unwrap() {
                let question = missing["question"].as_str().unwrap().replace(" If a search finds none, record that.", "");
                let blank = text.lines().any(|line| line.starts_with("- [to be completed] ") && line.ends_with(&question));
                assert!(blank, "{path}: nothing is left blank for {} {}: {question}", one["rule"], one["force"]);
                blanks += 1;
            }
        }
        assert!(blanks > 0, "{path}: nothing is missing, so nothing was tested");
    }
}

/// Each sentence ends in its provision, its search, or the reason why the question does not arise.
#[test]
fn every_sentence_has_its_source() {
    for path in STATES {
        for line in draft(&[path]).lines().filter(|line| line.starts_with("- ") && !line.starts_with("- [to be completed]")) {
            let sourced = line.ends_with(").") || line.contains("; searched: ") || line.contains("the list of");
            assert!(sourced, "{path}: {line}");
        }
    }
}

/// Companion rules are not drawn on: a reply is about the Code.
#[test]
fn items_draw_on_the_code_alone() {
    for rule in BUILT_IN.1.model.rules.iter().filter(|rule| asked().contains(rule.id.as_str())) {
        assert_eq!(rule.pack, "coc", "{} is drawn on", rule.id);
    }
}

/// Item II.2.1 names all five kinds of force, also those of which the State has none; the whole draft is a golden.
#[test]
fn the_draft_of_the_invented_state() {
    let text = draft(&[STATES[0]]);
    let item = text.split("## II.2.1 ").nth(1).unwrap().split("\n## ").next().unwrap();
    for kind in ["Armed", "Internal", "Paramilitary", "Intelligence", "Police"] {
        assert!(item.contains(&format!("\n### {kind}\n")), "{kind} is not named in {item}");
    }
    golden("tests/cli/draft-reply.md", &text);
}

/// What is said now and was not said then is marked, and what is no longer said is listed.
#[test]
fn changes_since_an_earlier_description_are_marked() {
    let now = std::fs::read_to_string(root().join(STATES[0])).unwrap();
    assert!(now.contains("name: Minister of Justice"));
    let then = folder("reply").join("earlier.yaml");
    std::fs::write(&then, now.replace("name: Minister of Justice", "name: Keeper of the Seals")).unwrap();
    let text = draft(&[STATES[0], "--since", then.to_str().unwrap()]);
    let marked: Vec<&str> = text.lines().filter(|line| line.starts_with("- [new] ")).collect();
    assert!(!marked.is_empty() && marked.iter().all(|line| line.contains("Minister of Justice")), "{marked:?}");
    let gone = text.split("## No longer said\n").nth(1).unwrap();
    assert!(gone.lines().filter(|line| line.starts_with("- ")).all(|line| line.contains("Keeper of the Seals")), "{gone}");
    let same = draft(&[STATES[0], "--since", STATES[0]]);
    assert!(!same.contains("- [new]") && !same.contains("No longer said"));
}

/// What cannot be drawn up as asked ends in 2.
#[test]
fn faults_of_a_draft() {
    for (arguments, word) in [
        (["report", "--view", "questionnaire", "nowhere.yaml"], "E601"),
        (["report", "--view", "questionnaire", "fixtures/invented/faulty/misspelt-key.yaml"], "E401"),
        (["report", "--view", "questionnaire", "fixtures/states"], "E603"),
    ] {
        let output = ephor(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(transcript(&output).contains(word), "{arguments:?}: {}", transcript(&output));
    }
}
