//! What only the rules can tell of a description: whether what it names of them is there, and whether what they cite was in effect on the
//! day. A description that fails here gets no verdict.

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::Facts;
use crate::model::Model;
use crate::model::ir::Instrument;
use crate::text::{Place, Span};
use crate::values::Date;

/// Waivers for rules that there are not. `elsewhere` gives the rules of packs that are not in the model; it is asked only where the model has
/// no such rule.
pub fn waivers<'a>(model: &Model, facts: &Facts, elsewhere: impl Fn() -> &'a [String]) -> Vec<Diagnostic> {
    let here = |id: &str| model.rules.iter().any(|rule| rule.id == id);
    let unknown = facts.waivers.iter().filter(|one| !here(&one.rule) && !elsewhere().contains(&one.rule));
    unknown
        .map(|one| {
            let names = model.rules.iter().map(|rule| rule.id.as_str()).chain(elsewhere().iter().map(String::as_str));
            let names: Vec<&str> = names.collect();
            let help = match nearest(&one.rule, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`ephor list rules` names them; rules of your own are known where `--pack` names their file".to_owned(),
            };
            Diagnostic::new(Code::E406, place(facts, one.rule_at), format!("there is no rule `{}` that could be waived", one.rule))
                .help(help)
        })
        .collect()
}

/// The first of the instruments that these rules cite (of all, where there are no rules) which took effect only after a day.
fn not_yet<'a>(model: &'a Model, rules: &[usize], day: Date) -> Option<&'a Instrument> {
    if rules.is_empty() {
        return model.instruments.iter().find(|one| day < one.from);
    }
    let cited = rules.iter().filter_map(|at| model.rules.get(*at)?.cites.first());
    cited.map(|one| &model.instruments[one.instrument]).find(|one| day < one.from)
}

/// A day that was asked for, on which what the rules cite was not in effect.
pub fn day_asked(model: &Model, rules: &[usize], day: Date) -> Option<Diagnostic> {
    let instrument = not_yet(model, rules, day)?;
    Some(Diagnostic::nowhere(Code::E419, message(instrument, day)).help(format!("ask for {} or a later day", instrument.from)))
}

/// The day of a description, if what the rules cite was not in effect on it.
pub fn day_described(model: &Model, rules: &[usize], facts: &Facts) -> Option<Diagnostic> {
    let given = facts.as_of_at != Span::default();
    let instrument = not_yet(model, rules, facts.as_of).filter(|_| given)?;
    let help =
        format!("describe the law of {0} or a later day; `--as-of {0}` asks what this description says of that day", instrument.from);
    Some(Diagnostic::new(Code::E419, place(facts, facts.as_of_at), message(instrument, facts.as_of)).help(help))
}

fn message(instrument: &Instrument, day: Date) -> String {
    format!("the {} took effect on {}; there are no verdicts for {day}", instrument.title, instrument.from)
}

fn place(facts: &Facts, span: Span) -> Place {
    Place { source: facts.source, span }
}
