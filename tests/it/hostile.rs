//! Rule text as an opponent would write it: nothing of it makes the reader panic, hang, or use memory or stack without bound.

use std::time::{Duration, Instant};

use ephor::diagnostic::{Code, Diagnostic};
use ephor::pack;
use ephor::syntax;
use ephor::text::SourceId;
use proptest::prelude::*;

use crate::rule_support::quickly;

/// The longest that any text of these tests may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a text and builds its model, and gives the problems; fails if it took too long.
fn read(text: &str) -> Vec<Diagnostic> {
    let began = Instant::now();
    let (_, _, problems) = quickly(text);
    let took = began.elapsed();
    assert!(took < PATIENCE, "{took:?} for {} bytes that begin {:?}", text.len(), text.chars().take(80).collect::<String>());
    problems
}

fn codes(problems: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = problems.iter().filter(|one| one.is_error()).map(|one| one.code).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// A rule whose only limb is this.
fn rule(limb: &str) -> String {
    format!(
        "edition 1, in English\n\nrule demo-1 \"A\"\n  cites CoC 21\n  footing text\n  severity minor\n\n  for every force F\n  if none: cannot tell\n\n  \
         the state must ensure that\n    (a) {limb}\n\n  question \"Q\"\n  remedy \"R\"\nend\n\nrule demo-2 \"B\"\n  cites CoC 21\n  footing text\n  \
         severity minor\n\n  for the state\n\n  the state must ensure that\n    (a) the state has form unitary\n\n  question \"Q\"\n  remedy \"R\"\nend\n"
    )
}

/// Every built-in rule file.
fn real() -> Vec<String> {
    let packs = pack::built_in();
    std::iter::once("").chain(packs.iter().copied()).flat_map(pack::texts_of).map(|one| one.text.to_string()).collect()
}

/// Ways to nest without end: what opens, what stands inside, what closes.
const NESTS: &[(&str, &str, &str, &str)] = &[
    ("brackets", "F has parent ", "(a body with parent ", ")"),
    ("brackets alone", "", "(", ")"),
    ("brackets without an end", "F has parent ", "(a body with parent ", ""),
    ("square brackets", "F has status military partly met when ", "[", "]"),
    ("not", "F has status military partly met when ", "not ", ""),
    ("denials", "", "it is not so that ", ""),
    ("guards", "", "where F has status military: ", ""),
    ("guards in guards", "", "where ", ": F has status military"),
    ("either", "", "either (i) ", " or (ii) F has status military"),
    ("either without an end", "", "either (i) ", ""),
    ("both and digits", "", "both (i) either (1) ", ""),
    ("for every", "", "for every body B: ", ""),
    ("at all times", "", "at all times: ", ""),
    ("during", "", "during war: ", ""),
    ("exceptions", "F has status military unless ", "it is not so that ", ""),
    (
        "parts of a story",
        "F has status military question \"Q\" remedy \"R\" end scenario \"s\" given a force f with hats ",
        "(id x, hats ",
        ")",
    ),
];

#[test]
fn what_nests_without_end_is_refused_on_a_small_stack() {
    let small = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        for (name, before, open, close) in NESTS {
            for depth in [33, 64, 100, 200, 400, 3_000, 200_000] {
                let text = rule(&format!("{before}{}F has status military{}", open.repeat(depth), close.repeat(depth)));
                let problems = read(&text);
                let codes = codes(&problems);
                let form = codes.iter().all(|code| matches!(code, Code::E101 | Code::E104));
                assert!(!codes.is_empty() && form || depth < 500, "{name} {depth} deep: {problems:?}");
                // Shared definitions that this file does not use are warnings, and there are many of those.
                let errors = problems.iter().filter(|one| one.is_error()).count();
                assert!(errors < 100, "{name} {depth} deep: {errors} errors");
            }
        }
    });
    small.unwrap().join().unwrap();
}

#[test]
fn what_nests_without_end_leaves_the_other_rules_standing() {
    for (name, before, open, close) in NESTS {
        for depth in [40, 110, 1_000, 100_000] {
            let text = rule(&format!("{before}{}F has status military{}", open.repeat(depth), close.repeat(depth)));
            let (_, model, problems) = quickly(&text);
            let rules: Vec<&str> = model.rules.iter().map(|rule| rule.id.as_str()).collect();
            assert!(rules.contains(&"demo-2"), "{name} {depth} deep: {rules:?} {:?}", problems.first());
        }
    }
}

