//! All rules over all subjects, capacities and situations. The order of results is fixed by description, rule, subject, capacity, situation.
//!
//! Verdicts come first, and reasons are told afterwards of those that are left. A situation in which nothing that a rule looked at is otherwise
//! in force than in ordinary law is not looked at again: its verdicts are those of ordinary law.

use super::desk::Desk;
use super::evaluate::{Evaluator, Ground};
use super::missing::Missing;
use super::proof::{Gap, Op, Wanted, What};
use super::record::{Mark, Recorder, Recording, Silent};
use super::verdict::{Case, LimbResult, Proof, decide};
use super::world::{Bound, Situation, World};
use crate::facts::{Basis, Facts, RowId, State, Value};
use crate::model::ir::{Footing, Model, Outcome, Rule, Selection, Verdict, enumeration};
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
    let run = Run { world: &world, model, situations: chosen(&world, options), reasons: options.reasons };
    let mut assessment = Assessment { as_of: world.as_of, findings: Vec::new(), roll_ups: Vec::with_capacity(options.rules.len()) };
    let all = &mut assessment.findings;
    if options.side_by_side {
        let one = |worker: &mut Worker<'m>, rule: &usize| {
            let mut findings = Vec::new();
            let roll_up = run.rule(worker, *rule, &mut findings);
            share(&mut findings, &mut worker.recording);
            (findings, roll_up)
        };
        for (findings, roll_up) in crate::parallel::map_with(&options.rules, Worker::default, one) {
            all.extend(findings);
            assessment.roll_ups.push(roll_up);
        }
    } else {
        let kept = KEPT.take();
        let recording = if options.reasons == Reasons::None { Recording::default() } else { Recording::sized(kept.long) };
        let mut worker = Worker { desk: kept.desk.cleared(), recording, drafts: Vec::new(), likely_open: kept.likely_open };
        all.reserve(kept.findings);
        assessment.roll_ups.extend(options.rules.iter().map(|rule| run.rule(&mut worker, *rule, all)));
        let long = if options.reasons == Reasons::None { kept.long } else { worker.recording.mark() };
        share(all, &mut worker.recording);
        KEPT.set(Kept { desk: worker.desk.cleared(), long, findings: all.len(), likely_open: worker.likely_open });
    }
    assessment
}

/// What a thread keeps from one description to the next: buffers, and how long they became.
#[derive(Default)]
struct Kept {
    desk: Desk<'static>,
    long: Mark,
    findings: usize,
    likely_open: Vec<bool>,
}

thread_local! {
    static KEPT: std::cell::Cell<Kept> = std::cell::Cell::default();
}

/// Gives findings the steps that were kept of them.
fn share<'m>(findings: &mut [Finding<'m>], recording: &mut Recording<'m>) {
    let steps = recording.take();
    findings.iter_mut().for_each(|one| one.proof.steps.clone_from(&steps));
}

/// Ordinary law first, then each situation that may hold; or only what was asked for.
fn chosen(world: &World<'_>, options: &Options) -> Vec<Situation> {
    let all = Situation::all(world.situations.len());
    let Some(asked) = &options.situation else { return all.collect() };
    all.filter(|situation| situation_names(world, world.situation(*situation)).contains(asked)).collect()
}

/// What a situation is called: its id and its kind; `normal` for ordinary law.
pub fn situation_names(world: &World<'_>, situation: Option<RowId>) -> Vec<String> {
    let Some(row) = situation else { return vec!["normal".to_owned()] };
    let mut names = vec![world.facts.name(row, "situations")];
    if let Some(slot) = world.model.vocabulary.frame.situation
        && let (Value::Term(term), Some(list)) =
            (world.facts.cell(row, slot.1).value, enumeration(&world.model.vocabulary.attribute(slot).ty))
    {
        names.push(world.model.vocabulary.enumeration(list).terms[term as usize].name.clone());
    }
    names
}

/// What one worker keeps from rule to rule.
#[derive(Default)]
struct Worker<'m> {
    desk: Desk<'m>,
    recording: Recording<'m>,
    drafts: Vec<Draft<'m>>,
    /// For each rule, whether its last verdict left something to be done, so that the next may.
    likely_open: Vec<bool>,
}

/// What all rules are run on.
struct Run<'w, 'm> {
    world: &'w World<'w>,
    model: &'m Model,
    situations: Vec<Situation>,
    reasons: Reasons,
}

/// A verdict whose reasons are not told yet.
struct Draft<'m> {
    finding: Finding<'m>,
    situation: Situation,
    /// The verdict if the rule is for the subject.
    law: Verdict,
    about: About,
    /// Whether its reasons are told already.
    told: bool,
}

/// What a verdict is about.
#[derive(Clone, Copy)]
enum About {
    State,
    /// A subject, whether the rule is for it, and its capacity.
    Subject(RowId, Truth, Option<Bound>),
    /// No subject, and whether there may be one.
    None(bool),
}

