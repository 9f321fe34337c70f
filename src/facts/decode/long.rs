//! The long form of a value: what is known of it, on what it rests, and where it was looked for.

use super::value::Home;
use super::{Decoder, Given, Later, Step, Unsaid, number};
use crate::diagnostic::Code;
use crate::facts::event::{Event, Events};
use crate::facts::{Basis, Cell, Detail, DisputedValue, Range, State, Value};
use crate::text::Span;
use crate::vocabulary::{Slot, Type};

const KEYS: [&str; 8] = ["value", "values", "state", "evidence", "searched", "because", "basis", "note"];
const VALUE: usize = 0;
const VALUES: usize = 1;
const EVIDENCE: usize = 3;
const SEARCHED: usize = 4;
const BECAUSE: usize = 5;

/// The words for what is known, in the order of [`STATES`].
const STATE_WORDS: [&str; 5] = ["known", "absent", "unknown", "not-applicable", "disputed"];
const STATES: [State; 5] = [State::Known, State::Absent, State::Unknown, State::NotApplicable, State::Disputed];

const BASIS_WORDS: [&str; 2] = ["de-jure", "de-facto"];
const BASES: [Basis; 2] = [Basis::DeJure, Basis::DeFacto];

const DISPUTED_KEYS: [&str; 2] = ["value", "evidence"];

