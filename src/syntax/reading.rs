//! A text around a mistake, read by hand: where its word begins, what stands there, and what its author may have meant.

/// Words of the language that are worth guessing at.
const KEYWORDS: &[&str] = &[
    "unless",
    "partly",
    "evidence",
    "lowered",
    "cites",
    "footing",
    "severity",
    "topic",
    "where",
    "during",
    "there",
    "with",
    "that",
    "says",
    "called",
    "then",
    "given",
    "expect",
    "because",
    "none",
    "only",
    "both",
    "either",
    "resting",
    "reaches",
    "through",
    "other",
    "under",
    "must",
    "when",
    "every",
    "question",
    "remedy",
    "caution",
    "note",
    "companion",
    "ensure",
    "least",
    "most",
    "searched",
    "complete",
    "setting",
    "excused",
    "prevails",
    "assessable",
    "binds",
    "wording",
    "listed",
    "gathered",
    "needs",
    "label",
    "asks",
    "read",
    "denied",
    "required",
    "days",
    "months",
    "years",
];
/// Heads of prose, whose text the grammar looks ahead to.
const PROSE: &[&str] = &["question", "remedy", "caution", "note", "companion"];

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The start of what is not expected, where reading stopped at `at` and `rule` is where the last part of the grammar failed to begin: of the
/// word that `at` lies in, or of the one directly before it that only a look ahead had passed.
pub(super) fn stopped(text: &str, at: usize, rule: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let before = text.get(..at).unwrap_or("");
    if rest.starts_with('"') {
        let head = before.trim_end();
        if let Some(word) = PROSE.iter().find(|word| head.ends_with(**word)) {
            return head.len() - word.len();
        }
    }
    let start = token_start(text, at);
    if rest.starts_with(is_letter) || rule <= start { start } else { at }
}

/// The start of the word that `at` lies in or directly behind.
pub(super) fn token_start(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or("").trim_end_matches(is_letter).len()
}

/// `at`, or behind the white space and comments that begin there.
pub(super) fn skip(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or("");
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let comment = rest.get(blank..).filter(|rest| rest.starts_with('#')).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
        if blank + comment == 0 {
            return at;
        }
        at += blank + comment;
    }
}

/// The first quotation mark, on a line up to the one with `at`, that is not closed on its line.
pub(super) fn unclosed(text: &str, at: usize) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            return None;
        }
        let mut open = None;
        for (offset, c) in line.char_indices() {
            match (c, open) {
                ('#', None) => break,
                ('"', None) => open = Some(start + offset),
                ('"', Some(_)) => open = None,
                _ => {}
            }
        }
        if open.is_some() {
            return open;
        }
        start += line.len();
    }
    None
}

/// The word or mark that stands at the start of `text`.
pub(super) fn found(text: &str) -> &str {
    let first = text.chars().next();
    let end = match first {
        None => 0,
        Some('"') => text.find('\n').map_or(text.len(), |end| end.min(40)),
        Some('(') => label(text),
        Some(first) if is_letter(first) => text.find(|c: char| !is_letter(c)).unwrap_or(text.len()),
        Some(first) => first.len_utf8(),
    };
    let mut end = end.min(60);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("").trim_end_matches([' ', '\t', '\r', '\n'])
}

/// The length of `(a)`, or of the bracket alone.
fn label(text: &str) -> usize {
    let inside = text.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
    if (1..=5).contains(&inside) && text.as_bytes().get(inside + 1) == Some(&b')') { inside + 2 } else { 1 }
}

/// Whether a character cannot be seen, or turns the text around it.
pub(super) fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}')
}

/// A word on the same line before `at`, or the last one on the line above, that is nearly a word of the language; and that word.
pub(super) fn misspelt(text: &str, at: usize) -> Option<(&str, &'static str)> {
    let before = text.get(..at)?;
    let line = before.rsplit('\n').find(|line| !line.trim().is_empty())?;
    let bare = line.split('"').step_by(2);
    let words = bare.flat_map(|part| part.split(|c: char| !is_letter(c))).filter(|word| word.len() > 3 && !KEYWORDS.contains(word));
    words.filter_map(|word| misspelling(word).map(|known| (word, known))).last()
}

/// The word of the language that is one slip away from this one.
pub(super) fn misspelling(word: &str) -> Option<&'static str> {
    KEYWORDS.iter().find(|known| crate::diagnostic::suggest::one_slip(word, known)).copied()
}
