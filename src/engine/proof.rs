//! Reasons as data: what the evaluator tells a recorder on its way. What is kept points into the model and the facts; words are made of it
//! only where it is shown ([`super::words`]).
//!
//! The steps of one finding lie in one buffer in the order in which they began, so that a step is followed by its parts, and what few steps
//! have (facts, gaps, lists, remarks) lies in pools beside it. A step costs a few words in a buffer that is there already, and one that turns
//! out to say nothing is cut off again ([`super::record`]).

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
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'s, 'm> {
    /// What they are called; nothing for those of a qualifier.
    pub variables: &'m [Variable],
    /// What they stand for.
    pub bound: &'s [Bound],
}

/// A record that is asked for: the noun, in its frame. The same noun with the same variables asks for the same.
#[derive(Clone, Debug)]
pub struct Wanted<'m> {
    /// What is asked of it.
    pub noun: &'m Noun,
    /// What the variables of its frame are called.
    pub variables: &'m [Variable],
    /// What they stand for.
    pub bound: Arc<[Bound]>,
}

impl<'m> Wanted<'m> {
    fn key(&self) -> (u32, u32, u32, &[Bound]) {
        let place = self.noun.place;
        (place.source.0, place.span.start, place.span.end, &self.bound)
    }

    /// Its frame.
    pub fn frame(&self) -> Frame<'_, 'm> {
        Frame { variables: self.variables, bound: &self.bound }
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

/// Part of the pool of what variables and arguments stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// What a step asks.
#[derive(Clone, Copy, Debug)]
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
    Call(&'m Definition, Bounds, bool),
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

/// Number of a step in [`Steps`].
pub type StepId = u32;

/// No entry of a pool.
pub(super) const NONE: u32 = u32::MAX;

/// One step as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'m> {
    pub(super) what: What<'m>,
    pub(super) place: Place,
    /// The step after its last part.
    pub(super) end: StepId,
    /// Its frame in the pool; `NONE` where what is asked has no variables.
    pub(super) frame: u32,
    /// The first and last of its entries in the pool of facts.
    pub(super) facts: [u32; 2],
    /// The first and last of its entries in the pool of what few steps have.
    pub(super) more: [u32; 2],
    pub(super) truth: Truth,
    pub(super) op: Op,
}

/// What few steps have.
#[derive(Clone, Debug)]
pub(super) enum More<'m> {
    Gap(Gap<'m>),
    Closed(RecordId, u32),
    Remark(Remark),
}

/// What is to be said of a step besides.
#[derive(Clone, Debug)]
pub enum Remark {
    /// The list of these records is complete.
    Complete(RecordId),
    /// A text is not in force.
    NotInForce,
    /// Nothing in force states a record.
    NotStated(RowId),
    /// A chain goes in a circle.
    Circle,
    /// In words.
    Words(Box<str>),
}

/// The steps of one finding.
#[derive(Clone, Debug, Default)]
pub struct Steps<'m> {
    pub(super) steps: Vec<Kept<'m>>,
    pub(super) frames: Vec<(&'m [Variable], Bounds)>,
    pub(super) bounds: Vec<Bound>,
    /// Facts, each with the next of the same step.
    pub(super) facts: Vec<(Cited, u32)>,
    /// What few steps have, each with the next of the same step.
    pub(super) more: Vec<(More<'m>, u32)>,
}

impl<'m> Steps<'m> {
    /// A step by number. Invariant: numbers of steps come from these steps.
    pub fn step(&self, id: StepId) -> Step<'_, 'm> {
        Step { steps: self, kept: &self.steps[id as usize], id }
    }

    /// What variables or arguments stand for.
    pub fn bound(&self, range: Bounds) -> &[Bound] {
        self.bounds.get(range.start as usize..(range.start + range.len) as usize).unwrap_or(&[])
    }
}

/// One step of a proof.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s, 'm> {
    steps: &'s Steps<'m>,
    kept: &'s Kept<'m>,
    id: StepId,
}

impl<'s, 'm> Step<'s, 'm> {
    /// What was asked.
    pub fn what(&self) -> &'s What<'m> {
        &self.kept.what
    }

    /// In which frame; empty where what is asked has no variables.
    pub fn frame(&self) -> Frame<'s, 'm> {
        let frame = self.steps.frames.get(self.kept.frame as usize);
        frame.map_or_else(Frame::default, |(variables, range)| Frame { variables, bound: self.steps.bound(*range) })
    }

    /// The arguments of a definition that was asked.
    pub fn arguments(&self, range: Bounds) -> &'s [Bound] {
        self.steps.bound(range)
    }

    /// The clause.
    pub fn place(&self) -> Place {
        self.kept.place
    }

    /// Whether it holds.
    pub fn truth(&self) -> Truth {
        self.kept.truth
    }

    /// How that comes about.
    pub fn op(&self) -> Op {
        self.kept.op
    }

    /// Its parts.
    pub fn parts(&self) -> impl Iterator<Item = Step<'s, 'm>> + use<'s, 'm> {
        let (steps, end) = (self.steps, self.kept.end);
        let at = move |id: StepId| (id < end).then(|| steps.step(id));
        std::iter::successors(at(self.id + 1), move |before| at(before.kept.end))
    }

    /// Facts that it rests on.
    pub fn facts(&self) -> impl Iterator<Item = &'s Cited> + use<'s, 'm> {
        chain(&self.steps.facts, self.kept.facts[0])
    }

