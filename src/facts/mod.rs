//! A description of one State as typed facts: rows of cells, each with its state and its place in the text.
//!
//! Readers (`json`, `yaml`) give events; `decode` turns events into rows by the vocabulary, whatever the reader. Nothing here knows a rule, and
//! nothing here gives a missing fact a value: what is not said is [`State::Unknown`].

mod colon;
mod decode;
pub mod event;
pub mod json;
mod json_faults;
mod names;
pub mod number;
mod plan;
mod read;
pub mod yaml;

pub use read::{Form, Reader, read, utf8};

use crate::text::{SourceId, Span};
use crate::values::Date;
use crate::vocabulary::{AttributeId, RecordId};

/// The three letters of a currency from its number in base 26.
pub fn currency(number: u16) -> String {
    let letter = |part: u16| char::from(b'A' + u8::try_from(part % 26).unwrap_or(0));
    [number / 676, number / 26, number].map(letter).iter().collect()
}

/// Number of a row in [`Facts::rows`].
pub type RowId = u32;

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not looked for, or without a result that can be trusted.
    Unknown,
    /// Established.
    Known,
    /// Looked for and not there.
    Absent,
    /// The question does not arise.
    NotApplicable,
    /// Two values, each with evidence.
    Disputed,
}

/// A half-open range in one of the pools of [`Facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Range {
    /// First index.
    pub start: u32,
    /// How many.
    pub len: u32,
}

impl Range {
    /// As a range of `usize`.
    pub fn span(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// A decoded value. Numbers count millionths, durations days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// No value: the state is not `Known`.
    None,
    /// Yes or no.
    YesNo(bool),
    /// One term.
    Term(u16),
    /// Terms, in [`Facts::numbers`], sorted and without repetition.
    Terms(Range),
    /// A reference.
    Row(RowId),
    /// References or parts, in [`Facts::numbers`], in the order given.
    Rows(Range),
    /// Text, in [`Facts::text`].
    Text(Range),
    /// A date.
    Date(Date),
    /// A number or percentage in millionths.
    Number(i64),
    /// A duration in days.
    Duration(i64),
    /// An amount in millionths of a unit; the currency is the number of its three letters in base 26.
    Money(i64, u16),
}

/// One attribute of one row.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// What is known.
    pub state: State,
    /// The value; `None` unless known.
    pub value: Value,
    /// Where the value (or its long form) begins in the text; 0 where nothing was said.
    pub at: u32,
    /// Index into [`Facts::details`] plus one; 0 where the bare value was given.
    pub detail: u32,
}

impl Cell {
    /// The cell of which nothing was said.
    pub const UNKNOWN: Cell = Cell { state: State::Unknown, value: Value::None, at: 0, detail: 0 };

    /// Whether the description says anything of it, if only that it is unknown.
    pub fn is_said(&self) -> bool {
        self.state != State::Unknown || self.at != 0
    }
}

/// Whether a fact is one of law or one of observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Stated by law.
    DeJure,
    /// Observed; it may lower a verdict and never raise it.
    DeFacto,
}

/// What a piece of evidence does for the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The provision states the fact.
    States,
    /// It limits it.
    Limits,
    /// It excepts from it.
    Excepts,
    /// It contradicts it.
    Contradicts,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// Where it stands in the text.
    pub at: u32,
    /// The provision; `None` for an attestation.
    pub provision: Option<RowId>,
    /// What it does.
    pub role: Role,
    /// Who attests, for an attestation (in [`Facts::text`]).
    pub attested_by: Range,
}

/// What the long form of a value or a whole record says besides its value.
#[derive(Clone, Copy, Debug)]
pub struct Detail {
    /// In [`Facts::evidence`].
    pub evidence: Range,
    /// The search, words joined by `; ` (in [`Facts::text`]).
    pub searched: Range,
    /// Why it is not applicable, or a remark (in [`Facts::text`]).
    pub because: Range,
    /// A note (in [`Facts::text`]).
    pub note: Range,
    /// The values in dispute, in [`Facts::disputed`].
    pub disputed: Range,
    /// Law or observation.
    pub basis: Basis,
}

