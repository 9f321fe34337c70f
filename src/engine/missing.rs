//! The smallest set of facts that would settle a step, found over its proof: for *and*, one unknown part that fails or all that hold; for
//! *or*, the other way round. Parts that share a fact are counted once each, so the set is smallest for proofs whose parts share none.

use super::proof::{Gap, Op, Step};
use crate::values::Truth;

/// A set of gaps, sorted.
type Set<'m> = Vec<Gap<'m>>;
/// What would make a step hold, and what would make it fail.
type Both<'m> = (Option<Set<'m>>, Option<Set<'m>>);

/// The smaller of the sets that would make the step hold and that would make it fail; ties go to holding.
pub fn smallest<'m>(step: &Step<'m>) -> Set<'m> {
    smaller(settle(step))
}

/// The same of steps that are joined by `op` and come to `truth` together.
pub fn smallest_of<'m>(op: Op, truth: Truth, steps: &[&Step<'m>]) -> Set<'m> {
    smaller(settled(op, truth, steps.iter().copied(), &[]))
}

fn smaller<'m>((holds, fails): Both<'m>) -> Set<'m> {
    match (holds, fails) {
        (Some(holds), Some(fails)) => {
            if fails.len() < holds.len() {
                fails
            } else {
                holds
            }
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Vec::new(),
    }
}

/// The sets that could make a step hold, and fail; `None` where nothing can.
pub fn settle<'m>(step: &Step<'m>) -> Both<'m> {
    settled(step.op, step.truth, step.parts.iter(), step.gaps())
}

fn settled<'s, 'm: 's>(op: Op, truth: Truth, steps: impl Iterator<Item = &'s Step<'m>>, gaps: &[Gap<'m>]) -> Both<'m> {
    match truth {
        Truth::Yes => return (Some(Vec::new()), None),
        Truth::No => return (None, Some(Vec::new())),
        Truth::Unknown => {}
    }
    let mut parts: Vec<Both<'m>> = steps.filter(|part| part.truth == Truth::Unknown).map(settle).collect();
    parts.extend(gaps.iter().map(|gap| (Some(vec![gap.clone()]), Some(vec![gap.clone()]))));
    match op {
        Op::And => (all(parts.iter().map(|part| &part.0)), least(parts.iter().map(|part| &part.1))),
        Op::Or => (least(parts.iter().map(|part| &part.0)), all(parts.iter().map(|part| &part.1))),
        Op::Not => (all(parts.iter().map(|part| &part.1)), least(parts.iter().map(|part| &part.0))),
        Op::Count | Op::Facts => {
            let every = all(parts.iter().map(|part| if part.0.is_some() { &part.0 } else { &part.1 }));
            (every.clone(), every)
        }
    }
}

fn all<'a, 'm: 'a>(sets: impl Iterator<Item = &'a Option<Set<'m>>>) -> Option<Set<'m>> {
    let mut union: Set<'m> = Vec::new();
    for set in sets {
        union.extend(set.clone()?);
    }
    union.sort();
    union.dedup();
    Some(union)
}

fn least<'a, 'm: 'a>(sets: impl Iterator<Item = &'a Option<Set<'m>>>) -> Option<Set<'m>> {
    sets.flatten().min_by_key(|set| set.len()).cloned()
}
