//! A text in pieces that are read each for itself, side by side. What the parser finds takes more than ten times the room of the text; of a
//! large text, only what it found in a few pieces is there at a time.
//!
//! A piece begins where a line begins with the keyword of an item. Such a line may also stand inside an item (a term may be called `record`):
//! then an item is cut in two, neither half can be read, since what comes before `end` never begins with `end`, and the whole text is read at
//! once. So pieces never change what a text says.

use super::depth::begins_item;

/// Pieces have about so many bytes, and more where an item has.
const SIZE: usize = 32 << 10;
/// Words that begin a story.
const STORIES: &[&str] = &["setting", "scenario"];

/// Which items are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of them.
    All,
    /// Those that are no stories.
    Law,
}

/// The pieces of a text, each with the place where it begins.
pub(super) fn pieces(text: &str, wanted: Wanted) -> Vec<(usize, &str)> {
    let (mut found, mut from) = (Vec::new(), Some(0));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if begins_item(line) {
            let story = wanted == Wanted::Law && STORIES.iter().any(|word| line.starts_with(word));
            if let Some(start) = from.filter(|start| story || at - start >= SIZE) {
                found.push((start, text.get(start..at).unwrap_or("")));
                from = None;
            }
            from = if story { None } else { from.or(Some(at)) };
        }
        at += line.len();
    }
    found.extend(from.map(|start| (start, text.get(start..).unwrap_or(""))));
    found
}

#[cfg(test)]
mod tests {
    use super::{SIZE, Wanted, pieces};

    #[test]
    fn pieces_are_the_text() {
        let rule = "rule a \"…\"\n  cites CoC 1\nend\n# a remark\n";
        let text = format!("edition 1, in English\n{}", rule.repeat(3 * SIZE / rule.len()));
        let all = pieces(&text, Wanted::All);
        assert_eq!(all.len(), 3);
        assert_eq!(all.iter().map(|(_, piece)| *piece).collect::<String>(), text);
        assert!(all.iter().all(|(at, piece)| text[*at..].starts_with(piece)));
        assert!(all.iter().skip(1).all(|(_, piece)| piece.starts_with("rule ")));
    }

    #[test]
    fn stories_are_left_out() {
        let text = "setting \"x\"\nend\nrule a\nend\nscenario \"y\"\nend\nsetting \"z\"\nend\nterms b\nend\n";
        let law: Vec<&str> = pieces(text, Wanted::Law).into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(law.concat(), "rule a\nend\nterms b\nend\n");
    }
}
