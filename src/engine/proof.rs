//! Reasons as data: what the evaluator tells a recorder on its way. [`Silent`] keeps nothing and costs nothing.

use crate::facts::RowId;
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gap {
    /// An attribute of a record.
    Fact(RowId, AttributeId),
    /// Whether there is a further record like this; the text says what is asked.
    Record(RecordId, String),
    /// Since when, or until when, a provision is in force.
    InForce(RowId),
    /// On which provision a record rests.
    Evidence(RowId),
    /// What the capacity or variable stands for.
    Variable(String),
}

/// One step of a proof.
#[derive(Clone, Debug)]
pub struct Step {
    /// What was asked, in words.
    pub text: String,
    /// The clause.
    pub place: Place,
    /// Whether it holds.
    pub truth: Truth,
    /// How that comes about.
    pub op: Op,
    /// Its parts.
    pub parts: Vec<Step>,
    /// Facts that it rests on.
    pub facts: Vec<Cited>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Lists that are said to be complete, and where that is said.
    pub closed: Vec<(RecordId, u32)>,
    /// What is to be said besides: not in force, below the floor, a circle.
    pub remark: String,
}

impl Step {
    /// A step that has one part of the same truth, and says the same or nothing more, gives way to it.
    pub fn essence(&self) -> &Step {
        match self.parts.as_slice() {
            [part]
                if part.truth == self.truth
                    && (part.text == self.text || self.text.is_empty() || part.text.is_empty() && part.parts.len() == 1) =>
            {
                part.essence()
            }
            _ => self,
        }
    }

    /// The parts that made the step what it is: of what failed, what failed; of what is open, what is open; of a choice that holds, what holds.
    pub fn deciding(&self) -> Vec<&Step> {
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
pub trait Recorder: Default {
    /// Whether anything is kept; where not, evaluation may stop as soon as truth is settled.
    const KEEPS: bool;
    /// Whether something is kept at this moment; words are made only then.
    fn keeping(&self) -> bool;
    /// A step begins.
    fn open(&mut self);
    /// The step that began last ends.
    fn close(&mut self, finish: impl FnOnce() -> (String, Place, Truth, Op));
    /// The step that began last is dropped.
    fn drop_step(&mut self);
    /// A fact of the current step.
    fn fact(&mut self, row: RowId, attribute: Option<AttributeId>);
    /// A list that is said to be complete, where the current step rests on that.
    fn closed(&mut self, record: RecordId, at: u32);
    /// Something missing in the current step.
    fn gap(&mut self, gap: impl FnOnce() -> Gap);
    /// A remark on the current step.
    fn remark(&mut self, remark: impl FnOnce() -> String);
    /// Stops or resumes keeping.
    fn mute(&mut self, on: bool);
    /// The finished steps.
    fn take(&mut self) -> Vec<Step>;
}

/// Keeps nothing.
#[derive(Default)]
pub struct Silent;

impl Recorder for Silent {
    const KEEPS: bool = false;
    fn keeping(&self) -> bool {
        false
    }
    fn open(&mut self) {}
    fn close(&mut self, _: impl FnOnce() -> (String, Place, Truth, Op)) {}
    fn drop_step(&mut self) {}
    fn fact(&mut self, _: RowId, _: Option<AttributeId>) {}
    fn closed(&mut self, _: RecordId, _: u32) {}
    fn gap(&mut self, _: impl FnOnce() -> Gap) {}
    fn remark(&mut self, _: impl FnOnce() -> String) {}
    fn mute(&mut self, _: bool) {}
    fn take(&mut self) -> Vec<Step> {
        Vec::new()
    }
}

/// Keeps everything.
#[derive(Default)]
pub struct Recording {
    open: Vec<Step>,
    done: Vec<Step>,
    muted: u32,
}

impl Recording {
    fn current(&mut self) -> Option<&mut Step> {
        if self.muted > 0 { None } else { self.open.last_mut() }
    }
}

impl Recorder for Recording {
    const KEEPS: bool = true;

    fn keeping(&self) -> bool {
        self.muted == 0
    }

    fn open(&mut self) {
        if self.muted == 0 {
            let place = Place { source: crate::text::SourceId(0), span: crate::text::Span::default() };
            self.open.push(Step {
                text: String::new(),
                place,
                truth: Truth::Unknown,
                op: Op::Facts,
                parts: Vec::new(),
                facts: Vec::new(),
                gaps: Vec::new(),
                closed: Vec::new(),
                remark: String::new(),
            });
        }
    }

    fn close(&mut self, finish: impl FnOnce() -> (String, Place, Truth, Op)) {
        if self.muted > 0 {
            return;
        }
        let Some(mut step) = self.open.pop() else { return };
        (step.text, step.place, step.truth, step.op) = finish();
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
            step.facts.push(Cited { row, attribute });
        }
    }

    fn closed(&mut self, record: RecordId, at: u32) {
        if let Some(step) = self.current() {
            step.closed.push((record, at));
        }
    }

    fn gap(&mut self, gap: impl FnOnce() -> Gap) {
        if let Some(step) = self.current() {
            step.gaps.push(gap());
        }
    }

    fn remark(&mut self, remark: impl FnOnce() -> String) {
        if let Some(step) = self.current() {
            step.remark = remark();
        }
    }

    fn mute(&mut self, on: bool) {
        self.muted = if on { self.muted + 1 } else { self.muted.saturating_sub(1) };
    }

    fn take(&mut self) -> Vec<Step> {
        self.open.clear();
        std::mem::take(&mut self.done)
    }
}
