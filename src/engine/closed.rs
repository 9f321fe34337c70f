//! Whether a list is closed for what a noun asks: said to be complete, or searched for something at least as wide.

use super::evaluate::Evaluator;
use super::proof::Recorder;
use super::world::Bound;
use crate::facts::{Complete, RowId, State, Value};
use crate::model::ir::{Mode, Modifier, Noun, Test, TestKind};

impl<R: Recorder> Evaluator<'_, R> {
    pub(super) fn closed(&self, noun: &Noun) -> bool {
        let facts = self.world.facts;
        let vocabulary = &self.world.model.vocabulary;
        if vocabulary.frame.state == Some(noun.record) {
            return true;
        }
        let complete = facts.complete.iter().filter(|one| one.record == noun.record);
        let absent = facts.absent.get(noun.record as usize).map_or(&[][..], Vec::as_slice);
        // A part was looked for in the record that it would stand in, and not everywhere.
        complete.clone().any(|one| self.within(one, noun)) || !vocabulary.record(noun.record).part && absent.iter().any(|row| self.covered(*row, noun))
    }

    fn asked<'n>(&self, noun: &'n Noun) -> impl Iterator<Item = &'n Test> {
        noun.modifiers.iter().filter_map(|modifier| if let Modifier::Test(test) = modifier { Some(test) } else { None }).filter(|test| !test.denied)
    }

    /// What is asked lies within a list that is said to be complete.
    fn within(&self, complete: &Complete, noun: &Noun) -> bool {
        let gathered = &self.world.model.vocabulary.record(noun.record).gathered_by;
        let by = |test: &&Test| gathered.contains(&test.attribute);
        match (complete.scope, complete.term) {
            (None, None) => true,
            (Some(row), _) => self.asked(noun).filter(by).any(|test| self.rows_within(test, &[row])),
            (None, Some(term)) => self.asked(noun).filter(by).any(|test| self.terms_within(test, 1 << term)),
        }
    }

    /// What is asked is no wider than what an absent record says was not found.
    fn covered(&self, absent: RowId, noun: &Noun) -> bool {
        let facts = self.world.facts;
        let attributes = self.world.model.vocabulary.record(noun.record).attributes.len();
        (0..attributes).all(|at| {
            let attribute = u16::try_from(at).unwrap_or(u16::MAX);
            let cell = facts.cell(absent, attribute);
            let mut asked = self.asked(noun).filter(|test| test.attribute == attribute);
            match cell.state {
                State::Unknown | State::Disputed => return true,
                State::Absent | State::NotApplicable => return asked.any(|test| matches!(test.kind, TestKind::Stated(false))),
                State::Known => {}
            }
            asked.any(|test| match cell.value {
                Value::Term(term) => self.terms_within(test, 1 << term),
                Value::Terms(range) => self.terms_within(test, facts.list(range).iter().fold(0, |mask, term| mask | 1 << term)),
                Value::Row(row) => self.rows_within(test, &[row]),
                Value::Rows(range) => self.rows_within(test, facts.list(range)),
                Value::YesNo(value) => matches!(&test.kind, TestKind::Scalars(Mode::Any, all) if all.iter().all(|one| *one == crate::model::ir::Scalar::YesNo(value))),
                Value::None | Value::Text(_) | Value::Date(_) | Value::Number(_) | Value::Duration(_) | Value::Money(..) => false,
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

    fn terms_within(&self, test: &Test, mask: u128) -> bool {
        let TestKind::Terms(mode, wanted, slots) = &test.kind else { return false };
        let mut wanted = *wanted;
        for slot in slots {
            match self.get(*slot) {
                Bound::Term(term) => wanted |= 1 << term,
                Bound::Nothing | Bound::Row(_) | Bound::Ghost(_) => return false,
            }
        }
        match mode {
            Mode::Any => wanted & !mask == 0,
            Mode::All => wanted & mask != 0,
            Mode::None | Mode::Only => false,
        }
    }
}
