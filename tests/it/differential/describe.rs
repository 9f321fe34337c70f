//! Descriptions from a tape: facts in every state, texts in force, ended, not yet begun and suspended, observations, lists that are complete
//! and records that were looked for.

use ephor::model::ir::references;
use ephor::vocabulary::{RecordId, Type, Vocabulary};
use serde_json::{Map, Value, json};

use super::tape::Tape;

/// The day whose law is described.
pub(super) const DAY: &str = "2020-01-01";

/// Attributes whose silence has a meaning of its own: a text without a last day has not ended, one without own dates has those of its text.
pub(super) const SILENT: [&str; 5] = ["starts", "stops", "seen-on", "suspends", "ruled-by"];

/// The lists of a description in the order of the file, with their records.
const LISTS: [(&str, &str); 8] = [
    ("scrolls", "scroll"),
    ("clauses", "clause"),
    ("seasons", "season"),
    ("houses", "house"),
    ("guilds", "guild"),
    ("powers", "power"),
    ("oaths", "oath"),
    ("notices", "notice"),
];

pub(super) struct Teller<'a, 't> {
    vocabulary: &'a Vocabulary,
    tape: Tape<'t>,
    /// How many of each list there are, in the order of [`LISTS`].
    counts: Vec<usize>,
    /// Ids of roles that parts may be referred to by.
    roles: usize,
    limits: usize,
}

/// One description as a JSON value.
pub(super) fn description(vocabulary: &Vocabulary, tape: &[u8]) -> Value {
    Teller { vocabulary, tape: Tape::new(tape), counts: Vec::new(), roles: 0, limits: 0 }.tell()
}

impl Teller<'_, '_> {
    fn tell(mut self) -> Value {
        self.counts = [
            [20, 40, 40, 0],
            [20, 40, 30, 10],
            [55, 30, 15, 0],
            [15, 35, 35, 15],
            [8, 40, 40, 12],
            [10, 30, 35, 25],
            [30, 40, 30, 0],
            [40, 40, 20, 0],
        ]
        .iter()
        .map(|weights| self.tape.weighted(weights))
        .collect();
        // Evidence needs a place in a text.
        self.counts[0] += 1;
        self.counts[1] += 1;
        let mut all = Map::new();
        for (key, value) in [("format", "ephor.description"), ("format-version", "1.0"), ("as-of", DAY), ("assessor", "Nobody")] {
            all.insert(key.to_owned(), value.into());
        }
        all.insert("collections".to_owned(), json!([{"name": "shelf", "of": "all scrolls", "on": "2020-01-01"}]));
        let mut land = self.record_named("land", "");
        land.insert("form".to_owned(), (*self.tape.one(&["flat", "hilly", "none"])).into());
        all.insert("land".to_owned(), Value::Object(land));
        for (at, (list, name)) in LISTS.iter().enumerate() {
            let mut rows: Vec<Value> =
                (1..=self.counts[at]).map(|number| Value::Object(self.record_named(name, &format!("{name}-{number}")))).collect();
            let absent = self.tape.weighted(&[70, 20, 10]);
            for number in 1..=absent {
                let row = Value::Object(self.absent(name, &format!("no-{name}-{number}")));
                if !rows.iter().any(|known| contradicts(&row, known)) {
                    rows.push(row);
                }
            }
            all.insert((*list).to_owned(), Value::Array(rows));
        }
        let complete = self.complete();
        all.insert("complete".to_owned(), Value::Array(complete));
        Value::Object(all)
    }

    fn record_named(&mut self, name: &str, id: &str) -> Map<String, Value> {
        let record = self.vocabulary.record_named(name).unwrap_or(0);
        let mut made = Map::new();
        if !id.is_empty() {
            made.insert("id".to_owned(), id.into());
        }
        let observed = self.vocabulary.record(record).needs_evidence && self.tape.chance(15);
        if observed || matches!(name, "guild" | "house") && self.tape.chance(2) {
            made.insert("basis".to_owned(), "de-facto".into());
            made.insert("note".to_owned(), "seen in 2019".into());
        }
        if self.vocabulary.record(record).needs_evidence && !observed || self.tape.chance(15) {
            let evidence = self.evidence(true);
            made.insert("evidence".to_owned(), evidence);
        }
        self.attributes(record, &mut made, false);
        made
    }

