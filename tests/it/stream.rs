//! JSON Lines and the streamed result: written as it goes, the rest goes on after an unreadable record, the same bytes for any number of threads.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{command, ephor, folder, transcript};

/// A small description in one line.
fn state(iso: &str, name: &str) -> Value {
    json!({
        "format": "ephor.description", "format-version": "1.0", "as-of": "2026-03-01", "assessor": "tests",
        "collections": [{"name": "acts", "of": "all acts", "on": "2026-03-01"}],
        "state": {"iso": iso, "name": name, "armed-forces": "standing"},
        "instruments": [{"id": "act", "title": "Army Act", "kind": "statute", "in-force": "2000-01-01", "publicity": "public"}],
        "provisions": [{"id": "act-1", "instrument": "act", "locator": "sec. 1"}],
        "bodies": [{"id": "minister", "name": "Minister of Defence", "kind": "minister"}],
        "forces": [{"id": "army", "name": "Army", "categories": ["armed"], "parent": "minister"}],
        "controls": [{"holder": "minister", "over": ["army"], "kind": "command", "evidence": ["act-1"]}],
    })
}

fn records(output: &std::process::Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of<'v>(all: &'v [Value], kind: &str) -> Vec<&'v Value> {
    all.iter().filter(|one| one["record"] == kind).collect()
}

