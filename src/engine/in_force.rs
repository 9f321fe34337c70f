//! What is in force on the day assessed, in ordinary law and in each situation. Texts suspend one another: each suspending text is looked at
//! once, and of a situation only that is kept which is otherwise than in ordinary law. So the cost grows with what texts suspend, and not with
//! texts × situations × rows.

use super::world::{Situation, World, said_to_be_open};
use crate::facts::{Basis, RowId, State};
use crate::model::ir::pointed_at;
use crate::values::Truth;
use crate::vocabulary::RecordId;

/// What is in force.
#[derive(Debug, Default)]
pub(super) struct InForce {
    /// For each row, whether the day lies within its dates; a row that is no text or provision has none.
    dates: Vec<Truth>,
    /// For each row, whether it is in force in ordinary law; a row that is no text or provision is.
    ordinary: Vec<Truth>,
    /// For each row, the situations in which that is otherwise, as bits; empty where there are none at all.
    touched: Vec<u64>,
    /// For each situation: the rows that are otherwise in force in it, sorted.
    otherwise: Vec<Vec<(RowId, Truth)>>,
}

/// What suspends rows.
#[derive(Clone, Debug, Default)]
struct Suspended {
    /// Rows, and whether they are suspended; sorted, each once.
    rows: Vec<(RowId, Truth)>,
    /// Whether any provision is, by a text of which it is not known what it suspends.
    any: Option<Truth>,
}

impl InForce {
    pub(super) fn new(world: &World<'_>) -> InForce {
        let facts = world.facts;
        let vocabulary = &world.model.vocabulary;
        let frame = &vocabulary.frame;
        let texts = frame.source.and_then(|slot| pointed_at(&vocabulary.attribute(slot).ty)).unwrap_or(&[]);
        let dated: Vec<bool> = (0u16..).zip(&vocabulary.records).map(|(id, _)| Some(id) == frame.evidence || texts.contains(&id)).collect();
        let is_dated = |row: RowId| dated.get(facts.row(row).record as usize) == Some(&true);
        let is_evidence = |row: RowId| Some(facts.row(row).record) == frame.evidence;
        let always = Suspended::by(world, &ungoverned(world));
        let rows = (0..).take(facts.rows.len());
        let dates: Vec<Truth> = rows.clone().map(|row| if is_dated(row) { world.find_date_truth(row) } else { Truth::Yes }).collect();
        let mut ordinary = dates.clone();
        if !always.is_empty() {
            for (row, truth) in rows.zip(&mut ordinary).filter(|(row, _)| is_dated(*row)) {
                *truth = truth.and(!always.truth(row, is_evidence(row)));
            }
        }
        let mut whole = InForce { dates, ordinary, touched: Vec::new(), otherwise: Vec::new() };
        for (at, situation) in Situation::all(world.situations.len()).skip(1).zip(&world.situations) {
            let own = Suspended::by(world, regime(world, *situation));
            let mut otherwise = Vec::new();
            let mut look = |row: RowId| {
                let suspended = always.truth(row, is_evidence(row)).or(own.truth(row, is_evidence(row)));
                let truth = whole.dates.get(row as usize).map_or(Truth::Yes, |dates| dates.and(!suspended));
                if is_dated(row) && whole.ordinary.get(row as usize) != Some(&truth) {
                    otherwise.push((row, truth));
                }
            };
            match own.any {
                Some(_) => (0..).take(facts.rows.len()).filter(|row| is_dated(*row)).for_each(&mut look),
                None => own.rows.iter().for_each(|(row, _)| look(*row)),
            }
            if !otherwise.is_empty() {
                whole.touched.resize(facts.rows.len(), 0);
                otherwise.iter().for_each(|(row, _)| whole.touched[*row as usize] |= at.bit());
            }
            whole.otherwise.push(otherwise);
        }
        whole
    }

    pub(super) fn truth(&self, row: RowId, situation: Situation) -> Truth {
        if self.touched(row) & situation.bit() != 0
            && let Some(all) = (situation.number() as usize).checked_sub(1).and_then(|at| self.otherwise.get(at))
            && let Ok(at) = all.binary_search_by_key(&row, |one| one.0)
        {
            return all[at].1;
        }
        self.ordinary.get(row as usize).copied().unwrap_or(Truth::Unknown)
    }

    /// Whether the day lies within the dates of a text or provision.
    pub(super) fn dates(&self, row: RowId) -> Truth {
        self.dates.get(row as usize).copied().unwrap_or(Truth::Unknown)
    }

    pub(super) fn touched(&self, row: RowId) -> u64 {
        self.touched.get(row as usize).copied().unwrap_or(0)
    }
}

/// The texts that govern a situation.
fn regime<'w>(world: &'w World<'_>, situation: RowId) -> &'w [RowId] {
    let slot = world.model.vocabulary.frame.regime;
    slot.map_or(&[], |slot| world.rows(&world.facts.cell(situation, slot.1).value))
}

/// The texts that govern no situation: what they suspend, they suspend always.
fn ungoverned(world: &World<'_>) -> Vec<RowId> {
    let frame = &world.model.vocabulary.frame;
    let table = |record: RecordId| world.facts.tables.get(record as usize).map_or(&[][..], Vec::as_slice);
    let situations = frame.regime.map_or(&[][..], |slot| table(slot.0));
    let mut governed: Vec<RowId> = situations.iter().flat_map(|row| regime(world, *row)).copied().collect();
    governed.sort_unstable();
    let texts = frame.suspends.map_or(&[][..], |slot| table(slot.0));
    texts.iter().copied().filter(|text| governed.binary_search(text).is_err()).collect()
}

impl Suspended {
    /// What these texts suspend.
    fn by(world: &World<'_>, texts: &[RowId]) -> Suspended {
        let mut found = Suspended::default();
        let Some((record, attribute)) = world.model.vocabulary.frame.suspends else { return found };
        let is_text = |row: &RowId| {
            let own = world.facts.row(*row);
            own.record == record && own.state == State::Known && own.basis == Basis::DeJure
        };
        for text in texts.iter().copied().filter(is_text) {
            let cell = world.in_law(text, attribute);
            let (rows, open) = (world.listed(&cell.value), said_to_be_open(&cell));
            if rows.is_empty() && !open {
                continue;
            }
            let holds = world.by_dates(text);
            if open {
                found.any = Some(found.any.unwrap_or(Truth::No).or(holds.and(Truth::Unknown)));
            }
            found.rows.extend(rows.iter().map(|row| (*row, holds)));
        }
        // The strongest of each row comes last, and stays.
        found.rows.sort_unstable();
        found.rows.reverse();
        found.rows.dedup_by_key(|one| one.0);
        found.rows.reverse();
        found
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.any.is_none()
    }

    /// Whether a row is suspended.
    fn truth(&self, row: RowId, evidence: bool) -> Truth {
        let own = self.rows.binary_search_by_key(&row, |one| one.0).ok().and_then(|at| self.rows.get(at)).map_or(Truth::No, |one| one.1);
        own.or(self.any.filter(|_| evidence).unwrap_or(Truth::No))
    }
}
