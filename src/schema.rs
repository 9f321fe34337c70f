//! JSON Schemas: of a description, derived from the vocabulary; of results, kept as files and tested against every output.

use serde_json::{Map, Value as Json, json};

use crate::vocabulary::{Attribute, Record, Type, Vocabulary};

/// The schema of `check --format json`.
pub const RESULT: &str = include_str!("../docs/schemas/result.schema.json");
/// The schema of one line of `check --format ndjson`.
pub const LINE: &str = include_str!("../docs/schemas/line.schema.json");

/// The schema of a description.
pub fn description(vocabulary: &Vocabulary) -> String {
    let mut properties = Map::new();
    properties.insert("$schema".to_owned(), json!({"type": "string"}));
    properties.insert("format".to_owned(), json!({"const": "ephor.description"}));
    properties.insert("format-version".to_owned(), json!({"const": "1.0"}));
    properties.insert("as-of".to_owned(), json!({"$ref": "#/$defs/date", "description": "The day whose law is described."}));
    properties.insert("assessor".to_owned(), json!({"$ref": "#/$defs/text"}));
    properties.insert("collections".to_owned(), json!({"type": "array", "items": {"$ref": "#/$defs/collection"}}));
    properties.insert("complete".to_owned(), json!({"type": "array", "items": {"$ref": "#/$defs/complete"}}));
    properties.insert("waivers".to_owned(), json!({"type": "array", "items": {"$ref": "#/$defs/waiver"}}));
    let mut definitions = shared(vocabulary);
    for record in &vocabulary.records {
        definitions.insert(format!("record-{}", record.name), record_schema(vocabulary, record));
        let reference = json!({"$ref": format!("#/$defs/record-{}", record.name)});
        if record.single {
            properties.insert(record.name.clone(), reference);
        } else if !record.part {
            properties.insert(record.list.clone(), json!({"type": "array", "items": reference, "description": record.meaning}));
        }
    }
    let state = vocabulary.frame.state.map(|id| vocabulary.record(id).name.clone());
    let required: Vec<String> = ["format", "format-version", "as-of"].into_iter().map(str::to_owned).chain(state).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://ephor.example/schemas/description-1.0.json",
        "title": "Description of a State",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "$defs": definitions,
    });
    format!("{schema:#}\n")
}

