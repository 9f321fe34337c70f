//! Values by the types of their attributes.

use super::sink::{LONGEST_WORD, shown};
use super::{Decoder, Pending, Step, Target, Wanted, number, push};
use crate::diagnostic::{Code, suggest};
use crate::facts::event::{Event, Events, Kind, Scalar};
use crate::facts::number::{self as numbers, Unfit};
use crate::facts::plan::expected;
use crate::facts::{Range, Value};
use crate::text::Span;
use crate::values::{Date, parse_duration};
use crate::vocabulary::{EnumId, RecordId, Slot, Type};

/// Where a value will lie, for references that are resolved later.
#[derive(Clone, Copy, Debug)]
pub(super) enum Home {
    Cell(u32),
    Disputed(u32),
}

impl From<Home> for Target {
    fn from(home: Home) -> Target {
        match home {
            Home::Cell(at) => Target::Cell(at),
            Home::Disputed(at) => Target::Disputed(at),
        }
    }
}

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// The value that begins with this event; none if a fault was reported.
    pub(super) fn value(&mut self, slot: Slot, first: &Event<'t>, home: Home, owner: u32) -> Step<Option<Value>> {
        self.filling = Some(slot);
        let value = self.value_of(slot, first, home, owner);
        self.filling = None;
        value
    }

    fn value_of(&mut self, slot: Slot, first: &Event<'t>, home: Home, owner: u32) -> Step<Option<Value>> {
        let ty = &self.vocabulary.attribute(slot).ty;
        match (first, ty) {
            (Event::ArrayStart(at), Type::Terms(terms)) => self.terms(*terms, *at),
            (Event::ArrayStart(at), Type::References(_)) => self.references(slot, *at),
            (Event::ArrayStart(at), Type::Parts(record)) => self.parts(*record, *at, owner),
            (Event::ArrayStart(at), _) => self.list_for_one(*at, ty).map(|()| None),
            (Event::Scalar(scalar), _) => Ok(self.scalar(slot, ty, scalar, home)),
            (other, ty) => {
                let vocabulary = self.vocabulary;
                let help = if matches!(ty, Type::Parts(_)) { "put the mapping into a list" } else { "" };
                self.mismatch(other, || expected(vocabulary, ty), help);
                self.skip(other)?;
                Ok(None)
            }
        }
    }

    /// Passes over a list that stands where one value belongs, and reports it.
    fn list_for_one(&mut self, at: u32, ty: &Type) -> Step {
        let (mut entries, mut only) = (0, None);
        let end = loop {
            match self.next()? {
                Event::ArrayEnd(end) => break end,
                entry => {
                    entries += 1;
                    self.skip(&entry)?;
                    only = if let Event::Scalar(scalar) = entry { Some(scalar.text) } else { None };
                }
            }
        };
        let vocabulary = self.vocabulary;
        let help = match (entries, only) {
            (0, _) => "write one value; leave the key out if it is not known".to_owned(),
            (1, Some(only)) => format!("take the brackets off: `{}`", shown(&only)),
            _ => "one value belongs here; if the law gives several, say so in a record of its own or in a `note`".to_owned(),
        };
        self.sink
            .report(Code::E402, Span { start: at, end }, || (format!("a list stands where {} belongs", expected(vocabulary, ty)), help));
        Ok(())
    }

    fn scalar(&mut self, slot: Slot, ty: &Type, scalar: &Scalar<'t>, home: Home) -> Option<Value> {
        match ty {
            Type::Term(terms) => self.term(*terms, scalar).map(Value::Term),
            Type::Terms(terms) => {
                let term = self.term(*terms, scalar)?;
                Some(Value::Terms(self.one_number(term.into())))
            }
            Type::Reference(_) => self.refer(slot, scalar, home.into()).then_some(Value::Row(0)),
            Type::References(_) => {
                let target = Target::Number(number(self.facts.numbers.len()));
                self.refer(slot, scalar, target).then(|| Value::Rows(self.one_number(0)))
            }
            Type::YesNo => self.yes_no(scalar),
            Type::Text => self.words(&Event::Scalar(scalar.clone()), "a text").map(|text| Value::Text(push(&mut self.facts.text, &text))),
            Type::Date => self.date_of(scalar).map(Value::Date),
            Type::Number | Type::Percentage => self.decimal(ty, scalar).map(Value::Number),
            Type::Duration => self.written(ty, scalar, parse_duration).map(Value::Duration),
            Type::Money => self.written(ty, scalar, numbers::money).map(|(amount, currency)| Value::Money(amount, currency)),
            Type::Parts(_) => self.wrong(ty, scalar, "put a mapping into a list"),
        }
    }

    fn one_number(&mut self, value: u32) -> Range {
        let start = number(self.facts.numbers.len());
        self.facts.numbers.push(value);
        Range { start, len: 1 }
    }

    fn wrong<T>(&mut self, ty: &Type, scalar: &Scalar<'t>, help: &str) -> Option<T> {
        let vocabulary = self.vocabulary;
        let instead = self.state_instead(&scalar.text);
        self.mismatch(&Event::Scalar(scalar.clone()), || expected(vocabulary, ty), instead.as_deref().unwrap_or(help));
        None
    }

    /// A term by its word.
    #[inline]
    pub(super) fn term(&mut self, terms: EnumId, scalar: &Scalar<'t>) -> Option<u16> {
        if !scalar.is_words() {
            return self.wrong(&Type::Term(terms), scalar, "");
        }
        let found = self.plan.term(terms, &scalar.text);
        if found.is_none() {
            self.not_a_term(terms, scalar);
        }
        found
    }

    fn not_a_term(&mut self, terms: EnumId, scalar: &Scalar<'t>) {
        let known = self.vocabulary.enumeration(terms);
        let instead = self.state_instead(&scalar.text);
        self.sink.report(Code::E404, scalar.span(), || {
            let word: &str = if scalar.text.len() <= LONGEST_WORD { &scalar.text } else { "" };
            let names = known.terms.iter().map(|term| term.name.as_str());
            let nearest = suggest::nearest(word, names.clone()).and_then(|name| known.terms.iter().find(|term| term.name == name));
            let help = match nearest {
                _ if instead.is_some() => instead.unwrap_or_default(),
                Some(term) => format!("did you mean `{}`: {}?", term.name, term.meaning),
                None => suggest::did_you_mean(word, names),
            };
            (format!("`{}` is not a term of `{}`", shown(&scalar.text), known.name), help)
        });
    }

    fn terms(&mut self, terms: EnumId, at: u32) -> Step<Option<Value>> {
        let start = self.facts.numbers.len();
        let mut seen = 0u128;
        let faults = self.sink.count();
        loop {
            match self.next()? {
                Event::ArrayEnd(end) => {
                    if seen == 0 && faults == self.sink.count() {
                        self.empty_list(Span { start: at, end });
                    }
                    break;
                }
                Event::Scalar(scalar) => {
                    let Some(term) = self.term(terms, &scalar) else { continue };
                    let bit = 1u128.checked_shl(term.into()).unwrap_or(0);
                    if seen & bit > 0 {
                        self.repeated(&scalar);
                    }
                    seen |= bit;
                    self.facts.numbers.push(term.into());
                }
                other => self.not_in_list(&other, &Type::Term(terms))?,
            }
        }
        if faults < self.sink.count() {
            return Ok(None);
        }
        if let Some(list) = self.facts.numbers.get_mut(start..) {
            list.sort_unstable();
        }
        Ok(Some(Value::Terms(self.range_from(start))))
    }

    fn range_from(&self, start: usize) -> Range {
        Range { start: number(start), len: number(self.facts.numbers.len() - start) }
    }

    fn references(&mut self, slot: Slot, at: u32) -> Step<Option<Value>> {
        let (start, pending) = (self.facts.numbers.len(), self.scratch.pending.len());
        let faults = self.sink.count();
        loop {
            match self.next()? {
                Event::ArrayEnd(end) => {
                    if start == self.facts.numbers.len() && faults == self.sink.count() {
                        self.empty_list(Span { start: at, end });
                    }
                    break;
                }
                Event::Scalar(scalar) => {
                    let target = Target::Number(number(self.facts.numbers.len()));
                    if self.refer(slot, &scalar, target) {
                        self.facts.numbers.push(0);
                    }
                }
                other => self.not_in_list(&other, &self.vocabulary.attribute(slot).ty)?,
            }
        }
        self.no_reference_twice(pending);
        Ok((faults == self.sink.count()).then(|| Value::Rows(self.range_from(start))))
    }

    /// Reports references that stand twice among those noted from `from` on.
    fn no_reference_twice(&mut self, from: usize) {
        let list = self.scratch.pending.get(from..).unwrap_or(&[]);
        if list.len() < 2 {
            return;
        }
        let names = &self.scratch.names;
        let mut sorted: Vec<(&str, Span)> = list.iter().map(|one| (names.get(one.name.span()).unwrap_or(""), one.span)).collect();
        sorted.sort_unstable();
        for pair in sorted.windows(2) {
            if let &[(one, _), (other, span)] = pair
                && one == other
            {
                self.sink.report(Code::E402, span, || twice_in_list(other));
            }
        }
    }

    fn parts(&mut self, record: RecordId, at: u32, owner: u32) -> Step<Option<Value>> {
        let bottom = self.scratch.stack.len();
        let faults = self.sink.count();
        let mut any = false;
        loop {
            match self.next()? {
                Event::ArrayEnd(end) => {
                    if !any && faults == self.sink.count() {
                        self.empty_list(Span { start: at, end });
                    }
                    break;
                }
                Event::ObjectStart(at) => {
                    any = true;
                    if let Some(row) = self.record(record, at, owner)? {
                        self.scratch.stack.push(row);
                    }
                }
                other => self.not_in_list(&other, &Type::Parts(record))?,
            }
        }
        let start = self.facts.numbers.len();
        self.facts.numbers.extend(self.scratch.stack.drain(bottom..));
        Ok((faults == self.sink.count()).then(|| Value::Rows(self.range_from(start))))
    }

    fn not_in_list(&mut self, event: &Event<'t>, ty: &Type) -> Step {
        let vocabulary = self.vocabulary;
        let help = match event {
            Event::ObjectStart(_) => "the long form stands for the whole list: `{value: […], evidence: […]}`",
            _ => "",
        };
        let one = match ty {
            Type::References(kinds) => &Type::Reference(kinds.clone()),
            other => other,
        };
        self.mismatch(event, || expected(vocabulary, one), help);
        self.skip(event)
    }

    fn empty_list(&mut self, span: Span) {
        self.sink.report(Code::E402, span, || {
            let help = "write `{state: absent, searched: […]}` if it was looked for and is not there; leave the key out if it is not known";
            ("an empty list does not say whether there is nothing or nothing is known".to_owned(), help.to_owned())
        });
    }

    fn repeated(&mut self, scalar: &Scalar<'t>) {
        self.sink.report(Code::E402, scalar.span(), || twice_in_list(&scalar.text));
    }

    /// Notes a reference for the end; false if a fault was reported.
    #[inline]
    fn refer(&mut self, slot: Slot, scalar: &Scalar<'t>, target: Target) -> bool {
        if !scalar.is_words() || scalar.text.is_empty() {
            let ty = &self.vocabulary.attribute(slot).ty;
            self.wrong::<()>(ty, scalar, "");
            return false;
        }
        self.pend(scalar, target, Wanted::Slot(slot));
        true
    }

    pub(super) fn pend(&mut self, scalar: &Scalar<'t>, target: Target, wanted: Wanted) {
        let name = self.scratch.name(&scalar.text);
        self.scratch.pending.push(Pending { name, span: scalar.span(), target, wanted });
    }

    fn yes_no(&mut self, scalar: &Scalar<'t>) -> Option<Value> {
        match (scalar.kind, &*scalar.text) {
            (Kind::True, _) | (Kind::Plain, "yes") => Some(Value::YesNo(true)),
            (Kind::False, _) | (Kind::Plain, "no") => Some(Value::YesNo(false)),
            (Kind::String, word @ ("true" | "false" | "yes" | "no")) => {
                let word = if matches!(word, "true" | "yes") { "true" } else { "false" };
                self.wrong(&Type::YesNo, scalar, &format!("write `{word}` without quotes"))
            }
            _ => self.wrong(&Type::YesNo, scalar, ""),
        }
    }

    pub(super) fn date_of(&mut self, scalar: &Scalar<'t>) -> Option<Date> {
        if !scalar.is_words() && scalar.kind != Kind::Number {
            return self.wrong(&Type::Date, scalar, "");
        }
        let date = if scalar.is_words() { Date::parse(&scalar.text) } else { None };
        if date.is_none() {
            let instead = self.state_instead(&scalar.text).or_else(|| self.must_be_given());
            self.sink.report(Code::E408, scalar.span(), || {
                let help = "write year, month and day: `2022-03-26`; leave the key out if the day is not known";
                (format!("`{}` is not a date", shown(&scalar.text)), instead.unwrap_or_else(|| help.to_owned()))
            });
        }
        date
    }

    fn decimal(&mut self, ty: &Type, scalar: &Scalar<'t>) -> Option<i64> {
        if scalar.kind != Kind::Number {
            let bare = scalar.text.trim_end_matches('%').trim_end();
            let help = if scalar.kind == Kind::String && numbers::is_json(bare) {
                format!("write `{}` without quotes", shown(bare))
            } else {
                String::new()
            };
            return self.wrong(ty, scalar, &help);
        }
        match numbers::millionths(&scalar.text) {
            Ok(value) => Some(value),
            Err(unfit) => {
                let (fault, help) = match unfit {
                    Unfit::TooFine => ("has more than six decimal places", "round it to a millionth"),
                    Unfit::TooLarge => ("has more than twelve digits before the point", "no number of a description is that large"),
                };
                self.sink.report(Code::E402, scalar.span(), || (format!("the number `{}` {fault}", shown(&scalar.text)), help.to_owned()));
                None
            }
        }
    }

    fn written<T>(&mut self, ty: &Type, scalar: &Scalar<'t>, parse: fn(&str) -> Option<T>) -> Option<T> {
        let value = if scalar.is_words() { parse(&scalar.text) } else { None };
        if value.is_some() {
            return value;
        }
        let help = match ty {
            Type::Duration => "write a whole number and `days`, `months` or `years`",
            _ => "write the amount, a space and the three letters of the currency",
        };
        self.wrong(ty, scalar, help)
    }
}

fn twice_in_list(word: &str) -> (String, String) {
    (format!("`{}` stands twice in one list", shown(word)), "name it once".to_owned())
}
