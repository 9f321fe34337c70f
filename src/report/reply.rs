//! A draft reply to a questionnaire: what the law says, each sentence with its provision, and a marked blank where something is not known.
//! It describes and never grades: no verdict stands in it, and nothing that was only observed.
//!
//! An item names rules; the facts that their conditions rest on answer it, and what those conditions miss is left blank.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Document;
use crate::engine::name_of;
use crate::engine::proof::{Cited, Gap, Step};
use crate::facts::{Basis, Facts, RowId, State, Value};
use crate::model::Model;
use crate::model::ir::{AskedItem, Questionnaire, references};
use crate::reason::Account;
use crate::values::Truth;
use crate::vocabulary::{AttributeId, RecordId, Slot};

/// What stands where something is to be filled in.
pub const BLANK: &str = "[to be completed]";
/// What stands before a sentence that was not in the earlier reply.
pub const NEW: &str = "[new]";

/// What answers an item for one subject, or for the State.
#[derive(Default)]
struct Answer<'m> {
    /// One of the findings that it comes from.
    finding: usize,
    facts: BTreeSet<Cited>,
    gaps: BTreeSet<Gap<'m>>,
}

/// A line of the draft: one that a drafter keeps, or a heading.
enum Line {
    Heading(usize, String),
    Sentence(String),
    Blank(String),
}

/// The draft for one description, in Markdown. Sentences that a draft from `earlier` facts does not have are marked, and those that it alone has
/// are listed at the end.
pub fn write(model: &Model, questionnaire: &Questionnaire, document: &Document<'_>, earlier: Option<&Document<'_>>) -> String {
    let lines = lines(model, questionnaire, document);
    let before: Option<Vec<Line>> = earlier.map(|earlier| self::lines(model, questionnaire, earlier));
    let old: Option<BTreeSet<&str>> = before.as_ref().map(|lines| sentences(lines).collect());
    let mut out = format!("# Draft: {}\n\n{}", questionnaire.title, head(model, document, earlier));
    for line in &lines {
        match line {
            Line::Heading(depth, text) => {
                let before = if out.ends_with("\n\n") { "" } else { "\n" };
                let _ = write!(out, "{before}{} {text}\n\n", "#".repeat(*depth));
            }
            Line::Sentence(text) if old.as_ref().is_some_and(|old| !old.contains(text.as_str())) => {
                let _ = writeln!(out, "- {NEW} {text}");
            }
            Line::Sentence(text) => {
                let _ = writeln!(out, "- {text}");
            }
            Line::Blank(text) => {
                let _ = writeln!(out, "- {BLANK} {text}");
            }
        }
    }
    let now: BTreeSet<&str> = sentences(&lines).collect();
    let gone: Vec<&str> = before.iter().flat_map(|lines| sentences(lines)).filter(|text| !now.contains(text)).collect();
    if !gone.is_empty() {
        out.push_str("\n## No longer said\n\n");
        let mut seen = BTreeSet::new();
        gone.iter().filter(|text| seen.insert(**text)).for_each(|text| out.push_str(&format!("- {text}\n")));
    }
    out
}

fn head(model: &Model, document: &Document<'_>, earlier: Option<&Document<'_>>) -> String {
    let day = |document: &Document<'_>| document.assessment.as_ref().map_or_else(String::new, |one| one.as_of.to_string());
    let since = earlier.map_or_else(String::new, |one| format!(" What is marked {NEW} was not said on {}.", day(one)));
    format!(
        "{}, law of {}. Each sentence names its provision. What is marked {BLANK} is not known from the texts that were read.{since}\n",
        document.facts.as_ref().and_then(|facts| super::state_texts(model, facts).pop()).unwrap_or_default(),
        day(document)
    )
}

fn sentences(lines: &[Line]) -> impl Iterator<Item = &str> {
    lines.iter().filter_map(|line| if let Line::Sentence(text) = line { Some(text.as_str()) } else { None })
}

fn lines(model: &Model, questionnaire: &Questionnaire, document: &Document<'_>) -> Vec<Line> {
    let Some(facts) = &document.facts else { return Vec::new() };
    let mut lines = Vec::new();
    for item in &questionnaire.items {
        lines.push(Line::Heading(2, format!("{} {}", item.number, capital(&item.topic))));
        if item.rules.is_empty() {
            lines.push(Line::Blank("Outside the description: to be written by the drafter.".to_owned()));
            continue;
        }
        let answers = answers(item, document);
        match item.by {
            Some(slot) => by_terms(model, facts, slot, &answers, document, &mut lines),
            None => answers.iter().for_each(|(subject, answer)| one(model, document, *subject, answer, 3, &mut lines)),
        }
    }
    lines
}

