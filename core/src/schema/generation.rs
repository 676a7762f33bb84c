//! Generations of the e-fapiao documents: the same paths with different tables.

/// A set of generations of the e-fapiao documents.
///
/// `G1` direct merchants, `G2` service providers (documents up to 2025-01), `G3` service providers (from 2025-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generations(u8);

impl Generations {
    /// No generation.
    pub const NONE: Self = Self(0);
    /// Direct merchants.
    pub const G1: Self = Self(1);
    /// Service providers, documents up to 2025-01.
    pub const G2: Self = Self(2);
    /// Service providers, documents from 2025-09.
    pub const G3: Self = Self(4);
    /// Both older generations.
    pub const G1_G2: Self = Self(3);
    /// Both generations of service providers.
    pub const G2_G3: Self = Self(6);
    /// Every generation; also what calls outside the family have.
    pub const ALL: Self = Self(7);

    /// The generations in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether any generation is in both sets.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every generation of `other` is in this set.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The generations in this set, by name.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [(Self::G1, "G1"), (Self::G2, "G2"), (Self::G3, "G3")]
            .into_iter()
            .filter(move |(one, _)| self.meets(*one))
            .map(|(_, name)| name)
    }
}
