//! Rule text → syntax tree. One bad item does not hide the others: [`parse`] always returns a tree, and all mistakes of the file.

pub mod ast;
mod depth;
mod grammar;
mod lower;
mod pieces;
mod problems;
mod reading;

use crate::diagnostic::Diagnostic;
use crate::text::SourceId;

/// How deep conditions may be nested in each other.
pub const DEPTH_LIMIT: usize = 32;

/// Reads one file of rule text without its stories: the text of a pack inside the program, whose stories its tests have read. Places are those
/// in the whole text.
pub fn parse_law(text: &str, source: SourceId) -> (ast::File, Vec<Diagnostic>) {
    lower::law(text, source)
}

/// Reads one file of rule text.
pub fn parse(text: &str, source: SourceId) -> (ast::File, Vec<Diagnostic>) {
    lower::file(text, source)
}
