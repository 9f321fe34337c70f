//! Cedar, Amazon's language of permissions. It has no loops, no joins and no unknown, so that the program around it (here: that written by hand) reads the
//! description, looks for the records, and folds the answers; fourteen rules can be asked in this way.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{Authorizer, Context, Entities, Entity, EntityUid, PolicyId, PolicySet, Request, RestrictedExpression};

use crate::hand::{
    self, Case, Category, Content, Dismissal, Fact, Legitimacy, List, Modality, Mode, Moment, NO, OPEN, Organ, Power, Row, Secret, Topic,
    Truth, Verdict, YES, verdict,
};

const POLICIES: &str = include_str!("../../rules/thirty.cedar");

/// The rules it can say, counted from 0.
pub const RULES: &[usize] = &[4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 22];

const PARTS: &[&str] = &["5", "7", "8", "9", "10", "11a", "11b", "13", "14", "15", "16a", "16b", "17a", "17b", "17c", "18a", "18b", "23"];

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    parts: HashMap<PolicyId, (usize, Truth)>,
    action: EntityUid,
    case: Option<(Case, Entities, Vec<Asked>)>,
}

/// One record and force to ask about.
struct Asked {
    record: EntityUid,
    force: usize,
    holds: Truth,
}

fn id(kind: &str, name: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.parse().expect("a type"), cedar_policy::EntityId::new(name))
}

fn word(text: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_owned())
}

type Attributes = HashMap<String, RestrictedExpression>;

fn one(all: &mut Attributes, key: &str, fact: Fact<u64>, name: fn(u64) -> &'static str) {
    match fact {
        Fact::Unknown => {}
        Fact::Absent => drop(all.insert(key.to_owned(), word("-"))),
        Fact::Known(bit) => drop(all.insert(key.to_owned(), word(name(bit)))),
    }
}

fn many(all: &mut Attributes, key: &str, fact: Fact<u64>, name: fn(u64) -> &'static str) {
    let bits = match fact {
        Fact::Unknown => return,
        Fact::Absent => 0,
        Fact::Known(bits) => bits,
    };
    let words = (0..64).filter(|at| bits >> at & 1 == 1).map(|at| word(name(1 << at)));
    all.insert(key.to_owned(), RestrictedExpression::new_set(words));
}

fn body(all: &mut Attributes, key: &str, fact: Fact<u32>) {
    let name = match fact {
        Fact::Unknown => return,
        Fact::Absent => "-".to_owned(),
        Fact::Known(at) => at.to_string(),
    };
    all.insert(key.to_owned(), RestrictedExpression::new_entity_uid(id("Body", &name)));
}

fn yes(all: &mut Attributes, key: &str, truth: Truth) {
    if truth != OPEN {
        all.insert(key.to_owned(), RestrictedExpression::new_bool(truth == YES));
    }
}

impl Cedar {
    pub fn new() -> Cedar {
        let policies = PolicySet::from_str(POLICIES).expect("policies");
        let parts = policies.policies().map(|policy| {
            let part = PARTS.iter().position(|part| Some(*part) == policy.annotation("part")).expect("a part");
            (policy.id().clone(), (part, if policy.annotation("strength") == Some("yes") { YES } else { OPEN }))
        });
        let parts = parts.collect();
        Cedar { authorizer: Authorizer::new(), policies, parts, action: id("Action", "judge"), case: None }
    }
}

/// Entities of rows about forces, and what to ask of them.
fn rows<T>(
    kind: &str,
    rows: &[Row<T>],
    forces: usize,
    entities: &mut Vec<Entity>,
    asked: &mut Vec<Asked>,
    attributes: impl Fn(&T, &mut Attributes),
) {
    for (at, row) in rows.iter().enumerate() {
        let uid = id(kind, &at.to_string());
        let mut all = Attributes::new();
        attributes(&row.said, &mut all);
        for force in 0..forces {
            let holds = row.forces.any(1 << force).min(row.stands);
            if holds != NO {
                asked.push(Asked { record: uid.clone(), force, holds });
            }
        }
        entities.push(Entity::new(uid, all, HashSet::new()).expect("an entity"));
    }
}

