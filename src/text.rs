//! Texts and places in them: a source with a name, a span of bytes, and the index that turns an offset into line and column.
//!
//! This module never opens a file: whoever has the text hands it over.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// `1 rule`, `2 rules`: a number with its noun.
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A span of bytes in one text, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of `text` under this span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Offsets are 32 bits wide; readers refuse texts that are larger.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Which text of a [`Texts`] is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A span in one of several texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// The span in it.
    pub span: Span,
}

/// What a text consists of: cheap to clone, since nobody changes it.
#[derive(Clone, Debug)]
pub enum Words {
    /// Part of the program. It is not even looked at until somebody asks for a place in it.
    Fixed(&'static str),
    /// Handed over.
    Given(Arc<str>),
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Words::Fixed(text) => text,
            Words::Given(text) => text,
        }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words::Given(text.into())
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        Words::Given(text.into())
    }
}

/// One text with its name, as a person would name it (a path, `-`, or `builtin:coc`).
#[derive(Debug)]
pub struct Source {
    /// The name shown before line and column.
    pub name: String,
    /// The whole text.
    pub text: Words,
    /// Where its lines begin, from the first time that this is asked: most texts have nothing to be shown.
    lines: OnceLock<Box<[u32]>>,
}

impl Source {
    /// A source.
    pub fn new(name: impl Into<String>, text: impl Into<Words>) -> Source {
        Source { name: name.into(), text: text.into(), lines: OnceLock::new() }
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let feeds = self.text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
            std::iter::once(0).chain(feeds.map(|(at, _)| clamp(at + 1))).collect()
        })
    }

    /// Line and column (both from 1; columns count characters) of a byte offset.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.line_of(offset);
        let start = self.line_start(line) as usize;
        let before = self.text.get(start..(offset as usize).min(self.text.len())).unwrap_or("");
        (clamp(line + 1), clamp(before.chars().count() + 1))
    }

    /// Index (from 0) of the line that holds the offset.
    pub fn line_of(&self, offset: u32) -> usize {
        self.lines().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Offset of the first byte of a line (from 0); the end of the text behind the last line.
    pub fn line_start(&self, line: usize) -> u32 {
        self.lines().get(line).copied().unwrap_or_else(|| clamp(self.text.len()))
    }

    /// How many lines the text has.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }
}

/// All texts of one run; a [`SourceId`] is good for the `Texts` that gave it. Cheap to clone: the texts are shared.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    sources: Vec<Arc<Source>>,
}

impl Texts {
    /// Takes a text in and gives its number.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.sources.push(Arc::new(source));
        SourceId(clamp(self.sources.len() - 1))
    }

    /// The text with this number.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize).map(Arc::as_ref)
    }

    /// `path:line:column` of a place.
    pub fn locate(&self, place: Place) -> String {
        match self.get(place.source) {
            Some(source) => {
                let (line, column) = source.line_column(place.span.start);
                format!("{}:{line}:{column}", source.name)
            }
            None => String::new(),
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }
}