#[test]
fn a_mistake_behind_deep_nesting_is_still_found() {
    let text = rule(&format!("{}F has status military", "it is not so that ".repeat(5_000))) + "\nrul demo-3 \"C\"\nend\n";
    let problems = read(&text);
    assert_eq!(codes(&problems), [Code::E101, Code::E104], "{problems:?}");
}

/// What grows, and a text of it at a size.
type Growing = (&'static str, fn(usize) -> String);

/// Texts that grow with a number and that a grammar with look-ahead could read again and again.
fn growing() -> Vec<Growing> {
    vec![
        ("guards, cut off", |n| rule(&"where F has status military: ".repeat(n.min(30)))),
        ("nested nouns, cut off", |n| rule(&format!("F has parent {}", "(a body with parent ".repeat(n.min(30))))),
        ("nested nouns with a slip inside", |n| {
            rule(&format!("F has parent {}(a body with kind Court{}", "(a body with parent ".repeat(n.min(28)), ")".repeat(n.min(28))))
        }),
        ("either, cut off", |n| rule(&"either (i) F has status military or (ii) ".repeat(n.min(30)))),
        ("any of", |n| rule(&format!("F has categories any of {}or police", "armed, ".repeat(n)))),
        ("any of without its or", |n| rule(&format!("F has categories any of {}police", "armed, ".repeat(n)))),
        ("tests", |n| rule(&format!("F has {}status military", "status military, ".repeat(n)))),
        ("modifiers", |n| rule(&format!("there is a control with kind command{}", ", over F".repeat(n)))),
        ("modifiers with a slip at the end", |n| rule(&format!("there is a control with kind command{}, over", ", over F".repeat(n)))),
        ("qualifiers", |n| rule(&format!("there is a control with kind command{}", ", by-law".repeat(n)))),
        ("that is", |n| rule(&format!("there is a body{}", " that is a democratic-authority".repeat(n)))),
        ("with", |n| rule(&format!("there is a body{}", " with kind court".repeat(n)))),
        ("nested nouns side by side", |n| rule(&format!("F has {}status military", "parent (a body with kind court), ".repeat(n)))),
    ]
}

/// The same of lists of limbs.
fn growing_limbs() -> Vec<Growing> {
    vec![
        ("sub-limbs", |n| rule(&format!("either (i) F has status military{}", " or (ii) F has status mixed".repeat(n)))),
        ("limbs", |n| rule(&format!("F has status military{}", "\nand (b) F has status mixed".repeat(n)))),
        ("limbs that differ", |n| {
            rule(&(0..n).map(|at| format!("there is at least {at} control with over F\nand (b) ")).collect::<String>())
        }),
        ("partly", |n| rule(&format!("F has status military partly met when (a){}", " and (a)".repeat(n)))),
        ("exceptions", |n| {
            rule(&format!(
                "F has status military{}",
                (0..n).map(|at| format!("\nunless F has status mixed, called \"e{at}\", then not applicable")).collect::<String>()
            ))
        }),
        ("ordered exceptions", |n| {
            let one = |at: usize| {
                format!("\nunless F has status mixed, called \"e{at}\", prevails over \"e{}\", then not applicable", at.saturating_sub(1))
            };
            rule(&format!("F has status military{}", (0..n).map(one).collect::<String>()))
        }),
    ]
}

/// The same of whole items, and of characters.
fn growing_items() -> Vec<Growing> {
    vec![
        ("prose", |n| rule(&format!("F has status military\n{}", "note \"x\"\n".repeat(n)))),
        ("quotation marks", |n| rule(&"\"".repeat(n))),
        ("comments", |n| rule(&format!("F has status military {}", "# x\n".repeat(n)))),
        ("blank lines", |n| rule(&format!("F has status military {}", " \t\r\n".repeat(n)))),
        ("broken items", |n| "rule x\n".repeat(n)),
        ("broken text", |n| "x y\n".repeat(n)),
        ("one long word", |n| "x".repeat(n)),
        ("one long word in a rule", |n| rule(&format!("F has {} military", "x".repeat(n)))),
        ("digits", |n| rule(&format!("there is at least {} control", "9".repeat(n)))),
    ]
}

/// The same of declarations.
fn growing_lists() -> Vec<Growing> {
    vec![
        ("terms", |n| {
            format!("edition 1, in English\nterms t \"x\"\n{}end\n", (0..n).map(|at| format!("t{at} \"x\"\n")).collect::<String>())
        }),
        ("one term over and over", |n| format!("edition 1, in English\nterms t \"x\"\n{}end\n", "a \"x\"\n".repeat(n))),
        ("attributes", |n| {
            format!(
                "edition 1, in English\nrecord r \"x\"\n{}end\n",
                (0..n).map(|at| format!("a{at} date asks \"x\"\n")).collect::<String>()
            )
        }),
        ("rules", |n| {
            rule("F has status military")
                + &(0..n / 10)
                    .map(|at| rule("F has status military").replace("demo-", &format!("d{at}-")).replace("edition 1, in English", ""))
                    .collect::<String>()
        }),
        ("settings", |n| {
            format!(
                "edition 1, in English\n{}",
                (0..n).map(|at| format!("setting \"s{at}\"\n  given the setting \"s{}\"\nend\n", at + 1)).collect::<String>()
            )
        }),
        ("definitions in a row", |n| {
            let one =
                |at: usize| format!("define F is a d{at}, for a force F, read \"r\", denied \"d\" when (a) F is a d{}\nend\n", at + 1);
            format!("edition 1, in English\n{}", (0..n / 10).map(one).collect::<String>())
        }),
        ("braces", |n| rule(&format!("F has status military says \"{}\"", "{".repeat(n)))),
        ("parts of a story", |n| {
            rule("F has status military")
                + &format!(
                    "scenario \"s\"\n given a force f with {}status military\n expect demo-1: met\nend\n",
                    "categories armed and police, ".repeat(n)
                )
        }),
        ("expectations", |n| {
            rule("F has status military") + &format!("scenario \"s\"\n{}end\n", " expect demo-1 for f: met because (a)\n".repeat(n))
        }),
    ]
}

#[test]
fn the_time_of_reading_grows_no_faster_than_the_text() {
    let mut slow = Vec::new();
    for (name, make) in [growing(), growing_limbs(), growing_items(), growing_lists()].concat() {
        let time = |n: usize| {
            let text = make(n);
            let best = (0..2).map(|_| {
                let began = Instant::now();
                quickly(&text);
                began.elapsed()
            });
            (best.min().unwrap_or_default(), text.len())
        };
        let (small, _) = time(1_000);
        let (large, bytes) = time(8_000);
        // Eight times the text may take eight times as long, and three times that on a busy machine; what is quadratic takes 64 times.
        if large > small * 24 + Duration::from_millis(800) || large > PATIENCE * 2 {
            slow.push(format!("{name}: {small:?}, then {large:?} for {bytes} bytes"));
        }
    }
    assert_eq!(slow, Vec::<String>::new());
}

/// A change to a text, by numbers that are taken modulo what there is.
#[derive(Clone, Debug)]
enum Change {
    Delete(usize),
    Double(usize),
    Swap(usize, usize),
    DeleteLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    Insert(usize, String),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let n = any::<usize>;
    let mark = prop::sample::select(vec![
        "(", ")", "[", "]", "\"", ":", ",", ";", "#", "{", "}", "\0", "\u{feff}", "\u{202e}", "end", "and", "or", "not", "the", "where",
        "either", "(i)", "F", "\nrule ", "é", "指",
    ]);
    prop_oneof![
        n().prop_map(Change::Delete),
        n().prop_map(Change::Double),
        (n(), n()).prop_map(|(one, other)| Change::Swap(one, other)),
        n().prop_map(Change::DeleteLine),
        n().prop_map(Change::DoubleLine),
        (n(), n()).prop_map(|(one, other)| Change::SwapLines(one, other)),
        (n(), mark).prop_map(|(at, mark)| Change::Insert(at, mark.to_owned())),
        n().prop_map(Change::Cut),
    ]
}

/// A text in pieces: words, marks, and the white space between them; or lines.
fn pieces(text: &str, lines: bool) -> Vec<String> {
    if lines {
        return text.split_inclusive('\n').map(str::to_owned).collect();
    }
    let mut all: Vec<String> = Vec::new();
    let kind = |c: char| (c.is_alphanumeric() || c == '-', c.is_whitespace());
    for c in text.chars() {
        match all.last_mut() {
            Some(last) if kind(c) != (false, false) && last.chars().last().map(kind) == Some(kind(c)) => last.push(c),
            _ => all.push(c.to_string()),
        }
    }
    all
}

fn changed(text: &str, change: &Change) -> String {
    let lines = matches!(change, Change::DeleteLine(_) | Change::DoubleLine(_) | Change::SwapLines(..));
    let mut all = pieces(text, lines);
    let count = all.len().max(1);
    match change {
        _ if all.is_empty() => {}
        Change::Delete(at) | Change::DeleteLine(at) => {
            all.remove(at % count);
        }
        Change::Double(at) | Change::DoubleLine(at) => {
            let piece = all[at % count].clone();
            all.insert(at % count, piece);
        }
        Change::Swap(one, other) | Change::SwapLines(one, other) => all.swap(one % count, other % count),
        Change::Insert(at, mark) => all.insert(at % count, mark.clone()),
        Change::Cut(at) => all.truncate(at % count),
    }
    all.concat()
}

/// Every place of every diagnostic lies in its text and cuts no character.
fn assert_places(text: &str) {
    let (_, problems) = syntax::parse(text, SourceId(0));
    for label in problems.iter().flat_map(|one| &one.labels) {
        let (start, end) = (label.place.span.start as usize, label.place.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} of {} bytes: {problems:?}", text.len());
    }
    for one in &problems {
        assert!(one.help.is_some(), "{one:?}");
        assert!(!one.message.ends_with('.'), "{one:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn real_files_with_changes_are_read_or_refused(at in any::<usize>(), changes in prop::collection::vec(change(), 1..6)) {
        let files = real();
        let text = changes.iter().fold(files[at % files.len()].clone(), |text, change| changed(&text, change));
        read(&text);
        assert_places(&text);
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        read(&text);
        assert_places(&text);
    }

    #[test]
    fn random_words_of_the_language_are_refused(words in prop::collection::vec(prop::sample::select(WORDS), 0..200)) {
        let text = format!("edition 1, in English\n{}", words.join(" "));
        read(&text);
        assert_places(&text);
    }

    #[test]
    fn random_words_in_a_limb_are_refused(words in prop::collection::vec(prop::sample::select(WORDS), 0..30)) {
        let text = rule(&words.join(" "));
        read(&text);
        assert_places(&text);
    }
}

const WORDS: &[&str] = &[
    "rule",
    "\nrule",
    "define",
    "\nterms",
    "\nrecord",
    "\nscenario",
    "demo-1",
    "\"A\"",
    "cites",
    "CoC",
    "21",
    "footing",
    "text",
    "severity",
    "minor",
    "for",
    "every",
    "force",
    "F",
    "if",
    "none",
    ":",
    "cannot tell",
    "met",
    "the",
    "state",
    "must ensure that",
    "(a)",
    "(b)",
    "(i)",
    "(1)",
    "there",
    "is",
    "are",
    "a",
    "an",
    "no",
    "control",
    "with",
    "kind",
    "command",
    ",",
    "over",
    "by-law",
    "and",
    "or",
    "either",
    "both",
    "any of",
    "where",
    "during",
    "at all times",
    "it is not so that",
    "(",
    ")",
    "[",
    "]",
    "has",
    "status",
    "military",
    "reaches",
    "through",
    "parent",
    "not",
    "partly met when",
    "unless",
    "called",
    "then",
    "not applicable",
    "question",
    "remedy",
    "end",
    "\nend",
    "given",
    "expect",
    "because",
    "says",
    "30 days",
    "75%",
    "2026-02-30",
    "1000000 EUR",
    "yes",
    "\"",
    "#",
    "\n",
    "B",
    "body",
    "that",
    "other than",
];

#[test]
fn the_real_files_are_read_without_a_word() {
    for text in real() {
        let (_, problems) = syntax::parse(&text, SourceId(0));
        assert_eq!(problems, [], "{}", text.lines().next().unwrap_or_default());
    }
}
