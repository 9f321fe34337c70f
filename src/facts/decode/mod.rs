//! Events become rows by the vocabulary, in one pass and without a tree between; references are resolved behind it.
//!
//! All that is wrong is said in one run, and nothing is said twice: what follows from a fault that was reported stays silent.

mod check;
mod cure;
mod evidence;
mod header;
mod long;
mod record;
mod resolve;
mod sink;
mod value;

use super::colon;
use super::event::{Event, Events, Fault, Kind, Scalar};
use super::names::Names;
use super::plan::Plan;
use super::{Facts, Range, RowId};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;
use crate::vocabulary::{RecordId, Slot, Vocabulary};
use sink::{Sink, shown};

/// What a step gives unless the text cannot be read any further.
type Step<T = ()> = Result<T, Fault>;

/// Where a reference is to be written once it is resolved.
#[derive(Clone, Copy, Debug)]
enum Target {
    Cell(u32),
    Disputed(u32),
    Number(u32),
    Evidence(u32),
    Complete(u32),
    /// Nowhere: the name itself is kept.
    Nothing,
}

/// What a reference must point at.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    /// What the type of an attribute says.
    Slot(Slot),
    /// What the frame says of evidence.
    Evidence,
    /// What a list is gathered by.
    Scope(RecordId),
    /// What verdicts are given for.
    Subject,
}

/// A reference that is not resolved yet. Its name lies in [`Scratch::names`].
#[derive(Clone, Copy, Debug)]
struct Pending {
    name: Range,
    span: Span,
    target: Target,
    wanted: Wanted,
}

/// A name whose meaning is known only at the end: a collection that was searched, or the path of a fact.
#[derive(Clone, Copy, Debug)]
struct Later {
    name: Range,
    span: Span,
}

/// An id and the row that bears it.
#[derive(Clone, Copy, Debug)]
struct Id {
    row: RowId,
    span: Span,
}

/// What takes the basis of the record in which it stands.
#[derive(Clone, Copy, Debug)]
enum Unsaid {
    Row(RowId),
    Detail(u32),
}

/// Buffers that live from one description to the next.
#[derive(Clone, Debug)]
pub(super) struct Scratch {
    names: String,
    pending: Vec<Pending>,
    searches: Vec<Later>,
    paths: Vec<Later>,
    ids: Vec<Id>,
    by_id: Names,
    by_collection: Names,
    stack: Vec<u32>,
    unsaid: Vec<Unsaid>,
    /// For each kind of record: how many there are.
    counts: Vec<u32>,
    /// For each kind of record and each of its keys (and its beginning): which key came next the last time.
    follow: Vec<Vec<u8>>,
    hashes: Vec<u64>,
    /// What may have been passed over, so that a reference that finds nothing proves nothing.
    lost: Lost,
}

/// What may have been passed over for a fault in it.
#[derive(Clone, Copy, Debug, Default)]
struct Lost {
    /// Anything at all.
    anything: bool,
    /// Collections.
    collections: bool,
    /// Kinds of record, one bit each; those behind the last bit share it.
    records: u128,
}

impl Lost {
    fn record(&mut self, record: RecordId) {
        self.records |= 1 << record.min(127);
    }

    fn has(&self, record: RecordId) -> bool {
        self.anything || self.records >> record.min(127) & 1 == 1
    }

    fn any(&self) -> bool {
        self.anything || self.records != 0
    }
}

impl Scratch {
    pub(super) fn new(plan: &Plan) -> Scratch {
        Scratch {
            names: String::new(),
            pending: Vec::new(),
            searches: Vec::new(),
            paths: Vec::new(),
            ids: Vec::new(),
            by_id: Names::default(),
            by_collection: Names::default(),
            stack: Vec::new(),
            unsaid: Vec::new(),
            counts: vec![0; plan.keys.len()],
            follow: plan.keys.iter().map(|keys| (0..=keys.names.len()).map(|at| u8::try_from(at).unwrap_or(0)).collect()).collect(),
            hashes: Vec::new(),
            lost: Lost::default(),
        }
    }

    fn clear(&mut self) {
        self.names.clear();
        self.pending.clear();
        self.searches.clear();
        self.paths.clear();
        self.ids.clear();
        self.by_id.clear();
        self.by_collection.clear();
        self.stack.clear();
        self.unsaid.clear();
        self.counts.fill(0);
        self.hashes.clear();
        self.lost = Lost::default();
    }

