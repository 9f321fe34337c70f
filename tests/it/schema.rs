//! The schema of a description and its reader agree on JSON: what one refuses by form, the other refuses.

use serde_json::{Value, json};

use ephor::facts::{Form, read};

use crate::facts_support::{SOURCE, VOCABULARY};
use crate::support::ephor;

/// A description in which `key` is put into the place that `path` leads to.
fn with(path: &str, key: &str, value: &Value) -> Value {
    let mut text = json!({
        "format": "ephor.description", "format-version": "1.0", "as-of": "2026-01-01", "assessor": "A",
        "collections": [{"name": "laws", "of": "all statutes", "on": "2026-01-01"}],
        "state": {"iso": "RUR", "name": "Ruritania"},
        "instruments": [{"id": "gg", "title": "Basic Law", "kind": "constitution"}],
        "provisions": [{"id": "gg-10", "instrument": "gg", "locator": "art. 10"}],
        "bodies": [{"id": "minister", "name": "Minister", "kind": "minister"}],
        "forces": [{"id": "army", "name": "Army", "categories": ["armed"]}],
        "controls": [{"holder": "minister", "over": ["army"], "kind": "command", "evidence": ["gg-10"]}],
        "complete": [{"list": "forces", "by": "A", "on": "2026-01-01", "searched": ["laws"]}],
        "waivers": [{"rule": "coc-21.2", "subject": "army", "by": "A", "reason": "a bill"}],
    });
    let place = text.pointer_mut(path).unwrap().as_object_mut().unwrap();
    if value.is_null() && key != "null" {
        place.remove(key);
    } else {
        place.insert(key.to_owned(), value.clone());
    }
    text
}

#[test]
fn schema_and_reader_agree() {
    let schema: Value = serde_json::from_slice(&ephor(&["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let gone = Value::Null;
    // A place, a key, a value (none takes the key out), and whether both accept it.
    let cases = [
        ("/state", "name", json!("Ruritania"), true),
        ("/state", "iso", json!(12), false),
        ("/state", "name", json!(true), false),
        ("/state", "name", json!("  "), false),
        ("/state", "name", gone.clone(), false),
        ("/state", "id", json!("x"), false),
        ("/state", "state", json!("known"), false),
        ("/provisions/0", "locator", json!(10), false),
        ("/provisions/0", "locator", json!("10"), true),
        ("/provisions/0", "id", json!("GG-10"), false),
        ("/provisions/0", "id", json!("gg--10"), false),
        ("/provisions/0", "note", json!(""), false),
        ("", "assessor", json!(1), false),
        ("", "assessor", json!(""), false),
        ("/collections/0", "of", gone.clone(), false),
        ("/complete/0", "by", gone.clone(), false),
        ("/complete/0", "for", json!("army"), false),
        ("/complete/0", "note", json!("x"), false),
        ("/complete/0", "searched", json!([]), false),
        ("/waivers/0", "reason", gone.clone(), false),
        ("/waivers/0", "subject", gone.clone(), true),
        ("/waivers/0", "until", json!("2027-01-01"), true),
        ("/waivers/0", "until", json!("soon"), false),
        ("/controls/0", "evidence", gone, false),
        ("/controls/0", "evidence", json!([]), false),
        ("/controls/0", "evidence", json!("gg-10"), false),
        ("/controls/0", "evidence", json!([{"provision": "gg-10", "role": "limits", "accessed": "2026-01-01"}]), true),
        ("/controls/0", "evidence", json!([{"attested-by": "A", "office": "B", "on": "2026-01-01"}]), true),
        ("/controls/0", "evidence", json!([{"attested-by": "A"}]), false),
        ("/forces/0", "categories", json!([]), false),
        ("/forces/0", "categories", json!(["armed", "armed"]), false),
        ("/forces/0", "categories", json!("armed"), true),
        ("/forces/0", "parent", json!(["minister"]), false),
        ("/forces/0", "parent", json!({"value": "minister", "evidence": ["gg-10"]}), true),
        ("/forces/0", "parent", json!({"value": "minister", "as-of": "2026-01-01"}), false),
        ("/forces/0", "parent", json!({"state": "absent", "searched": ["laws"]}), true),
        ("/forces/0", "parent", json!({"state": "absent"}), false),
        ("/forces/0", "parent", json!({"state": "absent", "value": "minister", "searched": ["laws"]}), false),
        ("/forces/0", "parent", json!({"state": "unknown"}), true),
        ("/forces/0", "parent", json!({"state": "not-applicable"}), false),
        ("/forces/0", "parent", json!({"state": "disputed"}), false),
        ("/forces/0", "parent", json!({"values": [{"value": "minister", "evidence": ["gg-10"]}]}), false),
        ("/forces/0", "parent", json!({}), false),
        ("/forces/0", "heavy-equipment", json!("yes"), false),
        ("/forces/0", "heavy-equipment", json!(true), true),
    ];
    for (path, key, value, good) in cases {
        let text = with(path, key, &value);
        let (_, problems) = read(&text.to_string(), SOURCE, Form::Json, &VOCABULARY);
        let said: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
        // What only the whole text can tell (`for` of a list that is not gathered) no schema can.
        let by_form = !(path == "/complete/0" && key == "for");
        assert_eq!(problems.is_empty(), good, "the reader on {path}/{key}: {value}: {said:?}");
        assert_eq!(validator.is_valid(&text), good || !by_form, "the schema on {path}/{key}: {value}");
    }
}
