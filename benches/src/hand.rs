//! The thirty rules written by hand in Rust over serde structs: what somebody would write who needs these rules, and no others, to be fast.
//!
//! Choices. The text is checked for UTF-8 once and its strings are borrowed. Only what the rules ask is kept; every other key is skipped. Terms become
//! bits, references become numbers, and evidence is judged once a provision, so that a rule is a loop over small rows. Truth is a number (0 no,
//! 1 unknown, 2 yes), `and` the least, `or` the greatest. It says nothing of where or why, has no diagnostics, and must be
//! written anew when a rule changes.
//!
//! It judges ordinary law (no recorded situations) and leaves out what the generator does not write: observed records, evidence of single values
//! among the facts that the rules ask, dates that are disputed, ranges of terms looked for together.

use std::fmt;
use std::marker::PhantomData;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::value::{BoolDeserializer, BorrowedStrDeserializer, F64Deserializer, SeqAccessDeserializer, U64Deserializer};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(crate) type Truth = u8;
pub(crate) const NO: Truth = 0;
pub(crate) const OPEN: Truth = 1;
pub(crate) const YES: Truth = 2;

fn truth(is: bool) -> Truth {
    if is { YES } else { NO }
}

/// A fact in one of its states.
#[derive(Clone, Copy, Default)]
pub(crate) enum Fact<T> {
    #[default]
    Unknown,
    Absent,
    Known(T),
}

impl<T> Fact<T> {
    fn map<U>(self, known: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Unknown => Fact::Unknown,
            Fact::Absent => Fact::Absent,
            Fact::Known(value) => Fact::Known(known(value)),
        }
    }
}

impl Fact<u64> {
    /// Whether it has one of these terms.
    pub(crate) fn any(self, mask: u64) -> Truth {
        self.test(|known| known & mask != 0)
    }

    /// Whether it has none of these; what is absent has none.
    pub(crate) fn none(self, mask: u64) -> Truth {
        2 - self.any(mask)
    }
}

impl<T: Copy> Fact<T> {
    fn test(self, holds: impl FnOnce(T) -> bool) -> Truth {
        match self {
            Fact::Unknown => OPEN,
            Fact::Absent => NO,
            Fact::Known(value) => truth(holds(value)),
        }
    }
}

