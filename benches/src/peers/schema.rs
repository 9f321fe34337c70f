//! JSON Schema, by the crate `jsonschema`. Of the thirty rules it can say the one that needs no evidence in force, for that is a join. It can also judge the
//! form of a description, by the schema that `ephor schema` prints; ephor judges form (and more) while it reads.

use jsonschema::Validator;
use serde_json::Value;

/// The rules it can say, counted from 0.
pub const RULES: &[usize] = &[28];

pub struct Rule29 {
    holds: Validator,
    broken: Validator,
    away: Validator,
    value: Option<Value>,
}

impl Rule29 {
    pub fn new() -> Rule29 {
        let all: Value = serde_json::from_str(include_str!("../../rules/thirty.schema.json")).expect("schemas");
        let one = |name: &str| jsonschema::validator_for(&all[name]).expect("a schema");
        Rule29 { holds: one("holds"), broken: one("broken"), away: one("not-applicable"), value: None }
    }
}

fn value(bytes: &[u8]) -> Option<Value> {
    serde_json::from_str(std::str::from_utf8(bytes).expect("UTF-8")).ok()
}

impl super::Peer for Rule29 {
    fn read(&mut self, bytes: &[u8]) {
        self.value = value(bytes);
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        let Some(value) = &self.value else { return };
        letters.push(match () {
            () if self.holds.is_valid(value) => b'P',
            () if self.broken.is_valid(value) => b'F',
            () if self.away.is_valid(value) => b'N',
            () => b'U',
        });
    }
}

/// The form of a description: a letter P if it is good.
pub struct Form {
    schema: Validator,
    value: Option<Value>,
}

impl Form {
    pub fn new(schema: &Value) -> Form {
        Form { schema: jsonschema::validator_for(schema).expect("a schema"), value: None }
    }
}

impl super::Peer for Form {
    fn read(&mut self, bytes: &[u8]) {
        self.value = value(bytes);
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        if let Some(value) = &self.value {
            letters.push(if self.schema.is_valid(value) { b'P' } else { b'F' });
        }
    }
}
