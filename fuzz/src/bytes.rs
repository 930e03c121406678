//! Bytes as decisions, and bytes as UTF-16.

/// Decisions, one byte each, so that a mutated byte changes one decision. When the bytes are used
/// up every decision is the first choice, which generators must make the one that ends.
pub struct Decisions<'a>(&'a [u8]);

impl<'a> Decisions<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// The next bytes, up to `length`.
    pub fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }
}

/// Readable where the bytes are UTF-8. Each byte that is not becomes a code unit of its own, mostly
/// a lone surrogate.
pub fn units(bytes: &[u8]) -> Vec<u16> {
    bytes
        .utf8_chunks()
        .flat_map(|chunk| {
            let garbage = chunk.invalid().iter().map(|&byte| match byte {
                0x80..0xC0 => 0xDE00 | u16::from(byte),
                0xC0..0xF8 => 0xD800 | u16::from(byte & 0x3F),
                _ => 0x2028 | u16::from(byte & 1),
            });
            chunk.valid().encode_utf16().chain(garbage)
        })
        .collect()
}

/// Any UTF-16 at all.
pub fn raw_units(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks().0.iter().map(|&pair| u16::from_le_bytes(pair)).collect()
}

/// As it may stand in a panic message.
pub fn shown(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied())
        .map(|decoded| match decoded {
            Ok(c) if c.is_control() => c.escape_unicode().to_string(),
            Ok(c) => c.to_string(),
            Err(lone) => format!("\\u{{{:x}}}", lone.unpaired_surrogate()),
        })
        .collect()
}

pub fn from_str(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}
