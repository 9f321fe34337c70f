//! A table of marks: States by paragraphs, or for one State its subjects by paragraphs. A mark is a letter and a word in the legend, never a
//! colour alone.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::draw::safe;
use super::{Outcome, Style};
use crate::engine::worse;
use crate::model::Model;
use crate::model::ir::{Rule, Severity, VERDICTS, Verdict};

/// One row: its heading, and for each paragraph what is in its cell.
type Cells = BTreeMap<Cited, Cell>;

/// The instrument and the paragraph that a rule cites first.
type Cited = (usize, usize);

/// The worst verdict, and how many of the applicable verdicts are decided.
#[derive(Clone, Copy)]
struct Cell {
    worst: Verdict,
    decided: u32,
    applicable: u32,
}

impl Cell {
    const EMPTY: Cell = Cell { worst: Verdict::NotApplicable, decided: 0, applicable: 0 };

    fn add(&mut self, verdict: Verdict) {
        self.worst = worse(self.worst, verdict);
        self.applicable += u32::from(verdict != Verdict::NotApplicable);
        self.decided += u32::from(!matches!(verdict, Verdict::NotApplicable | Verdict::CannotTell));
    }
}

/// Marks of verdicts with their colours.
const MARKS: &[(Verdict, &str, &str)] = &[
    (Verdict::Met, "+", "32"),
    (Verdict::Partly, "~", "33"),
    (Verdict::NotMet, "X", "31;1"),
    (Verdict::CannotTell, "?", "36"),
    (Verdict::NotApplicable, "-", "2"),
];

/// The table, and below it the gravest findings.
pub fn write(outcome: &Outcome<'_>, style: Style) -> String {
    let assessed: Vec<_> = outcome.documents.iter().filter(|one| one.assessment.is_some()).collect();
    let mut rows: Vec<(String, Cells)> = Vec::new();
    for document in &assessed {
        if assessed.len() > 1 {
            let mut cells = Cells::new();
            for roll_up in document.assessment.iter().flat_map(|one| &one.roll_ups) {
                let paragraph = cited(&outcome.model.rules[roll_up.rule]);
                let cell = cells.entry(paragraph).or_insert(Cell::EMPTY);
                cell.worst = worse(cell.worst, roll_up.verdict);
            }
            document.each(outcome.model, |account| {
                let cell = cells.entry(cited(account.rule())).or_insert(Cell::EMPTY);
                cell.add(account.finding.verdict);
            });
            rows.push((heading(document.facts.as_ref(), outcome.model, &document.path), cells));
        } else {
            rows.extend(subjects(document, outcome.model));
        }
    }
    let mut out = table(&rows, outcome.model, style);
    out.push_str(&gravest(outcome, style));
    out
}

fn heading(facts: Option<&crate::facts::Facts>, model: &Model, path: &str) -> String {
    facts
        .map(|facts| super::state_texts(model, facts))
        .and_then(|texts| texts.get(1).or(texts.first()).cloned())
        .unwrap_or_else(|| path.to_owned())
}

/// One row for each subject, and one for the State as a whole.
fn subjects(document: &super::Document<'_>, model: &Model) -> Vec<(String, Cells)> {
    let mut rows: Vec<(String, Cells)> = Vec::new();
    document.each(model, |account| {
        let name = account.subject().unwrap_or_else(|| "the State".to_owned());
        let paragraph = cited(account.rule());
        if !rows.iter().any(|(known, _)| *known == name) {
            rows.push((name.clone(), Cells::new()));
        }
        if let Some((_, cells)) = rows.iter_mut().find(|(known, _)| *known == name) {
            cells.entry(paragraph).or_insert(Cell::EMPTY).add(account.finding.verdict);
        }
    });
    rows.sort_by(|one, other| (one.0 == "the State", &one.0).cmp(&(other.0 == "the State", &other.0)));
    rows
}

fn cited(rule: &Rule) -> Cited {
    rule.cites.first().map_or((0, 0), |one| (one.instrument, one.paragraph))
}

