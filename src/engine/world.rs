//! The facts as the engine sees them: cells, ghosts, and what is in force on the day and in the situation assessed.
//!
//! A ghost stands for any record that nobody wrote down. All its attributes are unknown; what points nowhere near it cannot be it.

use super::gathered::Gathered;
use crate::facts::{Basis, Cell, Facts, Role, RowId, State, Value};
use crate::model::ir::{Model, references};
use crate::values::{Date, Truth};
use crate::vocabulary::{AttributeId, RecordId, Slot};

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// Nothing yet.
    Nothing,
    /// A record.
    Row(RowId),
    /// A term.
    Term(u16),
    /// A record that nobody wrote down.
    Ghost(RecordId),
    /// A record that this attribute of this row would name, of which nothing is settled.
    Open(RowId, AttributeId),
}

/// How facts are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// The situation; ordinary law if none.
    pub situation: Option<RowId>,
    /// Whether observed values count.
    pub observed: bool,
}

/// Facts on one day.
pub struct World<'a> {
    /// The model.
    pub model: &'a Model,
    /// The facts.
    pub facts: &'a Facts,
    /// The day assessed.
    pub as_of: Date,
    /// The situations that may hold on that day.
    pub situations: Vec<RowId>,
    /// For ordinary law and each situation: for each row, whether it is in force, where the row is one that can be.
    in_force: Vec<Vec<Truth>>,
    pub(super) gathered: Gathered,
}

