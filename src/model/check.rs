//! Checks over the whole: what is declared and never used.

use super::ir::{Expr, Limbs, Modifier, Node, Noun, Operand, Target, Test, TestKind};
use super::{Builder, PackFile};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::Item;

impl Builder {
    pub(super) fn check(&mut self, files: &[PackFile]) {
        self.unused();
        self.unreachable(files);
        let items = || files.iter().flat_map(|file| &file.file.items);
        let settings = items().filter_map(|item| if let Item::Setting(one) = item { Some(one) } else { None });
        for given in self.model.scenarios.iter().map(|one| &one.text).chain(settings).flat_map(|one| &one.given) {
            if let crate::syntax::ast::Given::Setting(name) = given {
                self.used.settings.insert(name.text.clone());
            }
        }
        for item in items() {
            if let Item::Setting(setting) = item
                && !self.used.settings.contains(&setting.title.text) {
                    self.unused_one(setting.title.place, "setting", &setting.title.text);
                }
        }
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

    fn unused_one(&mut self, place: crate::text::Place, what: &str, name: &str) {
        let message = format!("the {what} `{name}` is never used");
        self.problems.push(Diagnostic::new(Code::W221, place, message).help("use it, or take it out"));
    }
}

/// Whether a condition speaks of the subject (slot 0) or its capacity.
pub(super) fn speaks_of_subject(node: &Node) -> bool {
    let operand = |operand: &Operand| *operand == Operand::Slot(0);
    match &node.expr {
        Expr::Block(limbs) => limbs_speak(limbs),
        Expr::Not(inner) | Expr::During(_, inner) | Expr::Always(inner) => speaks_of_subject(inner),
        Expr::Where(one, other) => speaks_of_subject(one) || speaks_of_subject(other),
        Expr::Records(_, noun, body) => noun_speaks(noun) || body.as_ref().is_some_and(|body| speaks_of_subject(body)),
        Expr::Terms(_, _, _, body) => speaks_of_subject(body),
        Expr::Has(subject, tests) => operand(subject) || tests.iter().any(test_speaks),
        Expr::Call(_, operands) => operands.iter().any(operand),
        Expr::Same(one, other) => operand(one) || operand(other),
        Expr::IsTerm(slot, _, _) => *slot == 0,
        Expr::Reaches(subject, target, _) => {
            operand(subject)
                || match target {
                    Target::Operand(one) => operand(one),
                    Target::Noun(noun) => noun_speaks(noun),
                }
        }
    }
}

fn limbs_speak(limbs: &Limbs) -> bool {
    limbs.limbs.iter().any(|limb| speaks_of_subject(&limb.node))
}

fn noun_speaks(noun: &Noun) -> bool {
    let operand = |operand: &Operand| *operand == Operand::Slot(0);
    noun.modifiers.iter().any(|modifier| match modifier {
        Modifier::Test(test) => test_speaks(test),
        Modifier::Is(_, operands, _, _) => operands.iter().any(operand),
        Modifier::Same(one, _, _) | Modifier::PartOf(one, _) => operand(one),
        Modifier::RestingOn(noun) => noun_speaks(noun),
        Modifier::Qualifier(_, _) => false,
    })
}

fn test_speaks(test: &Test) -> bool {
    match &test.kind {
        TestKind::Rows(_, operands) => operands.contains(&Operand::Slot(0)),
        TestKind::Nested(noun) => noun_speaks(noun),
        TestKind::Terms(_, _, slots) => slots.contains(&0),
        TestKind::Order(..) | TestKind::Scalars(..) | TestKind::Compare(..) | TestKind::Stated(_) => false,
    }
}
