//! Tests of one attribute of one record.

use super::evaluate::{Evaluator, Seen};
use super::proof::{Gap, Op, What};
use super::record::Recorder;
use super::world::Bound;
use crate::facts::{Cell, State, Value};
use crate::model::ir::{Comparator, Mode, Noun, Operand, Scalar, Test, TestKind};
use crate::values::Truth;

impl<'m, R: Recorder<'m>> Evaluator<'_, '_, 'm, R> {
    pub(super) fn test(&mut self, bound: Bound, test: &'m Test) -> Truth {
        self.recorder.open();
        let before = self.support;
        self.support = before != test.denied;
        let seen = self.cell(bound, test.attribute);
        let truth = self.cell_test(bound, seen, test);
        self.support = before;
        let truth = if test.denied { !truth } else { truth };
        if let Bound::Row(row) = bound
            && (seen.cell.at != 0 || seen.state != State::Unknown)
        {
            self.recorder.fact(row, Some(test.attribute));
        }
        let op = match (&test.kind, test.denied) {
            (TestKind::Nested(_), false) => Op::Or,
            (TestKind::Nested(_), true) => Op::Not,
            _ => Op::Facts,
        };
        self.close(What::Test(bound, test), test.place, truth, op);
        truth
    }

    fn cell_test(&mut self, bound: Bound, seen: Seen<'_>, test: &'m Test) -> Truth {
        if let Bound::Ghost(record) = bound {
            return if self.no_ghost_passes(record, test) { Truth::No } else { Truth::Unknown };
        }
        match seen.state {
            State::Unknown | State::Disputed => {
                match bound {
                    Bound::Row(row) => self.recorder.gap(|| Gap::Fact(row, test.attribute)),
                    Bound::Open(row, attribute) => self.recorder.gap(|| Gap::Fact(row, attribute)),
                    Bound::Nothing => self.recorder.gap(|| Gap::Variable("the capacity")),
                    Bound::Ghost(_) | Bound::Term(_) => {}
                }
                Truth::Unknown
            }
            State::Absent | State::NotApplicable => match &test.kind {
                TestKind::Terms(Mode::None | Mode::Only, ..)
                | TestKind::Rows(Mode::None | Mode::Only, _)
                | TestKind::Scalars(Mode::None | Mode::Only, _)
                | TestKind::Stated(false) => Truth::Yes,
                _ => Truth::No,
            },
            State::Known => self.known(seen.cell, test),
        }
    }

    fn known(&mut self, cell: &Cell, test: &'m Test) -> Truth {
        match &test.kind {
            TestKind::Stated(stated) => Truth::from_bool(*stated),
            TestKind::Terms(mode, mask, slots) => {
                let mut wanted = *mask;
                for slot in slots {
                    match self.get(*slot) {
                        Bound::Term(term) => wanted |= 1 << term,
                        Bound::Nothing | Bound::Row(_) | Bound::Ghost(_) | Bound::Open(..) => return Truth::Unknown,
                    }
                }
                Truth::from_bool(has(*mode, self.terms_of(cell), wanted))
            }
            TestKind::Rows(mode, operands) => self.rows_test(*mode, cell, operands),
            TestKind::Nested(noun) => self.nested(cell, noun),
            TestKind::Order(how, term) => match cell.value {
                // Terms stand from the highest down, so a lower number is a higher term.
                Value::Term(known) => Truth::from_bool(compare(*how, i64::from(*term), i64::from(known))),
                _ => Truth::Unknown,
            },
            TestKind::Scalars(mode, all) => {
                let any = all.iter().any(|one| self.equals(&cell.value, one));
                Truth::from_bool(any != (*mode == Mode::None))
            }
            TestKind::Compare(how, wanted, _) => self.compare(*how, &cell.value, wanted),
        }
    }

    fn terms_of(&self, cell: &Cell) -> u128 {
        match cell.value {
            Value::Term(term) => 1 << term,
            Value::Terms(range) => self.world.facts.list(range).iter().fold(0, |mask, term| mask | 1 << term),
            _ => 0,
        }
    }

    fn rows_test(&mut self, mode: Mode, cell: &Cell, operands: &[Operand]) -> Truth {
        let rows = self.world.rows(&cell.value);
        let bound = || operands.iter().map(|one| self.operand(*one));
        let contains = |bound: Bound| match bound {
            Bound::Row(row) => Truth::from_bool(rows.contains(&row)),
            Bound::Ghost(_) => Truth::No,
            Bound::Nothing | Bound::Term(_) | Bound::Open(..) => Truth::Unknown,
        };
        match mode {
            Mode::Any => bound().map(contains).fold(Truth::No, Truth::or),
            Mode::All => bound().map(contains).fold(Truth::Yes, Truth::and),
            Mode::None => !bound().map(contains).fold(Truth::No, Truth::or),
            Mode::Only => {
                let within = rows.iter().all(|row| bound().any(|one| one == Bound::Row(*row)));
                let open = |one: Bound| matches!(one, Bound::Nothing | Bound::Open(..) | Bound::Term(_));
                if bound().any(open) && !within { Truth::Unknown } else { Truth::from_bool(within) }
            }
        }
    }

    /// Some record that the cell points at fits.
    fn nested(&mut self, cell: &Cell, noun: &'m Noun) -> Truth {
        let world = self.world;
        let mut truth = Truth::No;
        for &row in world.rows(&cell.value) {
            if self.world.facts.row(row).record != noun.record || !self.counts_in(noun, row) {
                continue;
            }
            self.recorder.open();
            let fits = self.scoped(noun.slot, |this| this.candidate(noun, row, false));
            self.recorder.fact(row, None);
            self.close(What::Named(row), noun.place, fits, Op::And);
            truth = truth.or(fits);
            if truth == Truth::Yes && !R::KEEPS {
                break;
            }
        }
        truth
    }

    fn equals(&self, value: &Value, wanted: &Scalar) -> bool {
        match (value, wanted) {
            (Value::YesNo(known), Scalar::YesNo(wanted)) => known == wanted,
            (Value::Text(range), Scalar::Text(wanted)) => self.world.facts.str(*range) == wanted,
            (Value::Date(known), Scalar::Date(wanted)) => known == wanted,
            (Value::Number(known), Scalar::Number(wanted) | Scalar::Percentage(wanted)) => known == wanted,
            (Value::Duration(known), Scalar::Duration(wanted)) => known == wanted,
            (Value::Money(known, currency), Scalar::Money(wanted, name)) => known == wanted && *currency == currency_number(name),
            _ => false,
        }
    }

    fn compare(&self, how: Comparator, value: &Value, wanted: &Scalar) -> Truth {
        match (value, wanted) {
            (Value::Number(known), Scalar::Number(wanted) | Scalar::Percentage(wanted)) => Truth::from_bool(compare(how, *known, *wanted)),
            (Value::Duration(known), Scalar::Duration(wanted)) => Truth::from_bool(compare(how, *known, *wanted)),
            (Value::Date(known), Scalar::Date(wanted)) => {
                Truth::from_bool(compare(how, i64::from(known.number()), i64::from(wanted.number())))
            }
            (Value::Date(known), Scalar::Duration(days)) => {
                let ago = known.days_until(self.world.as_of);
                Truth::from_bool((0..=*days).contains(&ago))
            }
            // Amounts in different currencies cannot be compared.
            (Value::Money(known, currency), Scalar::Money(wanted, name)) if *currency == currency_number(name) => {
                Truth::from_bool(compare(how, *known, *wanted))
            }
            _ => Truth::Unknown,
        }
    }
}

fn has(mode: Mode, known: u128, wanted: u128) -> bool {
    match mode {
        Mode::Any => known & wanted != 0,
        Mode::All => known & wanted == wanted,
        Mode::None => known & wanted == 0,
        Mode::Only => known & !wanted == 0,
    }
}

fn compare(how: Comparator, known: i64, wanted: i64) -> bool {
    match how {
        Comparator::AtLeast => known >= wanted,
        Comparator::AtMost => known <= wanted,
        Comparator::More => known > wanted,
        Comparator::Less => known < wanted,
        Comparator::Within => false,
    }
}

/// The three letters of a currency as a number in base 26.
fn currency_number(name: &str) -> u16 {
    name.bytes().fold(0, |number, letter| number * 26 + u16::from(letter.saturating_sub(b'A').min(25)))
}
