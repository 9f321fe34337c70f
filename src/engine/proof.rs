//! Reasons as data: what the evaluator tells a recorder on its way. [`Silent`] keeps nothing and costs nothing. What is kept points into the
//! model and the facts; words are made of it only where it is shown ([`super::words`]).

use std::cmp::Ordering;
use std::sync::Arc;

use super::world::Bound;
use crate::facts::RowId;
use crate::model::ir::{Definition, Node, Noun, Test, TestKind, Variable};
use crate::text::Place;
use crate::values::Truth;
use crate::vocabulary::{AttributeId, RecordId};

/// How the truth of a step comes from its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// The least of its parts.
    And,
    /// The greatest of its parts.
    Or,
    /// The denial of its part.
    Not,
    /// By counting its parts.
    Count,
    /// From facts.
    Facts,
}

/// A fact that a step rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cited {
    /// The record.
    pub row: RowId,
    /// The attribute; the record as a whole if none.
    pub attribute: Option<AttributeId>,
}

/// Something missing that would settle a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap<'m> {
    /// An attribute of a record.
    Fact(RowId, AttributeId),
    /// Whether there is a further record, and what is asked of it.
    Record(RecordId, Option<Wanted<'m>>),
    /// Since when, or until when, a provision is in force.
    InForce(RowId),
    /// On which provision a record rests.
    Evidence(RowId),
    /// What the capacity or variable stands for.
    Variable(&'static str),
}

/// The variables of a rule or definition, and what each stands for.
#[derive(Clone, Debug, Default)]
pub struct Frame<'m> {
    /// What they are called; nothing for those of a qualifier.
    pub variables: &'m [Variable],
    /// What they stand for.
    pub bound: Arc<[Bound]>,
}

/// A record that is asked for: the noun, in its frame. The same noun with the same variables asks for the same.
#[derive(Clone, Debug)]
pub struct Wanted<'m> {
    /// What is asked of it.
    pub noun: &'m Noun,
    /// In which frame.
    pub frame: Frame<'m>,
}

impl Wanted<'_> {
    fn key(&self) -> (u32, u32, u32, &[Bound]) {
        let place = self.noun.place;
        (place.source.0, place.span.start, place.span.end, &self.frame.bound)
    }
}

impl PartialEq for Wanted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Wanted<'_> {}

impl PartialOrd for Wanted<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wanted<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// What a step asks.
#[derive(Clone, Debug)]
pub enum What<'m> {
    /// Nothing that is said.
    Nothing,
    /// A condition.
    Node(&'m Node),
    /// A condition, denied.
    Denied(&'m Node),
    /// One attribute of a record.
    Test(Bound, &'m Test),
    /// A definition on its arguments, or its denial.
    Call(&'m Definition, Box<[Bound]>, bool),
    /// Whether a record fits a noun and satisfies what is said of it.
    Member {
        /// The noun.
        noun: &'m Noun,
        /// The record.
        row: RowId,
        /// Whether it may not be one that is meant.
        perhaps: bool,
    },
    /// A record that another points at.
    Named(RowId),
    /// A record at which a chain may end.
    Goal(RowId),
    /// A reading.
    Read(&'m str),
}

impl What<'_> {
    /// Whether its words depend on what variables stand for.
    pub fn has_variables(&self) -> bool {
        match self {
            What::Node(_) | What::Denied(_) => true,
            What::Test(_, test) => match &test.kind {
                TestKind::Terms(_, _, slots) => !slots.is_empty(),
                TestKind::Rows(..) | TestKind::Nested(_) => true,
                TestKind::Order(..) | TestKind::Scalars(..) | TestKind::Compare(..) | TestKind::Stated(_) => false,
            },
            What::Nothing | What::Call(..) | What::Member { .. } | What::Named(_) | What::Goal(_) | What::Read(_) => false,
        }
    }
}

/// What a step asks, in its frame.
#[derive(Clone, Debug)]
pub struct Said<'m> {
    /// What.
    pub what: What<'m>,
    /// In which frame; empty where what is asked has no variables.
    pub frame: Frame<'m>,
}

/// One step of a proof.
#[derive(Clone, Debug)]
pub struct Step<'m> {
    /// What was asked.
    pub said: Said<'m>,
    /// The clause.
    pub place: Place,
    /// Whether it holds.
    pub truth: Truth,
    /// How that comes about.
    pub op: Op,
    /// Its parts.
    pub parts: Vec<Step<'m>>,
    /// The first fact that it rests on; most steps have one or none.
    fact: Option<Cited>,
    /// What few steps have.
    more: Option<Box<More<'m>>>,
}

/// What few steps have.
#[derive(Clone, Debug, Default)]
struct More<'m> {
    facts: Vec<Cited>,
    gaps: Vec<Gap<'m>>,
    closed: Vec<(RecordId, u32)>,
    remark: String,
}

impl<'m> Step<'m> {
    /// A step about which nothing is known yet.
    pub fn new(place: Place, truth: Truth, op: Op, parts: Vec<Step<'m>>) -> Step<'m> {
        Step { said: Said { what: What::Nothing, frame: Frame::default() }, place, truth, op, parts, fact: None, more: None }
    }

    /// Facts that it rests on.
    pub fn facts(&self) -> impl Iterator<Item = &Cited> {
        self.fact.iter().chain(self.more.iter().flat_map(|more| &more.facts))
    }

    /// What is missing.
    pub fn gaps(&self) -> &[Gap<'m>] {
        self.more.as_ref().map_or(&[], |more| &more.gaps)
    }

    /// Lists that are said to be complete, and where that is said.
    pub fn closed(&self) -> &[(RecordId, u32)] {
        self.more.as_ref().map_or(&[], |more| &more.closed)
    }

    /// What is to be said besides: not in force, below the floor, a circle.
    pub fn remark(&self) -> &str {
        self.more.as_ref().map_or("", |more| &more.remark)
    }

    fn more(&mut self) -> &mut More<'m> {
        self.more.get_or_insert_default()
    }

