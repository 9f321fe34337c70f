//! Which facts a rule asks: every attribute that its conditions test, by itself or through a definition or a demand on evidence. Finds them in
//! the tree of conditions; evaluates nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Handbook, words};
use crate::model::Model;
use crate::model::ir::{
    Expr, Kind, Limbs, Modifier, Node, Noun, Operand, Outcome, Rule, Selection, Target, Test, TestKind, Variable, references,
};
use crate::vocabulary::{Attribute, AttributeId, RecordId, Type};

/// What a rule asks.
struct Asked<'a> {
    model: &'a Model,
    attributes: BTreeMap<RecordId, BTreeSet<AttributeId>>,
    definitions: BTreeSet<u32>,
}

/// The facts that a rule needs, one line a record: each attribute with its question.
pub(super) fn lines(handbook: &Handbook<'_>, rule: &Rule) -> Vec<String> {
    let vocabulary = &handbook.model.vocabulary;
    let asked = of_rule(handbook.model, rule);
    let each = asked.attributes.iter().filter(|(_, attributes)| !attributes.is_empty());
    each.map(|(id, attributes)| {
        let record = vocabulary.record(*id);
        let all: Vec<String> = attributes
            .iter()
            .map(|at| &record.attributes[*at as usize])
            .map(|one| format!("{} ({})", words(&one.name), question(handbook.model, &record.attributes, one)))
            .collect();
        format!("*{}*: {}", words(&record.name), all.join(", "))
    })
    .collect()
}

/// A question about a record without a name: `{holder}` is “the body”.
fn question(model: &Model, attributes: &[Attribute], asked: &Attribute) -> String {
    let mut text = asked.question.clone();
    for one in attributes {
        let names = references(&one.ty).unwrap_or_default();
        let names: Vec<String> = names.iter().map(|id| words(&model.vocabulary.record(*id).name)).collect();
        text = text.replace(&format!("{{{}}}", one.name), &format!("the {}", names.join(" or ")));
    }
    text
}

/// Whether the text of a rule, or of a definition that it uses, names this parameter.
pub(super) fn mentions(handbook: &Handbook<'_>, rule: &Rule, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let named = |text: &str| text.split(|c: char| !is_part(c)).any(|word| word == name);
    let text = |place: crate::text::Place| handbook.texts.get(place.source).map(|source| (&source.text, place.span));
    if text(rule.place).is_some_and(|(text, span)| named(span.of(text))) {
        return true;
    }
    let used = of_rule(handbook.model, rule).definitions;
    let definitions = used.iter().filter_map(|id| handbook.model.definitions.get(*id as usize));
    definitions.filter_map(|one| text(one.place)).any(|(text, span)| {
        let body = text.get(span.start as usize..).unwrap_or("");
        named(body.split("\nend").next().unwrap_or(""))
    })
}

fn of_rule<'a>(model: &'a Model, rule: &'a Rule) -> Asked<'a> {
    let mut asked = Asked { model, attributes: BTreeMap::new(), definitions: BTreeSet::new() };
    let variables = rule.variables.as_slice();
    if let Selection::Every { noun, .. } = &rule.selection {
        asked.noun(noun, variables);
    }
    asked.limbs(&rule.limbs, variables);
    if let Some(floor) = rule.floor.and_then(|id| model.qualifiers.get(id as usize)) {
        asked.noun(&floor.noun, &[]);
    }
    for exception in &rule.exceptions {
        asked.node(&exception.condition, variables);
        if let Outcome::Substitute { instead: Some(limbs), .. } = &exception.outcome {
            asked.limbs(limbs, variables);
        }
    }
    if let Some(lowered) = &rule.lowered {
        asked.node(lowered, variables);
    }
    asked
}

impl Asked<'_> {
    fn add(&mut self, record: RecordId, attribute: AttributeId) {
        self.attributes.entry(record).or_default().insert(attribute);
    }

    fn limbs(&mut self, limbs: &Limbs, variables: &[Variable]) {
        limbs.limbs.iter().for_each(|limb| self.node(&limb.node, variables));
    }

    fn node(&mut self, node: &Node, variables: &[Variable]) {
        match &node.expr {
            Expr::Block(limbs) => self.limbs(limbs, variables),
            Expr::Not(inner) | Expr::Always(inner) => self.node(inner, variables),
            Expr::During(_, inner) => {
                if let Some((record, attribute)) = self.model.vocabulary.frame.situation {
                    self.add(record, attribute);
                }
                self.node(inner, variables);
            }
            Expr::Where(guard, inner) => {
                self.node(guard, variables);
                self.node(inner, variables);
            }
            Expr::Records(_, noun, body) => {
                self.noun(noun, variables);
                if let Some(body) = body {
                    self.node(body, variables);
                }
            }
            Expr::Terms(_, _, _, body) => self.node(body, variables),
            Expr::Has(_, tests) => tests.iter().for_each(|test| self.test(test, variables)),
            Expr::Call(id, _) => self.definition(*id),
            Expr::Same(..) | Expr::IsTerm(..) => {}
            Expr::Reaches(from, target, through) => {
                self.chain(*from, through, variables);
                if let Target::Noun(noun) = target {
                    self.noun(noun, variables);
                }
            }
        }
    }

    fn noun(&mut self, noun: &Noun, variables: &[Variable]) {
        self.attributes.entry(noun.record).or_default();
        for modifier in &noun.modifiers {
            match modifier {
                Modifier::Test(test) => self.test(test, variables),
                Modifier::Is(id, ..) => self.definition(*id),
                Modifier::Same(..) => {}
                Modifier::PartOf(owner, _) => {
                    if let Some(owner) = self.kind(*owner, variables) {
                        let all = self.model.vocabulary.record(owner).attributes.iter();
                        let at = all.clone().position(|one| one.ty == Type::Parts(noun.record));
                        at.and_then(|at| AttributeId::try_from(at).ok()).into_iter().for_each(|at| self.add(owner, at));
                    }
                }
                Modifier::RestingOn(noun) => self.noun(noun, variables),
                Modifier::Qualifier(id, _) => {
                    if let Some(one) = self.model.qualifiers.get(*id as usize) {
                        self.noun(&one.noun, &[]);
                    }
                }
            }
        }
    }

    fn test(&mut self, test: &Test, variables: &[Variable]) {
        self.add(test.record, test.attribute);
        if let TestKind::Nested(noun) = &test.kind {
            self.noun(noun, variables);
        }
    }

    fn definition(&mut self, id: u32) {
        if let (true, Some(one)) = (self.definitions.insert(id), self.model.definitions.get(id as usize)) {
            self.node(&one.body, &one.variables);
        }
    }

    fn kind(&self, operand: Operand, variables: &[Variable]) -> Option<RecordId> {
        match operand {
            Operand::State => self.model.vocabulary.frame.state,
            Operand::Slot(slot) => match variables.get(slot as usize)?.kind {
                Kind::Record(record) => Some(record),
                Kind::Term(_) => None,
            },
        }
    }

    /// The attributes along which a chain runs, on each kind of record that it can come to.
    fn chain(&mut self, from: Operand, through: &[String], variables: &[Variable]) {
        let mut ahead: Vec<RecordId> = self.kind(from, variables).into_iter().collect();
        let mut seen: BTreeSet<RecordId> = BTreeSet::new();
        while let Some(id) = ahead.pop() {
            if !seen.insert(id) {
                continue;
            }
            let record = self.model.vocabulary.record(id);
            for at in through.iter().filter_map(|name| record.attribute(name)) {
                self.add(id, at);
                ahead.extend(references(&record.attributes[at as usize].ty).unwrap_or_default());
            }
        }
    }
}
