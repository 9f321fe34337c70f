//! The mapping that a description is: its header, its lists, and what stands beside them.

use super::sink::{LONGEST_WORD, shown};
use super::{Decoder, Pending, Step, Target, Wanted, number, push};
use crate::diagnostic::{Code, suggest};
use crate::facts::colon;
use crate::facts::event::{Event, Events, Kind, Scalar};
use crate::facts::{Collection, Complete, Period, Waiver};
use crate::text::Span;
use crate::vocabulary::RecordId;

/// What `format` must say.
const FORMAT: &str = "ephor.description";
/// What `format-version` must say.
const VERSION: &str = "1.0";

const KEYS: [&str; 8] = ["format", "format-version", "as-of", "assessor", "collections", "complete", "waivers", "$schema"];
const COLLECTION: [&str; 3] = ["name", "of", "on"];
const COMPLETE: [&str; 7] = ["list", "for", "by", "on", "searched", "from", "until"];
const WAIVER: [&str; 5] = ["rule", "subject", "by", "reason", "until"];

/// What was read of the header.
#[derive(Default)]
struct Header {
    seen: u32,
    guessed: u32,
    lists: Vec<bool>,
    guessed_lists: Vec<RecordId>,
    wrong_format: bool,
    head: Span,
}

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// The whole text.
    pub(super) fn document(&mut self) -> Step {
        let first = self.next()?;
        let Event::ObjectStart(at) = first else {
            let empty = match &first {
                Event::End => true,
                Event::Scalar(scalar) => scalar.kind == Kind::Null && scalar.at == scalar.end,
                _ => false,
            };
            if empty {
                let words = || ("the description is empty".to_owned(), format!("it begins with `format: {FORMAT}`"));
                self.sink.report(Code::E414, Span::default(), words);
            } else {
                self.mismatch(&first, || "the mapping of a description".to_owned(), "a description begins with the key `format`");
            }
            self.skip(&first)?;
            return self.nothing_more();
        };
        let mut header =
            Header { head: Event::ObjectStart(at).span(), lists: vec![false; self.vocabulary.records.len()], ..Header::default() };
        let mut first = true;
        while let Event::Key(key) = self.next()? {
            if std::mem::take(&mut first) {
                header.head = key.span();
            }
            self.top_key(&mut header, &key)?;
        }
        self.nothing_more()?;
        if header.wrong_format {
            self.sink.keep_only(Code::E414);
        } else {
            self.header_is_given(&header);
        }
        Ok(())
    }

    /// Readers report what stands behind the end.
    fn nothing_more(&mut self) -> Step {
        while self.next()? != Event::End {}
        Ok(())
    }

    fn top_key(&mut self, header: &mut Header, key: &Scalar<'t>) -> Step {
        if key.kind == Kind::Refused {
            self.scratch.lost.anything = true;
            return self.skip_next();
        }
        if let Some(field) = KEYS.iter().position(|name| *name == key.text) {
            if header.seen >> field & 1 == 1 {
                return self.twice(key);
            }
            header.seen |= 1 << field;
            return self.top_field(header, field);
        }
        if let Some(record) = self.plan.list(&key.text) {
            let seen = header.lists.get_mut(record as usize).is_some_and(|seen| std::mem::replace(seen, true));
            if seen {
                self.scratch.lost.record(record);
                return self.twice(key);
            }
            return self.list(record);
        }
        self.unknown_top_key(header, key)
    }

    /// A misspelt list is read as the list that was meant, so that its faults are found and references to its records are not.
    fn unknown_top_key(&mut self, header: &mut Header, key: &Scalar<'t>) -> Step {
        let vocabulary = self.vocabulary;
        let lists = vocabulary.records.iter().filter(|record| !record.part).map(|record| record.list.as_str());
        let meant = self.unknown_key(key, "a description", lists.chain(KEYS));
        let Some(meant) = meant else {
            let first = self.next()?;
            self.scratch.lost.anything |= !matches!(first, Event::Scalar(_));
            return self.skip(&first);
        };
        if let Some(field) = KEYS.iter().position(|name| *name == meant) {
            header.guessed |= 1 << field;
            self.scratch.lost.collections |= meant == "collections";
            return self.skip_next();
        }
        let Some(record) = self.plan.list(meant) else {
            return self.skip_next();
        };
        header.guessed_lists.push(record);
        self.list(record)
    }

    fn top_field(&mut self, header: &mut Header, field: usize) -> Step {
        match field {
            0 => self.format_line("format", FORMAT, Some(&mut header.wrong_format)),
            1 => self.format_line("format-version", VERSION, None),
            2 => {
                if let Some((date, span)) = self.date_with_place()? {
                    (self.facts.as_of, self.facts.as_of_at) = (date, span);
                }
                Ok(())
            }
            3 => {
                if let Some(name) = self.own_text("the name of the assessor")? {
                    self.facts.assessor = name;
                }
                Ok(())
            }
            4 => self.entries("collections", Self::collection),
            5 => self.entries("statements that a list is complete", Self::complete),
            6 => self.entries("waivers", Self::waiver),
            _ => self.skip_next(),
        }
    }

    fn format_line(&mut self, key: &str, wanted: &str, wrong: Option<&mut bool>) -> Step {
        let event = self.next()?;
        let right = matches!(&event, Event::Scalar(scalar) if scalar.is_words() && scalar.text == wanted);
        if !right {
            let found = super::sink::found(&event);
            self.sink.report(Code::E414, event.span(), || (format!("`{key}` is {found}"), format!("write `{key}: \"{wanted}\"`")));
        }
        if let Some(wrong) = wrong {
            *wrong = !right && matches!(&event, Event::Scalar(scalar) if scalar.is_words());
        }
        self.skip(&event)
    }

    fn header_is_given(&mut self, header: &Header) {
        let given = header.seen | header.guessed;
        for (field, wanted) in [(0, FORMAT), (1, VERSION)] {
            if given >> field & 1 == 0 {
                let key = KEYS.get(field).copied().unwrap_or_default();
                self.sink
                    .report(Code::E414, header.head, || (format!("the description lacks `{key}`"), format!("write `{key}: \"{wanted}\"`")));
            }
        }
        if given >> 2 & 1 == 0 {
            self.missing(header.head, "the description", "as-of", || "name the day whose law is described: `as-of: 2022-03-26`".to_owned());
        }
        let Some(state) = self.vocabulary.frame.state else { return };
        let given = header.lists.get(state as usize).copied().unwrap_or(false) || header.guessed_lists.contains(&state);
        if !given {
            let record = self.vocabulary.record(state);
            self.missing(header.head, "the description", &record.list, || format!("give {}", record.meaning));
        }
    }

    /// The records of one kind.
    fn list(&mut self, record: RecordId) -> Step {
        let kind = self.vocabulary.record(record);
        let first = self.next()?;
        match (&first, kind.single) {
            (Event::ObjectStart(at), true) => self.record(record, *at, 0).map(|_| ()),
            (Event::ArrayStart(_), false) => loop {
                match self.next()? {
                    Event::ArrayEnd(_) => return Ok(()),
                    Event::ObjectStart(at) => {
                        self.record(record, at, 0)?;
                    }
                    other => {
                        self.scratch.lost.record(record);
                        let apart = apart(&other);
                        self.mismatch(&other, || format!("the mapping of one {}", kind.name), apart.as_deref().unwrap_or(""));
                        self.skip(&other)?;
                    }
                }
            },
            (other, single) => {
                self.scratch.lost.record(record);
                let (wanted, help) = match single {
                    true => (format!("the mapping of the one {}", kind.name), ""),
                    false => (format!("a list of mappings, one for each {},", kind.name), "put the mapping into a list"),
                };
                let apart = apart(other);
                let help = if matches!(other, Event::ObjectStart(_)) { help } else { apart.as_deref().unwrap_or("") };
                if matches!(other, Event::Scalar(scalar) if scalar.kind == Kind::Null) {
                    let words = || ("nothing stands where a list belongs".to_owned(), "write `[]`, or take the key out".to_owned());
                    self.sink.report(Code::E403, other.span(), words);
                } else {
                    self.mismatch(other, || wanted, help);
                }
                self.skip(other)
            }
        }
    }

    /// A list of mappings that are not records.
    fn entries(&mut self, what: &str, mut each: impl FnMut(&mut Self, u32) -> Step) -> Step {
        let first = self.next()?;
        if !matches!(first, Event::ArrayStart(_)) {
            self.mismatch(&first, || format!("a list of {what}"), "");
            return self.skip(&first);
        }
        loop {
            match self.next()? {
                Event::ArrayEnd(_) => return Ok(()),
                Event::ObjectStart(at) => each(self, at)?,
                other => {
                    self.mismatch(&other, || format!("a mapping in the list of {what}"), "");
                    self.skip(&other)?;
                }
            }
        }
    }

    fn collection(&mut self, at: u32) -> Step {
        let (mut name, mut of, mut on) = (None, None, None);
        let given = self.fields(at, &COLLECTION, "a collection", |decoder, field| {
            match field {
                0 => {
                    let event = decoder.next()?;
                    name = decoder.words(&event, "the name of the collection").map(|words| (words, event.span()));
                    decoder.skip(&event)?;
                }
                1 => of = decoder.text("what the collection holds")?,
                _ => on = decoder.date()?,
            }
            Ok(())
        })?;
        self.all_given(
            &COLLECTION,
            given,
            ("a collection", "a collection has `name`, `of` (what it holds) and `on` (the day on which it was read)"),
            |_| true,
        );
        let Some((name, span)) = name else { return Ok(()) };
        let range = push(&mut self.facts.text, &name);
        let (facts, count) = (&*self.facts, number(self.facts.collections.len()));
        let name_of = |at: u32| facts.collections.get(at as usize).map_or("", |one: &Collection| facts.str(one.name));
        if self.scratch.by_collection.insert(&name, count, name_of).is_some() {
            let words = || (format!("two collections have the name `{}`", shown(&name)), "give each a name of its own".to_owned());
            self.sink.report(Code::E407, span, words);
        } else {
            self.facts.collections.push(Collection { name: range, of: of.unwrap_or_default(), on, at });
        }
        Ok(())
    }

    fn all_given<const N: usize>(
        &mut self,
        names: &[&'static str; N],
        given: super::Given,
        (what, help): (&str, &str),
        needed: impl Fn(usize) -> bool,
    ) {
        for (field, key) in names.iter().enumerate() {
            if needed(field) && !given.has(field) {
                self.missing(given.head, what, key, || help.to_owned());
            }
        }
    }

    fn complete(&mut self, at: u32) -> Step {
        let (mut list, mut scope, mut period) = (None, None, Period::default());
        let given = self.fields(at, &COMPLETE, "a statement that a list is complete", |decoder, field| {
            match field {
                0 => list = decoder.name_of_list()?,
                1 => match decoder.next()? {
                    Event::Scalar(scalar) if scalar.is_words() && !scalar.text.is_empty() => scope = Some(scalar),
                    other => {
                        decoder.mismatch(&other, || "one id or term".to_owned(), "write one statement for each");
                        decoder.skip(&other)?;
                    }
                },
                2 => decoder.own_text("the name of a person").map(|_| ())?,
                3 => decoder.date().map(|_| ())?,
                4 => decoder.searched().map(|_| ())?,
                5 => period.from = decoder.date()?,
                _ => period.until = decoder.date()?,
            }
            Ok(())
        })?;
        let help =
            "it has `list`, `by` (who says so), `on` (the day) and `searched`; `for` is given where it is complete for one record only";
        self.all_given(&COMPLETE, given, ("a statement that a list is complete", help), |field| matches!(field, 0 | 2..=4));
        self.period_is_in_order(given.head, period, given.has(5), ("from", "until"));
        let Some(record) = list else { return Ok(()) };
        let index = number(self.facts.complete.len());
        self.facts.complete.push(Complete { record, scope: None, term: None, period, at });
        if let Some(scalar) = scope {
            let name = self.scratch.name(&scalar.text);
            let pending = Pending { name, span: scalar.span(), target: Target::Complete(index), wanted: Wanted::Scope(record) };
            self.scratch.pending.push(pending);
        }
        Ok(())
    }

    /// What was not there until some day was not there from some earlier day on.
    /// `given`: whether the first day was given, be it wrongly.
    pub(super) fn period_is_in_order(&mut self, head: Span, period: Period, given: bool, (from, until): (&str, &str)) {
        match (period.from, period.until) {
            (None, Some(_)) if !given => {
                self.sink.report(Code::E405, head, || {
                    let help = format!("name the day of the oldest text that was searched: `{from}: 2008-02-06`");
                    (format!("`{until}` is given without `{from}`"), help)
                });
            }
            (Some(first), Some(last)) if last < first => {
                let words = || (format!("`{until}` is {last}, before `{from}`, {first}"), "mend the day that is wrong".to_owned());
                self.sink.report(Code::E417, head, words);
            }
            _ => {}
        }
    }

    fn name_of_list(&mut self) -> Step<Option<RecordId>> {
        let event = self.next()?;
        let words = self.words(&event, "the name of a list");
        self.skip(&event)?;
        let Some(words) = words else { return Ok(None) };
        let (plan, vocabulary) = (self.plan, self.vocabulary);
        let found = plan.list(&words).filter(|&record| !vocabulary.record(record).single);
        if found.is_none() {
            self.sink.report(Code::E404, event.span(), || {
                let lists = vocabulary.records.iter().filter(|record| !record.part && !record.single).map(|record| record.list.as_str());
                let word = if words.len() <= LONGEST_WORD { &*words } else { "" };
                (format!("`{}` is not a list of a description", shown(&words)), suggest::did_you_mean(word, lists))
            });
        }
        Ok(found)
    }

    fn waiver(&mut self, at: u32) -> Step {
        let (mut rule, mut subject, mut by, mut reason, mut until) = (None, None, None, None, None);
        let given = self.fields(at, &WAIVER, "a waiver", |decoder, field| {
            match field {
                0 => rule = decoder.words_with_place("the id of a rule")?,
                1 => subject = decoder.words_with_place("the id of a subject")?,
                2 => by = decoder.own_text("who decided")?,
                3 => reason = decoder.own_text("a reason")?,
                _ => until = decoder.date()?,
            }
            Ok(())
        })?;
        let help = "a waiver has `rule`, `by` (who decided) and `reason`; `subject` and `until` (a last day) may be left out";
        self.all_given(&WAIVER, given, ("a waiver", help), |field| matches!(field, 0 | 2 | 3));
        if let Some((name, span)) = &subject {
            let pending = Pending { name: self.scratch.name(name), span: *span, target: Target::Nothing, wanted: Wanted::Subject };
            self.scratch.pending.push(pending);
        }
        if let (Some((rule, rule_at)), Some(by), Some(reason)) = (rule, by, reason) {
            self.facts.waivers.push(Waiver { rule, rule_at, subject: subject.map(|(name, _)| name), by, reason, until, at });
        }
        Ok(())
    }

    /// The next value, which must be a text, and where it stands.
    fn words_with_place(&mut self, expected: &str) -> Step<Option<(String, Span)>> {
        let event = self.next()?;
        let words = self.words(&event, expected);
        self.skip(&event)?;
        Ok(words.map(|words| (words.into_owned(), event.span())))
    }
}

/// The cure where a key and its value have grown together, so that a word stands where a mapping belongs.
fn apart(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Scalar(scalar) if scalar.plain => colon::glued(&scalar.text).map(|(key, value)| colon::cure(key, value)),
        _ => None,
    }
}
