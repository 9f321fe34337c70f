//! What each verdict means for one rule, told from its structure: modality, limbs, what gives *partly*, floor, exceptions, selection.

use super::{Handbook, and, listed};
use crate::model::ir::{Expr, Join, LimbTest, Modality, Outcome, Rule, Selection, VERDICTS, Verdict};
use crate::reading::{self, limb_test};

/// Each verdict with what it takes.
pub(super) fn lines(handbook: &Handbook<'_>, rule: &Rule) -> Vec<String> {
    let meaning = |verdict| match verdict {
        Verdict::Met => met(handbook, rule),
        Verdict::Partly => partly(rule),
        Verdict::NotMet => not_met(rule),
        Verdict::CannotTell => cannot_tell(handbook, rule),
        Verdict::NotApplicable => not_applicable(handbook, rule),
    };
    VERDICTS.iter().map(|(verdict, _, words)| format!("*{words}*: {}", meaning(*verdict))).collect()
}

fn labels(rule: &Rule) -> Vec<String> {
    rule.limbs.limbs.iter().map(|limb| format!("({})", limb.label)).collect()
}

/// That the limbs together hold, with a word before the verb: “(a) and (b) certainly hold”.
fn hold(rule: &Rule, word: &str) -> String {
    let labels = labels(rule);
    match (labels.len(), rule.limbs.join) {
        (1, _) => format!("{} {word}holds", labels.concat()),
        (_, Join::And) => format!("{} {word}hold", and(&labels)),
        (_, Join::Or) => format!("{} {word}holds", listed(&labels, "or")),
    }
}

/// That the limbs together do not hold.
fn fail(rule: &Rule) -> String {
    let labels = labels(rule);
    match (labels.len(), rule.limbs.join) {
        (1, _) => format!("{} certainly does not hold", labels.concat()),
        (_, Join::And) => format!("at least one of {} certainly does not hold", and(&labels)),
        (2, Join::Or) => format!("neither {} nor {} holds, and that is certain", labels[0], labels[1]),
        (_, Join::Or) => format!("none of {} holds, and that is certain", and(&labels)),
    }
}

/// A sentence where the rule says that this is the verdict if there is none.
fn if_none(handbook: &Handbook<'_>, rule: &Rule, verdict: Verdict) -> Option<String> {
    match &rule.selection {
        Selection::Every { if_none, .. } if *if_none == verdict => {
            Some(format!("there certainly is no {}{}", if has_test(rule) { "such " } else { "" }, handbook.subject().0))
        }
        Selection::Every { .. } | Selection::State => None,
    }
}

/// Whether the rule is for some subjects only.
fn has_test(rule: &Rule) -> bool {
    matches!(&rule.selection, Selection::Every { noun, .. } if !noun.modifiers.is_empty())
}

fn floor(handbook: &Handbook<'_>, rule: &Rule) -> Option<String> {
    rule.floor.and_then(|id| handbook.model.qualifiers.get(id as usize)).map(|one| reading::laid_down(&one.read))
}

fn met(handbook: &Handbook<'_>, rule: &Rule) -> String {
    let mut text = if rule.modality == Modality::NotAllow { fail(rule) } else { hold(rule, "") };
    if let Some(floor) = floor(handbook, rule) {
        text.push_str(&format!(", on evidence {floor}"));
    }
    if guarded(rule).iter().any(|one| *one) && !guarded(rule).iter().all(|one| *one) {
        text.push_str("; a limb that does not arise is left out");
    }
    if let Some(none) = if_none(handbook, rule, Verdict::Met) {
        text.push_str(&format!("; or {none}"));
    }
    format!("{text}.")
}

/// Which limbs are asked only where something arises.
fn guarded(rule: &Rule) -> Vec<bool> {
    rule.limbs.limbs.iter().map(|limb| matches!(limb.node.expr, Expr::Where(..) | Expr::During(..))).collect()
}