struct FactVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FactVisitor<T> {
    type Value = Fact<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fact")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Fact<T>, E> {
        T::deserialize(BorrowedStrDeserializer::new(text)).map(Fact::Known)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Fact<T>, E> {
        T::deserialize(BoolDeserializer::new(value)).map(Fact::Known)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Fact<T>, E> {
        T::deserialize(U64Deserializer::new(value)).map(Fact::Known)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Fact<T>, E> {
        T::deserialize(F64Deserializer::new(value)).map(Fact::Known)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Fact<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(seq)).map(Fact::Known)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fact<T>, A::Error> {
        let (mut value, mut absent) = (None, false);
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "value" => value = Some(map.next_value::<T>()?),
                "state" => absent = matches!(map.next_value::<&str>()?, "absent" | "not-applicable"),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(if absent { Fact::Absent } else { value.map_or(Fact::Unknown, Fact::Known) })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fact<T>, D::Error> {
        deserializer.deserialize_any(FactVisitor(PhantomData))
    }
}

/// Declares terms as bits. A term that no rule names is the highest bit.
macro_rules! bits {
    ($name:ident { $($constant:ident = $bit:literal $word:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Default)]
        pub(crate) struct $name(u64);
        impl $name {
            $(pub(crate) const $constant: u64 = 1 << $bit;)*
            /// The word of one bit.
            #[allow(dead_code)]
            pub(crate) fn word(bit: u64) -> &'static str {
                $(if bit & Self::$constant != 0 {
                    return $word;
                })*
                "another"
            }
            fn of(word: &str) -> u64 {
                match word {
                    $($word => Self::$constant,)*
                    _ => 1 << 63,
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                struct Words;
                impl<'de> Visitor<'de> for Words {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a term or terms")
                    }
                    fn visit_borrowed_str<E: serde::de::Error>(self, word: &'de str) -> Result<$name, E> {
                        Ok($name($name::of(word)))
                    }
                    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$name, A::Error> {
                        let mut all = 0;
                        while let Some(word) = seq.next_element::<&str>()? {
                            all |= $name::of(word);
                        }
                        Ok($name(all))
                    }
                }
                deserializer.deserialize_any(Words)
            }
        }
    };
}

bits!(Army { STANDING = 0 "standing", CEREMONIAL = 1 "ceremonial", NONE = 2 "none" });
bits!(Category { ARMED = 0 "armed", INTERNAL = 1 "internal", PARAMILITARY = 2 "paramilitary", INTELLIGENCE = 3 "intelligence", POLICE = 4 "police" });
bits!(Rank { CONSTITUTION = 0 "constitution", ORGANIC_LAW = 1 "organic-law", STATUTE = 2 "statute" });
bits!(Publicity { PUBLIC = 0 "public" });
bits!(Organ {
    LEGISLATURE = 0 "legislature", COMMITTEE = 1 "committee", MINISTER = 2 "minister", MINISTRY = 3 "ministry", COURT = 4 "court", AUDIT = 5 "audit",
    OMBUDS = 6 "ombuds", NHRI = 7 "nhri", EXPERT = 8 "expert", INSPECTORATE = 9 "inspectorate", COMPLAINTS = 10 "complaints",
    FORCE_HEAD = 11 "force-head", COMMAND = 12 "command",
});
bits!(Legitimacy { ELECTED = 0 "elected", ACCOUNTABLE = 1 "accountable-to-elected" });
bits!(Dismissal { FOR_CAUSE = 0 "for-cause", NO_ONE = 1 "no-one" });
bits!(Power {
    INSPECT = 0 "inspect", INQUIRE = 1 "inquire", INVESTIGATE = 2 "investigate", AUDIT = 3 "audit", ACCESS = 4 "access-classified",
    SUMMON = 5 "summon", PAPERS = 6 "compel-documents", DEPLOYMENT = 7 "approve-deployment",
});
bits!(Moment { BEFORE = 0 "before" });
bits!(Procedures { INTERNAL = 0 "deployment-internal" });
bits!(Content {
    NEUTRALITY = 0 "institutional-neutrality", NO_PARTY = 1 "no-party-use-of-service", REFUSE = 2 "refuse-unlawful-order",
    LIABILITY = 3 "individual-liability", VOTE = 4 "vote", PETITION = 5 "petition", ASSOCIATION = 6 "association-professional",
    OBJECTION = 7 "conscientious-objection",
});
bits!(Modality { RIGHT = 0 "right", DUTY = 1 "duty", PROHIBITION = 2 "prohibition" });
bits!(Mode { CONSCRIPT = 0 "conscript" });
bits!(Beneficiary { PERSONNEL = 0 "personnel" });
bits!(Secret { NO_SECRET = 0 "no-secret-part", TOTAL_KNOWN = 1 "total-known" });
bits!(Topic { IHL = 0 "ihl", HUMAN_RIGHTS = 1 "human-rights" });

/// One piece of evidence that states something.
pub(crate) enum Evidence<'a> {
    Provision(&'a str),
    Attested,
    Other,
}

impl<'de: 'a, 'a> Deserialize<'de> for Evidence<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Evidence<'a>, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Evidence<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("evidence")
            }
            fn visit_borrowed_str<E: serde::de::Error>(self, id: &'de str) -> Result<Evidence<'de>, E> {
                Ok(Evidence::Provision(id))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Evidence<'de>, A::Error> {
                let (mut found, mut states) = (Evidence::Other, true);
                while let Some(key) = map.next_key::<&str>()? {
                    match key {
                        "provision" => found = Evidence::Provision(map.next_value()?),
                        "attested-by" => {
                            map.next_value::<IgnoredAny>()?;
                            found = Evidence::Attested;
                        }
                        "role" => states = map.next_value::<&str>()? == "states",
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(if states { found } else { Evidence::Other })
            }
        }
        deserializer.deserialize_any(One)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Description<'a> {
    as_of: &'a str,
    state: State,
    #[serde(borrow)]
    instruments: Vec<Instrument<'a>>,
    provisions: Vec<Provision<'a>>,
    bodies: Vec<Body<'a>>,
    forces: Vec<Force<'a>>,
    controls: Vec<Control<'a>>,
    procedures: Vec<Procedure<'a>>,
    norms: Vec<Norm<'a>>,
    services: Vec<Service<'a>>,
    remedies: Vec<Remedy<'a>>,
    budgets: Vec<Budget<'a>>,
    trainings: Vec<Training<'a>>,
    complete: Vec<Complete<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct State {
    #[serde(default)]
    armed_forces: Fact<Army>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Instrument<'a> {
    id: &'a str,
    kind: Rank,
    in_force: Option<&'a str>,
    version: Option<&'a str>,
    until: Option<&'a str>,
    #[serde(default)]
    publicity: Fact<Publicity>,
    #[serde(borrow, default)]
    suspends: Vec<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Provision<'a> {
    id: &'a str,
    instrument: &'a str,
    in_force: Option<&'a str>,
    until: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Body<'a> {
    id: &'a str,
    #[serde(default)]
    kind: Fact<Organ>,
    #[serde(borrow, default)]
    set_up_by: Fact<Vec<&'a str>>,
    #[serde(default)]
    legitimacy: Fact<Legitimacy>,
    #[serde(default)]
    civilian: Fact<bool>,
    #[serde(borrow, default)]
    parent: Fact<&'a str>,
    #[serde(default)]
    dismissal: Fact<Dismissal>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Force<'a> {
    id: &'a str,
    state: Option<&'a str>,
    #[serde(default)]
    categories: Fact<Category>,
    #[serde(borrow, default)]
    founded_by: Fact<Vec<&'a str>>,
    #[serde(borrow, default)]
    parent: Fact<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Control<'a> {
    state: Option<&'a str>,
    #[serde(borrow, default)]
    holder: Fact<&'a str>,
    #[serde(borrow, default)]
    over: Fact<Vec<&'a str>>,
    #[serde(default)]
    kind: Fact<Power>,
    #[serde(default)]
    exercised: Fact<Moment>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Procedure<'a> {
    state: Option<&'a str>,
    #[serde(default)]
    kind: Fact<Procedures>,
    #[serde(borrow, default)]
    over: Fact<Vec<&'a str>>,
    #[serde(borrow, default)]
    decided_by: Fact<Vec<&'a str>>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
struct Norm<'a> {
    state: Option<&'a str>,
    #[serde(default)]
    modality: Fact<Modality>,
    #[serde(borrow, default)]
    bearer: Fact<Vec<&'a str>>,
    #[serde(default)]
    content: Fact<Content>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
struct Service<'a> {
    state: Option<&'a str>,
    #[serde(borrow, default)]
    force: Fact<&'a str>,
    #[serde(default)]
    mode: Fact<Mode>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Remedy<'a> {
    state: Option<&'a str>,
    #[serde(default)]
    open_to: Fact<Beneficiary>,
    #[serde(borrow, default)]
    covers: Fact<Vec<&'a str>>,
    #[serde(default)]
    outside_chain: Fact<bool>,
    #[serde(default)]
    binding: Fact<bool>,
    #[serde(default)]
    reprisal_ban: Fact<bool>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Budget<'a> {
    state: Option<&'a str>,
    #[serde(borrow, default)]
    covers: Fact<Vec<&'a str>>,
    #[serde(borrow, default)]
    approved_by: Fact<&'a str>,
    #[serde(default)]
    secret_part: Fact<Secret>,
    #[serde(borrow, default)]
    audited_by: Fact<Vec<&'a str>>,
    #[serde(default)]
    audit_complete: Fact<bool>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
struct Training<'a> {
    state: Option<&'a str>,
    #[serde(borrow, default)]
    force: Fact<Vec<&'a str>>,
    #[serde(default)]
    topics: Fact<Topic>,
    #[serde(default)]
    mandatory: Fact<bool>,
    #[serde(borrow, default)]
    repeat: Fact<&'a str>,
    #[serde(borrow, default)]
    evidence: Vec<Evidence<'a>>,
}

#[derive(Deserialize)]
struct Complete<'a> {
    list: &'a str,
    r#for: Option<&'a str>,
}

/// Lists by number, for what is closed.
#[derive(Clone, Copy)]
pub(crate) enum List {
    Forces,
    Bodies,
    Controls,
    Procedures,
    Norms,
    Services,
    Remedies,
    Budgets,
    Trainings,
}

fn list(name: &str) -> Option<List> {
    Some(match name {
        "forces" => List::Forces,
        "bodies" => List::Bodies,
        "controls" => List::Controls,
        "procedures" => List::Procedures,
        "norms" => List::Norms,
        "services" => List::Services,
        "remedies" => List::Remedies,
        "budgets" => List::Budgets,
        "trainings" => List::Trainings,
        _ => return None,
    })
}

/// A reference: of any kind of record, by kind and number.
#[derive(Clone, Copy, PartialEq)]
enum Id {
    Instrument(u32),
    Provision(u32),
    Body(u32),
    Force(u32),
}

struct InstrumentRow {
    kind: u64,
    publicity: Fact<u64>,
    holds: Truth,
    ended: Truth,
}

struct ProvisionRow {
    instrument: u32,
    in_force: Truth,
}

pub(crate) struct BodyRow {
    pub(crate) kind: Fact<u64>,
    pub(crate) legitimacy: Fact<u64>,
    pub(crate) civilian: Fact<bool>,
    pub(crate) dismissal: Fact<u64>,
    pub(crate) parent: Fact<u32>,
    pub(crate) set_up_by: Fact<Vec<u32>>,
}

pub(crate) struct ForceRow {
    pub(crate) categories: Fact<u64>,
    pub(crate) founded_by: Fact<Vec<u32>>,
    /// The bodies above, and whether the chain is known to its end.
    pub(crate) chain: Vec<u32>,
    pub(crate) known: bool,
}

/// A record about forces: which, whether it stands, and whether it rests on an act.
pub(crate) struct Row<T> {
    pub(crate) forces: Fact<u64>,
    pub(crate) stands: Truth,
    pub(crate) said: T,
}

pub(crate) struct ControlRow {
    pub(crate) holder: Fact<u32>,
    pub(crate) kind: Fact<u64>,
    pub(crate) exercised: Fact<u64>,
}

pub(crate) struct NormRow {
    pub(crate) modality: Fact<u64>,
    pub(crate) content: Fact<u64>,
    pub(crate) by_act: Truth,
}

pub(crate) struct RemedyRow {
    pub(crate) personnel: Fact<u64>,
    pub(crate) outside: Truth,
    pub(crate) binding: Truth,
    pub(crate) reprisal_ban: Truth,
}

pub(crate) struct BudgetRow {
    pub(crate) approved_by: Fact<u32>,
    pub(crate) audited_by: Fact<Vec<u32>>,
    pub(crate) secret_part: Fact<u64>,
    pub(crate) audit_complete: Truth,
}

pub(crate) struct TrainingRow {
    pub(crate) topics: Fact<u64>,
    pub(crate) mandatory: Truth,
    pub(crate) days: Fact<u32>,
}

/// Kind, and who decides.
type ProcedureRow = (Fact<u64>, Fact<Vec<u32>>);

/// What is closed of one list: all of it, or for these forces; and terms that were looked for, by force.
#[derive(Default)]
struct Closed {
    all: bool,
    forces: u64,
    absent: Vec<u64>,
}

/// A description, ready to be judged.
pub struct Case {
    pub(crate) army: Fact<u64>,
    instruments: Vec<InstrumentRow>,
    provisions: Vec<ProvisionRow>,
    pub(crate) bodies: Vec<BodyRow>,
    pub(crate) forces: Vec<ForceRow>,
    pub(crate) controls: Vec<Row<ControlRow>>,
    pub(crate) procedures: Vec<Row<ProcedureRow>>,
    pub(crate) norms: Vec<Row<NormRow>>,
    pub(crate) services: Vec<Row<Fact<u64>>>,
    pub(crate) remedies: Vec<Row<RemedyRow>>,
    pub(crate) budgets: Vec<Row<BudgetRow>>,
    pub(crate) trainings: Vec<Row<TrainingRow>>,
    closed: [Closed; 9],
    pub(crate) names: Vec<String>,
}

struct Linker<'a> {
    ids: FxHashMap<&'a str, Id>,
    provisions: Vec<ProvisionRow>,
    instruments: Vec<InstrumentRow>,
}

impl Linker<'_> {
    fn body(&self, id: &str) -> u32 {
        if let Some(Id::Body(at)) = self.ids.get(id) { *at } else { u32::MAX }
    }

