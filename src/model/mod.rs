//! Syntax trees → typed model: names resolved, types checked, parts of rules present. A rule with an error is left out and named; the
//! others stand.
//!
//! [`ir`] is the shape of a rule as meant. Nothing here evaluates.

pub mod ir;

mod check;
mod conditions;
mod declare;
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
    let mut builder = Builder::default();
    builder.declare_vocabulary(files);
    builder.declare_rest(files);
    builder.rules(files);
    builder.check(files);
    let problems = crate::diagnostic::in_order(std::mem::take(&mut builder.problems));
    builder.scenarios(files);
    Built { model: builder.model, problems, stories: crate::diagnostic::in_order(builder.problems) }
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

/// The model under construction.
#[derive(Default)]
struct Builder {
    model: Model,
    problems: Vec<Diagnostic>,
    used: scope::Used,
}

impl Builder {
    fn vocabulary(&self) -> &Vocabulary {
        &self.model.vocabulary
    }
}