fn partly(rule: &Rule) -> String {
    let mut ways = Vec::new();
    if rule.floor.is_some() {
        ways.push("what is asked holds, but only on evidence below the floor".to_owned());
    }
    if let Some(partly) = &rule.partly {
        let test = limb_test(partly, rule);
        ways.push(match (speaks_of_unknown(partly), test.contains('[')) {
            (true, _) => format!("the whole does not hold or is not known, but this is so: {test}"),
            (false, true) => format!("what is asked certainly does not hold in full, but this is so: {test}"),
            (false, false) => format!("what is asked certainly does not hold in full, but {test}"),
        });
    }
    if rule.lowered.is_some() {
        ways.push("it would be *met*, and what lowers it by one step is so".to_owned());
    }
    if ways.is_empty() { "never; this rule has no middle.".to_owned() } else { format!("{}.", ways.join("; or ")) }
}

fn speaks_of_unknown(test: &LimbTest) -> bool {
    match test {
        LimbTest::Unknown(_) => true,
        LimbTest::Holds(_) | LimbTest::AtLeast(..) => false,
        LimbTest::Not(one) => speaks_of_unknown(one),
        LimbTest::All(all) | LimbTest::Any(all) => all.iter().any(speaks_of_unknown),
    }
}

fn not_met(rule: &Rule) -> String {
    let process: Vec<String> = rule.limbs.limbs.iter().filter(|limb| limb.process).map(|limb| format!("({})", limb.label)).collect();
    let otherwise = if rule.partly.is_some() { ", and what gives *partly* does not hold either" } else { "" };
    let text = match rule.modality {
        Modality::Ensure => format!("{}{otherwise}", fail(rule)),
        Modality::NotAllow => format!("{}{otherwise}", hold(rule, "certainly ")),
        Modality::May => "never; this is a permission, and nobody fails by not using it".to_owned(),
        Modality::Considered | Modality::Seek if process.is_empty() => {
            "never; this is a duty of effort, and no outcome alone shows that it was broken".to_owned()
        }
        Modality::Considered | Modality::Seek => format!(
            "only if {}, which {} about the process, certainly {}{otherwise} (the outcome alone never shows it)",
            listed(&process, "or"),
            if process.len() == 1 { "asks" } else { "ask" },
            if process.len() == 1 { "fails" } else { "fail" },
        ),
    };
    let lowered = if rule.lowered.is_some() { "; or it would be *partly*, and what lowers it is so" } else { "" };
    format!("{text}{lowered}.")
}

fn cannot_tell(handbook: &Handbook<'_>, rule: &Rule) -> String {
    let mut text = "a fact that could change the result is unknown, disputed, or on a list that is not closed".to_owned();
    let mut doubts = Vec::new();
    if !rule.exceptions.is_empty() {
        doubts.push(format!("whether {} exception applies", if rule.exceptions.len() == 1 { "the" } else { "an" }));
    }
    if has_test(rule) {
        doubts.push(format!("whether the rule is for this {}", handbook.subject().0));
    }
    if !doubts.is_empty() {
        text.push_str(&format!("; or it is not known {}", listed(&doubts, "or")));
    }
    if let Some(none) = if_none(handbook, rule, Verdict::CannotTell) {
        text.push_str(&format!("; or {none} at all, and a person has to look why"));
    }
    if !matches!(rule.modality, Modality::Ensure | Modality::NotAllow) {
        text.push_str("; or what is asked fails, and nothing shows that a duty was broken");
    }
    format!("{text}.")
}

fn not_applicable(handbook: &Handbook<'_>, rule: &Rule) -> String {
    let mut ways = Vec::new();
    let excepted = rule.exceptions.iter().filter(|one| matches!(one.outcome, Outcome::NotApplicable));
    let names: Vec<String> = excepted.map(|one| format!("“{}”", one.name)).collect();
    if !names.is_empty() {
        ways.push(format!("the exception {} certainly applies", listed(&names, "or")));
    }
    ways.extend(if_none(handbook, rule, Verdict::NotApplicable));
    if guarded(rule).iter().all(|one| *one) {
        ways.push("nothing that is asked arises".to_owned());
    }
    if ways.is_empty() { "never.".to_owned() } else { format!("{}.", ways.join("; or ")) }
}
