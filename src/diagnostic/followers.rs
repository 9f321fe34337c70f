//! What may only follow from another mistake. A stretch of text that could not be read may have declared a name or used it; until it is
//! mended, nobody can say that the name is unknown or never used.

use super::{Code, Diagnostic};
use crate::text::{Place, Texts};

/// What can be false where an item could not be read: the name under the place may be declared in it, or used in it.
const OF_UNREAD: &[Code] = &[Code::E202, Code::E204, Code::E207, Code::E503, Code::W221];
/// What can be false where an item was read and left out for a mistake of its own.
const OF_LEFT_OUT: &[Code] = &[Code::W221];

/// Takes out what may only follow: `unread` are the items that could not be read, `read` the others.
pub fn taken_out(mut all: Vec<Diagnostic>, texts: &Texts, unread: &[Place], read: &[Place]) -> Vec<Diagnostic> {
    let faults: Vec<Place> = all.iter().filter(|one| one.is_error()).filter_map(Diagnostic::place).collect();
    let left_out: Vec<Place> = read.iter().filter(|item| faults.iter().any(|fault| inside(*fault, **item))).copied().collect();
    let mentioned = |items: &[Place], name: &str| items.iter().any(|item| mentions(under(texts, *item), name));
    all.retain(|one| {
        let name = one.place().map_or("", |place| under(texts, place)).trim_matches('"');
        let follows = |codes: &[Code], items: &[Place]| codes.contains(&one.code) && mentioned(items, name);
        name.is_empty() || !(follows(OF_UNREAD, unread) || follows(OF_LEFT_OUT, &left_out))
    });
    all
}

fn inside(place: Place, item: Place) -> bool {
    place.source == item.source && item.span.start <= place.span.start && place.span.start <= item.span.end
}

fn under(texts: &Texts, place: Place) -> &str {
    texts.get(place.source).map_or("", |source| place.span.of(&source.text))
}

/// Whether a text has this name as a word of its own.
fn mentions(text: &str, name: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + name.len()..).unwrap_or(""));
        !before.ends_with(letter) && !after.starts_with(letter)
    })
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_a_whole_word() {
        assert!(mentions("rule demo-1 \"…\"", "demo-1"));
        assert!(!mentions("rule demo-12 \"…\"", "demo-1"));
        assert!(!mentions("rule my-demo-1", "demo-1"));
    }
}
