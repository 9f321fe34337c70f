//! Questionnaires: each item names rules that are there and an attribute of the subject.

use super::ir::{AskedItem, Questionnaire};
use super::{Builder, PackFile};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, Item, Name};
use crate::vocabulary::Slot;

impl Builder {
    /// Questionnaires, after the rules that they name.
    pub(super) fn questionnaires(&mut self, files: &[PackFile]) {
        for item in files.iter().flat_map(|file| &file.file.items) {
            let Item::Questionnaire(one) = item else { continue };
            let items = one.items.iter().map(|item| self.asked_item(item, files)).collect();
            self.model.questionnaires.push(Questionnaire { title: one.title.text.clone(), items });
        }
    }

    fn asked_item(&mut self, item: &ast::AskedItem, files: &[PackFile]) -> AskedItem {
        let rules = item.from.iter().filter_map(|id| self.asked_rule(id, files)).collect();
        let by = item.by.as_ref().and_then(|name| self.asked_by(name));
        AskedItem { number: item.number.text.clone(), topic: item.topic.text.clone(), by, rules }
    }

    /// The rule of this id. One that was left out for its own mistake is not called unknown as well.
    fn asked_rule(&mut self, id: &Name, files: &[PackFile]) -> Option<usize> {
        let found = self.model.rules.iter().position(|rule| rule.id == id.text);
        let written = |item: &Item| if let Item::Rule(rule) = item { rule.id.text == id.text } else { false };
        if found.is_none() && !files.iter().flat_map(|file| &file.file.items).any(written) {
            let help = did_you_mean(&id.text, self.model.rules.iter().map(|rule| rule.id.as_str()));
            self.problems.push(Diagnostic::new(Code::E202, id.place, format!("there is no rule `{}`", id.text)).help(help));
        }
        found
    }

    fn asked_by(&mut self, name: &Name) -> Option<Slot> {
        let subject = self.model.vocabulary.frame.subject?;
        let record = self.model.vocabulary.record(subject);
        let found = record.attribute(&name.text);
        if found.is_none() {
            let message = format!("{} has no attribute `{}`", record.name, name.text);
            let help = did_you_mean(&name.text, record.attributes.iter().map(|one| one.name.as_str()));
            self.problems.push(Diagnostic::new(Code::E202, name.place, message).help(help));
        }
        found.map(|attribute| (subject, attribute))
    }
}
