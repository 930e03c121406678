//! The parser's position in the source, read by code units or, under `u` and `v`, by code points.

/// Where an escape is: a few mean something else in a class.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EscapeContext {
    Term,
    Class,
}

/// A position in the source.
pub(crate) struct Cursor<'s> {
    source: &'s [u16],
    at: usize,
    code_points: bool,
}

impl<'s> Cursor<'s> {
    pub(crate) fn new(source: &'s [u16], code_points: bool) -> Self {
        Self { source, at: 0, code_points }
    }

    /// UTF-16 offset of the next character.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The whole source.
    pub(crate) fn source(&self) -> &'s [u16] {
        self.source
    }

    /// The code units that are left.
    pub(crate) fn rest(&self) -> &'s [u16] {
        &self.source[self.at..]
    }

    /// The next `count` code units, which must exist.
    pub(crate) fn take(&mut self, count: usize) -> &'s [u16] {
        let taken = &self.rest()[..count];
        self.at += count;
        taken
    }

    pub(crate) fn rewind(&mut self, at: usize) {
        self.at = at;
    }

    pub(crate) fn peek(&self) -> Option<u32> {
        self.read(self.at, self.code_points).map(|(c, _)| c)
    }

    /// The character after the next one.
    pub(crate) fn peek_second(&self) -> Option<u32> {
        let (_, width) = self.read(self.at, self.code_points)?;
        self.read(self.at + width, self.code_points).map(|(c, _)| c)
    }

    pub(crate) fn bump(&mut self) -> Option<u32> {
        let (c, width) = self.read(self.at, self.code_points)?;
        self.at += width;
        Some(c)
    }

    /// Like `bump`, but always by code points, as group names are read.
    pub(crate) fn bump_code_point(&mut self) -> Option<u32> {
        let (c, width) = self.read(self.at, true)?;
        self.at += width;
        Some(c)
    }

    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let found = self.source.get(self.at) == Some(&u16::from(byte));
        self.at += usize::from(found);
        found
    }

    pub(crate) fn eat_all(&mut self, bytes: &[u8]) -> bool {
        let found = self.source[self.at..]
            .get(..bytes.len())
            .is_some_and(|next| next.iter().zip(bytes).all(|(&a, &b)| a == u16::from(b)));
        self.at += if found { bytes.len() } else { 0 };
        found
    }

    fn read(&self, at: usize, code_points: bool) -> Option<(u32, usize)> {
        let lead = *self.source.get(at)?;
        if code_points
            && let Some(&trail) = self.source.get(at + 1)
            && let Some(c) = crate::text::utf16::combine(lead, trail)
        {
            return Some((c, 2));
        }
        Some((u32::from(lead), 1))
    }
}

/// Stands for every character beyond ASCII, and for the end of the source.
pub(crate) const NOT_ASCII: u8 = 0xFF;

/// The character as an ASCII byte, else [`NOT_ASCII`].
pub(crate) fn ascii(c: u32) -> u8 {
    u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(NOT_ASCII)
}
