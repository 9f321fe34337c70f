//! Verdicts by the written table: modality, *partly*, floor, exceptions, lowering, subjects, capacities, situations, roll-up.

use std::collections::BTreeSet;

use ephor::facts::{Basis, Role, RowId};
use ephor::model::ir::{Exception, Expr, Join, Limb, LimbTest, Limbs, Modality, Outcome, Rule, Selection, Verdict};
use ephor::values::Truth;

use super::naive::{Context, Fact, Naive, Thing};

/// One limb: whether it arises, and whether it holds where it does.
#[derive(Clone, Copy, Debug)]
struct Asked {
    arises: Truth,
    strict: Truth,
    lenient: Truth,
    process: bool,
    excused: bool,
}

/// One verdict: for whom, in which capacity and situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) subject: Option<RowId>,
    pub(super) capacity: Option<RowId>,
    pub(super) situation: Option<RowId>,
    pub(super) verdict: Verdict,
}

/// All verdicts of a rule, and the worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) given: Vec<Given>,
    pub(super) roll_up: Verdict,
}

impl Naive<'_> {
    /// All verdicts of one rule.
    pub(super) fn rule(&self, rule: &Rule) -> Whole {
        let mut whole = Whole { given: Vec::new(), roll_up: Verdict::NotApplicable };
        let mut open = false;
        for situation in std::iter::once(None).chain(self.situations().into_iter().map(Some)) {
            let context = Context { things: Vec::new(), situation, floor: None, support: true, observed: false };
            open |= match &rule.selection {
                Selection::State => {
                    whole.given.push(Given { subject: None, capacity: None, situation, verdict: self.verdict(rule, &context).0 });
                    false
                }
                Selection::Every { .. } => self.every(rule, &context, &mut whole.given),
            };
        }
        whole.given.sort_by_key(|one| (one.subject, one.capacity, one.situation));
        let all = whole.given.iter().map(|one| one.verdict).chain(open.then_some(Verdict::CannotTell));
        let worst_first = [Verdict::NotMet, Verdict::CannotTell, Verdict::Partly, Verdict::Met];
        let all: Vec<Verdict> = all.collect();
        whole.roll_up = worst_first.into_iter().find(|one| all.contains(one)).unwrap_or(Verdict::NotApplicable);
        whole
    }

    /// Verdicts for each subject. True if there may be further subjects to which the rule applies.
    fn every(&self, rule: &Rule, context: &Context, given: &mut Vec<Given>) -> bool {
        let Selection::Every { noun, capacity, if_none } = &rule.selection else { return false };
        let situation = context.situation;
        let (mut certain, mut all_excepted, before) = (false, true, given.len());
        for row in self.facts.tables[noun.record as usize].iter().copied().filter(|row| self.facts.row(*row).basis == Basis::DeJure) {
            let meant = self.fits(noun, Thing::Row(row), context, true).and(self.there(row));
            if meant == Truth::No {
                continue;
            }
            certain |= meant == Truth::Yes;
            for hat in capacity.map_or(vec![None], |_| self.capacities(row, context)) {
                let mut things = vec![Thing::Unbound; rule.variables.len()];
                things[noun.slot as usize] = Thing::Row(row);
                if let (Some(slot), Some(hat)) = (capacity, hat) {
                    things[*slot as usize] = hat;
                }
                let hat = if let Some(Thing::Row(hat)) = hat { Some(hat) } else { None };
                let (verdict, by) = self.verdict(rule, &Context { things, ..context.clone() });
                let verdict = if meant == Truth::Unknown && verdict != Verdict::NotApplicable { Verdict::CannotTell } else { verdict };
                all_excepted &= verdict == Verdict::NotApplicable
                    && by.is_some_and(|exception| {
                        matches!(exception.outcome, Outcome::NotApplicable) && !exception.of_subject && !outranked(rule, exception)
                    });
                given.push(Given { subject: Some(row), capacity: hat, situation, verdict });
            }
        }
        let open = self.unlisted_possible(noun, context) && self.may_fit(noun, context) != Truth::No;
        let without = if open { Verdict::CannotTell } else { *if_none };
        let exceptions: Vec<&Exception> = rule.exceptions.iter().filter(|one| !one.of_subject).collect();
        let excepted = |one: &Exception| matches!(one.outcome, Outcome::NotApplicable) && !(open && outranked(rule, one));
        let verdicts: Vec<(&Exception, Verdict)> =
            exceptions.into_iter().map(|one| (one, if excepted(one) { Verdict::NotApplicable } else { without })).collect();
        let none = self.without_subject(&verdicts, without, context);
        if given.len() == before {
            given.push(Given { subject: None, capacity: None, situation, verdict: none });
            return false;
        }
        // The rule may be for none of these, and then what it says of none decides.
        for one in
            given.iter_mut().skip(before).filter(|one| !certain && one.verdict == Verdict::NotApplicable && none != Verdict::NotApplicable)
        {
            one.verdict = Verdict::CannotTell;
            all_excepted = false;
        }
        open && !all_excepted
    }

    /// A subject all of whose own evidence lies outside its dates may not be there on the day.
    fn there(&self, row: RowId) -> Truth {
        let evidence = self.facts.evidence(self.facts.row(row).evidence).iter().filter(|one| one.role == Role::States);
        let dated: Vec<Truth> = evidence.map(|one| one.provision.map_or(Truth::Yes, |clause| self.by_dates(clause))).collect();
        if !dated.is_empty() && dated.iter().all(|one| *one == Truth::No) { Truth::Unknown } else { Truth::Yes }
    }

    /// An exception that does not speak of the subject decides where there is none.
    fn without_subject(&self, exceptions: &[(&Exception, Verdict)], without: Verdict, context: &Context) -> Verdict {
        let Some(((first, with), rest)) = exceptions.split_first() else { return without };
        either(self.node(&first.condition, context), || *with, || self.without_subject(rest, without, context))
    }

    /// Silence on capacities and a record that there are none mean one capacity; what is said and settles nothing leaves them open.
    pub(super) fn capacities(&self, row: RowId, context: &Context) -> Vec<Option<Thing>> {
        let slot = self.model.vocabulary.frame.capacities.filter(|slot| slot.0 == self.facts.row(row).record);
        let Some((_, attribute)) = slot else { return vec![None] };
        match self.fact(Thing::Row(row), attribute, context) {
            // A list whose every member was searched for in vain names none.
            Fact::Value(value) if self.rows(value).is_empty() => vec![None],
            Fact::Value(value) => self.rows(value).into_iter().map(|hat| Some(Thing::Row(hat))).collect(),
            Fact::NoValue => vec![None],
            Fact::Unknown => {
                let open = self.facts.cell(row, attribute).is_said() || self.rests_on_nothing(row, context);
                vec![open.then_some(Thing::Unsettled)]
            }
        }
    }

    /// The verdict on one subject, and the exception that decided it.
    fn verdict<'r>(&self, rule: &'r Rule, context: &Context) -> (Verdict, Option<&'r Exception>) {
        let (verdict, by) = self.excepted(rule, &rule.exceptions, context);
        let Some(condition) = &rule.lowered else { return (verdict, by) };
        let lower = match verdict {
            Verdict::Met => Verdict::Partly,
            Verdict::Partly => bounded(rule, Verdict::NotMet, self.process_fails(rule, by, context)),
            other => other,
        };
        // What was certainly observed lowers, and nothing else does.
        let observed = self.node(condition, &Context { observed: true, ..context.clone() });
        (if observed == Truth::Yes { lower } else { verdict }, by)
    }

    fn excepted<'r>(&self, rule: &'r Rule, left: &'r [Exception], context: &Context) -> (Verdict, Option<&'r Exception>) {
        let Some((first, rest)) = left.split_first() else { return (self.limbs(rule, None, context), None) };
        let with = || match &first.outcome {
            Outcome::NotApplicable => Verdict::NotApplicable,
            Outcome::Substitute { excused, instead } => self.limbs(rule, Some((excused, instead.as_ref())), context),
        };
        match self.node(&first.condition, context) {
            Truth::Yes => (with(), Some(first)),
            Truth::No => self.excepted(rule, rest, context),
            Truth::Unknown => {
                let (without, by) = self.excepted(rule, rest, context);
                (if with() == without { without } else { Verdict::CannotTell }, by)
            }
        }
    }

    /// Whether a limb of process that is asked certainly fails.
    fn process_fails(&self, rule: &Rule, by: Option<&Exception>, context: &Context) -> bool {
        let substitute = match by.map(|one| &one.outcome) {
            Some(Outcome::Substitute { excused, instead }) => Some((excused, instead.as_ref())),
            _ => None,
        };
        let (own, new) = self.asked(rule, substitute, context);
        own.iter().chain(&new).any(fails_in_process)
    }

    fn asked(&self, rule: &Rule, substitute: Option<(&Vec<usize>, Option<&Limbs>)>, context: &Context) -> (Vec<Asked>, Vec<Asked>) {
        let excused = |at: usize| substitute.is_some_and(|(excused, _)| excused.is_empty() || excused.contains(&at));
        let own = rule
            .limbs
            .limbs
            .iter()
            .enumerate()
            .map(|(at, limb)| Asked { excused: excused(at), ..self.limb(rule, limb, context) })
            .collect();
        let new = substitute
            .and_then(|(_, instead)| instead)
            .map_or(Vec::new(), |limbs| limbs.limbs.iter().map(|limb| self.limb(rule, limb, context)).collect());
        (own, new)
    }

    /// The verdict over limbs, in every way in which guards could turn out.
    fn limbs(&self, rule: &Rule, substitute: Option<(&Vec<usize>, Option<&Limbs>)>, context: &Context) -> Verdict {
        let (own, new) = self.asked(rule, substitute, context);
        let count = own.len();
        let all: Vec<Asked> = own.into_iter().chain(new).collect();
        let join = substitute.and_then(|(_, instead)| instead).map_or(Join::And, |limbs| limbs.join);
        let verdicts: BTreeSet<Verdict> =
            guarded_ways(&all).iter().map(|way| grade(rule, &way[..count], &way[count..], join, substitute.is_some())).collect();
        let mut verdicts = verdicts.into_iter();
        match (verdicts.next(), verdicts.next()) {
            (Some(one), None) => one,
            _ => Verdict::CannotTell,
        }
    }

    fn limb(&self, rule: &Rule, limb: &Limb, context: &Context) -> Asked {
        let context = Context { support: rule.modality != Modality::NotAllow, floor: None, ..context.clone() };
        let (arises, node) = match &limb.node.expr {
            Expr::Where(guard, then) => (self.guard(guard, &context), &**then),
            Expr::During(term, _) => (self.arises_during(*term), &limb.node),
            _ => (Truth::Yes, &limb.node),
        };
        let lenient = self.node(node, &context);
        let strict = self.node(node, &Context { floor: rule.floor, ..context });
        Asked { arises, strict, lenient, process: limb.process, excused: false }
    }

    fn arises_during(&self, term: u16) -> Truth {
        if !self.situations_of(term, Truth::Yes).is_empty() {
            Truth::Yes
        } else if !self.situations_of(term, Truth::Unknown).is_empty() {
            Truth::Unknown
        } else if self.no_situation_of(term) {
            Truth::No
        } else {
            Truth::Unknown
        }
    }

    /// The truth of a limb as a condition, on evidence of the floor and on any, and whether it may arise.
    pub(super) fn limb_truths(&self, rule: &Rule, limb: &Limb, context: &Context) -> (Truth, Truth, bool) {
        let context = Context { support: rule.modality != Modality::NotAllow, floor: None, ..context.clone() };
        let lenient = self.node(&limb.node, &context);
        let strict = self.node(&limb.node, &Context { floor: rule.floor, ..context.clone() });
        (strict, lenient, self.limb(rule, limb, &context).arises != Truth::No)
    }
}

