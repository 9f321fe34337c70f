//! Recorders: what the evaluator tells its reasons to. [`Silent`] keeps nothing and costs nothing; [`Recording`] writes the steps of all findings
//! of a description into the same buffers, which are as long from the start as they became the last time.

use std::sync::Arc;

use super::proof::{Bounds, Cited, Gap, Kept, More, NONE, Op, Remark, StepId, Steps, Wanted, What};
use super::world::Bound;
use crate::facts::RowId;
use crate::model::ir::{Noun, Variable};
use crate::text::{Place, SourceId, Span};
use crate::values::Truth;
use crate::vocabulary::{AttributeId, RecordId};

/// The variables at hand, as the evaluator holds them.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, 'm> {
    pub(super) variables: &'m [Variable],
    pub(super) bound: &'s [Bound],
}

/// What the evaluator talks to.
pub(super) trait Recorder<'m>: Default {
    /// Whether anything is kept; where not, evaluation may stop as soon as truth is settled.
    const KEEPS: bool;
    /// The number of the step that would begin now.
    fn next(&self) -> Option<StepId>;
    /// A step begins.
    fn open(&mut self);
    /// The step that began last ends.
    fn close(&mut self, what: What<'m>, scope: Scope<'_, 'm>, place: Place, truth: Truth, op: Op);
    /// The step that began last is dropped.
    fn drop_step(&mut self);
    /// A fact of the current step.
    fn fact(&mut self, row: RowId, attribute: Option<AttributeId>);
    /// A list that is said to be complete, where the current step rests on that.
    fn closed(&mut self, record: RecordId, at: u32);
    /// Something missing in the current step.
    fn gap(&mut self, gap: impl FnOnce() -> Gap<'m>);
    /// A record that may be missing in the current step.
    fn wanted(&mut self, noun: &'m Noun, scope: Scope<'_, 'm>);
    /// A remark on the current step.
    fn remark(&mut self, remark: impl FnOnce() -> Remark);
    /// Arguments, to be named by a step.
    fn arguments(&mut self, arguments: impl Iterator<Item = Bound>) -> Bounds;
    /// The steps that are kept so far.
    fn steps(&self) -> Option<&Steps<'m>>;
    /// How much is kept so far.
    fn mark(&self) -> Mark;
    /// Forgets what was kept since.
    fn cut(&mut self, mark: Mark);
}

/// Keeps nothing.
#[derive(Default)]
pub(super) struct Silent;

impl<'m> Recorder<'m> for Silent {
    const KEEPS: bool = false;
    fn next(&self) -> Option<StepId> {
        None
    }
    fn open(&mut self) {}
    fn close(&mut self, _: What<'m>, _: Scope<'_, 'm>, _: Place, _: Truth, _: Op) {}
    fn drop_step(&mut self) {}
    fn fact(&mut self, _: RowId, _: Option<AttributeId>) {}
    fn closed(&mut self, _: RecordId, _: u32) {}
    fn gap(&mut self, _: impl FnOnce() -> Gap<'m>) {}
    fn wanted(&mut self, _: &'m Noun, _: Scope<'_, 'm>) {}
    fn remark(&mut self, _: impl FnOnce() -> Remark) {}
    fn arguments(&mut self, _: impl Iterator<Item = Bound>) -> Bounds {
        Bounds::default()
    }
    fn steps(&self) -> Option<&Steps<'m>> {
        None
    }
    fn mark(&self) -> Mark {
        Mark::default()
    }
    fn cut(&mut self, _: Mark) {}
}

/// How long the pools were when a step began.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    step: StepId,
    frames: u32,
    bounds: u32,
    facts: u32,
    pub(super) more: u32,
}

/// Keeps everything.
#[derive(Default)]
pub(super) struct Recording<'m> {
    kept: Steps<'m>,
    open: Vec<Mark>,
    /// What the variables of the frame of this number stand for, as wants hold it.
    shared: Option<(u32, Arc<[Bound]>)>,
}

/// The length of a pool. Memory ends long before numbers do.
fn len<T>(pool: &[T]) -> u32 {
    u32::try_from(pool.len()).unwrap_or(NONE)
}

impl<'m> Recording<'m> {
    /// A recorder with buffers as long as these became.
    pub(super) fn sized(long: Mark) -> Recording<'m> {
        let kept = Steps {
            steps: Vec::with_capacity(long.step as usize),
            frames: Vec::with_capacity(long.frames as usize),
            bounds: Vec::with_capacity(long.bounds as usize),
            facts: Vec::with_capacity(long.facts as usize),
            more: Vec::with_capacity(long.more as usize),
        };
        Recording { kept, open: Vec::new(), shared: None }
    }

    /// What was kept; the recorder begins anew.
    pub(super) fn take(&mut self) -> Option<Arc<Steps<'m>>> {
        self.shared = None;
        let kept = std::mem::take(&mut self.kept);
        (!kept.steps.is_empty()).then(|| Arc::new(kept))
    }

    /// The frame at hand in the pool; the last one where nothing has changed since.
    fn frame(&mut self, scope: Scope<'_, 'm>) -> u32 {
        if let Some((variables, range)) = self.kept.frames.last()
            && std::ptr::eq(*variables, scope.variables)
            && self.kept.bound(*range) == scope.bound
        {
            return len(&self.kept.frames) - 1;
        }
        let range = self.arguments(scope.bound.iter().copied());
        self.kept.frames.push((scope.variables, range));
        len(&self.kept.frames) - 1
    }

    fn more(&mut self, more: More<'m>) {
        let Some(begun) = self.open.last() else { return };
        let at = len(&self.kept.more);
        self.kept.more.push((more, NONE));
        let [first, last] = &mut self.kept.steps[begun.step as usize].more;
        match self.kept.more.get_mut(*last as usize) {
            Some(before) => before.1 = at,
            None => *first = at,
        }
        *last = at;
    }
}