impl<'m> Run<'_, 'm> {
    fn rule(&self, worker: &mut Worker<'m>, index: usize, findings: &mut Vec<Finding<'m>>) -> RollUp {
        let mut drafts = std::mem::take(&mut worker.drafts);
        // Situations in which everything is as in ordinary law.
        let mut unchanged = Vec::new();
        let mut open = false;
        worker.desk.touched = 0;
        for (at, situation) in self.situations.iter().enumerate() {
            let ordinary = self.situations.first() == Some(&Situation::ORDINARY);
            if at > 0 && ordinary && worker.desk.touched & situation.bit() == 0 {
                unchanged.extend(self.world.situation(*situation));
                continue;
            }
            let touched = worker.desk.touched;
            open |= self.drafts(worker, index, *situation, &mut drafts);
            // What is looked at in a situation says nothing of what is looked at in ordinary law.
            if at > 0 {
                worker.desk.touched = touched;
            }
        }
        drafts.sort_by_key(|one| (one.finding.subject, one.finding.capacity, one.finding.situation));
        if self.situations.len() - unchanged.len() > 1 {
            drafts = fold_situations(drafts);
        }
        let before = findings.len();
        for mut draft in drafts.drain(..) {
            if draft.situation == Situation::ORDINARY && !unchanged.is_empty() {
                draft.finding.same_in.extend(&unchanged);
                draft.finding.same_in.sort_unstable();
            }
            if self.reasons != Reasons::None {
                self.tell(worker, &mut draft);
            }
            findings.push(draft.finding);
        }
        worker.drafts = drafts;
        // Where no situation is assessed, nothing is known.
        let verdicts = findings.iter().skip(before).map(|one| one.verdict);
        RollUp::of(index, verdicts, open || self.situations.is_empty())
    }

    fn ground(&self, rule: &'m Rule, situation: Situation) -> Ground<'_, 'm> {
        Ground { world: self.world, model: self.model, variables: &rule.variables, situation }
    }

    /// The verdicts of a rule in one situation. Returns whether there may be more subjects than were written down.
    fn drafts(&self, worker: &mut Worker<'m>, index: usize, situation: Situation, drafts: &mut Vec<Draft<'m>>) -> bool {
        match &self.model.rules[index].selection {
            Selection::State => {
                drafts.push(self.draft(worker, index, About::State, situation));
                false
            }
            Selection::Every { .. } => self.every(worker, index, situation, drafts),
        }
    }

    /// One verdict. Where its reasons will probably be told, it is reached with them.
    fn draft(&self, worker: &mut Worker<'m>, index: usize, about: About, situation: Situation) -> Draft<'m> {
        let rule = &self.model.rules[index];
        let (desk, recording) = (&mut worker.desk, &mut worker.recording);
        let likely = self.reasons == Reasons::All || self.reasons == Reasons::Open && worker.likely_open.get(index) != Some(&false);
        let told = likely && situation == Situation::ORDINARY && !matches!(about, About::None(_));
        let (law, proof) = if told {
            let mark = recording.mark();
            let (law, proof) = self.decide(desk, recording, rule, about, situation);
            if self.reasons == Reasons::Open && is_settled(law) {
                recording.cut(mark);
                (law, proof.untold())
            } else {
                (law, proof)
            }
        } else {
            self.decide(desk, &mut Silent, rule, about, situation)
        };
        if worker.likely_open.len() <= index {
            worker.likely_open.resize(index + 1, true);
        }
        worker.likely_open[index] = !is_settled(law);
        let (subject, capacity) = match about {
            About::Subject(row, _, Some(Bound::Row(hat))) => (Some(row), Some(hat)),
            About::Subject(row, ..) => (Some(row), None),
            About::State | About::None(_) => (None, None),
        };
        let verdict = match about {
            About::Subject(_, Truth::Unknown, _) if law != Verdict::NotApplicable => Verdict::CannotTell,
            _ => law,
        };
        let (situation_row, footing) = (self.world.situation(situation), footing(self.world, rule, subject, capacity));
        let finding = Finding { rule: index, subject, capacity, situation: situation_row, same_in: Vec::new(), verdict, footing, proof };
        Draft { finding, situation, law, about, told }
    }

    fn decide<R: Recorder<'m>>(
        &self,
        desk: &mut Desk<'m>,
        recorder: &mut R,
        rule: &'m Rule,
        about: About,
        situation: Situation,
    ) -> (Verdict, Proof<'m>) {
        let ground = self.ground(rule, situation);
        let mut bindings = [(u16::MAX, Bound::Nothing); 2];
        if let (Selection::Every { noun, capacity, .. }, About::Subject(row, _, hat)) = (&rule.selection, about) {
            bindings[0] = (noun.slot, Bound::Row(row));
            bindings[1] = capacity.zip(hat).unwrap_or(bindings[1]);
        }
        match about {
            About::None(open) => self.none_found(desk, recorder, rule, situation, open),
            About::State | About::Subject(..) => decide(Case { ground, rule, bindings: &bindings }, desk, recorder),
        }
    }

    /// Tells the reasons of a verdict.
    fn tell(&self, worker: &mut Worker<'m>, draft: &mut Draft<'m>) {
        let (finding, about) = (&mut draft.finding, draft.about);
        let rule = &self.model.rules[finding.rule];
        let (desk, recording) = (&mut worker.desk, &mut worker.recording);
        // A verdict that leaves nothing to be done is reached without its reasons, unless they are asked for.
        let settled = is_settled(draft.law) && !matches!(about, About::None(_));
        if !draft.told && (self.reasons == Reasons::All || !settled) {
            (_, finding.proof) = self.decide(desk, recording, rule, about, draft.situation);
        }
        if let About::Subject(row, Truth::Unknown, _) = about {
            let (mark, step) = (recording.mark(), recording.next());
            self.meant(desk, recording, rule, row, draft.situation);
            finding.proof.selection = step;
            if let (Verdict::CannotTell, Some(steps), Some(step)) = (finding.verdict, recording.steps(), step) {
                finding.proof.missing = Missing::new(steps, mark).smallest(steps.step(step));
            }
        }
    }

    /// Whether a rule is for a subject.
    fn meant<R: Recorder<'m>>(&self, desk: &mut Desk<'m>, recorder: &mut R, rule: &'m Rule, row: RowId, situation: Situation) -> Truth {
        let Selection::Every { noun, .. } = &rule.selection else { return Truth::Yes };
        let mut evaluator = Evaluator::new(self.ground(rule, situation), desk, recorder);
        evaluator.recorder.open();
        let mut meant = evaluator.against(|this| this.candidate(noun, row, true));
        // A subject that rests on nothing in force that day may not have been there.
        if let Some(provision) = self.world.out_of_date(row) {
            meant = meant.and(Truth::Unknown);
            evaluator.recorder.gap(|| Gap::InForce(provision));
        }
        evaluator.close(What::Nothing, noun.place, meant, Op::And);
        meant
    }

    /// One verdict for each subject that the rule is for. Returns whether there may be more subjects than were written down.
    fn every(&self, worker: &mut Worker<'m>, index: usize, situation: Situation, drafts: &mut Vec<Draft<'m>>) -> bool {
        let rule = &self.model.rules[index];
        let Selection::Every { noun, capacity, .. } = &rule.selection else { return false };
        let before = drafts.len();
        let mut certain = false;
        let world = self.world;
        let rows = world.facts.tables.get(noun.record as usize).map_or(&[][..], Vec::as_slice);
        for row in rows.iter().copied().filter(|row| world.facts.row(*row).basis == Basis::DeJure) {
            let meant = self.meant(&mut worker.desk, &mut Silent, rule, row, situation);
            if meant == Truth::No {
                continue;
            }
            certain |= meant == Truth::Yes;
            let hats = if capacity.is_some() { capacities(world, row, situation, &mut worker.desk) } else { Vec::new() };
            let alone = hats.is_empty().then_some(None);
            for hat in hats.into_iter().chain(alone) {
                drafts.push(self.draft(worker, index, About::Subject(row, meant, hat), situation));
            }
        }
        let open = Evaluator::new(self.ground(rule, situation), &mut worker.desk, &mut Silent).ghost(noun) != Truth::No;
        let none = (!certain).then(|| self.draft(worker, index, About::None(open), situation));
        if let Some(none) = none {
            if drafts.len() == before {
                drafts.push(none);
                return false;
            }
            if none.law != Verdict::NotApplicable {
                // The rule may be for none of these, and then what it says of none decides.
                let undecided = drafts.iter_mut().skip(before).filter(|one| one.finding.verdict == Verdict::NotApplicable);
                undecided.for_each(|one| one.finding.verdict = Verdict::CannotTell);
            }
        }
        // A rule that an exception takes away from the State as a whole asks nothing of subjects that nobody wrote down.
        open && !drafts
            .iter()
            .skip(before)
            .all(|one| one.finding.verdict == Verdict::NotApplicable && one.finding.proof.exception.is_some_and(|at| takes_all(rule, at)))
    }

    /// Where there is no subject: an exception that does not speak of one decides, or else the verdict that the rule states.
    fn none_found<R: Recorder<'m>>(
        &self,
        desk: &mut Desk<'m>,
        recorder: &mut R,
        rule: &'m Rule,
        situation: Situation,
        open: bool,
    ) -> (Verdict, Proof<'m>) {
        let mut proof = Proof::default();
        let from = recorder.mark();
        let Selection::Every { noun, if_none, .. } = &rule.selection else { return (Verdict::CannotTell, proof) };
        let without = if open { Verdict::CannotTell } else { *if_none };
        let (mut verdict, mut possible) = (without, Vec::new());
        for (at, exception) in rule.exceptions.iter().enumerate().filter(|(_, one)| !one.of_subject) {
            let mut evaluator = Evaluator::new(self.ground(rule, situation), desk, recorder);
            let applies = evaluator.silent(|quick| quick.node(&exception.condition));
            if applies == Truth::No {
                continue;
            }
            let step = evaluator.recorder.next();
            evaluator.told(&exception.condition);
            let excepted = matches!(exception.outcome, Outcome::NotApplicable) && !(open && outranked(rule, at));
            let with = if excepted { Verdict::NotApplicable } else { without };
            if applies == Truth::Unknown {
                possible.push(with);
                proof.open_exceptions.push((at, step));
                continue;
            }
            verdict = with;
            proof.exception = Some(at);
            proof.exception_step = step;
            break;
        }
        if possible.iter().any(|one| *one != verdict) {
            verdict = Verdict::CannotTell;
            if let Some(steps) = recorder.steps() {
                let known = Missing::new(steps, from);
                let open = proof.open_exceptions.iter().filter_map(|(_, id)| Some(steps.step((*id)?)));
                proof.missing = open.flat_map(|step| known.smallest(step)).collect();
            }
        }
        if verdict == Verdict::CannotTell && open && R::KEEPS {
            let bound = vec![Bound::Nothing; rule.variables.len()].into();
            proof.missing.push(Gap::Record(noun.record, Some(Wanted { noun, variables: &rule.variables, bound })));
        }
        (verdict, proof)
    }
}

