//! The pest grammar, and the cursor through which the rest of `syntax` walks what it found. Nothing outside `syntax` sees pest.

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::ast::Name;
use crate::text::{Place, SourceId, Span};

mod generated {
    //! The parser that pest derives from `grammar/ephor.pest`.

    /// The rule language.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/ephor.pest"]
    pub(crate) struct Language;
}

pub(super) use generated::{Language, Rule};

/// Runs one grammar rule over a text.
pub(super) fn run(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, Box<pest::error::Error<Rule>>> {
    Language::parse(rule, text).map_err(Box::new)
}

/// Where two words have grown together that the grammar reads as two: `ther` for `the r`. It asks for no space between a keyword and a name.
pub(super) fn glued(pair: Pair<'_, Rule>) -> Option<usize> {
    let text = pair.get_input();
    let letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let starts = pair.into_inner().flatten().map(|one| one.as_span().start());
    starts.into_iter().find(|at| {
        text.get(*at..).is_some_and(|rest| rest.starts_with(letter)) && text.get(..*at).is_some_and(|before| before.ends_with(letter))
    })
}

/// A node of the grammar with its children, read from left to right.
#[derive(Clone)]
pub(super) struct Cursor<'i> {
    source: SourceId,
    base: usize,
    rule: Rule,
    text: &'i str,
    span: Span,
    rest: Pairs<'i, Rule>,
}

impl<'i> Cursor<'i> {
    /// The cursor on a pair; `base` is where the parsed piece begins in its source.
    pub(super) fn new(source: SourceId, base: usize, pair: Pair<'i, Rule>) -> Cursor<'i> {
        let span = pair.as_span();
        let trimmed = pair.as_str().trim_end();
        let place = Span::new(base + span.start(), base + span.start() + trimmed.len());
        Cursor { source, base, rule: pair.as_rule(), text: trimmed, span: place, rest: pair.into_inner() }
    }

    pub(super) fn rule(&self) -> Rule {
        self.rule
    }

    pub(super) fn text(&self) -> &'i str {
        self.text
    }

    pub(super) fn place(&self) -> Place {
        Place { source: self.source, span: self.span }
    }

    /// The node itself as a name; quotation marks and the brackets of labels are taken off.
    pub(super) fn name(&self) -> Name {
        let text = self.text;
        let bare = match self.rule {
            Rule::string => text.trim_matches('"'),
            Rule::label | Rule::roman_label | Rule::digit_label => text.trim_matches(['(', ')']),
            _ => text,
        };
        Name { text: words(bare), place: self.place() }
    }

    /// The next child, whatever it is.
    pub(super) fn next(&mut self) -> Option<Cursor<'i>> {
        self.rest.next().map(|pair| Cursor::new(self.source, self.base, pair))
    }

    /// The next child if it is of this rule.
    pub(super) fn optional(&mut self, rule: Rule) -> Option<Cursor<'i>> {
        (self.rest.peek()?.as_rule() == rule).then(|| self.next()).flatten()
    }

    /// The next children as long as they are of this rule; commas between them are passed over.
    pub(super) fn each(&mut self, rule: Rule) -> Vec<Cursor<'i>> {
        let mut found = Vec::new();
        loop {
            if let Some(child) = self.optional(rule) {
                found.push(child);
            } else if self.rest.peek().is_some_and(|pair| pair.as_rule() == Rule::comma) {
                self.next();
            } else {
                return found;
            }
        }
    }

    /// The next child that is of this rule, passing over others. The grammar guarantees that it is there; where it is not, an
    /// empty node stands for it.
    pub(super) fn expect(&mut self, rule: Rule) -> Cursor<'i> {
        while let Some(child) = self.next() {
            if child.rule == rule {
                return child;
            }
        }
        Cursor { rule, text: "", ..self.clone() }
    }

    /// The text of a child that is one string.
    pub(super) fn string(&mut self) -> String {
        self.expect(Rule::string).name().text
    }

    /// All children.
    pub(super) fn children(&mut self) -> Vec<Cursor<'i>> {
        std::iter::from_fn(|| self.next())
            .filter(|child| !matches!(child.rule, Rule::comma | Rule::colon | Rule::semicolon | Rule::end))
            .collect()
    }
}

/// A text with every run of white space as one space: a line break means nothing.
fn words(text: &str) -> String {
    if text.contains(['\n', '\r', '\t']) || text.contains("  ") {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}
