//! Records that fit a noun: candidates, their evidence, and counting them with the ghost of what nobody wrote down.

use super::desk::{Key, Sifted};
use super::evaluate::Evaluator;
use super::gathered::Rows;
use super::proof::{Gap, Op, Remark, What};
use super::record::{Recorder, Silent};
use super::world::Bound;
use crate::facts::{Basis, Role, RowId, State, Value};
use crate::model::ir::{HowMany, Mode, Modifier, Node, Noun, Operand, QualifierId, Test, TestKind, pointed_at};
use crate::values::Truth;
use crate::vocabulary::{AttributeId, EnumId};

/// Variables of a qualifier; the depth of nouns is limited well below.
const QUALIFIER_SLOTS: usize = 128;

/// So many records of one noun are told of; more are counted and left unsaid.
const MOST_TOLD: u32 = 256;

/// How many were found of each truth.
#[derive(Clone, Copy, Default)]
struct Tally {
    yes: u32,
    unknown: u32,
    no: u32,
}

impl Tally {
    fn at_least(&self, count: u32) -> Truth {
        if self.yes >= count {
            Truth::Yes
        } else if self.yes + self.unknown >= count {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    fn add(&mut self, truth: Truth) {
        match truth {
            Truth::Yes => self.yes += 1,
            Truth::Unknown => self.unknown += 1,
            Truth::No => self.no += 1,
        }
    }
}

impl<'w, 'm, R: Recorder<'m>> Evaluator<'_, 'w, 'm, R> {
    pub(super) fn records(&mut self, how: HowMany, noun: &'m Noun, body: Option<&'m Node>) -> (Truth, Op) {
        match how {
            HowMany::Every => (self.every(noun, body), Op::And),
            HowMany::AtLeast(count) => (self.at_least(count, noun, body), if count == 1 { Op::Or } else { Op::Count }),
            HowMany::AtMost(count) => (!self.against(|this| this.at_least(count.saturating_add(1), noun, body)), Op::Not),
            HowMany::Exactly(count) => {
                let enough = self.at_least(count, noun, body);
                let too_many = self.silent(|quick| quick.against(|this| this.at_least(count.saturating_add(1), noun, body)));
                (enough.and(!too_many), Op::Count)
            }
            HowMany::Share(share, _) => (self.share(share, noun, body), Op::Count),
        }
    }

    /// The rows that could fit, and whether more may exist.
    fn domain(&mut self, noun: &'m Noun) -> (Rows<'w>, bool) {
        let owner =
            noun.modifiers.iter().find_map(|modifier| if let Modifier::PartOf(operand, _) = modifier { Some(*operand) } else { None });
        let Some(owner) = owner else {
            let world = self.world;
            let all = || Rows::all(world.facts.tables.get(noun.record as usize).map_or(&[], Vec::as_slice));
            let (target, rows) = self.gathered(noun).map_or_else(|| (None, all()), |(target, rows)| (Some(target), rows));
            return (self.sifted(noun, target, rows), true);
        };
        self.parts(self.operand(owner), noun)
    }

    /// The rows that may point where a noun says; none where it names nothing by which its records are gathered. A row that certainly points
    /// elsewhere could not fit.
    fn gathered(&self, noun: &Noun) -> Option<((AttributeId, RowId), Rows<'w>)> {
        noun.modifiers.iter().find_map(|modifier| {
            let Modifier::Test(test) = modifier else { return None };
            let TestKind::Rows(Mode::Any, operands) = &test.kind else { return None };
            match operands.as_slice() {
                [operand] if !test.denied => match self.operand(*operand) {
                    Bound::Row(target) => {
                        let rows = self.world.gathered(noun.record, test.attribute, target)?;
                        Some(((test.attribute, target), rows))
                    }
                    Bound::Nothing | Bound::Term(_) | Bound::Ghost(_) | Bound::Open(..) => None,
                },
                _ => None,
            }
        })
    }

    /// Those of the rows that do not certainly fail what the noun asks of its own attributes, whatever variables stand for. That is found once
    /// for a noun, and not for each rule, subject and floor that it is asked for.
    fn sifted(&mut self, noun: &'m Noun, target: Option<(AttributeId, RowId)>, mut rows: Rows<'w>) -> Rows<'w> {
        let constant =
            |modifier: &'m Modifier| if let Modifier::Test(test) = modifier { Some(test).filter(|one| is_constant(one)) } else { None };
        if !noun.modifiers.iter().any(|one| constant(one).is_some()) {
            return rows;
        }
        let observed = self.observed || noun.in_fact;
        let Some(key) = Key::of_noun(noun, target, self.situation, observed) else { return rows };
        let known = self.desk.sieves.get(key);
        let found = known.unwrap_or_else(|| {
            let before = (std::mem::replace(&mut self.observed, observed), std::mem::take(&mut self.desk.touched));
            let start = self.desk.sifted.len();
            while let Some(row) = rows.next(&self.desk.sifted) {
                let passes = |this: &mut Evaluator<'_, '_, 'm, Silent>| {
                    noun.modifiers.iter().filter_map(constant).all(|test| this.test(Bound::Row(row), test) != Truth::No)
                };
                if self.counts_in(noun, row) && self.silent(passes) {
                    self.desk.sifted.push(row);
                }
            }
            let number = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
            let found = Sifted { start: number(start), end: number(self.desk.sifted.len()), touched: self.desk.touched };
            self.desk.sieves.put(key, found);
            (self.observed, self.desk.touched) = before;
            found
        });
        self.desk.touched |= found.touched;
        Rows::Sifted(found.start as usize..found.end as usize)
    }