/// One table for each instrument that rules cite, and the legend.
fn table(rows: &[(String, Cells)], model: &Model, style: Style) -> String {
    let mut out: String = (0..model.instruments.len()).map(|instrument| blocks(rows, model, instrument, style)).collect();
    if out.is_empty() {
        return out;
    }
    let legend: Vec<String> = MARKS.iter().map(|(verdict, mark, _)| format!("{mark} {}", verdict.words())).collect();
    out.push_str(&wrap(&legend.join("   "), style.width, ""));
    out.push('\n');
    out.push_str(&wrap("A cell shows the worst verdict; ?60 means cannot tell with 60 % decided; ?100 that only the list of forces is not said to be complete.", style.width, ""));
    out.push('\n');
    out.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The paragraphs of one instrument, in as many blocks as the width asks for.
fn blocks(rows: &[(String, Cells)], model: &Model, index: usize, style: Style) -> String {
    let instrument = &model.instruments[index];
    let mut paragraphs: Vec<usize> =
        rows.iter().flat_map(|(_, cells)| cells.keys()).filter(|one| one.0 == index).map(|one| one.1).collect();
    paragraphs.sort_unstable();
    paragraphs.dedup();
    let names: Vec<String> = rows.iter().map(|(name, _)| short(&safe(name), style.width.saturating_sub(12).clamp(12, 40))).collect();
    let first = names.iter().map(|name| name.width()).max().unwrap_or(0).max(instrument.name.len() + 10);
    let column = 5;
    let per_block = ((style.width.saturating_sub(first + 1)) / column).max(1);
    let mut out = String::new();
    for block in paragraphs.chunks(per_block) {
        out.push_str(&pad(&format!("{} paragraph", instrument.name), first));
        for paragraph in block {
            out.push_str(&format!("{:>column$}", instrument.paragraphs[*paragraph].number));
        }
        out.push('\n');
        for (name, (_, cells)) in names.iter().zip(rows) {
            out.push_str(&pad(name, first));
            for paragraph in block {
                let cell = cells.get(&(index, *paragraph));
                out.push_str(&cell.map_or_else(|| " ".repeat(column), |cell| written(*cell, column, style)));
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// A cell at the right of its column: the mark, and for what is open the share decided.
fn written(cell: Cell, column: usize, style: Style) -> String {
    let (_, mark, color) = MARKS.iter().find(|(known, _, _)| *known == cell.worst).copied().unwrap_or((cell.worst, " ", "0"));
    let share = match cell.worst {
        Verdict::CannotTell if cell.applicable > 0 => (cell.decided * 100 / cell.applicable).to_string(),
        _ => String::new(),
    };
    let text = format!("{mark}{share}");
    let lead = " ".repeat(column.saturating_sub(text.len()));
    if style.color { format!("{lead}\u{1b}[{color}m{text}\u{1b}[0m") } else { format!("{lead}{text}") }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text cut to a width.
pub fn short(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 1 >= width {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// The gravest *not met*, with their articles.
fn gravest(outcome: &Outcome<'_>, style: Style) -> String {
    let mut found: Vec<(Severity, String)> = Vec::new();
    let many = outcome.documents.len() > 1;
    for document in &outcome.documents {
        document.each(outcome.model, |account| {
            if account.finding.verdict == Verdict::NotMet {
                let state = if many { format!("{} ", document.state(outcome.model)) } else { String::new() };
                let provisions: Vec<String> =
                    account.evidence().into_iter().flat_map(|one| one.provisions).map(|(_, heading)| heading).collect();
                let provision = provisions.first().map_or_else(String::new, |heading| format!(" [{heading}]"));
                let rule = account.rule();
                let line = format!(
                    "{} {state}{} {}: {}{provision}",
                    rule.id,
                    super::concise::who(account),
                    rule.severity.word(),
                    account.message()
                );
                found.push((rule.severity, safe(&line)));
            }
        });
    }
    found.sort_by_key(|(severity, _)| *severity);
    if found.is_empty() {
        return String::new();
    }
    let mut out = format!("\nGravest findings ({} not met):\n", found.len());
    for (_, line) in found.iter().take(6) {
        out.push_str(&format!("  {}\n", wrap(line, style.width.saturating_sub(4), "    ")));
    }
    if found.len() > 6 {
        let more = format!("and {} more; `--format concise` lists all", found.len() - 6);
        out.push_str(&format!("  {}\n", wrap(&more, style.width.saturating_sub(4), "    ")));
    }
    out
}

/// A text in lines of at most `width`, the later ones indented.
pub fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let full = lines.last().is_some_and(|line| !line.is_empty() && line.width() + 1 + word.width() > width.max(20));
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(&format!("\n{indent}"))
}

/// Verdicts with counts in words: `31 met, 4 partly`.
pub fn counted(counts: impl Fn(Verdict) -> u32) -> String {
    let parts: Vec<String> = VERDICTS
        .iter()
        .map(|(verdict, _, words)| (counts(*verdict), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    if parts.is_empty() { "no verdicts".to_owned() } else { parts.join(", ") }
}
