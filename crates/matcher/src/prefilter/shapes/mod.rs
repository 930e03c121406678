//! Rules without a literal: looked for by the shape of what they match.
//!
//! `[A-Z]{3,}-\d{4,8}` requires no literal, but every text that it matches has three capital
//! letters, a hyphen and four digits, one after the other: a run of sets of bytes. Runs are found
//! in a pass of their own (`masks`), which tells at which places of the text one of a few runs can
//! be; there the run is compared.
//!
//! When rules are loaded: `extract` derives the runs from a pattern (`outline`: across parts of any
//! length), and chooses the rarest (`rarity`). Where even that is in nearly every text, as with
//! `\d+`, nothing is looked for.
//! `builder` puts the runs into as few passes as will do. A rule that is bound to the start or to
//! the end of a text needs no run: `edges`.
//!
//! **When it helps**: a rule costs next to nothing on texts that do not have its run, where one
//! automaton for all such rules would go through every byte of every text. **When it hurts**: a run
//! that is in most texts after all. Its rules are then searched for in these texts; those of which
//! that is to be feared ([`Shapes::common`]) all together, by one automaton.
//!
//! **Limits**: 256 runs; 32 bytes of a run, of which up to eight are looked for. A text with more
//! than a few places at which a run can be has it as good as everywhere: no text makes the pass
//! slow.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod blocks;
pub(crate) mod builder;
pub(crate) mod byte_set;
pub(crate) mod edges;
mod encoded;
pub(crate) mod extract;
pub(crate) mod masks;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod outline;
pub(crate) mod rarity;
pub(crate) mod run;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::slice;

use crate::ids::RuleSlot;
use crate::prefilter::candidates::Candidate;
use crate::prefilter::places::{self, OtherPlaces, Place};
use crate::prefilter::ranges::{Element, Steps};
use crate::prefilter::shapes::blocks::block_of;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, BUCKETS, Masks};
use crate::prefilter::shapes::run::mismatch;
use crate::prefilter::shapes::tables::{Group, RunId, Tables};
use crate::prefilter::sieve::{Kernel, Places};
use crate::prefilter::starts::Starts;

/// How many places of a text are compared with the runs of a bucket: this many, and one more for
/// each so many bytes.
const TRIES: u32 = 64;
const BYTES_PER_TRY: u32 = 32;

/// In longer texts, each place of a run has its own range. Shorter ones are searched sooner from
/// the first place to the last.
const SHORT: usize = 4096;

/// Looks for runs on behalf of rules.
#[derive(Debug)]
pub(crate) struct Shapes {
    tables: Tables,
    /// Rules whose runs are common, ascending.
    common: Vec<RuleSlot>,
}

/// The runs of a text. Memory that scans reuse.
#[derive(Debug, Default)]
pub(crate) struct FoundRuns {
    /// By run.
    all: Vec<FoundRun>,
    /// By pass and bucket: at how many more places its runs are compared.
    tries: Vec<[u32; BUCKETS]>,
    is_short: bool,
    others: OtherPlaces,
    /// The places of one run.
    several: Vec<Place>,
}

/// Where a text has a run.
#[derive(Clone, Copy, Debug)]
struct FoundRun {
    places: places::Places,
    /// It does not start before this place, but for where it has been found.
    not_before: u32,
}

const NOWHERE: FoundRun = FoundRun { places: places::Places::NONE, not_before: 0 };

impl Shapes {
    /// `common`: rules whose runs may be in many texts, ascending.
    pub(crate) fn new((tables, common): (Tables, Vec<RuleSlot>)) -> Self {
        Self { tables, common }
    }

