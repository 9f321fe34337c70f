//! One rule, one subject, one capacity, one situation → a verdict with its proof.

use std::sync::Arc;

use super::desk::Desk;
use super::evaluate::{Evaluator, Ground};
use super::missing::Missing;
use super::proof::{Bounds, Frame, Gap, Op, Step, StepId, Steps};
use super::record::{Recorder, Silent};
use super::world::{Bound, World};
use crate::facts::RowId;
use crate::model::ir::{Expr, Join, Limb, LimbTest, Limbs, Modality, Node, Outcome, QualifierId, Rule, Variable, Verdict};
use crate::values::Truth;

/// So many limbs of one rule may be open as to whether they arise: each doubles the ways that are looked at. A rule has some five limbs.
const MOST_OPEN: usize = 12;

/// What became of one limb.
#[derive(Clone, Copy, Debug)]
pub struct LimbResult<'m> {
    /// The limb.
    pub limb: &'m Limb,
    /// Whether it holds, on any evidence in force.
    pub truth: Truth,
    /// Whether it holds on evidence that reaches the floor.
    pub strict: Truth,
    /// Whether it may arise: its guard does not certainly fail.
    pub arises: bool,
    /// Where it is unknown whether it arises: whether it holds if it does, on evidence of the floor and on any.
    pub guarded: Option<(Truth, Truth)>,
    /// Whether an exception excused it.
    pub excused: bool,
    /// Whether it stands in the place of an excused one.
    pub substitute: bool,
    /// How it comes about; nothing if no reasons were asked for.
    pub step: Option<StepId>,
    /// The same with the floor, where only that is open.
    pub strict_step: Option<StepId>,
}

impl<'m> LimbResult<'m> {
    /// `a`
    pub fn label(&self) -> &'m str {
        &self.limb.label
    }

    /// The plain sentence, in the frame of its proof.
    pub fn says(&self, world: &World<'_>, frame: Frame<'_, 'm>) -> String {
        let reader = super::words::reader(world, frame);
        match &self.limb.says {
            Some(says) => reader.fill(says, frame.variables),
            None => reader.node(&self.limb.node),
        }
    }
}

/// Why a verdict is what it is.
#[derive(Clone, Debug, Default)]
pub struct Proof<'m> {
    /// The limbs that were asked, in order.
    pub limbs: Vec<LimbResult<'m>>,
    /// The exception that decided, by its place in the rule.
    pub exception: Option<usize>,
    /// Exceptions of which it is unknown whether they apply, with their steps.
    pub open_exceptions: Vec<(usize, Option<StepId>)>,
    /// The step of the exception that decided.
    pub exception_step: Option<StepId>,
    /// Whether the limbs hold, but only on evidence below the floor.
    pub below_floor: bool,
    /// Whether the modality held the verdict back.
    pub bounded: bool,
    /// What lowered the verdict in fact.
    pub lowered: Option<StepId>,
    /// The verdict on law alone, where something in fact could lower it.
    pub before: Option<Verdict>,
    /// Whether the verdict was lowered.
    pub was_lowered: bool,
    /// The smallest set of facts that would settle the verdict.
    pub missing: Vec<Gap<'m>>,
    /// The selection, where it is unknown whether the rule is for this subject.
    pub selection: Option<StepId>,
    /// What the rule's variables are called; nothing if no reasons were asked for.
    pub variables: &'m [Variable],
    /// What they stand for.
    pub bound: Bounds,
    /// Its steps, among those of other findings; nothing if no reasons were asked for.
    pub steps: Option<Arc<Steps<'m>>>,
}

impl<'m> Proof<'m> {
    /// A step of this proof, if one is there.
    pub fn step(&self, id: Option<StepId>) -> Option<Step<'_, 'm>> {
        Some(self.steps.as_ref()?.step(id?))
    }

    /// The same without its reasons.
    pub(super) fn untold(mut self) -> Proof<'m> {
        for limb in &mut self.limbs {
            (limb.step, limb.strict_step) = (None, None);
        }
        self.open_exceptions.iter_mut().for_each(|one| one.1 = None);
        Proof { exception_step: None, lowered: None, missing: Vec::new(), variables: &[], bound: Bounds::default(), ..self }
    }

    /// The frame of its limbs.
    pub fn frame(&self) -> Frame<'_, 'm> {
        let bound = self.steps.as_ref().map_or(&[][..], |steps| steps.bound(self.bound));
        Frame { variables: self.variables, bound }
    }
}

