//! Drawing with miette. The only module that names it.
//!
//! Texts that a person did not write for the terminal are made safe first: control characters and direction marks are replaced by characters of
//! the same number of bytes, so that offsets hold; lines are cut to a window around what is marked, because miette's cost and its width
//! arithmetic both break on very long lines.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeStyles,
};

use super::Style;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Place, Source, Span, Texts};

/// Most bytes of one line that are drawn.
const LINE_LIMIT: usize = 400;
/// Bytes kept before what is marked, on a line that is cut.
const LINE_LEAD: usize = 120;

/// Something to draw: a message, places, a help, and further drawings with texts of their own.
#[derive(Debug)]
pub struct Drawing {
    code: String,
    message: String,
    severity: miette::Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
    related: Vec<Drawing>,
}

/// The lines of a text around the marks, safe and cut.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    first_line: usize,
}

impl Drawing {
    /// A drawing without a place.
    pub fn new(code: &str, severity: Severity, message: &str) -> Drawing {
        let severity = if severity == Severity::Error { miette::Severity::Error } else { miette::Severity::Warning };
        Drawing {
            code: code.to_owned(),
            message: safe(message),
            severity,
            help: None,
            excerpt: None,
            labels: Vec::new(),
            related: Vec::new(),
        }
    }

    /// As advice rather than a fault.
    #[must_use]
    pub fn advice(mut self) -> Drawing {
        self.severity = miette::Severity::Advice;
        self
    }

    /// Adds a help.
    #[must_use]
    pub fn help(mut self, help: Option<&str>) -> Drawing {
        self.help = help.map(safe);
        self
    }

    /// Adds an excerpt of one text with labels in it.
    #[must_use]
    pub fn at(mut self, source: &Source, labels: &[(Span, String)]) -> Drawing {
        let (excerpt, labels) = excerpt(source, labels);
        self.excerpt = Some(excerpt);
        self.labels = labels;
        self
    }

    /// Adds a drawing below.
    #[must_use]
    pub fn with(mut self, other: Drawing) -> Drawing {
        self.related.push(other);
        self
    }

    /// The drawing as text for a terminal.
    pub fn render(&self, style: Style) -> String {
        let mut theme = if style.unicode { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::none() };
        if style.color {
            theme.styles = ThemeStyles::ansi();
        }
        // Links are off always: an escape sequence for them would reach terminals that asked for no colour.
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(style.width.max(40)).with_context_lines(1);
        let mut out = String::new();
        if handler.render_report(&mut out, self).is_err() {
            out = format!("{}: {}\n", self.code, self.message);
        }
        // A drawing below stands for itself: miette would head it with a bare word.
        for one in &self.related {
            out.push_str(&one.render(style));
        }
        out.replace(GLUE, "-")
    }
}

/// Stands for a hyphen while lines are broken, so that `coc-20.2` stays whole: a character that no text has and that no line is broken at.
const GLUE: char = '\u{f8ff}';

/// A text whose words are not broken at hyphens.
fn glued(text: &str) -> String {
    text.replace('-', &GLUE.to_string())
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&glued(&self.message))
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        if self.code.is_empty() { None } else { Some(Box::new(&self.code)) }
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(glued(help)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() { None } else { Some(Box::new(self.labels.iter().cloned())) }
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, after)?;
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            inner.line() + self.first_line,
            inner.column(),
            inner.line_count(),
        );
        Ok(Box::new(contents))
    }
}

/// The lines around all labels, at most a dozen apart each; labels that lie further on get no place of their own here.
fn excerpt(source: &Source, labels: &[(Span, String)]) -> (Excerpt, Vec<LabeledSpan>) {
    let main = labels.first().map_or(Span::default(), |(span, _)| *span);
    let centre = source.line_of(main.start);
    let near: Vec<&(Span, String)> = labels.iter().filter(|(span, _)| source.line_of(span.start).abs_diff(centre) <= 12).collect();
    let lines = near.iter().map(|(span, _)| source.line_of(span.start));
    let first = lines.clone().min().unwrap_or(centre).saturating_sub(1);
    let last = lines.max().unwrap_or(centre) + 1;
    let (mut text, mut marks) = (String::new(), Vec::new());
    for line in first..=last.min(source.line_count().saturating_sub(1)) {
        let start = source.line_start(line) as usize;
        let end = source.line_start(line + 1) as usize;
        let whole = source.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let here: Vec<&&(Span, String)> = near.iter().filter(|(span, _)| source.line_of(span.start) == line).collect();
        let (from, to) = window(whole, here.iter().map(|(span, _)| span.start as usize - start).min());
        let shift = text.len();
        for (span, words) in here.into_iter().map(|one| (one.0, &one.1)) {
            let at = (span.start as usize - start).clamp(from, to) - from + shift;
            let len = ((span.end - span.start) as usize).min(to.saturating_sub((span.start as usize - start).clamp(from, to)));
            marks.push(LabeledSpan::new(Some(safe(words)).filter(|words| !words.is_empty()), at, len));
        }
        text.push_str(&safe(whole.get(from..to).unwrap_or("")));
        text.push('\n');
    }
    (Excerpt { name: safe(&source.name), text, first_line: first }, marks)
}

/// The part of a line that is drawn: all of it, or a window around the first mark.
fn window(line: &str, mark: Option<usize>) -> (usize, usize) {
    if line.len() <= LINE_LIMIT {
        return (0, line.len());
    }
    let mut from = mark.unwrap_or(0).saturating_sub(LINE_LEAD).min(line.len());
    let mut to = (from + LINE_LIMIT).min(line.len());
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    while !line.is_char_boundary(to) {
        to -= 1;
    }
    (from, to)
}

/// A text in which nothing can command a terminal: each such character becomes others of the same number of bytes.
pub fn safe(text: &str) -> String {
    let unsafe_char = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}' | '\u{feff}')
    };
    if !text.contains(unsafe_char) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            c if !unsafe_char(c) => c.to_string(),
            c => match c.len_utf8() {
                1 => "?".to_owned(),
                2 => "\u{b7}".to_owned(),
                _ => "\u{fffd}".to_owned(),
            },
        })
        .collect()
}

/// A diagnostic as a drawing: its main text, and every other text below.
pub fn diagnostic(one: &Diagnostic, texts: &Texts) -> Drawing {
    let code = format!("{} {}", one.code.number(), one.code.name());
    let mut drawing = Drawing::new(&code, one.code.severity(), &one.message).help(one.help.as_deref());
    let Some(main) = one.place() else { return drawing };
    let in_main = |place: Place| place.source == main.source;
    if let Some(source) = texts.get(main.source) {
        let labels: Vec<(Span, String)> =
            one.labels.iter().filter(|label| in_main(label.place)).map(|label| (label.place.span, label.text.clone())).collect();
        drawing = drawing.at(source, &labels);
        let lines = |span: Span| source.line_of(span.start);
        let far = one.labels.iter().filter(|label| in_main(label.place) && lines(label.place.span).abs_diff(lines(main.span)) > 12);
        for label in far {
            drawing =
                drawing.with(Drawing::new("", Severity::Warning, &label.text).advice().at(source, &[(label.place.span, String::new())]));
        }
    }
    for label in one.labels.iter().filter(|label| !in_main(label.place)) {
        if let Some(source) = texts.get(label.place.source) {
            drawing =
                drawing.with(Drawing::new("", Severity::Warning, &label.text).advice().at(source, &[(label.place.span, String::new())]));
        }
    }
    drawing
}
