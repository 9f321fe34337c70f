//! Values against what is asked of them.

use ephor::facts::Value;
use ephor::model::ir::{Comparator, Mode, Operand, Scalar, TestKind};
use ephor::values::Truth;

use super::naive::{Context, Naive, Thing, same};

/// What certainly has no value passes only what asks for no value, or for none but some.
pub(super) fn without_value(kind: &TestKind) -> Truth {
    Truth::from_bool(match kind {
        TestKind::Terms(mode, ..) | TestKind::Rows(mode, _) | TestKind::Scalars(mode, _) => matches!(mode, Mode::None | Mode::Only),
        TestKind::Stated(stated) => !stated,
        TestKind::Order(..) | TestKind::Nested(_) | TestKind::Compare(..) => false,
    })
}

/// A value against what is asked; nested nouns are read by the caller.
pub(super) fn with_value(naive: &Naive<'_>, value: Value, kind: &TestKind, context: &Context) -> Truth {
    match kind {
        TestKind::Stated(stated) => Truth::from_bool(*stated),
        TestKind::Terms(mode, wanted, slots) => {
            let known: Vec<Thing> = match value {
                Value::Term(term) => vec![Thing::Term(term)],
                Value::Terms(range) => {
                    naive.facts.list(range).iter().map(|term| Thing::Term(u16::try_from(*term).unwrap_or(u16::MAX))).collect()
                }
                _ => Vec::new(),
            };
            let named = (0..128u16).filter(|term| wanted >> term & 1 == 1).map(Thing::Term);
            let all: Vec<Thing> = named.chain(slots.iter().map(|slot| naive.operand(Operand::Slot(*slot), context))).collect();
            among(*mode, &known, &all)
        }
        TestKind::Rows(mode, operands) => {
            let known: Vec<Thing> = naive.rows(value).into_iter().map(Thing::Row).collect();
            let all: Vec<Thing> = operands.iter().map(|one| naive.operand(*one, context)).collect();
            among(*mode, &known, &all)
        }
        TestKind::Order(how, term) => match value {
            // The first term is the highest.
            Value::Term(known) => Truth::from_bool(ordered(*how, -i64::from(known), -i64::from(*term))),
            _ => Truth::Unknown,
        },
        TestKind::Scalars(mode, all) => {
            let one_of = all.iter().any(|one| equal(naive, value, one));
            Truth::from_bool(if *mode == Mode::None { !one_of } else { one_of })
        }
        TestKind::Compare(how, wanted, _) => compared(naive, *how, value, wanted),
        TestKind::Nested(_) => Truth::Unknown,
    }
}

/// Values that something has against those that are asked for.
fn among(mode: Mode, known: &[Thing], asked: &[Thing]) -> Truth {
    let has = |one: &Thing| {
        known
            .iter()
            .map(|known| same(*known, *one))
            .fold(if matches!(one, Thing::Unbound | Thing::Unsettled) { Truth::Unknown } else { Truth::No }, Truth::or)
    };
    let any = || asked.iter().map(has).fold(Truth::No, Truth::or);
    match mode {
        Mode::Any => any(),
        Mode::All => asked.iter().map(has).fold(Truth::Yes, Truth::and),
        Mode::None => !any(),
        Mode::Only => {
            known.iter().map(|known| asked.iter().map(|one| same(*known, *one)).fold(Truth::No, Truth::or)).fold(Truth::Yes, Truth::and)
        }
    }
}

fn equal(naive: &Naive<'_>, value: Value, wanted: &Scalar) -> bool {
    match (value, wanted) {
        (Value::YesNo(known), Scalar::YesNo(wanted)) => known == *wanted,
        (Value::Text(range), Scalar::Text(wanted)) => naive.facts.str(range) == wanted,
        (Value::Date(known), Scalar::Date(wanted)) => known == *wanted,
        (Value::Number(known), Scalar::Number(wanted) | Scalar::Percentage(wanted)) => known == *wanted,
        (Value::Duration(known), Scalar::Duration(wanted)) => known == *wanted,
        (Value::Money(known, currency), Scalar::Money(wanted, name)) => known == *wanted && letters(currency) == *name,
        _ => false,
    }
}

/// The three letters of a currency.
fn letters(mut number: u16) -> String {
    let mut all = [' '; 3];
    for place in all.iter_mut().rev() {
        *place = char::from(b'A' + (number % 26) as u8);
        number /= 26;
    }
    all.iter().collect()
}

fn compared(naive: &Naive<'_>, how: Comparator, value: Value, wanted: &Scalar) -> Truth {
    match (value, wanted) {
        (Value::Number(known), Scalar::Number(wanted) | Scalar::Percentage(wanted)) => Truth::from_bool(ordered(how, known, *wanted)),
        (Value::Duration(known), Scalar::Duration(wanted)) => Truth::from_bool(ordered(how, known, *wanted)),
        (Value::Date(known), Scalar::Date(wanted)) => Truth::from_bool(ordered(how, known.number().into(), wanted.number().into())),
        (Value::Date(known), Scalar::Duration(days)) => {
            let ago = known.days_until(naive.day);
            Truth::from_bool(ago >= 0 && ago <= *days)
        }
        (Value::Money(known, currency), Scalar::Money(wanted, name)) if letters(currency) == *name => {
            Truth::from_bool(ordered(how, known, *wanted))
        }
        // Amounts in two currencies cannot be compared.
        _ => Truth::Unknown,
    }
}

fn ordered(how: Comparator, known: i64, wanted: i64) -> bool {
    match how {
        Comparator::AtLeast => known >= wanted,
        Comparator::AtMost => known <= wanted,
        Comparator::More => known > wanted,
        Comparator::Less => known < wanted,
        Comparator::Within => false,
    }
}