    fn bodies(&self, ids: &[&str]) -> Vec<u32> {
        ids.iter().map(|id| self.body(id)).collect()
    }

    fn provision(&self, id: &str) -> u32 {
        if let Some(Id::Provision(at)) = self.ids.get(id) { *at } else { u32::MAX }
    }

    fn places(&self, ids: &[&str]) -> Vec<u32> {
        ids.iter().map(|id| self.provision(id)).collect()
    }

    fn forces(&self, ids: &[&str]) -> u64 {
        ids.iter().fold(0, |mask, id| if let Some(Id::Force(at)) = self.ids.get(id) { mask | 1 << at } else { mask })
    }

    fn stands(&self, evidence: &[Evidence<'_>], act: bool) -> Truth {
        let (mut found, mut states) = (NO, false);
        for one in evidence {
            let one = match one {
                Evidence::Provision(id) => {
                    let place = &self.provisions[self.provision(id) as usize];
                    if act {
                        place.in_force.min(truth(self.instruments[place.instrument as usize].kind & ACTS != 0))
                    } else {
                        place.in_force
                    }
                }
                Evidence::Attested => truth(!act),
                Evidence::Other => continue,
            };
            states = true;
            found = found.max(one);
        }
        if states { found } else { OPEN }
    }
}

const ACTS: u64 = Rank::CONSTITUTION | Rank::ORGANIC_LAW | Rank::STATUTE;

/// Text to rows.
pub fn read(bytes: &[u8]) -> Case {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let said: Description<'_> = serde_json::from_str(text).expect("a description");
    link(&said)
}

fn link(said: &Description<'_>) -> Case {
    let day = said.as_of;
    let mut ids = FxHashMap::with_capacity_and_hasher(
        said.instruments.len() + said.provisions.len() + said.bodies.len() + said.forces.len(),
        rustc_hash::FxBuildHasher,
    );
    let ended = |until: Option<&str>| until.map_or(YES, |until| truth(day <= until));
    let mut instruments = Vec::with_capacity(said.instruments.len());
    for (at, one) in said.instruments.iter().enumerate() {
        ids.insert(one.id, Id::Instrument(at as u32));
        let begun = match (one.in_force, one.version) {
            (Some(begins), _) => truth(begins <= day),
            (None, Some(seen)) if seen <= day => YES,
            (None, _) => OPEN,
        };
        let ended = ended(one.until);
        instruments.push(InstrumentRow { kind: one.kind.0, publicity: one.publicity.map(|one| one.0), holds: begun.min(ended), ended });
    }
    let mut provisions = Vec::with_capacity(said.provisions.len());
    for (at, one) in said.provisions.iter().enumerate() {
        let Some(Id::Instrument(text)) = ids.get(one.instrument).copied() else { panic!("no instrument {}", one.instrument) };
        ids.insert(one.id, Id::Provision(at as u32));
        let text_row = &instruments[text as usize];
        let in_force = match one.in_force {
            Some(begins) => truth(begins <= day).min(ended(one.until)).min(text_row.ended),
            None => ended(one.until).min(text_row.holds),
        };
        provisions.push(ProvisionRow { instrument: text, in_force });
    }
    for (at, one) in said.instruments.iter().enumerate() {
        for suspended in &one.suspends {
            if let Some(Id::Provision(place)) = ids.get(suspended) {
                let place = &mut provisions[*place as usize];
                place.in_force = place.in_force.min(2 - instruments[at].holds);
            }
        }
    }
    for (at, one) in said.bodies.iter().enumerate() {
        ids.insert(one.id, Id::Body(at as u32));
    }
    let real = said.forces.iter().filter(|one| one.state != Some("absent"));
    let mut names = Vec::new();
    for (at, one) in real.clone().enumerate() {
        ids.insert(one.id, Id::Force(at as u32));
        names.push(one.id.to_owned());
    }
    let linker = Linker { ids, provisions, instruments };
    let bodies: Vec<BodyRow> = said
        .bodies
        .iter()
        .map(|one| BodyRow {
            kind: one.kind.map(|one| one.0),
            legitimacy: one.legitimacy.map(|one| one.0),
            civilian: one.civilian,
            dismissal: one.dismissal.map(|one| one.0),
            parent: one.parent.map(|id| linker.body(id)),
            set_up_by: places(&linker, &one.set_up_by),
        })
        .collect();
    let forces = real
        .map(|one| {
            let parent = one.parent.map(|id| linker.body(id));
            let (chain, known) = chain(&bodies, parent);
            ForceRow { categories: one.categories.map(|one| one.0), founded_by: places(&linker, &one.founded_by), chain, known }
        })
        .collect::<Vec<_>>();
    let mut closed: [Closed; 9] = std::array::from_fn(|_| Closed { absent: vec![0; forces.len()], ..Closed::default() });
    for one in &said.complete {
        let Some(list) = list(one.list) else { continue };
        let closed = &mut closed[list as usize];
        match one.r#for {
            None => closed.all = true,
            Some(id) => closed.forces |= linker.forces(&[id]),
        }
    }
    let mut absent_of = |list: List, over: &[&str], terms: u64| {
        let mask = linker.forces(over);
        for (_, absent) in closed[list as usize].absent.iter_mut().enumerate().filter(|(at, _)| mask >> at & 1 == 1) {
            *absent |= terms;
        }
    };
    let absent = |state: Option<&str>| state == Some("absent");
    let over = |ids: &Fact<Vec<&str>>| match ids {
        Fact::Known(ids) => Fact::Known(linker.forces(ids)),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    let yes = |fact: Fact<bool>| fact.test(|yes| yes);
    let mut controls = Vec::with_capacity(said.controls.len());
    for one in &said.controls {
        if absent(one.state) {
            if let (Fact::Known(over), Fact::Known(kind)) = (&one.over, one.kind) {
                absent_of(List::Controls, over, kind.0);
            }
            continue;
        }
        let said = ControlRow {
            holder: one.holder.map(|id| linker.body(id)),
            kind: one.kind.map(|one| one.0),
            exercised: one.exercised.map(|one| one.0),
        };
        controls.push(Row { forces: over(&one.over), stands: linker.stands(&one.evidence, false), said });
    }
    let mut procedures = Vec::with_capacity(said.procedures.len());
    for one in &said.procedures {
        if absent(one.state) {
            if let (Fact::Known(over), Fact::Known(kind)) = (&one.over, one.kind) {
                absent_of(List::Procedures, over, kind.0);
            }
            continue;
        }
        let deciders = match &one.decided_by {
            Fact::Known(ids) => Fact::Known(linker.bodies(ids)),
            Fact::Absent => Fact::Absent,
            Fact::Unknown => Fact::Unknown,
        };
        let said = (one.kind.map(|one| one.0), deciders);
        procedures.push(Row { forces: over(&one.over), stands: linker.stands(&one.evidence, false), said });
    }
    let mut norms = Vec::with_capacity(said.norms.len());
    for one in &said.norms {
        if absent(one.state) {
            if let (Fact::Known(over), Fact::Known(content)) = (&one.bearer, one.content) {
                absent_of(List::Norms, over, content.0);
            }
            continue;
        }
        let said = NormRow {
            modality: one.modality.map(|one| one.0),
            content: one.content.map(|one| one.0),
            by_act: linker.stands(&one.evidence, true),
        };
        norms.push(Row { forces: over(&one.bearer), stands: linker.stands(&one.evidence, false), said });
    }
    let mut services = Vec::with_capacity(said.services.len());
    for one in &said.services {
        if absent(one.state) {
            if let (Fact::Known(force), Fact::Known(mode)) = (&one.force, one.mode) {
                absent_of(List::Services, &[force], mode.0);
            }
            continue;
        }
        let force = one.force.map(|id| linker.forces(&[id]));
        services.push(Row { forces: force, stands: linker.stands(&one.evidence, false), said: one.mode.map(|one| one.0) });
    }
    let remedies = said.remedies.iter().filter(|one| !absent(one.state)).map(|one| Row {
        forces: over(&one.covers),
        stands: linker.stands(&one.evidence, false),
        said: RemedyRow {
            personnel: one.open_to.map(|one| one.0),
            outside: yes(one.outside_chain),
            binding: yes(one.binding),
            reprisal_ban: yes(one.reprisal_ban),
        },
    });
    let remedies = remedies.collect();
    let budgets = said.budgets.iter().filter(|one| !absent(one.state)).map(|one| Row {
        forces: over(&one.covers),
        stands: linker.stands(&one.evidence, false),
        said: BudgetRow {
            approved_by: one.approved_by.map(|id| linker.body(id)),
            audited_by: match &one.audited_by {
                Fact::Known(ids) => Fact::Known(linker.bodies(ids)),
                Fact::Absent => Fact::Absent,
                Fact::Unknown => Fact::Unknown,
            },
            secret_part: one.secret_part.map(|one| one.0),
            audit_complete: yes(one.audit_complete),
        },
    });
    let budgets = budgets.collect();
    let trainings = said.trainings.iter().filter(|one| !absent(one.state)).map(|one| Row {
        forces: over(&one.force),
        stands: linker.stands(&one.evidence, false),
        said: TrainingRow { topics: one.topics.map(|one| one.0), mandatory: yes(one.mandatory), days: one.repeat.map(days) },
    });
    let trainings = trainings.collect();
    for one in said.forces.iter().filter(|one| absent(one.state)) {
        if let Fact::Known(categories) = one.categories {
            closed[List::Forces as usize].forces |= categories.0;
        }
    }
    let Linker { provisions, instruments, .. } = linker;
    Case {
        army: said.state.armed_forces.map(|one| one.0),
        instruments,
        provisions,
        bodies,
        forces,
        controls,
        procedures,
        norms,
        services,
        remedies,
        budgets,
        trainings,
        closed,
        names,
    }
}

fn places(linker: &Linker<'_>, ids: &Fact<Vec<&str>>) -> Fact<Vec<u32>> {
    match ids {
        Fact::Known(ids) => Fact::Known(linker.places(ids)),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}

fn days(text: &str) -> u32 {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number: u32 = number.parse().unwrap_or(u32::MAX);
    number.saturating_mul(match unit.as_bytes().first() {
        Some(b'm') => 30,
        Some(b'y') => 365,
        _ => 1,
    })
}

/// Those above, one by one; a circle ends it.
fn chain(bodies: &[BodyRow], parent: Fact<u32>) -> (Vec<u32>, bool) {
    let mut chain: Vec<u32> = Vec::with_capacity(4);
    let mut next = parent;
    loop {
        match next {
            Fact::Unknown => return (chain, false),
            Fact::Absent => return (chain, true),
            Fact::Known(at) if chain.contains(&at) => return (chain, true),
            Fact::Known(at) => {
                chain.push(at);
                next = bodies[at as usize].parent;
            }
        }
    }
}

impl ForceRow {
    /// Whether somebody above fits.
    fn reaches(&self, mut fits: impl FnMut(u32) -> Truth) -> Truth {
        let end = if self.known { NO } else { OPEN };
        self.chain.iter().fold(end, |found, at| found.max(fits(*at)))
    }

    /// Whether it stands under this body; under one that nobody wrote down if none.
    fn under(&self, body: Option<u32>) -> Truth {
        if body.is_some_and(|body| self.chain.contains(&body)) {
            YES
        } else if self.known {
            NO
        } else {
            OPEN
        }
    }
}

const OVERSIGHT: u64 = Power::INSPECT | Power::INQUIRE | Power::INVESTIGATE | Power::AUDIT | Power::ACCESS;

/// One verdict.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    Met,
    Open,
    NotMet,
    NotApplicable,
}

use Verdict::{Met, NotApplicable, NotMet, Open};

pub(crate) fn verdict(truth: Truth) -> Verdict {
    match truth {
        YES => Met,
        NO => NotMet,
        _ => Open,
    }
}

impl Verdict {
    fn rank(self) -> u8 {
        match self {
            NotApplicable => 0,
            Met => 1,
            Open => 2,
            NotMet => 3,
        }
    }

