//! Scenarios: small stories about a State that a rule text tells and expects verdicts of. A story becomes a description and is read and
//! assessed as any other; what is said of it is said at its place in the rule text.

mod story;

use crate::diagnostic::suggest::list;
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::world::World;
use crate::engine::{Options, Reasons, RollUp, assess};
use crate::facts::{self, Form};
use crate::model::ir::{Model, Scenario, Verdict};
use crate::reason::Account;
use crate::syntax::ast::{Expect, Reason};
use crate::text::SourceId;
use crate::values::{Date, Truth};

/// What scenarios showed of one rule: which verdicts, and which limbs with which truth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A verdict was expected and given.
    Verdict(usize, &'static str),
    /// A limb was named in a reason, and found.
    Limb(usize, String, &'static str),
}

/// One scenario run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its title.
    pub title: String,
    /// How many expectations it has.
    pub expectations: usize,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// What it showed.
    pub shown: Vec<Shown>,
    /// Why it was not run: nothing is known of what it expects. Such a scenario has neither passed nor failed.
    pub not_run: Option<String>,
}

/// Why a scenario cannot be run: it expects nothing, or something of rules that cannot be used.
fn hindrance(model: &Model, scenario: &Scenario) -> Option<String> {
    let usable = |id: &str| model.rules.iter().any(|rule| rule.id == id);
    let missing: Vec<&str> = scenario.text.expect.iter().map(|one| one.rule.text.as_str()).filter(|id| !usable(id)).collect();
    match missing.first() {
        Some(first) => Some(format!("the rule `{first}` cannot be used")),
        None if scenario.text.expect.is_empty() => Some("it expects nothing".to_owned()),
        None => None,
    }
}

/// Runs one scenario.
pub fn run(model: &Model, scenario: &Scenario) -> Run {
    let mut run = Run {
        title: scenario.text.title.text.clone(),
        expectations: scenario.text.expect.len(),
        problems: Vec::new(),
        shown: Vec::new(),
        not_run: hindrance(model, scenario),
    };
    if run.not_run.is_some() {
        return run;
    }
    let as_of = scenario.text.as_of.or(Date::parse("2026-01-01")).unwrap_or(Date::from_number(0));
    let story = story::tell(model, scenario, as_of);
    if !story.problems.is_empty() {
        run.problems.extend(crate::diagnostic::in_order(story.problems));
        return run;
    }
    let (facts, wrong) = facts::read(&story.text, SourceId(u32::MAX), Form::Json, &model.vocabulary);
    let errors = wrong.iter().any(Diagnostic::is_error);
    run.problems.extend(wrong.into_iter().map(|one| story.places.move_back(one)));
    let Some(facts) = facts.filter(|_| !errors) else { return run };
    let mut rules: Vec<usize> =
        scenario.text.expect.iter().filter_map(|one| model.rules.iter().position(|rule| rule.id == one.rule.text)).collect();
    rules.sort_unstable();
    rules.dedup();
    let options = Options { as_of: None, rules, reasons: Reasons::All, side_by_side: false, situation: None };
    let assessment = assess(model, &facts, &options);
    let world = World::new(model, &facts, facts.as_of);
    for expect in &scenario.text.expect {
        let Some(rule) = model.rules.iter().position(|rule| rule.id == expect.rule.text) else { continue };
        let findings: Vec<Account<'_>> = assessment
            .findings
            .iter()
            .filter(|one| one.rule == rule)
            .map(|finding| Account { model, facts: &facts, world: &world, finding })
            .collect();
        let roll_up = assessment.roll_ups.iter().find(|one| one.rule == rule);
        if let Err(problem) = expectation(expect, &findings, roll_up, &mut run.shown, rule) {
            run.problems.push(*problem);
        }
    }
    run
}

