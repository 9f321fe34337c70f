//! What both readers say of a text, event by event: the decoder knows nothing else of JSON or YAML.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Place, SourceId, Span};

/// How deep a description may be nested.
pub const DEPTH: usize = 64;

/// What a scalar is by its own form, before anybody asks what belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text in quotes, or a block of text.
    String,
    /// A number in the form that JSON gives to numbers.
    Number,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `null`, and in YAML also `~` and nothing at all.
    Null,
    /// A word without quotes that is none of these (YAML only).
    Plain,
    /// Something that was refused and reported; nobody need speak of it again.
    Refused,
}

/// A scalar or a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar<'t> {
    /// Its form.
    pub kind: Kind,
    /// Whether it stands without quotes in YAML, where the type of the attribute decides what it is: `NO` can be a country.
    pub plain: bool,
    /// Its text with escapes resolved; for a number, its exact text.
    pub text: Cow<'t, str>,
    /// Offset of its first byte, quotes included.
    pub at: u32,
    /// Offset behind its last byte.
    pub end: u32,
}

impl Scalar<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        Span { start: self.at, end: self.end }
    }

    /// Whether it can be read as words: in quotes, or plain and neither null nor a truth value. A plain number is words as written: an
    /// article is called `1.10`.
    pub fn is_words(&self) -> bool {
        match self.kind {
            Kind::String | Kind::Plain => true,
            Kind::Number => self.plain,
            Kind::True | Kind::False | Kind::Null | Kind::Refused => false,
        }
    }
}

/// One step through a text. Readers give events in the one order that the shape allows, and `End` for ever at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'t> {
    /// A mapping begins at this offset.
    ObjectStart(u32),
    /// A mapping ends before this offset.
    ObjectEnd(u32),
    /// A list begins at this offset.
    ArrayStart(u32),
    /// A list ends before this offset.
    ArrayEnd(u32),
    /// A key; its value comes next.
    Key(Scalar<'t>),
    /// A value that holds no others.
    Scalar(Scalar<'t>),
    /// The text is at its end.
    End,
}

impl Event<'_> {
    /// Where the event stands: for a bracket, the bracket.
    pub fn span(&self) -> Span {
        match self {
            Event::ObjectStart(at) | Event::ArrayStart(at) => Span { start: *at, end: at.saturating_add(1) },
            Event::ObjectEnd(end) | Event::ArrayEnd(end) => Span { start: end.saturating_sub(1), end: *end },
            Event::Key(scalar) | Event::Scalar(scalar) => scalar.span(),
            Event::End => Span::default(),
        }
    }
}

/// A fault in the form of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// E301, E302 or E303.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem; an empty help is none.
    pub fn new(code: Code, span: Span, message: impl Into<String>, help: &str) -> Problem {
        Problem { code, span, message: message.into(), help: (!help.is_empty()).then(|| help.to_owned()) }
    }

    /// As a diagnostic on a text.
    pub fn diagnostic(self, source: SourceId) -> Diagnostic {
        let diagnostic = Diagnostic::new(self.code, Place { source, span: self.span }, self.message);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// A fault behind which nothing can be read.
pub type Fault = Box<Problem>;

/// A reader of one text.
pub trait Events<'t> {
    /// The next event.
    ///
    /// # Errors
    /// A fault of form; the text cannot be read any further, and whoever asks again gets no promise of what comes.
    fn next(&mut self) -> Result<Event<'t>, Fault>;

    /// Faults of form that did not keep the reader from going on.
    fn problems(&mut self) -> Vec<Problem> {
        Vec::new()
    }
}
