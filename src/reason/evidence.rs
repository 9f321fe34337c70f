//! The facts and provisions that a verdict rests on, with their places.

use super::Account;
use crate::engine::proof::{Cited, Step};
use crate::facts::{RowId, Value};
use crate::model::ir::references;
use crate::text::{Place, Span};
use crate::vocabulary::Type;

/// One fact that a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rested {
    /// `controls[3].circumstances`
    pub fact: String,
    /// Where it stands in the description.
    pub offset: u32,
    /// The provisions that state it: id and heading.
    pub provisions: Vec<(String, String)>,
    /// Whether it is a record that was searched for in vain.
    pub absent: bool,
    /// Whether it was searched for in vain besides what is listed.
    pub others: bool,
    /// Whether it was observed rather than stated by law.
    pub de_facto: bool,
}

impl Account<'_> {
    /// The facts behind the limbs that decided, in the order of the description.
    pub fn evidence(&self) -> Vec<Rested> {
        let mut cited: Vec<Cited> = Vec::new();
        let deciding = self.deciding();
        let proof = &self.finding.proof;
        let limbs = || deciding.iter().filter_map(|limb| proof.step(limb.step));
        let exception = proof.step(proof.exception_step);
        limbs().chain(exception).chain(proof.step(proof.lowered)).for_each(|step| collect(step, &mut cited));
        cited.sort();
        cited.dedup();
        let evidence = self.model.vocabulary.frame.evidence;
        let mut all: Vec<Rested> =
            cited.iter().filter(|one| Some(self.facts.row(one.row).record) != evidence).map(|one| self.rested(*one)).collect();
        let lists = limbs().chain(exception).flat_map(complete);
        all.extend(lists.map(|(record, offset)| {
            let fact = format!("complete: {}", self.model.vocabulary.record(record).list);
            Rested { fact, offset, provisions: Vec::new(), absent: false, others: false, de_facto: false }
        }));
        all.sort_by(|one, other| (one.offset, &one.fact).cmp(&(other.offset, &other.fact)));
        all.dedup();
        all
    }

    /// One fact with the provisions that state it.
    pub fn rested(&self, cited: Cited) -> Rested {
        let row = self.facts.row(cited.row);
        let record = self.model.vocabulary.record(row.record);
        let mut ranges = vec![row.evidence];
        let (mut fact, mut offset) = (self.id(cited.row), row.at);
        if record.single {
            fact.clone_from(&record.name);
        }
        if let Some(attribute) = cited.attribute {
            let cell = self.facts.cell(cited.row, attribute);
            fact = format!("{fact}.{}", record.attributes[attribute as usize].name);
            offset = if cell.at == 0 { offset } else { cell.at };
            if let Some(detail) = self.facts.detail(cell.detail).filter(|detail| detail.evidence.len > 0) {
                ranges = vec![detail.evidence];
            }
            if references(&record.attributes[attribute as usize].ty)
                .is_some_and(|all| self.model.vocabulary.frame.evidence.is_some_and(|id| all.contains(&id)))
            {
                let provisions = self.world.rows(&cell.value).iter().map(|row| (self.id(*row), self.heading(*row))).collect();
                return Rested {
                    fact,
                    offset,
                    provisions,
                    absent: false,
                    others: false,
                    de_facto: row.basis == crate::facts::Basis::DeFacto,
                };
            }
        }
        let provisions = ranges.into_iter().flat_map(|range| self.facts.evidence(range)).filter_map(|one| one.provision);
        let provisions = provisions.map(|row| (self.id(row), self.heading(row))).collect();
        let absent = row.state == crate::facts::State::Absent;
        let others = self.facts.absence(cited.row).is_some_and(|one| one.others);
        Rested { fact, offset, provisions, absent, others, de_facto: row.basis == crate::facts::Basis::DeFacto }
    }

    /// The required texts of a provision and of the text in which it stands: `Basic Law, art. 65a`.
    pub fn heading(&self, row: RowId) -> String {
        let own = self.facts.row(row).record;
        let source = self.model.vocabulary.frame.source.filter(|slot| slot.0 == own);
        let mut parts: Vec<String> = Vec::new();
        if let Some(text) = source.and_then(|slot| self.world.rows(&self.facts.cell(row, slot.1).value).first().copied()) {
            parts.extend(self.required_texts(text));
        }
        parts.extend(self.required_texts(row));
        parts.join(", ")
    }

    /// A known value in words: terms by their readings, records by their names.
    pub fn value(&self, row: RowId, attribute: crate::vocabulary::AttributeId) -> String {
        let ty = &self.model.vocabulary.record(self.facts.row(row).record).attributes[attribute as usize].ty;
        let terms = crate::model::ir::enumeration(ty).map(|list| &self.model.vocabulary.enumeration(list).terms);
        let term = |at: u32| terms.and_then(|all| all.get(at as usize)).map(|term| term.reading.clone()).unwrap_or_default();
        let value = self.facts.cell(row, attribute).value;
        match value {
            Value::None => String::new(),
            Value::YesNo(yes) => if yes { "yes" } else { "no" }.to_owned(),
            Value::Term(at) => term(u32::from(at)),
            Value::Terms(range) => self.facts.list(range).iter().map(|at| term(*at)).collect::<Vec<_>>().join(", "),
            Value::Row(_) | Value::Rows(_) => {
                self.world.rows(&value).iter().map(|row| crate::engine::name_of(self.world, *row)).collect::<Vec<_>>().join(", ")
            }
            Value::Text(range) => self.facts.str(range).to_owned(),
            Value::Date(date) => date.to_string(),
            Value::Number(number) if *ty == Type::Percentage => format!("{}%", crate::reading::decimal(number)),
            Value::Number(number) => crate::reading::decimal(number),
            Value::Duration(days) => crate::values::date::show_duration(days),
            Value::Money(amount, currency) => format!("{} {}", crate::reading::decimal(amount), crate::facts::currency(currency)),
        }
    }

    fn required_texts(&self, row: RowId) -> Vec<String> {
        let record = self.model.vocabulary.record(self.facts.row(row).record);
        let texts = record.attributes.iter().enumerate().filter(|(_, one)| one.required && one.ty == Type::Text);
        texts
            .filter_map(|(at, _)| match self.facts.cell(row, u16::try_from(at).unwrap_or(u16::MAX)).value {
                Value::Text(range) => Some(self.facts.str(range).to_owned()),
                _ => None,
            })
            .collect()
    }

    /// Where the finding points in the description: the first fact that decided, or else the subject, or else the top.
    pub fn position(&self) -> Place {
        let decided = self.evidence().into_iter().map(|one| one.offset).find(|offset| *offset != 0);
        let subject = self.finding.subject.map(|row| self.facts.row(row).at);
        let missing = self.finding.proof.missing.iter().find_map(|gap| match gap {
            crate::engine::proof::Gap::Fact(row, _)
            | crate::engine::proof::Gap::Evidence(row)
            | crate::engine::proof::Gap::InForce(row) => Some(self.facts.row(*row).at),
            crate::engine::proof::Gap::Record(..) | crate::engine::proof::Gap::Variable(_) => None,
        });
        let offset = subject.or(decided).or(missing).unwrap_or(0);
        Place { source: self.facts.source, span: Span { start: offset, end: offset } }
    }
}

/// Lists that a step and its parts rest on as complete.
fn complete(step: Step<'_, '_>) -> Vec<(u16, u32)> {
    step.closed().chain(step.deciding().into_iter().flat_map(complete)).collect()
}

fn collect(step: Step<'_, '_>, cited: &mut Vec<Cited>) {
    cited.extend(step.facts());
    for part in step.deciding() {
        collect(part, cited);
    }
}