    fn letter(self) -> u8 {
        match self {
            Met => b'P',
            Open => b'U',
            NotMet => b'F',
            NotApplicable => b'N',
        }
    }
}

/// What takes the verdicts: of each force and of the State.
pub trait Output {
    fn force(&mut self, rule: usize, force: Option<usize>, letter: u8);
    fn state(&mut self, letter: u8);
}

impl Output for Vec<u8> {
    fn force(&mut self, _: usize, _: Option<usize>, _: u8) {}
    fn state(&mut self, letter: u8) {
        self.push(letter);
    }
}

/// Verdicts by force, for comparing.
#[derive(Default)]
pub struct Each(pub Vec<(usize, Option<usize>, u8)>);

impl Output for Each {
    fn force(&mut self, rule: usize, force: Option<usize>, letter: u8) {
        self.0.push((rule, force, letter));
    }
    fn state(&mut self, _: u8) {}
}

/// The whole job.
pub fn check(bytes: &[u8], letters: &mut Vec<u8>) {
    read(bytes).judge(letters);
}

impl Case {
    pub fn name(&self, force: Option<usize>) -> String {
        force.map_or_else(String::new, |at| self.names[at].clone())
    }

    fn shut(&self, list: List) -> bool {
        self.closed[list as usize].all
    }