    fn attributes(&mut self, record: RecordId, made: &mut Map<String, Value>, pattern: bool) {
        let vocabulary = self.vocabulary;
        for attribute in &vocabulary.record(record).attributes {
            let silent = SILENT.contains(&attribute.name.as_str());
            let value = match (attribute.required && !pattern, silent) {
                (true, _) => self.known(&attribute.ty),
                (false, true) => self.of_a_text(&attribute.name, &attribute.ty, pattern),
                (false, false) => self.optional(&attribute.ty, pattern),
            };
            if let Some(value) = value {
                made.insert(attribute.name.clone(), value);
            }
        }
    }

    /// Dates and suspensions: mostly such that the text holds.
    fn of_a_text(&mut self, name: &str, ty: &Type, pattern: bool) -> Option<Value> {
        if pattern {
            return None;
        }
        match name {
            "starts" => match self.tape.weighted(&[50, 30, 12, 4, 4]) {
                0 => None,
                1 => Some("2001-01-01".into()),
                2 => Some("2030-01-01".into()),
                3 => Some(json!({"state": "absent", "searched": ["shelf"]})),
                _ => Some("2020-01-01".into()),
            },
            "seen-on" => [Some("2015-01-01"), None, Some("2025-01-01")][self.tape.weighted(&[75, 15, 10])].map(Value::from),
            "stops" => match self.tape.weighted(&[80, 8, 8, 4]) {
                0 => None,
                1 => Some("2040-01-01".into()),
                2 => Some("2019-12-31".into()),
                _ => Some("2020-01-01".into()),
            },
            "suspends" => {
                if self.tape.chance(25) {
                    self.known(ty)
                } else {
                    None
                }
            }
            _ => {
                if self.tape.chance(60) {
                    self.known(ty)
                } else {
                    None
                }
            }
        }
    }

    /// A fact in any state; `None` where nothing is said, or nothing can be.
    fn optional(&mut self, ty: &Type, pattern: bool) -> Option<Value> {
        let weights = if pattern { [78, 18, 0, 2, 2, 0, 0, 0, 0] } else { [10, 57, 6, 8, 5, 4, 4, 3, 3] };
        match self.tape.weighted(&weights) {
            0 => None,
            1 => self.known(ty),
            2 => {
                let evidence = self.evidence(true);
                Some(json!({"value": self.known(ty)?, "evidence": evidence}))
            }
            3 => Some(json!({"state": "absent", "searched": ["shelf"]})),
            4 => Some(json!({"state": "unknown"})),
            5 => Some(json!({"state": "not-applicable", "because": "land.form"})),
            6 | 7 if matches!(ty, Type::Parts(_)) => None,
            6 => {
                let (one, other) = (self.known(ty)?, self.known(ty)?);
                Some(
                    json!({"state": "disputed", "values": [{"value": one, "evidence": ["clause-1"]}, {"value": other, "evidence": ["clause-1"]}]}),
                )
            }
            7 => Some(json!({"value": self.known(ty)?, "basis": "de-facto", "note": "seen in 2019"})),
            _ => Some(json!({"value": self.known(ty)?, "note": "said twice"})),
        }
    }