impl super::Peer for Cedar {
    fn read(&mut self, bytes: &[u8]) {
        let case = hand::read(bytes);
        let (mut entities, mut asked) = (Vec::new(), Vec::new());
        for (at, one_body) in case.bodies.iter().enumerate() {
            let mut all = Attributes::new();
            one(&mut all, "kind", one_body.kind, Organ::word);
            one(&mut all, "legitimacy", one_body.legitimacy, Legitimacy::word);
            one(&mut all, "dismissal", one_body.dismissal, Dismissal::word);
            entities.push(Entity::new(id("Body", &at.to_string()), all, HashSet::new()).expect("a body"));
        }
        entities.push(Entity::new(id("Body", "-"), Attributes::new(), HashSet::new()).expect("a body"));
        for (at, force) in case.forces.iter().enumerate() {
            let all = HashMap::from([("top".to_owned(), RestrictedExpression::new_bool(force.known))]);
            let above = force.chain.iter().map(|at| id("Body", &at.to_string())).collect();
            entities.push(Entity::new(id("Force", &at.to_string()), all, above).expect("a force"));
        }
        let forces = case.forces.len();
        rows("Control", &case.controls, forces, &mut entities, &mut asked, |row, all| {
            one(all, "kind", row.kind, Power::word);
            body(all, "holder", row.holder);
            many(all, "exercised", row.exercised, Moment::word);
        });
        rows("Norm", &case.norms, forces, &mut entities, &mut asked, |row, all| {
            one(all, "modality", row.modality, Modality::word);
            one(all, "content", row.content, Content::word);
            all.insert("act".to_owned(), RestrictedExpression::new_long(i64::from(row.by_act)));
        });
        rows("Service", &case.services, forces, &mut entities, &mut asked, |mode, all| one(all, "mode", *mode, Mode::word));
        rows("Remedy", &case.remedies, forces, &mut entities, &mut asked, |row, all| {
            many(all, "users", row.personnel, hand::Beneficiary::word);
            yes(all, "safe", row.reprisal_ban);
        });
        rows("Budget", &case.budgets, forces, &mut entities, &mut asked, |row, all| {
            body(all, "approver", row.approved_by);
            let auditor = match &row.audited_by {
                Fact::Unknown => Fact::Unknown,
                Fact::Absent => Fact::Absent,
                Fact::Known(auditors) => Fact::Known(auditors[0]),
            };
            body(all, "auditor", auditor);
            one(all, "secret", row.secret_part, Secret::word);
            yes(all, "complete", row.audit_complete);
        });
        rows("Training", &case.trainings, forces, &mut entities, &mut asked, |row, all| {
            many(all, "topics", row.topics, Topic::word);
            yes(all, "mandatory", row.mandatory);
            match row.days {
                Fact::Unknown => {}
                Fact::Absent => drop(all.insert("days".to_owned(), RestrictedExpression::new_long(i64::MAX))),
                Fact::Known(days) => drop(all.insert("days".to_owned(), RestrictedExpression::new_long(i64::from(days)))),
            }
        });
        let entities = Entities::from_entities(entities, None).expect("entities");
        self.case = Some((case, entities, asked));
    }

    fn judge(&mut self, letters: &mut Vec<u8>) {
        let Some((case, entities, asked)) = &self.case else { return };
        let mut found = vec![[NO; 18]; case.forces.len()];
        for one in asked {
            let force = id("Force", &one.force.to_string());
            let request = Request::new(one.record.clone(), self.action.clone(), force, Context::empty(), None).expect("a request");
            let response = self.authorizer.is_authorized(&request, &self.policies, entities);
            debug_assert!(response.diagnostics().errors().next().is_none(), "{:?}", response.diagnostics().errors().next());
            for policy in response.diagnostics().reason() {
                let (part, strength) = self.parts[policy];
                let place = &mut found[one.force][part];
                *place = (*place).max(strength.min(one.holds));
            }
        }
        fold(case, &found, letters);
    }
}

