//! YAML by the event stream of granit, with our own rules for scalars: a word without quotes keeps its text, and the type of the attribute says
//! what it is. Anchors, aliases, tags, merge keys and several documents are refused. The only file that names granit.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event as Step, Parser, ScalarStyle, ScanError, Span as Extent, StrInput};

use super::colon;
use super::event::{DEPTH, Event, Events, Fault, Kind, Problem, Scalar};
use super::json::too_deep;
use super::number;
use crate::diagnostic::Code;
use crate::text::Span;

/// More problems than this are not kept; the decoder shows fewer.
const KEPT: usize = 1000;

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    List,
    /// A mapping whose next node is a key.
    Key,
    /// A mapping whose next node is the value of the key that stands there.
    Value(Span),
}

/// A reader of YAML.
pub struct Yaml<'t> {
    parser: Parser<'t, StrInput<'t>>,
    text: &'t str,
    open: Vec<Frame>,
    problems: Vec<Problem>,
    documents: usize,
    started: bool,
}

impl<'t> Yaml<'t> {
    /// A reader at the start of a text of less than 4 GiB.
    pub fn new(text: &'t str) -> Yaml<'t> {
        let options = granit_parser::options! {
            disallow_directives: true,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            emit_comments: false,
            flow_nesting_limit: DEPTH + 1,
            block_nesting_limit: DEPTH + 1,
        };
        let parser = Parser::new_from_str_with_options(text, options);
        Yaml { parser, text, open: Vec::new(), problems: Vec::new(), documents: 0, started: false }
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>, help: &str) {
        if self.problems.len() < KEPT {
            self.problems.push(Problem::new(Code::E302, span, message, help));
        }
    }

    /// granit ends a text at a control character or reads over it; neither is wanted.
    fn control_character(&self) -> Option<Fault> {
        let odd = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
        let at = self.text.bytes().position(odd)?;
        let byte = self.text.as_bytes().get(at).copied().unwrap_or(0);
        let message = format!("the control character U+{byte:04X} stands in the text");
        Some(Box::new(Problem::new(Code::E302, Span::new(at, at + 1), message, "take it out")))
    }

    fn step(&mut self) -> Result<(Step<'t>, Span), Fault> {
        match self.parser.next() {
            Some(Ok((step, extent))) => {
                if let Some(tag) = extent.tag_span() {
                    self.refuse(span_of(tag), "a tag stands before a value", "take the tag out; the type of a value is known from its key");
                }
                Ok((step, span_of(extent)))
            }
            Some(Err(error)) => Err(fault(self.text, &error)),
            None => Ok((Step::StreamEnd, Span::new(self.text.len(), self.text.len()))),
        }
    }

    /// Whether the next node is a key, and if not, the key that it belongs to; moves on behind it.
    fn place_of_node(&mut self) -> (bool, Option<Span>) {
        match self.open.last_mut() {
            Some(frame @ Frame::Key) => {
                *frame = Frame::Value(Span::default());
                (true, None)
            }
            Some(frame @ Frame::Value(_)) => {
                let key = if let Frame::Value(key) = *frame { Some(key) } else { None };
                *frame = Frame::Key;
                (false, key)
            }
            Some(Frame::List) | None => (false, None),
        }
    }

    fn key_stands(&mut self, span: Span) {
        if let Some(Frame::Value(key)) = self.open.last_mut() {
            *key = span;
        }
    }

    fn refused_key(&mut self, span: Span) -> Event<'t> {
        self.key_stands(span);
        Event::Key(refused(span))
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle, mut span: Span) -> Event<'t> {
        let (is_key, key) = self.place_of_node();
        let plain = style == ScalarStyle::Plain;
        let kind = match style {
            ScalarStyle::Plain => kind_of(&text),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted | ScalarStyle::Literal | ScalarStyle::Folded => Kind::String,
        };
        if is_key {
            self.key_stands(span);
            return Event::Key(self.key(text, kind, span));
        }
        if kind == Kind::Null && span.start == span.end {
            span = key.unwrap_or(span);
        }
        let text = if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) { without_last_break(text) } else { text };
        Event::Scalar(Scalar { kind, plain, text, at: span.start, end: span.end })
    }

    fn key(&mut self, text: Cow<'t, str>, kind: Kind, span: Span) -> Scalar<'t> {
        if kind == Kind::Plain && text == "<<" {
            self.refuse(span, "a merge key stands here", "write the keys out; nothing is merged in a description");
            return refused(span);
        }
        match kind {
            Kind::String | Kind::Plain => Scalar { kind: Kind::String, plain: kind == Kind::Plain, text, at: span.start, end: span.end },
            Kind::Number | Kind::True | Kind::False | Kind::Null | Kind::Refused => {
                self.refuse(span, "a key is not a word", "keys are words such as `name`");
                refused(span)
            }
        }
    }

    fn enter(&mut self, object: bool, span: Span) -> Result<Event<'t>, Fault> {
        if self.place_of_node().0 {
            self.refuse(
                span,
                format!("a {} stands where a key belongs", if object { "mapping" } else { "list" }),
                "keys are words such as `name`",
            );
            self.pass_over()?;
            return Ok(self.refused_key(span));
        }
        if self.open.len() == DEPTH {
            return Err(too_deep(span));
        }
        self.open.push(if object { Frame::Key } else { Frame::List });
        Ok(if object { Event::ObjectStart(span.start) } else { Event::ArrayStart(span.start) })
    }

    /// Reads to the end of a collection that was begun.
    fn pass_over(&mut self) -> Result<(), Fault> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.step()?.0 {
                Step::MappingStart(..) | Step::SequenceStart(..) => depth += 1,
                Step::MappingEnd | Step::SequenceEnd => depth -= 1,
                Step::StreamEnd => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn alias(&mut self, span: Span) -> Event<'t> {
        self.refuse(span, "an alias stands for something written elsewhere", "write the value out, or point at a record by its `id`");
        match self.place_of_node().0 {
            true => self.refused_key(span),
            false => Event::Scalar(refused(span)),
        }
    }
}

