//! How deep a text could nest, found before the parser is let loose on it: the parser descends with the text, and a stack has an end.
//!
//! What is counted is a bound from above. Each word that can open a condition inside a condition counts one, until an item ends or a limb with a
//! letter begins; brackets count as long as they are open. An item over the limit is blanked, so that the others are still read.

use std::borrow::Cow;

use crate::text::Span;

/// Far more than [`super::DEPTH_LIMIT`], since the bound is from above; far less than a small stack holds.
pub(super) const BOUND: usize = 120;
/// Words that open a condition inside a condition, behind a certain word or behind any.
const OPENERS: &[(&str, &str)] = &[("", "where"), ("", "during"), ("all", "times"), ("", "for"), ("so", "that"), ("not", "not")];
/// Last words of what begins a block; the label behind them opens it.
const BLOCKS: &[&str] = &["either", "both", "of"];
/// Words that begin an item at the start of a line.
const ITEMS: &[&str] = &[
    "edition",
    "frame",
    "instrument",
    "questionnaire",
    "terms",
    "record",
    "parameter",
    "qualifier",
    "define",
    "rule",
    "setting",
    "scenario",
];

/// An item that nests too deep.
pub(super) struct Deep {
    /// Where the bound was passed.
    pub(super) at: Span,
    /// The whole item.
    pub(super) item: Span,
}

/// A text in which every item that nests too deep is blanked, and these items.
pub(super) fn bounded(text: &str) -> (Cow<'_, str>, Vec<Deep>) {
    let mut scan = Scan { text, at: 0, item: 0, chain: 0, open: 0, before: "" };
    let mut out = String::new();
    let (mut copied, mut deep) = (0, Vec::new());
    while let Some((start, token)) = scan.next() {
        scan.count(start, token);
        if scan.chain + scan.open > BOUND {
            let end = next_item(text, start);
            out.push_str(text.get(copied..scan.item).unwrap_or(""));
            out.extend(text.get(scan.item..end).unwrap_or("").chars().flat_map(blank));
            deep.push(Deep { at: Span::new(start, start + token.len()), item: Span::new(scan.item, end) });
            copied = end;
            scan = Scan { text, at: end, item: end, chain: 0, open: 0, before: "" };
        }
    }
    if deep.is_empty() {
        return (Cow::Borrowed(text), deep);
    }
    out.push_str(text.get(copied..).unwrap_or(""));
    (Cow::Owned(out), deep)
}

/// As many bytes of white space.
fn blank(c: char) -> impl Iterator<Item = char> {
    std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Where the next item begins behind `at`: the line feed before it.
fn next_item(text: &str, at: usize) -> usize {
    let mut from = at;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('\n')) {
        from += found + 1;
        if begins_item(text.get(from..).unwrap_or("")) {
            return from - 1;
        }
    }
    text.len()
}

/// Whether a line begins with the keyword of an item.
pub(super) fn begins_item(line: &str) -> bool {
    let word = line.split(|c: char| !is_letter(c)).next().unwrap_or("");
    ITEMS.contains(&word)
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Where the item began.
    item: usize,
    /// Openers since a limb or item began.
    chain: usize,
    /// Open brackets.
    open: usize,
    /// The word or mark before.
    before: &'t str,
}

impl<'t> Scan<'t> {
    /// The next word, label or mark; texts and comments are passed over.
    fn next(&mut self) -> Option<(usize, &'t str)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            let len = match first {
                '#' => rest.find('\n').unwrap_or(rest.len()),
                '"' => 1 + quoted(rest),
                '(' => label(rest),
                _ if is_letter(first) => rest.find(|c| !is_letter(c)).unwrap_or(rest.len()),
                _ => first.len_utf8(),
            };
            let start = self.at;
            self.at += len;
            if !first.is_whitespace() && !matches!(first, '#' | '"') {
                return rest.get(..len).map(|token| (start, token));
            }
        }
    }

    fn count(&mut self, start: usize, token: &'t str) {
        match token {
            "end" => (self.chain, self.open) = (0, 0),
            "(" | "[" => self.open += 1,
            ")" | "]" => self.open = self.open.saturating_sub(1),
            _ if token.starts_with('(') && BLOCKS.contains(&self.before) => self.chain += 1,
            // Roman and arabic numbers stand inside a block; another letter begins a limb of the rule, where no condition is open.
            _ if token.starts_with('(') && !is_number(token) => self.chain = 0,
            _ if OPENERS.iter().any(|(before, word)| *word == token && (before.is_empty() || *before == self.before)) => self.chain += 1,
            _ => {}
        }
        self.before = token;
        if ITEMS.contains(&token) && (start == 0 || self.text.get(..start).is_some_and(|before| before.ends_with('\n'))) {
            self.item = start;
        }
    }
}

/// What stands behind a quotation mark up to the next one and with it; nothing where the line ends before.
fn quoted(rest: &str) -> usize {
    let inside = rest.get(1..).unwrap_or("");
    inside.find(['"', '\n']).filter(|end| inside.as_bytes().get(*end) == Some(&b'"')).map_or(0, |end| end + 1)
}

/// Whether a label could be that of a sub-limb.
fn is_number(label: &str) -> bool {
    label.chars().all(|c| matches!(c, '(' | ')' | 'i' | 'v' | 'x') || c.is_ascii_digit())
}

/// The length of `(a)`, or of the bracket alone.
fn label(rest: &str) -> usize {
    let inside = rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
    if (1..=5).contains(&inside) && rest.as_bytes().get(inside + 1) == Some(&b')') { inside + 2 } else { 1 }
}