    fn known(&mut self, ty: &Type) -> Option<Value> {
        let vocabulary = self.vocabulary;
        Some(match ty {
            Type::Term(list) => self.tape.one(&vocabulary.enumeration(*list).terms).name.clone().into(),
            Type::Terms(list) => {
                let terms = &vocabulary.enumeration(*list).terms;
                let first = self.tape.below(terms.len());
                let count = 1 + self.tape.weighted(&[45, 35, 20]);
                (0..count.min(terms.len())).map(|at| Value::from(terms[(first + at) % terms.len()].name.clone())).collect()
            }
            Type::Reference(_) | Type::References(_) => return self.reference(ty),
            Type::Parts(record) => self.parts(*record),
            Type::YesNo => self.tape.chance(50).into(),
            Type::Text => (*self.tape.one(&["north", "south", "east"])).into(),
            Type::Date => (*self.tape.one(&["2012-03-04", "2018-01-01", "2020-01-01", "2025-01-01", "2019-12-15"])).into(),
            Type::Number => self.tape.one(&[json!(10), json!(2.5), json!(1), json!(250)]).clone(),
            Type::Percentage => self.tape.one(&[json!(50), json!(60), json!(75.5)]).clone(),
            Type::Duration => (*self.tape.one(&["30 days", "1 month", "1 year", "10 days"])).into(),
            Type::Money => (*self.tape.one(&["100 EUR", "10 EUR", "100 USD"])).into(),
        })
    }

    fn reference(&mut self, ty: &Type) -> Option<Value> {
        let mut ids: Vec<String> = Vec::new();
        for record in references(ty).unwrap_or_default() {
            let name = self.vocabulary.record(record).name.as_str();
            let count = match name {
                "role" => self.roles,
                _ => LISTS.iter().position(|(_, known)| *known == name).map_or(0, |at| self.counts[at]),
            };
            ids.extend((1..=count).map(|number| format!("{name}-{number}")));
        }
        if ids.is_empty() {
            return None;
        }
        let first = self.tape.below(ids.len());
        if matches!(ty, Type::Reference(_)) {
            return Some(ids[first].clone().into());
        }
        let count = 1 + self.tape.weighted(&[70, 20, 10]);
        Some((0..count.min(ids.len())).map(|at| Value::from(ids[(first + at) % ids.len()].clone())).collect())
    }

    fn parts(&mut self, record: RecordId) -> Value {
        let count = 1 + self.tape.weighted(&[50, 40, 10]);
        let mut rows = Vec::new();
        for _ in 0..count {
            let name = self.vocabulary.record(record).name.clone();
            let number = if name == "role" { &mut self.roles } else { &mut self.limits };
            *number += 1;
            let id = format!("{name}-{number}");
            let mut row = Map::new();
            row.insert("id".to_owned(), id.into());
            self.attributes(record, &mut row, false);
            rows.push(Value::Object(row));
        }
        Value::Array(rows)
    }

    /// A record that was looked for and is not there.
    fn absent(&mut self, name: &str, id: &str) -> Map<String, Value> {
        let record = self.vocabulary.record_named(name).unwrap_or(0);
        let mut made = Map::new();
        made.insert("id".to_owned(), id.into());
        let state = if self.tape.chance(30) { "no-others" } else { "absent" };
        made.insert("state".to_owned(), state.into());
        made.insert("searched".to_owned(), json!(["shelf"]));
        self.attributes(record, &mut made, true);
        let days = self.period();
        made.extend(days.into_iter().map(|(key, day)| (format!("absent-{key}"), day.into())));
        made
    }

    /// When something was not there: mostly nothing is said.
    fn period(&mut self) -> Vec<(&'static str, &'static str)> {
        match self.tape.weighted(&[80, 5, 5, 5, 5]) {
            1 => vec![("from", "2010-01-01")],
            2 => vec![("from", "2020-01-02")],
            3 => vec![("from", "2010-01-01"), ("until", "2019-12-31")],
            4 => vec![("from", DAY), ("until", DAY)],
            _ => Vec::new(),
        }
    }

    fn evidence(&mut self, needed: bool) -> Value {
        let clauses = self.counts[1];
        let count = usize::from(needed) + self.tape.weighted(&[70, 30]);
        let first = self.tape.below(clauses);
        let all = (0..count.clamp(1, clauses)).map(|at| {
            let clause = format!("clause-{}", (first + at) % clauses + 1);
            match self.tape.weighted(&[80, 5, 5, 10]) {
                1 => json!({"provision": clause, "role": "limits"}),
                2 => json!({"provision": clause, "role": "contradicts"}),
                3 => json!({"attested-by": "Nobody", "office": "Nowhere", "on": "2019-01-01"}),
                _ => clause.into(),
            }
        });
        all.collect()
    }

