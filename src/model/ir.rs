//! Rules as meant: every name resolved to a number, every type checked. The engine evaluates this tree, and `reading` reads it aloud.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::text::Place;
use crate::values::Date;
use crate::vocabulary::{AttributeId, EnumId, RecordId, TermId, Type, Vocabulary};

/// Number of a variable in a rule or definition.
pub type Slot = u16;
/// Index into [`Model::definitions`].
pub type DefinitionId = u32;
/// Index into [`Model::qualifiers`].
pub type QualifierId = u32;

/// Everything that rule text says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    /// What can be said of a State.
    pub vocabulary: Vocabulary,
    /// Legal sources.
    pub instruments: Vec<Instrument>,
    /// Questions to States.
    pub questionnaires: Vec<Questionnaire>,
    /// Named thresholds.
    pub parameters: Vec<Parameter>,
    /// Named demands on evidence.
    pub qualifiers: Vec<Qualifier>,
    /// Named conditions; none uses itself.
    pub definitions: Vec<Definition>,
    /// Rules in the order of their files.
    pub rules: Vec<Rule>,
    /// Scenarios.
    #[serde(skip)]
    pub scenarios: Vec<Scenario>,
    /// Parts of stories that scenarios share.
    #[serde(skip)]
    pub settings: HashMap<String, Vec<crate::syntax::ast::Given>>,
}

/// A legal source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// `CoC`
    pub name: String,
    /// Its title.
    pub title: String,
    /// Adopted on.
    pub of: Date,
    /// In effect from.
    pub from: Date,
    /// Sections: number and heading.
    pub sections: Vec<(String, String)>,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Where it is declared.
    pub place: Place,
}

/// How far a paragraph can be assessed on a national framework.
pub use crate::syntax::ast::Assessable;

/// A paragraph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Paragraph {
    /// `21`
    pub number: String,
    /// Its sense in our words.
    pub sense: String,
    /// Its section's number.
    pub section: String,
    /// Whom it addresses.
    pub binds: String,
    /// How strongly.
    pub modality: String,
    /// How many requirements a full encoding has; 0 where that is not said.
    pub requirements: usize,
    /// Whether it can be assessed.
    pub assessable: Assessable,
    /// How far its wording was read.
    pub wording: String,
    /// Where it is declared.
    pub place: Place,
}

/// Questions to a State that are answered from the facts that rules ask about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Questionnaire {
    /// What it is.
    pub title: String,
    /// Its items, in order.
    pub items: Vec<AskedItem>,
}

/// One question of a questionnaire.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskedItem {
    /// `II.2.1`
    pub number: String,
    /// What is asked.
    pub topic: String,
    /// The attribute of the subject by whose terms the answer is arranged.
    pub by: Option<crate::vocabulary::Slot>,
    /// Indices of the rules whose facts answer it.
    pub rules: Vec<usize>,
}

/// A named threshold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Scalar,
    /// Why.
    pub because: String,
    /// Where it is declared.
    pub place: Place,
}

/// A named demand on evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Qualifier {
    /// Its name.
    pub name: String,
    /// How it reads.
    pub read: String,
    /// What the provision must be.
    pub noun: Noun,
    /// Where it is declared.
    pub place: Place,
}

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A record.
    Record(RecordId),
    /// A term.
    Term(EnumId),
}

/// A variable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Variable {
    /// `F`; empty where the noun has none.
    pub name: String,
    /// What it stands for.
    pub kind: Kind,
}

/// A named condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Its variables; the first `arguments` are given by the caller.
    pub variables: Vec<Variable>,
    /// How many the caller gives.
    pub arguments: usize,
    /// How it reads, with `{B}`.
    pub read: String,
    /// How its denial reads.
    pub denied: String,
    /// What it means.
    pub body: Node,
    /// Where it is declared.
    pub place: Place,
}

/// How strongly a rule binds; it bounds the verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Modality {
    /// `must ensure that`
    Ensure,
    /// `must not allow that`
    NotAllow,
    /// `must have considered`
    Considered,
    /// `must seek to ensure that`
    Seek,
    /// `may provide that`
    May,
}

