//! One record: its attributes, and what every record may say of itself.

use super::sink::{names_a_year, shown};
use super::value::Home;
use super::{Decoder, Id, Step, Unsaid, number, push};
use crate::diagnostic::Code;
use crate::facts::event::{Event, Events, Kind, Scalar};
use crate::facts::plan::{Common, Field, article};
use crate::facts::{Absence, Basis, Cell, Detail, Period, Range, Row, RowId, State};
use crate::text::Span;
use crate::vocabulary::{RecordId, Type};

const STATE_WORDS: [&str; 3] = ["known", "absent", "no-others"];

/// A record that is being read.
struct Open {
    kind: RecordId,
    row: RowId,
    cells: u32,
    /// Keys that were given, a bit each.
    seen: u128,
    /// Keys that were probably meant by keys that are not known.
    guessed: u128,
    /// The number of the key before, plus one, for the guess at the next.
    before: usize,
    /// Where the record is shown: its id, or its first key, or its bracket.
    head: Span,
    state: State,
    /// Whether it speaks of records besides those that are listed.
    others: bool,
    period: Period,
    basis: Option<Basis>,
    evidence: Range,
    note: Range,
    searched: Range,
    /// How many faults there were before it, and how much waited for a basis.
    faults: usize,
    unsaid: usize,
}

impl<'t, E: Events<'t>> Decoder<'_, 't, E> {
    /// A record behind its bracket. Gives its row if it is known and without fault; `owner` is the row it stands in, plus one.
    pub(super) fn record(&mut self, kind: RecordId, at: u32, owner: u32) -> Step<Option<RowId>> {
        let mut open = self.begin(kind, at, owner);
        while let Event::Key(key) = self.next()? {
            if open.seen | open.guessed == 0 && open.before == 0 {
                open.head = key.span();
            }
            self.key(&mut open, &key)?;
        }
        Ok(self.end(&open, owner > 0).then_some(open.row))
    }

    fn begin(&mut self, kind: RecordId, at: u32, owner: u32) -> Open {
        let row = number(self.facts.rows.len());
        let cells = number(self.facts.cells.len());
        let width = self.vocabulary.record(kind).attributes.len();
        self.facts.cells.resize(self.facts.cells.len() + width, Cell::UNKNOWN);
        let index = self.scratch.counts.get_mut(kind as usize).map_or(0, |count| std::mem::replace(count, *count + 1));
        let empty = Range::default();
        self.facts.rows.push(Row {
            record: kind,
            at,
            id: empty,
            state: State::Known,
            basis: Basis::DeJure,
            evidence: empty,
            cells,
            owner,
            detail: 0,
            index,
        });
        Open {
            kind,
            row,
            cells,
            seen: 0,
            guessed: 0,
            before: 0,
            head: Event::ObjectStart(at).span(),
            state: State::Known,
            others: false,
            period: Period::default(),
            basis: None,
            evidence: empty,
            note: empty,
            searched: empty,
            faults: self.sink.count(),
            unsaid: self.scratch.unsaid.len(),
        }
    }

    /// One key with its value. The key that followed the last time is tried first.
    fn key(&mut self, open: &mut Open, key: &Scalar<'t>) -> Step {
        let keys = self.plan.keys(open.kind);
        let found = match keys.names.get(self.guess(open)) {
            Some(name) if **name == *key.text => Some(self.guess(open)),
            _ => keys.number(&key.text),
        };
        let known = found.and_then(|at| Some((at, keys.field(at)?)));
        match known {
            _ if key.kind == Kind::Refused => self.skip_next(),
            Some((_, Field::Common(common))) if !self.may_have(open.kind, common) => self.unknown_attribute(open, key),
            Some((at, field)) => {
                self.learn(open, at);
                open.before = at + 1;
                if open.seen >> at & 1 == 1 {
                    return self.twice(key);
                }
                open.seen |= 1 << at;
                match field {
                    Field::Attribute(attribute) => self.attribute(open, attribute),
                    Field::Common(common) => self.common(open, common),
                }
            }
            None => self.unknown_attribute(open, key),
        }
    }

    #[inline]
    fn guess(&self, open: &Open) -> usize {
        let follow = self.scratch.follow.get(open.kind as usize);
        follow.and_then(|follow| follow.get(open.before)).map_or(0, |guess| usize::from(*guess))
    }

    #[inline]
    fn learn(&mut self, open: &Open, at: usize) {
        if let Some(guess) = self.scratch.follow.get_mut(open.kind as usize).and_then(|follow| follow.get_mut(open.before)) {
            *guess = u8::try_from(at).unwrap_or(0);
        }
    }

    /// A record that is the only one of its kind has no id and cannot be absent.
    fn may_have(&self, kind: RecordId, common: Common) -> bool {
        !self.vocabulary.record(kind).single || matches!(common, Common::Evidence | Common::Basis | Common::Note)
    }