/// The verdict of a rule on bound variables. Its steps stay with the recorder.
pub(super) fn decide<'m, R: Recorder<'m>>(case: Case<'_, 'm>, desk: &mut Desk<'m>, recorder: &mut R) -> (Verdict, Proof<'m>) {
    let from = recorder.mark();
    let mut judge = Judge { case, desk, recorder };
    let rule = case.rule;
    let (mut verdict, mut proof) = judge.under_exceptions(0);
    if let (Some(node), Verdict::Met | Verdict::Partly) = (&rule.lowered, verdict) {
        proof.before = Some(verdict);
        let lower = if verdict == Verdict::Met { Verdict::Partly } else { Verdict::NotMet };
        let lower = bound(rule.modality, lower, &proof.limbs).0;
        let mut evaluator = judge.evaluator();
        evaluator.observed = true;
        // Only what was certainly observed lowers; that nobody reported anything changes nothing.
        proof.was_lowered = evaluator.silent(|quick| quick.node(node)) == Truth::Yes;
        if proof.was_lowered {
            verdict = lower;
            proof.lowered = evaluator.recorder.next();
            evaluator.told(node);
        }
    }
    if R::KEEPS {
        proof.variables = &rule.variables;
        let bound = |slot: u16| case.bindings.iter().rev().find(|known| known.0 == slot).map_or(Bound::Nothing, |known| known.1);
        proof.bound = judge.recorder.arguments((0u16..).take(rule.variables.len()).map(bound));
    }
    if let (Verdict::CannotTell, Some(steps)) = (verdict, judge.recorder.steps()) {
        proof.missing = what_is_missing(rule, &proof, Missing::new(steps, from), steps);
    }
    (verdict, proof)
}

/// What is to be decided: a rule in one situation, on bound variables.
#[derive(Clone, Copy)]
pub(super) struct Case<'w, 'm> {
    pub(super) ground: Ground<'w, 'm>,
    pub(super) rule: &'m Rule,
    pub(super) bindings: &'w [(u16, Bound)],
}

struct Judge<'d, 'w, 'm, R> {
    case: Case<'w, 'm>,
    desk: &'d mut Desk<'m>,
    recorder: &'d mut R,
}

