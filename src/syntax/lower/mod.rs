//! What the grammar found → syntax tree, one function for each grammar rule.

mod conditions;
mod rules;
mod scenarios;
mod vocabulary;

use super::ast::{File, Item};
use super::depth::{self, Deep};
use super::grammar::{self, Cursor, Rule};
use super::pieces::{self, Wanted};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::text::{Place, SourceId, Span};

/// Where trees are built: which text, and what was found wrong on the way.
pub(super) struct Builder {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) depth: usize,
}

/// `file`
pub(super) fn file(text: &str, source: SourceId) -> (File, Vec<Diagnostic>) {
    let (text, deep) = depth::bounded(text);
    let pieces = pieces::pieces(&text, Wanted::All);
    if deep.is_empty()
        && pieces.len() > 1
        && let Some(file) = faultless(&pieces, source)
    {
        return (file, Vec::new());
    }
    at_once(&text, source, &deep)
}

/// A file without its stories. Where anything is wrong with it, the whole file is read as any other is.
pub(super) fn law(text: &str, source: SourceId) -> (File, Vec<Diagnostic>) {
    faultless(&pieces::pieces(text, Wanted::Law), source).map_or_else(|| file(text, source), |law| (law, Vec::new()))
}

/// The items of all pieces, if nothing is wrong with any of them.
fn faultless(pieces: &[(usize, &str)], source: SourceId) -> Option<File> {
    let mut whole = File::default();
    for piece in parallel::map(pieces, |(base, piece)| faultless_piece(piece, source, *base)) {
        let piece = piece?;
        whole.items.extend(piece.items);
        whole.read.extend(piece.read);
    }
    Some(whole)
}

fn faultless_piece(piece: &str, source: SourceId, base: usize) -> Option<File> {
    let mut builder = Builder { problems: Vec::new(), depth: 0 };
    let mut file = File::default();
    for pair in grammar::run(Rule::file, piece).ok()?.flat_map(|pair| pair.into_inner()) {
        match pair.as_rule() {
            Rule::item if grammar::glued(pair.clone()).is_none() => {
                let node = Cursor::new(source, base, pair);
                file.read.push(node.place());
                file.items.extend(builder.item(node));
            }
            Rule::EOI => {}
            _ => return None,
        }
    }
    builder.problems.is_empty().then_some(file)
}

/// A whole file in one, with all that is wrong with it; items that nest too deep are blanked in the text.
fn at_once(text: &str, source: SourceId, deep: &[Deep]) -> (File, Vec<Diagnostic>) {
    let mut builder = Builder { problems: Vec::new(), depth: 0 };
    let mut file = File::default();
    builder.problems.extend(deep.iter().map(|one| problems::too_deep(source, one.at)));
    file.unread.extend(deep.iter().map(|one| Place { source, span: one.item }));
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

/// A list without room to spare: a large text has hundreds of thousands of lists, most of one thing, and they stay.
fn exact<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = items.collect();
    all.shrink_to_fit();
    all
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

#[cfg(test)]
mod tests {
    use super::{Wanted, at_once, faultless, file, pieces};
    use crate::text::SourceId;

    /// A long text of the packs, and how often it is told here.
    const LONG: (&str, usize) = (include_str!("../../../rules/coc/24.ephor"), 3);

    fn pieces_say_the_same(text: &str, readable_in_pieces: bool) {
        let source = SourceId(7);
        let pieces = pieces::pieces(text, Wanted::All);
        assert!(pieces.len() > 2);
        assert_eq!(faultless(&pieces, source).is_some(), readable_in_pieces);
        assert!(format!("{:?}", file(text, source)) == format!("{:?}", at_once(text, source, &[])));
    }

    #[test]
    fn pieces_never_change_what_a_text_says() {
        let long = LONG.0.repeat(LONG.1);
        pieces_say_the_same(&long, true);
        // An item that is cut in two, and a mistake: both are read in one.
        let cut = "terms kinds\nrecord \"a thing\"\nscenario \"a story\"\nrule \"a rule\"\nend\n".repeat(2000);
        pieces_say_the_same(&format!("{long}{cut}{long}"), false);
        pieces_say_the_same(&format!("{long}rule nothing \"…\"\nend\n{long}"), false);
        pieces_say_the_same(&format!("{long}terms glued\nfirst\"…\"second\"…\"end\nfrobnicate\n{long}"), false);
    }
}
