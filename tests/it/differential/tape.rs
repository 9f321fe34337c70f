//! A tape of bytes that is read as choices. Where it ends, the first and simplest choice is taken: a shorter tape of smaller bytes tells a
//! simpler story, and so proptest can shrink it.

/// Choices still to be made.
pub(super) struct Tape<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tape<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Tape<'a> {
        Tape { bytes, at: 0 }
    }

    fn byte(&mut self) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte)
    }

    /// A number below `count`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let byte = self.byte();
        if count == 0 { 0 } else { byte % count }
    }

    /// True so many times out of a hundred; false where the tape has ended.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.byte() * 100 >= (100 - percent.min(100)) * 256
    }

    /// One of these.
    pub(super) fn one<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.below(all.len())]
    }

    /// The place of one of these, each as often as its weight says.
    pub(super) fn weighted(&mut self, weights: &[usize]) -> usize {
        let total = weights.iter().sum::<usize>().max(1);
        let mut left = self.byte() * total / 256;
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }
}
