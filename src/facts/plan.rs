//! The vocabulary as the decoder looks things up in it: keys and terms by their words, made once and used for many descriptions.

use rustc_hash::FxHashMap;

use crate::vocabulary::{EnumId, RecordId, Type, Vocabulary};

/// What every record may carry besides its attributes, in the order of their numbers behind them.
pub(super) const COMMON: [&str; 8] = ["id", "evidence", "basis", "note", "state", "searched", "absent-from", "absent-until"];

/// One of [`COMMON`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Common {
    Id,
    Evidence,
    Basis,
    Note,
    State,
    Searched,
    AbsentFrom,
    AbsentUntil,
}

const ALL_COMMON: [Common; 8] =
    [Common::Id, Common::Evidence, Common::Basis, Common::Note, Common::State, Common::Searched, Common::AbsentFrom, Common::AbsentUntil];

/// What stands behind a key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// An attribute, by number.
    Attribute(u16),
    /// One of the keys that all records have.
    Common(Common),
}

/// The keys of one kind of record: its attributes, then [`COMMON`].
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) names: Vec<Box<str>>,
    by_name: FxHashMap<Box<str>, usize>,
    attributes: usize,
    /// A bit for each attribute that a description must give.
    pub(super) required: u128,
}

impl Keys {
    /// The number of a key.
    #[inline]
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// What a number stands for. Invariant: numbers come from [`Keys::number`].
    #[inline]
    pub(super) fn field(&self, number: usize) -> Option<Field> {
        match number.checked_sub(self.attributes) {
            None => u16::try_from(number).ok().map(Field::Attribute),
            Some(common) => ALL_COMMON.get(common).copied().map(Field::Common),
        }
    }

    /// The bit of a common key.
    pub(super) fn bit(&self, common: Common) -> u128 {
        1 << (self.attributes + common as usize)
    }
}

/// The vocabulary, ready for decoding.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) keys: Vec<Keys>,
    terms: Vec<FxHashMap<Box<str>, u16>>,
    lists: FxHashMap<Box<str>, RecordId>,
}

impl Plan {
    pub(super) fn new(vocabulary: &Vocabulary) -> Plan {
        let terms =
            vocabulary.enumerations.iter().map(|one| (0u16..).zip(&one.terms).map(|(at, term)| (term.name.as_str().into(), at)).collect());
        let lists = (0u16..).zip(&vocabulary.records).filter(|(_, record)| !record.part);
        Plan {
            keys: vocabulary.records.iter().map(keys).collect(),
            terms: terms.collect(),
            lists: lists.map(|(at, record)| (record.list.as_str().into(), at)).collect(),
        }
    }

    /// The keys of a kind of record. Invariant: numbers come from the vocabulary that the plan was made of.
    #[inline]
    pub(super) fn keys(&self, record: RecordId) -> &Keys {
        &self.keys[record as usize]
    }

    #[inline]
    pub(super) fn term(&self, terms: EnumId, name: &str) -> Option<u16> {
        self.terms.get(terms as usize)?.get(name).copied()
    }

    pub(super) fn list(&self, key: &str) -> Option<RecordId> {
        self.lists.get(key).copied()
    }
}

/// At most 64 attributes, so that a set of keys fits into 128 bits; the vocabulary itself is refused beyond that.
fn keys(record: &crate::vocabulary::Record) -> Keys {
    let attributes = record.attributes.len().min(64);
    let own = record.attributes.iter().take(attributes).map(|attribute| attribute.name.as_str());
    let names: Vec<Box<str>> = own.chain(COMMON).map(Box::from).collect();
    let by_name = names.iter().enumerate().rev().map(|(at, name)| (name.clone(), at)).collect();
    let required = record.attributes.iter().take(attributes).enumerate().filter(|(_, attribute)| attribute.required);
    Keys { attributes, by_name, required: required.fold(0, |bits, (at, _)| bits | 1 << at), names }
}

/// What belongs in the place of a value, in words.
pub(super) fn expected(vocabulary: &Vocabulary, ty: &Type) -> String {
    let kinds = |records: &[RecordId]| {
        let names: Vec<&str> = records.iter().map(|&record| vocabulary.record(record).name.as_str()).collect();
        names.join(" or ")
    };
    match ty {
        Type::Term(terms) => format!("one term of `{}`", vocabulary.enumeration(*terms).name),
        Type::Terms(terms) => format!("a list of terms of `{}`", vocabulary.enumeration(*terms).name),
        Type::Reference(records) => format!("the id of one {}", kinds(records)),
        Type::References(records) => format!("a list of ids, each of a {}", kinds(records)),
        Type::Parts(record) => format!("a list of mappings, one for each {},", vocabulary.record(*record).name),
        Type::YesNo => "yes or no, written `true` or `false`,".to_owned(),
        Type::Text => "a text".to_owned(),
        Type::Date => "a date such as `2022-03-26`".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Percentage => "a percentage such as `12.5`".to_owned(),
        Type::Duration => "a duration such as `\"30 days\"`".to_owned(),
        Type::Money => "an amount such as `\"1200.50 EUR\"`".to_owned(),
    }
}

/// The article before a noun of the vocabulary.
pub(super) fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
