//! An approximate set of keys: it has every key that is in it, and a few that are not.
//!
//! A Bloom filter in blocks of 64 bits (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable
//! Errors", 1970; Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters",
//! 2007), with two bits for each key.

/// The set.
#[derive(Debug)]
pub(crate) struct KeySet {
    blocks: Box<[u64]>,
    /// How far a key is shifted right to become an index of `blocks`.
    shift: u32,
}

impl KeySet {
    /// The empty set, for so many `keys`. `per_block`: the most of them in a block on average. With
    /// four, one foreign key in fifty is said to be in the set; with eight, one in fifteen.
    pub(crate) fn with_room(keys: usize, per_block: usize) -> Self {
        let bits = keys.div_ceil(per_block).max(2).next_power_of_two().ilog2();
        Self { blocks: vec![0; 1 << bits].into_boxed_slice(), shift: u64::BITS - bits }
    }

    pub(crate) fn add(&mut self, key: u64) {
        let block = &mut self.blocks[(key >> self.shift) as usize];
        *block |= 1 << first_bit(key) | 1 << second_bit(key);
    }

    /// Whether `key` may be in the set. Without a branch.
    #[inline]
    pub(crate) fn may_contain(&self, key: u64) -> bool {
        let block = self.blocks[(key >> self.shift) as usize];
        block >> first_bit(key) & block >> second_bit(key) & 1 == 1
    }
}

#[inline]
fn first_bit(key: u64) -> u32 {
    (key >> 16) as u32 % u64::BITS
}

#[inline]
fn second_bit(key: u64) -> u32 {
    (key >> 22) as u32 % u64::BITS
}

#[cfg(test)]
mod tests {
    use super::KeySet;
    use crate::prefilter::hash::MULTIPLIER_64;

    #[test]
    fn it_has_all_its_keys_and_few_others() {
        for count in [0, 1, 3, 1000, 20_000] {
            let key = |number: u64| (number + 1).wrapping_mul(MULTIPLIER_64);
            let keys: Vec<u64> = (0..count).map(key).collect();
            let mut set = KeySet::with_room(keys.len(), 4);
            for &key in &keys {
                set.add(key);
            }
            assert!(keys.iter().all(|&key| set.may_contain(key)));
            let foreign = (count..count + 10_000).filter(|&n| set.may_contain(key(n))).count();
            assert!(foreign < 500, "{foreign} of 10000 with {count}");
        }
    }
}