    /// Whether nothing is looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.passes.is_empty()
    }

    /// Starts on a new text of so many bytes.
    pub(crate) fn begin(&self, bytes: usize, found: &mut FoundRuns) {
        found.all.clear();
        found.all.resize(self.tables.runs.len(), NOWHERE);
        found.is_short = bytes <= SHORT;
        found.others.clear();
        found.tries.clear();
        found
            .tries
            .resize(self.tables.passes.len(), [TRIES + bytes as u32 / BYTES_PER_TRY; BUCKETS]);
    }

    /// Finds the runs of which the rarest part starts in a chunk.
    pub(crate) fn scan(
        &self,
        kernel: Kernel,
        text: &[u8],
        chunk: Range<usize>,
        found: &mut FoundRuns,
    ) {
        if self.is_empty() {
            return;
        }
        let (mut buckets_at, mut end) = ([0; BLOCK], [0; BLOCK_BYTES]);
        let FoundRuns { all, tries, is_short, others, .. } = found;
        let mut others = (!*is_short).then_some(others);
        for (pass, tries) in self.tables.passes.iter().zip(tries) {
            for at in chunk.clone().step_by(BLOCK) {
                let block = block_of(&text[at..], &mut end);
                let mut places = kernel_places(kernel, &pass.masks, block, &mut buckets_at);
                while places != 0 {
                    let place = places.trailing_zeros() as usize;
                    places &= places - 1;
                    if at + place >= chunk.end {
                        break;
                    }
                    let mut buckets = buckets_at[place];
                    while buckets != 0 {
                        let bucket = buckets.trailing_zeros() as usize;
                        buckets &= buckets - 1;
                        let groups = &pass.buckets[bucket];
                        let others = others.as_deref_mut();
                        self.compare(groups, text, at + place, &mut tries[bucket], all, others);
                    }
                }
            }
        }
    }

    /// Looks which runs of a bucket a text has where their rarest parts can be at `at`.
    fn compare(
        &self,
        groups: &[Group],
        text: &[u8],
        at: usize,
        tries: &mut u32,
        found: &mut [FoundRun],
        mut others: Option<&mut OtherPlaces>,
    ) {
        match *tries {
            0 => return,
            1 => {
                *tries = 0;
                // they may be anywhere from here on
                for &id in groups.iter().flat_map(Group::runs) {
                    let (part, found) =
                        (self.tables.runs[id as usize].part, &mut found[id as usize]);
                    let start = at.saturating_sub(part) as u32;
                    found.places.extend_to(start);
                    found.places.extend_to(u32::MAX);
                }
                return;
            }
            _ => {}
        }
        // a look at several groups counts as a comparison
        let mut compared = u32::from(groups.len() > 1);
        for group in groups {
            let mut left = group.at(&text[at..]);
            while left != 0 {
                let id = group.runs()[left.trailing_zeros() as usize] as usize;
                left &= left - 1;
                let (looked_for, found) = (&self.tables.runs[id], &mut found[id]);
                let Some(start) = at.checked_sub(looked_for.part) else { continue };
                if start < found.not_before as usize {
                    continue;
                }
                compared = 1;
                match mismatch(&looked_for.run, text, start) {
                    None => match &mut others {
                        Some(others) if !found.places.are_none() => {
                            found.places.add(start as u32, others);
                        }
                        _ => found.places.extend_to(start as u32),
                    },
                    // of a uniform run, no byte can be the one that is wrong here
                    Some(wrong) if looked_for.is_uniform => {
                        found.not_before = (start + wrong + 1) as u32;
                    }
                    Some(_) => {}
                }
            }
        }
        *tries -= compared;
    }

    /// The rules whose runs may be in many texts, ascending.
    pub(crate) fn common(&self) -> &[RuleSlot] {
        &self.common
    }

    /// The runs that a rule is looked for by, as the bytes of their sets.
    pub(crate) fn runs_of(&self, slot: RuleSlot) -> Vec<Vec<Vec<u8>>> {
        let of_rule = self.tables.uses.iter().filter(|one| one.1 == slot);
        let run = |id: RunId| self.tables.runs[id as usize].run.iter();
        of_rule.map(|&(id, ..)| run(id).map(|set| set.bytes().collect()).collect()).collect()
    }

    /// Adds the rules that require a run that was found, and where their matches can start.
    pub(crate) fn candidates(
        &self,
        found: &mut FoundRuns,
        starts_in: Starts<'_>,
        candidates: &mut Vec<Candidate>,
    ) {
        let FoundRuns { all, others, several, .. } = found;
        let mut steps = Steps::of_all();
        let mut located = None;
        for &(run, slot, reach) in &self.tables.uses {
            let places = &all[run as usize].places;
            if places.are_none() {
                continue;
            }
            if places.only().is_none() && located != Some(run) {
                several.clear();
                others.append([*places], several);
                located = Some(run);
            }
            let whole;
            let places = match (places.only(), &several[..]) {
                (Some(only), _) => slice::from_ref(only),
                // one automaton is asked about all of them
                (None, [first, .., last]) if self.common.binary_search(&slot).is_ok() => {
                    whole = Place { first: first.first, last: last.last };
                    slice::from_ref(&whole)
                }
                (None, several) => several,
            };
            steps.ranges(starts_in, Element { reach, places }, None, |starts| {
                Candidate { slot, starts }.add_to(candidates);
            });
        }
    }
}

/// Adds to `places` those of `part` of a text at which a run can be. Returns when all are added,
/// when there may be no more room, or before a block with more than `most` of them; `part` is what
/// is left then.
#[inline]
pub(crate) fn add_places(
    kernel: Kernel,
    masks: &Masks,
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
) {
    match kernel {
        Kernel::Portable => blocks::add_places(text, part, most, places, |block| {
            masks.places(block, &mut [0; BLOCK])
        }),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2(avx2) => avx2::add_all(avx2, masks, text, part, most, places),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512(avx512) => avx512::add_all(avx512, masks, text, part, most, places),
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Kernel::Neon(neon) => neon::add_all(neon, masks, text, part, most, places),
    }
}

/// [`Masks::places`], by the code for this machine.
fn kernel_places(
    kernel: Kernel,
    masks: &Masks,
    block: &[u8; BLOCK_BYTES],
    buckets: &mut [u8; BLOCK],
) -> u64 {
    match kernel {
        Kernel::Portable => masks.places(block, buckets),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2(avx2) => avx2::places(avx2, masks, block, buckets),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512(avx512) => avx512::places(avx512, masks, block, buckets),
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Kernel::Neon(neon) => neon::places(neon, masks, block, buckets),
    }
}
