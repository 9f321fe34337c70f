//! Real States and the invented one: verdicts with their reasons are goldens, every description validates, and the result is the same bytes
//! for any number of threads.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::support::{command, ephor, files, golden, root, transcript};

const STATES: &[(&str, &str)] = &[
    ("germany", "fixtures/states/germany/description.yaml"),
    ("switzerland", "fixtures/states/switzerland/description.yaml"),
    ("georgia", "fixtures/states/georgia/description.yaml"),
    ("united-kingdom", "fixtures/states/united-kingdom/description.yaml"),
    ("iceland", "fixtures/states/iceland/description.yaml"),
    ("czechia", "fixtures/states/czechia/description.yaml"),
    ("france", "fixtures/states/france/description.yaml"),
    ("kazakhstan", "fixtures/states/kazakhstan/description.yaml"),
    ("liechtenstein", "fixtures/states/liechtenstein/description.yaml"),
    ("norway", "fixtures/states/norway/description.yaml"),
    ("poland", "fixtures/states/poland/description.yaml"),
    ("serbia", "fixtures/states/serbia/description.yaml"),
    ("spain", "fixtures/states/spain/description.yaml"),
    ("sweden", "fixtures/states/sweden/description.yaml"),
    ("ukraine", "fixtures/states/ukraine/description.yaml"),
    ("united-states", "fixtures/states/united-states/description.yaml"),
    ("ruritania", "fixtures/invented/ruritania/description.yaml"),
];

