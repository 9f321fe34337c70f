//! `--select` and `--ignore`: which rules and which subjects are meant.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Assessment, RollUp};
use crate::facts::Facts;
use crate::model::Model;
use crate::model::ir::Rule;

/// Whether a word names the paragraph that a rule cites first: `¶21`, `21`, `CoC 21`.
fn names_paragraph(model: &Model, rule: &Rule, word: &str) -> bool {
    let Some(cited) = rule.cites.first() else { return false };
    let instrument = &model.instruments[cited.instrument];
    let after_name = || word.strip_prefix(instrument.name.as_str()).filter(|rest| rest.starts_with(' '));
    let named = word.strip_prefix('¶').or_else(after_name).unwrap_or(word);
    named.trim() == instrument.paragraphs[cited.paragraph].number
}

/// Whether a word is the id of a rule, or how it begins: `coc-21.2`, `coc-21`, `coc-`.
pub(super) fn begins_id(rule: &Rule, word: &str) -> bool {
    let begins = |rest: &str| word.ends_with(['.', '-']) || rest.starts_with('.');
    rule.id == word || !word.is_empty() && rule.id.strip_prefix(word).is_some_and(begins)
}

/// The rules that a word names: by id, by how their ids begin, by paragraph.
pub(super) fn rules_named(model: &Model, word: &str) -> Vec<usize> {
    let named = |rule: &Rule| begins_id(rule, word) || names_paragraph(model, rule, word);
    match model.rules.iter().position(|rule| rule.id == word) {
        Some(exact) => vec![exact],
        None => (0..model.rules.len()).filter(|at| named(&model.rules[*at])).collect(),
    }
}

/// What one selector says of a rule.
fn names_rule(model: &Model, rule: &Rule, selector: &str) -> bool {
    names_paragraph(model, rule, selector)
        || begins_id(rule, selector)
        || rule.severity.word() == selector
        || rule.footing.iter().any(|part| part.footing.word() == selector)
        || rule.topics.iter().any(|topic| topic == selector)
        || rule.pack == selector
}

/// The rules that are run, and the selectors that speak of subjects.
pub(super) struct Selection {
    pub(super) rules: Vec<usize>,
    subjects: Vec<String>,
    without: Vec<String>,
}

/// Sorts selectors into those of rules and those of subjects.
pub(super) fn choose(model: &Model, select: &[String], ignore: &[String]) -> Selection {
    let of_rules = |selector: &&String| model.rules.iter().any(|rule| names_rule(model, rule, selector));
    let rule_selectors: Vec<&String> = select.iter().filter(of_rules).collect();
    let meant = |rule: &Rule| {
        (rule_selectors.is_empty() || rule_selectors.iter().any(|selector| names_rule(model, rule, selector)))
            && !ignore.iter().any(|selector| names_rule(model, rule, selector))
    };
    Selection {
        rules: (0..model.rules.len()).filter(|at| meant(&model.rules[*at])).collect(),
        subjects: select.iter().filter(|selector| !of_rules(selector)).cloned().collect(),
        without: ignore.iter().filter(|selector| !of_rules(selector)).cloned().collect(),
    }
}

impl Selection {
    /// Keeps the findings on the subjects that are meant: by id, or by a term by which footing is graded.
    pub(super) fn keep(&self, model: &Model, facts: &Facts, assessment: &mut Assessment<'_>) {
        if self.subjects.is_empty() && self.without.is_empty() {
            return;
        }
        assessment.findings.retain(|finding| {
            let names = finding.subject.map(|row| subject_names(model, facts, row)).unwrap_or_default();
            (self.subjects.is_empty() || self.subjects.iter().any(|one| names.contains(one)))
                && !self.without.iter().any(|one| names.contains(one))
        });
        // What is left out counts nowhere, and of subjects that were picked none is missing.
        let picked = !self.subjects.is_empty();
        let of = |rule: usize| assessment.findings.iter().filter(move |one| one.rule == rule).map(|one| one.verdict);
        let roll_ups = assessment.roll_ups.iter().filter(|one| of(one.rule).next().is_some());
        assessment.roll_ups = roll_ups.map(|one| RollUp::of(one.rule, of(one.rule), one.open && !picked)).collect();
    }

    /// Selectors that match no rule and no subject of any description.
    pub(super) fn unmatched<'a>(&self, model: &Model, all: impl Iterator<Item = &'a Facts> + Clone) -> Vec<Diagnostic> {
        let known = |selector: &String| {
            all.clone().any(|facts| {
                let subject = model.vocabulary.frame.subject;
                let rows = subject.and_then(|id| facts.tables.get(id as usize)).map_or(&[][..], Vec::as_slice);
                rows.iter().any(|row| subject_names(model, facts, *row).contains(selector))
            })
        };
        let unknown = self.subjects.iter().chain(&self.without).filter(|selector| !known(selector));
        let names = selectable(model);
        unknown
            .map(|selector| {
                let help = match crate::diagnostic::suggest::nearest(selector, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`ephor list rules` and `ephor list forces` name what can be selected".to_owned(),
                };
                Diagnostic::nowhere(
                    Code::E602,
                    format!("`{selector}` selects nothing: no rule, paragraph, severity, footing, topic or force is called so"),
                )
                .help(help)
            })
            .collect()
    }
}

/// Words that select rules or the graded kinds of subject, for the nearest of them.
fn selectable(model: &Model) -> Vec<&str> {
    let mut names: Vec<&str> = model.rules.iter().map(|rule| rule.id.as_str()).collect();
    names.extend(model.rules.iter().flat_map(|rule| rule.topics.iter().map(String::as_str)));
    names.extend(crate::model::ir::SEVERITIES.iter().map(|(_, word)| *word));
    names.extend(crate::model::ir::FOOTINGS.iter().map(|(_, word)| *word));
    let graded = model.vocabulary.frame.graded_by.and_then(|slot| crate::model::ir::enumeration(&model.vocabulary.attribute(slot).ty));
    names.extend(graded.iter().flat_map(|list| &model.vocabulary.enumeration(*list).terms).map(|term| term.name.as_str()));
    names
}

fn subject_names(model: &Model, facts: &Facts, row: u32) -> Vec<String> {
    let mut names = vec![facts.name(row, &model.vocabulary.record(facts.row(row).record).list)];
    if let Some((record, attribute)) = model.vocabulary.frame.graded_by.filter(|slot| slot.0 == facts.row(row).record)
        && let Some(list) = crate::model::ir::enumeration(&model.vocabulary.attribute((record, attribute)).ty)
    {
        let terms = &model.vocabulary.enumeration(list).terms;
        if let crate::facts::Value::Terms(range) = facts.cell(row, attribute).value {
            names.extend(facts.list(range).iter().filter_map(|term| terms.get(*term as usize)).map(|term| term.name.clone()));
        }
    }
    names
}
