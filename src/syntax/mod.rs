//! Rule text → syntax tree. One bad item does not hide the others: [`parse`] always returns a tree, and all mistakes of the file.

pub mod ast;
mod grammar;
mod lower;
mod problems;
mod reading;

use crate::diagnostic::Diagnostic;
use crate::text::SourceId;

/// How deep conditions may be nested in each other.
pub const DEPTH_LIMIT: usize = 32;

/// Reads one file of rule text.
pub fn parse(text: &str, source: SourceId) -> (ast::File, Vec<Diagnostic>) {
    lower::file(text, source)
}