/// Answers to verdicts.
fn fold(case: &Case, found: &[[Truth; 18]], letters: &mut Vec<u8>) {
    let part = |name: &str| PARTS.iter().position(|part| *part == name).expect("a part");
    let some = |name: &str, list: List, f: usize, terms: u64| found[f][part(name)].max(case.ghost(list, f, terms));
    let norm = |name: &str, f: usize, terms: u64| some(name, List::Norms, f, terms);
    let open = Verdict::Open;
    let all = |_: Fact<u64>| YES;
    let oversight = Power::INSPECT | Power::INQUIRE | Power::INVESTIGATE | Power::AUDIT | Power::ACCESS;
    case.every(letters, 4, open, 0, all, |f| verdict(some("5", List::Controls, f, oversight)));
    case.every(letters, 6, open, 0, all, |f| verdict(some("7", List::Budgets, f, 0)));
    case.every(letters, 7, open, 0, all, |f| verdict(some("8", List::Budgets, f, 0)));
    let others = |categories: Fact<u64>| categories.none(Category::INTELLIGENCE | Category::POLICE);
    case.every(letters, 8, Verdict::NotApplicable, 0, others, |f| verdict(some("9", List::Budgets, f, 0)));
    let no_army = Some(case.army.any(hand::Army::NONE));
    let armed = |categories: Fact<u64>| categories.any(Category::ARMED);
    case.excepted(letters, 9, Verdict::NotApplicable, Category::ARMED, no_army, armed, |f| {
        verdict(some("10", List::Controls, f, Power::DEPLOYMENT))
    });
    case.every(letters, 10, open, 0, all, |f| verdict(norm("11a", f, Content::NEUTRALITY).min(norm("11b", f, Content::NO_PARTY))));
    case.every(letters, 12, open, 0, all, |f| verdict(some("13", List::Remedies, f, 0)));
    let soldiers = Category::ARMED | Category::PARAMILITARY | Category::INTERNAL;
    case.every(letters, 13, Verdict::NotApplicable, soldiers, |one| one.any(soldiers), |f| verdict(some("14", List::Trainings, f, 0)));
    case.every(letters, 14, open, 0, all, |f| verdict(some("15", List::Trainings, f, 0)));
    case.every(letters, 15, open, 0, all, |f| verdict(norm("16a", f, Content::REFUSE).min(norm("16b", f, Content::LIABILITY))));
    case.every(letters, 16, open, 0, all, |f| {
        let both = norm("17a", f, Content::VOTE).min(norm("17b", f, Content::PETITION));
        let three = both.min(norm("17c", f, Content::ASSOCIATION));
        match case.forces[f].categories.none(Category::INTELLIGENCE) {
            NO => verdict(both),
            YES => verdict(three),
            _ if both == three => verdict(both),
            _ => open,
        }
    });
    let conscripts = |f: usize| some("18a", List::Services, f, Mode::CONSCRIPT);
    case.every(letters, 17, open, 0, all, |f| match conscripts(f) {
        NO => Verdict::NotApplicable,
        YES => verdict(norm("18b", f, Content::OBJECTION)),
        _ => open,
    });
    let civil = |categories: Fact<u64>| categories.none(Category::ARMED | Category::PARAMILITARY);
    case.every(letters, 18, Verdict::NotApplicable, 0, civil, |f| verdict(2 - conscripts(f)));
    case.every(letters, 22, open, 0, all, |f| verdict(some("23", List::Controls, f, oversight | Power::SUMMON | Power::PAPERS)));
}