    /// What a record that nobody wrote down can do for `there is …` about this force: with these terms, or whatever terms if 0.
    pub(crate) fn ghost(&self, list: List, force: usize, terms: u64) -> Truth {
        let closed = &self.closed[list as usize];
        if closed.all || closed.forces >> force & 1 == 1 || terms != 0 && terms & !closed.absent[force] == 0 { NO } else { OPEN }
    }

    /// Whether some row about this force fits.
    fn some<T>(&self, rows: &[Row<T>], list: List, force: usize, terms: u64, fits: impl Fn(&T) -> Truth) -> Truth {
        let mut found = NO;
        for row in rows {
            let about = row.forces.any(1 << force);
            if about > found {
                found = found.max(about.min(row.stands).min(fits(&row.said)));
                if found == YES {
                    return YES;
                }
            }
        }
        found.max(self.ghost(list, force, terms))
    }

    fn control(&self, force: usize, kinds: u64, fits: impl Fn(&ControlRow) -> Truth) -> Truth {
        self.some(&self.controls, List::Controls, force, kinds, |row| {
            let kind = row.kind.any(kinds);
            if kind == NO { NO } else { kind.min(fits(row)) }
        })
    }

    fn holder(&self, row: &ControlRow, fits: impl FnOnce(u32) -> Truth) -> Truth {
        match row.holder {
            Fact::Unknown => OPEN,
            Fact::Absent => NO,
            Fact::Known(body) => fits(body),
        }
    }

    fn norm(&self, force: usize, content: u64, modality: u64) -> Truth {
        self.some(&self.norms, List::Norms, force, content, |row| {
            let about = row.content.any(content);
            if modality == 0 { about } else { about.min(row.modality.any(modality)) }
        })
    }

    fn conscripts(&self, force: usize) -> Truth {
        self.some(&self.services, List::Services, force, Mode::CONSCRIPT, |mode| mode.any(Mode::CONSCRIPT))
    }

    fn place(&self, places: &Fact<Vec<u32>>, fits: impl Fn(&InstrumentRow) -> Truth) -> Truth {
        match places {
            Fact::Unknown => OPEN,
            Fact::Absent => NO,
            Fact::Known(all) => all.iter().fold(NO, |found, at| {
                let place = &self.provisions[*at as usize];
                found.max(place.in_force.min(fits(&self.instruments[place.instrument as usize])))
            }),
        }
    }

    fn body(&self, at: u32) -> &BodyRow {
        &self.bodies[at as usize]
    }

