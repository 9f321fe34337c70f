//! `ephor validate`: descriptions read and held against the rules that they name; nothing is assessed.

use super::args::{Format, Validate, ValidateFormat};
use super::check::{document, inputs, render};
use super::screen::Screen;
use super::{Exit, packs};
use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::report::{Outcome, json};
use crate::text::{Texts, count};

/// How findings are printed, by how diagnostics are.
const FORMATS: &[(ValidateFormat, Format)] = &[
    (ValidateFormat::Full, Format::Full),
    (ValidateFormat::Concise, Format::Concise),
    (ValidateFormat::Json, Format::Json),
    (ValidateFormat::Ndjson, Format::Ndjson),
];

pub(super) fn run(options: &Validate, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    // The rules inside the program are read only where a waiver names one.
    let loaded = packs::load(&options.packs, &mut texts);
    let (inputs, mut problems) = inputs(&options.paths, &options.stdin_filename, &mut texts);
    let documents = parallel::map(&inputs, |text| document(text, &texts, &loaded.model, None));
    problems.extend(loaded.problems.into_iter().filter(Diagnostic::is_error));
    let scope = json::Scope { packs: options.packs.clone(), ..json::Scope::default() };
    let outcome = Outcome { texts, packs: loaded.packs, documents, scope, problems, model: &loaded.model };
    let format = FORMATS.iter().find(|(known, _)| *known == options.format).map_or(Format::Full, |(_, format)| *format);
    screen.out(&render(format, &outcome, screen.style));
    let bad = outcome.documents.iter().filter(|one| one.problems.iter().any(Diagnostic::is_error)).count();
    if matches!(format, Format::Full | Format::Concise) {
        screen.out(&format!("{} can be used, {bad} cannot.\n", count(outcome.documents.len() - bad, "description")));
    }
    if bad > 0 || outcome.problems.iter().any(Diagnostic::is_error) { Exit::Fault } else { Exit::Good }
}