impl<'w, 'm, R: Recorder<'m>> Judge<'_, 'w, 'm, R> {
    fn evaluator(&mut self) -> Evaluator<'_, 'w, 'm, R> {
        let mut evaluator = Evaluator::new(self.case.ground, self.desk, self.recorder);
        for (slot, bound) in self.case.bindings {
            evaluator.set(*slot, *bound);
        }
        evaluator
    }

    /// The evaluator of a limb.
    fn of_limb(&mut self) -> Evaluator<'_, 'w, 'm, R> {
        let support = self.case.rule.modality != Modality::NotAllow;
        let mut evaluator = self.evaluator();
        evaluator.support = support;
        evaluator
    }

    /// The verdict if none of the stronger exceptions applies.
    fn under_exceptions(&mut self, at: usize) -> (Verdict, Proof<'m>) {
        let rule = self.case.rule;
        let Some(exception) = rule.exceptions.get(at) else { return self.limbs(None) };
        let mut evaluator = self.evaluator();
        let applies = evaluator.silent(|quick| quick.node(&exception.condition));
        if applies == Truth::No {
            return self.under_exceptions(at + 1);
        }
        let step = evaluator.recorder.next();
        evaluator.told(&exception.condition);
        if applies == Truth::Yes {
            let (verdict, mut proof) = self.apply(at);
            proof.exception_step = step;
            return (verdict, proof);
        }
        let (with, _) = Judge { case: self.case, desk: self.desk, recorder: &mut Silent }.apply(at);
        let (without, mut proof) = self.under_exceptions(at + 1);
        proof.open_exceptions.insert(0, (at, step));
        (if with == without { without } else { Verdict::CannotTell }, proof)
    }

    fn apply(&mut self, at: usize) -> (Verdict, Proof<'m>) {
        match &self.case.rule.exceptions[at].outcome {
            Outcome::NotApplicable => (Verdict::NotApplicable, Proof { exception: Some(at), ..Proof::default() }),
            Outcome::Substitute { excused, instead } => {
                let (verdict, mut proof) = self.limbs(Some((excused, instead.as_ref())));
                proof.exception = Some(at);
                (verdict, proof)
            }
        }
    }

    /// The verdict over the limbs that are asked.
    fn limbs(&mut self, substitute: Option<(&'m Vec<usize>, Option<&'m Limbs>)>) -> (Verdict, Proof<'m>) {
        let rule = self.case.rule;
        let excused = |at: usize| substitute.is_some_and(|(excused, _)| excused.is_empty() || excused.contains(&at));
        let mut own: Vec<LimbResult<'m>> = Vec::with_capacity(rule.limbs.limbs.len());
        for (at, limb) in rule.limbs.limbs.iter().enumerate() {
            own.push(if excused(at) { excused_limb(limb) } else { self.limb(limb) });
        }
        let instead = substitute.and_then(|(_, instead)| instead);
        own.extend(instead.iter().flat_map(|limbs| &limbs.limbs).map(|limb| LimbResult { substitute: true, ..self.limb(limb) }));
        let join = instead.map_or(Join::And, |limbs| limbs.join);
        let mut proof = Proof { limbs: own, ..Proof::default() };
        let mut verdict = self.weigh(join, substitute.is_some(), &mut proof);
        let Some(ways) = ways(&proof.limbs) else { return (Verdict::CannotTell, proof) };
        for (at, limbs) in ways.into_iter().enumerate() {
            let mut way = Proof { limbs, ..Proof::default() };
            let other = self.weigh(join, substitute.is_some(), &mut way);
            verdict = if at == 0 || other == verdict { other } else { Verdict::CannotTell };
            (proof.below_floor, proof.bounded) = (way.below_floor, way.bounded);
            if verdict == Verdict::CannotTell {
                break;
            }
        }
        (verdict, proof)
    }

    /// The verdict over limbs of which it is settled whether they arise.
    fn weigh(&self, join: Join, substituted: bool, proof: &mut Proof<'m>) -> Verdict {
        let own = combine(self.case.rule.limbs.join, proof.limbs.iter().filter(|limb| !limb.substitute));
        let new = combine(join, proof.limbs.iter().filter(|limb| limb.substitute));
        let whole = match (own, new) {
            (Some(one), Some(other)) => Some((one.0.and(other.0), one.1.and(other.1))),
            (one, other) => one.or(other),
        };
        let Some((mut strict, mut lenient)) = whole else {
            // Nothing is asked: what was asked is excused, or does not arise.
            return if substituted && proof.limbs.iter().all(|limb| limb.excused) { Verdict::Met } else { Verdict::NotApplicable };
        };
        if self.case.rule.modality == Modality::NotAllow {
            (strict, lenient) = (!lenient, !lenient);
        }
        let verdict = self.grade(strict, lenient, proof);
        let (verdict, bounded) = bound(self.case.rule.modality, verdict, &proof.limbs);
        proof.bounded = bounded;
        verdict
    }

    fn grade(&self, strict: Truth, lenient: Truth, proof: &mut Proof<'m>) -> Verdict {
        let rule = self.case.rule;
        let partly = |limbs: &[LimbResult<'_>]| rule.partly.as_ref().map_or(Truth::No, |test| limb_test(test, limbs));
        match (strict, lenient) {
            (Truth::Yes, _) => Verdict::Met,
            (Truth::No, Truth::Yes) => {
                proof.below_floor = true;
                Verdict::Partly
            }
            (Truth::Unknown, _) if rule.partly.as_ref().is_some_and(asks_ignorance) && partly(&proof.limbs) == Truth::Yes => {
                Verdict::Partly
            }
            (Truth::Unknown, _) => Verdict::CannotTell,
            (Truth::No, lenient) => match (partly(&proof.limbs), lenient) {
                (Truth::Yes, _) => Verdict::Partly,
                (Truth::No, Truth::No) => Verdict::NotMet,
                _ => Verdict::CannotTell,
            },
        }
    }

    /// One limb, with the floor and without.
    fn limb(&mut self, limb: &'m Limb) -> LimbResult<'m> {
        let floor = self.case.rule.floor;
        let mut evaluator = self.of_limb();
        let arises = match &limb.node.expr {
            Expr::Where(guard, _) => evaluator.silent(|quick| quick.guard(guard)),
            Expr::During(..) => evaluator.silent(|quick| quick.during_arises(&limb.node)),
            _ => Truth::Yes,
        };
        let step = evaluator.recorder.next();
        let truth = evaluator.node(&limb.node);
        let (strict, strict_step) = match floor {
            Some(floor) if truth != Truth::No => self.strict(limb, floor, truth),
            _ => (truth, None),
        };
        let guarded = (arises == Truth::Unknown).then(|| {
            let then = if let Expr::Where(_, then) = &limb.node.expr { then } else { &limb.node };
            (self.quiet(then, floor), self.quiet(then, None))
        });
        LimbResult { limb, truth, strict, arises: arises != Truth::No, guarded, excused: false, substitute: false, step, strict_step }
    }

    /// A limb on evidence that reaches the floor.
    fn strict(&mut self, limb: &'m Limb, floor: QualifierId, truth: Truth) -> (Truth, Option<StepId>) {
        let mut evaluator = self.of_limb();
        evaluator.floor = Some(floor);
        let strict = evaluator.silent(|quick| quick.node(&limb.node));
        if !R::KEEPS || strict != Truth::Unknown || truth != Truth::Yes {
            return (strict, None);
        }
        let step = evaluator.recorder.next();
        evaluator.node(&limb.node);
        (strict, step)
    }

    /// The truth of a condition of a limb, with a floor or without.
    fn quiet(&mut self, node: &'m Node, floor: Option<QualifierId>) -> Truth {
        let mut evaluator = self.of_limb();
        evaluator.floor = floor;
        evaluator.silent(|quick| quick.node(node))
    }
}

/// A limb that is not asked.
fn excused_limb(limb: &Limb) -> LimbResult<'_> {
    LimbResult {
        limb,
        truth: Truth::Unknown,
        strict: Truth::Unknown,
        arises: true,
        guarded: None,
        excused: true,
        substitute: false,
        step: None,
        strict_step: None,
    }
}

