//! Every gap as a drawing of three texts: the description, the clause of the rule, the paragraph of the instrument.

use std::collections::HashSet;

use super::concise::who;
use super::draw::{self, Drawing};
use super::json::citation;
use super::{Outcome, Style};
use crate::diagnostic::Severity;
use crate::model::ir::Verdict;
use crate::reason::Account;
use crate::text::{Span, Texts};

/// Most facts that are marked in a description.
const FACTS: usize = 3;

/// All diagnostics, then the findings that are not met, partly met or open; with `verbose` the others too.
pub fn write(outcome: &Outcome<'_>, style: Style) -> String {
    let mut out = String::new();
    for one in outcome.problems.iter().chain(outcome.documents.iter().flat_map(|one| &one.problems)) {
        out.push_str(&draw::diagnostic(one, &outcome.texts).render(style));
        out.push('\n');
    }
    let mut told = HashSet::new();
    for document in &outcome.documents {
        document.each(outcome.model, |account| {
            let shown = match account.finding.verdict {
                Verdict::NotMet | Verdict::Partly => true,
                Verdict::CannotTell | Verdict::Met | Verdict::NotApplicable => style.verbose,
            };
            if shown {
                // A commitment is printed with the first gap that it has.
                let first =
                    account.rule().cites.first().is_none_or(|one| told.insert((one.instrument, one.paragraph, one.sentence.clone())));
                out.push_str(&finding(account, &outcome.texts, first).render(style));
                out.push('\n');
            }
        });
    }
    out
}

/// A finding as a drawing, with the words of the commitment if they are asked for.
pub fn finding(account: &Account<'_>, texts: &Texts, commitment: bool) -> Drawing {
    let (rule, verdict) = (account.rule(), account.finding.verdict);
    let code = format!("{} {} {} {}", rule.id, verdict.words(), who(account), rule.severity.word());
    let severity = if verdict == Verdict::NotMet { Severity::Error } else { Severity::Warning };
    let mut drawing = Drawing::new(&code, severity, &format!("{}: {}", rule.title, account.message()));
    if matches!(verdict, Verdict::CannotTell | Verdict::Met | Verdict::NotApplicable) {
        drawing = drawing.advice();
    }
    drawing = drawing.help(Some(&help(account)));
    let place = account.position();
    if let Some(source) = texts.get(place.source) {
        drawing = drawing.at(source, &description_labels(account, place.span));
    }
    if let Some(limb) = account.deciding().first()
        && let Some(step) = account.finding.proof.step(limb.step)
        && let Some(source) = texts.get(step.place().source)
    {
        let label = vec![(step.place().span, format!("this is asked: ({})", limb.label()))];
        drawing = drawing.with(Drawing::new("", Severity::Warning, "the rule").advice().at(source, &label));
    }
    if let Some(cited) = rule.cites.first().filter(|_| commitment) {
        let paragraph = &account.model.instruments[cited.instrument].paragraphs[cited.paragraph];
        if let Some(source) = texts.get(paragraph.place.source) {
            let words = format!("{}, “{}”, binds {}", citation(account.model, cited), paragraph.modality, paragraph.binds);
            drawing =
                drawing.with(Drawing::new("", Severity::Warning, "the commitment").advice().at(source, &[(paragraph.place.span, words)]));
        }
    }
    drawing
}

/// The facts that decided, with the provisions that state them; the subject itself where no other fact did.
fn description_labels(account: &Account<'_>, subject: Span) -> Vec<(Span, String)> {
    let name = account.subject().unwrap_or_else(|| "the State".to_owned());
    let own = |fact: &str| fact.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let mut labels: Vec<(Span, String)> = Vec::new();
    let mut records: Vec<String> = Vec::new();
    for rested in account.evidence().into_iter().filter(|one| one.offset != 0 && !own(&one.fact)) {
        let record = rested.fact.split('.').next().unwrap_or_default().to_owned();
        if labels.len() == FACTS || records.contains(&record) {
            continue;
        }
        let provisions: Vec<String> = rested.provisions.iter().map(|(_, heading)| heading.clone()).collect();
        let words = match (rested.absent, provisions.is_empty()) {
            (true, _) if rested.others => "no others were found".to_owned(),
            (true, _) => "searched for in vain".to_owned(),
            (false, true) => rested.fact,
            (false, false) => provisions.join("; "),
        };
        labels.push((Span { start: rested.offset, end: rested.offset }, words));
        records.push(record);
    }
    if labels.is_empty() {
        labels.push((subject, name));
    }
    labels
}

fn help(account: &Account<'_>) -> String {
    let rule = account.rule();
    let fill = |text: &str| account.with_names(text);
    let missing = account.missing();
    let mut help = match account.finding.verdict {
        Verdict::CannotTell if missing.is_empty() => fill(&rule.question),
        Verdict::CannotTell => {
            format!("what could settle it: {}", missing.iter().map(|one| one.question.clone()).collect::<Vec<_>>().join(" "))
        }
        _ => fill(&rule.remedy),
    };
    if account.finding.footing != crate::model::ir::Footing::Text {
        help.push_str(&format!(" (footing: {})", account.finding.footing.word()));
    }
    if !rule.caution.is_empty() {
        help.push_str(&format!(" Caution: {}", fill(&rule.caution)));
    }
    if let Some(waiver) = account.waiver() {
        help.push_str(&format!(" Waived by {}: {}", waiver.by, waiver.reason));
    }
    help.push_str(&format!(" See `ephor explain {}`.", rule.id));
    help
}
