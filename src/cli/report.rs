//! `ephor report`: texts drawn up from a description.

use std::path::Path;

use super::args::{Report, View};
use super::screen::Screen;
use super::{Exit, check, packs};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::{Document, reply};
use crate::text::Texts;

pub(super) fn run(options: &Report, screen: &mut Screen) -> Exit {
    let View::Questionnaire = options.view;
    let mut texts = Texts::default();
    let mut problems = Vec::new();
    let as_of = options.as_of.as_deref().and_then(|text| check::date(text, &mut problems));
    let mut names = packs::every();
    names.extend(options.packs.iter().cloned());
    let loaded = packs::load(&names, &mut texts);
    let model = loaded.model;
    problems.extend(loaded.problems.into_iter().filter(Diagnostic::is_error));
    let mut asked: Vec<usize> =
        model.questionnaires.iter().flat_map(|one| &one.items).flat_map(|item| item.rules.iter().copied()).collect();
    asked.sort_unstable();
    asked.dedup();
    if model.questionnaires.is_empty() {
        problems.push(
            Diagnostic::nowhere(Code::E602, "no pack has a questionnaire").help("write one: `ephor explain` and docs/LANGUAGE.md say how"),
        );
    }
    let mut read = |path: &Path, as_of| -> Option<Document<'_>> {
        let (documents, wrong) = check::one(path, asked.clone(), as_of, &mut texts, &model);
        problems.extend(wrong);
        problems.extend(documents.iter().flat_map(|one| one.problems.iter().cloned()));
        let mut documents = documents.into_iter();
        let first = documents.next().filter(|one| one.assessment.is_some());
        if documents.next().is_some() {
            let message = format!("`{}` has several descriptions", path.display());
            problems.push(Diagnostic::nowhere(Code::E603, message).help("name the file of one State"));
        }
        first
    };
    let now = read(&options.file, as_of);
    let earlier = options.since.as_deref().and_then(|path| read(path, None));
    screen.problems(&problems, &texts);
    if problems.iter().any(Diagnostic::is_error) {
        return Exit::Fault;
    }
    if let Some(document) = now {
        for questionnaire in &model.questionnaires {
            screen.out(&reply::write(&model, questionnaire, &document, earlier.as_ref()));
        }
    }
    Exit::Good
}
