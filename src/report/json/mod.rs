//! `ephor.result`, format version 1.0: one JSON document, or the same records line by line. Its shape is in `records`.

mod lines;
mod records;

pub use lines::{Totals, begin, document, end, lines, problem};
pub use records::{Counts, Scope};

use records::{
    DiagnosticRecord, DocumentRecord, EvidenceRecord, ExceptionRecord, LimbRecord, MissingRecord, Pack, Position, ProvisionRecord,
    ResultRecord, RuleSummary, StepRecord, Summary, Tool, WaiverRecord, Whole,
};

use super::{Document, Outcome};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::proof::Step;
use crate::engine::{RollUp, words};
use crate::model::ir::{Citation, MODALITIES, Model, Rule, VERDICTS};
use crate::pack::{self, PackInfo};
use crate::reason::Account;
use crate::text::{Place, Texts};
use crate::values::Truth;

/// The version of the format: additions raise the second number, removals the first.
pub const FORMAT_VERSION: &str = "1.0";

/// The whole result as one JSON document.
pub fn whole(outcome: &Outcome<'_>) -> String {
    let text = serde_json::to_string_pretty(&record(outcome)).unwrap_or_default();
    text + "\n"
}

fn record<'o>(outcome: &'o Outcome<'_>) -> Whole<'o> {
    let model = outcome.model;
    let mut results = Vec::new();
    let mut summary =
        Summary { documents: outcome.documents.len(), verdicts: Counts::default(), decided: 0, applicable: 0, rules: Vec::new() };
    for document in &outcome.documents {
        let id = document_id(document, model);
        document.each(model, |account| {
            summary.verdicts.add(account.finding.verdict);
            results.push(result(account, &id, &outcome.texts));
        });
        for roll_up in document.assessment.iter().flat_map(|one| &one.roll_ups) {
            summary.rules.push(rule_summary(roll_up, &id, model));
        }
    }
    summary.decided = summary.verdicts.decided();
    summary.applicable = summary.verdicts.applicable();
    let problems = outcome.problems.iter().chain(outcome.documents.iter().flat_map(|one| &one.problems));
    Whole {
        format: "ephor.result",
        format_version: FORMAT_VERSION,
        tool: TOOL,
        packs: packs(&outcome.packs),
        documents: outcome.documents.iter().map(|one| document_record(one, model)).collect(),
        scope: &outcome.scope,
        summary,
        results,
        diagnostics: problems.map(|one| diagnostic(one, &outcome.texts)).collect(),
    }
}

const TOOL: Tool = Tool { name: "ephor", version: env!("CARGO_PKG_VERSION") };

fn packs(all: &[PackInfo]) -> Vec<Pack<'_>> {
    all.iter().map(|one| Pack { id: &one.id, version: env!("CARGO_PKG_VERSION"), sha256: &one.sha256 }).collect()
}

fn rule_summary(roll_up: &RollUp, document: &str, model: &Model) -> RuleSummary {
    let mut counts = Counts::default();
    for (verdict, count) in VERDICTS.iter().zip(roll_up.counts) {
        *counts.of(verdict.0) = count;
    }
    RuleSummary {
        document: document.to_owned(),
        rule: model.rules[roll_up.rule].id.clone(),
        verdict: roll_up.verdict.word(),
        counts,
        list_complete: !roll_up.open,
    }
}

/// The code of the State, or the path where the description could not be read.
fn document_id(document: &Document<'_>, model: &Model) -> String {
    document.state(model)
}

fn document_record(document: &Document<'_>, model: &Model) -> DocumentRecord {
    let texts = document.facts.as_ref().map(|facts| super::state_texts(model, facts)).unwrap_or_default();
    DocumentRecord {
        id: document_id(document, model),
        state: texts.get(1).or(texts.first()).cloned().unwrap_or_default(),
        path: document.path.clone(),
        sha256: document.sha256.clone(),
        as_of: document
            .assessment
            .as_ref()
            .map(|one| one.as_of.to_string())
            .or(document.facts.as_ref().map(|facts| facts.as_of.to_string())),
    }
}

