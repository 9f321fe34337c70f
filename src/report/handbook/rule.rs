//! One rule of the handbook.

use super::{Handbook, and, asked, capital, ended, examples, mark, verdicts, words};
use crate::model::ir::{Exception, FootingPart, Join, Limb, Limbs, MODALITIES, Modality, Outcome, Rule, Selection, enumeration};
use crate::reading::{self, Reader};
use crate::report::json::citation;

/// A rule from its heading to its last example.
pub(super) fn write(handbook: &Handbook<'_>, rule: &Rule) -> String {
    let names = handbook.names(rule);
    let plain = Reader { model: handbook.model, names };
    let mut out = format!("{}#### {}: {}\n\n", mark(&rule.id), rule.id, rule.title);
    out.push_str(&format!("{}; severity {}; footing: {}.\n\n", handbook.cites(rule), rule.severity.word(), footing(handbook, rule)));
    out.push_str(&format!("{}:\n\n{}\n", lead(handbook, rule), limbs(&plain, &rule.limbs, rule)));
    out.push_str(&format!("The rule in one sentence:\n\n> {}\n\n", reading::rule(handbook.model, rule)));
    list(&mut out, "What each verdict means for this rule", &verdicts::lines(handbook, rule));
    let exceptions: Vec<String> = rule.exceptions.iter().map(|one| exception(handbook, &plain, rule, one)).collect();
    list(&mut out, "Exceptions", &exceptions);
    if let Some(floor) = rule.floor.and_then(|id| handbook.model.qualifiers.get(id as usize)) {
        out.push_str(&format!("**Evidence floor.** What supports a *met* must be {}.\n\n", reading::laid_down(&floor.read)));
    }
    if let Some(lowered) = &rule.lowered {
        out.push_str(&format!("**What lowers the verdict.** It is lowered by one step when {}.\n\n", plain.node(lowered)));
    }
    list(&mut out, "Facts needed", &asked::lines(handbook, rule));
    let prose: [(&str, &str); 5] = [
        ("Question to the assessor", &rule.question),
        ("What mends a gap", &rule.remedy),
        ("Caution", &rule.caution),
        ("Note for reviewers", &rule.note),
        ("Companion standards", &rule.companion),
    ];
    for (label, text) in prose.iter().filter(|(_, text)| !text.is_empty()) {
        out.push_str(&format!("**{label}.** {}\n\n", ended(&capital(&plain.fill(text, &rule.variables)))));
    }
    if !rule.topics.is_empty() {
        let topics: Vec<String> = rule.topics.iter().map(|one| words(one)).collect();
        out.push_str(&format!("**Topics.** {}.\n\n", capital(&topics.join(", "))));
    }
    list(&mut out, "Examples", &examples::lines(handbook, rule));
    out
}

fn list(out: &mut String, label: &str, lines: &[String]) {
    if !lines.is_empty() {
        out.push_str(&format!("**{label}.**\n\n{}\n", lines.iter().map(|line| format!("- {line}\n")).collect::<String>()));
    }
}

/// Of whom what is asked, up to the colon before the limbs.
fn lead(handbook: &Handbook<'_>, rule: &Rule) -> String {
    let mut text = match &rule.selection {
        Selection::State => "The State ".to_owned(),
        Selection::Every { noun, capacity, .. } => {
            let mut reader = Reader::letters(handbook.model, &rule.variables);
            if let Some(name) = reader.names.get_mut(noun.slot as usize) {
                name.clear();
            }
            let capacity = if capacity.is_some() { ", in each capacity in which it serves" } else { "" };
            format!("For every {}{capacity}, the State ", reader.noun(noun))
        }
    };
    text.push_str(MODALITIES.iter().find(|(known, _)| *known == rule.modality).map_or("", |(_, words)| words));
    text.push_str(match (rule.modality, rule.limbs.limbs.len(), rule.limbs.join) {
        (Modality::Considered, 1, _) => " this, so that it can be shown that",
        (Modality::Considered, 2, Join::And) => " this, so that it can be shown that both of these hold",
        (Modality::Considered, _, Join::And) => " this, so that it can be shown that all of these hold",
        (Modality::Considered, _, Join::Or) => " this, so that it can be shown that at least one of these holds",
        (_, 1, _) => "",
        (Modality::NotAllow, _, Join::And) => " all of this is so at once",
        (_, 2, Join::And) => " both of these hold",
        (_, _, Join::And) => " all of these hold",
        (_, _, Join::Or) => " at least one of these holds",
    });
    text
}

fn limbs(plain: &Reader<'_>, limbs: &Limbs, rule: &Rule) -> String {
    limbs.limbs.iter().map(|limb| format!("- ({}) {}\n", limb.label, says(plain, limb, rule))).collect()
}

fn says(plain: &Reader<'_>, limb: &Limb, rule: &Rule) -> String {
    let text = limb.says.as_ref().map_or_else(|| plain.node(&limb.node), |says| plain.fill(says, &rule.variables));
    let process = if limb.process { " (this is about the process)" } else { "" };
    format!("{text}{process}")
}

fn exception(handbook: &Handbook<'_>, plain: &Reader<'_>, rule: &Rule, one: &Exception) -> String {
    let cites: Vec<String> = one.cites.iter().map(|cited| citation(handbook.model, cited)).collect();
    let cites = if cites.is_empty() { String::new() } else { format!(" ({})", cites.join(", ")) };
    let condition = plain.node(&one.condition);
    let then = match &one.outcome {
        Outcome::Substitute { excused, instead: Some(instead) } => {
            let labels: Vec<String> =
                excused.iter().filter_map(|at| rule.limbs.limbs.get(*at)).map(|limb| format!("({})", limb.label)).collect();
            let excuse = match labels.len() {
                0 => String::new(),
                1 => format!("{} is excused, and ", labels.concat()),
                _ => format!("{} are excused, and ", and(&labels)),
            };
            let asked: Vec<String> = instead.limbs.iter().map(|limb| format!("({}) {}", limb.label, says(plain, limb, rule))).collect();
            let join = if instead.join == Join::Or { "; or " } else { "; and " };
            format!("{excuse}this is asked instead: {}.", asked.join(join))
        }
        outcome => reading::outcome(plain, outcome, rule),
    };
    format!("“{}”{cites}: if {condition}. Then {then}", one.name)
}

fn footing(handbook: &Handbook<'_>, rule: &Rule) -> String {
    rule.footing.iter().map(|part| footing_part(handbook, part)).collect::<Vec<_>>().join("; ")
}

fn footing_part(handbook: &Handbook<'_>, part: &FootingPart) -> String {
    let vocabulary = &handbook.model.vocabulary;
    let mut text = part.footing.word().to_owned();
    if let Some(from) = &part.from {
        text.push_str(&format!(" from {}", citation(handbook.model, from)));
    }
    if let Some(with) = &part.with {
        text.push_str(&format!(" with {with}"));
    }
    let list = vocabulary.frame.graded_by.and_then(|slot| enumeration(&vocabulary.attribute(slot).ty));
    if let (Some(list), false) = (list, part.terms.is_empty()) {
        let terms: Vec<String> = part.terms.iter().map(|term| vocabulary.enumeration(list).terms[*term as usize].reading.clone()).collect();
        text.push_str(&format!(" for {} {}", and(&terms), handbook.subject().1));
    }
    text
}
