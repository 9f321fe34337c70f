//! The facts as the engine sees them: cells, ghosts, and what is in force on the day and in the situation assessed.
//!
//! A ghost stands for any record that nobody wrote down. All its attributes are unknown; what points nowhere near it cannot be it.

use super::gathered::{Gathered, Rows};
use super::in_force::InForce;
use crate::facts::{Basis, Cell, Evidence, Facts, Role, Row, RowId, State, Value};
use crate::model::ir::{Model, pointed_at};
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

/// Ordinary law, or one of the situations of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation(u32);

impl Situation {
    /// Ordinary law.
    pub const ORDINARY: Situation = Situation(0);

    /// Ordinary law, and so many situations.
    pub(super) fn all(count: usize) -> impl Iterator<Item = Situation> + Clone {
        (0..=u32::try_from(count).unwrap_or(u32::MAX)).map(Situation)
    }

    /// Its number; 0 for ordinary law.
    pub(super) fn number(self) -> u32 {
        self.0
    }

    /// Its bit among those of situations, of which there are 62; the last stands for all beyond it.
    pub(super) fn bit(self) -> u64 {
        1 << self.0.min(61)
    }
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
    in_force: InForce,
    /// Rows of which what is said rests on evidence that is not certainly in force on the day, or not in every situation; sorted.
    lapsing: Vec<RowId>,
    gathered: Gathered,
}