    /// A rule for every force that is meant. `none`: the verdict where there certainly is none. `terms`: what closes the list besides.
    pub(crate) fn every(
        &self,
        out: &mut impl Output,
        rule: usize,
        none: Verdict,
        terms: u64,
        meant: impl Fn(Fact<u64>) -> Truth,
        judge: impl Fn(usize) -> Verdict,
    ) {
        self.excepted(out, rule, none, terms, None, meant, judge);
    }

    #[expect(clippy::too_many_arguments, reason = "a rule has so many parts")]
    pub(crate) fn excepted(
        &self,
        out: &mut impl Output,
        rule: usize,
        none: Verdict,
        terms: u64,
        exception: Option<Truth>,
        meant: impl Fn(Fact<u64>) -> Truth,
        judge: impl Fn(usize) -> Verdict,
    ) {
        let closed = &self.closed[List::Forces as usize];
        let open = !(closed.all || terms != 0 && terms & !closed.forces == 0);
        let without = if open { Open } else { none };
        // Where there is no force at all.
        let empty = match exception {
            None | Some(NO) => without,
            Some(YES) => NotApplicable,
            Some(_) => {
                if without == NotApplicable {
                    NotApplicable
                } else {
                    Open
                }
            }
        };
        let mut found: [(usize, Verdict); 64] = [(0, Met); 64];
        let (mut count, mut certain) = (0, false);
        for (at, force) in self.forces.iter().enumerate() {
            let meant = meant(force.categories);
            if meant == NO {
                continue;
            }
            certain |= meant == YES;
            let mut one = match exception {
                None | Some(NO) => judge(at),
                Some(YES) => NotApplicable,
                Some(_) => {
                    if judge(at) == NotApplicable {
                        NotApplicable
                    } else {
                        Open
                    }
                }
            };
            if meant == OPEN && one != NotApplicable {
                one = Open;
            }
            found[count] = (at, one);
            count += 1;
        }
        if count == 0 {
            out.force(rule, None, empty.letter());
            out.state(empty.letter());
            return;
        }
        let mut worst = NotApplicable;
        for (at, one) in &mut found[..count] {
            if !certain && empty != NotApplicable && *one == NotApplicable {
                *one = Open;
            }
            out.force(rule, Some(*at), one.letter());
            if one.rank() > worst.rank() {
                worst = *one;
            }
        }
        let away = exception == Some(YES) && found[..count].iter().all(|(_, one)| *one == NotApplicable);
        if open && !away && Open.rank() > worst.rank() {
            worst = Open;
        }
        out.state(worst.letter());
    }

    fn whole(&self, out: &mut impl Output, rule: usize, verdict: Verdict) {
        out.force(rule, None, verdict.letter());
        out.state(verdict.letter());
    }

    /// Rows to verdicts.
    pub fn judge(&self, out: &mut impl Output) {
        self.command(out);
        self.money(out);
        self.norms_of(out);
        self.others(out);
    }

    fn command(&self, out: &mut impl Output) {
        let all = |_: Fact<u64>| YES;
        let armed = |categories: Fact<u64>| categories.any(Category::ARMED);
        let no_army = Some(self.army.any(Army::NONE));
        self.every(out, 0, Open, 0, all, |f| verdict(self.place(&self.forces[f].founded_by, |_| YES)));
        self.excepted(out, 1, NotApplicable, Category::ARMED, no_army, armed, |f| {
            verdict(self.place(&self.forces[f].founded_by, |text| truth(text.kind & ACTS != 0)))
        });
        self.every(out, 2, Open, 0, all, |f| {
            verdict(self.forces[f].reaches(|at| {
                let body = self.body(at);
                body.kind.any(Organ::MINISTER).min(body.civilian.test(|yes| yes))
            }))
        });
        self.every(out, 3, Open, 0, all, |f| {
            let force = &self.forces[f];
            verdict(2 - self.control(f, OVERSIGHT, |row| self.holder(row, |body| force.under(Some(body)))))
        });
        self.every(out, 4, Open, 0, all, |f| {
            let force = &self.forces[f];
            verdict(self.control(f, OVERSIGHT, |row| {
                self.holder(row, |at| {
                    let body = self.body(at);
                    body.kind
                        .none(Organ::MINISTER | Organ::MINISTRY)
                        .min(body.dismissal.any(Dismissal::FOR_CAUSE | Dismissal::NO_ONE))
                        .min(2 - force.under(Some(at)))
                })
            }))
        });
        let intelligence = |categories: Fact<u64>| categories.any(Category::INTELLIGENCE);
        self.every(out, 5, NotApplicable, Category::INTELLIGENCE, intelligence, |f| {
            let mut found = NO;
            for at in 0..self.bodies.len() as u32 {
                let fits = self.body(at).kind.any(Organ::LEGISLATURE | Organ::COMMITTEE | Organ::EXPERT);
                if fits > found {
                    found = found.max(fits.min(self.secrets(f, Some(at))));
                }
            }
            if found != YES && !self.shut(List::Bodies) {
                found = found.max(OPEN.min(self.secrets(f, None)));
            }
            verdict(found)
        });
    }

    /// Whether a body holds the keys to secrets over a force; a body that nobody wrote down if none.
    fn secrets(&self, force: usize, body: Option<u32>) -> Truth {
        let held = |row: &ControlRow| row.holder.test(|holder| Some(holder) == body);
        let access = self.control(force, Power::ACCESS, held);
        if access == NO {
            return NO;
        }
        let kinds = Power::SUMMON | Power::INSPECT | Power::PAPERS | Power::INVESTIGATE;
        let (mut yes, mut open) = (0, 0);
        for row in &self.controls {
            let fits = row.forces.any(1 << force).min(row.said.kind.any(kinds)).min(row.stands).min(held(&row.said));
            yes += u32::from(fits == YES);
            open += u32::from(fits == OPEN);
        }
        let two = if yes >= 2 {
            YES
        } else if yes + open < 2 && self.ghost(List::Controls, force, kinds) == NO {
            NO
        } else {
            OPEN
        };
        access.min(two)
    }