fn expectation(
    expect: &Expect,
    findings: &[Account<'_>],
    roll_up: Option<&RollUp>,
    shown: &mut Vec<Shown>,
    rule: usize,
) -> Result<(), Box<Diagnostic>> {
    let wanted = Verdict::from_words(&expect.verdict.text).unwrap_or(Verdict::CannotTell);
    let meant: Vec<&Account<'_>> = findings.iter().filter(|one| is_meant(expect, one)).collect();
    let whole = expect.subject.is_none() && expect.capacity.is_none() && expect.situation.is_none();
    if meant.is_empty() {
        let known: Vec<String> = findings.iter().map(name).collect();
        let message = format!("`{}` gives no verdict for this", expect.rule.text);
        let help = format!("it gives verdicts for {}", list(known.iter().map(String::as_str)));
        return Err(Box::new(Diagnostic::new(Code::E502, expect.place, message).help(help)));
    }
    let given = match (whole, roll_up) {
        (true, Some(roll_up)) => roll_up.verdict,
        _ => meant.iter().map(|one| one.finding.verdict).reduce(crate::engine::worse).unwrap_or(Verdict::CannotTell),
    };
    let deciding: Vec<&&Account<'_>> = meant.iter().filter(|one| one.finding.verdict == given).collect();
    let because = deciding.first().or(meant.first().as_ref()).map_or_else(String::new, |one| one.message());
    if given != wanted {
        let message = format!("the verdict is `{}`, not `{}`", given.words(), wanted.words());
        return Err(Box::new(
            Diagnostic::new(Code::E502, expect.place, message).here("expected here").help(format!("the reason given: {because}")),
        ));
    }
    shown.push(Shown::Verdict(rule, given.word()));
    for reason in &expect.reasons {
        let open = roll_up.is_some_and(|one| one.open && whole);
        let found = match reason {
            Reason::Limb(label) => deciding
                .iter()
                .flat_map(|one| one.deciding())
                .find(|limb| limb.label() == label.text)
                .map(|limb| (limb.label().to_owned(), truth_word(limb.truth))),
            Reason::Text(text) => {
                let inside = deciding.iter().any(|one| one.all_words().to_lowercase().contains(&text.text.to_lowercase()));
                (inside || open && "the list is not complete".contains(&text.text)).then(|| (String::new(), ""))
            }
        };
        match (found, reason) {
            (Some((label, truth)), Reason::Limb(_)) => shown.push(Shown::Limb(rule, label, truth)),
            (Some(_), Reason::Text(_)) => {}
            (None, Reason::Limb(name) | Reason::Text(name)) => {
                let reason = if matches!(reason, Reason::Limb(_)) { format!("({})", name.text) } else { format!("“{}”", name.text) };
                let message = format!("the verdict is `{}` as expected, but not because of {reason}", given.words());
                return Err(Box::new(Diagnostic::new(Code::E502, name.place, message).help(format!("the reason given: {because}"))));
            }
        }
    }
    Ok(())
}

fn truth_word(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "holds",
        Truth::No => "fails",
        Truth::Unknown => "unknown",
    }
}

fn is_meant(expect: &Expect, account: &Account<'_>) -> bool {
    let same = |wanted: &Option<crate::syntax::ast::Name>, given: Option<String>| {
        wanted.as_ref().is_none_or(|name| given.as_deref() == Some(name.text.as_str()))
    };
    same(&expect.subject, account.subject())
        && same(&expect.capacity, account.capacity())
        && match &expect.situation {
            Some(name) => {
                let same = account.finding.same_in.iter().copied().map(Some);
                std::iter::once(account.finding.situation)
                    .chain(same)
                    .any(|one| crate::engine::situation_names(account.world, one).contains(&name.text))
            }
            None => true,
        }
}

fn name(account: &Account<'_>) -> String {
    let mut text = account.subject().unwrap_or_else(|| "the State".to_owned());
    if let Some(capacity) = account.capacity() {
        text.push_str(&format!(" in {capacity}"));
    }
    if let Some(situation) = account.situation() {
        text.push_str(&format!(" during {situation}"));
    }
    text
}