    fn more(&self) -> impl Iterator<Item = &'s More<'m>> + use<'s, 'm> {
        chain(&self.steps.more, self.kept.more[0])
    }

    /// What is missing.
    pub fn gaps(&self) -> impl Iterator<Item = &'s Gap<'m>> + use<'s, 'm> {
        self.more().filter_map(|one| if let More::Gap(gap) = one { Some(gap) } else { None })
    }

    /// What is missing, by number in the pool.
    pub(super) fn gap_numbers(&self) -> impl Iterator<Item = u32> + use<'s, 'm> {
        let pool = &self.steps.more;
        let at = |at: u32| pool.get(at as usize).map(|(more, next)| (at, more, *next));
        std::iter::successors(at(self.kept.more[0]), move |(_, _, next)| at(*next))
            .filter_map(|(at, more, _)| if let More::Gap(_) = more { Some(at) } else { None })
    }

    /// Lists that are said to be complete, and where that is said.
    pub fn closed(&self) -> impl Iterator<Item = (RecordId, u32)> + use<'s, 'm> {
        self.more().filter_map(|one| if let More::Closed(record, at) = one { Some((*record, *at)) } else { None })
    }

    /// What is to be said besides: not in force, below the floor, a circle.
    pub fn remark(&self) -> Option<&'s Remark> {
        self.more().filter_map(|one| if let More::Remark(remark) = one { Some(remark) } else { None }).last()
    }

    /// The parts that made the step what it is: of what failed, what failed; of what is open, what is open; of a choice that holds, what holds.
    pub fn deciding(&self) -> Vec<Step<'s, 'm>> {
        let of = |truth: Truth| self.parts().filter(|part| part.truth() == truth).collect::<Vec<_>>();
        match (self.op(), self.truth()) {
            (Op::And, Truth::No) => of(Truth::No),
            (Op::And | Op::Or, Truth::Unknown) => of(Truth::Unknown),
            (Op::Or, Truth::Yes) => of(Truth::Yes),
            (Op::And, Truth::Yes) | (Op::Or, Truth::No) | (Op::Not | Op::Count | Op::Facts, _) => self.parts().collect(),
        }
    }
}

/// The entries of one step in a pool.
fn chain<T>(pool: &[(T, u32)], first: u32) -> impl Iterator<Item = &T> {
    std::iter::successors(pool.get(first as usize), |before| pool.get(before.1 as usize)).map(|one| &one.0)
}
