//! Rule text as written: every node with its place. Nothing is resolved here; a word is a word.

use crate::text::Place;
use crate::values::Date;

/// A word, variable, id or quoted text, as written (quotation marks taken off).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// One file of rule text.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The items that could be read, in order.
    pub items: Vec<Item>,
    /// Where each of them stands.
    pub read: Vec<Place>,
    /// Where items stand that could not be read.
    pub unread: Vec<Place>,
}

/// One item.
#[derive(Clone, Debug)]
pub enum Item {
    /// `edition 1, in English`
    Edition(Edition),
    /// `frame … end`
    Frame(Frame),
    /// `instrument CoC "…" … end`
    Instrument(Instrument),
    /// `questionnaire "…" … end`
    Questionnaire(Questionnaire),
    /// `terms category … end`
    Terms(Terms),
    /// `record control "…" … end`
    Record(Record),
    /// `parameter longest-urgent-time: 30 days, because "…"`
    Parameter(Parameter),
    /// `qualifier by-law read "by law" resting on (…) end`
    Qualifier(Qualifier),
    /// `define B is independent-of F, … end`
    Definition(Definition),
    /// `rule coc-21.2 "…" … end`
    Rule(Box<Rule>),
    /// `setting "…" … end`
    Setting(Scenario),
    /// `scenario "…" … end`
    Scenario(Scenario),
}

/// The edition of the language and the natural language of the prose.
#[derive(Clone, Debug)]
pub struct Edition {
    /// `1`
    pub number: Name,
    /// `English`
    pub language: Name,
}

/// `capacities hats of force`: a role and the words that fill it.
#[derive(Clone, Debug)]
pub struct FrameLine {
    /// The role.
    pub role: Name,
    /// Each word, with the record after `of`.
    pub words: Vec<(Name, Option<Name>)>,
}

/// The frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its lines.
    pub lines: Vec<FrameLine>,
    /// The whole.
    pub place: Place,
}

/// A legal source that rules cite.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// `CoC`
    pub name: Name,
    /// The full title.
    pub title: Name,
    /// Adopted on.
    pub of: Date,
    /// In effect from.
    pub from: Date,
    /// Sections: number and heading.
    pub sections: Vec<(Name, Name)>,
    /// Paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// How far a paragraph can be assessed on a national framework.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Assessable {
    /// Yes.
    Fully,
    /// In part, because …
    InPart(String),
    /// Not, because …
    Not(String),
}

/// A paragraph of an instrument.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// `21`
    pub number: Name,
    /// Its sense in our words.
    pub sense: Name,
    /// Its section's number.
    pub section: Option<Name>,
    /// Whom it addresses.
    pub binds: Option<Name>,
    /// How strongly.
    pub modality: Option<Name>,
    /// How many requirements a full encoding has.
    pub requirements: Option<Name>,
    /// Whether it can be assessed.
    pub assessable: Option<Assessable>,
    /// How far its wording was read.
    pub wording: Option<Name>,
}

/// Questions to a State that are answered from the facts that rules ask about.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// What it is.
    pub title: Name,
    /// Its items, in order.
    pub items: Vec<AskedItem>,
}

/// One question.
#[derive(Clone, Debug)]
pub struct AskedItem {
    /// `II.2.1`
    pub number: Name,
    /// What is asked.
    pub topic: Name,
    /// The attribute of the subject by whose terms the answer is arranged.
    pub by: Option<Name>,
    /// The rules whose facts answer it.
    pub from: Vec<Name>,
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Its name.
    pub name: Name,
    /// From the highest.
    pub ordered: bool,
    /// What it is about.
    pub meaning: String,
    /// Word, meaning, reading.
    pub terms: Vec<(Name, String, Option<String>)>,
}

/// The type of an attribute, as written.
#[derive(Clone, Debug)]
pub enum Type {
    /// `one of category`
    OneOf(Name),
    /// `several category`, `several force or body`
    Several(Vec<Name>),
    /// `a force or body`
    Reference(Vec<Name>),
    /// `date`, `yes or no` …
    Plain(Name),
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// A description must give it.
    pub required: bool,
    /// `label`
    pub label: Option<String>,
    /// `asks`
    pub asks: Option<Name>,
    /// `read`
    pub read: Option<Name>,
    /// `denied`
    pub denied: Option<Name>,
}