    fn money(&self, out: &mut impl Output) {
        let all = |_: Fact<u64>| YES;
        let approver = |row: &BudgetRow, fits: &dyn Fn(&BodyRow) -> Truth| match row.approved_by {
            Fact::Unknown => OPEN,
            Fact::Absent => NO,
            Fact::Known(at) => fits(self.body(at)),
        };
        let budget = |f: usize, fits: &dyn Fn(&BudgetRow) -> Truth| self.some(&self.budgets, List::Budgets, f, 0, fits);
        self.every(out, 6, Open, 0, all, |f| verdict(budget(f, &|row| approver(row, &|body| body.legitimacy.any(Legitimacy::ELECTED)))));
        self.every(out, 7, Open, 0, all, |f| {
            verdict(budget(f, &|row| {
                let audited = match &row.audited_by {
                    Fact::Unknown => OPEN,
                    Fact::Absent => NO,
                    Fact::Known(all) => all.iter().fold(NO, |found, at| {
                        let body = self.body(*at);
                        let fits =
                            body.kind.any(Organ::AUDIT | Organ::COURT).min(body.dismissal.any(Dismissal::FOR_CAUSE | Dismissal::NO_ONE));
                        found.max(fits)
                    }),
                };
                row.audit_complete.min(audited).min(approver(row, &|body| body.kind.none(Organ::AUDIT | Organ::COURT)))
            }))
        });
        let others = |categories: Fact<u64>| categories.none(Category::INTELLIGENCE | Category::POLICE);
        self.every(out, 8, NotApplicable, 0, others, |f| {
            verdict(budget(f, &|row| row.secret_part.any(Secret::NO_SECRET | Secret::TOTAL_KNOWN)))
        });
        let no_army = Some(self.army.any(Army::NONE));
        let armed = |categories: Fact<u64>| categories.any(Category::ARMED);
        self.excepted(out, 9, NotApplicable, Category::ARMED, no_army, armed, |f| {
            verdict(self.control(f, Power::DEPLOYMENT, |row| {
                row.exercised.any(Moment::BEFORE).min(self.holder(row, |at| self.body(at).kind.any(Organ::LEGISLATURE | Organ::COMMITTEE)))
            }))
        });
    }

    fn norms_of(&self, out: &mut impl Output) {
        let all = |_: Fact<u64>| YES;
        self.every(out, 10, Open, 0, all, |f| {
            verdict(self.norm(f, Content::NEUTRALITY, 0).min(self.norm(f, Content::NO_PARTY, Modality::PROHIBITION)))
        });
        self.every(out, 11, Open, 0, all, |f| {
            let (mut yes, mut open, mut outside) = (0, 0, NO);
            for row in &self.remedies {
                let about = row.forces.any(1 << f).min(row.stands);
                yes += u32::from(about == YES);
                open += u32::from(about == OPEN);
                outside = outside.max(about.min(row.said.outside));
            }
            let ghost = self.ghost(List::Remedies, f, 0);
            let two = if yes >= 2 {
                YES
            } else if yes + open < 2 && ghost == NO {
                NO
            } else {
                OPEN
            };
            verdict(two.min(outside.max(ghost)))
        });
        self.every(out, 12, Open, 0, all, |f| {
            verdict(self.some(&self.remedies, List::Remedies, f, 0, |row| row.personnel.any(Beneficiary::PERSONNEL).min(row.reprisal_ban)))
        });
        let soldiers = Category::ARMED | Category::PARAMILITARY | Category::INTERNAL;
        self.every(
            out,
            13,
            NotApplicable,
            soldiers,
            |categories| categories.any(soldiers),
            |f| verdict(self.some(&self.trainings, List::Trainings, f, 0, |row| row.topics.any(Topic::IHL).min(row.mandatory))),
        );
        self.every(out, 14, Open, 0, all, |f| {
            verdict(self.some(&self.trainings, List::Trainings, f, 0, |row| {
                row.topics.any(Topic::HUMAN_RIGHTS).min(row.days.test(|days| days <= 24 * 30))
            }))
        });
        self.every(out, 15, Open, 0, all, |f| {
            let refuse = self.some(&self.norms, List::Norms, f, Content::REFUSE, |row| {
                row.content.any(Content::REFUSE).min(row.modality.any(Modality::DUTY | Modality::RIGHT)).min(row.by_act)
            });
            verdict(refuse.min(self.norm(f, Content::LIABILITY, 0)))
        });
        self.every(out, 16, Open, 0, all, |f| {
            let both = self.norm(f, Content::VOTE, Modality::RIGHT).min(self.norm(f, Content::PETITION, Modality::RIGHT));
            let three = || both.min(self.norm(f, Content::ASSOCIATION, Modality::RIGHT));
            match self.forces[f].categories.none(Category::INTELLIGENCE) {
                NO => verdict(both),
                YES => verdict(three()),
                _ => {
                    if verdict(both) == verdict(three()) {
                        verdict(both)
                    } else {
                        Open
                    }
                }
            }
        });
        self.every(out, 17, Open, 0, all, |f| match self.conscripts(f) {
            NO => NotApplicable,
            YES => verdict(self.norm(f, Content::OBJECTION, 0)),
            _ => Open,
        });
    }

    fn others(&self, out: &mut impl Output) {
        let all = |_: Fact<u64>| YES;
        let others = |categories: Fact<u64>| categories.none(Category::ARMED | Category::PARAMILITARY);
        self.every(out, 18, NotApplicable, 0, others, |f| verdict(2 - self.conscripts(f)));
        let intelligence = |categories: Fact<u64>| categories.any(Category::INTELLIGENCE);
        self.every(out, 19, NotApplicable, Category::INTELLIGENCE, intelligence, |f| verdict(self.parted(f)));
        self.whole(out, 20, verdict(self.five()));
        let paramilitary = |categories: Fact<u64>| categories.any(Category::PARAMILITARY);
        self.every(out, 21, NotApplicable, Category::PARAMILITARY, paramilitary, |f| {
            verdict(self.forces[f].reaches(|at| self.body(at).legitimacy.any(Legitimacy::ELECTED | Legitimacy::ACCOUNTABLE)))
        });
        self.every(out, 22, Open, 0, all, |f| {
            verdict(self.control(f, OVERSIGHT | Power::SUMMON | Power::PAPERS, |row| {
                self.holder(row, |at| self.body(at).kind.any(Organ::LEGISLATURE | Organ::COMMITTEE))
            }))
        });
        self.every(out, 23, Open, 0, all, |f| {
            let kinds = Power::INSPECT | Power::INVESTIGATE | Power::AUDIT;
            let mut truth = YES;
            for row in &self.controls {
                let fits = row.forces.any(1 << f).min(row.said.kind.any(kinds)).min(row.stands);
                if fits == NO {
                    continue;
                }
                let asks = self
                    .holder(&row.said, |at| self.control(f, Power::SUMMON | Power::PAPERS, |row| row.holder.test(|holder| holder == at)));
                truth = truth.min((2 - fits).max(asks));
            }
            verdict(truth.min(2 - self.ghost(List::Controls, f, kinds)))
        });
        self.every(out, 24, Open, 0, all, |f| {
            verdict(self.place(&self.forces[f].founded_by, |text| text.publicity.any(Publicity::PUBLIC)))
        });
        self.every(out, 25, Open, 0, all, |f| verdict(self.half(f)));
        self.every(out, 26, Open, 0, all, |f| {
            let kinds = Power::INSPECT | Power::INQUIRE | Power::INVESTIGATE | Power::AUDIT;
            verdict(2 - self.control(f, kinds, |row| self.holder(row, |at| self.beholden(f, at))))
        });
        self.whole(out, 27, verdict(self.set_up()));
        self.whole(out, 28, self.army_shown());
        let no_army = Some(self.army.any(Army::NONE));
        let armed = |categories: Fact<u64>| categories.any(Category::ARMED);
        self.excepted(out, 29, NotApplicable, Category::ARMED, no_army, armed, |f| {
            let force = &self.forces[f];
            verdict(self.some(&self.procedures, List::Procedures, f, Procedures::INTERNAL, |(kind, deciders)| {
                let decides = match deciders {
                    Fact::Unknown => OPEN,
                    Fact::Absent => NO,
                    Fact::Known(all) => all.iter().fold(NO, |found, at| found.max(2 - force.under(Some(*at)))),
                };
                kind.any(Procedures::INTERNAL).min(decides)
            }))
        });
    }

