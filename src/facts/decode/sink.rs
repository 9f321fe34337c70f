//! Where diagnostics go while a description is read, and the words that several places use.

use crate::diagnostic::{Code, Diagnostic, in_order, suggest};
use crate::facts::event::{Event, Kind, Problem};
use crate::text::{Place, SourceId, Span};

/// How many diagnostics of one description are shown.
const LIMIT: usize = 200;

/// No suggestion is looked for beyond this length: names are short, and the search takes time.
pub(super) const LONGEST_WORD: usize = 64;

/// The diagnostics of one description.
#[derive(Debug)]
pub(super) struct Sink {
    source: SourceId,
    shown: Vec<Diagnostic>,
    more: usize,
    refused: usize,
}

impl Sink {
    pub(super) fn new(source: SourceId) -> Sink {
        Sink { source, shown: Vec::new(), more: 0, refused: 0 }
    }

    /// How many faults there were so far.
    pub(super) fn count(&self) -> usize {
        self.shown.len() + self.more + self.refused
    }

    /// A value is missing because the reader refused and reported it.
    pub(super) fn count_refused(&mut self) {
        self.refused += 1;
    }

    /// Whether one more will be shown; if not, it is counted.
    pub(super) fn room(&mut self) -> bool {
        let room = self.shown.len() < LIMIT;
        self.more += usize::from(!room);
        room
    }

    /// Reports something with a message and a help (none if empty), which are only made if they are shown.
    pub(super) fn report(&mut self, code: Code, span: Span, words: impl FnOnce() -> (String, String)) {
        if self.room() {
            let (message, help) = words();
            let diagnostic = Diagnostic::new(code, Place { source: self.source, span }, message);
            self.shown.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
        }
    }

    /// Reports something with a second place.
    pub(super) fn report_both(&mut self, code: Code, span: Span, words: impl FnOnce() -> (String, String), other: Span, label: &str) {
        let before = self.shown.len();
        self.report(code, span, words);
        if let Some(last) = self.shown.get_mut(before) {
            *last = last.clone().also(Place { source: self.source, span: other }, label);
        }
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        if self.room() {
            self.shown.push(problem.diagnostic(self.source));
        }
    }

    /// A fault behind which nothing could be read. What was said of the same stretch follows from it.
    pub(super) fn last_problem(&mut self, problem: Problem) {
        let apart = |place: Place| place.span.end < problem.span.start || problem.span.end < place.span.start;
        self.shown.retain(|one| one.place().is_none_or(apart));
        self.problem(problem);
    }

    pub(super) fn not_a_choice(&mut self, span: Span, word: &str, what: &str, choices: &[&str]) {
        self.report(Code::E404, span, || {
            let short = if word.len() <= LONGEST_WORD { word } else { "" };
            (format!("`{}` is not {what}", shown(word)), suggest::did_you_mean(short, choices.iter().copied()))
        });
    }

    /// Forgets all but faults of form and of this code: the rest follows from them.
    pub(super) fn keep_only(&mut self, code: Code) {
        self.shown.retain(|diagnostic| matches!(diagnostic.code, Code::E301 | Code::E302 | Code::E303) || diagnostic.code == code);
        self.more = 0;
    }

    /// All of them by place; the last says how many more there are. A place never begins or ends inside a letter.
    pub(super) fn into_diagnostics(mut self, text: &str) -> Vec<Diagnostic> {
        let end = text.len();
        for label in self.shown.iter_mut().flat_map(|one| &mut one.labels) {
            let span = &mut label.place.span;
            while !text.is_char_boundary((span.start as usize).min(end)) {
                span.start -= 1;
            }
            while (span.end as usize) < end && !text.is_char_boundary(span.end as usize) {
                span.end += 1;
            }
        }
        if self.more > 0 {
            let place = Place { source: self.source, span: Span::new(end, end) };
            self.shown.push(Diagnostic::new(Code::E303, place, format!("{} not shown", more(self.more))).help("mend these first"));
        }
        in_order(self.shown)
    }
}

fn more(faults: usize) -> String {
    if faults == 1 { "1 more fault is".to_owned() } else { format!("{faults} more faults are") }
}

/// A text of a description as a message can show it: short, on one line, without control characters.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

/// What an event is, in words.
pub(super) fn found(event: &Event<'_>) -> String {
    match event {
        Event::ObjectStart(_) | Event::ObjectEnd(_) => "a mapping".to_owned(),
        Event::ArrayStart(_) | Event::ArrayEnd(_) => "a list".to_owned(),
        Event::Key(scalar) | Event::Scalar(scalar) => match scalar.kind {
            Kind::Number => format!("the number `{}`", shown(&scalar.text)),
            Kind::String | Kind::Plain => format!("the text `{}`", shown(&scalar.text)),
            Kind::True | Kind::False => format!("`{}`", scalar.text),
            Kind::Null | Kind::Refused => "nothing".to_owned(),
        },
        Event::End => "nothing".to_owned(),
    }
}

/// Whether a text names a year, as everything dated does.
pub(super) fn names_a_year(text: &str) -> bool {
    let is_year = |digits: &str| digits.len() == 4 && digits.starts_with(['1', '2']);
    text.split(|letter: char| !letter.is_ascii_digit()).any(is_year)
}
