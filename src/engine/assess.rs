//! All rules over all subjects, capacities and situations. The order of results is fixed by description, rule, subject, capacity, situation.

use super::evaluate::Evaluator;
use super::proof::{Frame, Gap, Recorder, Recording, Silent, Wanted, What};
use super::verdict::{Proof, decide};
use super::world::{Bound, World};
use crate::facts::{Basis, Facts, RowId, State};
use crate::model::ir::{Footing, Model, Outcome, Rule, Selection, Verdict};
use crate::values::{Date, Truth};

/// Which reasons are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    /// None: verdicts alone.
    None,
    /// Those of verdicts that leave something to be done: not met, partly, cannot tell.
    Open,
    /// All.
    All,
}

/// How to assess.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day; the description's own if none.
    pub as_of: Option<Date>,
    /// Indices of the rules to run, in order.
    pub rules: Vec<usize>,
    /// Which reasons are kept.
    pub reasons: Reasons,
    /// Whether rules are evaluated side by side: worth it for one description, and not for many that are side by side themselves.
    pub side_by_side: bool,
    /// Only ordinary law, or only this kind of situation (by the name of its term or its id).
    pub situation: Option<String>,
}

/// One verdict.
#[derive(Clone, Debug)]
pub struct Finding<'m> {
    /// Index of the rule.
    pub rule: usize,
    /// The subject; none for the State as a whole.
    pub subject: Option<RowId>,
    /// The capacity.
    pub capacity: Option<RowId>,
    /// The situation; ordinary law if none.
    pub situation: Option<RowId>,
    /// Situations in which the verdict and every limb are the same as here.
    pub same_in: Vec<RowId>,
    /// The verdict.
    pub verdict: Verdict,
    /// The footing for this subject.
    pub footing: Footing,
    /// Why.
    pub proof: Proof<'m>,
}

/// The verdicts of one rule together: the worst, with counts.
#[derive(Clone, Debug)]
pub struct RollUp {
    /// Index of the rule.
    pub rule: usize,
    /// The worst.
    pub verdict: Verdict,
    /// How many of each verdict, in the order of [`crate::model::ir::VERDICTS`].
    pub counts: [u32; 5],
    /// Whether there may be further subjects, so that the whole cannot be better than *cannot tell*.
    pub open: bool,
}

impl RollUp {
    /// The verdicts of one rule together.
    pub fn of(rule: usize, verdicts: impl Iterator<Item = Verdict>, open: bool) -> RollUp {
        let mut roll_up = RollUp { rule, verdict: Verdict::NotApplicable, counts: [0; 5], open };
        for verdict in verdicts {
            roll_up.verdict = worse(roll_up.verdict, verdict);
            roll_up.counts[verdict as usize] += 1;
        }
        if open {
            roll_up.verdict = worse(roll_up.verdict, Verdict::CannotTell);
        }
        roll_up
    }
}

/// All verdicts on one description.
#[derive(Clone, Debug)]
pub struct Assessment<'m> {
    /// The day assessed.
    pub as_of: Date,
    /// Verdicts in order.
    pub findings: Vec<Finding<'m>>,
    /// Roll-ups in order.
    pub roll_ups: Vec<RollUp>,
}

/// How bad a verdict is in a roll-up.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Met => 1,
        Verdict::Partly => 2,
        Verdict::CannotTell => 3,
        Verdict::NotMet => 4,
    }
}

/// The worse of two verdicts.
pub fn worse(one: Verdict, other: Verdict) -> Verdict {
    if rank(other) > rank(one) { other } else { one }
}

/// Assesses one description.
pub fn assess<'m>(model: &'m Model, facts: &Facts, options: &Options) -> Assessment<'m> {
    let world = World::new(model, facts, options.as_of.unwrap_or(facts.as_of));
    let situations = chosen(&world, options);
    let run = |rule: &usize| match options.reasons {
        Reasons::None => one_rule::<Silent>(&Run { world: &world, model, all: true }, *rule, &situations),
        reasons => one_rule::<Recording<'_>>(&Run { world: &world, model, all: reasons == Reasons::All }, *rule, &situations),
    };
    let results: Vec<(Vec<Finding<'m>>, RollUp)> =
        if options.side_by_side { crate::parallel::map(&options.rules, run) } else { options.rules.iter().map(run).collect() };
    let mut assessment = Assessment { as_of: world.as_of, findings: Vec::new(), roll_ups: Vec::new() };
    for (findings, roll_up) in results {
        assessment.findings.extend(findings);
        assessment.roll_ups.push(roll_up);
    }
    assessment
}

