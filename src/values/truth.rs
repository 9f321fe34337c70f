//! Three-valued truth: strong Kleene logic, and nothing else. *partly* is a verdict, not a truth.

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It cannot be told.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// The least of both: `and`.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// The greatest of both: `or`.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// As said by a word of certainty.
    pub fn from_bool(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}