fn result(account: &Account<'_>, document: &str, texts: &Texts) -> ResultRecord {
    let (rule, finding) = (account.rule(), account.finding);
    let (force, hat, situation) = (account.subject(), account.capacity(), account.situation());
    let key = [
        rule.pack.as_str(),
        &rule.id,
        document,
        force.as_deref().unwrap_or(""),
        hat.as_deref().unwrap_or(""),
        situation.as_deref().unwrap_or(""),
    ]
    .join("\n");
    ResultRecord {
        document: document.to_owned(),
        rule: rule.id.clone(),
        title: rule.title.clone(),
        paragraph: rule.cites.iter().map(|one| citation(account.model, one)).collect(),
        footing: finding.footing.word(),
        modality: modality(rule),
        severity: rule.severity.word(),
        pack: rule.pack.clone(),
        force,
        hat,
        situation,
        same_in: account.same_in(),
        verdict: finding.verdict.word(),
        message: account.message(),
        limbs: limbs(account, texts),
        position: position(account.position(), texts),
        evidence: account.evidence().into_iter().map(|one| evidence(account, one, texts)).collect(),
        missing: account.missing().into_iter().map(|one| MissingRecord { fact: one.path, question: one.question }).collect(),
        exceptions: exceptions(account),
        waiver: waiver(account),
        remedy: account.with_names(&rule.remedy),
        fingerprint: pack::sha256(key.as_bytes()),
    }
}

fn modality(rule: &Rule) -> &'static str {
    MODALITIES.iter().find(|(known, _)| *known == rule.modality).map_or("", |(_, words)| words.trim_end_matches(" that"))
}

/// `CoC 21 sentence 1`
pub fn citation(model: &Model, citation: &Citation) -> String {
    let instrument = &model.instruments[citation.instrument];
    let sentence = citation.sentence.as_ref().map_or_else(String::new, |sentence| format!(" sentence {sentence}"));
    format!("{} {}{sentence}", instrument.name, instrument.paragraphs[citation.paragraph].number)
}

fn limbs(account: &Account<'_>, texts: &Texts) -> Vec<LimbRecord> {
    let each = account.finding.proof.limbs.iter().map(|limb| LimbRecord {
        label: limb.label().to_owned(),
        says: limb.says(account.world, account.finding.proof.frame()),
        holds: truth(limb.truth),
        reaches_floor: limb.strict == limb.truth,
        arises: limb.arises,
        excused: limb.excused,
        proof: account.finding.proof.step(limb.step).map(|one| step(account, one, texts)),
    });
    each.collect()
}

/// The word of a truth.
pub fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => "unknown",
    }
}

fn step(account: &Account<'_>, one: Step<'_, '_>, texts: &Texts) -> StepRecord {
    let one = words::essence(account.world, one);
    StepRecord {
        asked: words::said(account.world, one),
        holds: truth(one.truth()),
        remark: words::remark(account.world, one),
        rule: texts.locate(one.place()),
        facts: one.facts().map(|fact| account.fact_path(*fact)).collect(),
        missing: if one.truth() == Truth::Unknown { one.gaps().map(|gap| account.gap(gap).path).collect() } else { Vec::new() },
        parts: one.deciding().into_iter().map(|part| step(account, part, texts)).collect(),
    }
}

fn evidence(account: &Account<'_>, one: crate::reason::Rested, texts: &Texts) -> EvidenceRecord {
    let place = Place { source: account.facts.source, span: account.facts.at(one.offset) };
    EvidenceRecord {
        fact: one.fact,
        provisions: one.provisions.into_iter().map(|(id, text)| ProvisionRecord { id, text }).collect(),
        de_facto: one.de_facto,
        position: position(place, texts),
    }
}

fn exceptions(account: &Account<'_>) -> Vec<ExceptionRecord> {
    let proof = &account.finding.proof;
    let applied = proof.exception.iter().map(|at| (*at, "yes"));
    let open = proof.open_exceptions.iter().map(|(at, _)| (*at, "unknown"));
    applied.chain(open).map(|(at, applies)| ExceptionRecord { name: account.rule().exceptions[at].name.clone(), applies }).collect()
}

fn waiver(account: &Account<'_>) -> Option<WaiverRecord> {
    account.waiver().map(|one| WaiverRecord {
        by: one.by.clone(),
        reason: one.reason.clone(),
        until: one.until.map(|date| date.to_string()),
    })
}

fn position(place: Place, texts: &Texts) -> Position {
    let Some(source) = texts.get(place.source) else { return Position { path: String::new(), line: 1, column: 1, offset: 0 } };
    let (line, column) = source.line_column(place.span.start);
    Position { path: source.name.clone(), line, column, offset: place.span.start }
}

fn diagnostic(one: &Diagnostic, texts: &Texts) -> DiagnosticRecord {
    DiagnosticRecord {
        code: one.code.number(),
        name: one.code.name(),
        severity: if one.code.severity() == Severity::Error { "error" } else { "warning" },
        message: one.message.clone(),
        help: one.help.clone(),
        position: one.place().map(|place| position(place, texts)),
    }
}
