//! The way in: a text and a vocabulary give facts, or everything that is wrong with the text.

use super::Facts;
use super::decode::{self, Scratch};
use super::json::Json;
use super::plan::Plan;
use super::yaml::Yaml;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Place, SourceId, Span};
use crate::vocabulary::Vocabulary;

/// In which form a description is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The interchange form.
    Json,
    /// The form that people write.
    Yaml,
}

/// Reads one description. There are facts only if there is no error.
pub fn read(text: &str, source: SourceId, form: Form, vocabulary: &Vocabulary) -> (Option<Facts>, Vec<Diagnostic>) {
    let mut facts = Facts::new(source, vocabulary.records.len());
    let diagnostics = Reader::new(vocabulary).read_into(&mut facts, text, source, form);
    let usable = !diagnostics.iter().any(Diagnostic::is_error);
    (usable.then_some(facts), diagnostics)
}

/// A text of bytes, or the first byte that is not UTF-8.
///
/// # Errors
/// E305 at the first byte that does not belong to a character.
pub fn utf8(bytes: &[u8], source: SourceId) -> Result<&str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or(0);
        let message = format!("byte {} (hexadecimal {byte:02x}) is not UTF-8", at + 1);
        Diagnostic::new(Code::E305, Place { source, span: Span::new(at, at + 1) }, message).help("save the file as UTF-8")
    })
}

/// Reads many descriptions by one vocabulary and keeps its buffers from one to the next.
#[derive(Debug)]
pub struct Reader<'v> {
    vocabulary: &'v Vocabulary,
    plan: Plan,
    scratch: Scratch,
}

impl<'v> Reader<'v> {
    /// A reader for descriptions in this vocabulary.
    pub fn new(vocabulary: &'v Vocabulary) -> Reader<'v> {
        let plan = Plan::new(vocabulary);
        Reader { vocabulary, scratch: Scratch::new(&plan), plan }
    }

    /// Reads one description into `facts`, which are emptied first. If there is an error among the diagnostics the facts must not be
    /// used, but for the day and the waivers, which can be told to be wrong beside other faults.
    pub fn read_into(&mut self, facts: &mut Facts, text: &str, source: SourceId, form: Form) -> Vec<Diagnostic> {
        facts.clear(source);
        if u32::try_from(text.len()).is_err() {
            let place = Place { source, span: Span::default() };
            return vec![Diagnostic::new(Code::E303, place, "the text has 4 GiB or more").help("describe one State a file")];
        }
        match form {
            Form::Json => decode::run(Json::new(text), text, self.vocabulary, &self.plan, facts, &mut self.scratch),
            Form::Yaml => decode::run(Yaml::new(text), text, self.vocabulary, &self.plan, facts, &mut self.scratch),
        }
    }
}
