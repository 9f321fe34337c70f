//! Names as people write them: paragraphs, the beginnings of ids, words of the vocabulary; and the nearest one where there is none.

use crate::support::{command, ephor, transcript};

const GERMANY: &str = "fixtures/states/germany/description.yaml";

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = ephor(arguments);
    (output.status.code(), transcript(&output))
}

/// A paragraph is called the same everywhere.
#[test]
fn a_paragraph_has_the_same_names_everywhere() {
    let whole = said(&["check", GERMANY, "--select", "¶22", "--format", "concise"]);
    assert_ne!(whole.0, Some(2), "{}", whole.1);
    for word in ["22", "CoC 22", "coc-22", "coc-22."] {
        assert_eq!(said(&["check", GERMANY, "--select", word, "--format", "concise"]), whole, "{word}");
    }
    let why = said(&["why", "¶22", GERMANY]);
    assert!(why.1.contains("coc-22.1 [") && why.1.contains("coc-22.10"), "{}", why.1);
    for word in ["22", "CoC 22", "coc-22"] {
        assert_eq!(said(&["why", word, GERMANY]), why, "{word}");
    }
    let one = said(&["why", "coc-22.1", GERMANY]);
    assert!(one.1.contains("coc-22.1 [") && !one.1.contains("coc-22.10"), "{}", one.1);
}

#[test]
fn words_are_explained_by_what_they_can_mean() {
    let cases: &[(&str, &[&str])] = &[
        ("coc-21", &["rules whose ids begin with `coc-21`", "coc-21.2"]),
        ("command", &["a term of control-kind", "give binding orders", "a topic of"]),
        ("parent", &["force.parent", "Which body is it directly under?", "body.parent"]),
        ("CoC", &["an instrument", "of 1994-12-03", "42 paragraphs"]),
        ("critical", &["a severity", "rules; `ephor list rules` names them"]),
        ("coc-companion", &["a pack", "of 39 rules"]),
    ];
    for (word, parts) in cases {
        let (code, text) = said(&["explain", word]);
        assert_eq!(code, Some(0), "{word}: {text}");
        for part in *parts {
            assert!(text.contains(part), "{word} lacks {part}: {text}");
        }
    }
    let (_, text) = said(&["explain", "coc-21.2"]);
    assert!(text.contains("Who commands F, by which provision") && !text.contains('{'), "{text}");
}

#[test]
fn what_is_not_there_is_helped_by_its_own_kind() {
    let cases: &[(&[&str], &str)] = &[
        (&["explain", "E999"], "(`ephor list codes` names every code)"),
        (&["explain", "coc-21.x"], "did you mean `coc-21."),
        (&["explain", "contrl.kind"], "did you mean `control.kind`?"),
        (&["explain", "zzzz"], "names what can be explained"),
        (&["why", "¶99", GERMANY], "or a paragraph, as in `¶21`"),
        (&["why", "coc21.2", GERMANY], "did you mean `coc-21.2`?"),
        (&["check", GERMANY, "--select", "polise"], "did you mean `police`?"),
        (&["check", GERMANY, "--select", "critcal"], "did you mean `critical`?"),
    ];
    for (arguments, words) in cases {
        let (code, text) = said(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {text}");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{arguments:?}: {text}");
    }
}

/// No line of what is said about names is wider than a narrow terminal.
#[test]
fn narrow_terminals_get_narrow_lines() {
    for width in ["40", "80"] {
        for arguments in [
            &["list", "facts"][..],
            &["list", "rules"],
            &["list", "paragraphs"],
            &["list", "codes"],
            &["explain", "control"],
            &["explain", "control.kind"],
            &["explain", "control-kind"],
            &["explain", "coc-21.2"],
            &["explain", "¶21"],
            &["explain", "command"],
            &["explain", "democratic-authority"],
            &["coverage"],
            &["test"],
            &["lint"],
        ] {
            let mut all = arguments.to_vec();
            all.extend(["--width", width]);
            let text = transcript(&command(&all).output().unwrap());
            for line in text.lines() {
                assert!(line.chars().count() <= width.parse().unwrap(), "{arguments:?} at {width}: {line}");
            }
        }
    }
}

/// An id in a help is not broken at its hyphens, and a drawing below another has a heading of its own.
#[test]
fn drawings_keep_ids_whole_and_say_a_commitment_once() {
    for width in ["40", "60", "80"] {
        let (_, text) =
            said(&["check", "fixtures/invented/ruritania/description.yaml", "--select", "coc-20.2", "--format", "full", "--width", width]);
        for line in text.lines() {
            assert!(!line.trim_end().ends_with("coc-"), "{width}: {line}");
            assert!(!line.starts_with("Advice:"), "{width}: {line}");
        }
        assert!(text.contains("coc-20.2`"), "{text}");
        assert_eq!(text.matches("the commitment").count(), 1, "{text}");
        assert!(text.matches("the rule").count() > 2, "{text}");
    }
}

/// Facts that would settle the most are named with their line, and with what the question asks of.
#[test]
fn facts_that_settle_have_a_line() {
    let (_, text) = said(&["check", GERMANY, "--select", "coc-21", "--width", "120"]);
    let line = text.lines().find(|line| line.contains("chancellery.legitimacy")).unwrap();
    let number: usize = line.split("(line ").nth(1).unwrap().split(')').next().unwrap().parse().unwrap();
    let description = std::fs::read_to_string(crate::support::root().join(GERMANY)).unwrap();
    assert!(description.lines().nth(number - 1).unwrap().contains("id: chancellery"), "{line}");
    assert!(line.contains(": Federal Chancellery: How does it come to its office?"), "{line}");
}
