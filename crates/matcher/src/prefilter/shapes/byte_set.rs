//! Sets of bytes.

/// A set of bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    pub(super) const NONE: Self = Self([0; 4]);
    pub(super) const ANY: Self = Self([u64::MAX; 4]);

    #[inline]
    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    /// All bytes whose low four bits are those of one of these, and the high ones those of one.
    pub(super) fn product(self) -> Self {
        const LANE: u64 = 0xFFFF;
        let lanes = |word: u64| (0..4).map(move |lane| word >> (16 * lane) & LANE);
        let low = self.0.into_iter().flat_map(lanes).fold(0, |all, lane| all | lane);
        let high = |word| (0..4).zip(lanes(word)).filter(|&(_, lane)| lane != 0);
        Self(self.0.map(|word| high(word).fold(0, |all, (lane, _)| all | low << (16 * lane))))
    }

    /// A bit for each byte, eight at a time.
    pub(super) fn eights(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().flat_map(u64::to_le_bytes)
    }

    /// In ascending order.
    pub(super) fn bytes(self) -> impl Iterator<Item = u8> {
        (0..4).flat_map(move |word| {
            let mut rest = self.0[word];
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some((64 * word as u32 + bit) as u8)
            })
        })
    }

    pub(super) const fn range(first: u8, last: u8) -> Self {
        let (first, last) = (first as u32, last as u32);
        let mut words = [0; 4];
        let mut word = 0;
        while word < 4 {
            let (low, high) = (64 * word, 64 * word + 63);
            if first <= high && last >= low {
                let from = first.saturating_sub(low);
                let to = if last < high { last - low } else { 63 };
                words[word as usize] = u64::MAX << from & u64::MAX >> (63 - to);
            }
            word += 1;
        }
        Self(words)
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSet;

    #[test]
    fn a_product_has_all_bytes_of_the_same_halves() {
        let product = |bytes: &[u8]| {
            let sets = bytes.iter().map(|&byte| ByteSet::range(byte, byte));
            let set = sets.fold(ByteSet::NONE, ByteSet::union).product();
            set.bytes().collect::<Vec<_>>()
        };
        assert_eq!(product(b""), b"");
        assert_eq!(product(b"Aa"), b"Aa");
        assert_eq!(product(b"#~"), b"#.s~");
        assert_eq!(product(&[0x00, 0x1F, 0xF0]), [0x00, 0x0F, 0x10, 0x1F, 0xF0, 0xFF]);
    }

    #[test]
    fn a_range_has_its_bytes() {
        for (first, last) in [(0, 255), (5, 5), (63, 64), (64, 127), (1, 200), (128, 191), (9, 8)] {
            let bytes: Vec<u8> = ByteSet::range(first, last).bytes().collect();
            assert_eq!(bytes, (first..=last).collect::<Vec<_>>(), "{first} to {last}");
        }
    }
}
