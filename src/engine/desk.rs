//! What one worker keeps beside an evaluation: the variables, and what was found already. A definition with the same arguments, looked at in
//! the same way, has the same truth for every rule; it is found once for a description. What stands here decides how fast a truth is found and
//! never what it is.

use std::ops::Range;

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
    pub(super) memo: Memo<Answer>,
    /// For a noun, and where it was looked for: the range of rows that were sifted, and what [`Desk::touched`] was for it.
    pub(super) sieves: Memo<(Range<usize>, u64)>,
    /// Rows that a noun does not rule out by what it asks of their own attributes.
    pub(super) sifted: Vec<RowId>,
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
pub(super) struct Key([u64; 3]);

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
            [one] => Some(Key([head, code(*one), 0])),
            [one, other] => Some(Key([head, code(*one), code(*other)])),
            _ => None,
        }
    }

    /// The key of a noun among the rows that may point at `target`.
    pub(super) fn of_noun(noun: &Noun, target: Option<(AttributeId, RowId)>, situation: Situation, observed: bool) -> Key {
        let target = target.map_or(0, |(attribute, row)| 1 << 60 | u64::from(attribute) << 32 | u64::from(row));
        Key([std::ptr::from_ref(noun) as u64, target, u64::from(situation.number()) << 1 | u64::from(observed)])
    }

    fn hash(self) -> u64 {
        let [a, b, c] = self.0;
        let mixed = (a ^ b.rotate_left(21) ^ c.rotate_left(43)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ mixed >> 29
    }
}

/// A bound as a number.
fn code(bound: Bound) -> u64 {
    match bound {
        Bound::Nothing => 1 << 60,
        Bound::Row(row) => 2 << 60 | u64::from(row),
        Bound::Term(term) => 3 << 60 | u64::from(term),
        Bound::Ghost(record) => 4 << 60 | u64::from(record),
        Bound::Open(row, attribute) => 5 << 60 | u64::from(attribute) << 32 | u64::from(row),
    }
}

/// Answers by question.
pub(super) struct Memo<A> {
    /// A free place has the key of no question.
    places: Vec<(Key, Option<A>)>,
    count: usize,
}

/// A truth, and in which situations something behind it is otherwise in force.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub(super) truth: Truth,
    pub(super) touched: u64,
}

impl<A> Default for Memo<A> {
    fn default() -> Memo<A> {
        Memo { places: Vec::new(), count: 0 }
    }
}

impl<A: Clone> Memo<A> {
    pub(super) fn get(&self, key: Key) -> Option<A> {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = key.hash() as usize;
        loop {
            let (known, answer) = self.places.get(at & mask)?;
            if *known == key {
                return answer.clone();
            }
            if *known == Key::default() {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    pub(super) fn put(&mut self, key: Key, answer: A) {
        if (self.count + 1) * 2 > self.places.len() {
            let bigger = vec![(Key::default(), None); (self.places.len() * 2).max(128)];
            let old = std::mem::replace(&mut self.places, bigger);
            old.into_iter().filter(|place| place.0 != Key::default()).for_each(|place| self.place(place));
        }
        self.count += 1;
        self.place((key, Some(answer)));
    }

    fn place(&mut self, place: (Key, Option<A>)) {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = place.0.hash() as usize;
        while self.places.get(at & mask).is_some_and(|known| known.0 != Key::default() && known.0 != place.0) {
            at = at.wrapping_add(1);
        }
        if let Some(free) = self.places.get_mut(at & mask) {
            *free = place;
        }
    }
}
