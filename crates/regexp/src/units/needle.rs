//! What is looked for in a text: one or two code units, or the string that every match starts with.

/// The code units that every match starts with, two to [`Prefix::MOST`].
#[derive(Clone, Debug)]
pub(crate) struct Prefix {
    units: [u16; Self::MOST],
    /// The same as ASCII, if they are ASCII.
    ascii: Option<[u8; Self::MOST]>,
    len: u8,
}

impl Prefix {
    /// More units hardly make a prefix rarer.
    const MOST: usize = 24;

    /// The first of `units`, as many as fit.
    pub(crate) fn new(units: &[u16]) -> Self {
        let len = units.len().min(Self::MOST);
        let mut first = [0; Self::MOST];
        first[..len].copy_from_slice(&units[..len]);
        let is_ascii = first.iter().all(|&unit| unit < 0x80);
        let ascii = is_ascii.then(|| first.map(|unit| unit as u8));
        Self { units: first, ascii, len: len as u8 }
    }

    pub(crate) fn units(&self) -> &[u16] {
        &self.units[..self.len.into()]
    }

    pub(crate) fn ascii(&self) -> Option<&[u8]> {
        self.ascii.as_ref().map(|ascii| &ascii[..self.len.into()])
    }
}

/// What a text must continue with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ahead {
    /// This code unit.
    Unit(u16),
    /// These two.
    Pair([u16; 2]),
}

impl Ahead {
    /// Its number of code units.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Unit(_) => 1,
            Self::Pair(_) => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_no_more_than_the_first_units() {
        let units: Vec<u16> = (0x61..0x61 + 30).collect();
        for count in 2..units.len() {
            let prefix = Prefix::new(&units[..count]);
            assert_eq!(prefix.units(), &units[..count.min(Prefix::MOST)]);
            let ascii = prefix.ascii().unwrap().iter().copied().map(u16::from);
            assert!(ascii.eq(prefix.units().iter().copied()));
        }
        assert_eq!(Prefix::new(&[0x61, 0xE9]).ascii(), None);
    }
}
