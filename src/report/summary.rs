//! The last lines of a run: what came out for each State, what the gate says, and which facts would settle the most.

use std::collections::BTreeMap;

use super::draw::safe;
use super::json::Counts;
use super::matrix::{counted, wrap};
use super::{Outcome, Style};
use crate::model::ir::Verdict;
use crate::reason::Missing;
use crate::text::count;

/// How many facts that would settle the most are named.
const FACTS: usize = 5;

/// One line for each State, then the facts, then what to do next.
pub fn write(outcome: &Outcome<'_>, failing: usize, style: Style) -> String {
    let mut out = String::new();
    for document in &outcome.documents {
        if document.assessment.is_none() {
            let errors = document.problems.iter().filter(|one| one.is_error()).count();
            if errors > 0 {
                // A path is kept whole.
                out.push_str(&format!("{}: {} in the description, no verdicts\n", safe(&document.path), count(errors, "error")));
            }
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
        out.push_str(&wrap(&line, style.width.saturating_sub(2), "  "));
        out.push('\n');
    }
    out.push_str(&settling(outcome, style));
    let packs: Vec<&str> = outcome.packs.iter().map(|one| one.id.as_str()).collect();
    if outcome.documents.iter().any(|one| one.assessment.is_some()) {
        let fail = if failing == 1 { "fails" } else { "fail" };
        let line = format!(
            "{} {fail} the gate ({} {}, {}).",
            count(failing, "verdict"),
            if packs.len() == 1 { "pack" } else { "packs" },
            packs.join(", "),
            count(outcome.scope.rules, "rule")
        );
        out.push_str(&format!("{}\n", wrap(&line, style.width.saturating_sub(2), "  ")));
    }
    out
}

/// The facts that stand in the way of the most verdicts.
fn settling(outcome: &Outcome<'_>, style: Style) -> String {
    let mut wanted: BTreeMap<Wanted, u32> = BTreeMap::new();
    let many = outcome.documents.len() > 1;
    for document in &outcome.documents {
        let state = if many { format!("{}: ", document.state(outcome.model)) } else { String::new() };
        document.each(outcome.model, |account| {
            if account.finding.verdict == Verdict::CannotTell {
                for missing in account.missing() {
                    let line = missing.offset.and_then(|at| outcome.texts.get(document.source).map(|source| source.line_column(at).0));
                    *wanted.entry(Wanted { state: state.clone(), missing, line }).or_default() += 1;
                }
            }
        });
    }
    let mut all: Vec<(&Wanted, u32)> = wanted.iter().map(|(key, count)| (key, *count)).collect();
    all.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    if all.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nFacts that could settle the most:\n");
    for (wanted, verdicts) in all.iter().take(FACTS) {
        let line = safe(&format!("{}: {}", count(*verdicts as usize, "verdict"), wanted.words()));
        out.push_str(&format!("  {}\n", wrap(&line, style.width.saturating_sub(4), "    ")));
    }
    out.push('\n');
    out
}

/// A fact that is missing, and the line of its record.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    state: String,
    missing: Missing,
    line: Option<u32>,
}

impl Wanted {
    /// `Germany: mad.parent (line 93): MAD: Which body is it directly under?`
    fn words(&self) -> String {
        let line = self.line.map_or_else(String::new, |line| format!(" (line {line})"));
        let asks_of_it = self.missing.question.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("it"));
        let about = self
            .missing
            .about
            .as_ref()
            .filter(|name| asks_of_it && !self.missing.path.starts_with(name.as_str()))
            .map_or_else(String::new, |name| format!("{name}: "));
        format!("{}{}{line}: {about}{}", self.state, self.missing.path, self.missing.question)
    }
}
