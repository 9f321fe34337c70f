//! Cases of descriptions and what is said about them, in `tests/cases/facts/*.md`; `EPHOR_BLESS=1` writes what is said now.
//!
//! A case is a heading, a sentence of reason, a block of YAML or JSON, and a block with the diagnostics, which is left out where there are
//! none. ```` ```yaml +header ```` appends the lines that every description needs.

use std::fmt::Write as _;
use std::path::Path;

use ephor::diagnostic::{Code, Diagnostic};
use ephor::facts::{Form, read, utf8};
use ephor::text::Source;

use crate::facts_support::{SOURCE, VOCABULARY};

const HEADER: &str = "format: ephor.description\nformat-version: \"1.0\"\nas-of: 2024-01-01\nstate: {iso: XXA, name: Ruritania}\n";

/// What is said about a text, as the cases write it.
fn said(text: &str, form: Form) -> String {
    let source = Source::new("case", text);
    let place = |place: ephor::text::Place| {
        let (line, column) = source.line_column(place.span.start);
        format!("{line}:{column} {:?}", place.span.of(text))
    };
    let mut out = String::new();
    for Diagnostic { code, message, labels, help } in read(text, SOURCE, form, &VOCABULARY).1 {
        writeln!(out, "{} at {}: {message}", code.number(), labels.first().map_or(String::new(), |label| place(label.place))).unwrap();
        for label in labels.iter().skip(1) {
            writeln!(out, "  also {}: {}", place(label.place), label.text).unwrap();
        }
        help.iter().for_each(|help| writeln!(out, "  help: {help}").unwrap());
    }
    out
}

/// The file with every block of diagnostics as it would be now.
fn blessed(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            out.push(line.to_owned());
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info == "diagnostics" {
            while out.last().is_some_and(String::is_empty) {
                out.pop();
            }
            continue;
        }
        let mut description = body.iter().fold(String::new(), |text, line| text + line + "\n");
        if info.ends_with("+header") {
            description += HEADER;
        }
        let said = said(&description, if info.starts_with("json") { Form::Json } else { Form::Yaml });
        out.extend([line.to_owned()].into_iter().chain(body.iter().map(|line| (*line).to_owned())).chain(["```".to_owned()]));
        if !said.is_empty() {
            out.extend(
                [String::new(), "```diagnostics".to_owned()].into_iter().chain(said.lines().map(str::to_owned)).chain(["```".to_owned()]),
            );
        }
    }
    out.join("\n") + "\n"
}

#[test]
#[expect(clippy::disallowed_methods, reason = "goldens are accepted by one variable")]
fn cases_say_what_is_said() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/facts");
    let mut stale = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let now = blessed(&text);
        if now != text {
            let first = now.lines().zip(text.lines()).find(|(now, text)| now != text);
            stale.push(format!("{}: {first:#?}", path.display()));
            if std::env::var("EPHOR_BLESS").is_ok() {
                std::fs::write(&path, now).unwrap();
            }
        }
    }
    assert!(stale.is_empty(), "{}\nrun with EPHOR_BLESS=1 and read the difference", stale.join("\n"));
}

#[test]
fn pages_of_codes_show_what_they_speak_of() {
    for code in Code::ALL.iter().filter(|code| code.number().starts_with("E3") || code.number().starts_with("E4")) {
        let page = code.page();
        if page.contains("```console") {
            // Only the rules can tell; the test of the pages runs it.
            continue;
        }
        assert!(page.starts_with(&format!("# {} {}\n", code.number(), code.name())), "{code:?}");
        let example = |heading: &str| {
            let section = page.split(&format!("## {heading}\n")).nth(1).unwrap();
            let (info, rest) = section.split_once("```").unwrap().1.split_once('\n').unwrap();
            (info.to_owned(), rest.split("```").next().unwrap().to_owned())
        };
        let raised = |(info, text): (String, String)| match info.as_str() {
            "bytes" => {
                let bytes: Vec<u8> = text.replace("\\xE9", "\u{0}").bytes().map(|byte| if byte == 0 { 0xe9 } else { byte }).collect();
                vec![utf8(&bytes, SOURCE).unwrap_err().code]
            }
            _ => {
                let form = if info == "json" { Form::Json } else { Form::Yaml };
                let mut codes: Vec<Code> = read(&text, SOURCE, form, &VOCABULARY).1.into_iter().map(|one| one.code).collect();
                codes.dedup();
                codes
            }
        };
        assert_eq!(raised(example("Failing example")), [*code]);
        assert_eq!(raised(example("Mended example")), [], "{code:?} mended");
        assert!(page.contains("\n## Why\n") && page.contains("\n## See also\n"), "{code:?}");
    }
}