/// Whether a stronger exception speaks of the subject: it may decide for one that nobody wrote down.
fn outranked(rule: &Rule, exception: &Exception) -> bool {
    rule.exceptions.iter().take_while(|one| one.name != exception.name).any(|one| one.of_subject)
}

/// What follows either way, if both ways are the same where it is unknown.
fn either(truth: Truth, with: impl Fn() -> Verdict, without: impl Fn() -> Verdict) -> Verdict {
    match truth {
        Truth::Yes => with(),
        Truth::No => without(),
        Truth::Unknown => {
            let (with, without) = (with(), without());
            if with == without { with } else { Verdict::CannotTell }
        }
    }
}

fn guarded_ways(limbs: &[Asked]) -> Vec<Vec<Asked>> {
    let mut ways: Vec<Vec<Asked>> = vec![Vec::new()];
    for limb in limbs {
        let each: &[Truth] =
            if limb.arises == Truth::Unknown && !limb.excused { &[Truth::Yes, Truth::No] } else { std::slice::from_ref(&limb.arises) };
        ways = ways
            .iter()
            .flat_map(|way| each.iter().map(|arises| way.iter().copied().chain([Asked { arises: *arises, ..*limb }]).collect()))
            .collect();
    }
    ways
}

fn grade(rule: &Rule, own: &[Asked], new: &[Asked], new_join: Join, substituted: bool) -> Verdict {
    let parts = [together(rule.limbs.join, own), together(new_join, new)];
    let asked: Vec<(Truth, Truth)> = parts.into_iter().flatten().collect();
    if asked.is_empty() {
        return if substituted && own.iter().all(|one| one.excused) && new.is_empty() { Verdict::Met } else { Verdict::NotApplicable };
    }
    let (mut strict, mut lenient) = asked.into_iter().fold((Truth::Yes, Truth::Yes), |whole, one| (whole.0.and(one.0), whole.1.and(one.1)));
    if rule.modality == Modality::NotAllow {
        (strict, lenient) = (!lenient, !lenient);
    }
    let partly = rule.partly.as_ref().and_then(|test| holds(test, own)).unwrap_or(Truth::No);
    let ignorance = rule.partly.as_ref().is_some_and(asks_ignorance);
    let verdict = match (strict, lenient) {
        (Truth::Yes, _) => Verdict::Met,
        (Truth::No, Truth::Yes) => Verdict::Partly,
        (Truth::Unknown, _) if ignorance && partly == Truth::Yes => Verdict::Partly,
        (Truth::Unknown, _) => Verdict::CannotTell,
        (Truth::No, _) if partly == Truth::Yes => Verdict::Partly,
        (Truth::No, Truth::No) if partly == Truth::No => Verdict::NotMet,
        (Truth::No, Truth::No | Truth::Unknown) => Verdict::CannotTell,
    };
    bounded(rule, verdict, own.iter().chain(new).any(fails_in_process))
}

