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
    properties.insert("assessor".to_owned(), json!({"type": "string"}));
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
    let all = json!({
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "duration": {"type": "string", "pattern": "^[0-9]{1,6} (day|days|month|months|year|years)$"},
        "money": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? [A-Z]{3}$"},
        "searched": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}]},
        "evidence": {"type": "array", "minItems": 1, "items": {"anyOf": [
            {"$ref": "#/$defs/id"},
            {"type": "object", "properties": {
                "provision": {"$ref": "#/$defs/id"},
                "role": {"enum": ["states", "limits", "excepts", "contradicts"]},
                "note": {"type": "string"}, "accessed": {"$ref": "#/$defs/date"}},
             "required": ["provision"], "additionalProperties": false},
            {"type": "object", "properties": {
                "attested-by": {"type": "string"}, "office": {"type": "string"}, "on": {"$ref": "#/$defs/date"},
                "role": {"enum": ["states", "limits", "excepts", "contradicts"]}, "note": {"type": "string"}},
             "required": ["attested-by"], "additionalProperties": false}]}},
        "collection": {"type": "object", "properties": {"name": {"type": "string"}, "of": {"type": "string"}, "on": {"$ref": "#/$defs/date"}}, "required": ["name"], "additionalProperties": false},
        "complete": {"type": "object", "properties": {"list": {"enum": lists}, "for": {"type": "string"}, "by": {"type": "string"}, "on": {"$ref": "#/$defs/date"}, "searched": {"$ref": "#/$defs/searched"}, "note": {"type": "string"}}, "required": ["list"], "additionalProperties": false},
        "waiver": {"type": "object", "properties": {"rule": {"type": "string"}, "subject": {"$ref": "#/$defs/id"}, "by": {"type": "string"}, "reason": {"type": "string"}, "until": {"$ref": "#/$defs/date"}}, "required": ["rule", "by", "reason"], "additionalProperties": false},
    });
    match all {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn record_schema(vocabulary: &Vocabulary, record: &Record) -> Json {
    let mut properties = Map::new();
    properties.insert("id".to_owned(), json!({"$ref": "#/$defs/id"}));
    properties.insert("evidence".to_owned(), json!({"$ref": "#/$defs/evidence"}));
    properties.insert("basis".to_owned(), json!({"enum": ["de-jure", "de-facto"]}));
    properties.insert("note".to_owned(), json!({"type": "string"}));
    properties.insert("state".to_owned(), json!({"enum": ["known", "absent"]}));
    properties.insert("searched".to_owned(), json!({"$ref": "#/$defs/searched"}));
    for attribute in &record.attributes {
        properties.insert(attribute.name.clone(), attribute_schema(vocabulary, attribute));
    }
    let mut required: Vec<&str> = record.attributes.iter().filter(|one| one.required).map(|one| one.name.as_str()).collect();
    if record.needs_id() {
        required.push("id");
    }
    let known = json!({"required": required});
    // An absent record is a pattern: it needs the search, and none of what a known one needs.
    json!({
        "type": "object",
        "description": record.meaning,
        "properties": properties,
        "additionalProperties": false,
        "if": {"properties": {"state": {"const": "absent"}}, "required": ["state"]},
        "then": {"required": ["searched"]},
        "else": known,
    })
}

fn attribute_schema(vocabulary: &Vocabulary, attribute: &Attribute) -> Json {
    let value = value_schema(vocabulary, &attribute.ty);
    let long = json!({
        "type": "object",
        "properties": {
            "value": value, "state": {"enum": ["known", "absent", "unknown", "not-applicable", "disputed"]},
            "evidence": {"$ref": "#/$defs/evidence"}, "searched": {"$ref": "#/$defs/searched"}, "because": {"type": "string"},
            "basis": {"enum": ["de-jure", "de-facto"]}, "note": {"type": "string"}, "as-of": {"$ref": "#/$defs/date"},
            "values": {"type": "array", "minItems": 2, "items": {"type": "object", "properties": {"value": value, "evidence": {"$ref": "#/$defs/evidence"}, "note": {"type": "string"}}, "required": ["value"], "additionalProperties": false}}
        },
        "anyOf": [{"required": ["value"]}, {"required": ["state"]}],
        "additionalProperties": false,
    });
    json!({"title": attribute.label, "description": attribute.question, "anyOf": [value, long]})
}

fn value_schema(vocabulary: &Vocabulary, ty: &Type) -> Json {
    let terms = |id: &u16| json!({"enum": vocabulary.enumeration(*id).terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>()});
    let one_or_many = |one: Json| json!({"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]});
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
        Type::Text => json!({"type": "string"}),
        Type::Date => json!({"$ref": "#/$defs/date"}),
        Type::Number | Type::Percentage => json!({"type": "number"}),
        Type::Duration => json!({"$ref": "#/$defs/duration"}),
        Type::Money => json!({"$ref": "#/$defs/money"}),
    }
}
