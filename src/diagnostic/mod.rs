//! What is said about a text to its author: a code, a message, places, and what to do.
//!
//! A diagnostic speaks of form and meaning of texts. It never speaks of law; that is what verdicts do.
//! Nothing here draws: `report::terminal` does.

pub mod catalogue;
pub mod followers;
pub mod suggest;

pub use catalogue::{Code, Severity};

use crate::text::Place;

/// A place with the words that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be said there; may be empty.
    pub text: String,
}

/// One thing wrong with a text, or worth a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// What is wrong, in lower case without a final stop.
    pub message: String,
    /// Places; the first is the main one.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at one place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), labels: vec![Label { place, text: String::new() }], help: None }
    }

    /// A diagnostic that belongs to no place in a text (a missing file, an option).
    pub fn nowhere(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Puts words beside the main place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Whether this is an error, which keeps a run from giving verdicts on the text.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// The main place.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}

/// Sorts diagnostics so that causes come first: what could not be read, then other errors, then warnings; each by place.
pub fn causes_first(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut sorted = in_order(diagnostics);
    sorted.sort_by_key(|one| (one.code.severity(), !one.code.number().starts_with("E1")));
    sorted
}

/// Sorts diagnostics by place, then code, then message, and drops exact repetitions.
pub fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (a.place(), a.code, &a.message).cmp(&(b.place(), b.code, &b.message)));
    diagnostics.dedup();
    diagnostics
}