impl<'m, R: Recorder<'m>> Evaluator<'_, '_, 'm, R> {
    /// Tells why a condition that was looked at is as it is.
    pub(super) fn told(&mut self, node: &'m Node) {
        if R::KEEPS {
            self.node(node);
        }
    }

    /// A limb about a kind of situation arises unless there certainly is none.
    fn during_arises(&mut self, node: &crate::model::ir::Node) -> Truth {
        let Expr::During(term, _) = &node.expr else { return Truth::Yes };
        let Some((record, attribute)) = self.world.model.vocabulary.frame.situation else { return Truth::Unknown };
        let of_kind = |row: &RowId| self.world.is_of_kind(*row, attribute, *term);
        let some = self.world.situations.iter().map(of_kind).fold(Truth::No, Truth::or);
        match (some, self.list_closed(record, attribute, *term)) {
            (Truth::Yes, _) => Truth::Yes,
            (Truth::No, true) => Truth::No,
            (Truth::Unknown, _) | (Truth::No, false) => Truth::Unknown,
        }
    }
}

/// Each way in which it could turn out whether limbs arise; no ways where that is settled, and nothing where there are too many to look at.
fn ways<'m>(limbs: &[LimbResult<'m>]) -> Option<Vec<Vec<LimbResult<'m>>>> {
    let open = limbs.iter().filter(|limb| limb.guarded.is_some() && !limb.excused).count();
    if open == 0 {
        return Some(Vec::new());
    }
    if open > MOST_OPEN {
        return None;
    }
    let mut ways: Vec<Vec<LimbResult<'m>>> = vec![Vec::new()];
    for limb in limbs {
        let bare = |arises: bool, (strict, truth): (Truth, Truth)| LimbResult {
            arises,
            strict,
            truth,
            guarded: None,
            step: None,
            strict_step: None,
            ..*limb
        };
        let each = match limb.guarded.filter(|_| !limb.excused) {
            Some(guarded) => vec![bare(true, guarded), bare(false, guarded)],
            None => vec![bare(limb.arises, (limb.strict, limb.truth))],
        };
        ways = ways.iter().flat_map(|way| each.iter().map(|one| way.iter().copied().chain([*one]).collect())).collect();
    }
    Some(ways)
}

/// The truth of limbs together, on evidence of the floor and on any; `None` if none of them is asked.
fn combine<'a>(join: Join, limbs: impl Iterator<Item = &'a LimbResult<'a>>) -> Option<(Truth, Truth)> {
    let asked = limbs.filter(|limb| limb.arises && !limb.excused);
    asked.map(|limb| (limb.strict, limb.truth)).reduce(|one, other| match join {
        Join::And => (one.0.and(other.0), one.1.and(other.1)),
        Join::Or => (one.0.or(other.0), one.1.or(other.1)),
    })
}