/// What records share: ids, dates, evidence, searches.
fn shared(vocabulary: &Vocabulary) -> Map<String, Json> {
    let lists: Vec<&str> = vocabulary.records.iter().filter(|one| !one.part && !one.single).map(|one| one.list.as_str()).collect();
    let text = || json!({"$ref": "#/$defs/text"});
    let date = || json!({"$ref": "#/$defs/date"});
    let searched = || json!({"$ref": "#/$defs/searched"});
    let role = || json!({"enum": ["states", "limits", "excepts", "contradicts"]});
    let id = || json!({"$ref": "#/$defs/id"});
    let all = json!({
        "text": {"type": "string", "pattern": "\\S"},
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "duration": {"type": "string", "pattern": "^[0-9]{1,6} (day|days|month|months|year|years)$"},
        "money": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? [A-Z]{3}$"},
        "searched": {"anyOf": [text(), {"type": "array", "minItems": 1, "items": text()}]},
        "evidence": {"type": "array", "minItems": 1, "items": {"anyOf": [
            id(),
            mapping(&[("provision", id()), ("role", role()), ("note", text()), ("accessed", date())], &["provision"]),
            mapping(
                &[("attested-by", text()), ("office", text()), ("on", date()), ("role", role()), ("note", text()), ("accessed", date())],
                &["attested-by", "office", "on"],
            )]}},
        "collection": mapping(&[("name", text()), ("of", text()), ("on", date())], &["name", "of", "on"]),
        "complete": mapping(
            &[
                ("list", json!({"enum": lists})),
                ("for", text()),
                ("by", text()),
                ("on", date()),
                ("searched", searched()),
                ("from", date()),
                ("until", date()),
            ],
            &["list", "by", "on", "searched"],
        ),
        "waiver": mapping(
            &[("rule", text()), ("subject", id()), ("by", text()), ("reason", text()), ("until", date())],
            &["rule", "by", "reason"],
        ),
    });
    match all {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// A mapping with these keys and no others.
fn mapping(keys: &[(&str, Json)], required: &[&str]) -> Json {
    let properties: Map<String, Json> = keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn record_schema(vocabulary: &Vocabulary, record: &Record) -> Json {
    let mut properties = Map::new();
    if !record.single {
        properties.insert("id".to_owned(), json!({"$ref": "#/$defs/id"}));
        properties.insert("state".to_owned(), json!({"enum": ["known", "absent", "no-others"]}));
        properties.insert("searched".to_owned(), json!({"$ref": "#/$defs/searched"}));
        properties.insert("absent-from".to_owned(), json!({"$ref": "#/$defs/date"}));
        properties.insert("absent-until".to_owned(), json!({"$ref": "#/$defs/date"}));
    }
    properties.insert("evidence".to_owned(), json!({"$ref": "#/$defs/evidence"}));
    properties.insert("basis".to_owned(), json!({"enum": ["de-jure", "de-facto"]}));
    properties.insert("note".to_owned(), json!({"$ref": "#/$defs/text"}));
    for attribute in &record.attributes {
        properties.insert(attribute.name.clone(), attribute_schema(vocabulary, attribute));
    }
    let mut required: Vec<&str> = record.attributes.iter().filter(|one| one.required).map(|one| one.name.as_str()).collect();
    if record.needs_id() {
        required.push("id");
    }
    let mut known = json!({"required": required});
    if record.needs_evidence {
        let observed = json!({"properties": {"basis": {"const": "de-facto"}}, "required": ["basis"]});
        known["anyOf"] = json!([{"required": ["evidence"]}, observed]);
    }
    // An absent record is a pattern: it needs the search, and none of what a known one needs.
    json!({
        "type": "object",
        "description": record.meaning,
        "properties": properties,
        "additionalProperties": false,
        "if": {"properties": {"state": {"enum": ["absent", "no-others"]}}, "required": ["state"]},
        "then": {"required": ["searched"]},
        "else": known,
    })
}

fn attribute_schema(vocabulary: &Vocabulary, attribute: &Attribute) -> Json {
    let value = value_schema(vocabulary, &attribute.ty);
    let (text, evidence) = (json!({"$ref": "#/$defs/text"}), json!({"$ref": "#/$defs/evidence"}));
    let disputed = mapping(&[("value", value.clone()), ("evidence", evidence.clone())], &["value", "evidence"]);
    let mut long = mapping(
        &[
            ("value", value.clone()),
            ("values", json!({"type": "array", "minItems": 2, "items": disputed})),
            ("state", json!({"enum": STATES.map(|(state, _)| state)})),
            ("evidence", evidence),
            ("searched", json!({"$ref": "#/$defs/searched"})),
            ("because", text.clone()),
            ("basis", json!({"enum": ["de-jure", "de-facto"]})),
            ("note", text),
        ],
        &[],
    );
    long["oneOf"] = STATES.map(long_form).into_iter().collect();
    json!({"title": attribute.label, "description": attribute.question, "anyOf": [value, long]})
}

/// The states of a fact, each with what its long form needs.
const STATES: [(&str, &[&str]); 5] = [
    ("known", &["value"]),
    ("absent", &["state", "searched"]),
    ("unknown", &["state"]),
    ("not-applicable", &["state", "because"]),
    ("disputed", &["state", "values"]),
];

/// What is asked of the long form in one state: its own keys, and none of the values of another.
fn long_form((state, required): (&str, &[&str])) -> Json {
    let others: Vec<Json> =
        ["value", "values"].iter().filter(|key| !required.contains(key)).map(|key| json!({"required": [key]})).collect();
    json!({"properties": {"state": {"const": state}}, "required": required, "not": {"anyOf": others}})
}

fn value_schema(vocabulary: &Vocabulary, ty: &Type) -> Json {
    let terms = |id: &u16| json!({"enum": vocabulary.enumeration(*id).terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>()});
    let one_or_many = |one: Json| json!({"anyOf": [one, {"type": "array", "minItems": 1, "uniqueItems": true, "items": one}]});
    match ty {
        Type::Term(id) => terms(id),
        Type::Terms(id) => one_or_many(terms(id)),
        Type::Reference(_) => json!({"$ref": "#/$defs/id"}),
        Type::References(_) => one_or_many(json!({"$ref": "#/$defs/id"})),
        Type::Parts(id) => {
            let part = json!({"$ref": format!("#/$defs/record-{}", vocabulary.record(*id).name)});
            json!({"type": "array", "minItems": 1, "items": part})
        }
        Type::YesNo => json!({"type": "boolean"}),
        Type::Text => json!({"$ref": "#/$defs/text"}),
        Type::Date => json!({"$ref": "#/$defs/date"}),
        Type::Number | Type::Percentage => json!({"type": "number"}),
        Type::Duration => json!({"$ref": "#/$defs/duration"}),
        Type::Money => json!({"$ref": "#/$defs/money"}),
    }
}