/// Modalities with the words of the language.
pub const MODALITIES: &[(Modality, &str)] = &[
    (Modality::Ensure, "must ensure that"),
    (Modality::NotAllow, "must not allow that"),
    (Modality::Considered, "must have considered"),
    (Modality::Seek, "must seek to ensure that"),
    (Modality::May, "may provide that"),
];

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// The commitment is reflected.
    Met,
    /// It is reflected in part.
    Partly,
    /// It is not reflected.
    NotMet,
    /// A fact that could change the result is missing.
    CannotTell,
    /// The question does not arise.
    NotApplicable,
}

/// Verdicts with their words: in results, and in rule text.
pub const VERDICTS: &[(Verdict, &str, &str)] = &[
    (Verdict::Met, "met", "met"),
    (Verdict::Partly, "partly", "partly"),
    (Verdict::NotMet, "not-met", "not met"),
    (Verdict::CannotTell, "cannot-tell", "cannot tell"),
    (Verdict::NotApplicable, "not-applicable", "not applicable"),
];

impl Verdict {
    /// The word in results: `not-met`.
    pub fn word(self) -> &'static str {
        VERDICTS.iter().find(|(verdict, _, _)| *verdict == self).map_or("", |(_, word, _)| word)
    }

    /// The words in rule text and sentences: `not met`.
    pub fn words(self) -> &'static str {
        VERDICTS.iter().find(|(verdict, _, _)| *verdict == self).map_or("", |(_, _, words)| words)
    }

    /// The verdict of these words.
    pub fn from_words(words: &str) -> Option<Verdict> {
        VERDICTS.iter().find(|(_, word, known)| *known == words || *word == words).map(|(verdict, _, _)| *verdict)
    }
}

/// How grave a gap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// A force or its use escapes constitutional authority, or life and basic rights are exposed.
    Critical,
    /// Control exists, one arm is missing.
    Major,
    /// Form, detail, openness.
    Minor,
    /// Good to have; never fails a gate.
    Advisory,
}

/// Severities with their words.
pub const SEVERITIES: &[(Severity, &str)] =
    &[(Severity::Critical, "critical"), (Severity::Major, "major"), (Severity::Minor, "minor"), (Severity::Advisory, "advisory")];

impl Severity {
    /// `critical`
    pub fn word(self) -> &'static str {
        SEVERITIES.iter().find(|(severity, _)| *severity == self).map_or("", |(_, word)| word)
    }
}

/// On what a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Footing {
    /// The words of the instrument ask it.
    Text,
    /// It is derived, to make the words decidable.
    Derived,
    /// Only a companion standard asks it.
    Companion,
}

/// Footings with their words.
pub const FOOTINGS: &[(Footing, &str)] = &[(Footing::Text, "text"), (Footing::Derived, "derived"), (Footing::Companion, "companion")];

impl Footing {
    /// `text`
    pub fn word(self) -> &'static str {
        FOOTINGS.iter().find(|(footing, _)| *footing == self).map_or("", |(_, word)| word)
    }
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Index of the instrument.
    pub instrument: usize,
    /// Index of the paragraph in it.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// One part of the footing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FootingPart {
    /// The footing.
    pub footing: Footing,
    /// From where it is derived.
    pub from: Option<Citation>,
    /// With which other source.
    pub with: Option<String>,
    /// For which terms; for all if none is named.
    pub terms: Vec<TermId>,
}

/// Whom a rule ranges over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Selection {
    /// The State.
    State,
    /// Every record that fits the noun.
    Every {
        /// What.
        noun: Noun,
        /// The variable of a capacity.
        capacity: Option<Slot>,
        /// The verdict where there certainly is none.
        if_none: Verdict,
    },
}

/// What follows when an exception applies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// The rule does not apply.
    NotApplicable,
    /// Limbs fall away, others take their place.
    Substitute {
        /// Indices of limbs excused.
        excused: Vec<usize>,
        /// The limbs that take their place: always a conjunction or disjunction.
        instead: Option<Limbs>,
    },
}

/// A named exception. Those of a rule stand in order of strength: the first that applies decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// When it applies.
    pub condition: Node,
    /// Whether the condition speaks of the subject.
    pub of_subject: bool,
    /// What it cites.
    pub cites: Vec<Citation>,
    /// What follows.
    pub outcome: Outcome,
    /// Where it stands.
    pub place: Place,
}

