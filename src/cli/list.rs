//! `ephor list`: the catalogue, as a table or JSON.

use serde_json::{Value as Json, json};

use super::args::{List, ListFormat, What};
use super::screen::Screen;
use super::{Exit, packs};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::model::ir::Rule;
use crate::pack;
use crate::report;
use crate::report::json::citation;
use crate::report::matrix::{short, wrap};
use crate::text::Texts;
use crate::vocabulary::Type;

pub(super) fn run(options: &List, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let names = if options.packs.packs.is_empty() { packs::every() } else { options.packs.packs.clone() };
    let handbook = options.what == What::Rules && options.packs.format == Some(ListFormat::Markdown);
    let loaded = if handbook { packs::load_with_stories(&names, &mut texts) } else { packs::load(&names, &mut texts) };
    let mut errors: Vec<Diagnostic> = loaded.problems.iter().filter(|one| one.is_error()).cloned().collect();
    errors.extend(options.topic.as_ref().and_then(|topic| topic_in_vain(&loaded.model, options.what, topic)));
    screen.problems(&errors, &texts);
    if errors.iter().any(|one| matches!(one.code, Code::E602 | Code::E603)) {
        return Exit::Fault;
    }
    if handbook {
        let chosen = |rule: &Rule| options.topic.as_ref().is_none_or(|topic| rule.topics.contains(topic));
        screen.out(&report::handbook::write(&loaded.model, &texts, chosen));
        return if errors.is_empty() { Exit::Good } else { Exit::Fault };
    }
    let mut rows = rows(options.what, &loaded.model, &loaded.packs);
    if let Some(topic) = &options.topic {
        rows.retain(|row| row["topics"].as_array().is_some_and(|topics| topics.iter().any(|one| one == topic.as_str())));
    }
    screen.out(&match options.packs.format {
        Some(ListFormat::Json) => format!("{:#}\n", Json::from(rows)),
        Some(ListFormat::Markdown) => markdown(&rows),
        Some(ListFormat::Table) | None => table(&rows, screen.style.width),
    });
    if errors.is_empty() { Exit::Good } else { Exit::Fault }
}

/// A topic that no rule has, or that was asked of something other than rules.
fn topic_in_vain(model: &Model, what: What, topic: &str) -> Option<Diagnostic> {
    if what != What::Rules {
        return Some(
            Diagnostic::nowhere(Code::E603, "`--topic` picks rules, and nothing else has topics")
                .help("write `ephor list rules --topic …`"),
        );
    }
    let mut topics: Vec<&str> = model.rules.iter().flat_map(|rule| rule.topics.iter().map(String::as_str)).collect();
    topics.sort_unstable();
    topics.dedup();
    let message = format!("no rule has the topic `{topic}`");
    (!topics.contains(&topic)).then(|| Diagnostic::nowhere(Code::E602, message).help(did_you_mean(topic, topics)))
}

fn rows(what: What, model: &Model, loaded: &[pack::PackInfo]) -> Vec<Json> {
    match what {
        What::Rules => model
            .rules
            .iter()
            .map(|rule| {
                let cites: Vec<String> = rule.cites.iter().map(|one| citation(model, one)).collect();
                json!({"id": rule.id, "severity": rule.severity.word(), "title": rule.title, "pack": rule.pack, "cites": cites, "topics": rule.topics, "question": rule.question, "remedy": rule.remedy})
            })
            .collect(),
        What::Paragraphs => {
            let each = model.instruments.iter().flat_map(|one| one.paragraphs.iter().map(move |paragraph| (one, paragraph)));
            each.map(|(one, paragraph)| json!({"id": format!("{} {}", one.name, paragraph.number), "modality": paragraph.modality, "sense": paragraph.sense, "binds": paragraph.binds, "section": paragraph.section})).collect()
        }
        What::Forces => {
            let list = model.vocabulary.frame.graded_by.and_then(|slot| crate::model::ir::enumeration(&model.vocabulary.attribute(slot).ty));
            let terms = list.map(|id| model.vocabulary.enumeration(id).terms.as_slice()).unwrap_or_default();
            terms.iter().map(|term| json!({"id": term.name, "meaning": term.meaning})).collect()
        }
        What::Facts => {
            let each = model.vocabulary.records.iter().flat_map(|record| record.attributes.iter().map(move |one| (record, one)));
            each.map(|(record, one)| json!({"id": format!("{}.{}", record.name, one.name), "type": type_words(model, &one.ty), "question": one.question, "label": one.label})).collect()
        }
        What::Codes => Code::ALL.iter().map(|code| json!({"id": code.number(), "severity": if code.severity() == Severity::Error { "error" } else { "warning" }, "name": code.name()})).collect(),
        What::Packs => loaded
            .iter()
            .map(|one| {
                let rules = model.rules.iter().filter(|rule| rule.pack == one.id).count();
                json!({"id": one.id, "rules": rules, "default": one.id == pack::DEFAULT, "sha256": one.sha256})
            })
            .collect(),
    }
}

