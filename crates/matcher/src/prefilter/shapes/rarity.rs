//! How rare a run is in error texts.
//!
//! Judged by what nearly every error text has, the background: by how often its bytes are there,
//! as if they were independent, and whether the run is there as a whole. Digits follow digits, and
//! letters letters, so the product of the frequencies alone would be too low for `\d\d\d`.

use crate::prefilter::select::background::{FRAMES, MESSAGES};
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::masks::{DEPTH, Masks};
use crate::prefilter::shapes::run::MAX_RUN;

/// Occurrences that are added to those of each printable byte, and of each other one: what is not
/// in the background may be in other texts.
const UNSEEN: f32 = 0.5;
const UNSEEN_CONTROL: f32 = 0.1;

/// The share of a byte beyond ASCII in texts of a list that has none.
const FOREIGN: f32 = 1e-6;

/// A sample of a list: the most rules, and of each the most bytes of its literals.
const SAMPLE_RULES: usize = 128;
const SAMPLE_BYTES: usize = 64;

/// The most occurrences in a byte of text, on average, with which it pays to look for a run: about
/// four in an error of 2 KB.
const WORTHWHILE: f32 = 1.0 / 500.0;

/// The most occurrences in a byte of text, on average, with which a run is not common: about one in
/// ten errors of 2 KB.
const RARE: f32 = 1.0 / 20_000.0;

/// So often in a byte of text is at least what may be in many texts.
pub(super) const COMMON: f32 = 2.0 * RARE;

/// The frequencies of bytes.
pub(crate) struct Rarity {
    /// For each eight bytes that follow one another, and each set of them: their share of a text.
    shares: Vec<[f32; 256]>,
    background: Background,
    /// The background, and literals of the list: rules were copied from texts.
    samples: [Vec<u8>; 2],
}

impl Rarity {
    /// `literals`: those of the list, whose texts have the same bytes beyond ASCII.
    pub(crate) fn of<'l>(literals: impl ExactSizeIterator<Item = &'l [u8]>) -> Self {
        let text = [FRAMES.as_bytes(), MESSAGES.as_bytes()].concat();
        let mut shares = [UNSEEN; 256];
        shares[..0x20].fill(UNSEEN_CONTROL);
        for &byte in &text {
            shares[usize::from(byte)] += 1.0;
        }
        // by the place of a byte, too: the same byte follows itself at every second place
        let mut foreign = [[0_u32; 256]; 4];
        let mut all = 1.0;
        let mut sample = Vec::new();
        let nth = literals.len().div_ceil(SAMPLE_RULES);
        for (at, literal) in literals.enumerate() {
            if at % nth == 0 {
                sample.extend_from_slice(&literal[..literal.len().min(SAMPLE_BYTES)]);
            }
            all += length(literal);
            if !literal.is_ascii() {
                for places in literal.chunks(foreign.len()) {
                    for (foreign, &byte) in foreign.iter_mut().zip(places) {
                        foreign[usize::from(byte)] += 1;
                    }
                }
            }
        }
        let foreign = |byte: usize| count(foreign.iter().map(|foreign| foreign[byte]).sum());
        for (byte, share) in shares.iter_mut().enumerate() {
            *share = match byte {
                0..0x80 => *share / length(&text),
                _ => FOREIGN.max(foreign(byte) / all),
            };
        }
        let of_sets = shares.as_chunks::<8>().0.iter().map(|shares| {
            let mut of_sets = [0.0; 256];
            for set in 1..256_usize {
                let lowest = set & set.wrapping_neg();
                of_sets[set] = of_sets[set ^ lowest] + shares[lowest.trailing_zeros() as usize];
            }
            of_sets
        });
        let background = Background::new(&text);
        Self { shares: of_sets.collect(), background, samples: [text, sample] }
    }

    /// The share of a text that a set's bytes are, about.
    pub(super) fn share(&self, set: ByteSet) -> f32 {
        let eights = self.shares.iter().zip(set.eights());
        eights.map(|(shares, eight)| shares[usize::from(eight)]).sum::<f32>().min(1.0)
    }

    /// How often a run is in a byte of text, about, as if its bytes were independent.
    pub(super) fn product(&self, run: &[ByteSet]) -> f32 {
        run.iter().map(|&set| self.share(set)).product()
    }

    /// By the number of bytes that masks may look at, the share of places where they let a run be:
    /// in the background or among the list's literals, where there are more.
    pub(super) fn share_by_depth(&self, masks: &Masks) -> [f32; DEPTH + 1] {
        let [of_background, of_list] = self.samples.each_ref().map(|sample| {
            masks
                .places_by_depth(sample)
                .map(|places| count(places as u32) / length(sample).max(1.0))
        });
        std::array::from_fn(|depth| of_background[depth].max(of_list[depth]))
    }

    /// How often a run is in a byte of text, about.
    pub(super) fn of_run(&self, run: &[ByteSet]) -> f32 {
        self.product(run) + self.background.share(run)
    }
}

/// Whether it pays to look for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worth {
    /// Few texts have it.
    Rare,
    /// It may be in many texts. What finds it is then to be asked for all such rules at once.
    Common,
    /// No.
    Nothing,
}

/// What runs are worth that are in a byte of text so often.
pub(super) fn worth(share: f32) -> Worth {
    match share {
        share if share <= RARE => Worth::Rare,
        share if share <= WORTHWHILE => Worth::Common,
        _ => Worth::Nothing,
    }
}

/// A text in which runs are counted.
struct Background {
    /// For each byte of ASCII, the places where it is, a bit for each.
    places: Vec<Vec<u64>>,
    length: f32,
}

impl Background {
    fn new(text: &[u8]) -> Self {
        // the last word is empty, so that shifts need not look for the end
        let mut places = vec![vec![0; text.len() / 64 + 2]; 0x80];
        for (at, &byte) in text.iter().enumerate() {
            places[usize::from(byte)][at / 64] |= 1 << (at % 64);
        }
        Self { places, length: length(text) }
    }

    /// How often a run is in a byte of it.
    fn share(&self, run: &[ByteSet]) -> f32 {
        const { assert!(MAX_RUN < 64, "a run ends in the word after the one that it starts in") };
        let words = self.places[0].len() - 1;
        let mut left = vec![u64::MAX; words];
        for (at, set) in run.iter().enumerate() {
            let of_set: Vec<&Vec<u64>> =
                set.bytes().filter_map(|byte| self.places.get(usize::from(byte))).collect();
            let any = |word: usize| of_set.iter().fold(0, |all, places| all | places[word]);
            for (word, left) in left.iter_mut().enumerate() {
                let after = if at == 0 { 0 } else { any(word + 1) << (64 - at) };
                *left &= any(word) >> at | after;
            }
            if left.iter().all(|&word| word == 0) {
                return 0.0;
            }
        }
        let seen: u16 = left.iter().map(|word| word.count_ones() as u16).sum();
        f32::from(seen) / self.length
    }
}

fn length(text: &[u8]) -> f32 {
    count(text.len() as u32)
}

#[expect(clippy::cast_precision_loss, reason = "it need not be exact")]
fn count(number: u32) -> f32 {
    number as f32
}