/// Ordinary law first, then each situation that may hold; or only what was asked for.
fn chosen(world: &World<'_>, options: &Options) -> Vec<Option<RowId>> {
    let all = std::iter::once(None).chain(world.situations.iter().copied().map(Some));
    let Some(asked) = &options.situation else { return all.collect() };
    all.filter(|situation| situation_names(world, *situation).contains(asked)).collect()
}

/// What a situation is called: its id and its kind; `normal` for ordinary law.
pub fn situation_names(world: &World<'_>, situation: Option<RowId>) -> Vec<String> {
    let Some(row) = situation else { return vec!["normal".to_owned()] };
    let mut names = vec![world.facts.name(row, "situations")];
    if let Some(slot) = world.model.vocabulary.frame.situation
        && let (crate::facts::Value::Term(term), Some(list)) =
            (world.facts.cell(row, slot.1).value, crate::model::ir::enumeration(&world.model.vocabulary.attribute(slot).ty))
    {
        names.push(world.model.vocabulary.enumeration(list).terms[term as usize].name.clone());
    }
    names
}

/// What all rules are run on.
struct Run<'w, 'm> {
    world: &'w World<'w>,
    model: &'m Model,
    /// Whether reasons are kept of every verdict, and not only of those that leave something to be done.
    all: bool,
}

fn one_rule<'m, R: Recorder<'m>>(run: &Run<'_, 'm>, index: usize, situations: &[Option<RowId>]) -> (Vec<Finding<'m>>, RollUp) {
    let rule = &run.model.rules[index];
    let mut findings = Vec::new();
    let mut open = false;
    for situation in situations {
        match &rule.selection {
            Selection::State => findings.push(finding::<R>(run, index, &[], *situation)),
            Selection::Every { .. } => open |= every::<R>(run, index, *situation, &mut findings),
        }
    }
    findings.sort_by_key(|one| (one.subject, one.capacity, one.situation));
    let findings = fold_situations(findings);
    // Where no situation is assessed, nothing is known.
    let roll_up = RollUp::of(index, findings.iter().map(|one| one.verdict), open || situations.is_empty());
    (findings, roll_up)
}

/// A situation that changes nothing for a subject is named in its verdict under ordinary law and gets no verdict of its own.
fn fold_situations(all: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    let mut folded: Vec<Finding<'_>> = Vec::new();
    for one in all {
        let ordinary = folded
            .iter_mut()
            .rev()
            .take_while(|known| (known.subject, known.capacity) == (one.subject, one.capacity))
            .find(|known| known.situation.is_none());
        match (ordinary, one.situation) {
            (Some(ordinary), Some(situation)) if same(ordinary, &one) => ordinary.same_in.push(situation),
            _ => folded.push(one),
        }
    }
    folded
}

fn same(one: &Finding<'_>, other: &Finding<'_>) -> bool {
    let limbs = |finding: &Finding<'_>| finding.proof.limbs.iter().map(|limb| (limb.truth, limb.strict, limb.arises)).collect::<Vec<_>>();
    one.verdict == other.verdict && one.proof.exception == other.proof.exception && limbs(one) == limbs(other)
}

