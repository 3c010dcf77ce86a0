//! What the deterministic scheduler picks: by a seed, or as it was picked before.

pub(super) struct Choices {
    random: u64,
    /// What is to be picked first, from a run that is repeated.
    replayed: Option<std::vec::IntoIter<u32>>,
    /// What has been picked.
    pub(super) made: Vec<u32>,
}

impl Choices {
    pub(super) fn seeded(seed: u64) -> Choices {
        Choices { random: seed, replayed: None, made: Vec::new() }
    }

    pub(super) fn replayed(choices: Vec<u32>) -> Choices {
        Choices { random: 0, replayed: Some(choices.into_iter()), made: Vec::new() }
    }

    /// Picks one of so many.
    pub(super) fn next(&mut self, count: usize) -> usize {
        let choice = match &mut self.replayed {
            Some(choices) => choices.next().map_or(0, |choice| choice as usize).min(count - 1),
            None => (self.random() % count as u64) as usize,
        };
        self.made.push(choice as u32);
        choice
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
