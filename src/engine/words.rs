//! What steps and gaps ask, in words: made from the model and the facts when it is shown, and never before.

use super::evaluate::name_of;
use super::proof::{Frame, Remark, Step, Wanted, What};
use super::world::{Bound, World};
use crate::facts::RowId;
use crate::model::ir::{Expr, Kind, Node, Operand};
use crate::reading::Reader;
use crate::values::Truth;

/// Reads conditions aloud in a frame: a variable that stands for a record is called by its name, one that stands for a term by its reading,
/// and any other by its letter.
pub fn reader<'w>(world: &World<'w>, frame: Frame<'_, '_>) -> Reader<'w> {
    let count = frame.variables.len().max(frame.bound.len());
    Reader { model: world.model, names: (0..count).map(|at| name(world, frame, at)).collect() }
}

fn name(world: &World<'_>, frame: Frame<'_, '_>, at: usize) -> String {
    let variable = frame.variables.get(at);
    let letter = || variable.map_or_else(String::new, |one| one.name.clone());
    match (frame.bound.get(at), variable.map(|one| one.kind)) {
        (Some(Bound::Row(row)), _) => name_of(world, *row),
        (Some(Bound::Term(term)), Some(Kind::Term(list))) => {
            let terms = &world.model.vocabulary.enumeration(list).terms;
            terms.get(*term as usize).map_or_else(letter, |term| term.reading.clone())
        }
        _ => letter(),
    }
}

/// What a step asks.
pub fn said(world: &World<'_>, step: Step<'_, '_>) -> String {
    let named = |bound: &Bound| if let Bound::Row(row) = bound { Some(name_of(world, *row)) } else { None };
    match step.what() {
        What::Nothing => String::new(),
        What::Node(node) => reader(world, step.frame()).node(node),
        What::Denied(node) => reader(world, step.frame()).denied(node),
        What::Test(bound, test) => {
            let node = Node { expr: Expr::Has(Operand::Slot(u16::MAX), vec![(*test).clone()]), place: test.place };
            format!("{}{}", named(bound).unwrap_or_default(), reader(world, step.frame()).node(&node))
        }
        What::Call(definition, arguments, positive) => {
            let mut text = if *positive { definition.read.clone() } else { definition.denied.clone() };
            for (variable, bound) in definition.variables.iter().zip(step.arguments(*arguments)) {
                text = text.replace(&format!("{{{}}}", variable.name), &named(bound).unwrap_or_else(|| variable.name.clone()));
            }
            text
        }
        What::Member { noun, row, perhaps } => {
            let (name, kind) = (name_of(world, *row), world.model.vocabulary.record(noun.record).name.replace('-', " "));
            match perhaps {
                true => format!("{kind} {name}, if it is one that is meant"),
                false if name.starts_with("the ") => name,
                false => format!("{kind} {name}"),
            }
        }
        What::Named(row) => name_of(world, *row),
        What::Goal(row) => format!("{} is where the chain must lead", name_of(world, *row)),
        What::Read(text) => (*text).to_owned(),
    }
}

/// A record that is asked for.
pub fn wanted(world: &World<'_>, wanted: &Wanted<'_>) -> String {
    reader(world, wanted.frame()).noun(wanted.noun)
}

/// A step that has one part of the same truth, and says the same or nothing more, gives way to it.
pub fn essence<'s, 'm>(world: &World<'_>, step: Step<'s, 'm>) -> Step<'s, 'm> {
    let mut parts = step.parts();
    let (Some(part), None) = (parts.next(), parts.next()) else { return step };
    if part.truth() != step.truth() {
        return step;
    }
    let (text, inner) = (said(world, step), said(world, part));
    if inner == text || text.is_empty() || inner.is_empty() && part.parts().count() == 1 { essence(world, part) } else { step }
}

/// What is to be said of a step besides; nothing for most.
pub fn remark(world: &World<'_>, step: Step<'_, '_>) -> String {
    match step.remark() {
        None => String::new(),
        Some(Remark::Complete(record)) => format!("the list of {} is complete", world.model.vocabulary.record(*record).list),
        Some(Remark::NotInForce) => "not in force on the day assessed".to_owned(),
        Some(Remark::NotStated(row)) => not_stated(world, *row),
        Some(Remark::Circle) => "the chain goes in a circle".to_owned(),
        Some(Remark::Words(words)) => words.to_string(),
    }
}

/// Why none of the evidence holds, in words.
fn not_stated(world: &World<'_>, row: RowId) -> String {
    let facts = world.facts;
    let all = facts.evidence(facts.row(row).evidence);
    let names: Vec<String> = all
        .iter()
        .filter_map(|one| one.provision)
        .map(|row| facts.name(row, &world.model.vocabulary.record(facts.row(row).record).list))
        .collect();
    let dated = all.iter().filter_map(|one| one.provision).any(|row| world.date_truth(row) == Truth::No);
    let why = if dated { "not in force on the day assessed" } else { "suspended in the situation assessed" };
    if names.is_empty() {
        "no evidence states it".to_owned()
    } else {
        format!("{} {} {why}", names.join(", "), if names.len() == 1 { "is" } else { "are" })
    }
}
