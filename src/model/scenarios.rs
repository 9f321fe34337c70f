//! Scenarios are kept as written; they become descriptions when they are run.

use std::collections::{HashMap, HashSet};

use super::ir::Scenario;
use super::{Builder, PackFile};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Given, Item};
use crate::text::Place;

impl Builder {
    pub(super) fn scenarios(&mut self, files: &[PackFile]) {
        let mut titles: HashMap<String, Place> = HashMap::new();
        for file in files {
            for item in &file.file.items {
                let (Item::Setting(one) | Item::Scenario(one)) = item else { continue };
                if self.taken(&one.title, titles.get(&one.title.text).copied(), "the story") {
                    continue;
                }
                titles.insert(one.title.text.clone(), one.title.place);
                if let Item::Setting(setting) = item {
                    self.model.settings.insert(setting.title.text.clone(), setting.given.clone());
                } else {
                    self.model.scenarios.push(Scenario { pack: file.pack.clone(), text: one.clone() });
                }
            }
        }
        // A rule that was left out for its own mistake is not called unknown as well.
        let left_out: HashSet<&str> = files
            .iter()
            .flat_map(|file| &file.file.items)
            .filter_map(|item| if let Item::Rule(rule) = item { Some(rule.id.text.as_str()) } else { None })
            .collect();
        let settings =
            files.iter().flat_map(|file| &file.file.items).filter_map(|item| if let Item::Setting(one) = item { Some(one) } else { None });
        self.circles_of_settings(settings.clone());
        self.references(&left_out, &settings.flat_map(|one| &one.given).collect::<Vec<_>>());
        for item in files.iter().flat_map(|file| &file.file.items) {
            match item {
                Item::Setting(setting) if !self.used.settings.contains(&setting.title.text) => {
                    self.unused_one(setting.title.place, "setting", &setting.title.text)
                }
                _ => {}
            }
        }
    }

    /// Settings that would have to be told before themselves.
    fn circles_of_settings<'a>(&mut self, settings: impl Iterator<Item = &'a crate::syntax::ast::Scenario>) {
        let settings: Vec<_> = settings.collect();
        let inner = |given: &'a [Given]| {
            given.iter().filter_map(|one| if let Given::Setting(name) = one { Some(name.text.as_str()) } else { None }).collect()
        };
        let names: Vec<&str> = settings.iter().map(|one| one.title.text.as_str()).collect();
        let uses: Vec<Vec<&str>> = settings.iter().map(|one| inner(&one.given)).collect();
        let (_, left) = super::order::in_rounds(&names, &uses);
        for title in left.into_iter().map(|at| &settings[at].title) {
            let message = format!("the setting “{}” tells itself, directly or through others", title.text);
            self.problems.push(Diagnostic::new(Code::E208, title.place, message).help("take one `given the setting …` out"));
        }
    }

    /// Settings and rules that scenarios name.
    fn references(&mut self, written: &HashSet<&str>, files_given: &[&Given]) {
        let mut settings: Vec<&str> = self.model.settings.keys().map(String::as_str).collect();
        settings.sort_unstable();
        let rules: Vec<&str> = self.model.rules.iter().map(|rule| rule.id.as_str()).collect();
        let mut problems = Vec::new();
        let told: Vec<&Given> = self.model.scenarios.iter().flat_map(|one| one.text.given.iter()).collect();
        for given in files_given.iter().copied().chain(told) {
            if let Given::Setting(name) = given {
                self.used.settings.insert(name.text.clone());
                if settings.binary_search(&name.text.as_str()).is_err() {
                    let message = format!("there is no setting “{}”", name.text);
                    problems
                        .push(Diagnostic::new(Code::E202, name.place, message).help(did_you_mean(&name.text, settings.iter().copied())));
                }
            }
        }
        for scenario in &self.model.scenarios {
            for expect in &scenario.text.expect {
                if !rules.contains(&expect.rule.text.as_str()) && !written.contains(expect.rule.text.as_str()) {
                    let message = format!("there is no rule `{}` that could be used", expect.rule.text);
                    problems.push(
                        Diagnostic::new(Code::E503, expect.rule.place, message)
                            .help(did_you_mean(&expect.rule.text, rules.iter().copied())),
                    );
                }
            }
            if scenario.text.expect.is_empty() {
                let message = "the scenario expects nothing";
                problems.push(
                    Diagnostic::new(Code::E501, scenario.text.title.place, message)
                        .help("add `expect RULE for SUBJECT: VERDICT because (a)`"),
                );
            }
        }
        self.problems.extend(problems);
    }
}
