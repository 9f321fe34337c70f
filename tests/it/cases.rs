//! Cases in text: `tests/cases/language/*.md`. Each is a heading that states the behaviour, a sentence of reason, a block of rule text, and a
//! block of all that is said of it: code, line and column, the marked text, message, further places, help; then the rules that load.
//!
//! A second word behind `ephor` says how the text is to be taken: `crlf` (lines end in CR LF), `bom` (it begins with a byte order mark),
//! `escaped` (`\u{0}` stands for that character). With `EPHOR_BLESS=1` the expectations are written anew; read what was blessed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ephor::diagnostic::Diagnostic;
use ephor::text::{Place, Texts};

use crate::rule_support::{own, quickly, stories};

/// A line of a file of cases.
const FENCE: &str = "```";

/// What is said of a text.
fn said(text: &str) -> String {
    let (texts, model, problems) = quickly(text);
    let mut problems = own(&texts, problems);
    if problems.iter().all(|one| !one.is_error()) {
        problems.extend(stories(&model));
    }
    let mut out = String::new();
    problems.iter().for_each(|one| write_problem(&mut out, one, &texts));
    let rules: Vec<&str> = model.rules.iter().map(|rule| rule.id.as_str()).collect();
    if !rules.is_empty() {
        writeln!(out, "rules: {}", rules.join(", ")).unwrap();
    }
    out
}

fn write_problem(out: &mut String, one: &Diagnostic, texts: &Texts) {
    let place = one.place().map_or_else(|| "nowhere".to_owned(), |place| shown(place, texts));
    writeln!(out, "{} at {place}: {}", one.code.number(), one.message.escape_debug()).unwrap();
    for label in one.labels.iter().skip(1) {
        writeln!(out, "  also {}: {}", shown(label.place, texts), label.text).unwrap();
    }
    if let Some(help) = &one.help {
        writeln!(out, "  help: {}", help.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'")).unwrap();
    }
}

/// `5:7 "parliment"`, with the file where it is not the text itself.
fn shown(place: Place, texts: &Texts) -> String {
    let source = texts.get(place.source).unwrap();
    let (line, column) = source.line_column(place.span.start);
    let marked = place.span.of(&source.text).escape_debug().to_string();
    let cut = if marked.chars().count() > 60 { format!("{}…", marked.chars().take(60).collect::<String>()) } else { marked };
    let file = if source.name == crate::rule_support::NAME { String::new() } else { format!("{} ", source.name) };
    format!("{file}{line}:{column} \"{}\"", cut.replace("\\\"", "\"").replace("\\'", "'"))
}

/// A text as its block says that it is to be taken.
fn taken(info: &str, text: &str) -> String {
    let mut text = text.to_owned();
    for how in info.split_whitespace().skip(1) {
        text = match how {
            "crlf" => text.replace('\n', "\r\n"),
            "bom" => format!("\u{feff}{text}"),
            "escaped" => unescaped(&text),
            other => panic!("`{other}` is no way to take a text"),
        };
    }
    text
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("\\u{") {
        let (number, tail) = tail.split_once('}').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap());
        rest = tail;
    }
    out + rest
}

/// A file with its expectations written anew, and how many cases it has.
fn renewed(file: &str) -> (String, usize) {
    let (mut out, mut cases, mut reasons) = (String::new(), 0, 0);
    let mut text: Option<String> = None;
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        match line.strip_prefix(FENCE) {
            Some(info) => {
                let body: String = lines.by_ref().take_while(|line| *line != FENCE).map(|line| format!("{line}\n")).collect();
                let body = if info == "expected" {
                    cases += 1;
                    said(&text.take().expect("each expectation follows a text"))
                } else {
                    text = Some(taken(info, &body));
                    body
                };
                writeln!(out, "{body}{FENCE}").unwrap();
            }
            None if line.starts_with("## ") => assert!(text.is_none(), "{line}: the case before has no expectation"),
            None if !line.is_empty() && !line.starts_with('#') => reasons += 1,
            None => {}
        }
    }
    assert!(reasons >= cases, "each case says why it is so");
    (out, cases)
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/language");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_case_of_the_language_says_what_is_expected() {
    let mut total = 0;
    for path in files() {
        let file = std::fs::read_to_string(&path).unwrap();
        let (new, cases) = renewed(&file);
        total += cases;
        if new != file && std::env::var_os("EPHOR_BLESS").is_some() {
            std::fs::write(&path, new).unwrap();
        } else {
            let first = file.lines().zip(new.lines()).enumerate().find(|(_, (one, other))| one != other);
            assert!(new == file, "{}: the first line that differs, as it stands and as it is said now: {first:?}", path.display());
        }
    }
    assert!(total >= 60, "{total} cases");
}

/// Rule files in `tests/cases/rules`: each of their stories was once decided wrongly.
#[test]
fn stories_that_were_decided_wrongly_hold() {
    let output = crate::support::ephor(&["test", "tests/cases/rules"]);
    let text = crate::support::transcript(&output);
    assert!(output.status.success() && text.contains(", 0 failed"), "{text}");
}