/// What was read of a long form.
#[derive(Default)]
struct Long {
    value: Option<Value>,
    disputed: Range,
    state: Option<State>,
    basis: Option<Basis>,
    evidence: Range,
    searched: Range,
    because: Range,
    because_span: Span,
    note: Range,
}

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// A long form behind its bracket, for the cell at `home`.
    pub(super) fn long(&mut self, slot: Slot, at: u32, home: u32, owner: u32) -> Step {
        let faults = self.sink.count();
        let mut long = Long::default();
        let parts = matches!(self.vocabulary.attribute(slot).ty, Type::Parts(_));
        let what = if parts { "the long form of a list of mappings" } else { "the long form of a value" };
        let given = self.fields(at, &KEYS, what, |decoder, field| decoder.long_field(slot, field, &mut long, home, owner))?;
        let state = long.state.unwrap_or(State::Known);
        if faults == self.sink.count() {
            self.fits_state(state, given);
        }
        if faults < self.sink.count() {
            return Ok(());
        }
        if state == State::NotApplicable {
            let path = self.facts.text.get(long.because.span()).unwrap_or("").to_owned();
            let name = self.scratch.name(&path);
            self.scratch.paths.push(Later { name, span: long.because_span });
        }
        let (searched, because, note) = (long.searched, long.because, long.note);
        let basis = long.basis.unwrap_or(Basis::DeJure);
        self.facts.details.push(Detail { evidence: long.evidence, searched, because, note, disputed: long.disputed, basis });
        let detail = number(self.facts.details.len());
        if long.basis.is_none() {
            self.scratch.unsaid.push(Unsaid::Detail(detail - 1));
        }
        let value = long.value.filter(|_| state == State::Known).unwrap_or(Value::None);
        if let Some(cell) = self.facts.cells.get_mut(home as usize) {
            *cell = Cell { state, value, at, detail };
        }
        Ok(())
    }

    fn long_field(&mut self, slot: Slot, field: usize, long: &mut Long, home: u32, owner: u32) -> Step {
        match field {
            VALUE => {
                let first = self.next()?;
                long.value = self.value(slot, &first, Home::Cell(home), owner)?;
            }
            VALUES => long.disputed = self.disputed(slot, owner)?,
            EVIDENCE => long.evidence = self.evidence()?.unwrap_or_default(),
            SEARCHED => long.searched = self.searched()?.unwrap_or_default(),
            BECAUSE => {
                let event = self.next()?;
                long.because_span = event.span();
                let words = self.words(&event, "a reason");
                self.skip(&event)?;
                long.because = words.map(|words| super::push(&mut self.facts.text, &words)).unwrap_or_default();
            }
            2 => long.state = self.choice("a state of a fact", &STATE_WORDS)?.and_then(|(at, _)| STATES.get(at).copied()),
            6 => long.basis = self.basis()?,
            _ => long.note = self.text("a note")?.unwrap_or_default(),
        }
        Ok(())
    }

    /// Law or observation.
    pub(super) fn basis(&mut self) -> Step<Option<Basis>> {
        Ok(self.choice("a basis", &BASIS_WORDS)?.and_then(|(at, _)| BASES.get(at).copied()))
    }

    /// Whether what was given fits the state.
    fn fits_state(&mut self, state: State, given: Given) {
        let head = given.head;
        if state != State::Disputed && given.seen >> VALUES & 1 == 1 {
            let words =
                || ("`values` stand here without `state: disputed`".to_owned(), "write `state: disputed`, or one `value`".to_owned());
            return self.sink.report(Code::E413, head, words);
        }
        if !matches!(state, State::Known | State::Disputed) && given.seen >> VALUE & 1 == 1 {
            let words =
                || ("a value stands beside a state that says there is none to give".to_owned(), "keep the one that holds".to_owned());
            return self.sink.report(Code::E402, head, words);
        }
        match state {
            State::Known if !given.has(VALUE) => self.missing(head, "the long form of a known value", "value", || {
                "give the value, or say what is known: `state: absent`, `unknown`, `not-applicable` or `disputed`".to_owned()
            }),
            State::Absent if !given.has(SEARCHED) => self.sink.report(Code::E411, head, || {
                let help = "write `searched:` with names from `collections`, or a text that says what was searched and when";
                ("an absent fact does not say where it was looked for".to_owned(), help.to_owned())
            }),
            State::NotApplicable if !given.has(BECAUSE) => self.sink.report(Code::E412, head, || {
                let help = "write `because:` with the path of the fact that makes it so, such as `state.armed-forces`";
                ("a fact that is not applicable does not say why".to_owned(), help.to_owned())
            }),
            State::Disputed if given.seen >> VALUE & 1 == 1 || !given.has(VALUES) => {
                self.disputed_help(head, "a disputed fact does not give the values in dispute")
            }
            State::Known | State::Absent | State::Unknown | State::NotApplicable | State::Disputed => {}
        }
    }

    fn disputed_help(&mut self, span: Span, message: &str) {
        self.sink.report(Code::E413, span, || {
            let help = "write `values: [{value: …, evidence: […]}, {value: …, evidence: […]}]`";
            (message.to_owned(), help.to_owned())
        });
    }

    /// The values in dispute: at least two, each with evidence.
    fn disputed(&mut self, slot: Slot, owner: u32) -> Step<Range> {
        let first = self.next()?;
        let Event::ArrayStart(at) = first else {
            self.mismatch(&first, || "a list of values in dispute".to_owned(), "");
            self.skip(&first)?;
            return Ok(Range::default());
        };
        let (start, faults) = (self.facts.disputed.len(), self.sink.count());
        let end = loop {
            match self.next()? {
                Event::ArrayEnd(end) => break end,
                Event::ObjectStart(at) => self.disputed_value(slot, at, owner)?,
                other => {
                    self.mismatch(&other, || "a mapping with `value` and `evidence`".to_owned(), "");
                    self.skip(&other)?;
                }
            }
        };
        let count = self.facts.disputed.len() - start;
        if count < 2 && faults == self.sink.count() {
            self.disputed_help(Span { start: at, end }, "a dispute needs two values");
        }
        Ok(Range { start: number(start), len: number(count) })
    }

    fn disputed_value(&mut self, slot: Slot, at: u32, owner: u32) -> Step {
        let home = Home::Disputed(number(self.facts.disputed.len()));
        let (mut value, mut evidence) = (None, None);
        let given = self.fields(at, &DISPUTED_KEYS, "a value in dispute", |decoder, field| {
            if field == 0 {
                let first = decoder.next()?;
                value = decoder.value(slot, &first, home, owner)?;
            } else {
                evidence = decoder.evidence()?;
            }
            Ok(())
        })?;
        for (field, key) in DISPUTED_KEYS.iter().enumerate() {
            if !given.has(field) {
                self.disputed_help(given.head, &format!("a value in dispute lacks `{key}`"));
            }
        }
        self.facts.disputed.push(DisputedValue { value: value.unwrap_or(Value::None), evidence: evidence.unwrap_or_default(), at });
        Ok(())
    }
}