impl<'m> Recorder<'m> for Recording<'m> {
    const KEEPS: bool = true;

    fn next(&self) -> Option<StepId> {
        Some(len(&self.kept.steps))
    }

    fn mark(&self) -> Mark {
        let kept = &self.kept;
        Mark {
            step: len(&kept.steps),
            frames: len(&kept.frames),
            bounds: len(&kept.bounds),
            facts: len(&kept.facts),
            more: len(&kept.more),
        }
    }

    fn cut(&mut self, mark: Mark) {
        let kept = &mut self.kept;
        kept.steps.truncate(mark.step as usize);
        kept.frames.truncate(mark.frames as usize);
        kept.bounds.truncate(mark.bounds as usize);
        kept.facts.truncate(mark.facts as usize);
        kept.more.truncate(mark.more as usize);
        self.shared.take_if(|shared| shared.0 >= mark.frames);
    }

    fn open(&mut self) {
        self.open.push(self.mark());
        let kept = &mut self.kept;
        kept.steps.push(Kept {
            what: What::Nothing,
            place: Place { source: SourceId(0), span: Span::default() },
            end: NONE,
            frame: NONE,
            facts: [NONE; 2],
            more: [NONE; 2],
            truth: Truth::Unknown,
            op: Op::Facts,
        });
    }

    fn close(&mut self, what: What<'m>, scope: Scope<'_, 'm>, place: Place, truth: Truth, op: Op) {
        let Some(begun) = self.open.pop() else { return };
        let frame = if what.has_variables() { self.frame(scope) } else { NONE };
        let end = len(&self.kept.steps);
        let step = &mut self.kept.steps[begun.step as usize];
        *step = Kept { what, place, end, frame, truth, op, ..*step };
    }

    fn drop_step(&mut self) {
        if let Some(mark) = self.open.pop() {
            self.cut(mark);
        }
    }

    fn fact(&mut self, row: RowId, attribute: Option<AttributeId>) {
        let Some(begun) = self.open.last() else { return };
        let at = len(&self.kept.facts);
        self.kept.facts.push((Cited { row, attribute }, NONE));
        let [first, last] = &mut self.kept.steps[begun.step as usize].facts;
        match self.kept.facts.get_mut(*last as usize) {
            Some(before) => before.1 = at,
            None => *first = at,
        }
        *last = at;
    }

    fn closed(&mut self, record: RecordId, at: u32) {
        self.more(More::Closed(record, at));
    }

    fn gap(&mut self, gap: impl FnOnce() -> Gap<'m>) {
        self.more(More::Gap(gap()));
    }

    fn wanted(&mut self, noun: &'m Noun, scope: Scope<'_, 'm>) {
        let frame = self.frame(scope);
        let bound = match &self.shared {
            Some((known, bound)) if *known == frame => Arc::clone(bound),
            _ => Arc::from(scope.bound),
        };
        self.shared = Some((frame, Arc::clone(&bound)));
        self.more(More::Gap(Gap::Record(noun.record, Some(Wanted { noun, variables: scope.variables, bound }))));
    }

    fn remark(&mut self, remark: impl FnOnce() -> Remark) {
        self.more(More::Remark(remark()));
    }

    fn arguments(&mut self, arguments: impl Iterator<Item = Bound>) -> Bounds {
        let start = len(&self.kept.bounds);
        self.kept.bounds.extend(arguments);
        Bounds { start, len: len(&self.kept.bounds) - start }
    }

    fn steps(&self) -> Option<&Steps<'m>> {
        Some(&self.kept)
    }
}