    fn parts(&mut self, owner: Bound, noun: &Noun) -> (Rows<'w>, bool) {
        let world = self.world;
        let Some(record) = world.record_of(owner) else { return (Rows::all(&[]), true) };
        let (mut rows, mut more, mut open): (&[RowId], Vec<RowId>, bool) = (&[], Vec::new(), false);
        for (at, attribute) in (0u16..).zip(&world.model.vocabulary.record(record).attributes) {
            if pointed_at(&attribute.ty).is_none_or(|all| all != [noun.record]) {
                continue;
            }
            let seen = self.cell(owner, at);
            match (seen.state, seen.cell.value) {
                (State::Known, Value::Rows(range)) if rows.is_empty() && more.is_empty() => rows = world.facts.list(range),
                (State::Known, Value::Rows(range)) => more.extend_from_slice(world.facts.list(range)),
                (State::Known, Value::Row(row)) => more.push(row),
                (State::Known | State::Absent | State::NotApplicable, _) => {}
                (State::Unknown | State::Disputed, _) => {
                    open = true;
                    if let Bound::Row(row) = owner {
                        self.recorder.gap(|| Gap::Fact(row, at));
                    }
                }
            }
        }
        (Rows::All(rows, more.into_iter()), open)
    }

    /// Whether a further record might fit: never certainly, and not at all if the list is closed for what is asked.
    pub(super) fn ghost(&mut self, noun: &'m Noun) -> Truth {
        // What is asked may name the record itself; it must not be taken for the record that was looked at last.
        self.set(noun.slot, Bound::Ghost(noun.record));
        if noun.in_fact || self.closed(noun) {
            return Truth::No;
        }
        let bound = Bound::Ghost(noun.record);
        self.set(noun.slot, bound);
        let truth = self.silent(|quick| quick.modifiers(noun, bound));
        truth.and(Truth::Unknown)
    }

    fn at_least(&mut self, count: u32, noun: &'m Noun, body: Option<&'m Node>) -> Truth {
        let (mut rows, open) = self.domain(noun);
        let mut tally = Tally::default();
        while let Some(row) = rows.next(&self.desk.sifted) {
            tally.add(self.told_member(noun, row, body, true, tally.yes + tally.unknown));
            if !R::KEEPS && tally.yes >= count {
                return Truth::Yes;
            }
        }
        if tally.yes >= count {
            return Truth::Yes;
        }
        let ghost = if open { self.ghost_member(noun, body, true) } else { Truth::No };
        if ghost != Truth::No {
            self.wanted(noun);
        }
        if tally.yes + tally.unknown < count && ghost == Truth::No { Truth::No } else { Truth::Unknown }
    }

    fn every(&mut self, noun: &'m Noun, body: Option<&'m Node>) -> Truth {
        let Some(body) = body else { return Truth::Yes };
        let (mut rows, open) = self.domain(noun);
        let (mut truth, mut told) = (Truth::Yes, 0);
        while let Some(row) = rows.next(&self.desk.sifted) {
            let one = self.told_member(noun, row, Some(body), false, told);
            told += u32::from(one != Truth::Yes);
            truth = truth.and(one);
            if !R::KEEPS && truth == Truth::No {
                return truth;
            }
        }
        if truth != Truth::No && open {
            let ghost = self.ghost_member(noun, Some(body), false);
            if ghost != Truth::Yes {
                self.wanted(noun);
            }
            truth = truth.and(ghost);
        }
        truth
    }

