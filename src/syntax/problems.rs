//! What can be wrong with the form of rule text, and the words for it.

use std::sync::Mutex;

use pest::error::{Error, InputLocation};

use super::grammar::{self, Rule};
use super::reading;
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

/// An item that nests deeper than the parser is let go.
pub(super) fn too_deep(source: SourceId, span: Span) -> Diagnostic {
    let message = format!("conditions or brackets are nested more than {} deep", super::DEPTH_LIMIT);
    Diagnostic::new(Code::E104, Place { source, span }, message).help("give the inner part a name with `define` and use that name here")
}

/// A whole file that could not be read; the parser itself gives up only where the stack ends.
pub(super) fn of_file(error: &Error<Rule>, text: &str, source: SourceId) -> Diagnostic {
    match &error.variant {
        pest::error::ErrorVariant::CustomError { .. } => too_deep(source, Span::default()),
        pest::error::ErrorVariant::ParsingError { .. } => from_pest(error, text, source, 0),
    }
}

/// Two words that have grown together at `at`.
pub(super) fn glued(text: &str, source: SourceId, at: usize) -> Diagnostic {
    let start = reading::token_start(text, at);
    let found = reading::found(text.get(start..).unwrap_or(""));
    let (first, second) = found.split_at_checked(at - start).unwrap_or((found, ""));
    let place = Place { source, span: Span::new(start, start + found.len()) };
    let help = match reading::misspelling(found) {
        Some(keyword) => format!("did you mean `{keyword}`? it can be read only as `{first} {second}`"),
        None => format!("put a space between them: `{first} {second}`"),
    };
    Diagnostic::new(Code::E101, place, format!("`{found}` is not expected here")).help(help)
}

