//! `ephor test` and `ephor lint`: rule texts run against their own scenarios, and looked over.

use std::collections::{BTreeMap, BTreeSet};

use super::args::Test;
use super::screen::Screen;
use super::{Exit, packs};
use crate::diagnostic::{Code, Diagnostic, causes_first};
use crate::model::Model;
use crate::model::ir::Modality;
use crate::pack::{self, Loaded};
use crate::parallel;
use crate::report::matrix::wrap;
use crate::scenario::{self, Run, Shown};
use crate::text::{Texts, count};

/// How many reasons are named why scenarios were not run.
const REASONS: usize = 5;

fn load(options: &Test, texts: &mut Texts) -> Loaded {
    let names = if options.paths.is_empty() { packs::every() } else { options.paths.clone() };
    let mut loaded = packs::load_with_stories(&names, texts);
    let stories = std::mem::take(&mut loaded.stories);
    loaded.problems.extend(stories);
    loaded.problems = causes_first(loaded.problems);
    if !options.paths.is_empty() {
        // What the program brings along need not be used by somebody's own rules.
        let own = |one: &Diagnostic| {
            one.place().and_then(|place| texts.get(place.source)).is_none_or(|source| !source.name.starts_with(pack::SCHEME))
        };
        loaded.problems.retain(|one| one.is_error() || own(one));
    }
    loaded
}

pub(super) fn run(options: &Test, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let loaded = load(options, &mut texts);
    let errors: Vec<&Diagnostic> = loaded.problems.iter().filter(|one| one.is_error()).collect();
    screen.problems(errors.iter().copied(), &texts);
    let model = &loaded.model;
    let runs: Vec<Run> = parallel::map(&model.scenarios, |scenario| scenario::run(model, scenario));
    let failed: Vec<&Run> = runs.iter().filter(|run| run.problems.iter().any(Diagnostic::is_error)).collect();
    screen.problems(failed.iter().flat_map(|run| &run.problems), &texts);
    let gaps = uncovered(model, &runs);
    if options.coverage {
        screen.problems(&gaps, &texts);
    }
    let width = screen.style.width;
    if !options.quiet {
        let expectations = runs.iter().map(|run| run.expectations).sum();
        let told = [count(runs.len(), "scenario"), count(expectations, "expectation"), count(model.rules.len(), "rule")];
        screen.out(&format!("{}\n", wrap(&format!("{} with {} of {}", told[0], told[1], told[2]), width.saturating_sub(2), "  ")));
        if !gaps.is_empty() && !options.coverage {
            let lack = if gaps.len() == 1 { "lacks" } else { "lack" };
            let line = format!("{} {lack} a scenario for met, not met or cannot tell; `--coverage` names them", count(gaps.len(), "rule"));
            screen.out(&format!("{}\n", wrap(&line, width.saturating_sub(2), "  ")));
        }
    }
    let not_run = hindered(&runs);
    screen.out(&format!("{}\n", wrap(&tally(runs.len(), failed.len(), &not_run), width.saturating_sub(2), "  ")));
    match (errors.is_empty(), failed.is_empty() && not_run.is_empty() && (!options.coverage || gaps.is_empty())) {
        (false, _) => Exit::Fault,
        (true, false) => Exit::Gate,
        (true, true) => Exit::Good,
    }
}

/// What kept scenarios from being run, with how many of them.
fn hindered(runs: &[Run]) -> BTreeMap<&str, usize> {
    let mut reasons = BTreeMap::new();
    for reason in runs.iter().filter_map(|run| run.not_run.as_deref()) {
        *reasons.entry(reason).or_default() += 1;
    }
    reasons
}

/// `3 passed, 1 failed, 2 not run: the rule `x` cannot be used (2)`. What was not run has not passed.
fn tally(all: usize, failed: usize, not_run: &BTreeMap<&str, usize>) -> String {
    let hindered: usize = not_run.values().sum();
    let mut line = format!("{} passed, {failed} failed", all - failed - hindered);
    if hindered > 0 {
        let shown = not_run.iter().take(REASONS).map(|(reason, count)| format!("{reason} ({count})"));
        line.push_str(&format!(", {hindered} not run: {}", shown.collect::<Vec<_>>().join("; ")));
    }
    match not_run.len().saturating_sub(REASONS) {
        0 => line,
        more => format!("{line}; and {}", count(more, "other reason")),
    }
}

/// Rules without a scenario for each verdict that a lawyer must have seen.
fn uncovered(model: &Model, runs: &[Run]) -> Vec<Diagnostic> {
    let shown: BTreeSet<&Shown> = runs.iter().flat_map(|run| &run.shown).collect();
    let mut gaps = Vec::new();
    for (at, rule) in model.rules.iter().enumerate() {
        let process = rule.limbs.limbs.iter().any(|limb| limb.process);
        let can_fail = match rule.modality {
            Modality::Ensure | Modality::NotAllow => true,
            Modality::Considered | Modality::Seek => process,
            Modality::May => false,
        };
        let wanted = [("met", true), ("not-met", can_fail), ("cannot-tell", true)];
        let missing: Vec<&str> =
            wanted.iter().filter(|(word, asked)| *asked && !shown.contains(&Shown::Verdict(at, word))).map(|(word, _)| *word).collect();
        if !missing.is_empty() {
            let message = format!("no scenario shows `{}` as {}", rule.id, missing.join(", "));
            gaps.push(Diagnostic::new(Code::W223, rule.head, message).help("add a `scenario` beside the rule"));
        }
    }
    gaps
}

pub(super) fn lint(options: &Test, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let loaded = load(options, &mut texts);
    screen.problems(&loaded.problems, &texts);
    let errors = loaded.problems.iter().filter(|one| one.is_error()).count();
    let warnings = loaded.problems.len() - errors;
    screen.out(&format!("{}: {}, {}\n", count(loaded.model.rules.len(), "rule"), count(errors, "error"), count(warnings, "warning")));
    match (errors, warnings) {
        (0, 0) => Exit::Good,
        (0, _) => Exit::Gate,
        _ => Exit::Fault,
    }
}