    /// One record, with its reasons unless there are enough of them.
    fn told_member(&mut self, noun: &'m Noun, row: RowId, body: Option<&'m Node>, some: bool, told: u32) -> Truth {
        if R::KEEPS && told >= MOST_TOLD {
            return self.silent(|quick| quick.scoped(noun.slot, |this| this.member(noun, row, body, some)));
        }
        self.scoped(noun.slot, |this| this.member(noun, row, body, some))
    }

    /// Facts of observation count inside a noun marked `in fact`, and there alone.
    pub(super) fn counts_in(&self, noun: &Noun, row: RowId) -> bool {
        noun.in_fact == (self.world.facts.row(row).basis == Basis::DeFacto)
    }

    /// One record: for `some`, that it fits and satisfies; for `every`, that it satisfies if it fits.
    fn member(&mut self, noun: &'m Noun, row: RowId, body: Option<&'m Node>, some: bool) -> Truth {
        let without = if some { Truth::No } else { Truth::Yes };
        if !self.counts_in(noun, row) {
            return without;
        }
        if R::KEEPS {
            let (said, fits) = self.silent(|quick| quick.looked_at(noun, row, some));
            if fits == Truth::No {
                match if said == Truth::Unknown { self.gone(noun, row) } else { None } {
                    Some(search) => self.recorder.fact(search, None),
                    None if some && (said != Truth::No || noun.in_fact) => self.near_miss(noun, row),
                    None => {}
                }
                return without;
            }
        }
        self.recorder.open();
        let fits = self.fits(noun, row, some);
        if fits == Truth::No {
            self.recorder.drop_step();
            return without;
        }
        self.recorder.fact(row, None);
        let held = body.map_or(Truth::Yes, |body| self.node(body));
        let truth = if some { fits.and(held) } else { (!fits).or(held) };
        let op = if some { Op::And } else { Op::Or };
        self.finish_member(noun, row, truth, op, fits);
        truth
    }

    fn finish_member(&mut self, noun: &'m Noun, row: RowId, truth: Truth, op: Op, fits: Truth) {
        let perhaps = (op, fits) == (Op::Or, Truth::Unknown);
        self.close(What::Member { noun, row, perhaps }, noun.place, truth, op);
    }

    /// Whether a record fits in words, and whether it fits.
    fn looked_at(&mut self, noun: &'m Noun, row: RowId, some: bool) -> (Truth, Truth) {
        let before = self.support;
        self.support = before == some;
        let found = self.worded(noun, row, true);
        self.support = before;
        found
    }

