//! Assessments → text. Each format is one file, and knows nothing of the others; `cli` has the table of their names. Nothing here opens a file or
//! asks what the terminal can do; the caller says.

pub mod concise;
pub mod draw;
pub mod full;
pub mod handbook;
pub mod json;
pub mod matrix;
pub mod reply;
pub mod summary;
pub mod tree;

use crate::diagnostic::Diagnostic;
use crate::engine::Assessment;
use crate::engine::world::World;
use crate::facts::Facts;
use crate::model::Model;
use crate::pack::PackInfo;
use crate::reason::Account;
use crate::text::{SourceId, Texts};

/// What the terminal can do.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// Characters beyond ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// How much is shown: met and not applicable verdicts too.
    pub verbose: bool,
}

/// One description and what came of it.
#[derive(Debug)]
pub struct Document<'m> {
    /// Its path as given.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its text.
    pub source: SourceId,
    /// Its facts; none if it could not be read.
    pub facts: Option<Facts>,
    /// Its verdicts; none if it could not be read.
    pub assessment: Option<Assessment<'m>>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// One run, all that reports need.
#[derive(Debug)]
pub struct Outcome<'m> {
    /// All texts.
    pub texts: Texts,
    /// The rules.
    pub model: &'m Model,
    /// The packs.
    pub packs: Vec<PackInfo>,
    /// The descriptions, in the order of their paths.
    pub documents: Vec<Document<'m>>,
    /// What was selected and left out, in words.
    pub scope: json::Scope,
    /// What is wrong besides the descriptions: rule text, options.
    pub problems: Vec<Diagnostic>,
}

impl Document<'_> {
    /// What the State is called: the first required text of its one record.
    pub fn state(&self, model: &Model) -> String {
        self.facts.as_ref().and_then(|facts| state_texts(model, facts).into_iter().next()).unwrap_or_else(|| self.path.clone())
    }

    /// One finding with what is needed to speak of it.
    pub fn at(&self, model: &Model, finding: usize, speak: impl FnOnce(&Account<'_>)) {
        let (Some(facts), Some(assessment)) = (&self.facts, &self.assessment) else { return };
        let world = World::new(model, facts, assessment.as_of);
        if let Some(finding) = assessment.findings.get(finding) {
            speak(&Account { model, facts, world: &world, finding });
        }
    }

    /// Every finding with what is needed to speak of it.
    pub fn each(&self, model: &Model, mut each: impl FnMut(&Account<'_>)) {
        let (Some(facts), Some(assessment)) = (&self.facts, &self.assessment) else { return };
        let world = World::new(model, facts, assessment.as_of);
        for finding in &assessment.findings {
            each(&Account { model, facts, world: &world, finding });
        }
    }
}

/// The required texts of the State's record: its code and name.
pub fn state_texts(model: &Model, facts: &Facts) -> Vec<String> {
    let Some(id) = model.vocabulary.frame.state else { return Vec::new() };
    let Some(row) = facts.tables.get(id as usize).and_then(|rows| rows.first().copied()) else { return Vec::new() };
    let attributes = &model.vocabulary.record(id).attributes;
    let required = attributes.iter().enumerate().filter(|(_, one)| one.required);
    required
        .filter_map(|(at, _)| match facts.cell(row, u16::try_from(at).unwrap_or(u16::MAX)).value {
            crate::facts::Value::Text(range) => Some(facts.str(range).to_owned()),
            _ => None,
        })
        .collect()
}