/// A condition over limbs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum LimbTest {
    /// The limb holds.
    Holds(usize),
    /// The inner does not hold.
    Not(Box<LimbTest>),
    /// It is unknown whether the limb holds.
    Unknown(usize),
    /// At least so many hold.
    AtLeast(usize, Vec<usize>),
    /// All hold.
    All(Vec<LimbTest>),
    /// Any holds.
    Any(Vec<LimbTest>),
}

/// A rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `coc-21.2`
    pub id: String,
    /// The pack that it belongs to.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// What it cites; at least one.
    pub cites: Vec<Citation>,
    /// Its footing; at least one part.
    pub footing: Vec<FootingPart>,
    /// How grave a gap is.
    pub severity: Severity,
    /// Topics.
    pub topics: Vec<String>,
    /// Whom it ranges over.
    pub selection: Selection,
    /// How strongly it binds.
    pub modality: Modality,
    /// What it asks.
    pub limbs: Limbs,
    /// What gives *partly*.
    pub partly: Option<LimbTest>,
    /// The evidence floor.
    pub floor: Option<QualifierId>,
    /// Exceptions in order of strength.
    pub exceptions: Vec<Exception>,
    /// What lowers the verdict in fact.
    pub lowered: Option<Node>,
    /// Its variables; the subject is the first where there is one.
    pub variables: Vec<Variable>,
    /// What the assessor is asked.
    pub question: String,
    /// What mends a gap.
    pub remedy: String,
    /// A caution for the reader of the verdict.
    pub caution: String,
    /// A note for reviewers.
    pub note: String,
    /// Companion standards.
    pub companion: String,
    /// Prose in further languages.
    pub translations: Vec<Translation>,
    /// The whole rule.
    pub place: Place,
    /// Its head, for labels.
    pub head: Place,
}

/// Prose of a rule in another language than that of its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Translation {
    /// `question` …
    pub word: String,
    /// `French` …
    pub language: String,
    /// The text.
    pub text: String,
}

impl Rule {
    /// Prose of one kind in a language, or in that of the file where it was not translated.
    pub fn prose(&self, word: &str, language: &str) -> &str {
        let translated = self.translations.iter().find(|one| one.word == word && one.language == language);
        translated.map_or_else(
            || match word {
                "question" => self.question.as_str(),
                "remedy" => &self.remedy,
                "caution" => &self.caution,
                "note" => &self.note,
                _ => &self.companion,
            },
            |one| &one.text,
        )
    }
}

/// How limbs are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// All of them.
    And,
    /// Any of them.
    Or,
}

/// Lettered conditions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Limbs {
    /// How they are joined.
    pub join: Join,
    /// The limbs.
    pub limbs: Vec<Limb>,
}

/// One lettered condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Limb {
    /// `a`
    pub label: String,
    /// Whether it is the process that a duty of process asks for.
    pub process: bool,
    /// What is asked.
    pub node: Node,
    /// The plain sentence, with `{F}`.
    pub says: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A condition with its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// What it asks.
    pub expr: Expr,
    /// Where it stands.
    pub place: Place,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HowMany {
    /// Each of them.
    Every,
    /// At least so many.
    AtLeast(u32),
    /// At most so many.
    AtMost(u32),
    /// Exactly so many.
    Exactly(u32),
    /// At least this share, in millionths of a per cent, and the parameter that states it.
    Share(i64, Option<u32>),
}

/// What a condition says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operand {
    /// A variable.
    Slot(Slot),
    /// The State.
    State,
}

/// A condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Expr {
    /// Sub-limbs.
    Block(Limbs),
    /// The denial.
    Not(Box<Node>),
    /// The second where the first holds.
    Where(Box<Node>, Box<Node>),
    /// In each recorded situation of this kind.
    During(TermId, Box<Node>),
    /// In ordinary law and in each recorded situation.
    Always(Box<Node>),
    /// So many records fit the noun and, if there is a body, satisfy it.
    Records(HowMany, Box<Noun>, Option<Box<Node>>),
    /// So many terms satisfy the body.
    Terms(HowMany, EnumId, Slot, Box<Node>),
    /// Tests of attributes.
    Has(Operand, Vec<Test>),
    /// A definition.
    Call(DefinitionId, Vec<Operand>),
    /// The same record or term.
    Same(Operand, Operand),
    /// This term.
    IsTerm(Slot, EnumId, TermId),
    /// A chain along attributes of these names.
    Reaches(Operand, Target, Vec<String>),
}