/// What the conditions of an item's rules rest on and what they miss, in ordinary law.
fn answers<'d>(item: &AskedItem, document: &'d Document<'_>) -> BTreeMap<Option<RowId>, Answer<'d>> {
    let mut answers: BTreeMap<Option<RowId>, Answer<'d>> = BTreeMap::new();
    let findings = document.assessment.iter().flat_map(|one| &one.findings).enumerate();
    for (finding, one) in findings.filter(|(_, one)| item.rules.contains(&one.rule) && one.situation.is_none()) {
        let answer = answers.entry(one.subject).or_insert_with(|| Answer { finding, ..Answer::default() });
        let steps = one.proof.limbs.iter().filter(|limb| limb.arises && !limb.excused).filter_map(|limb| one.proof.step(limb.step));
        steps.for_each(|step| gather(step, answer));
        // What stands in the way of saying for whom the rule is, or that there is nobody.
        answer.gaps.extend(one.proof.missing.iter().cloned());
    }
    answers
}

fn gather<'m>(step: Step<'_, 'm>, answer: &mut Answer<'m>) {
    answer.facts.extend(step.facts());
    if step.truth() == Truth::Unknown {
        // Of the records that may be missing, those are asked for that would settle a rule; `answers` adds them.
        answer.gaps.extend(step.gaps().filter(|gap| !matches!(gap, Gap::Record(..))).cloned());
    }
    step.deciding().into_iter().for_each(|part| gather(part, answer));
}

/// Every term has its place, also where no subject is of it.
fn by_terms(
    model: &Model,
    facts: &Facts,
    slot: Slot,
    answers: &BTreeMap<Option<RowId>, Answer<'_>>,
    document: &Document<'_>,
    lines: &mut Vec<Line>,
) {
    let Some(list) = crate::model::ir::enumeration(&model.vocabulary.attribute(slot).ty) else { return };
    let day = document.assessment.as_ref().map_or(facts.as_of, |one| one.as_of);
    let whole = facts.completed(slot.0, day).any(|one| one.scope.is_none() && one.term.is_none());
    let settled = |row: &RowId| facts.cell(*row, slot.1).state == State::Known;
    let complete = whole && facts.tables.get(slot.0 as usize).is_some_and(|rows| rows.iter().all(settled));
    let of = |row: RowId| facts.cell(row, slot.1).value;
    for (at, term) in (0u16..).zip(&model.vocabulary.enumeration(list).terms) {
        lines.push(Line::Heading(3, capital(&term.reading)));
        let has = |row: RowId| match of(row) {
            Value::Term(known) => known == at,
            Value::Terms(range) => facts.list(range).contains(&u32::from(at)),
            _ => false,
        };
        let mut any = false;
        for (subject, answer) in answers.iter().filter(|(subject, _)| subject.is_some_and(has)) {
            any = true;
            one(model, document, *subject, answer, 4, lines);
        }
        if !any {
            let record = model.vocabulary.record(slot.0).name.replace('-', " ");
            lines.push(if complete {
                Line::Sentence(format!("There is none: the list of {} is complete.", model.vocabulary.record(slot.0).list))
            } else {
                Line::Blank(format!("Is there a {record} of this kind?"))
            });
        }
    }
    let kept = |subject: &RowId| matches!(of(*subject), Value::Term(_) | Value::Terms(_));
    for (subject, answer) in answers.iter().filter(|(subject, _)| !subject.as_ref().is_some_and(kept)) {
        one(model, document, *subject, answer, 3, lines);
    }
}

fn one(model: &Model, document: &Document<'_>, subject: Option<RowId>, answer: &Answer<'_>, depth: usize, lines: &mut Vec<Line>) {
    document.at(model, answer.finding, |account| {
        if let Some(row) = subject {
            lines.push(Line::Heading(depth, name_of(account.world, row)));
        }
        let mut rows: BTreeMap<RowId, BTreeSet<Option<AttributeId>>> = BTreeMap::new();
        answer.facts.iter().for_each(|fact| {
            rows.entry(fact.row).or_default().insert(fact.attribute);
        });
        for (row, attributes) in rows {
            tell(account, row, &attributes, lines);
        }
        let mut blanks: Vec<String> = answer.gaps.iter().map(|gap| blank(account, gap)).collect();
        blanks.sort();
        blanks.dedup();
        lines.extend(blanks.into_iter().map(Line::Blank));
    });
}

/// What is to be filled in: of which record, and the question.
fn blank(account: &Account<'_>, gap: &Gap<'_>) -> String {
    let question = account.gap(gap).question;
    match gap {
        Gap::Fact(row, _) => format!("{}: {question}", capital(&name_of(account.world, *row))),
        Gap::Record(..) => question.replace(" If a search finds none, record that.", ""),
        Gap::InForce(_) | Gap::Evidence(_) | Gap::Variable(_) => question,
    }
}