/// A record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub meaning: String,
    /// `listed as`
    pub listed: Option<Name>,
    /// `part of`
    pub part_of: Vec<Name>,
    /// `one only`
    pub single: bool,
    /// `gathered by`
    pub gathered_by: Vec<Name>,
    /// `needs evidence`
    pub needs_evidence: bool,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// A named threshold.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Literal,
    /// Why this value.
    pub because: String,
}

/// A named demand on evidence.
#[derive(Clone, Debug)]
pub struct Qualifier {
    /// Its name.
    pub name: Name,
    /// How it reads.
    pub read: String,
    /// What the evidence must be.
    pub resting_on: Noun,
}

/// `a body B`
#[derive(Clone, Debug)]
pub struct TypedVariable {
    /// The record or enumeration.
    pub kind: Name,
    /// The variable.
    pub name: Name,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name.
    pub name: Name,
    /// The variables in the order of its use: subject first.
    pub order: Vec<Name>,
    /// Their types.
    pub variables: Vec<TypedVariable>,
    /// How it reads.
    pub read: Name,
    /// How its denial reads.
    pub denied: Name,
    /// What it means.
    pub limbs: Limbs,
}

/// `CoC 21 sentence 1`
#[derive(Clone, Debug)]
pub struct Citation {
    /// The instrument.
    pub instrument: Name,
    /// The paragraph.
    pub paragraph: Name,
    /// The sentence.
    pub sentence: Option<Name>,
}

/// One part of a footing line.
#[derive(Clone, Debug)]
pub struct FootingPart {
    /// `text`, `derived`, `companion`
    pub word: Name,
    /// `from CoC 20`
    pub from: Option<Citation>,
    /// `with "Moscow Document 25"`
    pub with: Option<String>,
    /// The terms it is for; all if none.
    pub terms: Vec<Name>,
}

/// Whom a rule ranges over.
#[derive(Clone, Debug)]
pub enum Selection {
    /// `for the state`
    The(Name),
    /// `for every force F …, in each hat H, if none: …`
    Every {
        /// What.
        noun: Noun,
        /// The capacity's word and variable.
        in_each: Option<(Name, Name)>,
        /// The verdict where there is none.
        if_none: Name,
    },
}

/// How strongly, and what.
#[derive(Clone, Debug)]
pub struct Duty {
    /// `must ensure that` …
    pub modality: Name,
    /// Whose duty: `state`.
    pub who: Name,
    /// The limbs.
    pub limbs: Limbs,
}

/// Lettered conditions and the words that join them.
#[derive(Clone, Debug)]
pub struct Limbs {
    /// The limbs.
    pub limbs: Vec<Limb>,
    /// `and` or `or`, one fewer than limbs.
    pub joiners: Vec<Name>,
}

/// One lettered condition.
#[derive(Clone, Debug)]
pub struct Limb {
    /// `a`, without brackets.
    pub label: Name,
    /// `as process,`
    pub process: bool,
    /// What is asked.
    pub condition: Condition,
    /// The plain sentence.
    pub says: Option<Name>,
}

/// A condition over limbs, for *partly*.
#[derive(Clone, Debug)]
pub enum LimbTest {
    /// `(a)`
    Holds(Name),
    /// `not (a)`
    Not(Box<LimbTest>),
    /// `it is unknown whether (a)`
    Unknown(Name),
    /// `at least 2 of (a), (b), (c)`
    AtLeast(Name, Vec<Name>),
    /// Joined by the words between them.
    Joined(Vec<LimbTest>, Vec<Name>),
}

/// What follows when an exception applies.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// `then not applicable`
    NotApplicable,
    /// `then (b) is excused, but the state must ensure that …`
    Substitute {
        /// The limbs excused; all where none is named.
        excused: Vec<Name>,
        /// What takes their place.
        duty: Option<Duty>,
    },
}

