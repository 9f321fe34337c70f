//! What is in force, which situations there are, and which lists are closed.

use ephor::facts::{Absence, Basis, Cell, Complete, Period, RowId, State, Value};
use ephor::model::ir::{Mode, Modifier, Noun, Scalar, Test, TestKind, references};
use ephor::values::{Date, Truth};
use ephor::vocabulary::{RecordId, Slot, TermId};

use super::naive::{Context, Fact, Naive, Thing};

impl Naive<'_> {
    /// Whether records of this kind are texts: provisions, and what they stand in.
    pub(super) fn is_text(&self, record: RecordId) -> bool {
        let frame = &self.model.vocabulary.frame;
        let sources = frame.source.and_then(|slot| references(&self.model.vocabulary.attribute(slot).ty)).unwrap_or_default();
        frame.evidence == Some(record) || sources.contains(&record)
    }

    /// Whether a text holds on the day, in a situation: by its dates, and not suspended by a text that itself holds by its dates.
    pub(super) fn in_force(&self, row: RowId, situation: Option<RowId>) -> Truth {
        let mut truth = self.by_dates(row);
        let frame_evidence = self.model.vocabulary.frame.evidence;
        if let Some((record, attribute)) = self.model.vocabulary.frame.suspends {
            for text in self.facts.tables[record as usize].iter().copied() {
                let suspends = match self.known_rows(text, attribute).contains(&row) {
                    true => Truth::Yes,
                    false if frame_evidence == Some(self.facts.row(row).record) && said_open(self.facts.cell(text, attribute)) => {
                        Truth::Unknown
                    }
                    false => Truth::No,
                };
                if self.speaks_in(text, situation) {
                    truth = truth.and(!self.by_dates(text).and(suspends));
                }
            }
        }
        truth
    }

    /// The text that governs a situation suspends in it alone; any other at all times.
    fn speaks_in(&self, text: RowId, situation: Option<RowId>) -> bool {
        let Some((record, attribute)) = self.model.vocabulary.frame.regime else { return true };
        let governed: Vec<RowId> =
            self.facts.tables[record as usize].iter().copied().filter(|row| self.known_rows(*row, attribute).contains(&text)).collect();
        governed.is_empty() || situation.is_some_and(|one| governed.contains(&one))
    }

    fn known_rows(&self, row: RowId, attribute: u16) -> Vec<RowId> {
        self.rows(self.facts.cell(row, attribute).value)
    }

    /// By its own dates, or else by those of the text in which it stands; it never outlasts that text.
    pub(super) fn by_dates(&self, row: RowId) -> Truth {
        let frame = &self.model.vocabulary.frame;
        let source =
            frame.source.filter(|slot| slot.0 == self.facts.row(row).record).and_then(|slot| self.known_rows(row, slot.1).first().copied());
        let (begins, certainly_never) = self.date(row, &frame.begins);
        let begun = match (begins, certainly_never, source, self.date(row, &frame.seen).0) {
            (Some(day), _, _, _) => Truth::from_bool(day <= self.day),
            // Where its own is said to be unknown or disputed, it may not have begun.
            (None, _, Some(text), _) if self.open_first_day(row) => self.begun(text).and(Truth::Unknown),
            // That it has none of its own means that it has that of its text.
            (None, _, Some(text), _) => self.begun(text),
            (None, true, None, _) => Truth::No,
            (None, false, None, _) => self.begun(row),
        };
        let lasts = |row: RowId| match self.date(row, &frame.ends).0 {
            Some(day) => Truth::from_bool(self.day <= day),
            None if frame.ends.iter().any(|slot| slot.0 == self.facts.row(row).record && said_open(self.facts.cell(row, slot.1))) => {
                Truth::Unknown
            }
            None => Truth::Yes,
        };
        begun.and(lasts(row)).and(source.map_or(Truth::Yes, lasts))
    }

    fn open_first_day(&self, row: RowId) -> bool {
        let own = self.model.vocabulary.frame.begins.iter().filter(|slot| slot.0 == self.facts.row(row).record);
        own.into_iter().any(|slot| said_open(self.facts.cell(row, slot.1)))
    }

    /// From its first day; where that is not known, from the day on which it was seen to hold.
    fn begun(&self, row: RowId) -> Truth {
        let frame = &self.model.vocabulary.frame;
        match (self.date(row, &frame.begins), self.date(row, &frame.seen).0) {
            ((Some(day), _), _) => Truth::from_bool(day <= self.day),
            ((None, true), _) => Truth::No,
            ((None, false), Some(seen)) if seen <= self.day => Truth::Yes,
            ((None, false), _) => Truth::Unknown,
        }
    }

    /// A date of a row, or that there certainly is none.
    fn date(&self, row: RowId, slots: &[Slot]) -> (Option<Date>, bool) {
        let record = self.facts.row(row).record;
        let cell = slots.iter().find(|slot| slot.0 == record).map(|slot| self.facts.cell(row, slot.1));
        match cell {
            Some(cell) => (if let Value::Date(day) = cell.value { Some(day) } else { None }, cell.state == State::Absent),
            None => (None, false),
        }
    }

    /// The situations recorded, but those that certainly do not hold on the day.
    pub(super) fn situations(&self) -> Vec<RowId> {
        let Some((record, _)) = self.model.vocabulary.frame.situation else { return Vec::new() };
        self.facts.tables[record as usize].iter().copied().filter(|row| self.by_dates(*row) != Truth::No).collect()
    }

    /// Situations of a kind, or of what may be that kind.
    pub(super) fn situations_of(&self, term: TermId, wanted: Truth) -> Vec<RowId> {
        let Some((_, attribute)) = self.model.vocabulary.frame.situation else { return Vec::new() };
        let ordinary = Context { things: Vec::new(), situation: None, floor: None, support: true, observed: false };
        let of_kind = |row: &RowId| match self.fact(Thing::Row(*row), attribute, &ordinary) {
            Fact::Value(value) => Truth::from_bool(value == Value::Term(term)),
            Fact::NoValue => Truth::No,
            Fact::Unknown => Truth::Unknown,
        };
        self.situations().into_iter().filter(|row| of_kind(row) == wanted).collect()
    }

    /// Whether the list of situations is closed for those of a kind.
    pub(super) fn no_situation_of(&self, term: TermId) -> bool {
        let Some((record, attribute)) = self.model.vocabulary.frame.situation else { return false };
        let place = self.model.vocabulary.record(record).place;
        let test = Test { record, attribute, denied: false, kind: TestKind::Terms(Mode::Any, 1 << term, Vec::new()), place };
        let noun = Noun { record, slot: 0, in_fact: false, modifiers: vec![Modifier::Test(test)], place };
        self.closed(&noun, &Context { things: Vec::new(), situation: None, floor: None, support: true, observed: false })
    }

    /// Whether a list is closed for what a noun asks: said to be complete, or searched for something at least as wide.
    pub(super) fn closed(&self, noun: &Noun, context: &Context) -> bool {
        let tests: Vec<&Test> = noun
            .modifiers
            .iter()
            .filter_map(|one| if let Modifier::Test(test) = one { Some(test) } else { None })
            .filter(|test| !test.denied)
            .collect();
        let term_by_term = tests.iter().any(|test| match &test.kind {
            TestKind::Terms(Mode::Any, named, slots) if slots.is_empty() && named.count_ones() > 1 => {
                let mut each = (0..128u16).filter(|term| named >> term & 1 == 1);
                each.all(|term| self.closed_by(noun.record, &tests, Some((test.attribute, term)), context))
            }
            _ => false,
        });
        term_by_term || self.closed_by(noun.record, &tests, None, context)
    }

    /// Whether the list is closed for what one test asks, denied or not.
    pub(super) fn closed_for(&self, test: &Test, context: &Context) -> bool {
        self.closed_by(test.record, &[test], None, context)
    }

    /// Whether one statement or one search closes a list; with `only`, for records that have this term.
    fn closed_by(&self, kind: RecordId, tests: &[&Test], only: Option<(u16, TermId)>, context: &Context) -> bool {
        let record = self.model.vocabulary.record(kind);
        let complete = |one: &Complete| {
            let mut gathering = tests.iter().filter(|test| record.gathered_by.contains(&test.attribute));
            match (one.scope, one.term) {
                (None, None) => true,
                (Some(row), _) => gathering.any(|test| self.asks_one_of(test, &[Thing::Row(row)], context)),
                (None, Some(term)) => gathering.any(|test| self.asks_one_of(test, &[Thing::Term(term)], context)),
            }
        };
        record.single
            || self.facts.complete.iter().filter(|one| one.record == kind && self.on_the_day(one.period)).any(complete)
            || self.facts.absent[kind as usize].iter().any(|one| self.was_searched(one, kind, tests, only, context))
    }

    /// Said of the day described and what follows, unless days are given.
    fn on_the_day(&self, period: Period) -> bool {
        let begun = match period.from {
            Some(first) => first <= self.day,
            None => self.facts.as_of <= self.day,
        };
        begun && period.until.is_none_or(|last| self.day <= last)
    }

    /// Whether a search was at least as wide as what is asked; with `only`, as what is asked of records that have this term.
    pub(super) fn was_searched(
        &self,
        one: &Absence,
        kind: RecordId,
        tests: &[&Test],
        only: Option<(u16, TermId)>,
        context: &Context,
    ) -> bool {
        let record = self.model.vocabulary.record(kind);
        let row = &one.row;
        // A part was looked for in the record that it would stand in, and not everywhere.
        let may_speak = !record.part && self.on_the_day(one.period) && self.facts.row(*row).basis == Basis::DeJure;
        may_speak
            && (0u16..).zip(&record.attributes).all(|(attribute, _)| {
                let cell = self.facts.cell(*row, attribute);
                let mut asked = tests.iter().filter(|test| test.attribute == attribute);
                match cell.state {
                    // Of any kind, if nothing is said; what was searched for is not known, if that is said.
                    State::Unknown | State::Disputed => !said_open(cell),
                    State::Absent | State::NotApplicable => asked.any(|test| matches!(test.kind, TestKind::Stated(false))),
                    State::Known => asked.any(|test| match cell.value {
                        Value::YesNo(value) => test.asks_only(&Scalar::YesNo(value)),
                        Value::Text(text) => test.asks_only(&Scalar::Text(self.facts.str(text).to_owned())),
                        value => match only {
                            Some((asked, term)) if asked == attribute => self.things(value).contains(&Thing::Term(term)),
                            _ => self.asks_one_of(test, &self.things(value), context),
                        },
                    }),
                }
            })
    }

    fn things(&self, value: Value) -> Vec<Thing> {
        match value {
            Value::Term(term) => vec![Thing::Term(term)],
            Value::Terms(range) => {
                self.facts.list(range).iter().map(|term| Thing::Term(u16::try_from(*term).unwrap_or(u16::MAX))).collect()
            }
            value => self.rows(value).into_iter().map(Thing::Row).collect(),
        }
    }

    /// Whether all that pass a test have one of these values.
    fn asks_one_of(&self, test: &Test, all: &[Thing], context: &Context) -> bool {
        let (mode, asked): (Mode, Vec<Thing>) = match &test.kind {
            TestKind::Terms(mode, named, slots) => {
                let named = (0..128u16).filter(|term| named >> term & 1 == 1).map(Thing::Term);
                (*mode, named.chain(slots.iter().map(|slot| self.operand(ephor::model::ir::Operand::Slot(*slot), context))).collect())
            }
            TestKind::Rows(mode, operands) => (*mode, operands.iter().map(|one| self.operand(*one, context)).collect()),
            _ => return false,
        };
        let mut inside = asked.iter().map(|one| matches!(one, Thing::Row(_) | Thing::Term(_)) && all.contains(one));
        match mode {
            Mode::Any => inside.all(|one| one),
            Mode::All => inside.any(|one| one),
            Mode::None | Mode::Only => false,
        }
    }
}

/// Whether a value is said to be unknown or disputed.
fn said_open(cell: &Cell) -> bool {
    cell.state == State::Disputed || cell.state == State::Unknown && cell.at != 0
}

trait Asks {
    /// Whether a test asks for yes, or for no.
    fn asks_only(&self, value: &Scalar) -> bool;
}

impl Asks for Test {
    fn asks_only(&self, value: &Scalar) -> bool {
        matches!(&self.kind, TestKind::Scalars(Mode::Any, all) if all.iter().all(|one| one == value))
    }
}