    fn name(&mut self, text: &str) -> Range {
        push(&mut self.names, text)
    }
}

/// Adds a text to a pool.
fn push(pool: &mut String, text: &str) -> Range {
    let start = number(pool.len());
    pool.push_str(text);
    Range { start, len: number(text.len()) }
}

/// Texts are smaller than 4 GiB, and so is all that is counted in them.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Reads one description.
pub(super) fn run<'t, E: Events<'t>>(
    events: E,
    text: &'t str,
    vocabulary: &Vocabulary,
    plan: &Plan,
    facts: &mut Facts,
    scratch: &mut Scratch,
) -> Vec<Diagnostic> {
    scratch.clear();
    facts.tables.resize(vocabulary.records.len(), Vec::new());
    facts.absent.resize(vocabulary.records.len(), Vec::new());
    let sink = Sink::new(facts.source);
    let mut decoder = Decoder { events, text, vocabulary, plan, facts, scratch, sink, filling: None };
    let outcome = decoder.document();
    for problem in decoder.events.problems() {
        decoder.sink.problem(problem);
    }
    match outcome {
        Ok(()) => decoder.finish(),
        Err(fault) => decoder.sink.last_problem(*fault),
    }
    decoder.sink.into_diagnostics(text)
}

/// One description on its way into facts.
struct Decoder<'a, 't, E> {
    events: E,
    text: &'t str,
    vocabulary: &'a Vocabulary,
    plan: &'a Plan,
    facts: &'a mut Facts,
    scratch: &'a mut Scratch,
    sink: Sink,
    /// The attribute whose value is being read: what cures a missing value depends on it.
    filling: Option<Slot>,
}

/// Which keys of a mapping with fixed keys were given.
#[derive(Clone, Copy, Debug, Default)]
struct Given {
    seen: u32,
    /// Keys that were probably meant by keys that are not known.
    guessed: u32,
    /// Where the mapping is shown: its first key, or its bracket.
    head: Span,
}

