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

    pub(crate) fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }

    /// All bytes whose low four bits are those of one of these, and the high ones those of one.
    pub(super) fn product(self) -> Self {
        // a lane has the bytes of the same high bits
        const LANES: u64 = 0x0001_0001_0001_0001;
        const TOP: u64 = LANES << 15;
        let any = self.0.into_iter().fold(0, |all, word| all | word);
        let low = (any | any >> 16 | any >> 32 | any >> 48) & 0xFFFF;
        // adding sets the top bit of a lane that has any of the others
        let used = |word: u64| ((((word & !TOP) + (TOP - LANES)) | word) & TOP) >> 15;
        Self(self.0.map(|word| used(word) * low))
    }

    /// Parts that are their own [products](Self::product), as few as there can be of whole rows.
    pub(super) fn split(self) -> Vec<Self> {
        let row = |high: u8| self.intersection(Self::range(high << 4, high << 4 | 15));
        let mut parts: Vec<Self> = Vec::new();
        for row in (0..16).map(row).filter(|row| *row != Self::NONE) {
            let fits = |part: &&mut Self| part.union(row).product() == part.union(row);
            match parts.iter_mut().find(fits) {
                Some(part) => *part = part.union(row),
                None => parts.push(row),
            }
        }
        parts
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

    pub(crate) const fn range(first: u8, last: u8) -> Self {
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
    fn a_set_is_split_into_products() {
        let controls = ByteSet::range(0, 8).union(ByteSet::range(11, 31));
        let set = controls.union(ByteSet::range(0x7F, 0xFF));
        let parts = set.split();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts.iter().copied().fold(ByteSet::NONE, ByteSet::union), set);
        assert!(parts.iter().all(|part| part.product() == *part));
        assert_eq!(ByteSet::NONE.split(), []);
        assert_eq!(ByteSet::ANY.split(), [ByteSet::ANY]);
    }

    #[test]
    fn a_range_has_its_bytes() {
        for (first, last) in [(0, 255), (5, 5), (63, 64), (64, 127), (1, 200), (128, 191), (9, 8)] {
            let bytes: Vec<u8> = ByteSet::range(first, last).bytes().collect();
            assert_eq!(bytes, (first..=last).collect::<Vec<_>>(), "{first} to {last}");
        }
    }
}
