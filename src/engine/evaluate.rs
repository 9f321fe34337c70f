//! Conditions → truth, by strong Kleene logic. Nothing here fails and nothing recurses without bound: definitions use only earlier ones.
//!
//! Looking and recording are one walk. Where reasons are kept, the walk looks ahead silently and goes only where something is to be told; what
//! a definition comes to is looked up ([`super::desk`]) and walked again only for its reasons.

use super::desk::{Answer, Desk, Key, Look};
use super::proof::{Gap, Op, What};
use super::record::{Recorder, Scope, Silent};
use super::world::{Bound, Situation, World};
use crate::facts::{Cell, RowId, State, Value};
use crate::model::Model;
use crate::model::ir::{Expr, Join, Limbs, Mode, Modifier, Node, Noun, Operand, QualifierId, Test, TestKind, Variable};
use crate::text::{Place, SourceId, Span};
use crate::values::Truth;
use crate::vocabulary::{AttributeId, RecordId, Type};

/// The evaluator of one rule over one world.
pub(super) struct Evaluator<'d, 'w, 'm, R> {
    pub(super) world: &'w World<'w>,
    /// The model of the world; what is kept of it outlives the facts.
    pub(super) model: &'m Model,
    pub(super) recorder: &'d mut R,
    /// The variables, and what was found already.
    pub(super) desk: &'d mut Desk<'m>,
    /// The variables of the rule or definition at hand begin at `base`.
    pub(super) base: usize,
    /// What evidence in support must reach.
    pub(super) floor: Option<QualifierId>,
    /// Whether what is found speaks for the rule; the floor is asked only then.
    pub(super) support: bool,
    /// The situation assessed.
    pub(super) situation: Situation,
    /// Whether observed values count.
    pub(super) observed: bool,
}

/// A cell as it counts: one whose value does not count is unknown.
#[derive(Clone, Copy)]
pub(super) struct Seen<'w> {
    pub(super) state: State,
    pub(super) cell: &'w Cell,
}

/// What an evaluator is made of.
#[derive(Clone, Copy)]
pub(super) struct Ground<'w, 'm> {
    pub(super) world: &'w World<'w>,
    pub(super) model: &'m Model,
    pub(super) variables: &'m [Variable],
    pub(super) situation: Situation,
}