impl<'t> Events<'t> for Yaml<'t> {
    fn next(&mut self) -> Result<Event<'t>, Fault> {
        if !std::mem::replace(&mut self.started, true)
            && let Some(fault) = self.control_character()
        {
            return Err(fault);
        }
        loop {
            let (step, span) = self.step()?;
            match step {
                Step::Scalar(text, style, _, _) => return Ok(self.scalar(text, style, span)),
                Step::MappingStart(..) => return self.enter(true, span),
                Step::SequenceStart(..) => return self.enter(false, span),
                Step::MappingEnd => {
                    self.open.pop();
                    return Ok(Event::ObjectEnd(span.end));
                }
                Step::SequenceEnd => {
                    self.open.pop();
                    return Ok(Event::ArrayEnd(span.end));
                }
                Step::Alias(_) | Step::UnresolvedAlias(_) => return Ok(self.alias(span)),
                Step::Anchor(..) => self.refuse(span, "an anchor stands before a value", "take it out; point at a record by its `id`"),
                Step::DocumentStart(..) if self.documents > 0 => {
                    return Err(Box::new(Problem::new(
                        Code::E302,
                        span,
                        "a second document begins here",
                        "a file holds the description of one State; put the second one into a file of its own",
                    )));
                }
                Step::DocumentStart(..) => self.documents += 1,
                Step::StreamEnd => return Ok(Event::End),
                _ => {}
            }
        }
    }

    fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}

fn refused<'t>(span: Span) -> Scalar<'t> {
    Scalar { kind: Kind::Refused, plain: false, text: Cow::Borrowed(""), at: span.start, end: span.end }
}

/// What a word without quotes is.
fn kind_of(text: &str) -> Kind {
    match text {
        "" | "~" | "null" => Kind::Null,
        "true" => Kind::True,
        "false" => Kind::False,
        _ if number::is_json(text) => Kind::Number,
        _ => Kind::Plain,
    }
}

