//! A story → the JSON text of a description, with the way back from each of its bytes to the rule text.

use serde_json::{Map, Value as Json};

use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::ir::{Model, Scenario, enumeration, references};
use crate::syntax::ast::{Given, GivenAbsent, GivenAttribute, GivenOne, GivenPeriod, GivenValue, LiteralKind, Name};
use crate::text::Place;
use crate::values::Date;
use crate::vocabulary::{RecordId, Type};

/// The text of a description and the places that its parts came from.
pub(super) struct Story {
    pub(super) text: String,
    pub(super) places: Places,
    pub(super) problems: Vec<Diagnostic>,
}

/// For offsets into the text, in order: the place that begins there.
#[derive(Default)]
pub(super) struct Places(Vec<(u32, Place)>);

impl Places {
    /// A diagnostic about the description as one about the rule text.
    pub(super) fn move_back(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.labels = diagnostic
            .labels
            .into_iter()
            .map(|label| {
                let at = self.0.partition_point(|(offset, _)| *offset <= label.place.span.start);
                let place = at.checked_sub(1).and_then(|at| self.0.get(at)).map_or(label.place, |(_, place)| *place);
                Label { place, text: label.text }
            })
            .collect();
        diagnostic
    }
}

/// One record of the story, in JSON with the place of each key.
struct Told {
    place: Place,
    fields: Vec<(String, Json, Place)>,
}

struct Teller<'a> {
    model: &'a Model,
    as_of: Date,
    lists: Vec<(String, Vec<Told>)>,
    complete: Vec<Told>,
    problems: Vec<Diagnostic>,
}

/// Tells a story.
pub(super) fn tell(model: &Model, scenario: &Scenario, as_of: Date) -> Story {
    let mut teller = Teller { model, as_of, lists: Vec::new(), complete: Vec::new(), problems: Vec::new() };
    teller.given(&scenario.text.given, 0);
    teller.state(scenario.text.title.place);
    let (mut text, mut places) = (String::from("{"), Places::default());
    places.0.push((0, scenario.text.title.place));
    text.push_str(&format!("\"format\":\"ephor.description\",\"format-version\":\"1.0\",\"as-of\":\"{as_of}\",\"collections\":[{{\"name\":\"story\",\"of\":\"what the story tells\",\"on\":\"{as_of}\"}}]"));
    let (lists, complete) = (std::mem::take(&mut teller.lists), std::mem::take(&mut teller.complete));
    for (key, told) in lists.iter().chain(std::iter::once(&("complete".to_owned(), complete)).filter(|(_, told)| !told.is_empty())) {
        text.push_str(&format!(",{}:", Json::from(key.as_str())));
        let single = model.vocabulary.record_named(key).is_some_and(|id| model.vocabulary.record(id).single);
        if !single {
            text.push('[');
        }
        for (at, one) in told.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            write_record(one, &mut text, &mut places);
        }
        if !single {
            text.push(']');
        }
    }
    text.push('}');
    Story { text, places, problems: teller.problems }
}

fn write_record(told: &Told, text: &mut String, places: &mut Places) {
    places.0.push((offset(text), told.place));
    text.push('{');
    for (at, (key, value, place)) in told.fields.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        places.0.push((offset(text), *place));
        text.push_str(&format!("{}:{value}", Json::from(key.as_str())));
    }
    text.push('}');
    places.0.push((offset(text), told.place));
}

/// The days of a period, under the keys that they have in a description.
fn days(period: GivenPeriod, (from, until): (&str, &str)) -> Vec<(String, Json, Place)> {
    let days = [(from, period.from), (until, period.until)];
    days.into_iter().filter_map(|(key, day)| day.map(|(date, place)| (key.to_owned(), Json::from(date.to_string()), place))).collect()
}