impl Given {
    /// Whether a key was given, or was meant and misspelt.
    fn has(self, field: usize) -> bool {
        (self.seen | self.guessed) >> field & 1 == 1
    }
}

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    #[inline]
    fn next(&mut self) -> Step<Event<'t>> {
        self.events.next()
    }

    /// Passes over a value that begins with this event.
    fn skip(&mut self, first: &Event<'t>) -> Step {
        let mut depth = match first {
            Event::ObjectStart(_) | Event::ArrayStart(_) => 1usize,
            Event::ObjectEnd(_) | Event::ArrayEnd(_) | Event::Key(_) | Event::Scalar(_) | Event::End => 0,
        };
        while depth > 0 {
            match self.next()? {
                Event::ObjectStart(_) | Event::ArrayStart(_) => depth += 1,
                Event::ObjectEnd(_) | Event::ArrayEnd(_) => depth -= 1,
                Event::End => break,
                Event::Key(_) | Event::Scalar(_) => {}
            }
        }
        Ok(())
    }

    fn skip_next(&mut self) -> Step {
        let first = self.next()?;
        self.skip(&first)
    }

    /// A mapping with fixed keys, behind its start; `each` reads the value of one key.
    fn fields<const N: usize>(
        &mut self,
        at: u32,
        names: &[&'static str; N],
        what: &str,
        mut each: impl FnMut(&mut Self, usize) -> Step,
    ) -> Step<Given> {
        let mut given = Given { head: Event::ObjectStart(at).span(), ..Given::default() };
        let mut first = true;
        loop {
            let key = match self.next()? {
                Event::Key(key) => key,
                _ => return Ok(given),
            };
            if std::mem::take(&mut first) {
                given.head = key.span();
            }
            let field = names.iter().position(|name| *name == key.text);
            match field {
                _ if key.kind == Kind::Refused => self.skip_next()?,
                Some(field) if given.seen >> field & 1 == 0 => {
                    given.seen |= 1 << field;
                    each(self, field)?;
                }
                Some(_) => self.twice(&key)?,
                None => {
                    let meant = self.unknown_key(&key, what, names.iter().copied());
                    given.guessed |= meant.and_then(|name| names.iter().position(|one| *one == name)).map_or(0, |field| 1 << field);
                    self.skip_next()?;
                }
            }
        }
    }

    /// Reports a key that was there before, and passes over its value.
    fn twice(&mut self, key: &Scalar<'t>) -> Step {
        self.sink.report(Code::E304, key.span(), || {
            let key = shown(&key.text);
            (format!("`{key}` stands twice in one mapping"), "keep the one that holds".to_owned())
        });
        self.skip_next()
    }

    /// Reports a key that is not known; gives the one that was probably meant.
    fn unknown_key<'n>(&mut self, key: &Scalar<'t>, what: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> Option<&'n str> {
        if !self.sink.room() {
            return None;
        }
        let word: &str = if key.text.len() <= sink::LONGEST_WORD { &key.text } else { "" };
        let apart = colon::glued(word).filter(|(name, _)| names.clone().into_iter().any(|one| one == *name));
        let meant = match apart {
            Some((name, _)) => names.clone().into_iter().find(|one| *one == name),
            None => crate::diagnostic::suggest::nearest(word, names.clone()),
        };
        self.sink.report(Code::E401, key.span(), || {
            let help = match apart {
                Some((name, value)) => colon::cure(name, value),
                None => crate::diagnostic::suggest::did_you_mean(word, names),
            };
            (format!("{what} has no key `{}`", shown(&key.text)), help)
        });
        meant
    }

    /// Reports a key that must be given.
    fn missing(&mut self, head: Span, what: &str, key: &str, help: impl FnOnce() -> String) {
        self.sink.report(Code::E405, head, || (format!("{what} lacks `{key}`"), help()));
    }

    /// Reports something other than what belongs there; null and what was refused have their own ways.
    fn mismatch(&mut self, event: &Event<'t>, expected: impl FnOnce() -> String, help: &str) {
        if let Event::Scalar(scalar) = event {
            match scalar.kind {
                Kind::Refused => return self.sink.count_refused(),
                Kind::Null => return self.null(event.span(), expected),
                Kind::String | Kind::Number | Kind::True | Kind::False | Kind::Plain => {}
            }
        }
        self.sink
            .report(Code::E402, event.span(), || (format!("{} stands where {} belongs", sink::found(event), expected()), help.to_owned()));
    }

    /// A text, if the event is one and it is not empty.
    fn words(&mut self, event: &Event<'t>, expected: &str) -> Option<std::borrow::Cow<'t, str>> {
        match event {
            Event::Scalar(scalar) if scalar.is_words() && !scalar.text.trim().is_empty() => Some(scalar.text.clone()),
            Event::Scalar(scalar) if scalar.is_words() => {
                let must = self.must_be_given();
                self.sink.report(Code::E402, scalar.span(), || {
                    let help = must.unwrap_or_else(|| "leave the key out if there is nothing to say".to_owned());
                    (format!("an empty text stands where {expected} belongs"), help)
                });
                None
            }
            _ => {
                let quotes = matches!(event, Event::Scalar(Scalar { kind: Kind::Number | Kind::True | Kind::False, .. }));
                self.mismatch(event, || expected.to_owned(), if quotes { "put it between quotes" } else { "" });
                None
            }
        }
    }

    /// The next value, which must be a text; it goes into the pool.
    fn text(&mut self, expected: &str) -> Step<Option<Range>> {
        let event = self.next()?;
        let words = self.words(&event, expected);
        self.skip(&event)?;
        Ok(words.map(|words| push(&mut self.facts.text, &words)))
    }

    /// The next value, which must be one of these words; gives its number.
    fn choice(&mut self, what: &str, choices: &[&'static str]) -> Step<Option<(usize, Span)>> {
        let event = self.next()?;
        let words = self.words(&event, what);
        self.skip(&event)?;
        let Some(word) = words else { return Ok(None) };
        let found = choices.iter().position(|choice| *choice == word);
        if found.is_none() {
            self.sink.not_a_choice(event.span(), &word, what, choices);
        }
        Ok(found.map(|at| (at, event.span())))
    }

    /// The next value, which must be a date.
    fn date(&mut self) -> Step<Option<crate::values::Date>> {
        Ok(self.date_with_place()?.map(|(date, _)| date))
    }

    /// The next value, which must be a date, and where it stands.
    fn date_with_place(&mut self) -> Step<Option<(crate::values::Date, Span)>> {
        let event = self.next()?;
        let date = match &event {
            Event::Scalar(scalar) => self.date_of(scalar),
            _ => {
                self.mismatch(&event, || "a date such as `2022-03-26`".to_owned(), "");
                None
            }
        };
        self.skip(&event)?;
        Ok(date.map(|date| (date, event.span())))
    }
}