    fn complete(&mut self) -> Vec<Value> {
        let scopes: [&[&str]; 8] =
            [&[], &[], &[], &[], &[], &["guild-1", "guild-2", "house-1"], &["guild-1", "guild-2"], &["bread", "salt", "iron"]];
        let mut all = Vec::new();
        for (at, (list, _)) in LISTS.iter().enumerate() {
            let mut statement = json!({"list": list, "by": "Nobody", "on": "2019-12-01", "searched": ["shelf"]});
            for (key, day) in self.period() {
                statement[key] = day.into();
            }
            match self.tape.weighted(&[45, 35, 20]) {
                0 => continue,
                2 if !scopes[at].is_empty() => {
                    let scope = *self.tape.one(scopes[at]);
                    let there = |kind: &str, count: usize| (1..=count).any(|number| scope == format!("{kind}-{number}"));
                    if at == 7 || there("guild", self.counts[4]) || there("house", self.counts[3]) {
                        statement["for"] = scope.into();
                    }
                    all.push(statement);
                }
                _ => all.push(statement),
            }
        }
        all
    }
}

/// Whether a record is a pattern of what is not there.
fn is_gone(row: &Value) -> bool {
    matches!(row["state"].as_str(), Some("absent" | "no-others"))
}

/// Whether a record is there that was not found.
fn contradicts(absent: &Value, known: &Value) -> bool {
    let value = |one: &Value| if one["value"].is_null() { one.clone() } else { one["value"].clone() };
    let sorted = |one: Value| match one {
        Value::Array(all) => all.iter().map(Value::to_string).collect::<std::collections::BTreeSet<_>>(),
        one => std::iter::once(one.to_string()).collect(),
    };
    let asked = absent.as_object().into_iter().flatten().filter(|(key, value)| {
        !matches!(key.as_str(), "id" | "state" | "searched" | "absent-from" | "absent-until") && value["state"].is_null()
    });
    absent["state"] == "absent" && !is_gone(known) && asked.clone().all(|(key, wanted)| sorted(value(&known[key])) == sorted(value(wanted)))
}

/// A world that a description leaves possible: what is unknown is filled in, records that nobody wrote down are added where the description
/// leaves room for them, and then every list is complete.
pub(super) fn completed(vocabulary: &Vocabulary, description: &Value, tape: &[u8]) -> Value {
    let mut world = description.clone();
    let count = |list: &str| description[list].as_array().map_or(0, |rows| rows.iter().filter(|row| !is_gone(row)).count());
    let counts = LISTS.iter().map(|(list, _)| count(list)).collect();
    let text = description.to_string();
    let said = |id: &str| text.matches(&format!("\"id\":\"{id}")).count();
    let mut teller = Teller { vocabulary, tape: Tape::new(tape), counts, roles: said("role-"), limits: said("limit-") };
    if let Some(land) = world["land"].as_object_mut() {
        teller.fill(vocabulary.record_named("land"), land);
    }
    for (at, (list, name)) in LISTS.iter().enumerate() {
        let closed = description["complete"].as_array().is_some_and(|all| all.iter().any(|one| one["list"] == *list));
        let Some(rows) = world[*list].as_array_mut() else { continue };
        let searched = rows.iter().any(is_gone);
        for row in rows.iter_mut().filter_map(Value::as_object_mut).filter(|row| row.get("state").is_none()) {
            teller.fill(vocabulary.record_named(name), row);
        }
        if *list != "seasons" && !closed && !searched && teller.tape.chance(70) {
            let mut row = teller.record_named(name, &format!("{name}-{}", teller.counts[at] + 1));
            row.remove("suspends");
            teller.fill(vocabulary.record_named(name), &mut row);
            // What nobody observed is not held against anyone, so that a new observation is no completion but a new fact.
            if row.get("basis").is_none() {
                rows.push(Value::Object(row));
            }
        }
    }
    let all = LISTS.iter().map(|(list, _)| json!({"list": list, "by": "Nobody", "on": "2019-12-01", "searched": ["shelf"]}));
    world["complete"] = all.collect();
    world
}