impl<'a> World<'a> {
    /// Prepares facts for one day.
    pub fn new(model: &'a Model, facts: &'a Facts, as_of: Date) -> World<'a> {
        let gathered = Gathered::new(&model.vocabulary);
        let mut world = World { model, facts, as_of, situations: Vec::new(), in_force: InForce::default(), lapsing: Vec::new(), gathered };
        if let Some((record, _)) = model.vocabulary.frame.situation {
            let rows = facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
            let in_law = |row: &RowId| facts.row(*row).basis == Basis::DeJure;
            world.situations = rows.iter().copied().filter(in_law).filter(|row| world.by_dates(*row) != Truth::No).collect();
        }
        world.in_force = InForce::new(&world);
        let free = |one: &Row| one.owner > 0 || one.evidence.len > 0 && !model.vocabulary.record(one.record).needs_evidence;
        world.lapsing = (0..).zip(&facts.rows).filter(|(row, one)| free(one) && world.lapses(*row)).map(|one| one.0).collect();
        world
    }

    /// The row of a situation; none for ordinary law.
    pub fn situation(&self, situation: Situation) -> Option<RowId> {
        self.situations.get((situation.0 as usize).checked_sub(1)?).copied()
    }

    /// Whether a cell counts, and in which situations that is otherwise: a value rests on its own evidence, or else on that of its record, and
    /// counts only where some of it is certainly in force; an observation only in a record that is itself one, or where observation is asked
    /// for. A record that needs evidence stands or falls with it as a whole.
    pub(super) fn cell_counts(&self, row: RowId, cell: &Cell, situation: Situation, observed: bool) -> (bool, u64) {
        let detail = self.facts.detail(cell.detail);
        if detail.is_some_and(|detail| detail.basis == Basis::DeFacto) && self.facts.row(row).basis == Basis::DeJure {
            return (observed, 0);
        }
        match detail.map_or(&[][..], |detail| self.facts.evidence(detail.evidence)) {
            [] if self.may_lapse(row) => self.rests(self.support(row), situation),
            [] => (true, 0),
            own => self.rests(own, situation),
        }
    }

    /// Whether some of the evidence that states something is certainly in force, and in which situations that is otherwise.
    fn rests(&self, evidence: &[Evidence], situation: Situation) -> (bool, u64) {
        let mut touched = 0;
        let counts = evidence.iter().filter(|one| one.role == Role::States).any(|one| {
            touched |= one.provision.map_or(0, |row| self.touched(row));
            one.provision.is_none_or(|row| self.in_force(row, situation) == Truth::Yes)
        });
        (counts, touched)
    }

    /// The evidence on which a row rests: its own, or for a part that has none, that of the record in which it stands. None if nothing states it,
    /// and none for a part of a record that needs evidence: there the record stands or falls.
    fn support(&self, mut row: RowId) -> &[Evidence] {
        loop {
            let own = self.facts.row(row);
            let evidence = self.facts.evidence(own.evidence);
            if evidence.iter().any(|one| one.role == Role::States) {
                return evidence;
            }
            match own.owner.checked_sub(1) {
                Some(owner) if !self.needs_evidence(owner) => row = owner,
                _ => return &[],
            }
        }
    }

    fn needs_evidence(&self, row: RowId) -> bool {
        self.model.vocabulary.record(self.facts.row(row).record).needs_evidence
    }

    /// Whether the record certainly stands in which a part stands, where it needs evidence, and in which situations that is otherwise. A part that
    /// is asked for with its record is not asked this.
    pub(super) fn owner_counts(&self, row: RowId, situation: Situation) -> (bool, u64) {
        match self.facts.row(row).owner.checked_sub(1) {
            Some(owner) if self.needs_evidence(owner) => self.rests(self.facts.evidence(self.facts.row(owner).evidence), situation),
            _ => (true, 0),
        }
    }

    /// Whether a part certainly stands with what it rests on, and in which situations that is otherwise.
    pub(super) fn part_counts(&self, row: RowId, situation: Situation) -> (bool, u64) {
        if self.facts.row(row).owner > 0 && self.may_lapse(row) { self.rests(self.support(row), situation) } else { (true, 0) }
    }

    /// A cell of the frame, as law has it: what was only observed settles nothing there.
    pub(super) fn in_law(&self, row: RowId, attribute: AttributeId) -> Cell {
        let cell = *self.facts.cell(row, attribute);
        let observed = self.facts.row(row).basis == Basis::DeFacto
            || self.facts.detail(cell.detail).is_some_and(|detail| detail.basis == Basis::DeFacto);
        if observed && cell.is_said() { Cell { state: State::Unknown, value: Value::None, at: cell.at.max(1), ..cell } } else { cell }
    }

    /// Whether a situation is of a kind.
    pub(super) fn is_of_kind(&self, row: RowId, attribute: AttributeId, term: u16) -> Truth {
        let cell = self.in_law(row, attribute);
        match (cell.state, self.cell_counts(row, &cell, Situation::ORDINARY, false).0) {
            (State::Known, true) => Truth::from_bool(cell.value == Value::Term(term)),
            (State::Absent | State::NotApplicable, true) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// Whether what is said of a row may rest on nothing in force.
    pub(super) fn may_lapse(&self, row: RowId) -> bool {
        !self.lapsing.is_empty() && self.lapsing.binary_search(&row).is_ok()
    }

    fn lapses(&self, row: RowId) -> bool {
        let evidence = self.support(row);
        let (counts, touched) = self.rests(evidence, Situation::ORDINARY);
        !evidence.is_empty() && (!counts || touched != 0)
    }

    /// The rows of a kind that may point at `target` by an attribute; `None` where they are not gathered by it.
    pub(super) fn gathered(&self, record: RecordId, attribute: AttributeId, target: RowId) -> Option<Rows<'_>> {
        self.gathered.rows(&self.model.vocabulary, self.facts, (record, attribute), target)
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
            Bound::Open(row, attribute) => pointed_at(&self.model.vocabulary.attribute((self.facts.row(row).record, attribute)).ty)
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

    /// Rows that a value points at, as long as the facts are there.
    pub(super) fn listed(&self, value: &Value) -> &[RowId] {
        if let Value::Rows(range) = value { self.facts.list(*range) } else { &[] }
    }

    /// Whether a text or provision is in force on the day, in this situation.
    pub fn in_force(&self, row: RowId, situation: Situation) -> Truth {
        self.in_force.truth(row, situation)
    }

    /// The situations in which the row is otherwise in force than in ordinary law, as bits.
    pub(super) fn touched(&self, row: RowId) -> u64 {
        self.in_force.touched(row)
    }

    /// Whether the day lies within the dates of a text or provision, its own or else those of the text in which it stands.
    pub fn date_truth(&self, row: RowId) -> Truth {
        self.in_force.dates(row)
    }

    pub(super) fn find_date_truth(&self, row: RowId) -> Truth {
        let own = self.facts.row(row);
        let source = self.model.vocabulary.frame.source.filter(|slot| slot.0 == own.record);
        let source = source.and_then(|slot| self.rows(&self.facts.cell(row, slot.1).value).first().copied());
        // A text that was only observed is no law that certainly holds.
        let observed = [Some(row), source].into_iter().flatten().any(|row| self.facts.row(row).basis == Basis::DeFacto);
        let known = if observed { Truth::Unknown } else { Truth::Yes };
        known.and(match source {
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
        })
    }

    /// Provisions that state a record of its own right, if the day lies outside the dates of them all: on that day it may not be there, or may rest
    /// on something older that nobody wrote down.
    pub(super) fn out_of_date(&self, row: RowId) -> Option<RowId> {
        let mut all = self.facts.evidence(self.facts.row(row).evidence).iter().filter(|one| one.role == Role::States);
        let first = all.clone().next()?.provision?;
        all.all(|one| one.provision.is_some_and(|provision| self.date_truth(provision) == Truth::No)).then_some(first)
    }

    fn date(&self, row: RowId, slots: &[Slot]) -> Option<(Date, State)> {
        let record = self.facts.row(row).record;
        let cells = slots.iter().filter(|slot| slot.0 == record).map(|slot| self.in_law(row, slot.1));
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
    pub(super) fn by_dates(&self, row: RowId) -> Truth {
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
        slots.iter().filter(|slot| slot.0 == record).any(|slot| said_to_be_open(&self.in_law(row, slot.1)))
    }
}

/// Whether a value is said to be unknown or disputed, rather than left out.
pub(super) fn said_to_be_open(cell: &Cell) -> bool {
    matches!(cell.state, State::Disputed | State::Unknown) && cell.is_said()
}
