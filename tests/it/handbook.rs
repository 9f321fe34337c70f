//! The handbook in `docs` is what the rules say today, whole, and its links lead somewhere.

use std::collections::BTreeSet;

use crate::support::{BUILT_IN, ephor, golden};

fn printed(arguments: &[&str]) -> String {
    let output = ephor(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// `docs/HANDBOOK.md` is what `ephor list rules --format markdown` prints. When rules change, it is accepted anew and read.
#[test]
fn the_handbook_is_up_to_date() {
    golden("docs/HANDBOOK.md", &printed(&["list", "rules", "--format", "markdown"]));
}

/// Every paragraph and every rule stands in it once, companion rules behind the heading that says what they are not; every rule has its
/// verdicts and its examples; no placeholder is left.
#[test]
fn the_handbook_is_whole() {
    let text = printed(&["list", "rules", "--format", "markdown"]);
    let model = &BUILT_IN.1.model;
    let (code, companion) = text.split_once("\n## What only companion standards ask\n").unwrap();
    assert!(companion.contains("**Nothing in this part is ever a gap against the Code"));
    for paragraph in &model.instruments[0].paragraphs {
        assert_eq!(code.matches(&format!("\n### Paragraph {}\n", paragraph.number)).count(), 1, "paragraph {}", paragraph.number);
        assert!(code.contains(&paragraph.sense), "paragraph {}", paragraph.number);
    }
    for rule in &model.rules {
        let (own, other) = if rule.pack == "coc" { (code, companion) } else { (companion, code) };
        let heading = format!("\n#### {}: {}\n", rule.id, rule.title);
        assert_eq!((own.matches(&heading).count(), other.matches(&heading).count()), (1, 0), "{}", rule.id);
        let part = own.split(&heading).nth(1).and_then(|rest| rest.split("\n#### ").next()).unwrap();
        for word in ["**What each verdict means for this rule.**", "- *cannot tell*: ", "**Facts needed.**", "**Examples.**"] {
            assert!(part.contains(word), "{} has no {word}", rule.id);
        }
    }
    assert!(!text.contains("{F}") && !text.contains("{H}"), "a letter in braces is left");
}

/// Every link has its place, and every place is there once.
#[test]
fn links_of_the_handbook_lead_somewhere() {
    let text = printed(&["list", "rules", "--format", "markdown"]);
    let places: Vec<&str> = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let known: BTreeSet<&str> = places.iter().copied().collect();
    assert_eq!(places.len(), known.len(), "a place stands twice");
    for target in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(known.contains(target), "no place is called {target}");
    }
}

/// With a topic it holds the rules of that topic and their paragraphs; other lists are tables.
#[test]
fn a_part_of_the_handbook() {
    let text = printed(&["list", "rules", "--topic", "gender", "--format", "markdown"]);
    assert!(text.contains("#### coc-30.4: ") && !text.contains("#### coc-21.2: ") && !text.contains("### Paragraph 21\n"));
    let table = printed(&["list", "paragraphs", "--format", "markdown"]);
    assert_eq!(table.lines().filter(|line| line.starts_with("| CoC ")).count(), 42);
}