impl<'a> World<'a> {
    /// Prepares facts for one day.
    pub fn new(model: &'a Model, facts: &'a Facts, as_of: Date) -> World<'a> {
        let mut world = World { model, facts, as_of, situations: Vec::new(), in_force: Vec::new(), gathered: Gathered::new(model, facts) };
        let frame = &model.vocabulary.frame;
        if let Some((record, _)) = frame.situation {
            let rows = facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
            world.situations = rows.iter().copied().filter(|row| world.by_dates(*row) != Truth::No).collect();
        }
        for situation in std::iter::once(None).chain(world.situations.clone().into_iter().map(Some)) {
            let truths =
                (0..facts.rows.len()).map(|row| world.compute_in_force(u32::try_from(row).unwrap_or(u32::MAX), situation)).collect();
            world.in_force.push(truths);
        }
        world
    }

    /// The cell of a bound record. A ghost's are all unknown.
    /// In `view`, a value with evidence of its own counts only where some of it is certainly in force, and an observed value only where observation is
    /// asked for.
    pub fn cell(&self, bound: Bound, attribute: AttributeId, view: View) -> Cell {
        match bound {
            Bound::Row(row) => {
                let cell = *self.facts.cell(row, attribute);
                if self.cell_counts(row, &cell, view) { cell } else { Cell { state: State::Unknown, value: Value::None, ..cell } }
            }
            Bound::Nothing | Bound::Term(_) | Bound::Ghost(_) | Bound::Open(..) => Cell::UNKNOWN,
        }
    }

    /// An observation counts in a record that is itself one, and where observation is asked for.
    fn cell_counts(&self, row: RowId, cell: &Cell, view: View) -> bool {
        let Some(detail) = self.facts.detail(cell.detail) else { return true };
        if detail.basis == Basis::DeFacto && self.facts.row(row).basis == Basis::DeJure {
            return view.observed;
        }
        let own = self.facts.evidence(detail.evidence);
        own.is_empty()
            || own
                .iter()
                .any(|one| one.role == Role::States && one.provision.is_none_or(|row| self.in_force(row, view.situation) == Truth::Yes))
    }

    /// The one row of the State.
    pub fn state(&self) -> Bound {
        let record = self.model.vocabulary.frame.state;
        let row = record.and_then(|id| self.facts.tables.get(id as usize)?.first().copied());
        row.map_or(Bound::Nothing, Bound::Row)
    }

    /// The kind of record that is bound.
    pub fn record_of(&self, bound: Bound) -> Option<RecordId> {
        match bound {
            Bound::Row(row) => Some(self.facts.row(row).record),
            Bound::Ghost(record) => Some(record),
            Bound::Open(row, attribute) => references(&self.model.vocabulary.attribute((self.facts.row(row).record, attribute)).ty)
                .and_then(|all| all.first().copied()),
            Bound::Nothing | Bound::Term(_) => None,
        }
    }

    /// Rows that a known cell points at.
    pub fn rows<'c>(&'c self, value: &'c Value) -> &'c [RowId] {
        match value {
            Value::Row(row) => std::slice::from_ref(row),
            Value::Rows(range) => self.facts.list(*range),
            _ => &[],
        }
    }

    /// Whether a text or provision is in force on the day, in this situation.
    pub fn in_force(&self, row: RowId, situation: Option<RowId>) -> Truth {
        let at = situation.and_then(|one| self.situations.iter().position(|known| *known == one)).map_or(0, |at| at + 1);
        self.in_force.get(at).and_then(|all| all.get(row as usize)).copied().unwrap_or(Truth::Unknown)
    }

    fn compute_in_force(&self, row: RowId, situation: Option<RowId>) -> Truth {
        let frame = &self.model.vocabulary.frame;
        let record = self.facts.row(row).record;
        if Some(record) != frame.evidence
            && frame
                .source
                .is_none_or(|slot| !references(&self.model.vocabulary.attribute(slot).ty).is_some_and(|all| all.contains(&record)))
        {
            return Truth::Yes;
        }
        self.date_truth(row).and(!self.suspended(row, situation))
    }

    /// Whether the day lies within the row's own dates, or else within those of the text in which it stands.
    pub fn date_truth(&self, row: RowId) -> Truth {
        let own = self.facts.row(row);
        let source = self.model.vocabulary.frame.source.filter(|slot| slot.0 == own.record);
        let source = source.and_then(|slot| self.rows(&self.facts.cell(row, slot.1).value).first().copied());
        match source {
            // One whose first day is said to be unknown or disputed may not have begun.
            Some(text)
                if self.said_to_be_open(row, &self.model.vocabulary.frame.begins)
                    && !self.has_date(row, &self.model.vocabulary.frame.begins) =>
            {
                self.ended(row).and(self.by_dates(text)).and(Truth::Unknown)
            }
            // A provision of whose first day nothing is said has that of its text.
            Some(text) if !self.has_date(row, &self.model.vocabulary.frame.begins) => self.ended(row).and(self.by_dates(text)),
            Some(text) => self.by_dates(row).and(self.ended(text)),
            None => self.by_dates(row),
        }
    }

    /// Provisions that state a record of its own right, if the day lies outside the dates of them all: on that day it may not be there, or may rest
    /// on something older that nobody wrote down.
    pub(super) fn out_of_date(&self, row: RowId) -> Option<RowId> {
        let all = self.facts.evidence(self.facts.row(row).evidence).iter().filter(|one| one.role == Role::States);
        let provisions: Vec<RowId> = all.map(|one| one.provision).collect::<Option<_>>()?;
        provisions.first().copied().filter(|_| provisions.iter().all(|one| self.date_truth(*one) == Truth::No))
    }

    fn date(&self, row: RowId, slots: &[Slot]) -> Option<(Date, State)> {
        let record = self.facts.row(row).record;
        let cells = slots.iter().filter(|slot| slot.0 == record).map(|slot| self.facts.cell(row, slot.1));
        let mut found = None;
        for cell in cells {
            match cell.value {
                Value::Date(date) if cell.state == State::Known => return Some((date, State::Known)),
                _ => found = found.or(matches!(cell.state, State::Absent).then_some((self.as_of, cell.state))),
            }
        }
        found
    }

    fn has_date(&self, row: RowId, slots: &[Slot]) -> bool {
        matches!(self.date(row, slots), Some((_, State::Known)))
    }

    /// Begun, as far as the row's own dates say: known to begin, or else seen to hold.
    fn by_dates(&self, row: RowId) -> Truth {
        let frame = &self.model.vocabulary.frame;
        let begun = match (self.date(row, &frame.begins), self.date(row, &frame.seen)) {
            (Some((begins, State::Known)), _) => Truth::from_bool(begins <= self.as_of),
            (Some(_), _) => Truth::No,
            (None, Some((seen, State::Known))) if seen <= self.as_of => Truth::Yes,
            (None, _) => Truth::Unknown,
        };
        begun.and(self.ended(row))
    }

    /// Not ended: the last day lies on or after the day assessed, or nothing is said of one. A last day that is said to be unknown or disputed
    /// may have passed.
    fn ended(&self, row: RowId) -> Truth {
        let ends = &self.model.vocabulary.frame.ends;
        match self.date(row, ends) {
            Some((ends, State::Known)) => Truth::from_bool(self.as_of <= ends),
            _ if self.said_to_be_open(row, ends) => Truth::Unknown,
            _ => Truth::Yes,
        }
    }

    /// Whether a description says of one of these attributes that its value is unknown or disputed, rather than saying nothing.
    fn said_to_be_open(&self, row: RowId, slots: &[Slot]) -> bool {
        let record = self.facts.row(row).record;
        slots.iter().filter(|slot| slot.0 == record).any(|slot| said_to_be_open(self.facts.cell(row, slot.1)))
    }

    /// Suspended by a text that is in force. The text of a situation suspends in that situation alone.
    fn suspended(&self, row: RowId, situation: Option<RowId>) -> Truth {
        let frame = &self.model.vocabulary.frame;
        let Some((record, attribute)) = frame.suspends else { return Truth::No };
        let texts = self.facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
        let evidence = Some(self.facts.row(row).record) == frame.evidence;
        let mut truth = Truth::No;
        for text in texts.iter().copied().filter(|text| self.applies_in(*text, situation)) {
            let cell = self.facts.cell(text, attribute);
            if self.rows(&cell.value).contains(&row) {
                truth = truth.or(self.by_dates(text));
            } else if evidence && said_to_be_open(cell) {
                truth = truth.or(self.by_dates(text).and(Truth::Unknown));
            }
        }
        truth
    }

    fn applies_in(&self, text: RowId, situation: Option<RowId>) -> bool {
        let Some((record, attribute)) = self.model.vocabulary.frame.regime else { return true };
        let governs = |row: RowId| self.rows(&self.facts.cell(row, attribute).value).contains(&text);
        let all = self.facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
        if all.iter().any(|row| governs(*row)) { situation.is_some_and(governs) } else { true }
    }
}

/// Whether a value is said to be unknown or disputed, rather than left out.
pub(super) fn said_to_be_open(cell: &Cell) -> bool {
    matches!(cell.state, State::Disputed | State::Unknown) && cell.is_said()
}
