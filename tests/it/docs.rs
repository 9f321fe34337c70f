//! Documents are executed: every command that README and docs show, and every rule text of the language reference.

use std::path::Path;

use ephor::pack::{self, RuleText};
use ephor::text::Texts;
use ephor::{report, scenario};

use crate::support::{command, root, transcript};

/// The fenced blocks of one kind in a Markdown text, with the line on which each begins.
fn blocks(text: &str, kind: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String, bool)> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut open {
            None => {
                if let Some(rest) = line.strip_prefix("```") {
                    open = Some((number + 1, String::new(), rest.trim() == kind));
                }
            }
            Some((start, inside, wanted)) if line.starts_with("```") => {
                if *wanted {
                    found.push((*start, std::mem::take(inside)));
                }
                open = None;
            }
            Some((_, inside, _)) => {
                inside.push_str(line);
                inside.push('\n');
            }
        }
    }
    found
}

/// Commands shown as `$ ephor …` or `$ cargo run --release -- …` run in the root of the project and print what stands below them. A line `…`
/// stands for any number of lines.
#[test]
fn shown_commands_print_what_is_shown() {
    let mut count = 0;
    for name in ["README.md", "docs/DESCRIPTIONS.md", "docs/LANGUAGE.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for (line, block) in blocks(&text, "console") {
            for (shown, expected) in commands(&block) {
                let Some(arguments) = shown.strip_prefix("ephor ").or(shown.strip_prefix("cargo run --release -- ")) else { continue };
                let arguments: Vec<&str> = arguments.split_whitespace().collect();
                let actual = transcript(&command(&arguments).output().unwrap());
                assert!(matches(&expected, &actual), "{name}:{line}: `{shown}` prints\n{actual}\nand not\n{expected}");
                count += 1;
            }
        }
    }
    assert!(count >= 4, "only {count} commands were found");
}

fn commands(block: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if let Some(shown) = line.strip_prefix("$ ") {
            all.push((shown.to_owned(), String::new()));
        } else if let Some((_, expected)) = all.last_mut() {
            expected.push_str(line);
            expected.push('\n');
        }
    }
    all
}

/// Whether the lines are there in this order, with anything where `…` stands.
fn matches(expected: &str, actual: &str) -> bool {
    if expected.trim().is_empty() {
        return true;
    }
    let mut rest: Vec<&str> = actual.lines().map(str::trim_end).collect();
    let mut free = false;
    for line in expected.lines().map(str::trim_end) {
        if line == "…" {
            free = true;
            continue;
        }
        let at = rest.iter().position(|one| *one == line);
        match at {
            Some(0) => {}
            Some(_) if free => {}
            _ => return false,
        }
        rest.drain(..=at.unwrap_or(0));
        free = false;
    }
    free || rest.iter().all(|line| line.is_empty())
}

/// Every rule text of the language reference loads with the shared files, and its scenarios hold.
#[test]
fn examples_of_the_language_reference_run() {
    let text = std::fs::read_to_string(root().join("docs/LANGUAGE.md")).unwrap();
    let examples = blocks(&text, "ephor");
    assert!(examples.len() >= 20, "only {} examples", examples.len());
    for (line, example) in examples {
        let mut texts = Texts::default();
        let mut files = pack::texts_of("");
        files.push(RuleText { pack: "example".to_owned(), name: format!("docs/LANGUAGE.md:{line}"), text: example.into() });
        let loaded = pack::load(&mut texts, &files);
        let mut problems: Vec<_> = loaded.problems.iter().filter(|one| one.is_error()).cloned().collect();
        problems.extend(loaded.stories.iter().filter(|one| one.is_error()).cloned());
        problems.extend(loaded.model.scenarios.iter().flat_map(|one| scenario::run(&loaded.model, one).problems));
        let shown: String = problems.iter().map(|one| report::concise::diagnostic(one, &texts)).collect();
        assert!(shown.is_empty(), "docs/LANGUAGE.md:{line}:\n{shown}");
    }
}

/// Links between documents lead somewhere.
#[test]
fn links_lead_somewhere() {
    for name in ["README.md", "CONTRIBUTING.md", "docs/LANGUAGE.md", "docs/DESCRIPTIONS.md"] {
        let path = root().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !target.starts_with("http") && !target.starts_with('#') {
                let file = target.split('#').next().unwrap();
                assert!(path.parent().unwrap_or(Path::new(".")).join(file).exists(), "{name} links to {target}");
            }
        }
    }
}
