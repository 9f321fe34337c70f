//! Checks over the whole: what is declared and never used.

use super::ir::{Expr, Limbs, Modifier, Node, Noun, Operand, Slot, Target, Test, TestKind};
use super::{Builder, PackFile};
use crate::diagnostic::{Code, Diagnostic};

impl Builder {
    pub(super) fn check(&mut self, files: &[PackFile]) {
        self.unused();
        self.unreachable(files);
    }

    fn unused(&mut self) {
        let mut found = Vec::new();
        for one in self.model.parameters.iter().filter(|one| !self.used.parameters.contains(&one.name)) {
            found.push((one.place, "parameter", one.name.clone()));
        }
        for one in self.model.definitions.iter().filter(|one| !self.used.definitions.contains(&one.name)) {
            found.push((one.place, "definition", one.name.clone()));
        }
        for one in self.model.qualifiers.iter().filter(|one| !self.used.qualifiers.contains(&one.name)) {
            found.push((one.place, "qualifier", one.name.clone()));
        }
        for (at, one) in self.model.vocabulary.enumerations.iter().enumerate() {
            if !u16::try_from(at).is_ok_and(|id| self.used.enumerations.contains(&id)) {
                found.push((one.place, "list of terms", one.name.clone()));
            }
        }
        for (place, what, name) in found {
            self.unused_one(place, what, &name);
        }
    }

    pub(super) fn unused_one(&mut self, place: crate::text::Place, what: &str, name: &str) {
        let message = format!("the {what} `{name}` is never used");
        self.problems.push(Diagnostic::new(Code::W221, place, message).help("use it, or take it out"));
    }
}

/// Whether a condition speaks of one of these variables: the subject, or its capacity.
pub(super) fn speaks_of(node: &Node, slots: &[Slot]) -> bool {
    let operand = |operand: &Operand| is_one_of(operand, slots);
    match &node.expr {
        Expr::Block(limbs) => limbs_speak(limbs, slots),
        Expr::Not(inner) | Expr::During(_, inner) | Expr::Always(inner) => speaks_of(inner, slots),
        Expr::Where(one, other) => speaks_of(one, slots) || speaks_of(other, slots),
        Expr::Records(_, noun, body) => noun_speaks(noun, slots) || body.as_ref().is_some_and(|body| speaks_of(body, slots)),
        Expr::Terms(_, _, _, body) => speaks_of(body, slots),
        Expr::Has(subject, tests) => operand(subject) || tests.iter().any(|test| test_speaks(test, slots)),
        Expr::Call(_, operands) => operands.iter().any(operand),
        Expr::Same(one, other) => operand(one) || operand(other),
        Expr::IsTerm(slot, _, _) => slots.contains(slot),
        Expr::Reaches(subject, target, _) => {
            operand(subject)
                || match target {
                    Target::Operand(one) => operand(one),
                    Target::Noun(noun) => noun_speaks(noun, slots),
                }
        }
    }
}

fn limbs_speak(limbs: &Limbs, slots: &[Slot]) -> bool {
    limbs.limbs.iter().any(|limb| speaks_of(&limb.node, slots))
}

fn noun_speaks(noun: &Noun, slots: &[Slot]) -> bool {
    let operand = |operand: &Operand| is_one_of(operand, slots);
    noun.modifiers.iter().any(|modifier| match modifier {
        Modifier::Test(test) => test_speaks(test, slots),
        Modifier::Is(_, operands, _, _) => operands.iter().any(operand),
        Modifier::Same(one, _, _) | Modifier::PartOf(one, _) => operand(one),
        Modifier::RestingOn(noun) => noun_speaks(noun, slots),
        Modifier::Qualifier(_, _) => false,
    })
}

fn test_speaks(test: &Test, slots: &[Slot]) -> bool {
    match &test.kind {
        TestKind::Rows(_, operands) => operands.iter().any(|one| is_one_of(one, slots)),
        TestKind::Nested(noun) => noun_speaks(noun, slots),
        TestKind::Terms(_, _, asked) => asked.iter().any(|slot| slots.contains(slot)),
        TestKind::Order(..) | TestKind::Scalars(..) | TestKind::Compare(..) | TestKind::Stated(_) => false,
    }
}

fn is_one_of(operand: &Operand, slots: &[Slot]) -> bool {
    matches!(operand, Operand::Slot(slot) if slots.contains(slot))
}