/// A named exception.
#[derive(Clone, Debug)]
pub struct Exception {
    /// When it applies.
    pub condition: Condition,
    /// Its name.
    pub name: Name,
    /// What it cites.
    pub cites: Vec<Citation>,
    /// `under "…"`: an exception to that exception.
    pub under: Option<Name>,
    /// `prevails over "…"`
    pub prevails: Vec<Name>,
    /// What follows.
    pub outcome: Outcome,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `coc-21.2`
    pub id: Name,
    /// Its title.
    pub title: String,
    /// What it cites.
    pub cites: Vec<Citation>,
    /// Its footing.
    pub footing: Vec<FootingPart>,
    /// `critical` …
    pub severity: Option<Name>,
    /// Topics.
    pub topics: Vec<Name>,
    /// Whom it ranges over.
    pub selection: Selection,
    /// What it asks.
    pub duty: Duty,
    /// What gives *partly*.
    pub partly: Option<LimbTest>,
    /// The evidence floor.
    pub evidence: Option<Name>,
    /// Exceptions.
    pub exceptions: Vec<Exception>,
    /// What lowers the verdict in fact.
    pub lowered: Option<Condition>,
    /// Prose.
    pub prose: Vec<Prose>,
    /// The whole.
    pub place: Place,
}

/// One sentence of prose that is bound to a rule.
#[derive(Clone, Debug)]
pub struct Prose {
    /// `question`, `remedy`, `caution`, `note` or `companion`.
    pub word: Name,
    /// Its language; that of the file if none is named.
    pub language: Option<Name>,
    /// The text.
    pub text: Name,
}

/// How many.
#[derive(Clone, Debug)]
pub enum HowMany {
    /// Each of them.
    Every,
    /// At least one.
    Some,
    /// None.
    No,
    /// At least so many.
    AtLeast(Name),
    /// At most so many.
    AtMost(Name),
    /// Exactly so many.
    Exactly(Name),
    /// At least this share: a percentage or a parameter.
    Share(Value),
}

/// A condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What it says.
    pub kind: ConditionKind,
    /// Where it stands.
    pub place: Place,
}

/// What a condition says.
#[derive(Clone, Debug)]
pub enum ConditionKind {
    /// `where …: …`
    Where(Box<Condition>, Box<Condition>),
    /// `during emergency: …`
    During(Name, Box<Condition>),
    /// `at all times: …`
    Always(Box<Condition>),
    /// `for every body B: …`
    For(HowMany, Noun, Box<Condition>),
    /// `there is a control with …`
    There(HowMany, Noun),
    /// `it is not so that …`
    Not(Box<Condition>),
    /// `either (i) … or (ii) …`
    Block(Name, Limbs),
    /// `F has …, …`
    Has(Subject, Vec<Test>),
    /// `F does not have …`
    HasNot(Subject, Test),
    /// `B is independent-of F`, `B is P`, `K is command`
    Is(Subject, Is),
    /// `B is not …`
    IsNot(Subject, Is),
    /// `F reaches B through parent`; the flag says whether it is denied.
    Reaches(Subject, Target, Vec<Name>, bool),
}

/// What stands behind *is*.
#[derive(Clone, Debug)]
pub enum Is {
    /// A definition (or a term) and its further subjects.
    Named(Name, Vec<Subject>),
    /// A variable.
    Same(Subject),
}

/// What a sentence is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// `F`
    Variable(Name),
    /// `the state`
    The(Name),
}

/// Where a chain must lead.
#[derive(Clone, Debug)]
pub enum Target {
    /// To this.
    Subject(Subject),
    /// To one such.
    Noun(Noun),
}

/// A record described.
#[derive(Clone, Debug)]
pub struct Noun {
    /// The record, or an enumeration in a quantifier.
    pub kind: Name,
    /// Its variable.
    pub variable: Option<Name>,
    /// What is said of it.
    pub modifiers: Vec<Modifier>,
    /// The whole.
    pub place: Place,
}

/// One thing said of a noun.
#[derive(Clone, Debug)]
pub enum Modifier {
    /// `kind command`
    Test(Test),
    /// `that is [not] independent-of F`
    ThatIs(Is, bool),
    /// `other than F`
    OtherThan(Subject),
    /// `of N`: a part of this record
    PartOf(Subject),
    /// `resting on (a provision …)`
    RestingOn(Noun),
    /// `by-law`
    Qualifier(Name),
    /// `in fact`
    InFact(Place),
}

/// An attribute and what is asked of it.
#[derive(Clone, Debug)]
pub struct Test {
    /// The attribute.
    pub attribute: Name,
    /// What is asked.
    pub kind: TestKind,
    /// The whole.
    pub place: Place,
}

