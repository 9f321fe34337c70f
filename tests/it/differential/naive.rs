//! The written semantics of the language, read as literally as they can be: every record is looked at, nothing is remembered, nothing is
//! stopped early. It shares no code with the engine, so that a mistake would have to be made twice to stay unseen.

use ephor::facts::{Absence, Basis, Evidence, Facts, Role, RowId, State, Value};
use ephor::model::ir::{Expr, HowMany, Join, Limbs, Model, Modifier, Node, Noun, Operand, QualifierId, Target, Test, TestKind, references};
use ephor::values::{Date, Truth};
use ephor::vocabulary::{AttributeId, Type};

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// Nothing: a capacity that the subject does not have.
    Unbound,
    Row(RowId),
    Term(u16),
    /// A record that nobody wrote down.
    Unlisted,
    /// A capacity of a subject whose capacities are not settled.
    Unsettled,
}

/// What is known of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Unknown,
    NoValue,
    Value(Value),
}

/// Under what a condition is read.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) things: Vec<Thing>,
    pub(super) situation: Option<RowId>,
    pub(super) floor: Option<QualifierId>,
    /// Whether what is found speaks for the rule.
    pub(super) support: bool,
    /// Whether observed values count: inside a noun marked `in fact`, and in what lowers a verdict.
    pub(super) observed: bool,
}

impl Context {
    fn with(&self, slot: u16, thing: Thing) -> Context {
        let mut next = self.clone();
        if next.things.len() <= slot as usize {
            next.things.resize(slot as usize + 1, Thing::Unbound);
        }
        next.things[slot as usize] = thing;
        next
    }

    fn turned(&self) -> Context {
        Context { support: !self.support, ..self.clone() }
    }

    fn without_floor(&self) -> Context {
        Context { floor: None, ..self.clone() }
    }

    fn during(&self, situation: Option<RowId>) -> Context {
        Context { situation, ..self.clone() }
    }
}

/// One model and one description on one day.
#[derive(Clone, Copy)]
pub(super) struct Naive<'a> {
    pub(super) model: &'a Model,
    pub(super) facts: &'a Facts,
    pub(super) day: Date,
}

/// One record that is counted: whether it is meant, and whether it satisfies what is said of those meant.
type Member = (Truth, Truth);

