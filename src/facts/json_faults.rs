//! What can be wrong with the form of JSON, and the words for it. Nothing here runs while a text is well formed.

use super::event::{Fault, Problem};
use crate::diagnostic::Code;
use crate::text::Span;

fn fault(span: Span, message: impl Into<String>, help: &str) -> Fault {
    Box::new(Problem::new(Code::E301, span, message, help))
}

/// The character at an offset, whole.
fn here(text: &str, at: usize) -> Span {
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at + width)
}

/// The word at an offset, or the character if there is no word.
fn word(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let letters =
        rest.char_indices().take(40).take_while(|(_, letter)| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+'));
    match letters.last() {
        Some((last, letter)) => Span::new(at, at + last + letter.len_utf8()),
        None => here(text, at),
    }
}

/// What stands at an offset, in words.
fn found(text: &str, at: usize) -> String {
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        None => "the text ends".to_owned(),
        Some('\u{feff}') => "a byte order mark stands".to_owned(),
        Some(letter) if letter.is_control() => format!("the control character U+{:04X} stands", u32::from(letter)),
        Some(_) => format!("`{}` stands", word(text, at).of(text)),
    }
}

pub(super) fn no_value(text: &str, at: usize) -> Fault {
    let rest = text.get(at..).unwrap_or("");
    if text.trim().is_empty() {
        return fault(Span::new(0, 0), "the text is empty", "a description begins with `{\"format\": \"ephor.description\", …`");
    }
    if at == text.len() - text.trim_start().len() && looks_like_yaml(rest) {
        let help =
            "give a file of YAML a name that ends in `.yaml`, or write the description as JSON: `{\"format\": \"ephor.description\", …`";
        return fault(word(text, at), "the text is YAML, where the name of the file promises JSON", help);
    }
    let help = match rest.chars().next() {
        Some('\u{feff}') => "save the file as UTF-8 without a byte order mark",
        Some('\'') => "JSON takes double quotes only",
        Some('/' | '#') => "JSON has no comments; write a `note`, or use YAML",
        Some('+' | '.') => "a number begins with a digit or `-`",
        Some('N' | 'I') => "JSON has no such number; leave the key out if the value is not known",
        Some('T' | 'F' | 't' | 'f') => "write `true` or `false`",
        Some('}' | ']') => "take the comma before it out, or give the value",
        Some(letter) if letter.is_alphabetic() => "put a text between double quotes",
        _ => "",
    };
    fault(word(text, at), format!("{} where a value belongs", found(text, at)), help)
}

/// Whether a text begins as a description in YAML does: with a comment, a line of three hyphens, or a key without quotes.
fn looks_like_yaml(text: &str) -> bool {
    let key = text.split(':').next().unwrap_or("");
    let is_key = key.len() < text.len()
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    is_key || text.starts_with("# ") || text.starts_with("---")
}

pub(super) fn no_key(text: &str, at: usize, behind_comma: bool) -> Fault {
    if behind_comma && text.as_bytes().get(at) == Some(&b'}') {
        return trailing_comma(at);
    }
    let help = match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some('\'') => "JSON takes double quotes only",
        Some('/' | '#') => "JSON has no comments; write a `note`, or use YAML",
        Some(',') => "take the comma out",
        _ => "put the key between double quotes",
    };
    fault(word(text, at), format!("{} where a key belongs", found(text, at)), help)
}

pub(super) fn no_colon(text: &str, at: usize, key: &str) -> Fault {
    let key: String = key.chars().take(40).collect();
    fault(word(text, at), format!("{} where the colon behind a key belongs", found(text, at)), &format!("write `\"{key}\": …`"))
}

pub(super) fn no_comma(text: &str, at: usize, object: bool) -> Fault {
    let (thing, end) = if object { ("mapping", '}') } else { ("list", ']') };
    let help = match text.as_bytes().get(at) {
        None => format!("close the {thing} with `{end}`"),
        Some(b'}' | b']') => format!("a {thing} is closed with `{end}`"),
        Some(b'/' | b'#') => "JSON has no comments; write a `note`, or use YAML".to_owned(),
        Some(_) => format!("put a comma between two {}, or close the {thing} with `{end}`", if object { "keys" } else { "values" }),
    };
    fault(word(text, at), format!("{} where a comma or `{end}` belongs", found(text, at)), &help)
}

pub(super) fn trailing_comma(at: usize) -> Fault {
    fault(Span::new(at, at + 1), "a comma stands before the closing bracket", "take the comma out")
}

pub(super) fn trailing(text: &str, at: usize) -> Fault {
    fault(
        word(text, at),
        format!("{} behind the end of the description", found(text, at)),
        "a file holds one JSON value and nothing behind it",
    )
}

pub(super) fn in_string(text: &str, start: usize, at: usize) -> Fault {
    match text.as_bytes().get(at) {
        None => fault(Span::new(start, start + 1), "a text is not closed", "end it with `\"`"),
        Some(b'\n' | b'\r') => {
            fault(Span::new(start, at), "a text runs over the end of a line", "end it with `\"`, or write `\\n` for a new line")
        }
        Some(byte) => {
            let message = format!("the control character U+{byte:04X} stands in a text");
            fault(Span::new(at, at + 1), message, &format!("write `\\u{byte:04x}`, or take it out"))
        }
    }
}

pub(super) fn bad_escape(text: &str, at: usize) -> Fault {
    let rest = text.get(at..).unwrap_or("");
    let wanted = if rest.starts_with("\\u") { 6 } else { 2 };
    let inside = rest.chars().take_while(|letter| !matches!(letter, '"' | '\n' | '\r')).take(wanted);
    let width = inside.map(char::len_utf8).sum::<usize>().max(1);
    let help = if wanted == 6 { "`\\u` takes four hexadecimal digits" } else { "write `\\\\` for a backslash" };
    fault(Span::new(at, at + width), "no such escape", help)
}

pub(super) fn lone_surrogate(text: &str, at: usize) -> Fault {
    let end = text.len().min(at + 6);
    fault(Span::new(at, end), "half of a surrogate pair stands alone", "write both halves, or the character itself")
}

pub(super) fn bad_number(text: &str, start: usize, end: usize, leading_zero: bool) -> Fault {
    let span = Span::new(start, end.max(word(text, start).end as usize));
    if leading_zero {
        return fault(span, "a number begins with a superfluous zero", "take the zero out, or put it between quotes if it is a text");
    }
    fault(span, "this is not a whole number nor a decimal one", "digits must follow `-`, `.` and `e`")
}
