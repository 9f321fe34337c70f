//! What the grammar found → syntax tree, one function for each grammar rule.

mod conditions;
mod rules;
mod scenarios;
mod vocabulary;

use super::ast::{File, Item};
use super::grammar::{self, Cursor, Rule};
use super::{depth, problems};
use crate::diagnostic::Diagnostic;
use crate::text::{Place, SourceId, Span};

/// Where trees are built: which text, and what was found wrong on the way.
pub(super) struct Builder {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) depth: usize,
}

/// `file`
pub(super) fn file(text: &str, source: SourceId) -> (File, Vec<Diagnostic>) {
    let mut builder = Builder { problems: Vec::new(), depth: 0 };
    let mut file = File::default();
    let (text, deep) = depth::bounded(text);
    builder.problems.extend(deep.iter().map(|one| problems::too_deep(source, one.at)));
    file.unread.extend(deep.iter().map(|one| Place { source, span: one.item }));
    let text = text.as_ref();
    match grammar::run(Rule::file, text) {
        Ok(pairs) => {
            for pair in pairs.flat_map(|pair| pair.into_inner()) {
                let glued = if pair.as_rule() == Rule::item { grammar::glued(pair.clone()) } else { None };
                let node = Cursor::new(source, 0, pair);
                let (place, faults) = (node.place(), builder.problems.len());
                match node.rule() {
                    Rule::item if glued.is_some() => builder.problems.extend(glued.map(|at| problems::glued(text, source, at))),
                    Rule::item => {
                        // What stands for a literal or condition that could not be taken must never be used.
                        if let Some(item) = builder.item(node).filter(|_| builder.problems.len() == faults) {
                            file.items.push(item);
                            file.read.push(place);
                        }
                    }
                    Rule::broken => builder.problems.push(problems::broken(text, source, place.span)),
                    _ => {}
                }
                file.unread.extend((builder.problems.len() > faults).then_some(place));
            }
        }
        Err(error) => {
            builder.problems.push(problems::of_file(&error, text, source));
            file.unread.push(Place { source, span: Span::new(0, text.len()) });
        }
    }
    (file, builder.problems)
}

/// A file without its stories. Where anything is wrong with it, the whole file is read as any other is.
pub(super) fn law(text: &str, source: SourceId) -> (File, Vec<Diagnostic>) {
    let mut builder = Builder { problems: Vec::new(), depth: 0 };
    let mut law = File::default();
    for (base, piece) in depth::without_stories(text) {
        let Ok(pairs) = grammar::run(Rule::file, piece) else { return file(text, source) };
        for pair in pairs.flat_map(|pair| pair.into_inner()) {
            match pair.as_rule() {
                Rule::item => law.items.extend(builder.item(Cursor::new(source, base, pair))),
                Rule::broken => return file(text, source),
                _ => {}
            }
        }
    }
    if builder.problems.is_empty() { (law, Vec::new()) } else { file(text, source) }
}

impl Builder {
    fn item(&mut self, mut node: Cursor<'_>) -> Option<Item> {
        let inner = node.next()?;
        Some(match inner.rule() {
            Rule::edition => Item::Edition(self.edition(inner)),
            Rule::frame => Item::Frame(self.frame(inner)),
            Rule::instrument => Item::Instrument(self.instrument(inner)),
            Rule::questionnaire => Item::Questionnaire(self.questionnaire(inner)),
            Rule::terms => Item::Terms(self.terms(inner)),
            Rule::record => Item::Record(self.record(inner)),
            Rule::parameter => Item::Parameter(self.parameter(inner)),
            Rule::qualifier => Item::Qualifier(self.qualifier(inner)),
            Rule::definition => Item::Definition(self.definition(inner)),
            Rule::rule_item => Item::Rule(Box::new(self.rule_item(inner))),
            Rule::setting => Item::Setting(self.scenario(inner)),
            Rule::scenario => Item::Scenario(self.scenario(inner)),
            _ => return None,
        })
    }
}
