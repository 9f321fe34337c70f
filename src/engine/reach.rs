//! Chains along a relation, in one or more steps. A circle leads nowhere, and is said.

use super::evaluate::Evaluator;
use super::proof::{Gap, Remark, What};
use super::record::Recorder;
use super::world::Bound;
use crate::facts::{RowId, State};
use crate::model::ir::Target;
use crate::values::Truth;

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
        let mut seen: Vec<RowId> = vec![start];
        let mut next = 0;
        let (mut truth, mut circle) = (Truth::No, false);
        while let Some(row) = seen.get(next).copied() {
            next += 1;
            let record = self.world.model.vocabulary.record(self.world.facts.row(row).record);
            for attribute in through.iter().filter_map(|name| record.attribute(name)) {
                let link = self.cell(Bound::Row(row), attribute);
                match link.state {
                    State::Unknown | State::Disputed => {
                        self.recorder.gap(|| Gap::Fact(row, attribute));
                        truth = truth.or(Truth::Unknown);
                    }
                    State::Absent | State::NotApplicable => self.recorder.fact(row, Some(attribute)),
                    State::Known => {
                        self.recorder.fact(row, Some(attribute));
                        let world = self.world;
                        for &linked in world.rows(&link.cell.value) {
                            truth = truth.or(self.is_goal(linked, goal, target));
                            if truth == Truth::Yes {
                                return Truth::Yes;
                            }
                            circle |= seen.contains(&linked);
                            if !seen.contains(&linked) {
                                seen.push(linked);
                            }
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

    fn is_goal(&mut self, row: RowId, goal: Option<Bound>, target: &'m Target) -> Truth {
        match (goal, target) {
            (Some(Bound::Row(wanted)), _) => Truth::from_bool(row == wanted),
            (None, Target::Noun(noun)) if self.world.facts.row(row).record == noun.record && self.counts_in(noun, row) => self
                .scoped(noun.slot, |this| {
                    this.explained(What::Goal(row), |quick| quick.candidate(noun, row, false), |this| this.candidate(noun, row, false))
                }),
            _ => Truth::No,
        }
    }
}