fn offset(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

impl Teller<'_> {
    fn given(&mut self, given: &[Given], depth: usize) {
        for one in given {
            match one {
                Given::Setting(name) => {
                    if let Some(setting) = self.model.settings.get(&name.text).filter(|_| depth < 8) {
                        self.given(setting, depth + 1);
                    }
                }
                Given::Complete(list, scope, period) => self.complete(list, scope.as_ref(), *period),
                Given::Absent(GivenAbsent { kind, others, attributes, searched, period }) => {
                    let mut fields = vec![
                        ("state".to_owned(), Json::from(if *others { "no-others" } else { "absent" }), kind.place),
                        ("searched".to_owned(), self.search(searched), searched.place),
                    ];
                    fields.extend(days(*period, ("absent-from", "absent-until")));
                    fields.extend(self.fields(kind, attributes));
                    self.add(kind, Told { place: kind.place, fields });
                }
                Given::Record(kind, name, attributes) => {
                    let mut fields: Vec<_> =
                        name.iter().map(|name| ("id".to_owned(), Json::from(name.text.as_str()), name.place)).collect();
                    fields.extend(self.fields(kind, attributes));
                    self.required(kind, name.as_ref(), &mut fields);
                    self.add(kind, Told { place: kind.place, fields });
                }
            }
        }
    }

    fn record(&mut self, kind: &Name) -> Option<RecordId> {
        let found = self.model.vocabulary.record_named(&kind.text).filter(|id| !self.model.vocabulary.record(*id).part);
        if found.is_none() {
            let names = self.model.vocabulary.records.iter().filter(|one| !one.part).map(|one| one.name.as_str());
            let help = crate::diagnostic::suggest::did_you_mean(&kind.text, names);
            self.problems
                .push(Diagnostic::new(Code::E202, kind.place, format!("`{}` is no record that can be given", kind.text)).help(help));
        }
        found
    }

    fn add(&mut self, kind: &Name, told: Told) {
        let Some(id) = self.record(kind) else { return };
        let record = self.model.vocabulary.record(id);
        let key = if record.single { record.name.clone() } else { record.list.clone() };
        let single = record.single;
        match self.lists.iter_mut().find(|(known, _)| *known == key) {
            // A later sentence about the State adds to an earlier one, and what it says last holds.
            Some((_, all)) if single => {
                if let Some(first) = all.first_mut() {
                    first.fields.retain(|(known, _, _)| !told.fields.iter().any(|(key, _, _)| key == known));
                    first.fields.extend(told.fields);
                }
            }
            Some((_, all)) => all.push(told),
            None => self.lists.push((key, vec![told])),
        }
    }

    /// The State has a name and a code in every description; a story need not give them.
    fn state(&mut self, place: Place) {
        let Some(id) = self.model.vocabulary.frame.state else { return };
        let name = Name { text: self.model.vocabulary.record(id).name.clone(), place };
        let known = self
            .lists
            .iter()
            .find(|(key, _)| *key == name.text)
            .map(|(_, all)| all.iter().flat_map(|one| one.fields.iter().map(|field| field.0.clone())).collect::<Vec<_>>());
        let mut fields: Vec<(String, Json, Place)> = known.unwrap_or_default().into_iter().map(|key| (key, Json::Null, place)).collect();
        let before = fields.len();
        self.required(&name, None, &mut fields);
        self.add(&name, Told { place, fields: fields.split_off(before) });
    }

    /// Texts that every record of a kind must have are filled in where a story leaves them out.
    fn required(&mut self, kind: &Name, name: Option<&Name>, fields: &mut Vec<(String, Json, Place)>) {
        let Some(id) = self.model.vocabulary.record_named(&kind.text) else { return };
        for attribute in &self.model.vocabulary.record(id).attributes {
            if attribute.required && attribute.ty == Type::Text && !fields.iter().any(|(key, _, _)| *key == attribute.name) {
                let text = name.map_or("story", |name| name.text.as_str());
                fields.push((attribute.name.clone(), Json::from(text), kind.place));
            }
        }
    }

    fn complete(&mut self, list: &Name, scope: Option<&Name>, period: GivenPeriod) {
        let mut fields = vec![("list".to_owned(), Json::from(list.text.as_str()), list.place)];
        fields.extend(scope.map(|scope| ("for".to_owned(), Json::from(scope.text.as_str()), scope.place)));
        fields.push(("by".to_owned(), Json::from("story"), list.place));
        fields.push(("on".to_owned(), Json::from(self.as_of.to_string()), list.place));
        fields.push(("searched".to_owned(), Json::from(vec!["story"]), list.place));
        fields.extend(days(period, ("from", "until")));
        self.complete.push(Told { place: list.place, fields });
    }

    fn fields(&mut self, kind: &Name, attributes: &[GivenAttribute]) -> Vec<(String, Json, Place)> {
        let Some(id) = self.record(kind) else { return Vec::new() };
        self.fields_of(id, attributes)
    }

    fn fields_of(&mut self, id: RecordId, attributes: &[GivenAttribute]) -> Vec<(String, Json, Place)> {
        let mut fields = Vec::new();
        for attribute in attributes {
            match attribute {
                GivenAttribute::InFact(place) => {
                    fields.push(("basis".to_owned(), Json::from("de-facto"), *place));
                    fields.push(("note".to_owned(), Json::from(format!("observed on {}", self.as_of)), *place));
                }
                GivenAttribute::Evidence(name, values) => {
                    let evidence: Vec<Json> = values.iter().map(|value| self.evidence(value, name.place)).collect();
                    fields.push(("evidence".to_owned(), Json::from(evidence), name.place));
                }
                GivenAttribute::Value(name, value) => {
                    let ty = self
                        .model
                        .vocabulary
                        .record(id)
                        .attribute(&name.text)
                        .map(|at| self.model.vocabulary.attribute((id, at)).ty.clone());
                    fields.push((name.text.clone(), self.value(value, ty.as_ref()), name.place));
                }
            }
        }
        fields
    }

    fn value(&mut self, value: &GivenValue, ty: Option<&Type>) -> Json {
        let state = |word: &str| Json::Object(Map::from_iter([("state".to_owned(), Json::from(word))]));
        match value {
            GivenValue::Unknown(_) => state("unknown"),
            GivenValue::Disputed(place) => self.disputed(ty, *place),
            GivenValue::Absent(searched) => {
                Json::Object(Map::from_iter([("state".to_owned(), Json::from("absent")), ("searched".to_owned(), self.search(searched))]))
            }
            // `parent none`: in a story, that there certainly is none.
            GivenValue::Values(values) if self.is_none(values, ty) => Json::Object(Map::from_iter([
                ("state".to_owned(), Json::from("absent")),
                ("searched".to_owned(), Json::from(vec!["story"])),
            ])),
            GivenValue::Values(values) => {
                let mut all: Vec<Json> = values.iter().map(|one| self.one(one, ty)).collect();
                let several = matches!(ty, Some(Type::Terms(_) | Type::References(_) | Type::Parts(_)));
                if several || all.len() != 1 { Json::from(all) } else { all.remove(0) }
            }
        }
    }

    /// A search told in a story was made on the day of the story.
    fn search(&self, searched: &Name) -> Json {
        Json::from(vec![format!("{}, searched on {}", searched.text, self.as_of)])
    }

    fn is_none(&self, values: &[GivenOne], ty: Option<&Type>) -> bool {
        let term = ty.and_then(enumeration).is_some_and(|id| self.model.vocabulary.enumeration(id).term("none").is_some());
        !term && matches!(values, [GivenOne::Word(name)] if name.text == "none")
    }

    fn one(&mut self, one: &GivenOne, ty: Option<&Type>) -> Json {
        match one {
            GivenOne::Word(name) => Json::from(name.text.as_str()),
            GivenOne::Part(attributes, _) => {
                let part = ty.and_then(references).and_then(|all| all.first().copied());
                let fields = part.map(|id| self.fields_of(id, attributes)).unwrap_or_default();
                Json::Object(fields.into_iter().map(|(key, value, _)| (key, value)).collect())
            }
            GivenOne::Literal(literal) => match &literal.kind {
                LiteralKind::Date(date) => Json::from(date.to_string()),
                LiteralKind::Duration(days) => Json::from(crate::values::date::show_duration(*days)),
                LiteralKind::Money(amount, currency) => Json::from(format!("{} {currency}", crate::reading::decimal(*amount))),
                LiteralKind::Number(value) | LiteralKind::Percentage(value) => {
                    serde_json::from_str(&crate::reading::decimal(*value)).unwrap_or(Json::from(0))
                }
                LiteralKind::YesNo(value) => Json::from(*value),
                LiteralKind::Text(text) => Json::from(text.as_str()),
            },
        }
    }

    /// Two values that contradict each other, where the type has two.
    fn disputed(&mut self, ty: Option<&Type>, place: Place) -> Json {
        let two: Option<[Json; 2]> = match ty {
            Some(Type::YesNo) => Some([Json::from(true), Json::from(false)]),
            Some(ty) => enumeration(ty).and_then(|id| match self.model.vocabulary.enumeration(id).terms.as_slice() {
                [one, two, ..] => Some([Json::from(one.name.as_str()), Json::from(two.name.as_str())]),
                _ => None,
            }),
            None => None,
        };
        let Some(two) = two else {
            self.problems.push(
                Diagnostic::new(Code::E402, place, "a story can dispute only terms and `yes or no`")
                    .help("say `unknown`: a disputed fact is treated as unknown"),
            );
            return Json::Null;
        };
        let evidence = self.highest(place);
        let values: Vec<Json> = two
            .into_iter()
            .map(|value| {
                Json::Object(Map::from_iter([("value".to_owned(), value), ("evidence".to_owned(), Json::from(vec![evidence.clone()]))]))
            })
            .collect();
        Json::Object(Map::from_iter([("state".to_owned(), Json::from("disputed")), ("values".to_owned(), Json::from(values))]))
    }

    fn highest(&mut self, place: Place) -> Json {
        let frame = &self.model.vocabulary.frame;
        let ranked =
            frame.source.and_then(|slot| references(&self.model.vocabulary.attribute(slot).ty)).and_then(|all| all.first().copied());
        let ranked = ranked.and_then(|id| {
            self.model
                .vocabulary
                .record(id)
                .attributes
                .iter()
                .find_map(|one| enumeration(&one.ty).filter(|list| self.model.vocabulary.enumeration(*list).ordered))
        });
        let term =
            ranked.and_then(|list| self.model.vocabulary.enumeration(list).terms.first().map(|term| term.name.clone())).unwrap_or_default();
        self.evidence(&GivenOne::Word(Name { text: term, place }), place)
    }

    /// Evidence in a story: a provision that is given, one in a text that is given, or one in a public text of a certain rank.
    fn evidence(&mut self, value: &GivenOne, place: Place) -> Json {
        let GivenOne::Word(name) = value else {
            self.problems.push(
                Diagnostic::new(Code::E410, place, "evidence is a rank, or the id of a text or provision").help("write `evidence statute`"),
            );
            return Json::Null;
        };
        let vocabulary = &self.model.vocabulary;
        let (Some(provisions), Some(source)) = (vocabulary.frame.evidence, vocabulary.frame.source) else { return Json::Null };
        let Some(texts) = references(&vocabulary.attribute(source).ty).and_then(|all| all.first().copied()) else { return Json::Null };
        let (provision_list, text_list) = (vocabulary.record(provisions).list.clone(), vocabulary.record(texts).list.clone());
        if self.is_given(&provision_list, &name.text) {
            return Json::from(name.text.as_str());
        }
        let text_id = if self.is_given(&text_list, &name.text) { name.text.clone() } else { format!("story-{}", name.text) };
        if !self.is_given(&text_list, &text_id) {
            let fields = self.text_of_rank(texts, &name.text, &text_id, place);
            let kind = Name { text: vocabulary.record(texts).name.clone(), place };
            self.add(&kind, Told { place, fields });
        }
        let id = format!("{text_id}-provision");
        if !self.is_given(&provision_list, &id) {
            let kind = Name { text: vocabulary.record(provisions).name.clone(), place };
            let mut fields = vec![
                ("id".to_owned(), Json::from(id.as_str()), place),
                (vocabulary.attribute(source).name.clone(), Json::from(text_id), place),
            ];
            self.required(&kind, Some(&Name { text: id.clone(), place }), &mut fields);
            self.add(&kind, Told { place, fields });
        }
        Json::from(id)
    }

    fn is_given(&self, list: &str, id: &str) -> bool {
        self.lists
            .iter()
            .filter(|(key, _)| key == list)
            .flat_map(|(_, all)| all)
            .any(|told| told.fields.iter().any(|(key, value, _)| key == "id" && value == id))
    }

    /// A text of this rank, long in force; of its other terms the first, which is the ordinary case.
    fn text_of_rank(&mut self, texts: RecordId, rank: &str, id: &str, place: Place) -> Vec<(String, Json, Place)> {
        let vocabulary = &self.model.vocabulary;
        let mut fields = vec![("id".to_owned(), Json::from(id), place)];
        let begins = vocabulary.frame.begins.iter().find(|slot| slot.0 == texts).map(|slot| vocabulary.attribute(*slot).name.clone());
        fields.extend(begins.map(|name| (name, Json::from("1990-01-01"), place)));
        let mut ranked = false;
        for attribute in &vocabulary.record(texts).attributes {
            let Some(list) = enumeration(&attribute.ty).map(|id| vocabulary.enumeration(id)) else { continue };
            if list.term(rank).is_some() {
                ranked = true;
                fields.push((attribute.name.clone(), Json::from(rank), place));
            } else if let Some(first) = list.terms.first() {
                fields.push((attribute.name.clone(), Json::from(first.name.as_str()), place));
            }
        }
        if !ranked {
            let message = format!("`{rank}` is neither a rank of legal texts nor the id of a text or provision that is given");
            self.problems.push(
                Diagnostic::new(Code::E410, place, message)
                    .help("write `evidence statute`, or give the text first: `given an instrument guard-act with kind statute`"),
            );
        }
        let kind = Name { text: vocabulary.record(texts).name.clone(), place };
        self.required(&kind, Some(&Name { text: id.to_owned(), place }), &mut fields);
        fields
    }
}