/// A block of text ends with a line break that nobody means.
fn without_last_break(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches('\n')),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end_matches('\n').len());
            Cow::Owned(text)
        }
    }
}

/// Invariant: granit gives byte offsets for texts that it reads from a `str`.
fn span_of(extent: Extent) -> Span {
    let range = extent.byte_range().unwrap_or_default();
    Span::new(range.start, range.end)
}

fn fault(text: &str, error: &ScanError) -> Fault {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    if is_tab(error.kind()) {
        // granit points behind the tab.
        let line = text.get(..at + 1).or(text.get(..at)).unwrap_or("");
        at = line.rfind('\t').filter(|tab| !line.get(*tab..).unwrap_or("").contains('\n')).unwrap_or(at);
    }
    if let Some((span, cure)) = near_colon(error.kind(), text, at) {
        return Box::new(Problem::new(Code::E302, span, "a key and its value have grown together", &cure));
    }
    let width = text.get(at..).and_then(|rest| rest.chars().next()).filter(|letter| !letter.is_control()).map_or(0, char::len_utf8);
    let span = Span::new(at, at + width);
    let (message, help) = words(error.kind());
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(span);
    }
    let message = message.map_or_else(|| plain_words(error.kind()), str::to_owned);
    Box::new(Problem::new(Code::E302, span, message, help))
}

/// What granit says of a key without a space behind its colon speaks of what comes later.
fn near_colon(kind: &ErrorKind, text: &str, at: usize) -> Option<(Span, String)> {
    let misled = matches!(kind, ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey | ErrorKind::MappingValueNotAllowed);
    if misled { colon::near(text, at) } else { None }
}

fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// What granit says, in the form of our messages.
fn plain_words(kind: &ErrorKind) -> String {
    if let ErrorKind::UnexpectedCharacter { character } = kind {
        return format!("no value begins with `{}`", character.escape_default());
    }
    kind.to_string().replace("EOF", "end of the text").replace(['\n', '\r'], " ").trim_end_matches('.').to_owned()
}

/// Our own words for the faults that people make; granit's own for the rest.
fn words(kind: &ErrorKind) -> (Option<&'static str>, &'static str) {
    match kind {
        kind if is_tab(kind) => (Some("a tab stands in the indentation"), "indent with spaces"),
        ErrorKind::ExpectedFlowMappingSeparator => {
            (Some("a comma or `}` is missing before this"), "close the mapping, or part its entries by commas")
        }
        ErrorKind::ExpectedFlowSequenceSeparator => {
            (Some("a comma or `]` is missing before this"), "close the list, or part its entries by commas")
        }
        ErrorKind::UnclosedQuotedScalar => (Some("a text in quotes is not closed"), "close it with the quote that it began with"),
        ErrorKind::UnclosedFlowCollection { .. } => {
            (Some("a bracket is not closed"), "close it, or write one entry a line without brackets")
        }
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
            (Some("this bracket closes nothing"), "a mapping is closed with `}` and a list with `]`")
        }
        ErrorKind::MappingValueNotAllowed => {
            (Some("a colon stands where no key can be"), "put a text that holds a colon between double quotes, or mend the indentation")
        }
        ErrorKind::DirectiveDisallowed => (Some("a directive stands before the description"), "take the line that begins with `%` out"),
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
            (Some("this line does not fit the lines above it"), "give entries of one list or mapping the same indentation")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (Some("a key without a colon stands here"), "write `key: value`"),
        ErrorKind::UnexpectedCharacter { .. } => (None, "put a text that begins with this character between double quotes"),
        ErrorKind::UndeclaredTagHandle | ErrorKind::MissingTagUri | ErrorKind::InvalidTagTerminator => {
            (Some("a tag stands before a value"), "put a text that begins with `!` between double quotes")
        }
        ErrorKind::MissingAnchorOrAliasName => (None, "put a text that begins with `&` or `*` between double quotes"),
        _ => (None, ""),
    }
}