/// A record that cannot be read is an error with its line; those before and after it have verdicts, and the exit code is 2.
#[test]
fn the_rest_goes_on_after_an_unreadable_record() {
    let folder = folder("stream-rest");
    let file = folder.join("states.jsonl");
    let text = format!("{}\n\nno json\n{}\n{{\"format\": 3}}\n{}", state("AAA", "A"), state("BBB", "B"), state("CCC", "C"));
    std::fs::write(&file, text).unwrap();
    let output = ephor(&["check", file.to_str().unwrap(), "--format", "ndjson", "--select", "coc-21.2"]);
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
    let all = records(&output);
    let paths: Vec<&str> = of(&all, "document").iter().map(|one| one["path"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    assert_eq!(paths, ["states.jsonl:1", "states.jsonl:3", "states.jsonl:4", "states.jsonl:5", "states.jsonl:6"]);
    let told: Vec<&str> = of(&all, "result").iter().map(|one| one["document"].as_str().unwrap()).collect();
    assert_eq!(told, ["AAA", "BBB", "CCC"]);
    let wrong = of(&all, "diagnostic");
    assert!(wrong[0]["position"]["path"].as_str().unwrap().ends_with("states.jsonl:3") && wrong[0]["code"] == "E301", "{}", wrong[0]);
    assert!(wrong.iter().skip(1).all(|one| one["position"]["path"].as_str().unwrap().ends_with("states.jsonl:5")));
    assert_eq!(all.last().unwrap()["summary"]["documents"], 5);
}

/// The same bytes for 1, 2 and 8 threads, from a file, a folder and standard input.
#[test]
fn any_threads_and_any_way_in() {
    let folder = folder("stream-threads");
    let mut text = String::new();
    for at in 0..201u8 {
        let code: String = [b'A', b'A' + at / 26, b'A' + at % 26].map(char::from).iter().collect();
        writeln!(text, "{}", state(&code, "Some State")).unwrap();
    }
    let file = folder.join("many.jsonl");
    std::fs::write(&file, &text).unwrap();
    let run = |threads: &str| ephor(&["check", folder.to_str().unwrap(), "-f", "ndjson", "--select", "¶21", "-j", threads]);
    let one = run("1");
    assert_eq!(one.status.code(), Some(1), "nothing here is decided");
    assert_eq!(of(&records(&one), "document").len(), 201);
    assert_eq!(one.stdout, run("2").stdout);
    assert_eq!(one.stdout, run("8").stdout);
    let mut child = command(&["check", "-", "--stdin-filename", file.to_str().unwrap(), "-f", "ndjson", "--select", "¶21"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let piped = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(one.stdout, piped.stdout);
}

/// A run that streams and a run that keeps everything say the same: `--situation normal` keeps, since it cannot be known before the end whether
/// a situation is there.
#[test]
fn streamed_and_kept_are_the_same() {
    let path = "fixtures/states/iceland/description.yaml";
    let streamed = records(&ephor(&["check", path, "--format", "ndjson"]));
    let kept = records(&ephor(&["check", path, "--format", "ndjson", "--situation", "normal"]));
    let results = |all: &[Value]| of(all, "result").into_iter().filter(|one| one["situation"].is_null()).cloned().collect::<Vec<_>>();
    let without = |all: Vec<Value>| {
        all.into_iter()
            .map(|mut one| {
                one.as_object_mut().unwrap().remove("same_in");
                one
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(without(results(&streamed)), without(results(&kept)));
}

/// A line longer than the limit would fill memory: it is refused, and the next is read.
#[test]
fn a_line_without_end_is_refused() {
    let folder = folder("stream-long");
    let file = folder.join("long.jsonl");
    let mut long = std::fs::File::create(&file).unwrap();
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..65 {
        long.write_all(&chunk).unwrap();
    }
    writeln!(long, "\n{}", state("AAA", "A")).unwrap();
    drop(long);
    let output = ephor(&["check", file.to_str().unwrap(), "--format", "ndjson", "--select", "coc-21.2"]);
    assert_eq!(output.status.code(), Some(2));
    let all = records(&output);
    assert_eq!(of(&all, "diagnostic")[0]["code"], "E303");
    assert_eq!(of(&all, "result").len(), 1, "the State behind the long line");
    std::fs::remove_file(&file).unwrap();
}

/// A run that checked nothing is no success.
#[test]
fn nothing_checked_is_no_success() {
    let folder = folder("stream-empty");
    let file = folder.join("empty.jsonl");
    std::fs::write(&file, "\n \n").unwrap();
    for format in ["ndjson", "concise"] {
        let output = ephor(&["check", file.to_str().unwrap(), "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    }
    let rules = folder.join("empty.ephor");
    std::fs::write(&rules, "edition 1, in English\n").unwrap();
    let output = ephor(&["check", "fixtures/states/iceland", "-p", rules.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(transcript(&output).contains("there is no rule in what `--pack` names"), "{}", transcript(&output));
}

/// A first day that is said to be unknown or disputed may lie ahead: what rests on it is not known.
#[test]
fn a_first_day_that_is_not_known_is_no_first_day() {
    let folder = folder("stream-first-day");
    let verdict = |first_day: Value| {
        let mut state = state("AAA", "A");
        state["bodies"][0]["legitimacy"] = json!("accountable-to-elected");
        state["bodies"][0]["parent"] = json!({"state": "absent", "searched": ["acts"]});
        if !first_day.is_null() {
            state["provisions"][0]["in-force"] = first_day;
        }
        let file = folder.join("state.json");
        std::fs::write(&file, state.to_string()).unwrap();
        let output = ephor(&["check", file.to_str().unwrap(), "--format", "ndjson", "--select", "coc-21.2"]);
        let all = records(&output);
        let limb = of(&all, "result")[0]["limbs"][0].clone();
        (limb["label"].as_str().unwrap().to_owned(), limb["holds"].as_str().unwrap().to_owned())
    };
    assert_eq!(verdict(Value::Null), ("a".to_owned(), "yes".to_owned()), "the provision has the first day of its text");
    assert_eq!(verdict(json!({"state": "unknown"})), ("a".to_owned(), "unknown".to_owned()));
    let disputed = json!({"state": "disputed", "values": [
        {"value": "2001-01-01", "evidence": ["act-1"]}, {"value": "2040-01-01", "evidence": ["act-1"]}
    ]});
    assert_eq!(verdict(disputed), ("a".to_owned(), "unknown".to_owned()));
}
