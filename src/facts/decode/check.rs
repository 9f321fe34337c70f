//! What contradicts itself: absent and yet present, ended before it began, said twice.

use super::Decoder;
use crate::diagnostic::Code;
use crate::facts::event::Events;
use crate::facts::names::Hash;
use crate::facts::{Absence, Basis, Cell, Evidence, Facts, Range, RowId, State, Value};
use crate::text::Span;
use crate::vocabulary::{RecordId, Type, Vocabulary};

/// How many comparisons of cells are made at most; a description of a State needs some thousands.
const COMPARISONS: usize = 20_000_000;

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// Looks for contradictions among records without fault.
    pub(super) fn check(&mut self) {
        self.dates_in_order();
        self.absent_and_present();
        self.said_twice();
    }

    /// The beginning of what stands at an offset: up to the next separator.
    fn stretch(&self, at: u32) -> Span {
        let rest = self.text.get(at as usize..).unwrap_or("");
        let ends = |letter: char| matches!(letter, ',' | '}' | ']' | '\n' | '\r');
        let end = rest.char_indices().take(60).find(|&(at, letter)| at > 0 && ends(letter)).map(|(at, _)| at);
        let end = end.or_else(|| rest.char_indices().nth(60).map(|(at, _)| at)).unwrap_or(rest.len());
        let stretch = rest.get(..end).unwrap_or("").trim_end();
        Span::new(at as usize, at as usize + stretch.len())
    }

    fn dates_in_order(&mut self) {
        let vocabulary = self.vocabulary;
        let frame = &vocabulary.frame;
        for &begins in &frame.begins {
            for &ends in frame.ends.iter().filter(|ends| ends.0 == begins.0) {
                for at in 0..self.facts.tables.get(begins.0 as usize).map_or(0, Vec::len) {
                    let row = self.facts.tables.get(begins.0 as usize).and_then(|table| table.get(at)).copied().unwrap_or(0);
                    let (from, until) = (*self.facts.cell(row, begins.1), *self.facts.cell(row, ends.1));
                    let (Value::Date(first), Value::Date(last)) = (from.value, until.value) else {
                        continue;
                    };
                    if last < first {
                        let names = (&vocabulary.attribute(ends).name, &vocabulary.attribute(begins).name);
                        let words =
                            || (format!("`{}` is {last}, before `{}`, {first}", names.0, names.1), "mend the day that is wrong".to_owned());
                        let (here, there) = (self.stretch(until.at), self.stretch(from.at));
                        self.sink.report_both(Code::E417, here, words, there, "it begins here");
                    }
                }
            }
        }
    }

    fn absent_and_present(&mut self) {
        let mut left = COMPARISONS;
        for kind in 0..self.facts.absent.len() {
            let part = self.vocabulary.records.get(kind).is_some_and(|record| record.part);
            let pairs = if part { Vec::new() } else { contradictions(self.facts, kind, &mut left) };
            for (absent, known) in pairs {
                let (here, there) = (self.stretch(self.facts.row(absent).at), self.stretch(self.facts.row(known).at));
                let words = || {
                    let help = "take one of them out, or say in the absent record what sets it apart";
                    ("a record is declared absent and stands in the description".to_owned(), help.to_owned())
                };
                self.sink.report_both(Code::E415, here, words, there, "here it stands");
            }
        }
        if left == 0 {
            self.sink.report(Code::E303, Span::default(), || {
                let message = "too many absent records to compare with the known ones";
                (message.to_owned(), "describe one State a file; leave attributes of absent records out".to_owned())
            });
        }
    }

    fn said_twice(&mut self) {
        let mut twins = Vec::new();
        let hash = Hash::default();
        let (mut words, mut others) = (std::mem::take(&mut self.scratch.hashes), Vec::new());
        let mut hashes: Vec<(u64, RowId)> = Vec::new();
        for (kind, record) in (0u16..).zip(&self.vocabulary.records) {
            let table = self.facts.tables.get(kind as usize).map_or(&[][..], Vec::as_slice);
            if record.needs_id() || record.single || table.len() < 2 {
                continue;
            }
            hashes.clear();
            for &row in table {
                self.content(row, &hash, &mut words);
                let owner = u64::from(self.facts.row(row).owner);
                hashes.push((words.drain(..).fold(owner, |sum, word| hash.word(sum, word)), row));
            }
            hashes.sort_unstable();
            for pair in hashes.windows(2) {
                let &[(one, first), (two, second)] = pair else { continue };
                if one != two {
                    continue;
                }
                words.clear();
                others.clear();
                self.content(first, &hash, &mut words);
                self.content(second, &hash, &mut others);
                if words == others {
                    twins.push((second, first));
                }
                words.clear();
            }
        }
        self.scratch.hashes = words;
        twins.sort_unstable();
        for (second, first) in twins {
            let (here, there) = (self.stretch(self.facts.row(second).at), self.stretch(self.facts.row(first).at));
            let words = || ("a record says the same as another, with the same evidence".to_owned(), "take one of them out".to_owned());
            self.sink.report_both(Code::E418, here, words, there, "the first one");
        }
    }

    fn content(&self, row: RowId, hash: &Hash, out: &mut Vec<u64>) {
        content(self.facts, self.vocabulary, row, hash, out);
    }
}

