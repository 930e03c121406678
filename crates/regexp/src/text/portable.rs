//! The conversions between UTF-16 and UTF-8 that run everywhere.
//!
//! Groups of ASCII, most of most texts, are copied by code that the compiler vectorises. Of others,
//! what each code unit becomes is worked out for all of a group without a branch. Then each is
//! written behind the one before, from which on there is room for one of any length.

use super::blocks::{Encoded, Utf8Block, Utf16Block};
use super::utf16::{combine, split};

/// Code units, or bytes, of a group.
const GROUP: usize = 16;

/// [`Transcoder::encode`](super::Transcoder::encode).
pub(super) fn encode(units: &[u16], bytes: &mut Utf8Block) -> Encoded {
    let mut encoded = Encoded::default();
    let mut at = 0;
    while at < units.len() {
        let rest = &units[at..];
        let Some(group) = rest.first_chunk::<GROUP>() else {
            encode_slowly(rest, rest.len(), bytes, &mut encoded);
            break;
        };
        let all = group.iter().fold(0, |all, unit| all | unit);
        if all < 0x80 {
            let to: &mut [u8; GROUP] = room(bytes, encoded.length);
            *to = group.map(|unit| unit as u8);
            encoded.length += GROUP;
        } else if group.iter().fold(false, |any, &unit| any | is_surrogate(unit)) {
            at += encode_slowly(rest, GROUP, bytes, &mut encoded);
            continue;
        } else {
            encoded.separators |= group.iter().fold(false, |any, &unit| any | is_separator(unit));
            let (mut utf8, mut lengths) = ([0; GROUP], [0; GROUP]);
            for at in 0..GROUP {
                utf8[at] = utf8_of(group[at].into());
                lengths[at] = length_of(group[at]);
            }
            let to: &mut [u8; 4 * GROUP] = room(bytes, encoded.length);
            let mut end = 0;
            for at in 0..GROUP {
                to[end..][..4].copy_from_slice(&utf8[at].to_le_bytes());
                end += usize::from(lengths[at]);
            }
            encoded.length += end;
        }
        at += GROUP;
    }
    encoded
}

/// The UTF-8 of a code unit that is no surrogate of a pair, in the first bytes of a number.
fn utf8_of(unit: u32) -> u32 {
    let two = 0x80C0 | unit >> 6 | (unit & 0x3F) << 8;
    let three = 0x80_80E0 | unit >> 12 | (unit >> 6 & 0x3F) << 8 | (unit & 0x3F) << 16;
    let long = if unit < 0x800 { two } else { three };
    if unit < 0x80 { unit } else { long }
}

fn length_of(unit: u16) -> u16 {
    1 + u16::from(unit >= 0x80) + u16::from(unit >= 0x800)
}

/// Encodes at least `count` units, whole characters. Returns how many.
fn encode_slowly(
    units: &[u16],
    count: usize,
    bytes: &mut Utf8Block,
    encoded: &mut Encoded,
) -> usize {
    let mut at = 0;
    while at < count {
        let unit = units[at];
        let (utf8, length) = match units.get(at + 1).and_then(|&trail| combine(unit, trail)) {
            Some(c) => {
                at += 1;
                encoded.surrogates = true;
                let tail = |shift: u32| 0x80 | (c >> shift & 0x3F) as u8;
                ([0xF0 | (c >> 18) as u8, tail(12), tail(6), tail(0)], 4)
            }
            None => {
                encoded.surrogates |= is_surrogate(unit);
                encoded.lone_surrogates |= is_surrogate(unit);
                encoded.separators |= is_separator(unit);
                (utf8_of(unit.into()).to_le_bytes(), length_of(unit).into())
            }
        };
        *room(bytes, encoded.length) = utf8;
        encoded.length += length;
        at += 1;
    }
    at
}

fn is_surrogate(unit: u16) -> bool {
    unit & 0xF800 == 0xD800
}

fn is_separator(unit: u16) -> bool {
    unit | 1 == 0x2029
}

fn room<T, const N: usize>(block: &mut [T], at: usize) -> &mut [T; N] {
    block[at..].first_chunk_mut().expect("a block has room for more than what it can become")
}

/// [`Transcoder::decode`](super::Transcoder::decode).
pub(super) fn decode(text: &[u8], units: &mut Utf16Block) -> usize {
    let low = |byte: u8| u16::from(byte & 0x3F);
    let (mut rest, mut count) = (text, 0);
    while !rest.is_empty() {
        while let Some((group, after)) = rest.split_first_chunk::<GROUP>()
            && group.is_ascii()
        {
            *room(units, count) = group.map(u16::from);
            count += GROUP;
            rest = after;
        }
        // to where the next group of ASCII can start
        let end = rest.len().saturating_sub(GROUP);
        while rest.len() > end {
            let mut push = |unit: u16| {
                units[count] = unit;
                count += 1;
            };
            rest = match rest {
                &[one @ 0..0x80, ref after @ ..] => {
                    push(one.into());
                    after
                }
                &[one @ 0xC0..0xE0, two, ref after @ ..] => {
                    push(u16::from(one & 0x1F) << 6 | low(two));
                    after
                }
                &[one @ 0xE0..0xF0, two, three, ref after @ ..] => {
                    push(u16::from(one) << 12 | low(two) << 6 | low(three));
                    after
                }
                &[one @ 0xF0..=0xFF, two, three, four, ref after @ ..] => {
                    let (high, low) =
                        (u16::from(one & 7) << 6 | low(two), low(three) << 6 | low(four));
                    let c = u32::from(high) << 12 | u32::from(low);
                    let (lead, trail) = split(c.max(0x1_0000));
                    push(lead);
                    push(trail);
                    after
                }
                [_, after @ ..] => after,
                [] => rest,
            };
        }
    }
    count
}