/// One value in dispute.
#[derive(Clone, Copy, Debug)]
pub struct DisputedValue {
    /// The value.
    pub value: Value,
    /// Its evidence, in [`Facts::evidence`].
    pub evidence: Range,
    /// Where it stands.
    pub at: u32,
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Which kind.
    pub record: RecordId,
    /// Where its first byte stands in the text.
    pub at: u32,
    /// Its id, in [`Facts::text`]; empty if it has none.
    pub id: Range,
    /// `Known` or `Absent` (a whole record looked for and not there: its cells are the pattern of what was not found).
    pub state: State,
    /// Law or observation.
    pub basis: Basis,
    /// In [`Facts::evidence`].
    pub evidence: Range,
    /// Index of its first cell.
    pub cells: u32,
    /// For a part: the row it stands in, plus one; else 0.
    pub owner: u32,
    /// Index into [`Facts::details`] plus one; 0 where nothing more was said.
    pub detail: u32,
    /// Its place among the records of its kind, from 0.
    pub index: u32,
}

/// The days for which a statement about what is not there holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Period {
    /// Its first day, if one is given; else the day of the description.
    pub from: Option<Date>,
    /// Its last day, if one is given; else it goes on.
    pub until: Option<Date>,
}

impl Period {
    /// Whether it holds on a day. Law that was read on the day described is taken to go on; what was not there earlier has to be said.
    pub fn holds(self, day: Date, described: Date) -> bool {
        self.from.unwrap_or(described) <= day && self.until.is_none_or(|last| day <= last)
    }

    /// Whether any day is given.
    pub fn is_given(self) -> bool {
        self.from.is_some() || self.until.is_some()
    }
}

/// A record that was looked for and is not there: its row is the pattern of what was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The pattern.
    pub row: RowId,
    /// Whether it speaks of records besides those that are listed.
    pub others: bool,
    /// When.
    pub period: Period,
}

/// A statement that a list is complete.
#[derive(Clone, Copy, Debug)]
pub struct Complete {
    /// Which list.
    pub record: RecordId,
    /// Complete for this record only, by the attribute that gathers the list.
    pub scope: Option<RowId>,
    /// Complete for this term only (a list that is gathered by terms).
    pub term: Option<u16>,
    /// When.
    pub period: Period,
    /// Where it stands in the text.
    pub at: u32,
}

/// A reasoned waiver, printed in every report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Which rule.
    pub rule: String,
    /// Where it is named. Whether there is such a rule is said by whoever knows the rules.
    pub rule_at: Span,
    /// For which subject; all of them if none.
    pub subject: Option<String>,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<Date>,
    /// Where it stands.
    pub at: u32,
}

/// A body of texts that was read or searched, so that a search can be named in one word.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// Its name (in [`Facts::text`]).
    pub name: Range,
    /// What it holds (in [`Facts::text`]).
    pub of: Range,
    /// On which day it was read or searched.
    pub on: Option<Date>,
    /// Where it stands.
    pub at: u32,
}

/// All facts of one description. Buffers are reused from one description to the next by [`Facts::clear`].
#[derive(Clone, Debug)]
pub struct Facts {
    /// The text they come from.
    pub source: SourceId,
    /// The day whose law is described.
    pub as_of: Date,
    /// Where that day stands in the text.
    pub as_of_at: Span,
    /// Who describes.
    pub assessor: String,
    /// All rows, in the order of the text.
    pub rows: Vec<Row>,
    /// Cells of all rows; a row's cells lie together.
    pub cells: Vec<Cell>,
    /// For each record kind of the vocabulary: its rows that are known.
    pub tables: Vec<Vec<RowId>>,
    /// For each record kind: what was looked for and is not there.
    pub absent: Vec<Vec<Absence>>,
    /// Pool of terms and row numbers.
    pub numbers: Vec<u32>,
    /// Pool of texts.
    pub text: String,
    /// Pool of evidence.
    pub evidence: Vec<Evidence>,
    /// Long forms.
    pub details: Vec<Detail>,
    /// Values in dispute.
    pub disputed: Vec<DisputedValue>,
    /// Complete lists.
    pub complete: Vec<Complete>,
    /// Waivers.
    pub waivers: Vec<Waiver>,
    /// What was read or searched.
    pub collections: Vec<Collection>,
}

