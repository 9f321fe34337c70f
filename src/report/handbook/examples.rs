//! The scenarios of a rule as short examples in words: the story in a line, the verdict, and why. Runs nothing; tests have shown that they hold.

use super::{Handbook, and, capital};
use crate::model::ir::{Modality, Rule, Verdict};
use crate::syntax::ast::{Expect, Reason};

/// Examples in the order of their verdicts.
pub(super) fn lines(handbook: &Handbook<'_>, rule: &Rule) -> Vec<String> {
    let mut all: Vec<(Verdict, String)> = Vec::new();
    for scenario in &handbook.model.scenarios {
        let expected: Vec<&Expect> = scenario.text.expect.iter().filter(|one| one.rule.text == rule.id).collect();
        let several = expected.len() > 1;
        let Some(first) = expected.first() else { continue };
        let each: Vec<String> = expected.iter().map(|one| expectation(handbook, rule, one, several)).collect();
        all.push((verdict(first), format!("{}: {}.", capital(title(&scenario.text.title.text)), each.join("; "))));
    }
    all.sort_by_key(|(verdict, _)| *verdict);
    all.into_iter().map(|(_, line)| line).collect()
}

/// A title without a word and a number before it, by which tests find it: “case 3: …”, “case 3, for a law: …”.
fn title(text: &str) -> &str {
    let digits = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let numbered = |lead: &str| lead.split_once(' ').is_some_and(|(_, rest)| rest.split(',').next().is_some_and(digits));
    text.split_once(": ").filter(|(lead, _)| numbered(lead)).map_or(text, |(_, rest)| rest)
}

fn verdict(expect: &Expect) -> Verdict {
    Verdict::from_words(&expect.verdict.text).unwrap_or(Verdict::CannotTell)
}

fn expectation(handbook: &Handbook<'_>, rule: &Rule, expect: &Expect, several: bool) -> String {
    let verdict = verdict(expect);
    let mut text = format!("*{}*", verdict.words());
    match &expect.subject {
        Some(subject) if several => text.push_str(&format!(" for “{}”", subject.text)),
        None if matches!(rule.selection, crate::model::ir::Selection::Every { .. }) => {
            text.push_str(&format!(" over all {}", handbook.subject().1));
        }
        Some(_) | None => {}
    }
    if let Some(capacity) = &expect.capacity {
        text.push_str(&format!(" in the capacity “{}”", capacity.text));
    }
    if let Some(situation) = expect.situation.as_ref().filter(|one| one.text != "normal") {
        text.push_str(&format!(" in the situation “{}”", situation.text));
    }
    let (mut limbs, mut named) = (Vec::new(), Vec::new());
    for reason in &expect.reasons {
        match reason {
            Reason::Limb(label) => limbs.push(format!("({})", label.text)),
            Reason::Text(text) => named.push(format!("“{}”", text.text)),
        }
    }
    if !limbs.is_empty() {
        text.push_str(&because(rule, verdict, &limbs));
    }
    if !named.is_empty() {
        text.push_str(&format!("{} the reason names {}", if limbs.is_empty() { ";" } else { ", and" }, and(&named)));
    }
    text
}

/// What a limb has to do with a verdict.
fn because(rule: &Rule, verdict: Verdict, limbs: &[String]) -> String {
    let several = limbs.len() > 1;
    let limbs_in_words = and(limbs);
    let plain = rule.modality == Modality::Ensure;
    match verdict {
        Verdict::Met if plain => format!(", because {limbs_in_words} hold{}", if several { "" } else { "s" }),
        Verdict::NotMet if plain => format!(", because {limbs_in_words} {} not hold", if several { "do" } else { "does" }),
        Verdict::CannotTell if plain => {
            format!(", because it is not known whether {limbs_in_words} hold{}", if several { "" } else { "s" })
        }
        _ => format!(", because of {limbs_in_words}"),
    }
}