    /// No minister above an intelligence service who is above a police as well.
    fn parted(&self, force: usize) -> Truth {
        let forces = &self.closed[List::Forces as usize];
        let more = if forces.all || forces.forces & Category::POLICE != 0 { YES } else { OPEN };
        let below = |body: Option<u32>| {
            let mut truth = more;
            for (_, police) in self.forces.iter().enumerate().filter(|(at, _)| *at != force) {
                let fits = police.categories.any(Category::POLICE);
                truth = truth.min((2 - fits).max(2 - police.under(body)));
            }
            truth
        };
        let judge = |body: Option<u32>| {
            let under = self.forces[force].under(body);
            if under == NO { YES } else { (2 - under).max(below(body)) }
        };
        let mut truth = YES;
        for (at, body) in self.bodies.iter().enumerate() {
            let fits = body.kind.any(Organ::MINISTER);
            if fits != NO {
                truth = truth.min((2 - fits).max(judge(Some(at as u32))));
            }
        }
        if !self.shut(List::Bodies) {
            truth = truth.min(OPEN.max(judge(None)));
        }
        truth
    }

    /// Five bodies that oversee some force.
    fn five(&self) -> Truth {
        let more = if self.shut(List::Controls) { NO } else { OPEN };
        let (mut yes, mut open) = (0, 0);
        let oversees = |body: Option<u32>| {
            let mut found = more;
            for row in &self.controls {
                let fits = row.said.holder.test(|holder| Some(holder) == body).min(row.said.kind.any(OVERSIGHT)).min(row.stands);
                found = found.max(fits);
            }
            found
        };
        for (at, body) in self.bodies.iter().enumerate() {
            let fits = body.kind.none(Organ::FORCE_HEAD | Organ::COMMAND);
            let fits = if fits == NO { NO } else { fits.min(oversees(Some(at as u32))) };
            yes += u32::from(fits == YES);
            open += u32::from(fits == OPEN);
        }
        let ghost = if self.shut(List::Bodies) { NO } else { OPEN.min(oversees(None)) };
        if yes >= 5 {
            YES
        } else if yes + open < 5 && ghost == NO {
            NO
        } else {
            OPEN
        }
    }

    /// Half of the remedies bind.
    fn half(&self, force: usize) -> Truth {
        if self.ghost(List::Remedies, force, 0) != NO {
            return OPEN;
        }
        let (mut sure, mut maybe) = ([0u32; 3], [0u32; 3]);
        for row in &self.remedies {
            match row.forces.any(1 << force).min(row.stands) {
                NO => {}
                YES => sure[row.said.binding as usize] += 1,
                _ => maybe[row.said.binding as usize] += 1,
            }
        }
        let all: u32 = sure.iter().sum();
        if all == 0 {
            return OPEN;
        }
        let [no, open, yes] = maybe;
        let worst = sure[YES as usize] * 2 >= all + open + no;
        let best = (sure[YES as usize] + sure[OPEN as usize] + yes + open) * 2 >= all + yes + open;
        if worst {
            YES
        } else if best {
            OPEN
        } else {
            NO
        }
    }

    /// Whether a body stands under a minister of the force.
    fn beholden(&self, force: usize, body: u32) -> Truth {
        let parent = self.body(body).parent;
        let mut found = NO;
        for (at, minister) in self.bodies.iter().enumerate() {
            let fits = minister.kind.any(Organ::MINISTER);
            if fits > found {
                let under = self.forces[force].under(Some(at as u32)).min(parent.test(|parent| parent == at as u32));
                found = found.max(fits.min(under));
            }
        }
        if found != YES && !self.shut(List::Bodies) {
            found = found.max(OPEN.min(self.forces[force].under(None)).min(parent.test(|_| false)));
        }
        found
    }

    /// Every overseer is set up by an act in force.
    fn set_up(&self) -> Truth {
        let kinds = Organ::OMBUDS | Organ::NHRI | Organ::EXPERT | Organ::INSPECTORATE | Organ::AUDIT | Organ::COMPLAINTS;
        let mut truth = YES;
        for body in &self.bodies {
            let fits = body.kind.any(kinds);
            if fits != NO {
                truth = truth.min((2 - fits).max(self.place(&body.set_up_by, |text| self::truth(text.kind & ACTS != 0))));
            }
        }
        if self.shut(List::Bodies) { truth } else { truth.min(OPEN) }
    }

    /// An army that is said to be there is described, and none where it is said that there is none.
    fn army_shown(&self) -> Verdict {
        let closed = &self.closed[List::Forces as usize];
        let more = if closed.all || closed.forces & Category::ARMED != 0 { NO } else { OPEN };
        let armed = self.forces.iter().fold(more, |found, force| found.max(force.categories.any(Category::ARMED)));
        match self.army {
            Fact::Unknown => Open,
            Fact::Absent => NotApplicable,
            Fact::Known(army) if army & (Army::STANDING | Army::CEREMONIAL) != 0 => verdict(armed),
            Fact::Known(army) if army & Army::NONE != 0 => verdict(2 - armed),
            Fact::Known(_) => NotApplicable,
        }
    }
}
