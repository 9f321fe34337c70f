//! Definitions and qualifiers: each may use the others, and none itself.

use std::collections::{HashMap, HashSet};

use super::ir::{Definition, Expr, Node, Qualifier};
use super::scope::Scope;
use super::{Builder, PackFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, ConditionKind, Is, Item, Name};
use crate::text::Place;

/// A definition or a qualifier: each may use the others.
enum Named<'a> {
    Definition(&'a ast::Definition),
    Qualifier(&'a ast::Qualifier),
}

impl<'a> Named<'a> {
    fn name(&self) -> &'a Name {
        match self {
            Named::Definition(one) => &one.name,
            Named::Qualifier(one) => &one.name,
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Named::Definition(_) => "the definition",
            Named::Qualifier(_) => "the qualifier",
        }
    }

    /// The names of definitions and qualifiers that it uses.
    fn uses(&self) -> Vec<&'a Name> {
        let mut found = Vec::new();
        match self {
            Named::Definition(one) => one.limbs.limbs.iter().for_each(|limb| uses_condition(&limb.condition, &mut found)),
            Named::Qualifier(one) => uses_noun(&one.resting_on, &mut found),
        }
        found
    }
}

impl Builder {
    /// Definitions and qualifiers in an order in which each uses only earlier ones; circles are said and left out.
    pub(super) fn named_conditions(&mut self, files: &[PackFile]) {
        let mut waiting: Vec<Named<'_>> = Vec::new();
        let definitions = self.model.definitions.iter().map(|one| (one.name.clone(), one.place));
        let qualifiers = self.model.qualifiers.iter().map(|one| (one.name.clone(), one.place));
        let mut first: HashMap<String, Place> = definitions.chain(qualifiers).collect();
        for item in files.iter().flat_map(|file| &file.file.items) {
            let named = match item {
                Item::Definition(definition) => Named::Definition(definition),
                Item::Qualifier(qualifier) => Named::Qualifier(qualifier),
                _ => continue,
            };
            let name = named.name();
            if !self.taken(name, first.get(&name.text).copied(), named.what()) {
                first.insert(name.text.clone(), name.place);
                waiting.push(named);
            }
        }
        let names: Vec<&str> = waiting.iter().map(|one| one.name().text.as_str()).collect();
        let uses: Vec<Vec<&str>> = waiting.iter().map(|one| one.uses().into_iter().map(|name| name.text.as_str()).collect()).collect();
        let (order, left) = super::order::in_rounds(&names, &uses);
        for named in order.into_iter().map(|at| &waiting[at]) {
            let made = match named {
                Named::Definition(definition) => self.definition(definition),
                Named::Qualifier(qualifier) => self.qualifier(qualifier),
            };
            if made.is_none() {
                self.left_out.insert(named.name().text.clone());
            }
        }
        let left: Vec<&Named<'_>> = left.into_iter().map(|at| &waiting[at]).collect();
        self.circles(&left);
    }

    fn circles(&mut self, left: &[&Named<'_>]) {
        let names: HashSet<&str> = left.iter().map(|one| one.name().text.as_str()).collect();
        self.left_out.extend(names.iter().map(|name| (*name).to_owned()));
        for named in left {
            let used = named.uses().into_iter().find(|used| names.contains(used.text.as_str()));
            let message = format!("{} `{}` uses itself, directly or through others", named.what(), named.name().text);
            let mut diagnostic = Diagnostic::new(Code::E208, named.name().place, message).help("say one of them without the other");
            if let Some(used) = used {
                diagnostic = diagnostic.also(used.place, "through this");
            }
            self.problems.push(diagnostic);
        }
    }

    fn qualifier(&mut self, qualifier: &ast::Qualifier) -> Option<()> {
        let noun = self.evidence_noun(&qualifier.resting_on, &mut Scope::default())?;
        let name = qualifier.name.text.clone();
        self.model.qualifiers.push(Qualifier { name, read: qualifier.read.clone(), noun, place: qualifier.name.place });
        Some(())
    }

    fn definition(&mut self, definition: &ast::Definition) -> Option<()> {
        let mut scope = Scope::default();
        for name in &definition.order {
            let Some(typed) = definition.variables.iter().find(|one| one.name.text == name.text) else {
                let message = format!("`{}` is not said to be anything", name.text);
                self.problems.push(
                    Diagnostic::new(Code::E205, name.place, message).help(format!("add it after `for`, as in `for a body {}`", name.text)),
                );
                return None;
            };
            let kind = self.kind(&typed.kind)?;
            scope.bind(&name.text, kind);
        }
        let known: Vec<&str> = definition.order.iter().map(|name| name.text.as_str()).collect();
        self.placeholders(&definition.read, &known);
        self.placeholders(&definition.denied, &known);
        let arguments = definition.order.len();
        self.letters(&definition.limbs);
        let limbs = self.limbs(&definition.limbs, &mut scope)?;
        self.model.definitions.push(Definition {
            name: definition.name.text.clone(),
            variables: scope.variables,
            arguments,
            read: definition.read.text.clone(),
            denied: definition.denied.text.clone(),
            body: Node { expr: Expr::Block(limbs), place: definition.name.place },
            place: definition.name.place,
        });
        Some(())
    }
}

fn uses_condition<'a>(condition: &'a ast::Condition, found: &mut Vec<&'a Name>) {
    match &condition.kind {
        ConditionKind::Where(one, other) => {
            uses_condition(one, found);
            uses_condition(other, found);
        }
        ConditionKind::During(_, inner) | ConditionKind::Always(inner) | ConditionKind::Not(inner) => uses_condition(inner, found),
        ConditionKind::For(_, noun, inner) => {
            uses_noun(noun, found);
            uses_condition(inner, found);
        }
        ConditionKind::There(_, noun) => uses_noun(noun, found),
        ConditionKind::Block(_, limbs) => limbs.limbs.iter().for_each(|limb| uses_condition(&limb.condition, found)),
        ConditionKind::Has(_, tests) => tests.iter().for_each(|test| uses_test(test, found)),
        ConditionKind::HasNot(_, test) => uses_test(test, found),
        ConditionKind::Is(_, is) | ConditionKind::IsNot(_, is) => uses_is(is, found),
        ConditionKind::Reaches(_, ast::Target::Noun(noun), _, _) => uses_noun(noun, found),
        ConditionKind::Reaches(_, ast::Target::Subject(_), _, _) => {}
    }
}

fn uses_is<'a>(is: &'a Is, found: &mut Vec<&'a Name>) {
    if let Is::Named(name, _) = is {
        found.push(name);
    }
}

fn uses_test<'a>(test: &'a ast::Test, found: &mut Vec<&'a Name>) {
    if let ast::TestKind::Nested(noun) = &test.kind {
        uses_noun(noun, found);
    }
}

fn uses_noun<'a>(noun: &'a ast::Noun, found: &mut Vec<&'a Name>) {
    for modifier in &noun.modifiers {
        match modifier {
            ast::Modifier::Test(test) => uses_test(test, found),
            ast::Modifier::ThatIs(is, _) => uses_is(is, found),
            ast::Modifier::RestingOn(noun) => uses_noun(noun, found),
            ast::Modifier::Qualifier(name) => found.push(name),
            ast::Modifier::OtherThan(_) | ast::Modifier::PartOf(_) | ast::Modifier::InFact(_) => {}
        }
    }
}
