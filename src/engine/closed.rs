//! Whether a list is closed for what a noun asks: said to be complete, or searched for something at least as wide.

use super::evaluate::Evaluator;
use super::proof::Remark;
use super::record::Recorder;
use super::world::Bound;
use crate::facts::{Complete, RowId, State, Value};
use crate::model::ir::{Mode, Modifier, Noun, Scalar, Test, TestKind};
use crate::values::Truth;
use crate::vocabulary::RecordId;

impl<'m, R: Recorder<'m>> Evaluator<'_, '_, 'm, R> {
    pub(super) fn closed(&mut self, noun: &Noun) -> bool {
        let facts = self.world.facts;
        let vocabulary = &self.world.model.vocabulary;
        if vocabulary.frame.state == Some(noun.record) {
            return true;
        }
        if let Some(complete) = facts.completed(noun.record, self.world.as_of).find(|one| self.within(one, noun)) {
            self.recorder.closed(noun.record, complete.at);
            self.recorder.remark(|| Remark::Complete(noun.record));
            return true;
        }
        let Some(searches) = self.searches(noun) else { return false };
        searches.iter().for_each(|row| self.recorder.fact(*row, None));
        true
    }

    /// Whether a record that was written down, and of which it is open whether it passes what is asked of its own attributes, certainly does not:
    /// no record at all was found that does. That there are no others says nothing of those that are listed.
    /// A record that certainly is what was not found contradicts the search, and is not answered for. Gives the pattern of the search.
    pub(super) fn gone(&mut self, noun: &'m Noun, row: RowId) -> Option<RowId> {
        if noun.in_fact {
            return None;
        }
        let (facts, day) = (self.world.facts, self.world.as_of);
        let plain = facts.absences(noun.record, day).filter(|one| !one.others).map(|one| one.row);
        for pattern in plain {
            if self.covered(pattern, noun, None) {
                let given = |test: &&Test| facts.cell(pattern, test.attribute).is_said();
                let passes = self
                    .silent(|quick| asked(noun).filter(given).fold(Truth::Yes, |truth, test| truth.and(quick.test(Bound::Row(row), test))));
                if passes == Truth::Unknown {
                    return Some(pattern);
                }
            }
        }
        None
    }

    /// The absent records that together are at least as wide as what is asked: one, or one for each term that is asked.
    fn searches(&self, noun: &Noun) -> Option<Vec<RowId>> {
        let absent = || self.world.facts.absences(noun.record, self.world.as_of).map(|one| one.row);
        if let Some(row) = absent().find(|row| self.covered(*row, noun, None)) {
            return Some(vec![row]);
        }
        absent().next()?;
        for test in asked(noun) {
            let TestKind::Terms(Mode::Any, mask, slots) = &test.kind else { continue };
            if !slots.is_empty() || mask.count_ones() < 2 {
                continue;
            }
            let each = (0..128).filter(|bit| mask >> bit & 1 == 1);
            let found: Option<Vec<RowId>> =
                each.map(|bit| absent().find(|row| self.covered(*row, noun, Some((test.attribute, 1 << bit))))).collect();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Whether no record that nobody wrote down can pass this test: its list is complete for what the test asks.
    pub(super) fn no_ghost_passes(&self, record: RecordId, test: &Test) -> bool {
        let facts = self.world.facts;
        let gathered = self.world.model.vocabulary.record(record).gathered_by.contains(&test.attribute);
        let complete = facts.completed(record, self.world.as_of).any(|one| match (one.scope, one.term) {
            (None, None) => true,
            (Some(row), _) => gathered && self.rows_within(test, &[row]),
            (None, Some(term)) => gathered && self.terms_within(test, 1 << term),
        });
        complete || facts.absences(record, self.world.as_of).any(|one| self.covered_by(one.row, record, None, std::iter::once(test)))
    }

    /// What is asked lies within a list that is said to be complete.
    fn within(&self, complete: &Complete, noun: &Noun) -> bool {
        let gathered = &self.world.model.vocabulary.record(noun.record).gathered_by;
        let by = |test: &&Test| gathered.contains(&test.attribute);
        match (complete.scope, complete.term) {
            (None, None) => true,
            (Some(row), _) => asked(noun).filter(by).any(|test| self.rows_within(test, &[row])),
            (None, Some(term)) => asked(noun).filter(by).any(|test| self.terms_within(test, 1 << term)),
        }
    }

    /// What is asked is no wider than what an absent record says was not found.
    /// With `only`, what is asked of one attribute is narrowed to these terms.
    fn covered(&self, absent: RowId, noun: &Noun, only: Option<(u16, u128)>) -> bool {
        self.covered_by(absent, noun.record, only, asked(noun))
    }

    fn covered_by<'n>(
        &self,
        absent: RowId,
        record: RecordId,
        only: Option<(u16, u128)>,
        tests: impl Iterator<Item = &'n Test> + Clone,
    ) -> bool {
        let facts = self.world.facts;
        // A part was looked for in the record that it would stand in, and not everywhere.
        if self.world.model.vocabulary.record(record).part {
            return false;
        }
        let attributes = self.world.model.vocabulary.record(record).attributes.len();
        (0..attributes).all(|at| {
            let attribute = u16::try_from(at).unwrap_or(u16::MAX);
            let cell = facts.cell(absent, attribute);
            let mut asked = tests.clone().filter(|test| test.attribute == attribute);
            match cell.state {
                // Of any kind, where nothing is said; where it is said to be unknown, it is not known what was searched for.
                State::Unknown | State::Disputed => return !super::world::said_to_be_open(cell),
                State::Absent | State::NotApplicable => return asked.any(|test| matches!(test.kind, TestKind::Stated(false))),
                State::Known => {}
            }
            asked.any(|test| match cell.value {
                Value::Term(term) => self.terms_covered(test, 1 << term, only),
                Value::Terms(range) => self.terms_covered(test, facts.list(range).iter().fold(0, |mask, term| mask | 1 << term), only),
                Value::Row(row) => self.rows_within(test, &[row]),
                Value::Rows(range) => self.rows_within(test, facts.list(range)),
                Value::YesNo(value) => asks_only(test, &Scalar::YesNo(value)),
                Value::Text(text) => asks_only(test, &Scalar::Text(facts.str(text).to_owned())),
                Value::None | Value::Date(_) | Value::Number(_) | Value::Duration(_) | Value::Money(..) => false,
            })
        })
    }

    /// Every record that passes the test has a value among these.
    fn rows_within(&self, test: &Test, rows: &[RowId]) -> bool {
        let TestKind::Rows(mode, operands) = &test.kind else { return false };
        let inside = |operand| matches!(self.operand(operand), Bound::Row(row) if rows.contains(&row));
        match mode {
            Mode::Any => operands.iter().all(|one| inside(*one)),
            Mode::All => operands.iter().any(|one| inside(*one)),
            Mode::None | Mode::Only => false,
        }
    }

    fn terms_covered(&self, test: &Test, mask: u128, only: Option<(u16, u128)>) -> bool {
        match only {
            Some((attribute, wanted)) if attribute == test.attribute => wanted & !mask == 0,
            _ => self.terms_within(test, mask),
        }
    }

    fn terms_within(&self, test: &Test, mask: u128) -> bool {
        let TestKind::Terms(mode, wanted, slots) = &test.kind else { return false };
        let mut wanted = *wanted;
        for slot in slots {
            match self.get(*slot) {
                Bound::Term(term) => wanted |= 1 << term,
                Bound::Nothing | Bound::Row(_) | Bound::Ghost(_) | Bound::Open(..) => return false,
            }
        }
        match mode {
            Mode::Any => wanted & !mask == 0,
            Mode::All => wanted & mask != 0,
            Mode::None | Mode::Only => false,
        }
    }
}

/// What a noun asks of its own attributes, but for what it denies.
fn asked(noun: &Noun) -> impl Iterator<Item = &Test> + Clone {
    fn test(modifier: &Modifier) -> Option<&Test> {
        if let Modifier::Test(test) = modifier { Some(test) } else { None }
    }
    noun.modifiers.iter().filter_map(test).filter(|test| !test.denied)
}

/// Whether a test asks for this value and no other.
fn asks_only(test: &Test, value: &Scalar) -> bool {
    matches!(&test.kind, TestKind::Scalars(Mode::Any, all) if all.iter().all(|one| one == value))
}
