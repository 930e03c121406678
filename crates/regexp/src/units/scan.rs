//! Searches through code units of either width, many at a time.
//!
//! They work on chunks of a fixed size without a branch inside, which the compiler turns into
//! vector code on every machine.
#![allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]

use crate::units::unit::Unit;

/// Units between two branches.
const CHUNK: usize = 32;

/// Offset of the first unit that is wanted; the length if there is none.
pub(crate) fn find<U: Unit, const N: usize>(units: &[U], wanted: [u16; N]) -> usize {
    let Some(wanted) = U::narrow_all(wanted) else { return units.len() };
    let is_wanted = |unit: U| wanted.iter().fold(false, |any, &one| any | (unit == one));
    let (chunks, _) = units.as_chunks::<CHUNK>();
    let free = chunks
        .iter()
        .position(|chunk| chunk.iter().fold(false, |any, &unit| any | is_wanted(unit)))
        .unwrap_or(chunks.len());
    let rest = &units[free * CHUNK..];
    free * CHUNK + rest.iter().position(|&unit| is_wanted(unit)).unwrap_or(rest.len())
}

/// Offset of the last such unit.
pub(crate) fn find_last<U: Unit>(units: &[U], wanted: u16) -> Option<usize> {
    let wanted = U::narrow(wanted)?;
    let (_, chunks) = units.as_rchunks::<CHUNK>();
    let found = chunks
        .iter()
        .rposition(|chunk| chunk.iter().fold(false, |any, &unit| any | (unit == wanted)));
    let begin = units.len() - chunks.len() * CHUNK;
    let end = found.map_or(begin, |chunk| begin + (chunk + 1) * CHUNK);
    units[..end].iter().rposition(|&unit| unit == wanted)
}

/// Offset of the first unit that is wanted, or of the first pair; the length if there is neither.
pub(crate) fn find_or_pair<U: Unit, const N: usize>(
    units: &[U],
    wanted: [u16; N],
    pair: [u16; 2],
) -> usize {
    let [Some(first), Some(second)] = pair.map(U::narrow) else { return find(units, wanted) };
    match U::narrow_all(wanted) {
        Some(wanted) => find_narrow_or_pair(units, wanted, [first, second]),
        None => find_narrow_or_pair(units, [], [first, second]),
    }
}

fn find_narrow_or_pair<U: Unit, const N: usize>(
    units: &[U],
    wanted: [U; N],
    [first, second]: [U; 2],
) -> usize {
    let is_wanted = |unit: U, next: U| {
        let pair = (unit == first) & (next == second);
        wanted.iter().fold(pair, |any, &one| any | (unit == one))
    };
    let mut at = 0;
    while let Some(chunk) = units[at..].first_chunk::<CHUNK>()
        && let Some(nexts) = units[at + 1..].first_chunk::<CHUNK>()
        && !chunk.iter().zip(nexts).fold(false, |any, (&unit, &next)| any | is_wanted(unit, next))
    {
        at += CHUNK;
    }
    let rest = units[at..].windows(2).position(|pair| is_wanted(pair[0], pair[1]));
    // no pair starts at the last unit
    let last = || units.len() - usize::from(units.last().is_some_and(|last| wanted.contains(last)));
    rest.map_or_else(last, |found| at + found)
}

/// Offset of the last such pair.
pub(crate) fn find_last_pair<U: Unit>(units: &[U], pair: [u16; 2]) -> Option<usize> {
    let [Some(first), Some(second)] = pair.map(U::narrow) else { return None };
    let mut end = units.len().checked_sub(1)?;
    while let Some(begin) = end.checked_sub(CHUNK)
        && let Some(chunk) = units[begin..].first_chunk::<CHUNK>()
        && let Some(nexts) = units[begin + 1..].first_chunk::<CHUNK>()
        && !chunk
            .iter()
            .zip(nexts)
            .fold(false, |any, (&unit, &next)| any | (unit == first) & (next == second))
    {
        end = begin;
    }
    units[..=end].windows(2).rposition(|pair| pair == [first, second])
}

