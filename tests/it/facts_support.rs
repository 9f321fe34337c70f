//! What the tests of the reader share: the real vocabulary, JSON by our events, and a dump of facts without offsets.

use std::fmt::Write as _;
use std::sync::LazyLock;

use ephor::facts::event::{Event, Events, Fault, Kind};
use ephor::facts::json::Json;
use ephor::facts::{Detail, Evidence, Facts, Form, Range, State, Value, read};
use ephor::model::{self, PackFile};
use ephor::syntax;
use ephor::text::SourceId;
use ephor::vocabulary::Vocabulary;

pub(crate) const SOURCE: SourceId = SourceId(0);

/// The vocabulary of `rules/vocabulary.ephor`.
pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let (file, problems) = syntax::parse(include_str!("../../rules/vocabulary.ephor"), SOURCE);
    assert_eq!(problems, []);
    model::build(&[PackFile { pack: String::new(), file }]).model.vocabulary
});

/// JSON by our events, for comparison with serde_json.
pub(crate) fn replay(text: &str) -> Result<serde_json::Value, Fault> {
    let mut json = Json::new(text);
    let first = json.next()?;
    let value = replay_value(&mut json, first)?;
    match json.next()? {
        Event::End => Ok(value),
        other => panic!("{other:?} behind the end"),
    }
}

fn replay_value(json: &mut Json<'_>, first: Event<'_>) -> Result<serde_json::Value, Fault> {
    use serde_json::Value;
    Ok(match first {
        Event::ObjectStart(_) => {
            let mut map = serde_json::Map::new();
            loop {
                match json.next()? {
                    Event::Key(key) => {
                        let first = json.next()?;
                        map.insert(key.text.into_owned(), replay_value(json, first)?);
                    }
                    Event::ObjectEnd(_) => break Value::Object(map),
                    other => panic!("{other:?} in a mapping"),
                }
            }
        }
        Event::ArrayStart(_) => {
            let mut list = Vec::new();
            loop {
                match json.next()? {
                    Event::ArrayEnd(_) => break Value::Array(list),
                    first => list.push(replay_value(json, first)?),
                }
            }
        }
        Event::Scalar(scalar) => match scalar.kind {
            Kind::String => Value::String(scalar.text.into_owned()),
            Kind::Number => serde_json::from_str(&scalar.text).unwrap_or_else(|_| Value::String(format!("number {}", scalar.text))),
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Null => Value::Null,
            Kind::Plain | Kind::Refused => panic!("{scalar:?} in JSON"),
        },
        other => panic!("{other:?} where a value begins"),
    })
}

/// The facts of a text that has no fault.
pub(crate) fn facts(text: &str, form: Form) -> Facts {
    let (facts, diagnostics) = read(text, SOURCE, form, &VOCABULARY);
    facts.unwrap_or_else(|| panic!("{text}\n{diagnostics:#?}"))
}

/// All that facts say, without their places in the text and in the pools.
pub(crate) fn dump(facts: &Facts) -> String {
    let mut out = format!("as of {} by {:?}\n", facts.as_of, facts.assessor);
    for (number, row) in facts.rows.iter().enumerate() {
        let record = VOCABULARY.record(row.record);
        let (id, owner) = (facts.str(row.id), row.owner);
        writeln!(out, "{number} {} {id:?} {:?} {:?} #{} in {owner}", record.name, row.state, row.basis, row.index).unwrap();
        writeln!(out, "  {} {}", evidence(facts, row.evidence), detail(facts, facts.detail(row.detail))).unwrap();
        for (attribute, declared) in (0..).zip(&record.attributes) {
            let cell = facts.cell(number as u32, attribute);
            if cell.state != State::Unknown || cell.detail > 0 {
                let value = value(facts, cell.value);
                writeln!(out, "  {} {:?} {value} {}", declared.name, cell.state, detail(facts, facts.detail(cell.detail))).unwrap();
            }
        }
    }
    for (kind, record) in VOCABULARY.records.iter().enumerate() {
        let gone: Vec<_> = facts.absent[kind].iter().map(|one| one.row).collect();
        writeln!(out, "{} {:?} {gone:?}", record.list, facts.tables[kind]).unwrap();
        for one in facts.absent[kind].iter().filter(|one| one.others || one.period.is_given()) {
            writeln!(out, "  {} others {} {:?}", one.row, one.others, one.period).unwrap();
        }
    }
    for one in &facts.complete {
        writeln!(out, "complete {} {:?} {:?} {:?}", VOCABULARY.record(one.record).list, one.scope, one.term, one.period).unwrap();
    }
    for one in &facts.waivers {
        writeln!(out, "waiver {:?} {:?} {:?} {:?} {:?}", one.rule, one.subject, one.by, one.reason, one.until).unwrap();
    }
    for one in &facts.collections {
        writeln!(out, "collection {:?} {:?} {:?}", facts.str(one.name), facts.str(one.of), one.on).unwrap();
    }
    out
}

fn value(facts: &Facts, value: Value) -> String {
    match value {
        Value::Text(range) => format!("{:?}", facts.str(range)),
        Value::Terms(range) | Value::Rows(range) => format!("{:?}", facts.list(range)),
        other => format!("{other:?}"),
    }
}

fn evidence(facts: &Facts, range: Range) -> String {
    let one = |one: &Evidence| format!("{:?} {:?} {:?}", one.provision, one.role, facts.str(one.attested_by));
    facts.evidence(range).iter().map(one).collect::<Vec<_>>().join(", ")
}

fn detail(facts: &Facts, detail: Option<&Detail>) -> String {
    let Some(detail) = detail else { return String::new() };
    let texts = [detail.searched, detail.because, detail.note].map(|range| facts.str(range));
    let disputed =
        facts.disputed[detail.disputed.span()].iter().map(|one| format!("{} {}", value(facts, one.value), evidence(facts, one.evidence)));
    format!("{texts:?} {:?} {:?} {}", detail.basis, disputed.collect::<Vec<_>>(), evidence(facts, detail.evidence))
}
