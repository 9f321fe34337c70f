//! What holds for every text: no panic, the same values as serde_json, and the same facts from YAML as from JSON.

use ephor::facts::{Facts, Form, Reader, read};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::facts_support::{SOURCE, VOCABULARY, dump, facts, replay};

fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<i64>().prop_map(|number| json!(number)), any::<f64>().prop_map(|number| json!(number))];
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Bool), number, any::<String>().prop_map(Value::String)];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array);
        prop_oneof![
            list,
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
        ]
    })
}

fn a_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zé ქ\"'\\\\:#{}\\[\\],&*!|>%@`0-9.\n\t-]{0,12}[a-z]",
        Just("NO".to_owned()),
        Just("null".to_owned()),
        Just("1.10".to_owned())
    ]
}

/// A description without fault, as JSON: forces under a parent, controls over them, a few of them in long form.
fn description() -> impl Strategy<Value = Value> {
    let force =
        (a_text(), prop::sample::subsequence(vec!["armed", "internal", "police"], 1..3), any::<bool>(), prop::option::of(1u32..400));
    let forces = prop::collection::vec(force, 1..6);
    (a_text(), forces, prop::collection::vec((0usize..6, "[0-9]{1,6}(\\.[0-9]{1,6})?"), 0..6)).prop_map(|(name, forces, services)| {
        let count = forces.len();
        let forces: Vec<Value> = (0..).zip(forces).map(|(at, (name, categories, heavy, days))| {
            let mut force = json!({"id": format!("f-{at}"), "name": name, "categories": categories, "heavy-equipment": heavy, "founded-by": ["gg-1"]});
            if let Some(days) = days {
                force["allied-command"] = json!({"state": "absent", "searched": ["all statutes, 2024"], "note": format!("{days} days")});
                force["hats"] = json!([{"id": format!("hat-{at}"), "category": "armed"}]);
            }
            force
        }).collect();
        let services: Vec<Value> = (0..).zip(services).map(|(at, (force, age))| {
            json!({"force": format!("f-{}", force % count), "term": format!("{at} days"), "min-age": age.parse::<f64>().unwrap(),
                   "evidence": ["gg-1", {"provision": "gg-1", "role": "limits"}]})
        }).collect();
        json!({"format": "ephor.description", "format-version": "1.0", "as-of": "2024-01-01", "state": {"iso": "XXA", "name": name},
               "instruments": [{"id": "gg", "title": "Basic Law", "kind": "constitution", "in-force": "1949-05-24"}],
               "provisions": [{"id": "gg-1", "instrument": "gg", "locator": "art. 1"}], "forces": forces, "services": services})
    })
}

/// The same in block YAML, texts in double quotes as JSON has them.
fn yaml(value: &Value, indent: usize, out: &mut String) {
    let blank = " ".repeat(indent);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                out.push_str(&format!("\n{blank}{key}:"));
                yaml(value, indent + 2, out);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for value in list {
                out.push_str(&format!("\n{blank}-"));
                yaml(value, indent + 2, out);
            }
        }
        other => out.push_str(&format!(" {other}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_replay_what_serde_json_reads(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert_eq!(replay(&text).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    }

    #[test]
    fn yaml_and_json_give_equal_facts(value in description()) {
        let mut block = String::new();
        yaml(&value, 0, &mut block);
        let json = dump(&facts(&value.to_string(), Form::Json));
        prop_assert_eq!(&json, &dump(&facts(&serde_json::to_string_pretty(&value).unwrap(), Form::Json)));
        prop_assert_eq!(&json, &dump(&facts(&block, Form::Yaml)));
        prop_assert_eq!(&json, &dump(&facts(&value.to_string(), Form::Yaml)), "flow YAML");
    }

    #[test]
    fn a_reader_keeps_nothing_from_the_text_before(first in description(), second in description()) {
        let mut reader = Reader::new(&VOCABULARY);
        let mut kept = Facts::new(SOURCE, VOCABULARY.records.len());
        let broken = first.to_string().replace("gg-1", "gg 1");
        reader.read_into(&mut kept, &first.to_string(), SOURCE, Form::Json);
        reader.read_into(&mut kept, &broken, SOURCE, Form::Yaml);
        let problems = reader.read_into(&mut kept, &second.to_string(), SOURCE, Form::Json);
        prop_assert!(problems.is_empty());
        prop_assert_eq!(dump(&kept), dump(&facts(&second.to_string(), Form::Json)));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), tokens in "[\\[\\]{}:,\"' \n\t&*!|>%@`?#~0-9a-z\\\\-]{0,80}") {
        for form in [Form::Json, Form::Yaml] {
            for text in [&text, &tokens] {
                read(text, SOURCE, form, &VOCABULARY);
            }
        }
    }

    #[test]
    fn no_mutation_makes_the_reader_panic(value in description(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}:,\"'&*!|>null0-9é\n\t-]{0,4}", cut in 0usize..9) {
        let mut block = String::new();
        yaml(&value, 0, &mut block);
        for (text, form) in [(value.to_string(), Form::Json), (value.to_string(), Form::Yaml), (block, Form::Yaml)] {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let start = places[at.index(places.len())];
            let end = text[start..].char_indices().nth(cut).map_or(text.len(), |(at, _)| start + at);
            let mutated = format!("{}{with}{}", &text[..start], &text[end..]);
            let (facts, diagnostics) = read(&mutated, SOURCE, form, &VOCABULARY);
            prop_assert!(facts.is_some() || !diagnostics.is_empty());
            for place in diagnostics.iter().flat_map(|one| &one.labels).map(|label| label.place) {
                prop_assert!(mutated.get(place.span.start as usize..place.span.end as usize).is_some(), "{:?}", place);
            }
        }
    }
}

/// Wherever a letter longer than a byte comes in, a place never begins or ends inside it.
#[test]
fn a_place_is_never_half_a_letter() {
    let block = "format: ephor.description\nformat-version: \"1.0\"\nas-of: 2024-01-01\nstate:\n  iso: XXA\n  name: R\ninstruments:\n  - id: gg\n    title: B\n    kind: statute\nprovisions:\n  - id: gg-1\n    instrument: gg\n    locator: art. 1\nforces:\n  - id: f-0\n    name: \"NO\"\n    categories:\n      - police\nservices:\n  - force: f-0\n    term: 0 days\n    evidence:\n      - gg-1\n      - provision: gg-1\n        role: limits\n";
    let flow = r#"{"format": "ephor.description", "format-version": "1.0", "as-of": "2024-01-01", "state": {"iso": "XXA", "name": "R"}, "bodies": [{"id": "m", "name": "M", "evidence": [{"provision": "gg-1", "role": "limits"}]}]}"#;
    for (text, form) in [(block, Form::Yaml), (flow, Form::Yaml), (flow, Form::Json)] {
        for (at, _) in text.char_indices() {
            for cut in 0..4 {
                let end = (at + cut).min(text.len());
                let mutated = format!("{}é{}", &text[..at], &text[end..]);
                let (_, diagnostics) = read(&mutated, SOURCE, form, &VOCABULARY);
                for one in &diagnostics {
                    for place in one.labels.iter().map(|label| label.place) {
                        let whole = mutated.get(place.span.start as usize..place.span.end as usize).is_some();
                        assert!(whole, "{place:?} of {one:?} in\n{mutated}");
                    }
                }
            }
        }
    }
}