impl Naive<'_> {
    pub(super) fn operand(&self, operand: Operand, context: &Context) -> Thing {
        match operand {
            Operand::Slot(slot) => context.things.get(slot as usize).copied().unwrap_or(Thing::Unbound),
            Operand::State => {
                let record = self.model.vocabulary.frame.state;
                record.and_then(|id| self.facts.tables[id as usize].first()).map_or(Thing::Unbound, |row| Thing::Row(*row))
            }
        }
    }

    pub(super) fn node(&self, node: &Node, context: &Context) -> Truth {
        match &node.expr {
            Expr::Block(limbs) => self.block(limbs, context),
            Expr::Not(inner) => !self.node(inner, &context.turned()),
            Expr::Where(guard, then) => (!self.guard(guard, context)).or(self.node(then, context)),
            Expr::During(term, then) => {
                let all = self.situations_of(*term, Truth::Yes);
                let maybe = !self.situations_of(*term, Truth::Unknown).is_empty();
                if all.is_empty() && !maybe {
                    return if self.no_situation_of(*term) { Truth::Yes } else { Truth::Unknown };
                }
                let sure = all.into_iter().map(|one| self.node(then, &context.during(Some(one)))).fold(Truth::Yes, Truth::and);
                // One that may be of the kind leaves open what does not fail without it.
                if maybe { sure.and(Truth::Unknown) } else { sure }
            }
            Expr::Always(then) => {
                let all = std::iter::once(None).chain(self.situations().into_iter().map(Some));
                all.map(|one| self.node(then, &context.during(one))).fold(Truth::Yes, Truth::and)
            }
            Expr::Records(how, noun, body) => self.records(*how, noun, body.as_deref(), context),
            Expr::Terms(how, id, slot, body) => {
                let count = self.model.vocabulary.enumeration(*id).terms.len();
                let members = |context: &Context| -> Vec<Member> {
                    let all = 0..u16::try_from(count).unwrap_or(u16::MAX);
                    all.map(|term| (Truth::Yes, self.node(body, &context.with(*slot, Thing::Term(term))))).collect()
                };
                counted(*how, &members(context), &members(&context.turned()), &members(context))
            }
            Expr::Has(operand, tests) => {
                let thing = self.operand(*operand, context);
                tests.iter().map(|test| self.test(thing, test, context)).fold(Truth::Yes, Truth::and)
            }
            Expr::Call(id, operands) => self.call(*id, operands.iter().map(|one| self.operand(*one, context)).collect(), context),
            Expr::Same(one, other) => same(self.operand(*one, context), self.operand(*other, context)),
            Expr::IsTerm(slot, _, term) => match self.operand(Operand::Slot(*slot), context) {
                Thing::Term(known) => Truth::from_bool(known == *term),
                Thing::Unbound | Thing::Row(_) | Thing::Unlisted | Thing::Unsettled => Truth::Unknown,
            },
            Expr::Reaches(from, target, through) => self.reaches(self.operand(*from, context), target, through, context),
        }
    }

    fn block(&self, limbs: &Limbs, context: &Context) -> Truth {
        let truths = limbs.limbs.iter().map(|limb| self.node(&limb.node, context));
        match limbs.join {
            Join::And => truths.fold(Truth::Yes, Truth::and),
            Join::Or => truths.fold(Truth::No, Truth::or),
        }
    }

    /// What opens the way to a condition speaks against it. `where H …` fails where there is no capacity, and holds at most perhaps where
    /// it is not settled whether there is one.
    pub(super) fn guard(&self, guard: &Node, context: &Context) -> Truth {
        let truth = self.node(guard, &context.turned());
        match self.subject_of(guard).map(|operand| self.operand(operand, context)) {
            Some(Thing::Unbound) => Truth::No,
            Some(Thing::Unsettled) => truth.and(Truth::Unknown),
            _ => truth,
        }
    }

    fn subject_of(&self, node: &Node) -> Option<Operand> {
        match &node.expr {
            Expr::Has(operand, _) | Expr::Same(operand, _) | Expr::Reaches(operand, _, _) => Some(*operand),
            Expr::Call(_, operands) => operands.first().copied(),
            Expr::Not(inner) => match &inner.expr {
                // `H is not …` and `H does not reach …`.
                Expr::Call(..) | Expr::Same(..) | Expr::Reaches(..) if inner.place == node.place => self.subject_of(inner),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn call(&self, id: u32, arguments: Vec<Thing>, context: &Context) -> Truth {
        let definition = &self.model.definitions[id as usize];
        self.node(&definition.body, &Context { things: arguments, ..context.clone() })
    }

    fn records(&self, how: HowMany, noun: &Noun, body: Option<&Node>, context: &Context) -> Truth {
        let held = |inner: &Context| body.map_or(Truth::Yes, |body| self.node(body, inner));
        let some = |context: &Context| -> Vec<Member> {
            let rows = self.listed(noun, context).into_iter().map(Thing::Row);
            let all = rows.chain(self.unlisted_possible(noun, context).then_some(Thing::Unlisted));
            all.map(|thing| {
                let inner = context.with(noun.slot, thing);
                let fits = if thing == Thing::Unlisted { self.may_fit(noun, context) } else { self.fits(noun, thing, context, true) };
                (fits, held(&inner))
            })
            .collect()
        };
        match how {
            // Those meant are a reach of the duty, and not what it finds in support.
            HowMany::Every => {
                let meant: Vec<Truth> = some(&context.turned()).into_iter().map(|member| member.0).collect();
                let satisfied = some(context).into_iter().map(|member| member.1);
                meant.into_iter().zip(satisfied).map(|(fits, held)| (!fits).or(held)).fold(Truth::Yes, Truth::and)
            }
            HowMany::Share(..) => {
                let meant = some(&context.without_floor());
                let satisfied = some(context);
                let members: Vec<Member> = meant.iter().zip(&satisfied).map(|(meant, satisfied)| (meant.0, satisfied.1)).collect();
                if self.unlisted_possible(noun, context) && self.may_fit(noun, &context.without_floor()) != Truth::No {
                    return Truth::Unknown;
                }
                counted(how, &[], &[], &members)
            }
            HowMany::AtLeast(_) | HowMany::AtMost(_) | HowMany::Exactly(_) => {
                let endless = |members: Vec<Member>, context: &Context| {
                    // As many unlisted records as may be asked for.
                    let last = members.last().copied().filter(|_| self.unlisted_possible(noun, context));
                    members.into_iter().chain(last.into_iter().flat_map(|one| std::iter::repeat_n(one, 5))).collect::<Vec<_>>()
                };
                counted(how, &endless(some(context), context), &endless(some(&context.turned()), context), &[])
            }
        }
    }

    /// The records of a noun's kind that are written down and count inside it.
    fn listed(&self, noun: &Noun, context: &Context) -> Vec<RowId> {
        let rows = match self.owner(noun, context) {
            None => self.facts.tables[noun.record as usize].clone(),
            Some(Thing::Row(owner)) => self.parts_of(owner, noun.record, context).1,
            Some(_) => Vec::new(),
        };
        rows.into_iter().filter(|row| self.counts_in(noun, *row)).collect()
    }

    /// Facts of observation count inside a noun marked `in fact`, and there alone.
    fn counts_in(&self, noun: &Noun, row: RowId) -> bool {
        noun.in_fact == (self.facts.row(row).basis == Basis::DeFacto)
    }

    fn owner(&self, noun: &Noun, context: &Context) -> Option<Thing> {
        noun.modifiers
            .iter()
            .find_map(|one| if let Modifier::PartOf(operand, _) = one { Some(self.operand(*operand, context)) } else { None })
    }

    /// Whether it is unknown what parts of this kind a record has, and those that it has.
    fn parts_of(&self, owner: RowId, kind: u16, context: &Context) -> (bool, Vec<RowId>) {
        let record = self.model.vocabulary.record(self.facts.row(owner).record);
        let (mut open, mut rows) = (false, Vec::new());
        for (attribute, declared) in (0u16..).zip(&record.attributes) {
            if declared.ty == Type::Parts(kind) {
                match self.fact(Thing::Row(owner), attribute, context) {
                    Fact::Unknown => open = true,
                    Fact::NoValue => {}
                    Fact::Value(value) => rows.extend(self.rows(value)),
                }
            }
        }
        (open, rows)
    }

    /// Whether there may be records of this kind that nobody wrote down.
    pub(super) fn unlisted_possible(&self, noun: &Noun, context: &Context) -> bool {
        // What nobody observed is not held against anyone.
        if noun.in_fact {
            return false;
        }
        match self.owner(noun, context) {
            Some(Thing::Row(owner)) => self.parts_of(owner, noun.record, context).0,
            _ => !self.closed(noun, context),
        }
    }

    /// Whether an unlisted record may fit: all that is asked of its attributes is unknown, so it never certainly does.
    pub(super) fn may_fit(&self, noun: &Noun, context: &Context) -> Truth {
        self.said(noun, Thing::Unlisted, &context.with(noun.slot, Thing::Unlisted)).and(Truth::Unknown)
    }

    /// Whether a record fits a noun: all that is said of it, and that it stands. `free` where the noun is not inside another.
    pub(super) fn fits(&self, noun: &Noun, thing: Thing, context: &Context, free: bool) -> Truth {
        let context = &context.with(noun.slot, thing);
        let mut said = self.said(noun, thing, context);
        if said == Truth::Unknown && self.nowhere(noun, thing, context) {
            said = Truth::No;
        }
        match thing {
            Thing::Row(row) if !noun.in_fact => {
                let alone = !noun.modifiers.iter().any(|one| matches!(one, Modifier::PartOf(..)));
                let whole = if alone { self.owner_stands(row, context) } else { Truth::Yes };
                said.and(self.stands(row, context, free)).and(whole)
            }
            _ => said,
        }
    }

    /// Whether a listed record, of which it is open whether it has the attributes that are asked for, has them not, because nothing that has them
    /// was found.
    fn nowhere(&self, noun: &Noun, thing: Thing, context: &Context) -> bool {
        if noun.in_fact || !matches!(thing, Thing::Row(_)) {
            return false;
        }
        let asked = noun.modifiers.iter().filter_map(|one| if let Modifier::Test(test) = one { Some(test) } else { None });
        let asked: Vec<&Test> = asked.filter(|test| !test.denied).collect();
        let all = |tests: &[&Test]| tests.iter().map(|test| self.test(thing, test, context)).fold(Truth::Yes, Truth::and);
        let answers = |one: &Absence| {
            // A record that passes all that the search names is what was not found, and contradicts it.
            let named = |test: &&&Test| self.facts.cell(one.row, test.attribute).is_said();
            let named: Vec<&Test> = asked.iter().filter(named).copied().collect();
            !one.others && self.was_searched(one, noun.record, &asked, None, context) && all(&named) == Truth::Unknown
        };
        all(&asked) == Truth::Unknown && self.facts.absent[noun.record as usize].iter().any(answers)
    }

    fn said(&self, noun: &Noun, thing: Thing, context: &Context) -> Truth {
        let context = &Context { observed: context.observed || noun.in_fact, ..context.clone() };
        let each = noun.modifiers.iter().map(|modifier| match modifier {
            Modifier::Test(test) => self.test(thing, test, context),
            Modifier::Is(id, operands, positive, _) => {
                let arguments = std::iter::once(thing).chain(operands.iter().map(|one| self.operand(*one, context))).collect();
                if *positive { self.call(*id, arguments, context) } else { !self.call(*id, arguments, &context.turned()) }
            }
            Modifier::Same(operand, positive, _) => {
                let truth = same(thing, self.operand(*operand, context));
                if *positive { truth } else { !truth }
            }
            Modifier::PartOf(..) => Truth::Yes,
            Modifier::RestingOn(noun) => self.rests_on(thing, noun, context),
            Modifier::Qualifier(id, _) => {
                self.rests_on(thing, &self.model.qualifiers[*id as usize].noun, &Context { things: Vec::new(), ..context.clone() })
            }
        });
        each.fold(Truth::Yes, Truth::and)
    }

    fn rests_on(&self, thing: Thing, noun: &Noun, context: &Context) -> Truth {
        match thing {
            Thing::Row(row) => self.evidence(row, |clause| self.fits(noun, Thing::Row(clause), context, false), Truth::No),
            Thing::Unbound | Thing::Term(_) | Thing::Unlisted | Thing::Unsettled => Truth::Unknown,
        }
    }

    /// A record that needs evidence stands on a provision in force, of the floor where it is found in support. Texts must be in force.
    fn stands(&self, row: RowId, context: &Context, free: bool) -> Truth {
        let record = self.facts.row(row).record;
        if self.is_text(record) {
            let inside_another = !free && Some(record) != self.model.vocabulary.frame.evidence;
            return if inside_another { Truth::Yes } else { self.in_force(row, context.situation) };
        }
        if !self.model.vocabulary.record(record).needs_evidence {
            let part = self.model.vocabulary.record(record).part;
            return if part && self.rests_on_nothing(row, context) { Truth::Unknown } else { Truth::Yes };
        }
        match context.floor.filter(|_| context.support) {
            None => self.evidence(row, |clause| self.in_force(clause, context.situation), Truth::Yes),
            Some(floor) => {
                let noun = &self.model.qualifiers[floor as usize].noun;
                let inner = Context { things: Vec::new(), ..context.clone() };
                self.evidence(row, |clause| self.fits(noun, Thing::Row(clause), &inner, false), Truth::No)
            }
        }
    }

    /// Whether some evidence that states a record is good; nothing is known where none is given.
    fn evidence(&self, row: RowId, good: impl Fn(RowId) -> Truth, attested: Truth) -> Truth {
        let all = self.facts.evidence(self.facts.row(row).evidence);
        if !all.iter().any(|one| one.role == Role::States) {
            return Truth::Unknown;
        }
        let states = all.iter().filter(|one| one.role == Role::States);
        states.map(|one| one.provision.map_or(attested, &good)).fold(Truth::No, Truth::or)
    }

    /// What is known of an attribute, as far as it counts: by law, on a provision in force where it has one of its own.
    pub(super) fn fact(&self, thing: Thing, attribute: AttributeId, context: &Context) -> Fact {
        let Thing::Row(row) = thing else { return Fact::Unknown };
        let cell = self.facts.cell(row, attribute);
        if let Some(detail) = self.facts.detail(cell.detail) {
            let observed = detail.basis == Basis::DeFacto && self.facts.row(row).basis == Basis::DeJure;
            let own = self.facts.evidence(detail.evidence);
            let good = |one: &Evidence| {
                one.role == Role::States && one.provision.is_none_or(|clause| self.in_force(clause, context.situation) == Truth::Yes)
            };
            if observed && !context.observed || !observed && !own.is_empty() && !own.iter().any(good) {
                return Fact::Unknown;
            }
        }
        // What stands on no evidence of its own stands on that of its record; a record that needs evidence falls as a whole.
        let own = self.facts.detail(cell.detail).is_some_and(|detail| detail.evidence.len > 0);
        if !own && self.rests_on_nothing(row, context) {
            return Fact::Unknown;
        }
        match cell.state {
            State::Known => Fact::Value(cell.value),
            State::Absent | State::NotApplicable => Fact::NoValue,
            State::Unknown | State::Disputed => Fact::Unknown,
        }
    }

    /// Whether a record that needs no evidence has some, and none of it certainly holds.
    pub(super) fn rests_on_nothing(&self, row: RowId, context: &Context) -> bool {
        let record = self.facts.row(row);
        let stated: Vec<&Evidence> = self.facts.evidence(record.evidence).iter().filter(|one| one.role == Role::States).collect();
        let holds = |one: &&Evidence| one.provision.is_none_or(|clause| self.in_force(clause, context.situation) == Truth::Yes);
        // A part without evidence of its own rests on that of the record in which it stands.
        match record.owner.checked_sub(1) {
            Some(owner) if stated.is_empty() => self.owner_rests_on_nothing(owner, context),
            Some(_) => !stated.iter().any(holds),
            None => !self.model.vocabulary.record(record.record).needs_evidence && !stated.is_empty() && !stated.iter().any(holds),
        }
    }

    /// Whether the record in which a part stands is certainly there, where it needs evidence.
    fn owner_stands(&self, row: RowId, context: &Context) -> Truth {
        let Some(owner) = self.facts.row(row).owner.checked_sub(1) else { return Truth::Yes };
        let record = self.facts.row(owner);
        let mut stated = self.facts.evidence(record.evidence).iter().filter(|one| one.role == Role::States);
        let holds = stated.any(|one| one.provision.is_none_or(|clause| self.in_force(clause, context.situation) == Truth::Yes));
        if holds || !self.model.vocabulary.record(record.record).needs_evidence { Truth::Yes } else { Truth::Unknown }
    }

    fn owner_rests_on_nothing(&self, owner: RowId, context: &Context) -> bool {
        let record = self.facts.row(owner);
        let mut stated = self.facts.evidence(record.evidence).iter().filter(|one| one.role == Role::States).peekable();
        // A record that needs evidence stands or falls as a whole, its parts with it.
        if self.model.vocabulary.record(record.record).needs_evidence {
            return false;
        }
        match (stated.peek(), record.owner.checked_sub(1)) {
            (None, Some(above)) => self.owner_rests_on_nothing(above, context),
            (None, None) => false,
            _ => !stated.any(|one| one.provision.is_none_or(|clause| self.in_force(clause, context.situation) == Truth::Yes)),
        }
    }

    pub(super) fn rows(&self, value: Value) -> Vec<RowId> {
        match value {
            Value::Row(row) => vec![row],
            Value::Rows(range) => self.facts.list(range).to_vec(),
            _ => Vec::new(),
        }
    }

    /// In one or more steps along links of these names.
    fn reaches(&self, from: Thing, target: &Target, through: &[String], context: &Context) -> Truth {
        let Thing::Row(start) = from else { return Truth::Unknown };
        let goal = |row: RowId| match target {
            Target::Operand(operand) => same(Thing::Row(row), self.operand(*operand, context)),
            Target::Noun(noun) if noun.record == self.facts.row(row).record && self.counts_in(noun, row) => {
                self.fits(noun, Thing::Row(row), context, false)
            }
            Target::Noun(_) => Truth::No,
        };
        if matches!(target, Target::Operand(operand) if matches!(self.operand(*operand, context), Thing::Unbound | Thing::Unsettled)) {
            return Truth::Unknown;
        }
        let (mut truth, mut known, mut reached) = (Truth::No, vec![start], Vec::new());
        while let Some(row) = known.pop() {
            let record = self.model.vocabulary.record(self.facts.row(row).record);
            for attribute in through
                .iter()
                .filter_map(|name| record.attribute(name))
                .filter(|at| references(&record.attributes[*at as usize].ty).is_some())
            {
                match self.fact(Thing::Row(row), attribute, context) {
                    Fact::Unknown => truth = truth.or(Truth::Unknown),
                    Fact::NoValue => {}
                    Fact::Value(value) => {
                        for next in self.rows(value).into_iter().filter(|next| !reached.contains(next)).collect::<Vec<_>>() {
                            reached.push(next);
                            known.push(next);
                        }
                    }
                }
            }
        }
        reached.into_iter().map(goal).fold(truth, Truth::or)
    }

    fn test(&self, thing: Thing, test: &Test, context: &Context) -> Truth {
        if test.denied { !self.attribute(thing, test, &context.turned()) } else { self.attribute(thing, test, context) }
    }

    fn attribute(&self, thing: Thing, test: &Test, context: &Context) -> Truth {
        if thing == Thing::Unlisted {
            // None that nobody wrote down passes what the list is closed for.
            return if self.closed_for(test, context) { Truth::No } else { Truth::Unknown };
        }
        match self.fact(thing, test.attribute, context) {
            Fact::Unknown => Truth::Unknown,
            Fact::NoValue => super::values::without_value(&test.kind),
            Fact::Value(value) => match &test.kind {
                TestKind::Nested(noun) => {
                    let rows =
                        self.rows(value).into_iter().filter(|row| self.facts.row(*row).record == noun.record && self.counts_in(noun, *row));
                    rows.map(|row| self.fits(noun, Thing::Row(row), context, false)).fold(Truth::No, Truth::or)
                }
                kind => super::values::with_value(self, value, kind, context),
            },
        }
    }
}

/// The same record or term. What is written down is never a record that nobody wrote down.
pub(super) fn same(one: Thing, other: Thing) -> Truth {
    match (one, other) {
        (Thing::Row(one), Thing::Row(other)) => Truth::from_bool(one == other),
        (Thing::Term(one), Thing::Term(other)) => Truth::from_bool(one == other),
        (Thing::Row(_), Thing::Unlisted) | (Thing::Unlisted, Thing::Row(_)) => Truth::No,
        _ => Truth::Unknown,
    }
}

/// Counts in every way in which what is unknown of the members could turn out. `for_it` are the members as they speak for the condition,
/// `against` as they speak against it, `both` as they do both.
fn counted(how: HowMany, for_it: &[Member], against: &[Member], both: &[Member]) -> Truth {
    let at_least = |members: &[Member], wanted: u32| in_every_way(members, |_, satisfied| Some(satisfied >= wanted));
    match how {
        HowMany::Every => in_every_way(for_it, |all, satisfied| Some(satisfied == all)),
        HowMany::AtLeast(wanted) => at_least(for_it, wanted),
        HowMany::AtMost(wanted) => !at_least(against, wanted + 1),
        HowMany::Exactly(wanted) => at_least(for_it, wanted).and(!at_least(against, wanted + 1)),
        // A share of nothing is neither reached nor missed.
        HowMany::Share(share, _) => {
            in_every_way(both, |all, satisfied| (all > 0).then(|| i64::from(satisfied) * 100_000_000 >= share * i64::from(all)))
        }
    }
}

fn in_every_way(members: &[Member], asked: impl Fn(u32, u32) -> Option<bool>) -> Truth {
    // How many are meant and how many of those satisfy, in each way.
    let mut ways = std::collections::BTreeSet::from([(0u32, 0u32)]);
    let possible = |truth: Truth| match truth {
        Truth::Yes => &[true][..],
        Truth::No => &[false][..],
        Truth::Unknown => &[true, false][..],
    };
    for (fits, held) in members {
        let mut next = std::collections::BTreeSet::new();
        for (all, satisfied) in ways {
            for fits in possible(*fits) {
                for held in possible(*held) {
                    next.insert((all + u32::from(*fits), satisfied + u32::from(*fits && *held)));
                }
            }
        }
        ways = next;
    }
    let mut answers: Vec<Option<bool>> = ways.into_iter().map(|(all, satisfied)| asked(all, satisfied)).collect();
    answers.dedup();
    match answers[..] {
        [Some(answer)] => Truth::from_bool(answer),
        _ => Truth::Unknown,
    }
}
