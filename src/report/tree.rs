//! The proof of one verdict as a tree in sentences, for `ephor why`. Shown is what decides: of what holds, why it holds; of what fails,
//! what failed; of what is open, what is missing. A step that only repeats its part in other words gives way to it.

use super::Style;
use super::concise::who;
use super::draw::safe;
use super::json::citation;
use super::matrix::wrap;
use crate::engine::proof::{Op, Step};
use crate::engine::words;
use crate::reason::Account;
use crate::text::{Place, Texts};
use crate::values::Truth;

/// Most parts of one step that are shown.
const PARTS: usize = 12;
/// How deep a step that holds is followed; what fails or is open is followed to its end.
const DEPTH: usize = 4;

struct Tree<'a, 'b> {
    account: &'b Account<'a>,
    texts: &'b Texts,
    style: Style,
    out: String,
}

/// The whole proof of one finding.
pub fn write(account: &Account<'_>, texts: &Texts, style: Style) -> String {
    let mut tree = Tree { account, texts, style, out: String::new() };
    tree.head();
    for limb in &account.finding.proof.limbs {
        let note = match (limb.excused, limb.arises, limb.strict == limb.truth) {
            (true, _, _) => " [excused]",
            (_, false, _) => " [does not arise]",
            (_, _, false) => " [below the evidence floor]",
            _ => "",
        };
        let shown = limb.arises && !limb.excused;
        tree.line(
            1,
            if shown { mark(limb.truth) } else { "-" },
            &format!("({}) {}{note}", limb.label(), limb.says(account.world, account.finding.proof.frame())),
        );
        if let Some(step) = account.finding.proof.step(limb.step).filter(|_| shown) {
            tree.steps(step, 2);
        }
    }
    tree.tail();
    tree.out
}

impl Tree<'_, '_> {
    fn line(&mut self, depth: usize, mark: &str, text: &str) {
        let lead = "  ".repeat(depth.min(12));
        let indent = " ".repeat(lead.len() + if mark.is_empty() { 0 } else { mark.len() + 1 });
        let text = wrap(&safe(text), self.style.width.saturating_sub(indent.len()).max(30), &indent);
        self.out.push_str(&format!("{lead}{mark}{}{text}\n", if mark.is_empty() { "" } else { " " }));
    }

    fn head(&mut self) {
        let (account, rule) = (self.account, self.account.rule());
        let cites: Vec<String> = rule.cites.iter().map(|one| citation(account.model, one)).collect();
        self.line(0, "", &format!("{} {}: {}", rule.id, who(account), account.finding.verdict.words().to_uppercase()));
        self.line(0, "", &rule.title);
        let footing = account.finding.footing.word();
        self.line(
            0,
            "",
            &format!("{}; footing {footing}; severity {}; as of {}", cites.join(", "), rule.severity.word(), account.world.as_of),
        );
        self.line(0, "", &account.message());
    }

    fn tail(&mut self) {
        let (account, proof) = (self.account, &self.account.finding.proof);
        let exceptions = proof.exception.iter().map(|at| (*at, "applies", proof.exception_step));
        let exceptions: Vec<_> = exceptions.chain(proof.open_exceptions.iter().map(|(at, step)| (*at, "may apply", *step))).collect();
        for (at, word, step) in exceptions {
            self.line(1, "!", &format!("the exception “{}” {word}", account.rule().exceptions[at].name));
            if let Some(step) = proof.step(step) {
                self.steps(step, 2);
            }
        }
        if let (Some(step), true) = (proof.step(proof.lowered), proof.was_lowered) {
            self.line(1, "!", "lowered by one step, because this is so");
            self.steps(step, 2);
        }
        let missing = account.missing();
        if !missing.is_empty() {
            self.line(0, "", "The smallest set of facts that could settle it:");
        }
        for one in missing {
            self.line(1, "?", &format!("{}: {}", one.path, one.question));
        }
        if let Some(waiver) = account.waiver() {
            self.line(0, "", &format!("Waived by {}: {}", waiver.by, waiver.reason));
        }
    }

    /// The parts that decide a step, each below it.
    fn steps(&mut self, step: Step<'_, '_>, depth: usize) {
        let step = words::essence(self.account.world, step);
        let text = words::said(self.account.world, step);
        let remark = words::remark(self.account.world, step);
        let remark = if remark.is_empty() { remark } else { format!(": {remark}") };
        let mut parts = step.deciding();
        if (step.op(), step.truth()) == (Op::Or, Truth::Yes) {
            parts.truncate(1);
        }
        let closed = step.truth() == Truth::Yes && depth > DEPTH;
        let facts = if parts.is_empty() || closed || !self.named(step).is_empty() { self.facts(step) } else { String::new() };
        if !text.is_empty() {
            self.line(depth, mark(step.truth()), &format!("{text}{remark}{facts}"));
        }
        if closed {
            return;
        }
        for part in parts.iter().take(PARTS) {
            self.steps(*part, depth + 1);
        }
        if parts.len() > PARTS {
            self.line(depth + 1, "", &format!("and {} more", parts.len() - PARTS));
        }
    }

    fn named(&self, step: Step<'_, '_>) -> Vec<String> {
        let evidence = self.account.model.vocabulary.frame.evidence;
        let provisions = step.facts().filter(|fact| Some(self.account.facts.row(fact.row).record) == evidence && fact.attribute.is_none());
        let mut names: Vec<String> = provisions.map(|fact| self.account.heading(fact.row)).collect();
        names.dedup();
        names
    }

    /// Where the facts of a step stand: provisions by their headings, others by path, line and column.
    fn facts(&self, step: Step<'_, '_>) -> String {
        let mut named = self.named(step);
        if let (true, Some(fact)) = (named.is_empty(), step.facts().next()) {
            let facts = self.account.facts;
            let at = fact.attribute.map_or(facts.row(fact.row).at, |attribute| facts.cell(fact.row, attribute).at);
            let place = Place { source: facts.source, span: facts.at(if at == 0 { facts.row(fact.row).at } else { at }) };
            let locator = self.texts.locate(place);
            let line = locator.rsplit(':').nth(1).unwrap_or_default().to_owned();
            named.push(format!("line {line}"));
        }
        if named.is_empty() { String::new() } else { format!(" [{}]", named.join("; ")) }
    }
}

fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "+",
        Truth::No => "X",
        Truth::Unknown => "?",
    }
}
