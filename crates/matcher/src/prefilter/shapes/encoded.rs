//! The bytes of a character that is one of several.

use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::run::Run;

/// The bytes of a character beyond ASCII after the first one.
pub(super) const AFTER: ByteSet = ByteSet::range(0x80, 0xBF);

/// What the UTF-8 of a character looks like; of a lone surrogate, three bytes as if it were one.
pub(super) enum Encoded {
    /// It is this run.
    Run(Run),
    /// It starts with a byte of the first set and ends with one of the second.
    Ends(ByteSet, ByteSet),
}

/// The encodings of the characters in these ranges: code points, or else code units of UTF-16.
pub(super) fn encoded(ranges: &[(u32, u32)], by_code_points: bool) -> Encoded {
    if !by_code_points && has_surrogates(ranges) {
        // half a pair of the text has no bytes of its own, but they are not ASCII
        let (ascii, _) = leads(ranges, 0..=0x7F);
        let part = ascii.union(ByteSet::range(0x80, 0xFF));
        return Encoded::Ends(part, part);
    }
    if let [(low, high)] = *ranges
        && low == high
        && let Some(c) = char::from_u32(low)
    {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).bytes();
        return Encoded::Run(bytes.map(|byte| ByteSet::range(byte, byte)).collect());
    }
    let by_length = [0..=0x7F, 0x80..=0x7FF, 0x800..=0xFFFF, 0x1_0000..=0x10_FFFF]
        .map(|characters| leads(ranges, characters));
    let mut lengths = (1..).zip(&by_length).filter(|(_, (_, any))| *any);
    if let (Some((length, &(first, _))), None) = (lengths.next(), lengths.next()) {
        let run = std::iter::once(first).chain(std::iter::repeat_n(AFTER, length - 1));
        return Encoded::Run(run.collect());
    }
    let first = by_length.iter().fold(ByteSet::default(), |all, &(leads, _)| all.union(leads));
    let [(ascii, _), ..] = by_length;
    let is_ascii = by_length[1..].iter().all(|(_, any)| !any);
    Encoded::Ends(first, if is_ascii { ascii } else { ascii.union(AFTER) })
}

pub(super) fn has_surrogates(ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|&(low, high)| low <= 0xDFFF && high >= 0xD800)
}

/// The first bytes of those of the characters that are in one of the ranges, and whether any is.
pub(super) fn leads(
    ranges: &[(u32, u32)],
    characters: std::ops::RangeInclusive<u32>,
) -> (ByteSet, bool) {
    let lead = |c: u32| match c {
        0..0x80 => c as u8,
        0x80..0x800 => 0xC0 | (c >> 6) as u8,
        0x800..0x1_0000 => 0xE0 | (c >> 12) as u8,
        _ => 0xF0 | (c >> 18) as u8,
    };
    let (mut all, mut any) = (ByteSet::default(), false);
    for &(low, high) in ranges {
        let (low, high) = (low.max(*characters.start()), high.min(*characters.end()));
        if low <= high {
            all = all.union(ByteSet::range(lead(low), lead(high)));
            any = true;
        }
    }
    (all, any)
}