fn fails_in_process(limb: &Asked) -> bool {
    limb.process && !limb.excused && limb.arises == Truth::Yes && limb.lenient == Truth::No
}

fn bounded(rule: &Rule, verdict: Verdict, process_fails: bool) -> Verdict {
    let held_back = match rule.modality {
        Modality::Ensure | Modality::NotAllow => false,
        Modality::Considered | Modality::Seek => !process_fails,
        Modality::May => true,
    };
    if verdict == Verdict::NotMet && held_back { Verdict::CannotTell } else { verdict }
}

/// The truth of those limbs that are asked.
fn together(join: Join, limbs: &[Asked]) -> Option<(Truth, Truth)> {
    let asked = limbs.iter().filter(|limb| limb.arises == Truth::Yes && !limb.excused).map(|limb| (limb.strict, limb.lenient));
    asked.reduce(|one, other| match join {
        Join::And => (one.0.and(other.0), one.1.and(other.1)),
        Join::Or => (one.0.or(other.0), one.1.or(other.1)),
    })
}

pub(super) fn asks_ignorance(test: &LimbTest) -> bool {
    match test {
        LimbTest::Unknown(_) => true,
        LimbTest::Not(inner) => asks_ignorance(inner),
        LimbTest::All(all) | LimbTest::Any(all) => all.iter().any(asks_ignorance),
        LimbTest::Holds(_) | LimbTest::AtLeast(..) => false,
    }
}