    fn unknown_attribute(&mut self, open: &mut Open, key: &Scalar<'t>) -> Step {
        let (plan, vocabulary) = (self.plan, self.vocabulary);
        let keys = plan.keys(open.kind);
        let single = vocabulary.record(open.kind).single;
        let usable = move |name: &&str| !single || !matches!(*name, "id" | "state" | "searched" | "absent-from" | "absent-until");
        let name = &vocabulary.record(open.kind).name;
        let what = format!("{} {name}", article(name));
        let meant = self.unknown_key(key, &what, keys.names.iter().map(|name| &**name).filter(usable));
        open.guessed |= meant.and_then(|name| keys.number(name)).map_or(0, |at| 1 << at);
        self.skip_next()
    }

    fn attribute(&mut self, open: &Open, attribute: u16) -> Step {
        let slot = (open.kind, attribute);
        let home = open.cells + u32::from(attribute);
        match self.next()? {
            Event::ObjectStart(at) => self.long(slot, at, home, open.row + 1),
            first => {
                let at = first.span().start;
                if let Some(value) = self.value(slot, &first, Home::Cell(home), open.row + 1)?
                    && let Some(cell) = self.facts.cells.get_mut(home as usize)
                {
                    *cell = Cell { state: State::Known, value, at, detail: 0 };
                }
                Ok(())
            }
        }
    }

    fn common(&mut self, open: &mut Open, common: Common) -> Step {
        match common {
            Common::Id => self.id(open)?,
            Common::Evidence => open.evidence = self.evidence()?.unwrap_or_default(),
            Common::Basis => open.basis = self.basis()?,
            Common::Note => open.note = self.text("a note")?.unwrap_or_default(),
            Common::State => {
                // What is misspelt is read as some absence, so that nothing is asked of it that only a record needs.
                let choice = self.choice("a state of a whole record", &STATE_WORDS)?.map_or(1, |(at, _)| at);
                open.state = if choice > 0 { State::Absent } else { State::Known };
                open.others = choice == 2;
            }
            Common::AbsentFrom => open.period.from = self.date()?,
            Common::AbsentUntil => open.period.until = self.date()?,
            Common::Searched => open.searched = self.searched()?.unwrap_or_default(),
        }
        Ok(())
    }

    fn id(&mut self, open: &mut Open) -> Step {
        let event = self.next()?;
        let words = self.words(&event, "an id");
        self.skip(&event)?;
        let Some(written) = words else { return Ok(()) };
        let span = event.span();
        open.head = span;
        let mended = mended_id(&written);
        // What points at the id that was meant is no mistake of its own.
        let (faulty, words) = match &mended {
            Some(mended) => (*mended != written, mended.as_str()),
            None => (true, &*written),
        };
        if faulty {
            self.sink.report(Code::E402, span, || {
                let made = "an id is made of small letters and digits, in words joined by hyphens";
                let example = mended.as_deref().unwrap_or("gg-65a");
                (format!("`{}` is not an id", shown(&written)), format!("{made}: `{example}`"))
            });
        } else if self.vocabulary.records.iter().any(|record| record.single && record.name == words) {
            let help = || (format!("the id `{words}` is the name of a record"), "choose another id".to_owned());
            self.sink.report(Code::E407, span, help);
        }
        let id = push(&mut self.facts.text, words);
        if let Some(row) = self.facts.rows.get_mut(open.row as usize) {
            row.id = id;
        }
        let (facts, ids) = (&*self.facts, &self.scratch.ids);
        let name_of = |at: u32| ids.get(at as usize).map_or("", |id| facts.str(facts.row(id.row).id));
        let other = self.scratch.by_id.insert(words, number(ids.len()), name_of);
        match other.and_then(|at| self.scratch.ids.get(at as usize)) {
            Some(first) => {
                let words = || (format!("two records have the id `{}`", shown(words)), "give each record an id of its own".to_owned());
                self.sink.report_both(Code::E407, span, words, first.span, "the first one");
            }
            None => self.scratch.ids.push(Id { row: open.row, span }),
        }
        Ok(())
    }

    /// The end of a record; true if it is known and without fault.
    fn end(&mut self, open: &Open, part: bool) -> bool {
        if open.state == State::Absent {
            self.absent_is_searched(open);
            if part {
                self.no_absent_part(open);
            }
            let from = self.has(open, Common::AbsentFrom);
            self.period_is_in_order(open.head, open.period, from, ("absent-from", "absent-until"));
        } else {
            self.known_has_no_period(open);
            self.required_is_given(open);
            self.evidence_is_given(open);
        }
        self.hand_down_basis(open, part);
        let faultless = open.faults == self.sink.count();
        if !faultless && open.seen == 0 {
            // A long list of empty mappings must not take hundreds of times its own length; nothing can point into these cells.
            self.facts.cells.truncate(open.cells as usize);
        }
        let detail = self.row_detail(open);
        if let Some(row) = self.facts.rows.get_mut(open.row as usize) {
            row.state = open.state;
            row.basis = open.basis.unwrap_or(Basis::DeJure);
            row.evidence = open.evidence;
            row.detail = detail;
        }
        match open.state {
            _ if !faultless => {}
            State::Absent => {
                if let Some(absent) = self.facts.absent.get_mut(open.kind as usize) {
                    absent.push(Absence { row: open.row, others: open.others, period: open.period });
                }
            }
            _ => {
                if let Some(table) = self.facts.tables.get_mut(open.kind as usize) {
                    table.push(open.row);
                }
            }
        }
        faultless && open.state == State::Known
    }

