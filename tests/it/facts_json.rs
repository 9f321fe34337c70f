//! The JSON reader against a table of cases, with serde_json as a second opinion, and at its limits.

use ephor::diagnostic::Code;
use ephor::facts::event::{Event, Events};
use ephor::facts::json::Json;
use ephor::facts::{Form, read, utf8};

use crate::facts_support::{SOURCE, VOCABULARY, replay};

/// A case's text with `«0A»` turned into bytes.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, piece) in text.split('«').enumerate() {
        let (hex, rest) = if at == 0 { ("", piece) } else { piece.split_once('»').unwrap() };
        bytes.extend((0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()));
        bytes.extend(rest.bytes());
    }
    bytes
}

#[test]
fn table_of_cases_and_serde_json_agree() {
    let tables =
        [include_str!("../cases/json/accepted.txt"), include_str!("../cases/json/refused.txt"), include_str!("../cases/json/open.txt")];
    let mut count = 0;
    for line in tables.iter().flat_map(|table| table.split('\n')).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let mut columns = line.split('\t');
        let (verdict, name, text) = (columns.next().unwrap(), columns.next().unwrap(), bytes(columns.next().unwrap()));
        let differs = columns.next();
        let ours = utf8(&text, SOURCE).ok().map(replay).and_then(Result::ok);
        let theirs: Result<serde_json::Value, _> = serde_json::from_slice(&text);
        assert_eq!(ours.is_some(), verdict == "y", "{name}");
        assert_eq!(ours != theirs.ok(), differs.is_some(), "{name}: {ours:?}");
        count += 1;
    }
    assert!(count >= 150, "{count}");
}

#[test]
fn nesting_is_taken_to_64_and_no_deeper() {
    for open in ["[", "{\"a\":"] {
        let close = if open == "[" { "]" } else { "}" };
        let nested = |depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
        assert!(replay(&nested(64)).is_ok());
        assert_eq!(replay(&nested(65)).unwrap_err().code, Code::E303);
        assert_eq!(replay(&open.repeat(1_000_000)).unwrap_err().code, Code::E303);
    }
}

#[test]
fn end_is_given_for_ever() {
    let mut json = Json::new(" 1 ");
    assert!(matches!(json.next(), Ok(Event::Scalar(_))));
    assert_eq!([json.next(), json.next()], [Ok(Event::End), Ok(Event::End)]);
}

#[test]
fn first_byte_that_is_not_utf_8_is_named() {
    let problem = utf8(b"{\"a\": \"\xc3\xa9\xff\"}", SOURCE).unwrap_err();
    assert_eq!((problem.code, problem.place().unwrap().span.start), (Code::E305, 9));
    assert_eq!(problem.message, "byte 10 (hexadecimal ff) is not UTF-8");
}

#[test]
fn many_faults_are_counted_and_not_all_shown() {
    let keys: Vec<String> = (0..100_000).map(|at| format!("\"key-{at}\": 0")).collect();
    let (facts, diagnostics) = read(&format!("{{{}}}", keys.join(",")), SOURCE, Form::Json, &VOCABULARY);
    assert!(facts.is_none());
    assert_eq!(diagnostics.len(), 201);
    assert_eq!(diagnostics.last().unwrap().message, "99804 more faults are not shown");
}

#[test]
fn long_words_and_long_lists_take_no_long_time() {
    let long = "x".repeat(1_000_000);
    let ids: Vec<String> = (0..20_000).map(|at| format!("{{\"id\":\"i{at}\",\"title\":\"t\",\"kind\":\"statute\"}}")).collect();
    let provisions: Vec<String> =
        (0..20_000).map(|at| format!("{{\"id\":\"p{at}\",\"instrument\":\"q{at}\",\"locator\":\"x\"}}")).collect();
    let text = format!("{{\"{long}\":1,\"instruments\":[{}],\"provisions\":[{}]}}", ids.join(","), provisions.join(","));
    let (_, diagnostics) = read(&text, SOURCE, Form::Json, &VOCABULARY);
    assert_eq!(diagnostics.len(), 201);
    assert!(diagnostics.iter().all(|one| one.message.len() < 400), "messages are short");
}
