//! Variables that are in sight, and what was used.

use std::collections::HashSet;

use super::Builder;
use super::ir::{Kind, Operand, Slot, Variable};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Name, Subject};
use crate::vocabulary::{AttributeId, EnumId, RecordId};

/// What rule text used, for warnings about what it did not.
#[derive(Default)]
pub(super) struct Used {
    pub(super) enumerations: HashSet<EnumId>,
    pub(super) attributes: HashSet<(RecordId, AttributeId)>,
    pub(super) parameters: HashSet<String>,
    pub(super) definitions: HashSet<String>,
    pub(super) qualifiers: HashSet<String>,
    pub(super) settings: HashSet<String>,
}

/// The variables of one rule or definition. Each noun gets a slot of its own; names go out of sight with the condition that brought them.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) variables: Vec<Variable>,
    visible: Vec<(String, Slot)>,
    /// Whether what is read is what lowers a verdict: only there do observations belong.
    pub(super) lowering: bool,
}

impl Scope {
    /// A new slot, in sight under its name if it has one.
    pub(super) fn bind(&mut self, name: &str, kind: Kind) -> Slot {
        let slot = Slot::try_from(self.variables.len()).unwrap_or(Slot::MAX);
        self.variables.push(Variable { name: name.to_owned(), kind });
        if !name.is_empty() {
            self.visible.push((name.to_owned(), slot));
        }
        slot
    }

    /// A mark to return to.
    pub(super) fn mark(&self) -> usize {
        self.visible.len()
    }

    /// Takes out of sight what came since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.visible.truncate(mark);
    }

    pub(super) fn find(&self, name: &str) -> Option<Slot> {
        self.visible.iter().rev().find(|(known, _)| known == name).map(|(_, slot)| *slot)
    }

    pub(super) fn kind(&self, slot: Slot) -> Option<Kind> {
        self.variables.get(slot as usize).map(|one| one.kind)
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.visible.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl Builder {
    /// A variable in sight; says so if there is none.
    pub(super) fn variable(&mut self, name: &Name, scope: &Scope) -> Option<Slot> {
        let found = scope.find(&name.text);
        if found.is_none() {
            let names = scope.names();
            let help = if names.is_empty() {
                "no variable is in sight here; name one in `for every …`, or in a noun as in `a body B`".to_owned()
            } else {
                did_you_mean(&name.text, names.iter().copied())
            };
            self.problems
                .push(Diagnostic::new(Code::E205, name.place, format!("the variable `{}` stands for nothing here", name.text)).help(help));
        }
        found
    }

    /// What a condition speaks of, with its kind.
    pub(super) fn operand(&mut self, subject: &Subject, scope: &Scope) -> Option<(Operand, Kind)> {
        match subject {
            Subject::Variable(name) => {
                let slot = self.variable(name, scope)?;
                scope.kind(slot).map(|kind| (Operand::Slot(slot), kind))
            }
            Subject::The(name) => {
                let record = self.record(name)?;
                if self.vocabulary().frame.state == Some(record) {
                    return Some((Operand::State, Kind::Record(record)));
                }
                let message = format!("there is more than one {}: `the {}` does not say which", name.text, name.text);
                self.problems.push(Diagnostic::new(Code::E205, name.place, message).help("use a variable"));
                None
            }
        }
    }

    /// A kind in words.
    pub(super) fn kind_words(&self, kind: Kind) -> String {
        match kind {
            Kind::Record(id) => format!("a {}", self.vocabulary().record(id).name),
            Kind::Term(id) => format!("a term of {}", self.vocabulary().enumeration(id).name),
        }
    }
}