    fn has(&self, open: &Open, common: Common) -> bool {
        (open.seen | open.guessed) & self.plan.keys(open.kind).bit(common) > 0
    }

    fn absent_is_searched(&mut self, open: &Open) {
        if !self.has(open, Common::Searched) {
            self.sink.report(Code::E411, open.head, || {
                let help = "write `searched:` with names from `collections`, or a text that says what was searched and when";
                ("an absent record does not say where it was looked for".to_owned(), help.to_owned())
            });
        }
    }

    /// A part is absent with all others of its list: that is said of the attribute.
    fn no_absent_part(&mut self, open: &Open) {
        let mut attributes = self.vocabulary.records.iter().flat_map(|record| &record.attributes);
        let list = attributes.find(|one| one.ty == Type::Parts(open.kind)).map_or("", |one| one.name.as_str());
        self.sink.report(Code::E402, open.head, || {
            let help = format!("write `{list}: {{state: absent, searched: […]}}` if there is none at all; else leave it out");
            ("a part of a record cannot be absent alone".to_owned(), help)
        });
    }

    fn known_has_no_period(&mut self, open: &Open) {
        if self.has(open, Common::AbsentFrom) || self.has(open, Common::AbsentUntil) {
            self.sink.report(Code::E402, open.head, || {
                let help = "write `state: absent` or `state: no-others`, or take `absent-from` and `absent-until` out";
                ("a record that is there says when it was absent".to_owned(), help.to_owned())
            });
        }
    }

    fn required_is_given(&mut self, open: &Open) {
        let record = self.vocabulary.record(open.kind);
        let what = || format!("{} {}", article(&record.name), record.name);
        let mut missing = self.plan.keys(open.kind).required & !open.guessed;
        while missing > 0 {
            let at = missing.trailing_zeros() as usize;
            missing &= missing - 1;
            let Some(attribute) = record.attributes.get(at) else { continue };
            if open.seen >> at & 1 == 0 {
                self.missing(open.head, &what(), &attribute.name, || attribute.question.clone());
                continue;
            }
            let cell = self.facts.cells.get(open.cells as usize + at);
            if let Some(cell) = cell.filter(|cell| cell.detail > 0 && cell.state != State::Known) {
                let span = Span { start: cell.at, end: cell.at.saturating_add(1) };
                self.sink.report(Code::E405, span, || {
                    (format!("`{}` of {} must be known", attribute.name, what()), "leave the whole record out if it is not".to_owned())
                });
            }
        }
        if record.needs_id() && !self.has(open, Common::Id) {
            self.missing(open.head, &what(), "id", || "other records point at it by its id".to_owned());
        }
    }

    fn evidence_is_given(&mut self, open: &Open) {
        let record = self.vocabulary.record(open.kind);
        if !record.needs_evidence || self.has(open, Common::Evidence) {
            return;
        }
        let what = format!("{} {}", article(&record.name), record.name);
        if open.basis != Some(Basis::DeFacto) {
            return self.no_evidence(open.head, &format!("{what} rests on no evidence"));
        }
        if !names_a_year(self.facts.str(open.note)) && open.faults == self.sink.count() {
            self.sink.report(Code::E409, open.head, || {
                let help = "name the public source and its date in `note`, or give `evidence`";
                (format!("{what} that was observed names no dated source"), help.to_owned())
            });
        }
    }

    /// What says nothing of its basis has that of its record.
    fn hand_down_basis(&mut self, open: &Open, part: bool) {
        if let Some(basis) = open.basis {
            for unsaid in self.scratch.unsaid.drain(open.unsaid..) {
                match unsaid {
                    Unsaid::Row(row) => {
                        if let Some(row) = self.facts.rows.get_mut(row as usize) {
                            row.basis = basis;
                        }
                    }
                    Unsaid::Detail(detail) => {
                        if let Some(detail) = self.facts.details.get_mut(detail as usize) {
                            detail.basis = basis;
                        }
                    }
                }
            }
        } else if part {
            self.scratch.unsaid.push(Unsaid::Row(open.row));
        } else {
            self.scratch.unsaid.truncate(open.unsaid);
        }
    }

    fn row_detail(&mut self, open: &Open) -> u32 {
        if open.note.len == 0 && open.searched.len == 0 {
            return 0;
        }
        let empty = Range::default();
        let basis = open.basis.unwrap_or(Basis::DeJure);
        let (evidence, searched, note) = (open.evidence, open.searched, open.note);
        self.facts.details.push(Detail { evidence, searched, because: empty, note, disputed: empty, basis });
        number(self.facts.details.len())
    }
}

/// The id that was meant: in small letters, its words joined by hyphens. None where letters would be lost.
fn mended_id(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mended = words.join("-").to_ascii_lowercase();
    is_id(&mended).then_some(mended)
}

/// Small letters and digits in words joined by hyphens.
pub(super) fn is_id(text: &str) -> bool {
    text.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}