fn result(path: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["check", path, "--format", "json", "--pack", "coc", "--pack", "coc-companion"];
    arguments.extend(more);
    let output = ephor(&arguments);
    assert_ne!(output.status.code(), Some(2), "{path} has a data error: {}", transcript(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each State's verdicts, one a line, with the reason and the provisions behind it.
#[test]
fn verdicts_and_reasons() {
    for (name, path) in STATES {
        let result = result(path, &[]);
        let mut text = String::new();
        for one in result["results"].as_array().unwrap() {
            let who =
                [&one["force"], &one["hat"], &one["situation"]].iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(" / ");
            writeln!(text, "{} [{who}] {}", one["rule"].as_str().unwrap(), one["verdict"].as_str().unwrap()).unwrap();
            writeln!(text, "    {}", one["message"].as_str().unwrap()).unwrap();
            let mut provisions: Vec<&str> = one["evidence"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|fact| fact["provisions"].as_array().unwrap())
                .map(|one| one["text"].as_str().unwrap())
                .collect();
            provisions.sort_unstable();
            provisions.dedup();
            if !provisions.is_empty() {
                writeln!(text, "    by {}", provisions.join("; ")).unwrap();
            }
            for missing in one["missing"].as_array().unwrap() {
                writeln!(text, "    asks {}: {}", missing["fact"].as_str().unwrap(), missing["question"].as_str().unwrap()).unwrap();
            }
        }
        golden(&format!("tests/states/{name}.txt"), &text);
    }
}

/// No verdict of a real State that is not about a missing fact rests on nothing.
#[test]
fn decided_verdicts_rest_on_facts() {
    for (name, path) in STATES {
        for one in result(path, &[])["results"].as_array().unwrap() {
            let verdict = one["verdict"].as_str().unwrap();
            if matches!(verdict, "met" | "partly") {
                let rests = !one["evidence"].as_array().unwrap().is_empty();
                assert!(rests, "{name}: {} {} {verdict} rests on no fact: {}", one["rule"], one["force"], one["message"]);
            }
        }
    }
}

/// A verdict *cannot tell* names the facts that would settle it.
#[test]
fn open_verdicts_name_what_is_missing() {
    for (name, path) in STATES {
        for one in result(path, &[])["results"].as_array().unwrap() {
            if one["verdict"] == "cannot-tell" && !one["message"].as_str().unwrap().contains("duty of process") {
                let missing = one["missing"].as_array().unwrap();
                assert!(!missing.is_empty(), "{name}: {} {} names nothing: {}", one["rule"], one["force"], one["message"]);
            }
        }
    }
}

/// The same bytes for 1, 2 and 8 threads, and for any order of the files.
#[test]
fn the_same_bytes_every_time() {
    let run = |arguments: &[&str]| {
        let mut all = vec!["check", "--format", "json"];
        all.extend(arguments);
        let output = ephor(&all);
        (output.stdout, output.status.code())
    };
    let one = run(&["-j", "1", "fixtures/states"]);
    assert_eq!(one, run(&["-j", "2", "fixtures/states"]));
    assert_eq!(one, run(&["-j", "8", "fixtures/states"]));
    let again = run(&["-j", "2", "fixtures/states", "fixtures/states/iceland/description.yaml"]);
    assert_eq!(one, again, "a file named twice is checked once");
    let turned = run(&["fixtures/states/iceland/description.yaml", "fixtures/states"]);
    assert_eq!(one, turned, "the order in which files are named means nothing");
    let packs = |names: [&str; 2]| run(&["-p", names[0], "-p", names[1], "fixtures/states/iceland"]);
    assert_eq!(packs(["coc", "coc-companion"]), packs(["coc-companion", "coc"]), "nor does that of packs");
}

/// Every fixture validates against the derived schema with an independent validator, read by an independent reader of YAML.
#[test]
fn descriptions_validate_against_their_schema() {
    let schema: Value = serde_json::from_slice(&ephor(&["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut count = 0;
    for path in files("fixtures/states", "yaml").iter().chain(&files("fixtures/invented/ruritania", "yaml")) {
        let value = yaml(path);
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}:\n{}", path.display(), errors.join("\n"));
        count += 1;
    }
    assert!(count >= 6, "only {count} descriptions were found");
}

/// The schema refuses what the reader refuses: every faulty description that is well-formed YAML.
#[test]
fn the_schema_refuses_faulty_descriptions() {
    let schema: Value = serde_json::from_slice(&ephor(&["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faulty = root().join("fixtures/invented/faulty/misspelt-key.yaml");
    assert!(!validator.is_valid(&yaml(&faulty)), "{} is accepted", faulty.display());
}

fn yaml(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Results validate against their schemas, whole and line by line, also where a description is faulty.
#[test]
fn results_validate_against_their_schemas() {
    let whole: Value = serde_json::from_slice(&ephor(&["schema", "result"]).stdout).unwrap();
    let line: Value = serde_json::from_slice(&ephor(&["schema", "line"]).stdout).unwrap();
    let (whole, line) = (jsonschema::validator_for(&whole).unwrap(), jsonschema::validator_for(&line).unwrap());
    for path in ["fixtures/states", "fixtures/invented"] {
        let output = command(&["check", path, "--format", "json", "--pack", "coc", "--pack", "coc-companion"]).output().unwrap();
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let errors: Vec<String> = whole.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let output = command(&["check", path, "--format", "ndjson"]).output().unwrap();
        for text in String::from_utf8(output.stdout).unwrap().lines() {
            let value: Value = serde_json::from_str(text).unwrap();
            assert!(line.is_valid(&value), "{text}");
        }
    }
}

/// What each `about.md` says of the share that is decided is what the program prints, for the pack coc and for both packs.
#[test]
fn shares_are_as_told() {
    let mut wrong = Vec::new();
    for (name, path) in STATES.iter().filter(|(name, _)| *name != "ruritania") {
        let about = std::fs::read_to_string(root().join(format!("fixtures/states/{name}/about.md"))).unwrap();
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        for packs in [&["coc"][..], &["coc", "coc-companion"]] {
            let mut arguments = vec!["check", path, "--format", "json"];
            packs.iter().for_each(|pack| arguments.extend(["--pack", pack]));
            let value: Value = serde_json::from_slice(&ephor(&arguments).stdout).unwrap();
            let summary = &value["summary"];
            let share = format!("{} of {}", summary["decided"], summary["applicable"]);
            let also = format!("{}/{}", summary["decided"], summary["applicable"]);
            if !about.contains(&share) && !about.contains(&also) {
                wrong.push(format!("{name}: about.md does not say {share}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
