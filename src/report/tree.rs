//! The proof of one verdict as a tree in sentences, for `ephor why`.

use super::concise::who;
use super::draw::safe;
use super::json::citation;
use super::matrix::wrap;
use super::Style;
use crate::engine::proof::Step;
use crate::reason::Account;
use crate::text::Texts;
use crate::values::Truth;

/// The whole proof of one finding.
pub fn write(account: &Account<'_>, texts: &Texts, style: Style) -> String {
    let (rule, finding) = (account.rule(), account.finding);
    let mut out = String::new();
    let mut line = |depth: usize, mark: &str, text: &str| {
        let lead = "  ".repeat(depth);
        let indent = " ".repeat(lead.len() + mark.len() + 1);
        let text = wrap(&safe(text), style.width.saturating_sub(indent.len()), &indent);
        out.push_str(&format!("{lead}{mark}{}{text}\n", if mark.is_empty() { "" } else { " " }));
    };
    line(0, "", &format!("{} {}: {}", rule.id, who(account), finding.verdict.words().to_uppercase()));
    line(0, "", &rule.title);
    let cites: Vec<String> = rule.cites.iter().map(|one| citation(account.model, one)).collect();
    line(0, "", &format!("{}; footing {}; severity {}; as of {}", cites.join(", "), finding.footing.word(), rule.severity.word(), account.world.as_of));
    line(0, "", &account.message());
    for limb in &finding.proof.limbs {
        let note = match (limb.excused, limb.arises, limb.strict == limb.truth) {
            (true, _, _) => " [excused]",
            (_, false, _) => " [does not arise]",
            (_, _, false) => " [below the evidence floor]",
            _ => "",
        };
        line(1, mark(limb.truth), &format!("({}) {}{note}", limb.label, limb.says));
        if let Some(step) = limb.step.as_ref().filter(|_| limb.arises && !limb.excused) {
            steps(account, texts, step, 2, &mut line);
        }
    }
    let exceptions = finding.proof.exception.iter().map(|at| (*at, "applies", &finding.proof.exception_step));
    for (at, word, step) in exceptions.chain(finding.proof.open_exceptions.iter().map(|(at, step)| (*at, "may apply", step))) {
        line(1, "!", &format!("the exception “{}” {word}", rule.exceptions[at].name));
        if let Some(step) = step {
            steps(account, texts, step, 2, &mut line);
        }
    }
    if let (Some(step), true) = (&finding.proof.lowered, finding.proof.was_lowered) {
        line(1, "!", "lowered by one step, by what was observed in fact");
        steps(account, texts, step, 2, &mut line);
    }
    let missing = account.missing();
    if !missing.is_empty() {
        line(0, "", "The smallest set of facts that would settle it:");
        for one in missing {
            line(1, "?", &format!("{}: {}", one.path, one.question));
        }
    }
    if let Some(waiver) = account.waiver() {
        line(0, "", &format!("Waived by {}: {}", waiver.by, waiver.reason));
    }
    out
}

fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "+",
        Truth::No => "X",
        Truth::Unknown => "?",
    }
}

fn steps(account: &Account<'_>, texts: &Texts, step: &Step, depth: usize, line: &mut impl FnMut(usize, &str, &str)) {
    let remark = if step.remark.is_empty() { String::new() } else { format!(": {}", step.remark) };
    if !step.text.is_empty() {
        line(depth, mark(step.truth), &format!("{}{remark}", step.text));
    }
    let mut named: Vec<String> = Vec::new();
    for fact in &step.facts {
        let place = crate::text::Place { source: account.facts.source, span: account.facts.at(account.facts.row(fact.row).at) };
        let evidence = account.model.vocabulary.frame.evidence == Some(account.facts.row(fact.row).record);
        let text = if evidence { account.heading(fact.row) } else { format!("{} ({})", account.fact_path(*fact), texts.locate(place)) };
        if !named.contains(&text) {
            named.push(text);
        }
    }
    if !named.is_empty() && step.parts.is_empty() {
        line(depth + 1, ">", &named.join("; "));
    }
    for part in step.parts.iter().take(40) {
        steps(account, texts, part, depth + 1, line);
    }
    if step.parts.len() > 40 {
        line(depth + 1, "", &format!("and {} more", step.parts.len() - 40));
    }
}
