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
pub fn build(files: &[PackFile]) -> (Model, Vec<Diagnostic>) {
    let mut builder = Builder::default();
    builder.declare_vocabulary(files);
    builder.declare_rest(files);
    builder.rules(files);
    builder.scenarios(files);
    builder.check(files);
    (builder.model, crate::diagnostic::in_order(builder.problems))
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