/// What is known of one record.
fn tell(account: &Account<'_>, row: RowId, asked: &BTreeSet<Option<AttributeId>>, lines: &mut Vec<Line>) {
    let (model, facts) = (account.model, account.facts);
    let own = facts.row(row);
    let frame = &model.vocabulary.frame;
    if own.basis == Basis::DeFacto || is_text(model, own.record) || frame.situation.is_some_and(|slot| slot.0 == own.record) {
        return;
    }
    let record = model.vocabulary.record(own.record);
    let every = record.needs_evidence || own.state == State::Absent;
    let attributes: Vec<AttributeId> = (0..record.attributes.len())
        .filter_map(|at| AttributeId::try_from(at).ok())
        .filter(|at| every || asked.contains(&Some(*at)))
        .collect();
    let known: Vec<String> = attributes.iter().filter_map(|at| pair(account, row, *at)).collect();
    let what = if record.needs_evidence || record.part || own.state == State::Absent {
        record.name.replace('-', " ")
    } else {
        name_of(account.world, row)
    };
    if own.state == State::Absent {
        let absence = facts.absence(row).filter(|one| one.period.holds(account.world.as_of, facts.as_of));
        let other = absence.map(|one| if one.others { "No other" } else { "No" });
        let told = other.map(|no| format!("{no} {what} was found ({}); {}.", known.join("; "), searched(facts, own.detail)));
        lines.extend(told.map(Line::Sentence));
        return;
    }
    if !known.is_empty() {
        let founding = || {
            (0..record.attributes.len()).filter_map(|at| AttributeId::try_from(at).ok()).filter(|at| names_texts(model, own.record, *at))
        };
        let mut cited = provisions(account, row, &attributes);
        if cited.is_empty() {
            cited = provisions(account, row, &founding().collect::<Vec<_>>());
        }
        lines.push(Line::Sentence(format!("{}: {} ({cited}).", capital(&what), known.join("; "))));
        if cited.is_empty() {
            lines.pop();
            lines.push(Line::Blank(format!("{}: {}. On which provision does this rest?", capital(&what), known.join("; "))));
        }
    }
    for at in attributes {
        let cell = facts.cell(row, at);
        let label = record.attributes[at as usize].label.to_lowercase();
        match cell.state {
            State::Absent => {
                lines.push(Line::Sentence(format!("{}: no {label} was found; {}.", capital(&what), searched(facts, cell.detail))));
            }
            State::NotApplicable => {
                let because = facts.detail(cell.detail).map_or("", |detail| facts.str(detail.because));
                lines.push(Line::Sentence(format!("{}: {label} does not arise ({because}).", capital(&what))));
            }
            State::Known | State::Unknown | State::Disputed => {}
        }
    }
}

/// Provisions and the texts in which they stand: they are named in brackets and not told.
fn is_text(model: &Model, record: RecordId) -> bool {
    let frame = &model.vocabulary.frame;
    let source = frame.source.and_then(|slot| references(&model.vocabulary.attribute(slot).ty));
    Some(record) == frame.evidence || source.is_some_and(|all| all.contains(&record))
}

/// Whether an attribute names provisions or texts: that which sets up a body, say.
fn names_texts(model: &Model, record: RecordId, at: AttributeId) -> bool {
    references(&model.vocabulary.attribute((record, at)).ty).is_some_and(|all| all.iter().all(|record| is_text(model, *record)))
}

/// `holder: Minister of Defence`, where it is known and stated by law.
fn pair(account: &Account<'_>, row: RowId, at: AttributeId) -> Option<String> {
    let facts = account.facts;
    let attribute = &account.model.vocabulary.record(facts.row(row).record).attributes[at as usize];
    let cell = facts.cell(row, at);
    let observed = facts.detail(cell.detail).is_some_and(|detail| detail.basis == Basis::DeFacto);
    let texts = names_texts(account.model, facts.row(row).record, at);
    if cell.state != State::Known || observed || texts {
        return None;
    }
    let words = account.value(row, at);
    (!words.is_empty()).then(|| format!("{}: {words}", attribute.label.to_lowercase()))
}

/// Where a record, or the values told of it, are stated: headings of provisions, each once.
fn provisions(account: &Account<'_>, row: RowId, attributes: &[AttributeId]) -> String {
    let cited = std::iter::once(None).chain(attributes.iter().copied().map(Some));
    let mut all: Vec<String> = cited
        .flat_map(|attribute| account.rested(Cited { row, attribute }).provisions)
        .map(|(id, heading)| if heading.is_empty() { id } else { heading })
        .collect();
    let mut seen = BTreeSet::new();
    all.retain(|one| seen.insert(one.clone()));
    all.join("; ")
}

fn searched(facts: &Facts, detail: u32) -> String {
    let places = facts.detail(detail).map_or("", |detail| facts.str(detail.searched));
    let named = facts.collections.iter().find(|one| facts.str(one.name) == places);
    match named {
        Some(one) => {
            let on = one.on.map_or_else(String::new, |day| format!(" on {day}"));
            format!("searched: {}{on}", facts.str(one.of))
        }
        None => format!("searched: {places}"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