/// What a modality makes of a verdict. A duty of process is broken only by a failing process; a permission never.
fn bound(modality: Modality, verdict: Verdict, limbs: &[LimbResult<'_>]) -> (Verdict, bool) {
    let process_fails = limbs.iter().any(|limb| limb.limb.process && limb.arises && !limb.excused && limb.truth == Truth::No);
    match (modality, verdict) {
        (Modality::Considered | Modality::Seek, Verdict::NotMet) if !process_fails => (Verdict::CannotTell, true),
        (Modality::May, Verdict::NotMet) => (Verdict::CannotTell, true),
        _ => (verdict, false),
    }
}

fn asks_ignorance(test: &LimbTest) -> bool {
    match test {
        LimbTest::Unknown(_) => true,
        LimbTest::Not(inner) => asks_ignorance(inner),
        LimbTest::All(all) | LimbTest::Any(all) => all.iter().any(asks_ignorance),
        LimbTest::Holds(_) | LimbTest::AtLeast(..) => false,
    }
}

/// A condition over limbs. A limb that does not arise, or is excused, drops out: it neither helps an `and` fail nor an `or` hold.
fn limb_test(test: &LimbTest, limbs: &[LimbResult<'_>]) -> Truth {
    asked_test(test, limbs).unwrap_or(Truth::No)
}

/// The truth of a condition over limbs; `None` where all that it names drops out.
fn asked_test(test: &LimbTest, limbs: &[LimbResult<'_>]) -> Option<Truth> {
    let truth = |at: &usize| limbs.get(*at).filter(|limb| limb.arises && !limb.excused).map(|limb| limb.truth);
    match test {
        LimbTest::Holds(at) => truth(at),
        LimbTest::Unknown(at) => truth(at).map(|truth| Truth::from_bool(truth == Truth::Unknown)),
        LimbTest::Not(inner) => asked_test(inner, limbs).map(|truth| !truth),
        LimbTest::All(all) => all.iter().filter_map(|one| asked_test(one, limbs)).reduce(Truth::and),
        LimbTest::Any(all) => all.iter().filter_map(|one| asked_test(one, limbs)).reduce(Truth::or),
        LimbTest::AtLeast(count, all) => {
            let asked: Vec<Truth> = all.iter().filter_map(truth).collect();
            let yes = asked.iter().filter(|one| **one == Truth::Yes).count();
            let maybe = asked.iter().filter(|one| **one != Truth::No).count();
            let reached = if yes >= *count { Truth::Yes } else { Truth::Unknown };
            (!asked.is_empty()).then_some(if maybe < *count { Truth::No } else { reached })
        }
    }
}

/// The smallest set over the limbs as the rule joins them, then over exceptions.
fn what_is_missing<'m>(rule: &Rule, proof: &Proof<'m>, known: Missing<'_, 'm>, all: &Steps<'m>) -> Vec<Gap<'m>> {
    let step = |id: Option<StepId>| id.map(|id| all.step(id));
    let asked = || proof.limbs.iter().filter(|limb| limb.arises && !limb.excused).filter_map(|limb| step(limb.step));
    let truths = asked().map(|step| step.truth());
    let (op, truth) = match rule.limbs.join {
        Join::And => (Op::And, truths.fold(Truth::Yes, Truth::and)),
        Join::Or => (Op::Or, truths.fold(Truth::No, Truth::or)),
    };
    let mut found = known.smallest_of(op, truth, asked());
    if found.is_empty() {
        // The limbs are settled and the exceptions are not; or they are settled without the floor and not with it.
        found = proof.open_exceptions.iter().filter_map(|(_, id)| step(*id)).flat_map(|step| known.smallest(step)).collect();
    }
    if found.is_empty() {
        found = proof.limbs.iter().filter_map(|limb| step(limb.strict_step)).flat_map(|step| known.smallest(step)).collect();
    }
    if found.is_empty() {
        // A limb that failed keeps *partly* open: what the unknown limbs lack settles it.
        let steps = || proof.limbs.iter().filter_map(|limb| step(limb.step));
        found = steps().filter(|step| step.truth() == Truth::Unknown).flat_map(|step| known.smallest(step)).collect();
        // Or a guard does, though its limb holds.
        let parts = steps().filter(|step| step.truth() == Truth::Yes).flat_map(|step| step.parts());
        found.extend(parts.flat_map(|step| known.smallest(step)));
    }
    found.sort();
    found.dedup();
    found
}
