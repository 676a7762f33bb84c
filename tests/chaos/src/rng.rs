//! Chance that repeats itself: everything a run draws follows from its seed.

/// `SplitMix64` of Steele, Lea and Flood: small, and good enough to choose faults with.
#[derive(Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    /// A number of seconds below `bound`.
    pub(crate) fn seconds(&mut self, bound: u32) -> i64 {
        i64::try_from(self.next() % u64::from(bound.max(1))).unwrap_or_default()
    }

    /// Whether something with this chance in a hundred happens.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of these.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    /// One of these: mostly one of those that were hit least so far.
    pub(crate) fn rare<T: Copy>(&mut self, from: &[T], hits: impl Fn(T) -> u64) -> Option<T> {
        let rarest = from.iter().map(|one| hits(*one)).min()?;
        let rare: Vec<_> = from.iter().copied().filter(|one| hits(*one) == rarest).collect();
        if self.percent(60) { self.pick(&rare) } else { self.pick(from) }
    }

    /// Bytes for a moment.
    pub(crate) fn entropy(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draws = |seed| {
            let mut rng = Rng::new(seed);
            (0..50).map(|_| rng.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
    }

    #[test]
    fn what_was_hit_least_is_drawn_most() {
        let mut rng = Rng::new(1);
        let hits = |one: usize| if one == 3 { 0 } else { 9 };
        let drawn = (0..300).filter(|_| rng.rare(&[1, 2, 3, 4], hits) == Some(3)).count();
        assert!(drawn > 150, "{drawn} of 300");
    }
}
