//! Chance that repeats itself: which faults strike which flow follows from the seed alone.

use super::faults::{Kind, VARIANTS};

/// `SplitMix64` of Steele, Lea and Flood: small, and good enough to choose faults with.
#[derive(Debug)]
pub(super) struct Dice(u64);

/// One fault set aside for a flow, and how often it strikes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    /// Its place in [`VARIANTS`].
    pub(super) variant: usize,
    pub(super) count: u32,
}

/// More strikes than a flow has requests of one kind.
const EVERY_ATTEMPT: u32 = 5;

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// Whether something with this chance in a hundred happens.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// Faults for one flow: mostly one or two, those most that have struck least so far.
    pub(super) fn draw(&mut self, kind: Kind, hits: &[u64]) -> Vec<Draw> {
        let wanted = match self.below(100) {
            0..50 => 1,
            50..75 => 2,
            75..90 => 3,
            _ => 5,
        };
        let mut drawn: Vec<Draw> = Vec::new();
        for _ in 0..wanted {
            let variant = self.choose(kind, hits);
            let fault = |index: usize| VARIANTS.get(index).map(|variant| variant.fault);
            // Parameters are not in the ledger: one variant of a fault a flow.
            if drawn.iter().all(|earlier| fault(earlier.variant) != fault(variant)) {
                let count = if self.percent(15) { EVERY_ATTEMPT } else { 1 };
                drawn.push(Draw { variant, count });
            }
        }
        drawn
    }

    fn choose(&mut self, kind: Kind, hits: &[u64]) -> usize {
        let fitting: Vec<_> = VARIANTS.iter().enumerate().filter(|(_, variant)| variant.strikes(kind)).collect();
        let of = |index: usize| hits.get(index).copied().unwrap_or_default();
        let rarest = fitting.iter().map(|(index, _)| of(*index)).min().unwrap_or_default();
        let rare: Vec<_> = fitting.iter().filter(|(index, _)| of(*index) == rarest).collect();
        let chosen = if self.percent(60) {
            rare.get(self.below(rare.len())).map(|(index, _)| *index)
        } else {
            fitting.get(self.below(fitting.len())).map(|(index, _)| *index)
        };
        chosen.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_faults() {
        let draws = |seed| {
            let mut dice = Dice::new(seed);
            let hits = vec![0; VARIANTS.len()];
            (0..50).map(|_| format!("{:?}", dice.draw(Kind::Pay, &hits))).collect::<Vec<_>>()
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
    }
}