/// Where a chain must lead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Target {
    /// To this record.
    Operand(Operand),
    /// To one such.
    Noun(Box<Noun>),
}

/// A record described.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noun {
    /// What.
    pub record: RecordId,
    /// Its variable.
    pub slot: Slot,
    /// Whether only facts of observation count.
    pub in_fact: bool,
    /// What is said of it.
    pub modifiers: Vec<Modifier>,
    /// Where it stands.
    pub place: Place,
}

/// One thing said of a noun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Modifier {
    /// A test of an attribute.
    Test(Test),
    /// A definition (its first argument is the noun), and whether it must hold.
    Is(DefinitionId, Vec<Operand>, bool, Place),
    /// The same as, or another than.
    Same(Operand, bool, Place),
    /// A part of this record.
    PartOf(Operand, Place),
    /// It rests on such evidence.
    RestingOn(Box<Noun>),
    /// It meets a named demand on evidence.
    Qualifier(QualifierId, Place),
}

/// Which of several values are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// One of them.
    Any,
    /// All of them.
    All,
    /// None of them.
    None,
    /// Nothing but them.
    Only,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `more than`, `after`
    More,
    /// `less than`, `before`
    Less,
    /// `within` so long before the day assessed
    Within,
}

/// Comparators with the words of the language.
pub const COMPARATORS: &[(Comparator, &str)] = &[
    (Comparator::AtLeast, "at least"),
    (Comparator::AtMost, "at most"),
    (Comparator::More, "more than"),
    (Comparator::More, "after"),
    (Comparator::Less, "less than"),
    (Comparator::Less, "before"),
    (Comparator::Within, "within"),
];

/// A literal value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scalar {
    /// Yes or no.
    YesNo(bool),
    /// Text.
    Text(String),
    /// A date.
    Date(Date),
    /// Millionths.
    Number(i64),
    /// Millionths of a per cent.
    Percentage(i64),
    /// Days.
    Duration(i64),
    /// Millionths of a unit, and the currency.
    Money(i64, String),
}

/// An attribute and what is asked of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Test {
    /// The record that has the attribute.
    pub record: RecordId,
    /// The attribute.
    pub attribute: AttributeId,
    /// Whether the test is denied.
    pub denied: bool,
    /// What is asked.
    pub kind: TestKind,
    /// Where it stands.
    pub place: Place,
}

/// What is asked of an attribute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum TestKind {
    /// Terms as a set of bits, and variables that stand for terms.
    Terms(Mode, u128, Vec<Slot>),
    /// A term in an order.
    Order(Comparator, TermId),
    /// Records.
    Rows(Mode, Vec<Operand>),
    /// One such record.
    Nested(Box<Noun>),
    /// Literal values, with the name of the parameter if one was used.
    Scalars(Mode, Vec<Scalar>),
    /// A comparison, with the name of the parameter if one was used.
    Compare(Comparator, Scalar, Option<String>),
    /// It has a value, or certainly has none.
    Stated(bool),
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The pack whose file it stands in.
    pub pack: String,
    /// As written.
    pub text: crate::syntax::ast::Scenario,
}

/// Whether values of this type are records.
pub fn references(ty: &Type) -> Option<Vec<RecordId>> {
    pointed_at(ty).map(<[RecordId]>::to_vec)
}

/// The kinds of record that values of this type point at, as they stand in the type.
pub fn pointed_at(ty: &Type) -> Option<&[RecordId]> {
    match ty {
        Type::Reference(records) | Type::References(records) => Some(records),
        Type::Parts(record) => Some(std::slice::from_ref(record)),
        Type::Term(_)
        | Type::Terms(_)
        | Type::YesNo
        | Type::Text
        | Type::Date
        | Type::Number
        | Type::Percentage
        | Type::Duration
        | Type::Money => None,
    }
}

/// The enumeration whose terms this type takes.
pub fn enumeration(ty: &Type) -> Option<EnumId> {
    match ty {
        Type::Term(id) | Type::Terms(id) => Some(*id),
        Type::Reference(_)
        | Type::References(_)
        | Type::Parts(_)
        | Type::YesNo
        | Type::Text
        | Type::Date
        | Type::Number
        | Type::Percentage
        | Type::Duration
        | Type::Money => None,
    }
}
