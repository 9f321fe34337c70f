//! `ephor why`: the proof of one verdict, or of those on one paragraph.

use super::args::Why;
use super::screen::Screen;
use super::select::rules_named;
use super::{Exit, check, packs};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::tree;
use crate::text::Texts;

pub(super) fn run(options: &Why, screen: &mut Screen) -> Exit {
    let mut texts = Texts::default();
    let mut problems = Vec::new();
    let as_of = options.as_of.as_deref().and_then(|text| check::date(text, &mut problems));
    let mut names = packs::every();
    names.extend(options.packs.iter().cloned());
    let loaded = packs::load(&names, &mut texts);
    let model = loaded.model;
    let rules = rules_named(&model, options.rule.trim());
    if rules.is_empty() {
        let help = match nearest(&options.rule, model.rules.iter().map(|rule| rule.id.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a rule (`ephor list rules` has them) or a paragraph, as in `¶21`".to_owned(),
        };
        problems.extend(loaded.problems.into_iter().filter(Diagnostic::is_error));
        problems.push(Diagnostic::nowhere(Code::E605, format!("there is no rule `{}`", options.rule)).help(help));
        screen.problems(&problems, &texts);
        return Exit::Fault;
    }
    let (documents, wrong) = check::one(&options.file, rules, as_of, &mut texts, &model);
    problems.extend(wrong);
    problems.extend(documents.iter().flat_map(|one| one.problems.iter().cloned()));
    let (mut out, mut known) = (String::new(), Vec::new());
    for document in &documents {
        document.each(&model, |account| {
            known.extend(account.subject());
            if options.force.is_none() || account.subject() == options.force {
                out.push_str(&tree::write(account, &texts, screen.style));
                out.push('\n');
            }
        });
    }
    if let (Some(force), true) = (&options.force, out.is_empty() && problems.is_empty()) {
        known.sort();
        known.dedup();
        let help = if known.is_empty() {
            "the rule gives no verdict for a force here".to_owned()
        } else {
            format!("the rule gives verdicts for {}", list(known.iter().map(String::as_str)))
        };
        problems.push(Diagnostic::nowhere(Code::E605, format!("`{}` gives no verdict for `{force}`", options.rule)).help(help));
    }
    screen.problems(&problems, &texts);
    screen.out(&out);
    if problems.iter().any(Diagnostic::is_error) { Exit::Fault } else { Exit::Good }
}
