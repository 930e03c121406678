//! Conversions between UTF-16 and UTF-8. Lone surrogates are legal in JavaScript's strings: in
//! UTF-8 they take three bytes, as if they were characters (WTF-8).
//!
//! Runs of ASCII, most of most texts, are converted in blocks that the compiler vectorises.

use super::flags::TextFlags;

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

/// Appends `units` to `bytes` as UTF-8. Returns what they hold, but for carriage returns.
pub(crate) fn encode(units: &[u16], bytes: &mut Vec<u8>) -> TextFlags {
    let mut flags = TextFlags { ascii: true, ..TextFlags::default() };
    let mut at = 0;
    while at < units.len() {
        let ascii = ascii_blocks(&units[at..]);
        push_ascii(&units[at..at + ascii], bytes);
        at += ascii;
        // to where the next block of ASCII can start
        let end = units.len().min(at + BLOCK);
        while at < end {
            let unit = units[at];
            at += 1;
            if unit < 0x80 {
                bytes.push(unit as u8);
                continue;
            }
            flags.ascii = false;
            if unit & 0xF800 == 0xD800 {
                flags.surrogates = true;
                if let Some(pair) = units.get(at).and_then(|&trail| combine(unit, trail)) {
                    push_utf8(bytes, pair);
                    at += 1;
                    continue;
                }
                flags.lone_surrogates = true;
            }
            flags.other_line_ends |= matches!(unit, 0x2028 | 0x2029);
            push_utf8(bytes, unit.into());
        }
    }
    flags
}

/// Appends a code point to `bytes` as UTF-8. `char` cannot hold surrogates, so it takes any number
/// below 0x110000.
pub fn push_utf8(bytes: &mut Vec<u8>, c: u32) {
    let tail = |shift: u32| 0x80 | (c >> shift & 0x3F) as u8;
    match c {
        0..0x80 => bytes.push(c as u8),
        0x80..0x800 => bytes.extend_from_slice(&[0xC0 | (c >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => bytes.extend_from_slice(&[0xE0 | (c >> 12) as u8, tail(6), tail(0)]),
        _ => bytes.extend_from_slice(&[0xF0 | (c >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

/// Appends a text to `units`: UTF-8, lone surrogates in three bytes. What else there is makes no
/// units.
pub fn decode(text: &[u8], units: &mut Vec<u16>) {
    let low = |byte: u8| u16::from(byte & 0x3F);
    let mut rest = text;
    while !rest.is_empty() {
        let (blocks, _) = rest.as_chunks::<BLOCK>();
        let ascii = blocks.iter().take_while(|block| block.is_ascii()).count() * BLOCK;
        push_latin1(&rest[..ascii], units);
        rest = &rest[ascii..];
        // to where the next block of ASCII can start
        let end = rest.len().saturating_sub(BLOCK);
        while rest.len() > end {
            rest = match rest {
                &[one @ 0..0x80, ref after @ ..] => {
                    units.push(one.into());
                    after
                }
                &[one @ 0xC0..0xE0, two, ref after @ ..] => {
                    units.push(u16::from(one & 0x1F) << 6 | low(two));
                    after
                }
                &[one @ 0xE0..0xF0, two, three, ref after @ ..] => {
                    units.push(u16::from(one) << 12 | low(two) << 6 | low(three));
                    after
                }
                &[one @ 0xF0..=0xFF, two, three, four, ref after @ ..] => {
                    let (high, low) =
                        (u16::from(one & 7) << 6 | low(two), low(three) << 6 | low(four));
                    let (lead, trail) = split(u32::from(high) << 12 | u32::from(low));
                    units.extend([lead, trail]);
                    after
                }
                [_, after @ ..] => after,
                [] => rest,
            };
        }
    }
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
