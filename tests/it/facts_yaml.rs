//! The YAML reader: what is special in it and what is not, and where things stand.

use ephor::facts::event::{Event, Events, Kind};
use ephor::facts::yaml::Yaml;
use ephor::facts::{Form, Value};

use crate::facts_support::{dump, facts};

/// Every event with the text under its span.
fn events(text: &str) -> Vec<String> {
    let mut yaml = Yaml::new(text);
    let mut all = Vec::new();
    loop {
        let event = yaml.next().unwrap();
        match &event {
            Event::End => return all,
            Event::Key(scalar) => all.push(format!("key {:?} from {:?}", scalar.text, scalar.span().of(text))),
            Event::Scalar(scalar) => all.push(format!("{:?} {:?} from {:?}", scalar.kind, scalar.text, scalar.span().of(text))),
            Event::ObjectStart(at) | Event::ArrayStart(at) => all.push(format!("open at {at}")),
            Event::ObjectEnd(_) | Event::ArrayEnd(_) => all.push("close".to_owned()),
        }
    }
}

#[test]
fn example_of_the_manual_reads() {
    let manual = include_str!("../../docs/DESCRIPTIONS.md");
    let text = manual.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let dump = dump(&facts(text, Form::Yaml));
    for line in [
        "0 state \"\" Known DeJure #0 in 0",
        "controls [5] [6]",
        "complete controls Some(4) None Period",
        "  excerpt Known \"The minister of",
    ] {
        assert!(dump.contains(line), "{line} in {dump}");
    }
}

#[test]
fn spans_count_bytes_whatever_the_letters() {
    let text = "\u{feff}ключ: ქართული\n\"é\": 'żółw' # ქა\nx: [\"\\u00e9\", 😀]\n";
    assert_eq!(
        events(text),
        [
            "open at 3",
            "key \"ключ\" from \"ключ\"",
            "Plain \"ქართული\" from \"ქართული\"",
            "key \"é\" from \"\\\"é\\\"\"",
            "String \"żółw\" from \"'żółw'\"",
            "key \"x\" from \"x\"",
            "open at 63",
            "String \"é\" from \"\\\"\\\\u00e9\\\"\"",
            "Plain \"😀\" from \"😀\"",
            "close",
            "close",
        ]
    );
}

#[test]
fn only_a_few_words_are_special() {
    let kind = |text: &str| match Yaml::new(text).next() {
        Ok(Event::Scalar(scalar)) => (scalar.kind, scalar.text.into_owned()),
        other => panic!("{other:?}"),
    };
    for (text, expected) in [
        ("true", Kind::True),
        ("false", Kind::False),
        ("null", Kind::Null),
        ("~", Kind::Null),
        ("1.10", Kind::Number),
        ("-2e3", Kind::Number),
        ("NO", Kind::Plain),
        ("yes", Kind::Plain),
        ("True", Kind::Plain),
        ("Null", Kind::Plain),
        ("010", Kind::Plain),
        ("0x1F", Kind::Plain),
        ("1_000", Kind::Plain),
        (".5", Kind::Plain),
        (".inf", Kind::Plain),
        ("2022-03-26", Kind::Plain),
        ("12:30", Kind::Plain),
        ("65a", Kind::Plain),
    ] {
        assert_eq!(kind(text), (expected, text.to_owned()));
    }
    assert_eq!(kind("'true'"), (Kind::String, "true".to_owned()));
    assert_eq!(kind("|\n  one\n  two\n"), (Kind::String, "one\ntwo".to_owned()));
    assert_eq!(kind(">\n  one\n  two\n"), (Kind::String, "one two".to_owned()));
}

#[test]
fn norway_stays_norway_and_articles_keep_their_zeros() {
    let text = "format: ephor.description\nformat-version: 1.0\nas-of: 2024-01-01\nstate: {iso: NO, name: null island}\n\
                instruments: [{id: 1-10, title: yes, kind: statute}]\nprovisions: [{id: a, instrument: 1-10, locator: 1.10}]\n";
    let facts = facts(text, Form::Yaml);
    let texts: Vec<&str> =
        facts.cells.iter().filter_map(|cell| if let Value::Text(range) = cell.value { Some(facts.str(range)) } else { None }).collect();
    assert_eq!(texts, ["NO", "null island", "yes", "1.10"]);
}

#[test]
fn hostile_texts_are_refused_in_time() {
    let deep = |open: &str| open.repeat(100_000);
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
    let texts =
        [deep("["), deep("{a: "), deep("- "), deep("? "), deep("a:\n "), deep("'"), deep("\""), deep("&a "), deep("!a "), deep("*a, ")];
    for text in texts.iter().map(String::as_str).chain([bomb, "a\0b", "a: \u{1b}[31m", "--- |", "- - - -\n-", "{", "? ", ": ", "%", "@"]) {
        let (facts, diagnostics) = ephor::facts::read(text, crate::facts_support::SOURCE, Form::Yaml, &crate::facts_support::VOCABULARY);
        assert!(facts.is_none() && !diagnostics.is_empty());
        assert!(diagnostics.len() <= 201);
    }
}
