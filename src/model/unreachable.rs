//! Limbs that can never decide anything.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{Builder, PackFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Condition, ConditionKind, HowMany, Item, Limb, Limbs, Noun, Outcome, Rule};
use crate::text::Place;

impl Builder {
    /// A limb that repeats an earlier one of the same list decides nothing, and neither does one that asks for at least none. What was left
    /// out for a mistake is not looked at.
    pub(super) fn unreachable(&mut self, files: &[PackFile]) {
        let whole: HashSet<Place> =
            self.model.rules.iter().map(|one| one.head).chain(self.model.definitions.iter().map(|one| one.place)).collect();
        let mut found = Vec::new();
        for item in files.iter().flat_map(|file| &file.file.items) {
            match item {
                Item::Rule(rule) if whole.contains(&rule.id.place) => of_rule(rule, &mut found),
                Item::Definition(definition) if whole.contains(&definition.name.place) => of_limbs(&definition.limbs, &mut found),
                _ => {}
            }
        }
        self.problems.extend(found);
    }
}

fn of_rule(rule: &Rule, found: &mut Vec<Diagnostic>) {
    of_limbs(&rule.duty.limbs, found);
    for exception in &rule.exceptions {
        of_condition(&exception.condition, found);
        if let Outcome::Substitute { duty: Some(duty), .. } = &exception.outcome {
            of_limbs(&duty.limbs, found);
        }
    }
    if let Some(lowered) = &rule.lowered {
        of_condition(lowered, found);
    }
}

fn of_limbs(limbs: &Limbs, found: &mut Vec<Diagnostic>) {
    let asked: Vec<(&Limb, OnceCell<String>)> = limbs.limbs.iter().map(|limb| (limb, OnceCell::new())).collect();
    for (at, one) in asked.iter().enumerate() {
        let limb = one.0;
        let same = |first: &&(&Limb, OnceCell<String>)| could_be_same(&first.0.condition, &limb.condition) && made(first) == made(one);
        if let Some((first, _)) = asked.iter().take(at).find(same) {
            let message = format!("limb ({}) asks the same as limb ({}), so it never decides anything", limb.label.text, first.label.text);
            let diagnostic = Diagnostic::new(Code::W222, limb.condition.place, message).also(first.condition.place, "asked here");
            found.push(diagnostic.help("take one of them out, or say what is different"));
        }
        of_condition(&limb.condition, found);
    }
}

/// The shape of what a limb asks, made when it is first needed.
fn made<'s>((limb, made): &'s (&Limb, OnceCell<String>)) -> &'s str {
    made.get_or_init(|| shape(&limb.condition))
}

/// Whether it is worth looking closer: most conditions differ in how they begin.
fn could_be_same(one: &Condition, other: &Condition) -> bool {
    let noun = |one: &Noun, other: &Noun| one.kind.text == other.kind.text && one.modifiers.len() == other.modifiers.len();
    match (&one.kind, &other.kind) {
        (ConditionKind::Has(_, one), ConditionKind::Has(_, other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.attribute.text == other.attribute.text)
        }
        (ConditionKind::For(_, one, _), ConditionKind::For(_, other, _))
        | (ConditionKind::There(_, one), ConditionKind::There(_, other)) => noun(one, other),
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

fn of_condition(condition: &Condition, found: &mut Vec<Diagnostic>) {
    match &condition.kind {
        ConditionKind::Where(one, other) => {
            of_condition(one, found);
            of_condition(other, found);
        }
        ConditionKind::During(_, inner) | ConditionKind::Always(inner) | ConditionKind::Not(inner) => of_condition(inner, found),
        ConditionKind::For(how, _, inner) => {
            at_least_none(how, condition, found);
            of_condition(inner, found);
        }
        ConditionKind::There(how, _) => at_least_none(how, condition, found),
        ConditionKind::Block(_, limbs) => of_limbs(limbs, found),
        ConditionKind::Has(..)
        | ConditionKind::HasNot(..)
        | ConditionKind::Is(..)
        | ConditionKind::IsNot(..)
        | ConditionKind::Reaches(..) => {}
    }
}

fn at_least_none(how: &HowMany, condition: &Condition, found: &mut Vec<Diagnostic>) {
    if let HowMany::AtLeast(number) = how
        && number.text.bytes().all(|digit| digit == b'0')
    {
        found.push(Diagnostic::new(Code::W222, condition.place, "at least none is always so").help("ask for at least 1"));
    }
}

/// A condition without its places, for comparison.
fn shape(condition: &Condition) -> String {
    let text = format!("{:?}", condition.kind);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, tail)) = rest.split_once("Place {") {
        out.push_str(before);
        rest = tail.split_once("} }").map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    out
}