/// Whether a verdict leaves nothing to be done.
fn is_settled(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Met | Verdict::NotApplicable)
}

/// A situation that changes nothing for a subject is named in its verdict under ordinary law and gets no verdict of its own.
fn fold_situations(all: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut folded: Vec<Draft<'_>> = Vec::with_capacity(all.len());
    for one in all {
        let own = &one.finding;
        let ordinary = folded
            .iter_mut()
            .map(|known| &mut known.finding)
            .rev()
            .take_while(|known| (known.subject, known.capacity) == (own.subject, own.capacity))
            .find(|known| known.situation.is_none());
        match (ordinary, own.situation) {
            (Some(ordinary), Some(situation)) if same(ordinary, own) => ordinary.same_in.push(situation),
            _ => folded.push(one),
        }
    }
    folded
}

fn same(one: &Finding<'_>, other: &Finding<'_>) -> bool {
    let truths = |limb: &LimbResult<'_>| (limb.truth, limb.strict, limb.arises);
    one.verdict == other.verdict
        && one.proof.exception == other.proof.exception
        && one.proof.limbs.iter().map(truths).eq(other.proof.limbs.iter().map(truths))
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

/// The capacities of a subject. A subject of whose capacities nothing is said, or of which it is on record that it has none, has one: itself.
/// Where they are disputed, said to be unknown, or rest on nothing in force, what is asked of a capacity is open.
fn capacities(world: &World<'_>, row: RowId, situation: Situation, desk: &mut Desk<'_>) -> Vec<Option<Bound>> {
    let slot = world.model.vocabulary.frame.capacities.filter(|slot| slot.0 == world.facts.row(row).record);
    let Some((_, attribute)) = slot else { return vec![None] };
    let cell = world.facts.cell(row, attribute);
    let (counts, touched) = world.cell_counts(row, cell, situation, false);
    desk.touched |= touched;
    let state = if counts { cell.state } else { State::Unknown };
    match (state, world.rows(&cell.value)) {
        (State::Known, rows) if !rows.is_empty() => rows.iter().copied().map(|hat| Some(Bound::Row(hat))).collect(),
        (State::Known | State::Absent | State::NotApplicable, _) => vec![None],
        (State::Unknown | State::Disputed, _) => vec![(cell.is_said() || !counts).then_some(Bound::Open(row, attribute))],
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
    let Some(list) = vocabulary.frame.graded_by.and_then(|slot| enumeration(&vocabulary.attribute(slot).ty)) else {
        return 0;
    };
    let record = vocabulary.record(world.facts.row(row).record);
    let mut terms = 0;
    for (at, attribute) in record.attributes.iter().enumerate() {
        if enumeration(&attribute.ty) == Some(list) {
            match world.facts.cell(row, u16::try_from(at).unwrap_or(u16::MAX)).value {
                Value::Term(term) => terms |= 1 << term,
                Value::Terms(range) => terms = world.facts.list(range).iter().fold(terms, |mask, term| mask | 1 << term),
                _ => {}
            }
        }
    }
    terms
}