/// Offset of the first copy of `wanted`, which is not empty. It tests the first, the middle and the
/// last unit at once.
pub(crate) fn find_sequence<U: Unit>(units: &[U], wanted: &[U]) -> Option<usize> {
    let last = wanted.len() - 1;
    let middle = last / 2;
    let places = units.len().checked_sub(last)?;
    let (first_units, middle_units, last_units) =
        (&units[..places], &units[middle..][..places], &units[last..]);
    let is_likely = |at: usize| {
        (first_units[at] == wanted[0])
            & (middle_units[at] == wanted[middle])
            & (last_units[at] == wanted[last])
    };
    let mut at = 0;
    while at < places {
        if let (Some(first), Some(middle_chunk), Some(last_chunk)) = (
            first_units[at..].first_chunk::<CHUNK>(),
            middle_units[at..].first_chunk::<CHUNK>(),
            last_units[at..].first_chunk::<CHUNK>(),
        ) {
            let mut any = false;
            for i in 0..CHUNK {
                any |= (first[i] == wanted[0])
                    & (middle_chunk[i] == wanted[middle])
                    & (last_chunk[i] == wanted[last]);
            }
            if !any {
                at += CHUNK;
                continue;
            }
        }
        let end = places.min(at + CHUNK);
        let found = (at..end).find(|&at| is_likely(at) && units[at..=at + last] == *wanted);
        if found.is_some() {
            return found;
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_in_texts_of_every_length() {
        const WANTED: [u16; 5] = [1, 2, 3, 4, 5];
        for length in 0..3 * CHUNK {
            let mut units = vec![0_u16; length];
            assert_eq!(find(&units, WANTED), length);
            assert_eq!(find_last(&units, 1), None);
            for at in 0..length {
                for unit in WANTED {
                    units[at] = unit;
                    assert_eq!(find(&units, WANTED), at);
                    assert_eq!(find_last(&units, unit), Some(at));
                }
                // one more on either side: the first, and the last
                let mut twice = units.clone();
                twice[length - 1] = 5;
                assert_eq!(find(&twice, WANTED), at);
                twice[0] = 5;
                assert_eq!(find(&twice, WANTED), 0);
                assert_eq!(find_last(&twice, 5), Some(length - 1));
                units[at] = 0;
            }
        }
    }

    #[test]
    fn every_pair_is_found_in_texts_of_every_length() {
        const PAIR: [u16; 2] = [1, 2];
        for length in 0..3 * CHUNK {
            // its halves are everywhere, but never side by side
            let mut units: Vec<u16> = (0..length).map(|at| [1, 0, 2, 0, 2, 1][at % 6]).collect();
            let original = units.clone();
            assert_eq!(find_or_pair(&units, [], PAIR), length);
            assert_eq!(find_or_pair(&units, [7, 8], PAIR), length);
            assert_eq!(find_last_pair(&units, PAIR), None);
            for at in 0..length {
                units[at] = 8;
                assert_eq!(find_or_pair(&units, [7, 8], PAIR), at);
                if at + 1 < length {
                    units[at..at + 2].copy_from_slice(&PAIR);
                    let mut starts = units.windows(2).enumerate().filter(|(_, two)| *two == PAIR);
                    let first = starts.next().unwrap().0;
                    let last = starts.next_back().map_or(first, |(at, _)| at);
                    assert_eq!(find_or_pair(&units, [], PAIR), first);
                    assert_eq!(find_or_pair(&units, [7, 8], PAIR), first);
                    assert_eq!(find_last_pair(&units, PAIR), Some(last));
                    units[at + 1] = original[at + 1];
                }
                units[at] = original[at];
            }
        }
        assert_eq!(
            find_or_pair(b"two lines\n, one\xE9".as_slice(), [0x0A, 0x2028], [0x6E, 0xE9]),
            9
        );
        assert_eq!(find_or_pair(b"one".as_slice(), [0x2028], [0x6E, 0x65]), 1);
        assert_eq!(find_last_pair(b"one".as_slice(), [0x65, 0x178]), None);
    }

    #[test]
    fn ascii_texts_have_no_other_units() {
        let text = b"a long text that ends with a q".as_slice();
        assert_eq!(find(text, [0x2028, 0x178, 0xE9]), text.len());
        assert_eq!(find(text, [0x2028, 0x71, 0xE9]), text.len() - 1);
        assert_eq!(find_last(text, 0x178), None);
        assert_eq!(find_last(text, 0x61), Some(27));
        assert_eq!(find_sequence(text, b"ends"), Some(17));
    }

    #[test]
    fn a_sequence_is_found_wherever_it_begins() {
        let text: Vec<u16> = (0..100).map(|at| [1, 2, 1, 3, 1, 2, 2][at % 7]).collect();
        for from in 0..text.len() {
            let text = &text[from..];
            for wanted in [&[1, 2][..], &[2, 2], &[1, 3, 1], &[3, 3], &[2, 2, 1, 2, 1, 3], &[4]] {
                let right = text.windows(wanted.len()).position(|window| window == wanted);
                assert_eq!(find_sequence(text, wanted), right, "{wanted:?} from {from}");
            }
            let mut changed = text.to_vec();
            for at in 0..text.len().saturating_sub(2) {
                changed.copy_from_slice(text);
                changed[at..at + 3].fill(9);
                assert_eq!(find_sequence(&changed, &[9, 9, 9]), Some(at));
                assert_eq!(find_sequence(&changed, &[9, 8, 9]), None);
            }
        }
    }
}
