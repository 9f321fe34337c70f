//! Chains along a relation, in one or more steps. A circle leads nowhere, and is said.

use super::evaluate::Evaluator;
use super::proof::{Gap, Remark, What};
use super::record::Recorder;
use super::world::Bound;
use crate::facts::{RowId, State};
use crate::model::ir::Target;
use crate::values::Truth;
use crate::vocabulary::{AttributeId, RecordId};

/// So many links of a chain are told of; further ones are followed and left unsaid.
const MOST_TOLD: usize = 64;

/// The attributes that lead on from records of one kind: most of a chain is of one.
#[derive(Default)]
struct Links {
    record: Option<RecordId>,
    attributes: Vec<AttributeId>,
}

impl Links {
    fn of<I: Iterator<Item = AttributeId>>(&mut self, record: RecordId, find: impl FnOnce(RecordId) -> I) {
        if self.record != Some(record) {
            self.record = Some(record);
            self.attributes.clear();
            self.attributes.extend(find(record));
        }
    }
}

/// What a chain has led to, in order. A long one is looked up by bits.
struct Seen {
    rows: Vec<RowId>,
    bits: Vec<u64>,
}

impl Seen {
    /// So many are looked at one by one.
    const FEW: usize = 32;

    fn new(start: RowId) -> Seen {
        Seen { rows: vec![start], bits: Vec::new() }
    }

    /// Adds a row; false if it is there.
    fn add(&mut self, row: RowId) -> bool {
        if self.rows.len() < Self::FEW {
            let new = !self.rows.contains(&row);
            self.rows.extend(Some(row).filter(|_| new));
            return new;
        }
        if self.bits.is_empty() {
            std::mem::take(&mut self.rows).into_iter().for_each(|row| {
                self.set(row);
                self.rows.push(row);
            });
        }
        let new = self.set(row);
        self.rows.extend(Some(row).filter(|_| new));
        new
    }

    fn set(&mut self, row: RowId) -> bool {
        let (word, bit) = (row as usize / 64, 1 << (row % 64));
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        let new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        new
    }
}

impl<'m, R: Recorder<'m>> Evaluator<'_, '_, 'm, R> {
    pub(super) fn reaches(&mut self, from: Bound, target: &'m Target, through: &[String]) -> Truth {
        if let Bound::Open(row, attribute) = from {
            self.recorder.gap(|| Gap::Fact(row, attribute));
        }
        let Bound::Row(start) = from else { return Truth::Unknown };
        let goal = match target {
            Target::Operand(operand) => Some(self.operand(*operand)),
            Target::Noun(_) => None,
        };
        if matches!(goal, Some(Bound::Nothing | Bound::Term(_) | Bound::Open(..))) {
            return Truth::Unknown;
        }
        let mut seen = Seen::new(start);
        let mut next = 0;
        let (mut truth, mut circle) = (Truth::No, false);
        let mut links = Links::default();
        while let Some(row) = seen.rows.get(next).copied() {
            next += 1;
            let told = next <= MOST_TOLD;
            links.of(self.world.facts.row(row).record, |record| {
                let record = self.world.model.vocabulary.record(record);
                through.iter().filter_map(|name| record.attribute(name))
            });
            for at in 0..links.attributes.len() {
                let attribute = links.attributes[at];
                let link = self.cell(Bound::Row(row), attribute);
                match link.state {
                    State::Unknown | State::Disputed => {
                        if told {
                            self.recorder.gap(|| Gap::Fact(row, attribute));
                        }
                        truth = truth.or(Truth::Unknown);
                    }
                    State::Absent | State::NotApplicable if told => self.recorder.fact(row, Some(attribute)),
                    State::Absent | State::NotApplicable => {}
                    State::Known => {
                        if told {
                            self.recorder.fact(row, Some(attribute));
                        }
                        let world = self.world;
                        for &linked in world.rows(&link.cell.value) {
                            truth = truth.or(self.is_goal(linked, goal, target, told));
                            if truth == Truth::Yes {
                                return Truth::Yes;
                            }
                            circle |= !seen.add(linked);
                        }
                    }
                }
            }
        }
        if truth == Truth::No && circle {
            self.recorder.remark(|| Remark::Circle);
        }
        truth
    }

    fn is_goal(&mut self, row: RowId, goal: Option<Bound>, target: &'m Target, told: bool) -> Truth {
        match (goal, target) {
            (Some(Bound::Row(wanted)), _) => Truth::from_bool(row == wanted),
            (None, Target::Noun(noun)) if self.world.facts.row(row).record == noun.record && self.counts_in(noun, row) => {
                self.scoped(noun.slot, |this| {
                    if !told {
                        return this.silent(|quick| quick.candidate(noun, row, false));
                    }
                    this.explained(What::Goal(row), |quick| quick.candidate(noun, row, false), |this| this.candidate(noun, row, false))
                })
            }
            _ => Truth::No,
        }
    }
}