impl Teller<'_, '_> {
    fn fill(&mut self, record: Option<RecordId>, row: &mut Map<String, Value>) {
        let vocabulary = self.vocabulary;
        let Some(record) = record else { return };
        for attribute in vocabulary.record(record).attributes.iter().filter(|one| !SILENT.contains(&one.name.as_str())) {
            if let (Type::Parts(part), Some(parts)) = (&attribute.ty, row.get_mut(&attribute.name).and_then(Value::as_array_mut)) {
                for part_row in parts.iter_mut().filter_map(Value::as_object_mut).filter(|row| row.get("state").is_none()) {
                    self.fill(Some(*part), part_row);
                }
            }
            let open = match row.get(&attribute.name) {
                None => true,
                Some(value) => matches!(value["state"].as_str(), Some("unknown" | "disputed")),
            };
            if open {
                let known = if matches!(attribute.ty, Type::Parts(_)) || self.tape.chance(25) { None } else { self.known(&attribute.ty) };
                row.insert(attribute.name.clone(), known.unwrap_or_else(|| json!({"state": "absent", "searched": ["shelf"]})));
            }
        }
    }
}

/// The same description with one fact, search or statement of completeness less, and the attribute that it was of.
pub(super) fn forgetful(vocabulary: &Vocabulary, description: &Value, tape: &[u8]) -> Option<(Value, String)> {
    let mut tape = Tape::new(tape);
    let mut places: Vec<(String, String)> = Vec::new();
    let keys = |record: Option<RecordId>, row: &Value| -> Vec<String> {
        let Some(record) = record else { return Vec::new() };
        let attributes = vocabulary
            .record(record)
            .attributes
            .iter()
            .filter(|one| !one.required && !SILENT.contains(&one.name.as_str()) && one.name != "form");
        // The parts of a record that was observed are observations of their own, and not facts about it.
        let attributes = attributes.filter(|one| row["basis"].is_null() || !matches!(one.ty, Type::Parts(_)));
        attributes.map(|one| one.name.clone()).filter(|name| row.get(name).is_some()).collect()
    };
    places.extend(keys(vocabulary.record_named("land"), &description["land"]).into_iter().map(|key| ("/land".to_owned(), key)));
    for (list, name) in LISTS {
        for (at, row) in description[list].as_array().into_iter().flatten().enumerate() {
            if is_gone(row) {
                places.push((format!("/{list}"), at.to_string()));
                continue;
            }
            places.extend(keys(vocabulary.record_named(name), row).into_iter().map(|key| (format!("/{list}/{at}"), key)));
            for (parts, part) in [("roles", "role"), ("limits", "limit")] {
                for (number, row) in row[parts].as_array().into_iter().flatten().enumerate().filter(|(_, row)| !is_gone(row)) {
                    places.extend(
                        keys(vocabulary.record_named(part), row).into_iter().map(|key| (format!("/{list}/{at}/{parts}/{number}"), key)),
                    );
                }
            }
        }
    }
    let complete = description["complete"].as_array().map_or(0, Vec::len);
    places.extend((0..complete).map(|at| ("/complete".to_owned(), at.to_string())));
    if places.is_empty() {
        return None;
    }
    let at = tape.below(256) * 256 + tape.below(256);
    let (path, key) = places[at % places.len()].clone();
    let mut less = description.clone();
    match less.pointer_mut(&path)? {
        Value::Object(row) => drop(row.shift_remove(&key)),
        Value::Array(rows) => drop(rows.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some((less, key))
}

/// The same description with the records of its lists in another order.
pub(super) fn shuffled(description: &Value, tape: &[u8]) -> Value {
    let mut tape = Tape::new(tape);
    let mut other = description.clone();
    for list in LISTS.iter().map(|(list, _)| *list).chain(["complete"]) {
        if let Some(rows) = other[list].as_array_mut() {
            for at in (1..rows.len()).rev() {
                rows.swap(at, tape.below(at + 1));
            }
        }
    }
    other
}
