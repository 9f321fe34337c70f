//! Where records are gathered by what they point at: controls by what they are over. A search that names one of these attributes looks at the
//! records that may point there, and at no others.

use crate::facts::{Facts, RowId, State};
use crate::model::ir::Model;
use crate::vocabulary::{AttributeId, RecordId};

/// For each attribute by which a record is gathered: who points at whom.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    lists: Vec<List>,
}

#[derive(Debug)]
struct List {
    record: RecordId,
    attribute: AttributeId,
    /// What is pointed at, and the row that does; sorted.
    known: Vec<(RowId, RowId)>,
    /// Rows of which it is not settled by their cell alone where they point; sorted.
    open: Vec<RowId>,
}

impl Gathered {
    /// The lists of one description.
    pub(super) fn new(model: &Model, facts: &Facts) -> Gathered {
        let mut lists = Vec::new();
        for (id, record) in (0u16..).zip(&model.vocabulary.records) {
            for &attribute in &record.gathered_by {
                let mut list = List { record: id, attribute, known: Vec::new(), open: Vec::new() };
                for &row in facts.tables.get(id as usize).map_or(&[][..], Vec::as_slice) {
                    list.add(facts, row);
                }
                list.known.sort_unstable();
                list.open.sort_unstable();
                lists.push(list);
            }
        }
        Gathered { lists }
    }

    /// The rows that may point at `target`, in the order of the text; `None` where the record is not gathered by the attribute.
    pub(super) fn rows(&self, record: RecordId, attribute: AttributeId, target: RowId) -> Option<Vec<RowId>> {
        let list = self.lists.iter().find(|list| (list.record, list.attribute) == (record, attribute))?;
        let first = list.known.partition_point(|(at, _)| *at < target);
        let mut rows = list.open.clone();
        rows.extend(list.known.get(first..)?.iter().take_while(|(at, _)| *at == target).map(|(_, row)| *row));
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }
}

impl List {
    fn add(&mut self, facts: &Facts, row: RowId) {
        let cell = facts.cell(row, self.attribute);
        // A value with evidence or a basis of its own may not count.
        if cell.state != State::Known || cell.detail != 0 {
            self.open.push(row);
            return;
        }
        match cell.value {
            crate::facts::Value::Row(target) => self.known.push((target, row)),
            crate::facts::Value::Rows(range) => self.known.extend(facts.list(range).iter().map(|target| (*target, row))),
            _ => self.open.push(row),
        }
    }
}
