//! Evidence, and the searches that stand where there is none.

use super::record::is_id;
use super::resolve::by_id;
use super::sink::names_a_year;
use super::{Decoder, Later, Step, Target, Wanted, number, push};
use crate::diagnostic::Code;
use crate::facts::event::{Event, Events, Scalar};
use crate::facts::{Evidence, Range, Role};
use crate::text::Span;

const KEYS: [&str; 7] = ["provision", "role", "note", "accessed", "attested-by", "office", "on"];
const PROVISION: usize = 0;
const ROLE: usize = 1;
const NOTE: usize = 2;
const ACCESSED: usize = 3;
const ATTESTED_BY: usize = 4;
const OFFICE: usize = 5;
const ON: usize = 6;

const ROLE_WORDS: [&str; 4] = ["states", "limits", "excepts", "contradicts"];
const ROLES: [Role; 4] = [Role::States, Role::Limits, Role::Excepts, Role::Contradicts];

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// The next value, which must be a list of evidence with at least one entry.
    pub(super) fn evidence(&mut self) -> Step<Option<Range>> {
        let first = self.next()?;
        let Event::ArrayStart(at) = first else {
            let help = match &first {
                Event::Scalar(scalar) if scalar.is_words() && is_id(&scalar.text) => format!("write `[{}]`", scalar.text),
                Event::Scalar(scalar) if scalar.is_words() => {
                    let kind = self.vocabulary.frame.evidence.map(|kind| self.vocabulary.record(kind));
                    kind.map_or(String::new(), |kind| by_id(&kind.name, &kind.list))
                }
                _ => String::new(),
            };
            self.mismatch(&first, || "a list of evidence".to_owned(), &help);
            self.skip(&first)?;
            return Ok(None);
        };
        let (start, faults) = (self.facts.evidence.len(), self.sink.count());
        loop {
            match self.next()? {
                Event::ArrayEnd(end) => {
                    let len = self.facts.evidence.len() - start;
                    if len == 0 && faults == self.sink.count() {
                        self.no_evidence(Span { start: at, end }, "a list of evidence is empty");
                    }
                    return Ok((faults == self.sink.count()).then_some(Range { start: number(start), len: number(len) }));
                }
                Event::Scalar(scalar) if scalar.is_words() && !scalar.text.is_empty() => self.provision(&scalar, scalar.at, Role::States),
                Event::ObjectStart(at) => self.entry(at)?,
                other => {
                    self.mismatch(&other, || "the id of a provision, or a mapping".to_owned(), "");
                    self.skip(&other)?;
                }
            }
        }
    }

    /// Reports evidence that is missing.
    pub(super) fn no_evidence(&mut self, span: Span, message: &str) {
        self.sink.report(Code::E409, span, || {
            let help = "name the provision where it stands: `evidence: [id-of-the-provision]`; \
                        if it was looked for and is not there, write `state: absent` with `searched`";
            (message.to_owned(), help.to_owned())
        });
    }

    fn provision(&mut self, scalar: &Scalar<'t>, at: u32, role: Role) {
        let target = Target::Evidence(number(self.facts.evidence.len()));
        self.pend(scalar, target, Wanted::Evidence);
        self.facts.evidence.push(Evidence { at, provision: None, role, attested_by: Range::default() });
    }

    /// One entry in its long form: a provision with a role, or an attestation.
    fn entry(&mut self, at: u32) -> Step {
        let (mut provision, mut role, mut attested, mut office, mut on) = (None, Role::States, None, None, None);
        let faults = self.sink.count();
        let given = self.fields(at, &KEYS, "an entry of evidence", |decoder, field| {
            match field {
                PROVISION => provision = decoder.id_of_provision()?,
                ROLE => {
                    role = decoder.choice("a role of evidence", &ROLE_WORDS)?.and_then(|(at, _)| ROLES.get(at).copied()).unwrap_or(role)
                }
                NOTE => decoder.text("a note").map(|_| ())?,
                ACCESSED => decoder.date().map(|_| ())?,
                ATTESTED_BY => attested = decoder.own_text("the name of a person")?,
                OFFICE => office = decoder.own_text("the name of an office")?,
                _ => on = decoder.date()?,
            }
            Ok(())
        })?;
        let (head, attestation) = (given.head, given.has(ATTESTED_BY) || given.has(OFFICE) || given.has(ON));
        match (given.has(PROVISION), attestation) {
            (false, false) | (true, true) => self.sink.report(Code::E410, head, || {
                let help = "write either `provision: id` or `attested-by`, `office` and `on`";
                let which = if attestation { "both a provision and an attestation" } else { "neither a provision nor an attestation" };
                (format!("an entry of evidence names {which}"), help.to_owned())
            }),
            (true, false) => {
                if let Some(scalar) = provision {
                    self.provision(&scalar, at, role);
                }
            }
            (false, true) => {
                for (field, key) in KEYS.iter().enumerate().skip(ATTESTED_BY) {
                    if !given.has(field) {
                        self.missing(head, "an attestation", key, || {
                            "an attestation has `attested-by`, `office` and `on` (the day)".to_owned()
                        });
                    }
                }
                if let (true, Some(by), Some(office), Some(on)) = (faults == self.sink.count(), attested, office, on) {
                    let attested_by = push(&mut self.facts.text, &format!("{by}, {office}, {on}"));
                    self.facts.evidence.push(Evidence { at, provision: None, role, attested_by });
                }
            }
        }
        Ok(())
    }

    fn id_of_provision(&mut self) -> Step<Option<Scalar<'t>>> {
        match self.next()? {
            Event::Scalar(scalar) if scalar.is_words() && !scalar.text.is_empty() => Ok(Some(scalar)),
            other => {
                self.mismatch(&other, || "the id of a provision".to_owned(), "");
                self.skip(&other)?;
                Ok(None)
            }
        }
    }

    /// The next value, which must be a text, as a text of its own.
    pub(super) fn own_text(&mut self, expected: &str) -> Step<Option<String>> {
        let event = self.next()?;
        let words = self.words(&event, expected);
        self.skip(&event)?;
        Ok(words.map(std::borrow::Cow::into_owned))
    }

    /// The next value, which must say what was searched: names of collections or texts, in a list or alone.
    pub(super) fn searched(&mut self) -> Step<Option<Range>> {
        let first = self.next()?;
        let Event::ArrayStart(at) = first else {
            let words = self.searched_one(&first)?;
            return Ok(words.map(|words| push(&mut self.facts.text, &words)));
        };
        let (start, faults) = (self.facts.text.len(), self.sink.count());
        loop {
            match self.next()? {
                Event::ArrayEnd(end) => {
                    if start == self.facts.text.len() && faults == self.sink.count() {
                        self.sink.report(Code::E411, Span { start: at, end }, || {
                            ("a list of searches is empty".to_owned(), "name what was searched".to_owned())
                        });
                    }
                    break;
                }
                event => {
                    if let Some(words) = self.searched_one(&event)? {
                        let between = if start == self.facts.text.len() { "" } else { "; " };
                        self.facts.text.push_str(between);
                        self.facts.text.push_str(&words);
                    }
                }
            }
        }
        let len = number(self.facts.text.len() - start);
        Ok((faults == self.sink.count()).then_some(Range { start: number(start), len }))
    }

    fn searched_one(&mut self, event: &Event<'t>) -> Step<Option<std::borrow::Cow<'t, str>>> {
        let words = self.words(event, "the name of a collection or a text");
        self.skip(event)?;
        let Some(words) = words else { return Ok(None) };
        if words.contains(char::is_whitespace) {
            if !names_a_year(&words) {
                self.sink.report(Code::E411, event.span(), || {
                    let help = "name the day, or at least the year: `statutes in force, searched on 2026-11-20`";
                    ("a search does not say when it was made".to_owned(), help.to_owned())
                });
                return Ok(None);
            }
        } else {
            let name = self.scratch.name(&words);
            self.scratch.searches.push(Later { name, span: event.span() });
        }
        Ok(Some(words))
    }
}