/// What is asked of an attribute.
#[derive(Clone, Debug)]
pub enum TestKind {
    /// It is (or has among its values) this one.
    Is(Value),
    /// It is (or has) one of these.
    AnyOf(Vec<Value>),
    /// It has all of these.
    AllOf(Vec<Value>),
    /// It has none of these.
    NoneOf(Vec<Value>),
    /// It has nothing but these.
    OnlyOf(Vec<Value>),
    /// `at least`, `before` …
    Compared(Name, Value),
    /// It is stated.
    Stated(bool),
    /// It is (or has among its values) one such.
    Nested(Box<Noun>),
}

/// A value as written.
#[derive(Clone, Debug)]
pub enum Value {
    /// A literal.
    Literal(Literal),
    /// `none`
    None(Place),
    /// `F`, `the state`
    Subject(Subject),
    /// A term or parameter.
    Word(Name),
}

/// A literal.
#[derive(Clone, Debug)]
pub struct Literal {
    /// Its value.
    pub kind: LiteralKind,
    /// Where it stands.
    pub place: Place,
}

/// Kinds of literal; numbers and percentages in millionths, durations in days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiteralKind {
    /// A date.
    Date(Date),
    /// A percentage.
    Percentage(i64),
    /// A duration.
    Duration(i64),
    /// An amount and its currency.
    Money(i64, String),
    /// A number.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
    /// Text.
    Text(String),
}

/// A scenario or setting.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its story in a line.
    pub title: Name,
    /// Its date.
    pub as_of: Option<Date>,
    /// What is given.
    pub given: Vec<Given>,
    /// What is expected.
    pub expect: Vec<Expect>,
}

/// One thing given.
#[derive(Clone, Debug)]
pub enum Given {
    /// `given the setting "…"`
    Setting(Name),
    /// `given the complete list of forces`
    Complete(Name, Option<Name>, GivenPeriod),
    /// `given no norm with …, searched "…"`
    Absent(GivenAbsent),
    /// `given a force guard with …`
    Record(Name, Option<Name>, Vec<GivenAttribute>),
}

/// What was looked for and is not there.
#[derive(Clone, Debug)]
pub struct GivenAbsent {
    /// The kind of record.
    pub kind: Name,
    /// `no other`: besides what is listed.
    pub others: bool,
    /// Its pattern.
    pub attributes: Vec<GivenAttribute>,
    /// Where it was looked for.
    pub searched: Name,
    /// When it was not there.
    pub period: GivenPeriod,
}

/// `from 2008-02-06 until 2008-07-24`
#[derive(Clone, Copy, Debug, Default)]
pub struct GivenPeriod {
    /// The first day, and where it is written.
    pub from: Option<(Date, Place)>,
    /// The last day, and where it is written.
    pub until: Option<(Date, Place)>,
}

/// An attribute given.
#[derive(Clone, Debug)]
pub enum GivenAttribute {
    /// `kind command`
    Value(Name, GivenValue),
    /// `evidence statute`
    Evidence(Name, Vec<GivenOne>),
    /// `in fact`
    InFact(Place),
}

/// A value given.
#[derive(Clone, Debug)]
pub enum GivenValue {
    /// One or more values.
    Values(Vec<GivenOne>),
    /// `unknown`
    Unknown(Place),
    /// `disputed`
    Disputed(Place),
    /// `absent, searched "…"`
    Absent(Name),
}

/// One value given.
#[derive(Clone, Debug)]
pub enum GivenOne {
    /// A literal.
    Literal(Literal),
    /// A term or an id.
    Word(Name),
    /// A part: `(category police, command minister)`.
    Part(Vec<GivenAttribute>, Place),
}

/// One expectation.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The rule.
    pub rule: Name,
    /// The subject; the roll-up if none.
    pub subject: Option<Name>,
    /// The capacity.
    pub capacity: Option<Name>,
    /// The situation.
    pub situation: Option<Name>,
    /// The verdict.
    pub verdict: Name,
    /// Limbs and words that the reason must name.
    pub reasons: Vec<Reason>,
    /// The whole.
    pub place: Place,
}

/// What a reason must name.
#[derive(Clone, Debug)]
pub enum Reason {
    /// A limb.
    Limb(Name),
    /// Words in its text.
    Text(Name),
}
