//! `ephor coverage`: every paragraph is encoded by rules, or not assessable and why, or still to be encoded.

use serde_json::json;

use super::args::{ListFormat, Packs};
use super::screen::Screen;
use super::{Exit, packs};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::ir::{Assessable, Instrument, Paragraph};
use crate::report::matrix::wrap;
use crate::text::{Texts, count};

/// In fewer columns than these, what is said of a paragraph stands below it.
const NARROW: usize = 60;

pub(super) fn run(options: &Packs, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let names = if options.packs.is_empty() { packs::every() } else { options.packs.clone() };
    let loaded = packs::load(&names, &mut texts);
    let errors: Vec<&Diagnostic> = loaded.problems.iter().filter(|one| one.is_error()).collect();
    screen.problems(errors.iter().copied(), &texts);
    let mut missing = 0;
    for (at, instrument) in loaded.model.instruments.iter().enumerate() {
        missing += match options.format {
            Some(ListFormat::Json) => as_json(&loaded.model, at, instrument, screen),
            Some(ListFormat::Table | ListFormat::Markdown) | None => as_table(&loaded.model, at, instrument, screen),
        };
    }
    match (errors.is_empty(), missing) {
        (false, _) => Exit::Fault,
        (true, 0) => Exit::Good,
        (true, _) => Exit::Gate,
    }
}

/// The rules that encode a paragraph: those that cite it first.
fn rules(model: &Model, instrument: usize, paragraph: usize) -> Vec<&str> {
    let citing =
        model.rules.iter().filter(|rule| rule.cites.first().is_some_and(|one| one.instrument == instrument && one.paragraph == paragraph));
    let mut ids: Vec<&str> = citing.map(|rule| rule.id.as_str()).collect();
    ids.sort_by_key(|id| by_number(id));
    ids
}

/// Ids in the order in which people count: `coc-28.9` before `coc-28.10`.
pub(super) fn by_number(id: &str) -> (Vec<u64>, String) {
    let numbers = id.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    (numbers.collect(), id.to_owned())
}

/// What is said of a paragraph: the word, and the reason if there is one. A paragraph with fewer rules than requirements is begun.
fn state<'a>(paragraph: &'a Paragraph, rules: &[&str]) -> (&'static str, &'a str) {
    let whole = rules.len() >= paragraph.requirements.max(1);
    match (&paragraph.assessable, rules.is_empty(), whole) {
        (Assessable::Not(because), _, _) => ("not assessable", because),
        (Assessable::Fully, false, true) => ("encoded", ""),
        (Assessable::InPart(because), false, true) => ("encoded in part", because),
        (Assessable::Fully, false, false) => ("begun", ""),
        (Assessable::InPart(because), false, false) => ("begun", because),
        (Assessable::Fully, true, _) => ("to be encoded", ""),
        (Assessable::InPart(because), true, _) => ("to be encoded", because),
    }
}

fn as_table(model: &Model, at: usize, instrument: &Instrument, screen: &mut Screen) -> usize {
    let (mut out, mut missing, mut begun, mut encoded, mut excused) = (String::new(), 0, 0, 0, 0);
    for (index, paragraph) in instrument.paragraphs.iter().enumerate() {
        let rules = rules(model, at, index);
        let (word, because) = state(paragraph, &rules);
        match word {
            "to be encoded" => missing += 1,
            "begun" => begun += 1,
            "not assessable" => excused += 1,
            _ => encoded += 1,
        }
        let mut text = rules.join(", ");
        if word == "begun" {
            text = format!("{} of {} requirements: {text}", rules.len(), paragraph.requirements);
        }
        if !because.is_empty() {
            text.push_str(&format!("{}{because}", if text.is_empty() { "" } else { "; in part because: " }));
        }
        let narrow = screen.style.width < NARROW;
        let column = if narrow { 6 } else { 22 };
        let indent = " ".repeat(column);
        let between = if narrow && !text.is_empty() { format!("\n{indent}") } else { String::new() };
        let text = wrap(&text, screen.style.width.saturating_sub(column), &indent);
        let line = format!("{:>4}  {word:<16}", paragraph.number);
        let line = if narrow { format!("{}{between}{text}", line.trim_end()) } else { line + &text };
        out.push_str(&format!("{}\n", line.trim_end()));
    }
    let whole = format!(
        "{} has {}: {encoded} encoded, {begun} begun, {missing} to be encoded, {excused} not assessable.",
        instrument.name,
        count(instrument.paragraphs.len(), "paragraph")
    );
    out.push_str(&format!("\n{}\n", wrap(&whole, screen.style.width.saturating_sub(2), "  ")));
    screen.out(&out);
    missing + begun
}

fn as_json(model: &Model, at: usize, instrument: &Instrument, screen: &mut Screen) -> usize {
    let mut missing = 0;
    let mut rows = Vec::new();
    for (index, paragraph) in instrument.paragraphs.iter().enumerate() {
        let rules = rules(model, at, index);
        let (word, because) = state(paragraph, &rules);
        missing += usize::from(matches!(word, "to be encoded" | "begun"));
        rows.push(json!({"paragraph": paragraph.number, "state": word, "because": because, "requirements": paragraph.requirements, "rules": rules}));
    }
    screen.out(&format!("{:#}\n", json!({"instrument": instrument.name, "paragraphs": rows})));
    missing
}
