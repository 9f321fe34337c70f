//! `ephor.result` line by line: `begin`; for each description `document`, its `result`s, its `rule`s and its `diagnostic`s; `end`. A line is written
//! as soon as it is known, so that a run over any number of descriptions keeps none of them.

use serde_json::{Map, Value, json};

use super::records::{Counts, Scope};
use super::{FORMAT_VERSION, TOOL, diagnostic, document_id, document_record, packs, result, rule_summary};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::pack::PackInfo;
use crate::report::{Document, Outcome};
use crate::text::Texts;

/// What came of all descriptions together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// How many there were.
    pub documents: usize,
    /// Their verdicts.
    pub verdicts: Counts,
}

impl Totals {
    /// One more description.
    pub fn add(&mut self, document: &Document<'_>) {
        self.documents += 1;
        document.assessment.iter().flat_map(|one| &one.findings).for_each(|finding| self.verdicts.add(finding.verdict));
    }

    /// What was counted elsewhere.
    pub fn join(&mut self, other: &Totals) {
        self.documents += other.documents;
        self.verdicts.join(&other.verdicts);
    }
}

/// The records of a whole run.
pub fn lines(outcome: &Outcome<'_>) -> String {
    let mut out = begin(&outcome.packs, &outcome.scope);
    let mut totals = Totals::default();
    for one in &outcome.documents {
        totals.add(one);
        out.push_str(&document(outcome.model, one, &outcome.texts));
    }
    outcome.problems.iter().for_each(|one| out.push_str(&problem(one, &outcome.texts)));
    out + &end(&totals)
}

/// The first line: what was run.
pub fn begin(all: &[PackInfo], scope: &Scope) -> String {
    let fields = json!({"format": "ephor.result", "format_version": FORMAT_VERSION, "tool": TOOL, "packs": packs(all), "scope": scope});
    line("begin", fields)
}

/// The lines of one description.
pub fn document(model: &Model, one: &Document<'_>, texts: &Texts) -> String {
    let id = document_id(one, model);
    let mut out = line("document", json!(document_record(one, model)));
    one.each(model, |account| out.push_str(&line("result", json!(result(account, &id, texts)))));
    for roll_up in one.assessment.iter().flat_map(|assessment| &assessment.roll_ups) {
        out.push_str(&line("rule", json!(rule_summary(roll_up, &id, model))));
    }
    one.problems.iter().for_each(|one| out.push_str(&problem(one, texts)));
    out
}

/// A line about what is wrong.
pub fn problem(one: &Diagnostic, texts: &Texts) -> String {
    line("diagnostic", json!(diagnostic(one, texts)))
}

/// The last line.
pub fn end(totals: &Totals) -> String {
    let verdicts = totals.verdicts;
    let summary = json!({
        "documents": totals.documents,
        "verdicts": verdicts,
        "decided": verdicts.decided(),
        "applicable": verdicts.applicable(),
    });
    line("end", json!({"summary": summary}))
}

fn line(kind: &str, value: Value) -> String {
    let mut record = Map::from_iter([("record".to_owned(), Value::from(kind))]);
    if let Value::Object(fields) = value {
        record.extend(fields);
    }
    format!("{}\n", Value::Object(record))
}
