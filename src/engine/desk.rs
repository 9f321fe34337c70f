//! What one worker keeps beside an evaluation: the variables, and what was found already. A definition with the same arguments, looked at in
//! the same way, has the same truth for every rule; it is found once for a description. What stands here decides how fast a truth is found and
//! never what it is.

use super::world::{Bound, Situation};
use crate::facts::RowId;
use crate::model::ir::{Noun, QualifierId, Variable};
use crate::values::Truth;
use crate::vocabulary::AttributeId;

/// What one worker keeps.
#[derive(Default)]
pub(super) struct Desk<'m> {
    /// The variables of all frames; those of the frame at hand come last.
    pub(super) slots: Vec<Bound>,
    /// For each frame of variables, what they are (kept only when recording).
    pub(super) frames: Vec<&'m [Variable]>,
    /// The situations in which something that was looked at is otherwise in force than in ordinary law, as bits.
    pub(super) touched: u64,
    /// What definitions and qualifiers came to.
    pub(super) memo: Memo<Answer>,
    /// For a noun, and where it was looked for: which rows were sifted.
    pub(super) sieves: Memo<Sifted>,
    /// Rows that a noun does not rule out by what it asks of their own attributes.
    pub(super) sifted: Vec<RowId>,
}

impl Desk<'_> {
    /// A desk for another description, with the buffers of this one.
    pub(super) fn cleared<'m>(mut self) -> Desk<'m> {
        self.memo.clear();
        self.sieves.clear();
        self.sifted.clear();
        Desk { slots: self.slots, frames: Vec::new(), touched: 0, memo: self.memo, sieves: self.sieves, sifted: self.sifted }
    }
}

/// How a definition is looked at.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// The number of the definition, or of a qualifier after all of them.
    pub(super) id: usize,
    pub(super) situation: u32,
    pub(super) floor: Option<QualifierId>,
    pub(super) support: bool,
    pub(super) observed: bool,
}

/// One question: a definition, how it is looked at, and its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Key([u64; 2]);

impl Key {
    /// The key of a question; none where it is too wide for one.
    pub(super) fn new(look: Look, arguments: &[Bound]) -> Option<Key> {
        let (id, situation) = (look.id as u64 + 1, u64::from(look.situation));
        let floor = look.floor.map_or(0, |floor| u64::from(floor) + 1);
        if id >> 22 > 0 || situation >> 20 > 0 || floor >> 20 > 0 {
            return None;
        }
        // Without a floor it does not matter what speaks for what.
        let support = u64::from(look.support || look.floor.is_none());
        let head = id << 42 | situation << 22 | floor << 2 | support << 1 | u64::from(look.observed);
        match arguments {
            [one] => Some(Key([head, code(*one)? << 32 | u64::from(u32::MAX)])),
            [one, other] => Some(Key([head, code(*one)? << 32 | code(*other)?])),
            _ => None,
        }
    }

    /// The key of a noun among the rows that may point at `target`.
    pub(super) fn of_noun(noun: &Noun, target: Option<(AttributeId, RowId)>, situation: Situation, observed: bool) -> Option<Key> {
        let (place, situation) = (std::ptr::from_ref(noun) as u64, u64::from(situation.number()));
        if place >> 48 > 0 || situation >> 20 > 0 {
            return None;
        }
        let (attribute, row) = target.map_or((0, 0), |(attribute, row)| (u64::from(attribute), u64::from(row) << 32 | 1));
        Some(Key([place << 16 | attribute, row | situation << 2 | u64::from(observed) << 1]))
    }

    fn hash(self) -> usize {
        let product = u128::from(self.0[0] ^ 0x2545_F491_4F6C_DD1D) * u128::from(self.0[1] ^ 0x9E37_79B9_7F4A_7C15);
        ((product as u64) ^ ((product >> 64) as u64)) as usize
    }
}

/// A bound as a number of 32 bits, if it is as narrow.
fn code(bound: Bound) -> Option<u64> {
    match bound {
        Bound::Row(row) => Some(u64::from(row)).filter(|row| row >> 30 == 0),
        Bound::Term(term) => Some(1 << 30 | u64::from(term)),
        Bound::Ghost(record) => Some(2 << 30 | u64::from(record)),
        Bound::Nothing => Some(3 << 30),
        Bound::Open(..) => None,
    }
}

/// A truth, and in which situations something behind it is otherwise in force; in one word.
#[derive(Clone, Copy, Default)]
pub(super) struct Answer(u64);

impl Answer {
    pub(super) fn new(truth: Truth, touched: u64) -> Answer {
        Answer(touched << 2 | truth as u64)
    }

    pub(super) fn truth(self) -> Truth {
        match self.0 & 3 {
            0 => Truth::No,
            1 => Truth::Unknown,
            _ => Truth::Yes,
        }
    }

    pub(super) fn touched(self) -> u64 {
        self.0 >> 2
    }
}

/// A range of [`Desk::sifted`], and in which situations something behind it is otherwise in force.
#[derive(Clone, Copy, Default)]
pub(super) struct Sifted {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) touched: u64,
}

/// Answers by question.
#[derive(Default)]
pub(super) struct Memo<A> {
    /// A free place has the key of no question.
    places: Vec<(Key, A)>,
    count: usize,
}

/// More places than this are not kept for the next description.
const MOST_KEPT: usize = 1 << 14;

impl<A: Copy + Default> Memo<A> {
    pub(super) fn get(&self, key: Key) -> Option<A> {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = key.hash();
        loop {
            let (known, answer) = self.places.get(at & mask)?;
            if *known == key {
                return Some(*answer);
            }
            if *known == Key::default() {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    pub(super) fn put(&mut self, key: Key, answer: A) {
        if (self.count + 1) * 2 > self.places.len() {
            let bigger = vec![(Key::default(), A::default()); (self.places.len() * 2).max(128)];
            let old = std::mem::replace(&mut self.places, bigger);
            old.into_iter().filter(|place| place.0 != Key::default()).for_each(|place| self.place(place));
        }
        self.count += 1;
        self.place((key, answer));
    }

    fn place(&mut self, place: (Key, A)) {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = place.0.hash();
        while self.places.get(at & mask).is_some_and(|known| known.0 != Key::default() && known.0 != place.0) {
            at = at.wrapping_add(1);
        }
        if let Some(free) = self.places.get_mut(at & mask) {
            *free = place;
        }
    }

    fn clear(&mut self) {
        if self.places.len() > MOST_KEPT {
            self.places = Vec::new();
        } else if self.count > 0 {
            self.places.fill((Key::default(), A::default()));
        }
        self.count = 0;
    }
}
