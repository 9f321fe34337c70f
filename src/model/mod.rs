//! Syntax trees → typed model: names resolved, types checked, parts of rules present. A rule with an error is left out and named; the
//! others stand.
//!
//! [`ir`] is the shape of a rule as meant. Nothing here evaluates.

pub mod ir;

mod check;
mod conditions;
mod declare;
mod named;
mod order;
mod questionnaires;
mod rules;
mod scenarios;
mod scope;
mod tests;
mod unreachable;

use crate::diagnostic::Diagnostic;
use crate::syntax::ast;
use crate::vocabulary::Vocabulary;

pub use ir::{Model, Rule};

/// A file of rule text with the name of the pack that it belongs to.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// `coc`; empty for the vocabulary and definitions that every pack shares.
    pub pack: String,
    /// The tree.
    pub file: ast::File,
}

/// Builds the model of all files together, and says all that is wrong with them.
pub fn build(files: &[PackFile]) -> Built {
    build_with(files, true)
}

/// Builds the model, and says what is wrong with it but not what is probably not meant: for those who use rules and do not write them.
pub fn build_without_warnings(files: &[PackFile]) -> Built {
    build_with(files, false)
}

/// Builds the model of files that stand behind others, whose model is there and without a mistake: what they declare joins it. `None` where
/// they declare something by which the others could come to mean something else; then all must be built together. Without warnings.
pub fn build_onto(base: Model, files: &[PackFile]) -> Option<Built> {
    let builder = Builder { model: base, ..Builder::default() };
    builder.are_joined(files).then(|| builder.build_readable(files, false))
}

fn build_with(files: &[PackFile], warnings: bool) -> Built {
    Builder::default().build_readable(files, warnings)
}

/// A model, and what is wrong with the texts that it comes from.
#[derive(Debug)]
pub struct Built {
    /// The rules without an error.
    pub model: Model,
    /// What is wrong with declarations and rules.
    pub problems: Vec<Diagnostic>,
    /// What is wrong with scenarios; it keeps nobody from using the rules.
    pub stories: Vec<Diagnostic>,
}

impl Builder {
    fn build_readable(mut self, files: &[PackFile], warnings: bool) -> Built {
        for file in files {
            self.edition(&file.file);
        }
        if !files.iter().all(|file| Builder::is_readable(&file.file)) {
            let files: Vec<PackFile> = files.iter().filter(|file| Builder::is_readable(&file.file)).cloned().collect();
            return self.build(&files, warnings);
        }
        self.build(files, warnings)
    }

    fn build(mut self, files: &[PackFile], warnings: bool) -> Built {
        self.declare_vocabulary(files);
        self.declare_rest(files);
        self.rules(files);
        self.questionnaires(files);
        if warnings {
            self.check(files);
        }
        let problems = crate::diagnostic::in_order(std::mem::take(&mut self.problems));
        self.scenarios(files);
        Built { model: self.model, problems, stories: crate::diagnostic::in_order(self.problems) }
    }
}

/// The model under construction.
#[derive(Default)]
struct Builder {
    model: Model,
    problems: Vec<Diagnostic>,
    used: scope::Used,
    /// Names of definitions and qualifiers that were left out for a mistake in them: what uses them is left out without a word.
    left_out: std::collections::HashSet<String>,
}

impl Builder {
    /// How many errors were found so far.
    fn errors(&self) -> usize {
        self.problems.iter().filter(|one| one.is_error()).count()
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.model.vocabulary
    }
}