/// A pest error in words.
pub(super) fn from_pest(error: &Error<Rule>, text: &str, source: SourceId, base: usize) -> Diagnostic {
    let fallback = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let (raw, mut expected) = match error.parse_attempts() {
        Some(attempts) if attempts.max_position >= fallback => {
            let tokens = attempts.expected_tokens().into_iter().map(|token| token.to_string());
            (attempts.max_position, tokens.filter_map(|token| token_words(&token)).collect::<Vec<_>>())
        }
        _ => (fallback, Vec::new()),
    };
    let at = reading::stopped(text, raw, fallback);
    if at < raw {
        expected.clear();
    }
    if let pest::error::ErrorVariant::ParsingError { positives, .. } = &error.variant
        && at <= fallback
    {
        expected.extend(positives.iter().filter_map(|rule| phrase(*rule)).map(str::to_owned));
    }
    let at = reading::skip(text, at);
    let place = |from: usize, len: usize| Place { source, span: Span::new(base + from, base + from + len) };
    if let Some(quote) = reading::unclosed(text, at) {
        let line = text.get(quote..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
        return Diagnostic::new(Code::E101, place(quote, line.len()), "this text has no closing quotation mark on its line")
            .help("put the quotation mark where the text ends; a text stands on one line");
    }
    let found = reading::found(text.get(at..).unwrap_or(""));
    let (message, help) = words(text, at, found, &tidy(expected));
    Diagnostic::new(Code::E101, place(at, found.len()), message).here("up to here it can be read").help(help)
}

/// What is wrong at `at`, and what to do.
fn words(text: &str, at: usize, found: &str, expected: &[String]) -> (String, String) {
    let ends = |word: &str| expected.iter().any(|one| one == word);
    match found.chars().next() {
        None if ends("`end`") => ("the item has no `end`".to_owned(), "close it with `end` on a line of its own".to_owned()),
        None => ("the text ends where more is expected".to_owned(), advice(text, at, found, expected)),
        Some(quote @ ('“' | '”' | '„' | '«' | '»' | '‘' | '’')) => {
            (format!("`{quote}` is no quotation mark of this language"), "write straight ones: `\"`".to_owned())
        }
        Some(c) if reading::invisible(c) => {
            let message = format!("the character U+{:04X}, which cannot be seen, stands here", u32::from(c));
            (message, "take it out, or write a space".to_owned())
        }
        Some(_) => (format!("`{found}` is not expected here"), advice(text, at, found, expected)),
    }
}

/// Each once, marks and phrases before words, and no word that is part of a phrase.
fn tidy(mut expected: Vec<String>) -> Vec<String> {
    expected.sort_by_key(|one| (one.starts_with('`'), one.clone()));
    expected.dedup();
    let whole = expected.clone();
    let inside = |one: &str, other: &str| other.len() > one.len() && (other.contains(one) || one == "`(`" && other.contains("`(a)`"));
    expected.retain(|one| !whole.iter().any(|other| inside(one, other)));
    expected
}

/// What to do: the word that was probably meant, and then what can stand here.
fn advice(text: &str, at: usize, found: &str, expected: &[String]) -> String {
    let shown = expected.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
    let more = if expected.len() > 10 { format!(" and {} more", expected.len() - 10) } else { String::new() };
    let can = if expected.is_empty() { String::new() } else { format!("here can stand: {shown}{more}") };
    match (meant(text, at, found, expected), expected.is_empty()) {
        (Some(meant), true) => meant,
        (Some(meant), false) if meant.ends_with('?') => format!("{meant} {can}"),
        (Some(meant), false) => format!("{meant}; {can}"),
        (None, true) => "see the reference of the language for what can stand here".to_owned(),
        (None, false) => can,
    }
}

/// The words of the language inside an expectation: `` `rule` `` and `` `define` `` in a phrase that names both.
fn inside(expected: &str) -> impl Iterator<Item = &str> {
    expected.split('`').skip(1).step_by(2).filter(|word| word.len() > 1 && !word.contains(' '))
}

fn meant(text: &str, at: usize, found: &str, expected: &[String]) -> Option<String> {
    let near = crate::diagnostic::suggest::nearest(found, expected.iter().flat_map(|one| inside(one)));
    if let Some(near) = near.filter(|near| *near != found) {
        return Some(format!("did you mean `{near}`?"));
    }
    let capitals = found.chars().take_while(|c| c.is_uppercase()).count();
    if capitals > 1 && capitals == found.chars().count() {
        return Some("a variable is one capital letter, with or without a digit".to_owned());
    }
    if capitals > 0 && found.len() > 1 {
        return Some(format!("words are in lower case, as in `{}`", found.to_lowercase()));
    }
    if found.starts_with('(') && found.len() > 1 && expected.iter().any(|one| one.contains("`and` or `or`")) {
        return Some("join the limbs by `and` or by `or`".to_owned());
    }
    if let Some((word, keyword)) = reading::misspelt(text, at) {
        return Some(format!("is `{word}` before it meant to be `{keyword}`?"));
    }
    let comma = text.get(..at).is_some_and(|before| before.trim_end().ends_with(','));
    comma.then(|| "take out the comma before it, or go on behind the comma".to_owned())
}

/// A token that pest expected, unless it is mere white space or a comment.
fn token_words(token: &str) -> Option<String> {
    let bare = token.trim_matches('`');
    match bare {
        "," => Some("a comma".to_owned()),
        ":" => Some("a colon".to_owned()),
        ";" => Some("a semicolon".to_owned()),
        "\"" => Some("a text in quotation marks on one line".to_owned()),
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
    (Rule::title, "the short name of an instrument, such as `CoC`"),
    (Rule::rule_id, "the name of the rule, such as `coc-21.2`"),
    (Rule::number_name, "the number of a paragraph or section"),
    (Rule::term_word, "a declared word"),
    (Rule::attribute_word, "a declared word"),
    (Rule::literal, "a value, such as `30 days`, `75%`, `2026-03-01` or a text in quotation marks"),
    (Rule::label, "the letter of a limb, such as `(a)`"),
    (Rule::condition, "a condition"),
    (Rule::noun, "what is meant, such as `control C with kind command`"),
    (Rule::verdict, "a verdict (`met`, `partly`, `not met`, `cannot tell`, `not applicable`)"),
    (
        Rule::modality,
        "how strongly (`must ensure that`, `must not allow that`, `must have considered`, `must seek to ensure that`, `may provide that`)",
    ),
    (Rule::severity_word, "a severity (`critical`, `major`, `minor`, `advisory`)"),
    (Rule::selection, "whom the rule is for (`for every force F …` or `for the state`)"),
    (Rule::if_none, "`if none: …`"),
    (Rule::duty, "the duty (`the state must ensure that …`)"),
    (Rule::joiner, "`and` or `or`"),
    (Rule::date, "a date, such as `2026-03-01`"),
    (Rule::number, "a number"),
    (
        Rule::item,
        "an item (`rule`, `define`, `record`, `terms`, `parameter`, `qualifier`, `instrument`, `questionnaire`, `setting`, `scenario`)",
    ),
    (Rule::exception, "an exception (`unless …`)"),
    (Rule::prose, "`question`, `remedy`, `caution`, `note` or `companion`"),
];