impl Facts {
    /// No facts at all, for a vocabulary with this many kinds of record.
    pub fn new(source: SourceId, kinds: usize) -> Facts {
        Facts {
            source,
            as_of: Date::from_number(0),
            as_of_at: Span::default(),
            assessor: String::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            tables: vec![Vec::new(); kinds],
            absent: vec![Vec::new(); kinds],
            numbers: Vec::new(),
            text: String::new(),
            evidence: Vec::new(),
            details: Vec::new(),
            disputed: Vec::new(),
            complete: Vec::new(),
            waivers: Vec::new(),
            collections: Vec::new(),
        }
    }

    /// Forgets all facts and keeps the buffers.
    pub fn clear(&mut self, source: SourceId) {
        self.source = source;
        self.as_of = Date::from_number(0);
        self.as_of_at = Span::default();
        self.assessor.clear();
        self.rows.clear();
        self.cells.clear();
        self.tables.iter_mut().for_each(Vec::clear);
        self.absent.iter_mut().for_each(Vec::clear);
        self.numbers.clear();
        self.text.clear();
        self.evidence.clear();
        self.details.clear();
        self.disputed.clear();
        self.complete.clear();
        self.waivers.clear();
        self.collections.clear();
    }

    /// A row. Invariant: numbers of rows come from these facts.
    pub fn row(&self, id: RowId) -> &Row {
        &self.rows[id as usize]
    }

    /// A cell of a row.
    pub fn cell(&self, row: RowId, attribute: AttributeId) -> &Cell {
        &self.cells[self.rows[row as usize].cells as usize + attribute as usize]
    }

    /// What was looked for and is not there, of one kind and on one day. What was observed says nothing about the law.
    pub fn absences(&self, record: RecordId, day: Date) -> impl Iterator<Item = &Absence> {
        let all = self.absent.get(record as usize).map_or(&[][..], Vec::as_slice);
        let holds = move |one: &&Absence| one.period.holds(day, self.as_of) && self.row(one.row).basis == Basis::DeJure;
        all.iter().filter(holds)
    }

    /// What is said of a pattern that was looked for and is not there.
    pub fn absence(&self, row: RowId) -> Option<&Absence> {
        self.absent.get(self.row(row).record as usize)?.iter().find(|one| one.row == row)
    }

    /// The statements that a list of one kind is complete on one day.
    pub fn completed(&self, record: RecordId, day: Date) -> impl Iterator<Item = &Complete> {
        self.complete.iter().filter(move |one| one.record == record && one.period.holds(day, self.as_of))
    }

    /// A text of the pool.
    pub fn str(&self, range: Range) -> &str {
        self.text.get(range.span()).unwrap_or("")
    }

    /// Numbers of the pool.
    pub fn list(&self, range: Range) -> &[u32] {
        self.numbers.get(range.span()).unwrap_or(&[])
    }

    /// The long form behind a cell or row.
    pub fn detail(&self, number: u32) -> Option<&Detail> {
        self.details.get((number as usize).checked_sub(1)?)
    }

    /// Evidence of the pool.
    pub fn evidence(&self, range: Range) -> &[Evidence] {
        self.evidence.get(range.span()).unwrap_or(&[])
    }

    /// The id of a row, or the key of its list with its number from 1 where it has none.
    pub fn name(&self, row: RowId, list: &str) -> String {
        let known = self.row(row);
        match self.str(known.id) {
            "" => format!("{list}[{}]", known.index + 1),
            id => id.to_owned(),
        }
    }

    /// A zero-width span at an offset, for a label.
    pub fn at(&self, offset: u32) -> Span {
        Span { start: offset, end: offset }
    }
}