    /// The parts that made the step what it is: of what failed, what failed; of what is open, what is open; of a choice that holds, what holds.
    pub fn deciding(&self) -> Vec<&Self> {
        let of = |truth: Truth| self.parts.iter().filter(|part| part.truth == truth).collect::<Vec<_>>();
        match (self.op, self.truth) {
            (Op::And, Truth::No) => of(Truth::No),
            (Op::And | Op::Or, Truth::Unknown) => of(Truth::Unknown),
            (Op::Or, Truth::Yes) => of(Truth::Yes),
            (Op::And, Truth::Yes) | (Op::Or, Truth::No) | (Op::Not | Op::Count | Op::Facts, _) => self.parts.iter().collect(),
        }
    }
}

/// What the evaluator talks to.
pub trait Recorder<'m>: Default {
    /// Whether anything is kept; where not, evaluation may stop as soon as truth is settled.
    const KEEPS: bool;
    /// Whether something is kept at this moment; words are made only then.
    fn keeping(&self) -> bool;
    /// A step begins.
    fn open(&mut self);
    /// The step that began last ends.
    fn close(&mut self, finish: impl FnOnce() -> (Said<'m>, Place, Truth, Op));
    /// The step that began last is dropped.
    fn drop_step(&mut self);
    /// A fact of the current step.
    fn fact(&mut self, row: RowId, attribute: Option<AttributeId>);
    /// A list that is said to be complete, where the current step rests on that.
    fn closed(&mut self, record: RecordId, at: u32);
    /// Something missing in the current step.
    fn gap(&mut self, gap: impl FnOnce() -> Gap<'m>);
    /// A remark on the current step.
    fn remark(&mut self, remark: impl FnOnce() -> String);
    /// Stops or resumes keeping.
    fn mute(&mut self, on: bool);
    /// The finished steps.
    fn take(&mut self) -> Vec<Step<'m>>;
}

/// Keeps nothing.
#[derive(Default)]
pub struct Silent;

impl<'m> Recorder<'m> for Silent {
    const KEEPS: bool = false;
    fn keeping(&self) -> bool {
        false
    }
    fn open(&mut self) {}
    fn close(&mut self, _: impl FnOnce() -> (Said<'m>, Place, Truth, Op)) {}
    fn drop_step(&mut self) {}
    fn fact(&mut self, _: RowId, _: Option<AttributeId>) {}
    fn closed(&mut self, _: RecordId, _: u32) {}
    fn gap(&mut self, _: impl FnOnce() -> Gap<'m>) {}
    fn remark(&mut self, _: impl FnOnce() -> String) {}
    fn mute(&mut self, _: bool) {}
    fn take(&mut self) -> Vec<Step<'m>> {
        Vec::new()
    }
}

/// Keeps everything.
#[derive(Default)]
pub struct Recording<'m> {
    open: Vec<Step<'m>>,
    done: Vec<Step<'m>>,
    muted: u32,
}

impl<'m> Recording<'m> {
    fn current(&mut self) -> Option<&mut Step<'m>> {
        if self.muted > 0 { None } else { self.open.last_mut() }
    }
}

impl<'m> Recorder<'m> for Recording<'m> {
    const KEEPS: bool = true;

    fn keeping(&self) -> bool {
        self.muted == 0
    }

    fn open(&mut self) {
        if self.muted == 0 {
            let place = Place { source: crate::text::SourceId(0), span: crate::text::Span::default() };
            self.open.push(Step::new(place, Truth::Unknown, Op::Facts, Vec::new()));
        }
    }

    fn close(&mut self, finish: impl FnOnce() -> (Said<'m>, Place, Truth, Op)) {
        if self.muted > 0 {
            return;
        }
        let Some(mut step) = self.open.pop() else { return };
        (step.said, step.place, step.truth, step.op) = finish();
        match self.open.last_mut() {
            Some(parent) => parent.parts.push(step),
            None => self.done.push(step),
        }
    }

    fn drop_step(&mut self) {
        if self.muted == 0 {
            self.open.pop();
        }
    }

    fn fact(&mut self, row: RowId, attribute: Option<AttributeId>) {
        if let Some(step) = self.current() {
            let cited = Cited { row, attribute };
            if step.fact.is_none() { step.fact = Some(cited) } else { step.more().facts.push(cited) }
        }
    }

    fn closed(&mut self, record: RecordId, at: u32) {
        if let Some(step) = self.current() {
            step.more().closed.push((record, at));
        }
    }

    fn gap(&mut self, gap: impl FnOnce() -> Gap<'m>) {
        if let Some(step) = self.current() {
            step.more().gaps.push(gap());
        }
    }

    fn remark(&mut self, remark: impl FnOnce() -> String) {
        if let Some(step) = self.current() {
            step.more().remark = remark();
        }
    }

    fn mute(&mut self, on: bool) {
        self.muted = if on { self.muted + 1 } else { self.muted.saturating_sub(1) };
    }

    fn take(&mut self) -> Vec<Step<'m>> {
        self.open.clear();
        std::mem::take(&mut self.done)
    }
}
