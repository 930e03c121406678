//! How far apart the windows are that long literals are looked for at.
//!
//! Every fourth byte will do for literals of seven bytes. But of those that have no more than ten,
//! some windows then cover one 4-gram only. That tells little where a character takes three bytes,
//! or where the rules name a few things over and over: half of a text can pass the sieve, and what
//! passes is looked up in vain. With a window at every second byte they cover two 4-grams: twice
//! the windows, of which far fewer pass.
//!
//! Rules were copied from such texts as they are to match. So the literals of a list are a sample
//! of its texts.

use crate::prefilter::index::windows::{Padded, WindowCounts, grams_after_first, partial_keys};
use crate::prefilter::lengths::{LONG, STEP};

/// The longest literal that has a window of one 4-gram somewhere.
const ONE_GRAM: usize = 3 * STEP - 2;

/// What it costs to look up a window, in windows that are sifted.
const LOOK_UP: usize = 12;

/// Costs are in units of a window by this.
const SHARES: usize = 64;

/// The most literals in the sample.
const SAMPLE: usize = 1024;

/// The slots in [`WindowCounts`] for each literal of which windows are counted.
const SLOTS: usize = 64;

/// The stride that costs the least, of those that all long literals can have.
pub(super) fn stride_of_long(literals: &[&[u8]]) -> usize {
    let short: Vec<&[u8]> = literals.iter().copied().filter(|literal| is_short(literal)).collect();
    if short.is_empty() {
        return STEP;
    }
    let sample = literals.len().div_ceil(SAMPLE);
    let sample: Vec<_> = literals.iter().copied().step_by(sample).collect();
    let cost = |stride| cost(&short, &sample, stride);
    let (few, many) = (STEP, STEP / 2);
    let with_few = cost(few);
    // to sift so many windows costs that much, even if nothing is looked up
    let least_with_many = SHARES * (STEP / many);
    if with_few <= least_with_many || with_few <= cost(many) { few } else { many }
}

/// Whether a long literal has a window of one 4-gram.
fn is_short(literal: &[u8]) -> bool {
    (LONG..=ONE_GRAM).contains(&literal.len())
}

/// What it costs to scan a text like `sample` for the `short` literals.
fn cost(short: &[&[u8]], sample: &[&[u8]], stride: usize) -> usize {
    let mut padded = Padded::new();
    let key_of = |literal: &[u8], padded: &Padded, place: usize| {
        partial_keys(padded.window(place))[grams_after_first(literal, place).min(1)]
    };
    let mut windows = WindowCounts::new(SLOTS * short.len());
    for literal in short {
        padded.set(literal);
        (0..stride).for_each(|place| windows.add(key_of(literal, &padded, place)));
    }
    let (mut sifted, mut looked_up) = (0, 0);
    for literal in sample {
        padded.set(literal);
        // windows of its own tell what form the rules have, not what texts have
        let first = if is_short(literal) { stride } else { 0 };
        for at in first..(literal.len() + 1).saturating_sub(STEP) {
            let [one, two, _] = partial_keys(padded.window(at));
            looked_up += usize::from(windows.get(one) > 0 || windows.get(two) > 0);
            sifted += 1;
        }
    }
    // the samples differ in size
    SHARES * (sifted + LOOK_UP * looked_up) / sifted.max(1) * (STEP / stride)
}

#[cfg(test)]
mod tests {
    use super::stride_of_long;
    use crate::prefilter::hash::MULTIPLIER_64;

    /// Literals of so many characters, drawn from `alphabet`.
    fn literals(alphabet: &str, lengths: &[usize]) -> Vec<String> {
        let all: Vec<char> = alphabet.chars().collect();
        let mut number = 1_u64;
        let mut character = || {
            number = number.wrapping_mul(MULTIPLIER_64).wrapping_add(1);
            all[(number >> 33) as usize % all.len()]
        };
        (0..600).map(|at| (0..lengths[at % lengths.len()]).map(|_| character()).collect()).collect()
    }

    fn stride(alphabet: &str, lengths: &[usize]) -> usize {
        let literals = literals(alphabet, lengths);
        let folded: Vec<&[u8]> = literals.iter().map(String::as_bytes).collect();
        stride_of_long(&folded)
    }

    #[test]
    fn windows_are_nearer_where_four_bytes_tell_little() {
        let characters =
            "日本国会社長年月時分間人口出入力学生先行車電話東京大阪新聞記者部品質問題名";
        let letters = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(stride(characters, &[3, 3, 5]), 2);
        assert_eq!(stride(characters, &[5, 6]), 4, "no window has one 4-gram");
        assert_eq!(stride(letters, &[8, 12, 30]), 4);
    }
}
