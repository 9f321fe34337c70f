//! A table of names that is emptied and filled again for every description, and a hash that a text cannot be made to collide in.

use std::hash::{BuildHasher, RandomState};

/// A hash whose seed is drawn once; it decides how fast a name is found and never what is found.
#[derive(Clone, Debug)]
pub(super) struct Hash {
    seed: u64,
}

impl Default for Hash {
    fn default() -> Hash {
        Hash { seed: RandomState::new().hash_one(0u8) }
    }
}

impl Hash {
    /// One more word.
    #[inline]
    pub(super) fn word(&self, before: u64, word: u64) -> u64 {
        let product = u128::from(before ^ word ^ self.seed) * u128::from(self.seed.rotate_left(23) ^ word.rotate_left(32) | 1);
        (product as u64) ^ ((product >> 64) as u64)
    }

    /// A text.
    #[inline]
    pub(super) fn text(&self, text: &str) -> u64 {
        text.as_bytes().chunks(8).fold(text.len() as u64, |hash, chunk| {
            let word = chunk.iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
            self.word(hash, word)
        })
    }
}

/// From names to numbers. The names themselves lie with whoever owns the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    hash: Hash,
    /// High half of the hash, and the number plus one; 0 where the slot is free.
    slots: Vec<(u32, u32)>,
    count: usize,
}

impl Names {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.count = 0;
    }

    /// The number under this name; `name_of` gives the names that were put in.
    pub(super) fn find<'a>(&self, name: &str, name_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let (tag, start) = self.start(name)?;
        let mask = self.slots.len() - 1;
        let mut at = start;
        loop {
            match self.slots.get(at & mask) {
                Some(&(other, number)) if number > 0 => {
                    if other == tag && name_of(number - 1) == name {
                        return Some(number - 1);
                    }
                }
                _ => return None,
            }
            at += 1;
        }
    }

    /// Puts a number in under a name, unless the name is there; then gives the number that has it.
    pub(super) fn insert<'a>(&mut self, name: &str, number: u32, name_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        if let Some(known) = self.find(name, &name_of) {
            return Some(known);
        }
        if (self.count + 1) * 2 > self.slots.len() {
            self.grow(name_of);
        }
        self.count += 1;
        if let Some((tag, start)) = self.start(name) {
            self.place(tag, start, number + 1);
        }
        None
    }

    fn start(&self, name: &str) -> Option<(u32, usize)> {
        let hash = self.hash.text(name);
        (!self.slots.is_empty()).then_some(((hash >> 32) as u32, hash as usize))
    }

    fn place(&mut self, tag: u32, start: usize, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = start & mask;
        while self.slots.get(at).is_some_and(|slot| slot.1 > 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (tag, number);
        }
    }

    fn grow<'a>(&mut self, name_of: impl Fn(u32) -> &'a str) {
        let size = (self.slots.len() * 2).max(64);
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![(0, 0); size];
        for (tag, number) in old.into_iter().filter(|slot| slot.1 > 0) {
            if let Some((_, start)) = self.start(name_of(number - 1)) {
                self.place(tag, start, number);
            }
        }
    }
}