/// Fewer columns than this are too few for a text beside others; it goes below them.
const LEAST: usize = 28;

/// Id, a second column if it is short, and a text.
fn table(rows: &[Json], width: usize) -> String {
    let cell = |value: &Json| value.as_str().map_or_else(|| value.to_string(), asked);
    let columns: Vec<Vec<String>> =
        rows.iter().map(|row| row.as_object().map(|row| row.values().take(3).map(cell).collect()).unwrap_or_default()).collect();
    let longest = |at: usize| columns.iter().filter_map(|row| row.get(at)).map(|text| text.chars().count()).max().unwrap_or(0);
    let (first, second) = (longest(0), longest(1));
    let wide = second > 40;
    let mut out = String::new();
    for row in &columns {
        let get = |at: usize| row.get(at).map_or("", String::as_str);
        let (lead, text) = if wide {
            (format!("{:<first$}  ", get(0)), get(1).to_owned())
        } else {
            (format!("{:<first$}  {:<second$}  ", get(0), get(1)), get(2).to_owned())
        };
        if lead.chars().count() + LEAST > width {
            out.push_str(&stacked(row, wide, width));
            continue;
        }
        let indent = " ".repeat(lead.chars().count());
        out.push_str(&format!("{}{}\n", short(&lead, width.max(lead.len())), wrap(&text, width.saturating_sub(indent.len()), &indent)));
    }
    out.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The same as a table of Markdown, with every column.
fn markdown(rows: &[Json]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let cell = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned).replace('|', "\\|");
    let Some(head) = rows.first().and_then(Json::as_object) else { return String::new() };
    let mut out = line(head.keys().cloned().collect());
    out.push_str(&line(head.keys().map(|_| "---".to_owned()).collect()));
    for row in rows.iter().filter_map(Json::as_object) {
        out.push_str(&line(row.values().map(cell).collect()));
    }
    out
}

/// A row for a narrow terminal: the id, and the rest below it.
fn stacked(row: &[String], wide: bool, width: usize) -> String {
    let [id, rest @ ..] = row else { return String::new() };
    let rest = rest.iter().take(if wide { 1 } else { 2 }).map(|text| format!("  {}\n", wrap(text, width.saturating_sub(2), "  ")));
    format!("{id}\n{}", rest.collect::<String>())
}

/// A question as it stands for itself: the keys whose values it would name are named.
pub(super) fn asked(question: &str) -> String {
    question.replace(['{', '}'], "`")
}

/// A type in words.
pub(super) fn type_words(model: &Model, ty: &Type) -> String {
    let records = |ids: &[u16]| ids.iter().map(|id| model.vocabulary.record(*id).name.as_str()).collect::<Vec<_>>().join(" or ");
    match ty {
        Type::Term(id) => format!("one of {}", model.vocabulary.enumeration(*id).name),
        Type::Terms(id) => format!("several {}", model.vocabulary.enumeration(*id).name),
        Type::Reference(ids) => format!("a {}", records(ids)),
        Type::References(ids) => format!("several {}", records(ids)),
        Type::Parts(id) => format!("several {}", model.vocabulary.record(*id).name),
        Type::YesNo => "yes or no".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Percentage => "percentage".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Money => "money".to_owned(),
    }
}
