//! What can only be said when the whole text was read: what references point at, which collections were searched, why something is not applicable.

use super::record::is_id;
use super::sink::{LONGEST_WORD, shown};
use super::{Decoder, Id, Later, Pending, Target, Wanted};
use crate::diagnostic::{Code, suggest};
use crate::facts::event::Events;
use crate::facts::plan::article;
use crate::facts::{RowId, State, Value};
use crate::vocabulary::{EnumId, RecordId, Type};

/// No more ids than this are looked through for a suggestion.
const CANDIDATES: usize = 1000;

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// The second half of reading.
    pub(super) fn finish(&mut self) {
        for at in 0..self.scratch.pending.len() {
            if let Some(&pending) = self.scratch.pending.get(at) {
                self.resolve(pending);
            }
        }
        for at in 0..self.scratch.searches.len() {
            if let Some(&search) = self.scratch.searches.get(at) {
                self.find_collection(search);
            }
        }
        for at in 0..self.scratch.paths.len() {
            if let Some(&path) = self.scratch.paths.get(at) {
                self.follow_path(path);
            }
        }
        self.check();
    }

    fn id_named(&self, name: &str) -> Option<Id> {
        let ids = &self.scratch.ids;
        let name_of = |at: u32| ids.get(at as usize).map_or("", |id| self.facts.str(self.facts.row(id.row).id));
        let at = self.scratch.by_id.find(name, name_of)?;
        ids.get(at as usize).copied()
    }

    /// Whether a row is known and without fault. Rows of one kind that do not stand inside each other end in the order of their numbers.
    fn is_sound(&self, row: RowId) -> bool {
        let table = self.facts.tables.get(self.facts.row(row).record as usize);
        table.is_some_and(|table| table.binary_search(&row).is_ok())
    }

    /// The kinds that a reference may point at, and the terms that it may name instead.
    fn wanted(&self, wanted: Wanted) -> (Vec<RecordId>, Vec<EnumId>) {
        match wanted {
            Wanted::Slot(slot) => match &self.vocabulary.attribute(slot).ty {
                Type::Reference(kinds) | Type::References(kinds) => (kinds.clone(), Vec::new()),
                _ => (Vec::new(), Vec::new()),
            },
            Wanted::Evidence => (self.vocabulary.frame.evidence.into_iter().collect(), Vec::new()),
            Wanted::Subject => (self.vocabulary.frame.subject.into_iter().collect(), Vec::new()),
            Wanted::Scope(record) => {
                let (mut kinds, mut terms) = (Vec::new(), Vec::new());
                for &attribute in &self.vocabulary.record(record).gathered_by {
                    match &self.vocabulary.attribute((record, attribute)).ty {
                        Type::Reference(records) | Type::References(records) => kinds.extend_from_slice(records),
                        Type::Term(one) | Type::Terms(one) => terms.push(*one),
                        _ => {}
                    }
                }
                (kinds, terms)
            }
        }
    }

    fn fits(&self, wanted: Wanted, kind: RecordId) -> bool {
        match wanted {
            Wanted::Slot(slot) => match &self.vocabulary.attribute(slot).ty {
                Type::Reference(kinds) | Type::References(kinds) => kinds.contains(&kind),
                _ => false,
            },
            Wanted::Evidence => self.vocabulary.frame.evidence == Some(kind),
            Wanted::Subject => self.vocabulary.frame.subject == Some(kind),
            Wanted::Scope(_) => self.wanted(wanted).0.contains(&kind),
        }
    }

    fn resolve(&mut self, pending: Pending) {
        let name = self.scratch.names.get(pending.name.span()).unwrap_or("");
        match self.id_named(name) {
            Some(Id { row, .. }) if self.fits(pending.wanted, self.facts.row(row).record) => {
                if self.facts.row(row).state == State::Absent {
                    return self.points_at_nothing(pending);
                }
                self.write(pending.target, row);
            }
            found => self.not_a_row(pending, found),
        }
    }

    fn write(&mut self, target: Target, row: RowId) {
        let facts = &mut *self.facts;
        match target {
            Target::Nothing => {}
            Target::Cell(at) => {
                if let Some(cell) = facts.cells.get_mut(at as usize) {
                    cell.value = Value::Row(row);
                }
            }
            Target::Disputed(at) => {
                if let Some(disputed) = facts.disputed.get_mut(at as usize) {
                    disputed.value = Value::Row(row);
                }
            }
            Target::Number(at) => {
                if let Some(number) = facts.numbers.get_mut(at as usize) {
                    *number = row;
                }
            }
            Target::Evidence(at) => {
                if let Some(evidence) = facts.evidence.get_mut(at as usize) {
                    evidence.provision = Some(row);
                }
            }
            Target::Complete(at) => {
                if let Some(complete) = facts.complete.get_mut(at as usize) {
                    complete.scope = Some(row);
                }
            }
        }
    }

    fn points_at_nothing(&mut self, pending: Pending) {
        let name = shown(self.scratch.names.get(pending.name.span()).unwrap_or(""));
        self.sink
            .report(Code::E406, pending.span, || (format!("`{name}` is declared absent"), "point at a record that is there".to_owned()));
    }

    fn not_a_row(&mut self, pending: Pending, found: Option<Id>) {
        let name = self.scratch.names.get(pending.name.span()).unwrap_or("").to_owned();
        let (kinds, terms) = self.wanted(pending.wanted);
        if let Target::Complete(at) = pending.target {
            let term = terms.iter().find_map(|&terms| self.plan.term(terms, &name));
            if term.is_some() {
                if let Some(complete) = self.facts.complete.get_mut(at as usize) {
                    complete.term = term;
                }
                return;
            }
            if kinds.is_empty() {
                return self.no_scope(pending, &name, &terms);
            }
        }
        let words: Vec<&str> = kinds.iter().map(|&kind| self.vocabulary.record(kind).name.as_str()).collect();
        let wanted = words.join(" or ");
        if let Some(Id { row, span: at }) = found {
            let kind = self.vocabulary.record(self.facts.row(row).record).name.clone();
            let words = || {
                let message = format!("`{}` is {} {kind} and not {} {wanted}", shown(&name), article(&kind), article(&wanted));
                (message, format!("name the id of {} {wanted}", article(&wanted)))
            };
            return self.sink.report_both(Code::E416, pending.span, words, at, "it is declared here");
        }
        // A part stands in a record of some other kind.
        let lost = |kind: &RecordId| self.scratch.lost.has(*kind) || self.vocabulary.record(*kind).part && self.scratch.lost.any();
        if kinds.iter().any(lost) {
            return;
        }
        self.filling = if let Wanted::Slot(slot) = pending.wanted { Some(slot) } else { None };
        let instead = self.filling.and_then(|_| self.state_instead(&name));
        let list = kinds.first().map_or("", |&kind| self.vocabulary.record(kind).list.as_str());
        let (facts, ids) = (&*self.facts, &self.scratch.ids);
        self.sink.report(Code::E406, pending.span, || {
            let fitting = ids.iter().map(|id| facts.row(id.row)).filter(|row| kinds.contains(&row.record)).take(CANDIDATES);
            let names: Vec<&str> = fitting.map(|row| facts.str(row.id)).collect();
            let word = if name.len() <= LONGEST_WORD { name.as_str() } else { "" };
            let help = match pending.wanted {
                _ if instead.is_some() => instead.unwrap_or_default(),
                Wanted::Evidence if !is_id(&name) => by_id(&wanted, list),
                _ if names.is_empty() => format!("no {wanted} has an id; give one in `{list}`"),
                _ => suggest::did_you_mean(word, names.iter().copied()),
            };
            (format!("no {wanted} has the id `{}`", shown(&name)), help)
        });
    }

    fn no_scope(&mut self, pending: Pending, name: &str, terms: &[EnumId]) {
        let vocabulary = self.vocabulary;
        match terms.first() {
            Some(&terms) => self.sink.report(Code::E404, pending.span, || {
                let known = vocabulary.enumeration(terms);
                let word = if name.len() <= LONGEST_WORD { name } else { "" };
                (
                    format!("`{}` is not a term of `{}`", shown(name), known.name),
                    suggest::did_you_mean(word, known.terms.iter().map(|term| term.name.as_str())),
                )
            }),
            None => self.sink.report(Code::E402, pending.span, || {
                ("this list is complete as a whole or not at all".to_owned(), "take `for` out".to_owned())
            }),
        }
    }

    fn find_collection(&mut self, search: Later) {
        let name = self.scratch.names.get(search.name.span()).unwrap_or("");
        let facts = &*self.facts;
        let name_of = |at: u32| facts.collections.get(at as usize).map_or("", |one| facts.str(one.name));
        if self.scratch.by_collection.find(name, name_of).is_some() || self.scratch.lost.anything || self.scratch.lost.collections {
            return;
        }
        self.sink.report(Code::E406, search.span, || {
            let names: Vec<&str> = facts.collections.iter().take(CANDIDATES).map(|one| facts.str(one.name)).collect();
            let word = if name.len() <= LONGEST_WORD { name } else { "" };
            let help = match suggest::nearest(word, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it in `collections`, or say in words what was searched and when".to_owned(),
            };
            (format!("no collection has the name `{}`", shown(name)), help)
        });
    }

    /// A fact by its path, `state.armed-forces` or `army.level`, must be known.
    fn follow_path(&mut self, path: Later) {
        let text = self.scratch.names.get(path.name.span()).unwrap_or("").to_owned();
        let row = text.split_once('.').and_then(|(record, _)| self.row_of_path(record));
        let attribute = row.and_then(|row| {
            let (_, attribute) = text.split_once('.')?;
            self.vocabulary.record(self.facts.row(row).record).attribute(attribute)
        });
        if row.is_some_and(|row| !self.is_sound(row)) {
            return;
        }
        let fact = row.zip(attribute).map(|(row, attribute)| self.facts.cell(row, attribute).state);
        match fact {
            Some(State::Known) => {}
            Some(State::Unknown | State::Absent | State::NotApplicable | State::Disputed) => {
                self.sink.report(Code::E412, path.span, || {
                    (format!("the fact `{}` is not known", shown(&text)), "give that fact, or write `state: unknown` here".to_owned())
                })
            }
            None if row.is_none() && (self.scratch.lost.any() || self.sink.count() > 0) => {}
            None => self.sink.report(Code::E412, path.span, || {
                let help = "write the path of a fact: `state.armed-forces`, or the id of a record, a full stop and one of its keys";
                (format!("`{}` is not the path of a fact", shown(&text)), help.to_owned())
            }),
        }
    }

    fn row_of_path(&self, record: &str) -> Option<RowId> {
        if let Some(id) = self.id_named(record) {
            return Some(id.row);
        }
        let single = self.vocabulary.record_named(record).filter(|&kind| self.vocabulary.record(kind).single)?;
        self.facts.tables.get(single as usize)?.first().copied()
    }
}

/// What to do where the words of a place stand instead of its id.
pub(super) fn by_id(kind: &str, list: &str) -> String {
    format!("evidence names each {kind} by its id: declare the place in `{list}`, then write `evidence: [ID]` with its id")
}
