//! What a vocabulary declares, as data: enumerations, records, attributes, and the frame that tells the engine where a subject, its
//! evidence and its situations lie. Both sides read it: rules are checked against it, descriptions are decoded by it.
//!
//! No domain word stands here; they all come from rule text.

use serde::{Deserialize, Serialize};

use crate::text::Place;

/// Index of an enumeration in [`Vocabulary::enumerations`].
pub type EnumId = u16;
/// Index of a record in [`Vocabulary::records`].
pub type RecordId = u16;
/// Index of an attribute in [`Record::attributes`].
pub type AttributeId = u16;
/// Index of a term in [`Enumeration::terms`].
pub type TermId = u16;

/// A closed list of terms, each with its meaning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enumeration {
    /// `control-kind`.
    pub name: String,
    /// What the list is about; may be empty.
    pub meaning: String,
    /// Whether the terms stand in order from the highest.
    pub ordered: bool,
    /// The terms, at most 128.
    pub terms: Vec<Term>,
    /// Where it is declared.
    pub place: Place,
}

/// One term.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Term {
    /// `issue-directives`.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// How it is read in a sentence.
    pub reading: String,
}

impl Enumeration {
    /// The term of this name.
    pub fn term(&self, name: &str) -> Option<TermId> {
        self.terms.iter().position(|term| term.name == name).and_then(|at| TermId::try_from(at).ok())
    }
}

/// The type of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    /// One term.
    Term(EnumId),
    /// Any number of terms.
    Terms(EnumId),
    /// A reference to a record of one of these kinds.
    Reference(Vec<RecordId>),
    /// Any number of references.
    References(Vec<RecordId>),
    /// Records that stand inside this one.
    Parts(RecordId),
    /// Yes or no.
    YesNo,
    /// Free text; compared with nothing but itself.
    Text,
    /// A civil date.
    Date,
    /// A decimal number, exact to six places.
    Number,
    /// A percentage; 12.5 is twelve and a half per cent.
    Percentage,
    /// A time span in days.
    Duration,
    /// An amount in a currency.
    Money,
}

/// One attribute of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attribute {
    /// `appointed-by`, the key in a description as well.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// Whether a description must give it.
    pub required: bool,
    /// A heading for people.
    pub label: String,
    /// The question that an assessor is asked.
    pub question: String,
    /// How it reads in a sentence, with `{value}`.
    pub read: String,
    /// How its denial reads.
    pub denied: String,
    /// Where it is declared.
    pub place: Place,
}

/// One kind of record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// `control`.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// The key of its list in a description, `controls`; the record's own name where there is one only or it is a part.
    pub list: String,
    /// There is exactly one in a description.
    pub single: bool,
    /// It stands inside other records.
    pub part: bool,
    /// Each must rest on evidence.
    pub needs_evidence: bool,
    /// The attributes by which a list can be complete for one record.
    pub gathered_by: Vec<AttributeId>,
    /// Its attributes, at most 64.
    pub attributes: Vec<Attribute>,
    /// Where it is declared.
    pub place: Place,
    /// Numbers of the attributes in the order of their names.
    by_name: Vec<AttributeId>,
}

impl Record {
    /// A record without attributes.
    pub fn new(name: &str, meaning: &str, place: Place) -> Record {
        Record {
            name: name.to_owned(),
            meaning: meaning.to_owned(),
            list: name.to_owned(),
            single: false,
            part: false,
            needs_evidence: false,
            gathered_by: Vec::new(),
            attributes: Vec::new(),
            place,
            by_name: Vec::new(),
        }
    }

    /// Adds an attribute; false if one of this name is there.
    pub fn add(&mut self, attribute: Attribute) -> bool {
        let id = AttributeId::try_from(self.attributes.len()).unwrap_or(AttributeId::MAX);
        match self.by_name(&attribute.name) {
            Ok(_) => false,
            Err(at) => {
                self.by_name.insert(at, id);
                self.attributes.push(attribute);
                true
            }
        }
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<AttributeId> {
        self.by_name(name).ok().and_then(|at| self.by_name.get(at)).copied()
    }

    /// Where a name stands among the sorted ones, or would.
    fn by_name(&self, name: &str) -> Result<usize, usize> {
        self.by_name.binary_search_by(|id| self.attributes[*id as usize].name.as_str().cmp(name))
    }

    /// Whether a description must give each of these an id: others point at them, and no evidence stands for them.
    pub fn needs_id(&self) -> bool {
        !self.single && !self.part && !self.needs_evidence
    }
}

/// An attribute of a certain record.
pub type Slot = (RecordId, AttributeId);

/// Where the engine touches the vocabulary.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Frame {
    /// The single record of the State.
    pub state: Option<RecordId>,
    /// The record that verdicts are given for.
    pub subject: Option<RecordId>,
    /// The parts of a subject that count as its capacities.
    pub capacities: Option<Slot>,
    /// The attribute of the subject by whose terms footing is graded.
    pub graded_by: Option<Slot>,
    /// The record that evidence points at.
    pub evidence: Option<RecordId>,
    /// From evidence to the text in which it stands.
    pub source: Option<Slot>,
    /// When a text or provision begins to hold; the provision's own first.
    pub begins: Vec<Slot>,
    /// The day on which it was seen to hold.
    pub seen: Vec<Slot>,
    /// When it ceases to hold.
    pub ends: Vec<Slot>,
    /// What a text suspends.
    pub suspends: Option<Slot>,
    /// The kind of a situation; its record is the situation.
    pub situation: Option<Slot>,
    /// The text that governs a situation.
    pub regime: Option<Slot>,
}

/// All that can be said of a State.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Enumerations in the order of declaration.
    pub enumerations: Vec<Enumeration>,
    /// Records in the order of declaration.
    pub records: Vec<Record>,
    /// The frame.
    pub frame: Frame,
}

impl Vocabulary {
    /// The record of this name.
    pub fn record_named(&self, name: &str) -> Option<RecordId> {
        self.records.iter().position(|record| record.name == name).and_then(|at| RecordId::try_from(at).ok())
    }

    /// The enumeration of this name.
    pub fn enumeration_named(&self, name: &str) -> Option<EnumId> {
        self.enumerations.iter().position(|one| one.name == name).and_then(|at| EnumId::try_from(at).ok())
    }

    /// A record by number. Invariant: numbers come from this vocabulary.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id as usize]
    }

    /// An enumeration by number. Invariant: numbers come from this vocabulary.
    pub fn enumeration(&self, id: EnumId) -> &Enumeration {
        &self.enumerations[id as usize]
    }

    /// An attribute by slot. Invariant: slots come from this vocabulary.
    pub fn attribute(&self, slot: Slot) -> &Attribute {
        &self.records[slot.0 as usize].attributes[slot.1 as usize]
    }
}