impl<'d, 'w, 'm, R: Recorder<'m>> Evaluator<'d, 'w, 'm, R> {
    pub(super) fn new(ground: Ground<'w, 'm>, desk: &'d mut Desk<'m>, recorder: &'d mut R) -> Evaluator<'d, 'w, 'm, R> {
        desk.slots.clear();
        desk.slots.resize(ground.variables.len(), Bound::Nothing);
        desk.frames.clear();
        desk.frames.push(ground.variables);
        Evaluator {
            world: ground.world,
            model: ground.model,
            recorder,
            desk,
            base: 0,
            floor: None,
            support: true,
            situation: ground.situation,
            observed: false,
        }
    }

    pub(super) fn get(&self, slot: u16) -> Bound {
        self.desk.slots.get(self.base + slot as usize).copied().unwrap_or(Bound::Nothing)
    }

    pub(super) fn set(&mut self, slot: u16, bound: Bound) {
        if let Some(place) = self.desk.slots.get_mut(self.base + slot as usize) {
            *place = bound;
        }
    }

    /// Runs over the values of one variable, and leaves it as it was: outside its noun it is a letter again.
    pub(super) fn scoped<T>(&mut self, slot: u16, inner: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.get(slot);
        let result = inner(self);
        self.set(slot, before);
        result
    }

    /// Ends a step. What it asks is told only where something is kept.
    pub(super) fn close(&mut self, what: What<'m>, place: Place, truth: Truth, op: Op) {
        if R::KEEPS {
            let variables = self.desk.frames.last().copied().unwrap_or(&[]);
            let scope = Scope { variables, bound: self.desk.slots.get(self.base..).unwrap_or(&[]) };
            self.recorder.close(what, scope, place, truth, op);
        }
    }

    /// A record that may be missing.
    pub(super) fn wanted(&mut self, noun: &'m Noun) {
        if R::KEEPS {
            let variables = self.desk.frames.last().copied().unwrap_or(&[]);
            let scope = Scope { variables, bound: self.desk.slots.get(self.base..).unwrap_or(&[]) };
            self.recorder.wanted(noun, scope);
        }
    }

    /// The same evaluator at the same place, keeping nothing: for looking before reasons are made.
    pub(super) fn silent<T>(&mut self, inner: impl FnOnce(&mut Evaluator<'_, 'w, 'm, Silent>) -> T) -> T {
        inner(&mut Evaluator {
            world: self.world,
            model: self.model,
            recorder: &mut Silent,
            desk: self.desk,
            base: self.base,
            floor: self.floor,
            support: self.support,
            situation: self.situation,
            observed: self.observed,
        })
    }

    /// Evaluates without recording; where the result is open, once more as a step, so that what is missing is kept.
    pub(super) fn explained(
        &mut self,
        what: What<'m>,
        quick: impl FnOnce(&mut Evaluator<'_, 'w, 'm, Silent>) -> Truth,
        inner: impl FnOnce(&mut Self) -> Truth,
    ) -> Truth {
        let truth = self.silent(quick);
        if R::KEEPS && truth == Truth::Unknown {
            self.recorder.open();
            inner(self);
            let place = Place { source: SourceId(0), span: Span::default() };
            self.close(what, place, truth, Op::And);
        }
        truth
    }

    /// The cell of a bound record, as it counts here.
    pub(super) fn cell(&mut self, bound: Bound, attribute: AttributeId) -> Seen<'w> {
        let Bound::Row(row) = bound else { return Seen { state: State::Unknown, cell: &Cell::UNKNOWN } };
        let cell = self.world.facts.cell(row, attribute);
        if cell.detail == 0 && !self.world.may_lapse(row) {
            return Seen { state: cell.state, cell };
        }
        let (counts, touched) = self.world.cell_counts(row, cell, self.situation, self.observed);
        self.desk.touched |= touched;
        Seen { state: if counts { cell.state } else { State::Unknown }, cell }
    }

    /// Whether a text or provision is in force, and in the situation assessed.
    pub(super) fn in_force(&mut self, row: RowId) -> Truth {
        self.desk.touched |= self.world.touched(row);
        self.world.in_force(row, self.situation)
    }

    pub(super) fn operand(&self, operand: Operand) -> Bound {
        match operand {
            Operand::Slot(slot) => self.get(slot),
            Operand::State => self.world.state(),
        }
    }

    /// A noun with its article, in the words of the frame at hand.
    pub(super) fn article(&self, noun: &Noun) -> String {
        let variables = self.desk.frames.last().copied().unwrap_or(&[]);
        let frame = super::proof::Frame { variables, bound: self.desk.slots.get(self.base..).unwrap_or(&[]) };
        super::words::reader(self.world, frame).article(noun)
    }

    /// Evaluates what speaks against the condition at hand: what speaks for the inner speaks against the outer, and the other way round.
    pub(super) fn against<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.support;
        self.support = !before;
        let result = inner(self);
        self.support = before;
        result
    }

    /// A condition as one step.
    pub(super) fn node(&mut self, node: &'m Node) -> Truth {
        self.recorder.open();
        let (truth, op) = self.expr(node);
        self.close(What::Node(node), node.place, truth, op);
        truth
    }

    fn expr(&mut self, node: &'m Node) -> (Truth, Op) {
        match &node.expr {
            Expr::Block(limbs) => self.block(limbs),
            Expr::Not(inner) => (!self.against(|this| this.node(inner)), Op::Not),
            Expr::Where(guard, then) => (self.guarded(guard, then), Op::Or),
            Expr::During(term, then) => self.during(*term, then),
            Expr::Always(then) => {
                let all = Situation::all(self.world.situations.len());
                (self.in_situations(all, then), Op::And)
            }
            Expr::Records(how, noun, body) => self.scoped(noun.slot, |this| this.records(*how, noun, body.as_deref())),
            Expr::Terms(how, id, slot, body) => self.scoped(*slot, |this| this.terms(*how, *id, *slot, body)),
            Expr::Has(operand, tests) => {
                let bound = self.operand(*operand);
                let mut truth = Truth::Yes;
                for test in tests {
                    truth = truth.and(self.test(bound, test));
                    if !R::KEEPS && truth == Truth::No {
                        break;
                    }
                }
                (truth, Op::And)
            }
            Expr::Call(id, operands) => (self.call(*id, None, operands), Op::And),
            Expr::Same(one, other) => (self.same(self.operand(*one), self.operand(*other)), Op::Facts),
            Expr::IsTerm(slot, _, term) => {
                let truth = match self.get(*slot) {
                    Bound::Term(bound) => Truth::from_bool(bound == *term),
                    Bound::Nothing | Bound::Row(_) | Bound::Ghost(_) | Bound::Open(..) => Truth::Unknown,
                };
                (truth, Op::Facts)
            }
            Expr::Reaches(from, target, through) => (self.reaches(self.operand(*from), target, through), Op::Facts),
        }
    }

    fn block(&mut self, limbs: &'m Limbs) -> (Truth, Op) {
        let (mut truth, op) = match limbs.join {
            Join::And => (Truth::Yes, Op::And),
            Join::Or => (Truth::No, Op::Or),
        };
        for limb in &limbs.limbs {
            let one = self.node(&limb.node);
            truth = if limbs.join == Join::And { truth.and(one) } else { truth.or(one) };
            let settled = truth == if limbs.join == Join::And { Truth::No } else { Truth::Yes };
            if settled && !R::KEEPS {
                break;
            }
        }
        (truth, op)
    }

    /// `not guard or then`, the guard read as one that speaks against.
    fn guarded(&mut self, guard: &'m Node, then: &'m Node) -> Truth {
        self.recorder.open();
        let asked = self.guard(guard);
        self.close(What::Denied(guard), guard.place, !asked, Op::Not);
        if asked == Truth::No {
            return Truth::Yes;
        }
        (!asked).or(self.node(then))
    }

    /// A guard is read as one that speaks against. One that speaks of a capacity that the subject does not have fails, and one that speaks of a
    /// capacity that is not settled never certainly holds.
    pub(super) fn guard(&mut self, guard: &'m Node) -> Truth {
        let truth = self.against(|this| this.node(guard));
        match spoken_of(guard) {
            Some(Operand::Slot(slot)) => match self.get(slot) {
                Bound::Nothing => Truth::No,
                Bound::Open(row, attribute) if truth == Truth::Yes => {
                    self.recorder.gap(|| Gap::Fact(row, attribute));
                    Truth::Unknown
                }
                Bound::Row(_) | Bound::Term(_) | Bound::Ghost(_) | Bound::Open(..) => truth,
            },
            _ => truth,
        }
    }

    fn during(&mut self, term: u16, then: &'m Node) -> (Truth, Op) {
        let Some((record, attribute)) = self.world.model.vocabulary.frame.situation else { return (Truth::Unknown, Op::Facts) };
        let world = self.world;
        let of_kind = |one: Situation| world.situation(one).map_or(Truth::No, |row| world.is_of_kind(row, attribute, term));
        let all = Situation::all(world.situations.len()).filter(|one| of_kind(*one) == Truth::Yes);
        // What holds in one that may be of the kind need not hold, and what fails there need not fail.
        let maybe = Situation::all(world.situations.len()).find(|one| of_kind(*one) == Truth::Unknown).and_then(|one| world.situation(one));
        if let Some(row) = maybe {
            self.recorder.gap(|| Gap::Fact(row, attribute));
            return (self.in_situations(all, then).and(Truth::Unknown), Op::And);
        }
        if all.clone().next().is_none() {
            return if self.list_closed(record, attribute, term) {
                (Truth::Yes, Op::Facts)
            } else {
                self.recorder.gap(|| Gap::Record(record, None));
                (Truth::Unknown, Op::Facts)
            };
        }
        (self.in_situations(all, then), Op::And)
    }

    fn in_situations(&mut self, all: impl Iterator<Item = Situation>, then: &'m Node) -> Truth {
        let before = self.situation;
        let mut truth = Truth::Yes;
        for situation in all {
            self.situation = situation;
            truth = truth.and(self.node(then));
        }
        self.situation = before;
        truth
    }

    /// A definition in a frame of variables of its own, on a first argument and others.
    pub(super) fn call(&mut self, id: u32, first: Option<Bound>, operands: &[Operand]) -> Truth {
        let Some(definition) = self.model.definitions.get(id as usize) else { return Truth::Unknown };
        let (base, len) = (self.base, self.desk.slots.len());
        let given = first.iter().len() + operands.len();
        self.desk.slots.resize(len + definition.variables.len().max(given), Bound::Nothing);
        for at in 0..given {
            let operand = || operands.get(at - first.iter().len()).map_or(Bound::Nothing, |one| self.operand(*one));
            self.desk.slots[len + at] = first.filter(|_| at == 0).unwrap_or_else(operand);
        }
        let truth = if R::KEEPS {
            self.framed(len, &definition.variables, |this| this.node(&definition.body))
        } else {
            let key = Key::new(self.look(id as usize), &self.desk.slots[len..len + given]);
            self.remembered(key, |this| this.framed(len, &definition.variables, |this| this.node(&definition.body)))
        };
        self.desk.slots.truncate(len);
        self.base = base;
        truth
    }

    /// Evaluates in a frame of variables that begins at `base`.
    pub(super) fn framed(&mut self, base: usize, variables: &'m [Variable], inner: impl FnOnce(&mut Self) -> Truth) -> Truth {
        let before = std::mem::replace(&mut self.base, base);
        if R::KEEPS {
            self.desk.frames.push(variables);
        }
        let truth = inner(self);
        if R::KEEPS {
            self.desk.frames.pop();
        }
        self.base = before;
        truth
    }

    /// How a definition or qualifier is looked at here.
    pub(super) fn look(&self, id: usize) -> Look {
        Look { id, situation: self.situation.number(), floor: self.floor, support: self.support, observed: self.observed }
    }

    /// What was found for this question before, or else what is found now.
    pub(super) fn remembered(&mut self, key: Option<Key>, inner: impl FnOnce(&mut Self) -> Truth) -> Truth {
        let Some(key) = key else { return inner(self) };
        if let Some(known) = self.desk.memo.get(key) {
            self.desk.touched |= known.touched();
            return known.truth();
        }
        let before = std::mem::take(&mut self.desk.touched);
        let truth = inner(self);
        self.desk.memo.put(key, Answer::new(truth, self.desk.touched));
        self.desk.touched |= before;
        truth
    }

    pub(super) fn same(&mut self, one: Bound, other: Bound) -> Truth {
        match (one, other) {
            (Bound::Row(a), Bound::Row(b)) => Truth::from_bool(a == b),
            (Bound::Term(a), Bound::Term(b)) => Truth::from_bool(a == b),
            (Bound::Ghost(_), Bound::Row(_)) | (Bound::Row(_), Bound::Ghost(_)) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// Whether a list is closed for records with this term.
    pub(super) fn list_closed(&mut self, record: RecordId, attribute: u16, term: u16) -> bool {
        let place = self.world.model.vocabulary.record(record).place;
        let test = Test { record, attribute, denied: false, kind: TestKind::Terms(Mode::Any, 1 << term, Vec::new()), place };
        self.closed(&Noun { record, slot: 0, in_fact: false, modifiers: vec![Modifier::Test(test)], place })
    }
}

/// What a statement speaks of, also where it denies.
fn spoken_of(node: &Node) -> Option<Operand> {
    match &node.expr {
        Expr::Has(operand, _) | Expr::Same(operand, _) | Expr::Reaches(operand, _, _) => Some(*operand),
        Expr::Call(_, operands) => operands.first().copied(),
        // `H is not …` has the place of the whole; `it is not so that …` has not.
        Expr::Not(inner) if inner.place == node.place => spoken_of(inner),
        _ => None,
    }
}

/// What a record is called in sentences: the last text that it must have (its name or title), else its id, else its kind with what it is
/// about. A provision is called by its id; its heading names the text in which it stands.
pub fn name_of(world: &World<'_>, row: RowId) -> String {
    let facts = world.facts;
    let own = facts.row(row).record;
    let record = world.model.vocabulary.record(own);
    let called = record.attributes.iter().rposition(|one| one.required && one.ty == Type::Text).and_then(|at| u16::try_from(at).ok());
    let named = called.filter(|_| Some(own) != world.model.vocabulary.frame.evidence).map(|attribute| facts.cell(row, attribute).value);
    match named {
        Some(Value::Text(range)) => facts.str(range).to_owned(),
        _ if facts.str(facts.row(row).id).is_empty() => about(world, row),
        _ => facts.str(facts.row(row).id).to_owned(),
    }
}

/// The kind of a record with its most telling term: the one that is chosen from the longest list.
fn about(world: &World<'_>, row: RowId) -> String {
    let vocabulary = &world.model.vocabulary;
    let record = vocabulary.record(world.facts.row(row).record);
    let terms = record.attributes.iter().enumerate().filter_map(|(at, attribute)| {
        let list = crate::model::ir::enumeration(&attribute.ty)?;
        match world.facts.cell(row, u16::try_from(at).ok()?).value {
            Value::Term(term) => Some((vocabulary.enumeration(list), attribute, term)),
            _ => None,
        }
    });
    let kind = record.name.replace('-', " ");
    match terms.max_by_key(|(list, _, _)| list.terms.len()) {
        Some((list, attribute, term)) => format!("the {kind} {}", attribute.read.replace("{value}", &list.terms[term as usize].reading)),
        None => format!("the {kind} {}", world.facts.row(row).index + 1),
    }
}
