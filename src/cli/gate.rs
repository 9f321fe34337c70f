//! The gate of `check`: what fails it, counted description by description.

use super::Exit;
use super::args::{Check, FailOn};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::ir::{Modality, Severity, Verdict};
use crate::report::{Document, json};

/// What was counted so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    counts: json::Counts,
    failing: usize,
    stale: usize,
    assessed: bool,
    /// Whether something could not be run as asked.
    pub(super) fault: bool,
}

/// What the gate says.
pub(super) struct Gate {
    pub(super) failing: usize,
    pub(super) words: String,
    pub(super) exit: Exit,
}

impl Tally {
    /// One more description.
    pub(super) fn add(&mut self, options: &Check, model: &Model, document: &Document<'_>, least: Severity) {
        let on = |what: FailOn| options.fail_on.contains(&what) && !options.fail_on.contains(&FailOn::None);
        let gated = |severity: Severity| severity <= least && severity != Severity::Advisory;
        document.each(model, |account| {
            self.counts.add(account.finding.verdict);
            let rule = account.rule();
            let kind = match account.finding.verdict {
                Verdict::NotMet => on(FailOn::NotMet) && rule.modality != Modality::May,
                Verdict::Partly => on(FailOn::Partly),
                Verdict::CannotTell => on(FailOn::CannotTell),
                Verdict::Met | Verdict::NotApplicable => false,
            };
            self.failing += usize::from(kind && gated(rule.severity) && account.waiver().is_none());
        });
        // A list that nobody said is complete keeps the whole open, however its known subjects are decided.
        let open = document.assessment.iter().flat_map(|one| &one.roll_ups).filter(|one| one.open && one.verdict != Verdict::NotApplicable);
        self.failing += open.filter(|one| on(FailOn::CannotTell) && gated(model.rules[one.rule].severity)).count();
        let as_of = document.assessment.as_ref().map(|one| one.as_of);
        let waivers = document.facts.iter().flat_map(|facts| &facts.waivers);
        self.stale += waivers.filter(|one| one.until.zip(as_of).is_some_and(|(until, day)| until < day)).count();
        self.assessed |= document.assessment.is_some();
        self.fault |= document.problems.iter().any(Diagnostic::is_error);
    }

    /// What was counted elsewhere.
    pub(super) fn join(&mut self, other: &Tally) {
        self.counts.join(&other.counts);
        self.failing += other.failing;
        self.stale += other.stale;
        self.assessed |= other.assessed;
        self.fault |= other.fault;
    }

    /// What the gate says of all of them.
    pub(super) fn gate(&self, options: &Check) -> Gate {
        let counts = self.counts;
        let mut words = String::new();
        let mut exit = if self.failing > 0 { Exit::Gate } else { Exit::Good };
        let none = options.fail_on.contains(&FailOn::None);
        let share = if counts.applicable() == 0 { 0 } else { counts.decided() * 100 / counts.applicable() };
        if counts.decided() == 0 && !none && !self.fault {
            words.push_str(if self.assessed {
                "Nothing was decided: no verdict is met, partly or not met. Fill in the facts above and check again.\n"
            } else {
                "Nothing was checked: there is no description.\n"
            });
            exit = exit.max(Exit::Gate);
        }
        if let Some(wanted) = options.min_decided.filter(|wanted| share < *wanted) {
            words.push_str(&format!("{share} % of the applicable verdicts are decided; at least {wanted} % are asked for.\n"));
            exit = exit.max(Exit::Gate);
        }
        if self.stale > 0 && options.fail_on.contains(&FailOn::StaleWaiver) && !none {
            words.push_str(&format!("{} waiver{} run out.\n", self.stale, if self.stale == 1 { " has" } else { "s have" }));
            exit = exit.max(Exit::Gate);
        }
        Gate { failing: self.failing, words, exit: if self.fault { Exit::Fault } else { exit } }
    }
}