/// One verdict for each subject that the rule is for. Returns whether there may be more subjects than were written down.
fn every<'m, R: Recorder<'m>>(run: &Run<'_, 'm>, index: usize, situation: Option<RowId>, findings: &mut Vec<Finding<'m>>) -> bool {
    let rule = &run.model.rules[index];
    let Selection::Every { noun, capacity, if_none } = &rule.selection else { return false };
    let before = findings.len();
    let mut certain = false;
    let world = run.world;
    let rows = world.facts.tables.get(noun.record as usize).map_or(&[][..], Vec::as_slice);
    for row in rows.iter().copied().filter(|row| world.facts.row(*row).basis == Basis::DeJure) {
        let mut evaluator = Evaluator::<R>::new(run.world, run.model, &rule.variables, situation);
        evaluator.recorder.open();
        let mut meant = evaluator.against(|this| this.candidate(noun, row, true));
        // A subject that rests on nothing in force that day may not have been there.
        if let Some(provision) = world.out_of_date(row) {
            meant = meant.and(Truth::Unknown);
            evaluator.recorder.gap(|| Gap::InForce(provision));
        }
        evaluator.close(|| What::Nothing, noun.place, meant, super::proof::Op::And);
        let step = evaluator.recorder.take().into_iter().next();
        if meant == Truth::No {
            continue;
        }
        certain |= meant == Truth::Yes;
        for hat in capacities(run.world, row, capacity.is_some(), situation) {
            let mut bindings = vec![(noun.slot, Bound::Row(row))];
            bindings.extend(capacity.zip(hat));
            let mut one = finding::<R>(run, index, &bindings, situation);
            one.subject = Some(row);
            one.capacity = if let Some(Bound::Row(hat)) = hat { Some(hat) } else { None };
            if meant == Truth::Unknown {
                one.proof.selection.clone_from(&step);
                if one.verdict != Verdict::NotApplicable {
                    one.verdict = Verdict::CannotTell;
                    one.proof.missing = step.as_ref().map(super::missing::smallest).unwrap_or_default();
                }
            }
            findings.push(one);
        }
    }
    let mut evaluator = Evaluator::<Silent>::new(run.world, run.model, &rule.variables, situation);
    let open = evaluator.ghost(noun) != Truth::No;
    let none = (!certain).then(|| none_found::<R>(run, index, situation, open, *if_none));
    if let (Some(none), true) = (&none, findings.len() == before) {
        findings.push(none.clone());
        return false;
    }
    if none.is_some_and(|none| none.verdict != Verdict::NotApplicable) {
        // The rule may be for none of these, and then what it says of none decides.
        for one in findings.iter_mut().skip(before).filter(|one| one.verdict == Verdict::NotApplicable) {
            one.verdict = Verdict::CannotTell;
            one.proof.missing = one.proof.selection.as_ref().map(super::missing::smallest).unwrap_or_default();
        }
    }
    // A rule that an exception takes away from the State as a whole asks nothing of subjects that nobody wrote down.
    open && !findings
        .iter()
        .skip(before)
        .all(|one| one.verdict == Verdict::NotApplicable && one.proof.exception.is_some_and(|at| takes_all(rule, at)))
}

/// Whether an exception takes the rule away from whatever subject there may be. One that asks something else instead may ask it of another.
fn takes_all(rule: &Rule, at: usize) -> bool {
    let exception = &rule.exceptions[at];
    matches!(exception.outcome, Outcome::NotApplicable) && !exception.of_subject && !outranked(rule, at)
}

/// Whether a stronger exception speaks of the subject, so that it may decide for one that nobody wrote down.
fn outranked(rule: &Rule, at: usize) -> bool {
    rule.exceptions.iter().take(at).any(|one| one.of_subject)
}

/// Where there is no subject: an exception that does not speak of one decides, or else the verdict that the rule states.
fn none_found<'m, R: Recorder<'m>>(run: &Run<'_, 'm>, index: usize, situation: Option<RowId>, open: bool, if_none: Verdict) -> Finding<'m> {
    let rule = &run.model.rules[index];
    let Selection::Every { noun, .. } = &rule.selection else { return finding::<R>(run, index, &[], situation) };
    let mut proof = Proof::default();
    let without = if open { Verdict::CannotTell } else { if_none };
    let (mut verdict, mut possible) = (without, Vec::new());
    for (at, exception) in rule.exceptions.iter().enumerate().filter(|(_, one)| !one.of_subject) {
        let mut evaluator = Evaluator::<R>::new(run.world, run.model, &rule.variables, situation);
        let applies = evaluator.node(&exception.condition);
        let step = evaluator.recorder.take().into_iter().next();
        let excepted = matches!(exception.outcome, Outcome::NotApplicable) && !(open && outranked(rule, at));
        let with = if excepted { Verdict::NotApplicable } else { without };
        match applies {
            Truth::No => {}
            Truth::Unknown => {
                possible.push(with);
                proof.open_exceptions.push((at, step));
            }
            Truth::Yes => {
                verdict = with;
                proof.exception = Some(at);
                proof.exception_step = step;
                break;
            }
        }
    }
    if possible.iter().any(|one| *one != verdict) {
        verdict = Verdict::CannotTell;
        proof.missing = proof.open_exceptions.iter().filter_map(|(_, step)| step.as_ref()).flat_map(super::missing::smallest).collect();
    }
    if verdict == Verdict::CannotTell && open && R::KEEPS {
        let bound = vec![Bound::Nothing; rule.variables.len()].into();
        proof.missing.push(Gap::Record(noun.record, Some(Wanted { noun, frame: Frame { variables: &rule.variables, bound } })));
    }
    Finding {
        rule: index,
        subject: None,
        capacity: None,
        situation,
        same_in: Vec::new(),
        verdict,
        footing: footing(run.world, rule, None, None),
        proof,
    }
}