    /// A record that fits in words and fails only for want of evidence is worth showing; others are not.
    fn near_miss(&mut self, noun: &'m Noun, row: RowId) {
        let in_words = |quick: &mut Evaluator<'_, '_, 'm, Silent>| {
            quick.set(noun.slot, Bound::Row(row));
            quick.modifiers(noun, Bound::Row(row)) != Truth::No
        };
        if !noun.in_fact || self.silent(in_words) {
            self.recorder.open();
            self.candidate(noun, row, true);
            self.recorder.fact(row, None);
            self.finish_member(noun, row, Truth::No, Op::And, Truth::Yes);
        }
    }

    /// Whether a record fits; read as one that speaks against where it only selects.
    fn fits(&mut self, noun: &'m Noun, row: RowId, some: bool) -> Truth {
        if some { self.candidate(noun, row, true) } else { self.against(|this| this.candidate(noun, row, true)) }
    }

    fn ghost_member(&mut self, noun: &'m Noun, body: Option<&'m Node>, some: bool) -> Truth {
        let fits = if some { self.ghost(noun) } else { self.against(|this| this.ghost(noun)) };
        if fits == Truth::No {
            return if some { Truth::No } else { Truth::Yes };
        }
        let held = body.map_or(Truth::Yes, |body| self.silent(|quick| quick.node(body)));
        if some { fits.and(held) } else { (!fits).or(held) }
    }

    fn share(&mut self, share: i64, noun: &'m Noun, body: Option<&'m Node>) -> Truth {
        let (mut rows, open) = self.domain(noun);
        let (mut sure, mut maybe) = (Tally::default(), Tally::default());
        while let Some(row) = rows.next(&self.desk.sifted) {
            if !self.counts_in(noun, row) {
                continue;
            }
            self.recorder.open();
            // Those meant stand on both sides of the share, so no floor is asked of them.
            let floor = self.floor.take();
            let fits = self.candidate(noun, row, true);
            self.floor = floor;
            if fits == Truth::No {
                self.recorder.drop_step();
                continue;
            }
            let held = body.map_or(Truth::Yes, |body| self.node(body));
            self.finish_member(noun, row, held, Op::And, fits);
            if fits == Truth::Yes { sure.add(held) } else { maybe.add(held) }
        }
        let floor = self.floor.take();
        let ghost = if open { self.ghost(noun) } else { Truth::No };
        self.floor = floor;
        if ghost != Truth::No {
            self.wanted(noun);
            return Truth::Unknown;
        }
        let reached = |yes: u32, all: u32| i128::from(yes) * 100_000_000 >= i128::from(share) * i128::from(all);
        let all = sure.yes + sure.unknown + sure.no;
        if all == 0 {
            // A share of nothing is neither reached nor missed.
            return Truth::Unknown;
        }
        let worst = reached(sure.yes, all + maybe.unknown + maybe.no);
        let best = reached(sure.yes + sure.unknown + maybe.yes + maybe.unknown, all + maybe.yes + maybe.unknown);
        match (worst, best) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::No,
        }
    }

    pub(super) fn terms(&mut self, how: HowMany, id: EnumId, slot: u16, body: &'m Node) -> (Truth, Op) {
        // What is found against a bound from above needs no floor.
        let against = if let HowMany::AtMost(_) | HowMany::Exactly(_) = how {
            self.against(|this| this.term_tally(id, slot, body))
        } else {
            Tally::default()
        };
        let list = self.world.model.vocabulary.enumeration(id);
        let quick: Vec<Truth> = (0..list.terms.len()).map(|at| self.silent(|quick| quick.term(slot, at, body))).collect();
        let mut tally = Tally::default();
        quick.iter().for_each(|truth| tally.add(*truth));
        if R::KEEPS {
            // Kept is what tells: of an `every` that fails what fails, of the others what holds or may hold.
            let dull = if how == HowMany::Every { Truth::Yes } else { Truth::No };
            let all = how == HowMany::Every && tally.unknown + tally.no == 0;
            for at in (0..list.terms.len()).filter(|at| all || quick[*at] != dull) {
                self.term(slot, at, body);
            }
        }
        let all = tally.yes + tally.unknown + tally.no;
        match how {
            HowMany::Every => (tally.at_least(all), Op::And),
            HowMany::AtLeast(1) => (tally.at_least(1), Op::Or),
            HowMany::AtLeast(count) => (tally.at_least(count), Op::Count),
            HowMany::AtMost(count) => (!against.at_least(count.saturating_add(1)), Op::Count),
            HowMany::Exactly(count) => (tally.at_least(count).and(!against.at_least(count.saturating_add(1))), Op::Count),
            HowMany::Share(share, _) => {
                let needed = (i128::from(share) * i128::from(all) + 99_999_999) / 100_000_000;
                (tally.at_least(u32::try_from(needed).unwrap_or(u32::MAX)), Op::Count)
            }
        }
    }

    fn term_tally(&mut self, id: EnumId, slot: u16, body: &'m Node) -> Tally {
        let mut tally = Tally::default();
        (0..self.world.model.vocabulary.enumeration(id).terms.len())
            .for_each(|at| tally.add(self.silent(|quick| quick.term(slot, at, body))));
        tally
    }

    /// The body for one term.
    fn term(&mut self, slot: u16, at: usize, body: &'m Node) -> Truth {
        self.set(slot, Bound::Term(u16::try_from(at).unwrap_or(u16::MAX)));
        self.node(body)
    }

    /// Whether a record fits a noun: what is said of it, and that it stands on evidence in force.
    pub(super) fn candidate(&mut self, noun: &'m Noun, row: RowId, free: bool) -> Truth {
        self.worded(noun, row, free).1
    }

    /// What is said of it, and whether it fits. One that a search rules out does not fit, though what is said of it is open.
    fn worded(&mut self, noun: &'m Noun, row: RowId, free: bool) -> (Truth, Truth) {
        self.set(noun.slot, Bound::Row(row));
        let before = self.observed;
        self.observed |= noun.in_fact;
        let (said, own) = self.said_and_own(noun, Bound::Row(row));
        let gone = (said, own) == (Truth::Unknown, Truth::Unknown) && self.gone(noun, row).is_some();
        self.observed = before;
        if gone {
            return (Truth::Unknown, Truth::No);
        }
        if noun.in_fact || said == Truth::No && !R::KEEPS {
            return (said, said);
        }
        let mut stands = self.stands(row, free);
        if self.world.facts.row(row).owner > 0 && !noun.modifiers.iter().any(|one| matches!(one, Modifier::PartOf(..))) {
            let (counts, touched) = self.world.owner_counts(row, self.situation);
            self.desk.touched |= touched;
            stands = if counts { stands } else { stands.and(Truth::Unknown) };
        }
        (said, said.and(stands))
    }

    pub(super) fn modifiers(&mut self, noun: &'m Noun, bound: Bound) -> Truth {
        self.said_and_own(noun, bound).0
    }

    /// What is said of a record, and that part of it that is said of its own attributes and not denied.
    fn said_and_own(&mut self, noun: &'m Noun, bound: Bound) -> (Truth, Truth) {
        let (mut truth, mut own) = (Truth::Yes, Truth::Yes);
        for modifier in &noun.modifiers {
            let one = match modifier {
                Modifier::Test(test) => {
                    let one = self.test(bound, test);
                    own = if test.denied { own } else { own.and(one) };
                    one
                }
                Modifier::Same(operand, positive, _) => {
                    let same = self.same(bound, self.operand(*operand));
                    if *positive { same } else { !same }
                }
                Modifier::PartOf(..) => Truth::Yes,
                Modifier::Qualifier(id, _) => {
                    let qualifier = self.model.qualifiers.get(*id as usize);
                    qualifier.map_or(Truth::Unknown, |one| self.rests_on(bound, Asked::Qualifier(*id, &one.noun), Some(&one.read)))
                }
                Modifier::RestingOn(noun) => self.rests_on(bound, Asked::Noun(noun), None),
                Modifier::Is(id, operands, positive, place) => self.is(bound, *id, operands, *positive, *place),
            };
            truth = truth.and(one);
            if truth == Truth::No {
                break;
            }
        }
        (truth, own)
    }

    fn is(&mut self, bound: Bound, id: u32, operands: &[Operand], positive: bool, place: crate::text::Place) -> Truth {
        self.recorder.open();
        let before = self.support;
        self.support = before == positive;
        let truth = self.call(id, Some(bound), operands);
        self.support = before;
        let truth = if positive { truth } else { !truth };
        if R::KEEPS {
            let named = |one: &Operand| match *one {
                Operand::Slot(slot) => self.desk.slots.get(self.base + slot as usize).copied().unwrap_or(Bound::Nothing),
                Operand::State => self.world.state(),
            };
            let arguments = self.recorder.arguments(std::iter::once(bound).chain(operands.iter().map(named)));
            let definition = self.model.definitions.get(id as usize);
            let what = definition.map_or(What::Nothing, |one| What::Call(one, arguments, positive));
            self.close(what, place, truth, if positive { Op::And } else { Op::Not });
        }
        truth
    }

    /// Whether a record stands: in force itself, or on evidence in force, of the floor where that is asked.
    fn stands(&mut self, row: RowId, free: bool) -> Truth {
        let record = self.world.facts.row(row).record;
        let vocabulary = &self.world.model.vocabulary;
        let is_evidence = Some(record) == vocabulary.frame.evidence;
        if is_evidence || free && !vocabulary.record(record).needs_evidence && !vocabulary.record(record).part {
            let truth = self.in_force(row);
            if truth == Truth::Unknown {
                self.recorder.gap(|| Gap::InForce(row));
            }
            if truth == Truth::No {
                self.recorder.remark(|| Remark::NotInForce);
            }
            return truth;
        }
        if !vocabulary.record(record).needs_evidence {
            // A part of what rests on nothing in force may not be there.
            let (counts, touched) = self.world.part_counts(row, self.situation);
            self.desk.touched |= touched;
            return if counts { Truth::Yes } else { Truth::Unknown };
        }
        let in_force = self.evidence(row, Asked::InForce);
        match self.floor.filter(|_| self.support).and_then(|id| Some((id, self.model.qualifiers.get(id as usize)?))) {
            Some((id, floor)) if in_force != Truth::No => {
                let asked = Asked::Qualifier(id, &floor.noun);
                in_force.and(self.explained(What::Read(&floor.read), |quick| quick.evidence(row, asked), |this| this.evidence(row, asked)))
            }
            _ => in_force,
        }
    }

    fn rests_on(&mut self, bound: Bound, asked: Asked<'m>, read: Option<&String>) -> Truth {
        match bound {
            Bound::Row(row) => {
                let truth = self.evidence(row, asked);
                if truth == Truth::No && R::KEEPS {
                    let noun = || asked.noun().map_or_else(String::new, |noun| format!("on {}", self.article(noun)));
                    let read = read.cloned().unwrap_or_else(noun);
                    self.recorder.remark(|| Remark::Words(format!("does not rest {read}").into()));
                }
                truth
            }
            Bound::Nothing | Bound::Term(_) | Bound::Ghost(_) | Bound::Open(..) => Truth::Unknown,
        }
    }

    /// Whether some evidence that states the record is in force and fits.
    fn evidence(&mut self, row: RowId, asked: Asked<'m>) -> Truth {
        let facts = self.world.facts;
        let all = facts.evidence(facts.row(row).evidence);
        let mut truth = Truth::No;
        for one in all.iter().filter(|one| one.role == Role::States) {
            let fits = match (one.provision, asked) {
                (None, Asked::InForce) => Truth::Yes,
                (None, Asked::Noun(_) | Asked::Qualifier(..)) => Truth::No,
                (Some(provision), Asked::InForce) => self.in_force(provision),
                (Some(provision), Asked::Noun(_) | Asked::Qualifier(..)) => {
                    self.explained(What::Nothing, |quick| quick.states(provision, asked), |this| this.states(provision, asked))
                }
            };
            if let Some(provision) = one.provision {
                if fits != Truth::No {
                    self.recorder.fact(provision, None);
                }
                if fits == Truth::Unknown {
                    self.recorder.gap(|| Gap::InForce(provision));
                }
            }
            truth = truth.or(fits);
        }
        // Evidence that only limits or excepts states nothing.
        if all.iter().all(|one| one.role != Role::States) {
            self.recorder.gap(|| Gap::Evidence(row));
            return Truth::Unknown;
        }
        if truth == Truth::No && asked.noun().is_none() {
            self.recorder.remark(|| Remark::NotStated(row));
        }
        truth
    }

    /// Whether a provision is what is asked of evidence. A qualifier's noun has variables of its own.
    fn states(&mut self, provision: RowId, asked: Asked<'m>) -> Truth {
        match asked {
            Asked::InForce => self.in_force(provision),
            Asked::Noun(noun) => self.scoped(noun.slot, |this| this.candidate(noun, provision, false)),
            Asked::Qualifier(id, noun) => {
                // What a qualifier rests on is not itself asked to reach the floor.
                let floor = self.floor.take();
                let truth = if R::KEEPS {
                    self.in_frame(noun, provision)
                } else {
                    let look = self.look(self.model.definitions.len() + id as usize);
                    self.remembered(Key::new(look, &[Bound::Row(provision)]), |this| this.in_frame(noun, provision))
                };
                self.floor = floor;
                truth
            }
        }
    }

    fn in_frame(&mut self, noun: &'m Noun, provision: RowId) -> Truth {
        let len = self.desk.slots.len();
        self.desk.slots.resize(len + QUALIFIER_SLOTS, Bound::Nothing);
        let truth = self.framed(len, &[], |this| this.candidate(noun, provision, false));
        self.desk.slots.truncate(len);
        truth
    }
}

/// What is asked of the evidence that states a record.
#[derive(Clone, Copy)]
enum Asked<'m> {
    /// That it is in force.
    InForce,
    /// That it is such a provision.
    Noun(&'m Noun),
    /// That it meets a named demand.
    Qualifier(QualifierId, &'m Noun),
}

impl<'m> Asked<'m> {
    fn noun(self) -> Option<&'m Noun> {
        match self {
            Asked::InForce => None,
            Asked::Noun(noun) | Asked::Qualifier(_, noun) => Some(noun),
        }
    }
}

/// Whether a test asks the same whatever variables stand for, and of the record itself alone.
fn is_constant(test: &Test) -> bool {
    match &test.kind {
        TestKind::Terms(_, _, slots) => slots.is_empty(),
        TestKind::Order(..) | TestKind::Scalars(..) | TestKind::Compare(..) | TestKind::Stated(_) => true,
        TestKind::Rows(..) | TestKind::Nested(_) => false,
    }
}
