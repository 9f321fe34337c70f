//! A key and its value that have grown together, `form:unitary`. YAML reads them as one word, and what it then says of the text points
//! anywhere but at the colon.

use crate::text::Span;

/// The key and the value in a word that has grown together.
pub(super) fn glued(word: &str) -> Option<(&str, &str)> {
    let (key, value) = word.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let is_value = value.starts_with(|c: char| !c.is_whitespace() && c != '/' && c != ':');
    (is_key && is_value).then(|| (key, value.split_whitespace().next().unwrap_or(value)))
}

/// The cure for it.
pub(super) fn cure(key: &str, value: &str) -> String {
    let value: String = value.chars().take(40).collect();
    format!("put a space behind the colon: `{key}: {value}`")
}

/// Where such a word begins the line at an offset, or the line above it.
pub(super) fn near(text: &str, at: usize) -> Option<(Span, String)> {
    let lines = text.get(..at.min(text.len())).unwrap_or("").matches('\n').count();
    [Some(lines), lines.checked_sub(1)].into_iter().flatten().find_map(|number| {
        let line = text.split('\n').nth(number)?;
        let words = line.trim_start().trim_start_matches("- ").trim_start();
        let (key, value) = glued(words)?;
        let start = text.split('\n').take(number).map(|line| line.len() + 1).sum::<usize>() + line.len() - words.len();
        Some((Span::new(start, start + key.len() + 1 + value.len()), cure(key, value)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_that_touches_its_value_is_glued() {
        assert_eq!(glued("form:unitary"), Some(("form", "unitary")));
        assert_eq!(glued("armed-forces:none name"), Some(("armed-forces", "none")));
        for word in ["form: unitary", "https://osce.org", "Art:10", "form:", "a b:c"] {
            assert_eq!(glued(word), None, "{word}");
        }
    }

    #[test]
    fn the_line_above_is_looked_at_too() {
        let text = "state:\n  iso:RUR\n  name: Ruritania\n";
        let (span, cure) = near(text, text.find("name:").unwrap() + 4).unwrap();
        assert_eq!((span.of(text), cure.as_str()), ("iso:RUR", "put a space behind the colon: `iso: RUR`"));
    }
}
