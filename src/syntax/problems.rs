//! What can be wrong with the form of rule text, and the words for it.

use std::sync::Mutex;

use pest::error::{Error, InputLocation};

use super::grammar::{self, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Place, SourceId, Span};

/// pest keeps the furthest failure only if a process-wide switch is on. The switch is read when a parse begins, so a race costs time and
/// never changes a result; the lock keeps two of our own parses from turning it off for each other.
static DETAIL: Mutex<()> = Mutex::new(());

/// The mistake in a stretch that is no item: it is read alone, with detail.
pub(super) fn broken(text: &str, source: SourceId, span: Span) -> Diagnostic {
    let piece = span.of(text);
    let skipped = piece.len() - piece.trim_start().len();
    let base = span.start as usize + skipped;
    let piece = piece.trim_start();
    let lock = DETAIL.lock();
    pest::set_error_detail(true);
    let result = grammar::run(Rule::single, piece);
    pest::set_error_detail(false);
    drop(lock);
    match result {
        Err(error) => from_pest(&error, piece, source, base),
        Ok(_) => Diagnostic::new(Code::E101, Place { source, span }, "this item does not begin at the start of a line")
            .help("put the keyword of each item at the start of a line"),
    }
}

/// A pest error in words.
pub(super) fn from_pest(error: &Error<Rule>, text: &str, source: SourceId, base: usize) -> Diagnostic {
    let fallback = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let (at, mut expected) = match error.parse_attempts() {
        Some(attempts) if attempts.max_position >= fallback => {
            let tokens = attempts.expected_tokens().into_iter().map(|token| token.to_string());
            (attempts.max_position, tokens.filter_map(|token| token_words(&token)).collect::<Vec<_>>())
        }
        _ => (fallback, Vec::new()),
    };
    if let pest::error::ErrorVariant::ParsingError { positives, .. } = &error.variant
        && at == fallback {
            expected.extend(positives.iter().filter_map(|rule| phrase(*rule)).map(str::to_owned));
        }
    let at = at + text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    let found = found(text.get(at..).unwrap_or(""));
    let place = Place { source, span: Span::new(base + at, base + at + found.len()) };
    expected.sort();
    expected.dedup();
    let message = match found {
        "" => "the text ends where more is expected".to_owned(),
        found => format!("`{found}` is not expected here"),
    };
    Diagnostic::new(Code::E101, place, message).here("up to here it can be read").help(advice(found, &expected))
}

/// What to do: the nearest word that can stand here, and then what else can.
fn advice(found: &str, expected: &[String]) -> String {
    let words = || expected.iter().map(|word| word.trim_matches('`'));
    let near = crate::diagnostic::suggest::nearest(found, words().filter(|word| word.len() > 1 && !word.contains(' ')));
    let meant = near.filter(|near| *near != found).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    if expected.is_empty() {
        return format!("{meant}see the reference of the language for what can stand here");
    }
    let shown = expected.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
    let more = if expected.len() > 10 { format!(" and {} more", expected.len() - 10) } else { String::new() };
    format!("{meant}here can stand: {shown}{more}")
}

/// The word or mark that stands at the start of `text`.
fn found(text: &str) -> &str {
    let first = text.chars().next();
    let end = match first {
        None => 0,
        Some('"') => text.find('\n').map_or(text.len(), |end| end.min(40)),
        Some(first) if first.is_alphanumeric() => text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len()),
        Some(first) => first.len_utf8(),
    };
    let mut end = end.min(60);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// A token that pest expected, unless it is mere white space or a comment.
fn token_words(token: &str) -> Option<String> {
    let bare = token.trim_matches('`');
    match bare {
        "" | " " | "\\n" | "\n" | "\t" | "\\t" | "\r" | "\\r" | "#" | "-" | "_" | "WHITESPACE" => None,
        _ if token.contains("..") || bare.chars().all(|c| c.is_ascii_uppercase() || c == '_') => character_class(bare),
        _ => Some(format!("`{bare}`")),
    }
}

fn character_class(bare: &str) -> Option<String> {
    match bare {
        "LOWERCASE_LETTER" => Some("a word in lower case".to_owned()),
        "A..Z" | "'A'..'Z'" | "A'..'Z" => Some("a variable".to_owned()),
        "UPPERCASE_LETTER" => Some("the short name of an instrument".to_owned()),
        "ASCII_DIGIT" => Some("a number".to_owned()),
        _ => None,
    }
}

/// What a part of the grammar is to a lawyer; `None` for parts that only hold others.
fn phrase(rule: Rule) -> Option<&'static str> {
    PHRASES.iter().find(|(known, _)| *known == rule).map(|(_, words)| *words)
}

const PHRASES: &[(Rule, &str)] = &[
    (Rule::colon, "a colon"),
    (Rule::comma, "a comma"),
    (Rule::semicolon, "a semicolon"),
    (Rule::end, "`end`"),
    (Rule::string, "a text in quotation marks on one line"),
    (Rule::word, "a declared word"),
    (Rule::variable, "a variable, such as `F`"),
    (Rule::label, "the letter of a limb, such as `(a)`"),
    (Rule::condition, "a condition"),
    (Rule::noun, "what is meant, such as `control C with kind command`"),
    (Rule::verdict, "a verdict (`met`, `partly`, `not met`, `cannot tell`, `not applicable`)"),
    (Rule::modality, "how strongly (`must ensure that`, `must not allow that`, `must have considered`, `must seek to ensure that`, `may provide that`)"),
    (Rule::severity_word, "a severity (`critical`, `major`, `minor`, `advisory`)"),
    (Rule::selection, "whom the rule is for (`for every force F …` or `for the state`)"),
    (Rule::if_none, "`if none: …`"),
    (Rule::duty, "the duty (`the state must ensure that …`)"),
    (Rule::joiner, "`and` or `or`"),
    (Rule::date, "a date, such as `2026-03-01`"),
    (Rule::number, "a number"),
    (Rule::item, "an item (`rule`, `define`, `record`, `terms`, `parameter`, `qualifier`, `instrument`, `setting`, `scenario`)"),
    (Rule::exception, "an exception (`unless …`)"),
    (Rule::prose, "`question`, `remedy`, `caution`, `note` or `companion`"),
];