/// The capacities of a subject. A subject of whose capacities nothing is said, or of which it is on record that it has none, has one: itself.
/// Where they are disputed, said to be unknown, or rest on nothing in force, what is asked of a capacity is open.
fn capacities(world: &World<'_>, row: RowId, asked: bool, situation: Option<RowId>) -> Vec<Option<Bound>> {
    let slot = world.model.vocabulary.frame.capacities.filter(|slot| asked && slot.0 == world.facts.row(row).record);
    let Some((_, attribute)) = slot else { return vec![None] };
    let cell = world.cell(Bound::Row(row), attribute, super::world::View { situation, observed: false });
    match (cell.state, world.rows(&cell.value)) {
        (State::Known, rows) if !rows.is_empty() => rows.iter().copied().map(|hat| Some(Bound::Row(hat))).collect(),
        (State::Known | State::Absent | State::NotApplicable, _) => vec![None],
        (State::Unknown | State::Disputed, _) => vec![world.facts.cell(row, attribute).is_said().then_some(Bound::Open(row, attribute))],
    }
}

fn finding<'m, R: Recorder<'m>>(run: &Run<'_, 'm>, index: usize, bindings: &[(u16, Bound)], situation: Option<RowId>) -> Finding<'m> {
    let rule = &run.model.rules[index];
    // A verdict that leaves nothing to be done is reached without its reasons, unless they are asked for.
    let quick = (R::KEEPS && !run.all).then(|| decide::<Silent>(run.world, run.model, rule, bindings, situation));
    let done = quick.filter(|(verdict, _)| matches!(verdict, Verdict::Met | Verdict::NotApplicable));
    let (verdict, proof) = done.unwrap_or_else(|| decide::<R>(run.world, run.model, rule, bindings, situation));
    let row = |at: usize| match bindings.get(at) {
        Some((_, Bound::Row(row))) => Some(*row),
        _ => None,
    };
    Finding {
        rule: index,
        subject: None,
        capacity: None,
        situation,
        same_in: Vec::new(),
        verdict,
        footing: footing(run.world, rule, row(0), row(1)),
        proof,
    }
}

/// The footing for a subject: that of its terms; the strongest where it has several.
fn footing(world: &World<'_>, rule: &Rule, subject: Option<RowId>, capacity: Option<RowId>) -> Footing {
    let terms = subject.map_or(0, |row| graded_terms(world, row)) & capacity.map_or(u128::MAX, |row| graded_terms(world, row));
    let parts =
        rule.footing.iter().filter(|part| part.terms.is_empty() || terms == 0 || part.terms.iter().any(|term| terms >> term & 1 == 1));
    parts.map(|part| part.footing).min().or_else(|| rule.footing.iter().map(|part| part.footing).max()).unwrap_or(Footing::Companion)
}

/// The terms by which footing is graded, of a subject or its capacity.
fn graded_terms(world: &World<'_>, row: RowId) -> u128 {
    let vocabulary = &world.model.vocabulary;
    let Some(list) = vocabulary.frame.graded_by.and_then(|slot| crate::model::ir::enumeration(&vocabulary.attribute(slot).ty)) else {
        return 0;
    };
    let record = vocabulary.record(world.facts.row(row).record);
    let mut terms = 0;
    for (at, attribute) in record.attributes.iter().enumerate() {
        if crate::model::ir::enumeration(&attribute.ty) == Some(list) {
            match world.facts.cell(row, u16::try_from(at).unwrap_or(u16::MAX)).value {
                crate::facts::Value::Term(term) => terms |= 1 << term,
                crate::facts::Value::Terms(range) => terms = world.facts.list(range).iter().fold(terms, |mask, term| mask | 1 << term),
                _ => {}
            }
        }
    }
    terms
}
