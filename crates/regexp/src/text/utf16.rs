//! Code units, and what they have to do with characters and with bytes of UTF-8.

/// Code units of a block.
const BLOCK: usize = 16;

/// The code point of a surrogate pair. `None`: the two units are no pair.
pub fn combine(lead: u16, trail: u16) -> Option<u32> {
    if is_lead(lead) && is_trail(trail) {
        Some(0x1_0000 + ((u32::from(lead) & 0x3FF) << 10) + (u32::from(trail) & 0x3FF))
    } else {
        None
    }
}

/// Whether the unit can start a surrogate pair.
pub fn is_lead(unit: u16) -> bool {
    unit & 0xFC00 == 0xD800
}

/// Whether the unit can end a surrogate pair.
pub fn is_trail(unit: u16) -> bool {
    unit & 0xFC00 == 0xDC00
}

/// The two units of a code point above U+FFFF.
pub fn split(c: u32) -> (u16, u16) {
    let c = c - 0x1_0000;
    (0xD800 + (c >> 10) as u16, 0xDC00 + (c & 0x3FF) as u16)
}

/// The code point at an offset of a text, and its units.
#[inline]
pub(crate) fn point(unit: impl Fn(u32) -> Option<u16>, at: u32) -> Option<(u32, u32)> {
    let lead = unit(at)?;
    match unit(at + 1).and_then(|trail| combine(lead, trail)) {
        Some(c) => Some((c, 2)),
        None => Some((lead.into(), 1)),
    }
}

/// The code point before an offset of a text, and its units.
#[inline]
pub(crate) fn point_before(unit: impl Fn(u32) -> Option<u16>, at: u32) -> Option<(u32, u32)> {
    let trail = unit(at.wrapping_sub(1))?;
    match unit(at.wrapping_sub(2)).and_then(|lead| combine(lead, trail)) {
        Some(c) => Some((c, 2)),
        None => Some((trail.into(), 1)),
    }
}

/// Whether an offset of a text lies between the halves of a surrogate pair.
#[inline]
pub(crate) fn splits_pair(unit: impl Fn(u32) -> Option<u16>, at: u32) -> bool {
    unit(at).is_some_and(is_trail) && unit(at.wrapping_sub(1)).is_some_and(is_lead)
}

/// A length at which `units`, cut there, are all ASCII: of the whole blocks at the start.
pub fn ascii_blocks(units: &[u16]) -> usize {
    let (blocks, _) = units.as_chunks::<BLOCK>();
    let is_ascii = |block: &&[u16; BLOCK]| block.iter().fold(0, |all, unit| all | unit) < 0x80;
    blocks.iter().take_while(is_ascii).count() * BLOCK
}

/// Appends ASCII to `bytes`.
pub fn push_ascii(units: &[u16], bytes: &mut Vec<u8>) {
    bytes.extend(units.iter().map(|&unit| unit as u8));
}

/// Appends ASCII or any other Latin-1 to `units`.
pub fn push_latin1(bytes: &[u8], units: &mut Vec<u16>) {
    units.extend(bytes.iter().map(|&byte| u16::from(byte)));
}

/// The length of UTF-8 in UTF-16 code units. Additive: a text cut in two, even within a character,
/// has the length of both parts together.
pub(crate) fn utf16_length(text: &[u8]) -> usize {
    // a byte holds the sum of that many bytes, and sums of bytes are vectorised
    let parts = text.chunks(usize::from(u8::MAX / 2)).map(|part| {
        let starts = |byte: u8| u8::from(byte & 0xC0 != 0x80) + u8::from(byte >= 0xF0);
        usize::from(part.iter().map(|&byte| starts(byte)).sum::<u8>())
    });
    parts.sum()
}
