//! The last lines of a run: what came out for each State, what the gate says, and which facts would settle the most.

use std::collections::BTreeMap;

use super::draw::safe;
use super::json::Counts;
use super::matrix::{counted, wrap};
use super::{Outcome, Style};
use crate::model::ir::Verdict;

/// How many facts that would settle the most are named.
const FACTS: usize = 5;

/// One line for each State, then the facts, then what to do next.
pub fn write(outcome: &Outcome<'_>, failing: usize, style: Style) -> String {
    let mut out = String::new();
    for document in &outcome.documents {
        if document.assessment.is_none() {
            let errors = document.problems.iter().filter(|one| one.is_error()).count();
            out.push_str(&format!(
                "{}: {errors} error{} in the description, no verdicts\n",
                safe(&document.path),
                if errors == 1 { "" } else { "s" }
            ));
            continue;
        }
        let (mut counts, mut waived) = (Counts::default(), 0);
        document.each(outcome.model, |account| {
            counts.add(account.finding.verdict);
            waived += u32::from(account.waiver().is_some());
        });
        let as_of = document.assessment.as_ref().map_or_else(String::new, |one| one.as_of.to_string());
        let line = format!(
            "{} as of {as_of}: {} ({} of {} decided{})",
            safe(&document.state(outcome.model)),
            counted(|verdict| counts.get(verdict)),
            counts.decided(),
            counts.applicable(),
            if waived == 0 { String::new() } else { format!("; {waived} waived, and counted as what they are") }
        );
        out.push_str(&wrap(&line, style.width, "  "));
        out.push('\n');
    }
    out.push_str(&settling(outcome, style));
    let packs: Vec<&str> = outcome.packs.iter().map(|one| one.id.as_str()).collect();
    if outcome.documents.iter().any(|one| one.assessment.is_some()) {
        let verdicts = if failing == 1 { "1 verdict fails".to_owned() } else { format!("{failing} verdicts fail") };
        out.push_str(&wrap(&format!("{verdicts} the gate (pack {}, {} rules).", packs.join(", "), outcome.scope.rules), style.width, "  "));
        out.push('\n');
    }
    out
}

/// The facts that stand in the way of the most verdicts.
fn settling(outcome: &Outcome<'_>, style: Style) -> String {
    let mut wanted: BTreeMap<(String, String, String), u32> = BTreeMap::new();
    let many = outcome.documents.len() > 1;
    for document in &outcome.documents {
        let state = if many { format!("{}: ", document.state(outcome.model)) } else { String::new() };
        document.each(outcome.model, |account| {
            if account.finding.verdict == Verdict::CannotTell {
                for missing in account.missing() {
                    *wanted.entry((state.clone(), missing.path, missing.question)).or_default() += 1;
                }
            }
        });
    }
    let mut all: Vec<(&(String, String, String), u32)> = wanted.iter().map(|(key, count)| (key, *count)).collect();
    all.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    if all.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nFacts that could settle the most:\n");
    for ((state, path, question), count) in all.iter().take(FACTS) {
        let line = safe(&format!("{count} verdict{}: {state}{path}: {question}", if *count == 1 { "" } else { "s" }));
        out.push_str(&format!("  {}\n", wrap(&line, style.width.saturating_sub(4), "    ")));
    }
    out.push('\n');
    out
}