/// A condition over limbs. Limbs that do not arise or are excused drop out, and so does what names only such.
fn holds(test: &LimbTest, limbs: &[Asked]) -> Option<Truth> {
    let truth = |at: &usize| limbs.get(*at).filter(|limb| limb.arises == Truth::Yes && !limb.excused).map(|limb| limb.lenient);
    match test {
        LimbTest::Holds(at) => truth(at),
        LimbTest::Unknown(at) => truth(at).map(|truth| Truth::from_bool(truth == Truth::Unknown)),
        LimbTest::Not(inner) => holds(inner, limbs).map(|truth| !truth),
        LimbTest::All(all) => all.iter().filter_map(|one| holds(one, limbs)).reduce(Truth::and),
        LimbTest::Any(all) => all.iter().filter_map(|one| holds(one, limbs)).reduce(Truth::or),
        LimbTest::AtLeast(count, all) => {
            let asked: Vec<Truth> = all.iter().filter_map(truth).collect();
            let at_least = |truth: Truth| asked.iter().filter(|one| **one >= truth).count() >= *count;
            let reached = if at_least(Truth::Yes) {
                Truth::Yes
            } else if at_least(Truth::Unknown) {
                Truth::Unknown
            } else {
                Truth::No
            };
            (!asked.is_empty()).then_some(reached)
        }
    }
}