/// Absent records of one kind that a known record matches on every attribute that is given, each with the first such record.
fn contradictions(facts: &Facts, kind: usize, left: &mut usize) -> Vec<(RowId, RowId)> {
    let (Some(absent), Some(known)) = (facts.absent.get(kind), facts.tables.get(kind)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // What was not there at another time or up to some day, not besides what is listed, or not by law alone, contradicts nothing that is listed.
    let in_law = |row: RowId| facts.row(row).basis == Basis::DeJure;
    let holds = |one: &&Absence| {
        let period = one.period;
        !one.others && period.until.is_none() && period.holds(facts.as_of, facts.as_of) && in_law(one.row)
    };
    for pattern in absent.iter().filter(holds).map(|one| one.row) {
        let given: Vec<(usize, Cell)> =
            cells(facts, pattern).iter().copied().enumerate().filter(|(_, cell)| cell.state == State::Known).collect();
        for &row in known.iter().filter(|row| in_law(**row)) {
            let own = cells(facts, row);
            let matches = given.iter().all(|(at, cell)| own.get(*at).is_some_and(|other| same_value(facts, cell, other, left)));
            *left = left.saturating_sub(1);
            if *left == 0 {
                return found;
            }
            if matches {
                found.push((pattern, row));
                break;
            }
        }
    }
    found
}

fn cells(facts: &Facts, row: RowId) -> &[Cell] {
    let own = facts.row(row);
    let next = facts.rows.get(row as usize + 1).map_or(facts.cells.len(), |next| next.cells as usize);
    facts.cells.get(own.cells as usize..next).unwrap_or(&[])
}

/// Whether a known cell has a value that a pattern names; of a list, one is enough, since a pattern denies each.
fn same_value(facts: &Facts, one: &Cell, other: &Cell, left: &mut usize) -> bool {
    let observed = facts.detail(other.detail).is_some_and(|detail| detail.basis == Basis::DeFacto);
    if other.state != State::Known || observed {
        return false;
    }
    match (one.value, other.value) {
        (Value::Text(one), Value::Text(other)) => facts.str(one) == facts.str(other),
        (Value::Terms(one), Value::Terms(other)) => share(facts.list(one), facts.list(other), left),
        (Value::Rows(one), Value::Rows(other)) => share(facts.list(one), facts.list(other), left),
        (one, other) => one == other,
    }
}

/// Whether two lists have a number in common.
fn share(one: &[u32], other: &[u32], left: &mut usize) -> bool {
    *left = left.saturating_sub(one.len() + other.len());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut sorted = short.to_vec();
    sorted.sort_unstable();
    long.iter().any(|number| sorted.binary_search(number).is_ok())
}

/// All that a record says, as numbers: equal records give equal numbers. Its id is not part of what it says.
fn content(facts: &Facts, vocabulary: &Vocabulary, row: RowId, hash: &Hash, out: &mut Vec<u64>) {
    let own = facts.row(row);
    out.push(u64::from(own.basis == crate::facts::Basis::DeFacto));
    evidence(facts, own.evidence, hash, out);
    detail(facts, own.detail, hash, out);
    for (attribute, cell) in (0u16..).zip(cells(facts, row)) {
        if cell.state == State::Unknown && cell.detail == 0 {
            continue;
        }
        out.push(u64::from(attribute) << 8 | cell.state as u64);
        value(facts, vocabulary, (own.record, attribute), cell.value, hash, out);
        detail(facts, cell.detail, hash, out);
        if let Some(known) = facts.detail(cell.detail) {
            for disputed in facts.disputed.get(known.disputed.span()).unwrap_or(&[]) {
                value(facts, vocabulary, (own.record, attribute), disputed.value, hash, out);
                evidence(facts, disputed.evidence, hash, out);
            }
        }
    }
}

fn value(facts: &Facts, vocabulary: &Vocabulary, slot: (RecordId, u16), value: Value, hash: &Hash, out: &mut Vec<u64>) {
    match value {
        Value::None => out.push(0),
        Value::YesNo(yes) => out.push(u64::from(yes)),
        Value::Term(term) => out.push(term.into()),
        Value::Row(row) => out.push(row.into()),
        Value::Text(text) => out.push(hash.text(facts.str(text))),
        Value::Date(date) => out.push(u64::from(date.number().unsigned_abs())),
        Value::Number(number) | Value::Duration(number) => out.push(number.cast_unsigned()),
        Value::Money(amount, currency) => out.extend([amount.cast_unsigned(), currency.into()]),
        Value::Terms(range) => out.extend(facts.list(range).iter().map(|&term| u64::from(term))),
        Value::Rows(range) if matches!(vocabulary.attribute(slot).ty, Type::Parts(_)) => {
            for &part in facts.list(range) {
                content(facts, vocabulary, part, hash, out);
            }
        }
        Value::Rows(range) => {
            let start = out.len();
            out.extend(facts.list(range).iter().map(|&row| u64::from(row)));
            if let Some(list) = out.get_mut(start..) {
                list.sort_unstable();
            }
        }
    }
}

fn detail(facts: &Facts, number: u32, hash: &Hash, out: &mut Vec<u64>) {
    if let Some(detail) = facts.detail(number) {
        out.extend([detail.searched, detail.because, detail.note].map(|text: Range| hash.text(facts.str(text))));
        out.push(u64::from(detail.basis == crate::facts::Basis::DeFacto));
        evidence(facts, detail.evidence, hash, out);
    }
}

fn evidence(facts: &Facts, range: Range, hash: &Hash, out: &mut Vec<u64>) {
    out.push(range.len.into());
    for Evidence { provision, role, attested_by, .. } in facts.evidence(range) {
        out.push(u64::from(provision.map_or(0, |row| row + 1)) << 8 | *role as u64);
        out.push(hash.text(facts.str(*attested_by)));
    }
}
