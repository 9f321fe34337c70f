//! One line for each thing: `path:line:column: …`, as editors read it.

use super::draw::safe;
use super::{Outcome, Style};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::ir::Verdict;
use crate::reason::Account;
use crate::text::Texts;

/// All diagnostics and findings, one a line.
pub fn write(outcome: &Outcome<'_>, style: Style) -> String {
    let mut out = String::new();
    for one in &outcome.problems {
        out.push_str(&diagnostic(one, &outcome.texts));
    }
    for document in &outcome.documents {
        for one in &document.problems {
            out.push_str(&diagnostic(one, &outcome.texts));
        }
        document.each(outcome.model, |account| {
            if style.verbose || !matches!(account.finding.verdict, Verdict::Met | Verdict::NotApplicable) {
                out.push_str(&finding(account, &outcome.texts));
            }
        });
    }
    out
}

/// A diagnostic in one line.
pub fn diagnostic(one: &Diagnostic, texts: &Texts) -> String {
    let place = one.place().map(|place| texts.locate(place)).filter(|place| !place.is_empty());
    let severity = if one.code.severity() == Severity::Error { "error" } else { "warning" };
    let help = one.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    safe(&format!(
        "{}{severity} {}: {}{help}",
        place.map_or_else(String::new, |place| format!("{place}: ")),
        one.code.number(),
        one.message
    )) + "\n"
}

fn finding(account: &Account<'_>, texts: &Texts) -> String {
    let place = texts.locate(account.position());
    let waived = account.waiver().map_or_else(String::new, |one| format!(" (waived by {}: {})", one.by, one.reason));
    safe(&format!("{place}: {} {} {}: {}{waived}", account.rule().id, who(account), account.finding.verdict.words(), account.message()))
        + "\n"
}

/// `[bundeswehr]`, `[gendarmerie as gendarme]`, with the situation where it is not ordinary law.
pub fn who(account: &Account<'_>) -> String {
    let mut text = account.subject().unwrap_or_else(|| "State".to_owned());
    if let Some(capacity) = account.capacity() {
        text.push_str(&format!(" as {capacity}"));
    }
    if let Some(situation) = account.situation() {
        text.push_str(&format!(", {situation}"));
    }
    format!("[{text}]")
}
