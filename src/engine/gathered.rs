//! Where records are gathered by what they point at: controls by what they are over. A search that names one of these attributes looks at the
//! records that may point there, and at no others. A list is drawn up when it is first asked for.

use std::sync::OnceLock;

use crate::facts::{Facts, RowId, State, Value};
use crate::vocabulary::{AttributeId, RecordId, Vocabulary};

/// For each attribute by which a record is gathered: who points at whom.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The lists of all kinds of record, each in the order of the attributes that gather it.
    lists: Vec<OnceLock<List>>,
    /// For each kind of record, its first list.
    first: Vec<usize>,
}

#[derive(Debug, Default)]
struct List {
    /// What is pointed at, and the row that does; sorted.
    known: Vec<(RowId, RowId)>,
    /// Rows of which it is not settled by their cell alone where they point; sorted.
    open: Vec<RowId>,
}

/// Rows that could fit, in the order of the text.
pub(super) enum Rows<'w> {
    /// All of these, and these after them.
    All(&'w [RowId], std::vec::IntoIter<RowId>),
    /// Those that point somewhere and those that may, each once.
    Pointing {
        /// What is pointed at, and the row that does.
        known: &'w [(RowId, RowId)],
        /// Rows that may point there.
        open: &'w [RowId],
    },
    /// Those of this range of rows that were sifted.
    Sifted(std::ops::Range<usize>),
}

impl<'w> Rows<'w> {
    /// All of these.
    pub(super) fn all(rows: &'w [RowId]) -> Rows<'w> {
        Rows::All(rows, Vec::new().into_iter())
    }

    /// The next of them.
    pub(super) fn next(&mut self, sifted: &[RowId]) -> Option<RowId> {
        match self {
            Rows::Sifted(range) => range.next().and_then(|at| sifted.get(at)).copied(),
            Rows::All(rows, more) => match rows.split_first() {
                Some((row, rest)) => {
                    *rows = rest;
                    Some(*row)
                }
                None => more.next(),
            },
            Rows::Pointing { known, open } => {
                let row = match (known.first(), open.first()) {
                    (Some((_, known)), Some(open)) => *known.min(open),
                    (Some((_, row)), None) | (None, Some(row)) => *row,
                    (None, None) => return None,
                };
                while let Some((_, rest)) = known.split_first().filter(|(first, _)| first.1 == row) {
                    *known = rest;
                }
                while let Some((_, rest)) = open.split_first().filter(|(first, _)| **first == row) {
                    *open = rest;
                }
                Some(row)
            }
        }
    }
}

impl Gathered {
    /// The lists of one description, none of them drawn up.
    pub(super) fn new(vocabulary: &Vocabulary) -> Gathered {
        let mut gathered = Gathered { lists: Vec::new(), first: Vec::with_capacity(vocabulary.records.len()) };
        let mut count = 0;
        for record in &vocabulary.records {
            gathered.first.push(count);
            count += record.gathered_by.len();
        }
        gathered.lists.resize_with(count, OnceLock::new);
        gathered
    }

    /// The rows that may point at `target`; `None` where the record is not gathered by the attribute.
    pub(super) fn rows(
        &self,
        vocabulary: &Vocabulary,
        facts: &Facts,
        (record, attribute): (RecordId, AttributeId),
        target: RowId,
    ) -> Option<Rows<'_>> {
        let at = vocabulary.record(record).gathered_by.iter().position(|known| *known == attribute)?;
        let list = self
            .lists
            .get(self.first.get(record as usize)? + at)?
            .get_or_init(|| List::new(facts, (record, vocabulary.record(record).needs_evidence), attribute));
        let first = list.known.partition_point(|(at, _)| *at < target);
        let known = list.known.get(first..)?;
        let known = known.get(..known.partition_point(|(at, _)| *at == target))?;
        Some(Rows::Pointing { known, open: &list.open })
    }
}

impl List {
    fn new(facts: &Facts, (record, needs_evidence): (RecordId, bool), attribute: AttributeId) -> List {
        let rows = facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
        let mut list = List { known: Vec::with_capacity(rows.len() * 2), open: Vec::new() };
        // What is said in a record that needs no evidence, and has some, may rest on nothing in force.
        let may_lapse = |row: RowId| !needs_evidence && facts.row(row).evidence.len > 0;
        for row in rows {
            if may_lapse(*row) { list.open.push(*row) } else { list.add(facts, *row, attribute) }
        }
        list.known.sort_unstable();
        list.open.sort_unstable();
        list
    }

    fn add(&mut self, facts: &Facts, row: RowId, attribute: AttributeId) {
        let cell = facts.cell(row, attribute);
        // A value with evidence or a basis of its own may not count.
        if cell.state != State::Known || cell.detail != 0 {
            self.open.push(row);
            return;
        }
        match cell.value {
            Value::Row(target) => self.known.push((target, row)),
            Value::Rows(range) => self.known.extend(facts.list(range).iter().map(|target| (*target, row))),
            _ => self.open.push(row),
        }
    }
}
