//! The smallest set of facts that would settle a step, found over its proof: for *and*, one unknown part that fails or all that hold; for
//! *or*, the other way round. Parts that share a fact are counted once each, so the set is smallest for proofs whose parts share none.
//!
//! Gaps are numbered first, equal ones with one number, so that a set of them is a few bits.

use super::proof::{Gap, More, Op, Step, Steps};
use super::record::Mark;
use crate::values::Truth;

/// The gaps of the steps of one finding, numbered.
pub(super) struct Missing<'s, 'm> {
    /// Where in the pool the finding begins.
    from: usize,
    /// For each place in the pool from there, the number of its gap.
    numbers: Vec<u32>,
    /// The gaps, each once, sorted.
    gaps: Vec<&'s Gap<'m>>,
}

/// Numbers of gaps.
trait Set: Clone + Default {
    fn of(number: u32) -> Self;
    fn join(&mut self, other: &Self);
    fn size(&self) -> u32;
    fn has(&self, number: u32) -> bool;
}

impl Set for u128 {
    fn of(number: u32) -> u128 {
        1 << number.min(127)
    }
    fn join(&mut self, other: &u128) {
        *self |= other;
    }
    fn size(&self) -> u32 {
        self.count_ones()
    }
    fn has(&self, number: u32) -> bool {
        self >> number.min(127) & 1 == 1
    }
}

/// For findings with more gaps than bits.
impl Set for std::collections::BTreeSet<u32> {
    fn of(number: u32) -> Self {
        Self::from([number])
    }
    fn join(&mut self, other: &Self) {
        self.extend(other);
    }
    fn size(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
    fn has(&self, number: u32) -> bool {
        self.contains(&number)
    }
}

/// What would make a step hold, and what would make it fail; `None` where nothing can.
type Both<S> = (Option<S>, Option<S>);

/// What the parts of a step come to together.
struct Together<S> {
    all: Both<S>,
    least: Both<S>,
    /// All that settle, this way or that.
    every: Option<S>,
}

impl<S: Set> Together<S> {
    fn add(&mut self, part: &Both<S>) {
        join(&mut self.all.0, part.0.as_ref());
        join(&mut self.all.1, part.1.as_ref());
        join(&mut self.every, part.0.as_ref().or(part.1.as_ref()));
        for (least, one) in [(&mut self.least.0, &part.0), (&mut self.least.1, &part.1)] {
            if one.as_ref().is_some_and(|one| least.as_ref().is_none_or(|least| one.size() < least.size())) {
                least.clone_from(one);
            }
        }
    }

    fn settled(self, op: Op) -> Both<S> {
        match op {
            Op::And => (self.all.0, self.least.1),
            Op::Or => (self.least.0, self.all.1),
            Op::Not => (self.all.1, self.least.0),
            Op::Count | Op::Facts => (self.every.clone(), self.every),
        }
    }
}

fn join<S: Set>(all: &mut Option<S>, one: Option<&S>) {
    match (all.as_mut(), one) {
        (Some(all), Some(one)) => all.join(one),
        _ => *all = None,
    }
}

impl<'s, 'm> Missing<'s, 'm> {
    /// The gaps that were kept since.
    pub(super) fn new(steps: &'s Steps<'m>, mark: Mark) -> Missing<'s, 'm> {
        let from = mark.more as usize;
        let pool = steps.more.get(from..).unwrap_or(&[]);
        let mut all: Vec<(&Gap<'m>, usize)> = Vec::new();
        all.extend(pool.iter().enumerate().filter_map(|(at, (more, _))| if let More::Gap(gap) = more { Some((gap, at)) } else { None }));
        all.sort_unstable();
        let (mut numbers, mut gaps): (Vec<u32>, Vec<&Gap<'m>>) = (vec![0; pool.len()], Vec::new());
        for (gap, at) in all {
            if gaps.last() != Some(&gap) {
                gaps.push(gap);
            }
            numbers[at] = u32::try_from(gaps.len() - 1).unwrap_or(u32::MAX);
        }
        Missing { from, numbers, gaps }
    }

    /// The smaller of the sets that would make the step hold and that would make it fail, sorted; ties go to holding.
    pub(super) fn smallest(&self, step: Step<'_, 'm>) -> Vec<Gap<'m>> {
        self.smallest_of(Op::And, step.truth(), std::iter::once(step))
    }

    /// The same of steps that are joined by `op` and come to `truth` together.
    pub(super) fn smallest_of<'a>(&self, op: Op, truth: Truth, steps: impl Iterator<Item = Step<'a, 'm>>) -> Vec<Gap<'m>>
    where
        'm: 'a,
    {
        if truth != Truth::Unknown {
            return Vec::new();
        }
        if self.gaps.len() <= 128 { self.found::<u128>(op, steps) } else { self.found::<std::collections::BTreeSet<u32>>(op, steps) }
    }

    fn found<'a, S: Set>(&self, op: Op, steps: impl Iterator<Item = Step<'a, 'm>>) -> Vec<Gap<'m>>
    where
        'm: 'a,
    {
        let (holds, fails) = self.settled::<S>(op, steps, std::iter::empty());
        let smaller = match (holds, fails) {
            (Some(holds), Some(fails)) if fails.size() < holds.size() => fails,
            (Some(one), _) | (None, Some(one)) => one,
            (None, None) => return Vec::new(),
        };
        (0..).zip(&self.gaps).filter(|(number, _)| smaller.has(*number)).map(|(_, gap)| (*gap).clone()).collect()
    }

    /// The sets that could make open steps and gaps hold together, and fail.
    fn settled<'a, S: Set>(&self, op: Op, steps: impl Iterator<Item = Step<'a, 'm>>, gaps: impl Iterator<Item = u32>) -> Both<S>
    where
        'm: 'a,
    {
        let mut together = Together { all: (Some(S::default()), Some(S::default())), least: (None, None), every: Some(S::default()) };
        for part in steps.filter(|part| part.truth() == Truth::Unknown) {
            together.add(&self.settled::<S>(part.op(), part.parts(), part.gap_numbers()));
        }
        for number in gaps.filter_map(|at| self.numbers.get((at as usize).checked_sub(self.from)?)) {
            together.add(&(Some(S::of(*number)), Some(S::of(*number))));
        }
        together.settled(op)
    }
}
