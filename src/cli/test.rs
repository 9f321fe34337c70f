//! `ephor test` and `ephor lint`: rule texts run against their own scenarios, and looked over.

use std::collections::BTreeSet;

use super::args::Test;
use super::screen::Screen;
use super::{Exit, packs};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Model;
use crate::model::ir::Modality;
use crate::pack::{self, Loaded};
use crate::parallel;
use crate::scenario::{self, Run, Shown};
use crate::text::Texts;

fn load(options: &Test, texts: &mut Texts) -> Loaded {
    let names = if options.paths.is_empty() { packs::every() } else { options.paths.clone() };
    let mut loaded = packs::load_with_stories(&names, texts);
    let stories = std::mem::take(&mut loaded.stories);
    loaded.problems.extend(stories);
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
    let expectations: usize = runs.iter().map(|run| run.expectations).sum();
    if !options.quiet {
        screen.out(&format!("{} scenarios with {expectations} expectations of {} rules\n", runs.len(), model.rules.len()));
        if !gaps.is_empty() && !options.coverage {
            screen.out(&format!("{} rules lack a scenario for met, not met or cannot tell; `--coverage` names them\n", gaps.len()));
        }
    }
    screen.out(&format!("{} passed, {} failed\n", runs.len() - failed.len(), failed.len()));
    match (errors.is_empty(), failed.is_empty() && (!options.coverage || gaps.is_empty())) {
        (false, _) => Exit::Fault,
        (true, false) => Exit::Gate,
        (true, true) => Exit::Good,
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
    screen.out(&format!("{} rules: {errors} errors, {warnings} warnings\n", loaded.model.rules.len()));
    match (errors, warnings) {
        (0, 0) => Exit::Good,
        (0, _) => Exit::Gate,
        _ => Exit::Fault,
    }
}
