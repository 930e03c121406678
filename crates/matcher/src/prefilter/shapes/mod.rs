//! Rules without a literal: looked for by the shape of what they match.
//!
//! `[A-Z]{3,}-\d{4,8}` requires no literal, but every text that it matches has three capital
//! letters, a hyphen and four digits, one after the other: a run of sets of bytes. Runs are found
//! in a pass of their own (`masks`), which tells at which places of the text one of a few runs can
//! be; there the run is compared.
//!
//! When rules are loaded: `extract` derives the runs from a pattern, and chooses the rarest
//! (`rarity`). Where even that is common, as with `\d+`, nothing is looked for.
//!
//! **When it helps**: a rule costs next to nothing on texts that do not have its run, where one
//! automaton for all such rules would go through every byte of every text. **When it hurts**: a run
//! that is in most texts after all. Its rules are then searched for in these texts.
//!
//! **Limits**: 256 runs; 32 bytes of a run, of which eight are looked for. A text with more than a
//! few places at which a run can be has it as good as everywhere: no text makes the pass slow.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod byte_set;
pub(crate) mod extract;
mod masks;
pub(crate) mod rarity;
pub(crate) mod run;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::ids::RuleSlot;
use crate::prefilter::candidates::Candidate;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, BUCKETS, DEPTH, Masks};
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::{RequiredRun, Run, is_at};
use crate::prefilter::sieve::Kernel;

/// The most runs that are looked for.
const MAX_RUNS: usize = 256;

/// The most passes over a text: with more than [`BUCKETS`] runs for each, runs share buckets.
const MAX_PASSES: usize = 4;

/// How many places of a text are compared with the runs of a bucket: this many, and one more for
/// each so many bytes.
const TRIES: u32 = 64;
const BYTES_PER_TRY: u32 = 64;

/// The runs that are looked for, and the rules that require them.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    runs: Vec<LookedFor>,
    passes: Vec<Pass>,
    /// By run.
    uses: Vec<(RunId, RuleSlot, MaxOffset)>,
}

/// The number of a run.
type RunId = u32;

#[derive(Debug)]
struct LookedFor {
    run: Run,
    /// Where the bytes start that the masks look at.
    part: usize,
}

/// What one pass over a text looks for.
#[derive(Debug)]
struct Pass {
    masks: Masks,
    buckets: [Range<RunId>; BUCKETS],
}

/// The rules that are looked for by runs, while a list is loaded.
#[derive(Default)]
pub(crate) struct ShapesBuilder {
    known: FxHashMap<Run, RunId>,
    runs: Vec<Run>,
    uses: Vec<(RunId, RuleSlot, MaxOffset)>,
}

impl ShapesBuilder {
    /// Looks for a rule by these runs, of which a text that it matches has one. Returns whether
    /// there is room for them.
    #[must_use]
    pub(crate) fn add(&mut self, slot: RuleSlot, required: &[RequiredRun]) -> bool {
        let new = required.iter().filter(|one| !self.known.contains_key(&one.run)).count();
        if self.runs.len() + new > MAX_RUNS {
            return false;
        }
        for RequiredRun { run, max_offset } in required {
            let id = *self.known.entry(run.clone()).or_insert_with(|| {
                self.runs.push(run.clone());
                (self.runs.len() - 1) as RunId
            });
            self.uses.push((id, slot, *max_offset));
        }
        true
    }

    pub(crate) fn build(self, rarity: &Rarity) -> Shapes {
        let looked_for = |run: Run| {
            let part = rarest_part(&run, rarity);
            LookedFor { run, part }
        };
        // those that start alike share buckets, if any have to
        let mut order: Vec<(RunId, LookedFor)> =
            (0..).zip(self.runs.into_iter().map(looked_for)).collect();
        order.sort_by(|(_, one), (_, other)| one.looked_at().cmp(other.looked_at()));
        let mut number = vec![0; order.len()];
        for (new, &(old, _)) in (0..).zip(&order) {
            number[old as usize] = new;
        }
        let runs: Vec<LookedFor> = order.into_iter().map(|(_, run)| run).collect();
        let mut uses = self.uses;
        for (run, ..) in &mut uses {
            *run = number[*run as usize];
        }
        uses.sort_unstable();
        uses.dedup();
        Shapes { passes: passes(&runs), runs, uses }
    }
}

/// Where the bytes of a run start by which it is looked for.
fn rarest_part(run: &[ByteSet], rarity: &Rarity) -> usize {
    let share = |&at: &usize| rarity.product(&run[at..at + DEPTH]);
    let parts = 0..(run.len() + 1).saturating_sub(DEPTH);
    parts.min_by(|one, other| share(one).total_cmp(&share(other))).unwrap_or(0)
}

fn passes(runs: &[LookedFor]) -> Vec<Pass> {
    let count = runs.len().div_ceil(BUCKETS).min(MAX_PASSES);
    let all = count * BUCKETS;
    let first = |bucket: usize| bucket * runs.len() / all;
    let pass = |pass: usize| {
        let mut masks = Masks::EMPTY;
        let buckets = std::array::from_fn(|bucket| {
            let number = pass * BUCKETS + bucket;
            let of_bucket = first(number)..first(number + 1);
            for run in &runs[of_bucket.clone()] {
                masks.add(bucket, run.looked_at());
            }
            of_bucket.start as RunId..of_bucket.end as RunId
        });
        Pass { masks, buckets }
    };
    (0..count).map(pass).collect()
}

impl LookedFor {
    fn looked_at(&self) -> &[ByteSet] {
        &self.run[self.part..self.run.len().min(self.part + DEPTH)]
    }
}

/// The runs of a text. Memory that scans reuse.
#[derive(Debug, Default)]
pub(crate) struct FoundRuns {
    /// By run: where it starts the first and the last time. Nowhere: the first is after the last.
    all: Vec<(u32, u32)>,
    /// By pass and bucket: at how many more places its runs are compared.
    tries: Vec<[u32; BUCKETS]>,
}

/// In place of where a run starts: nowhere.
const NOWHERE: (u32, u32) = (u32::MAX, 0);

impl Shapes {
    /// Starts on a new text of so many bytes.
    pub(crate) fn begin(&self, bytes: usize, found: &mut FoundRuns) {
        found.all.clear();
        found.all.resize(self.runs.len(), NOWHERE);
        found.tries.clear();
        found.tries.resize(self.passes.len(), [TRIES + bytes as u32 / BYTES_PER_TRY; BUCKETS]);
    }

    /// Finds the runs of which the rarest part starts in a chunk.
    pub(crate) fn scan(
        &self,
        kernel: Kernel,
        text: &[u8],
        chunk: Range<usize>,
        found: &mut FoundRuns,
    ) {
        for (pass, tries) in self.passes.iter().zip(&mut found.tries) {
            for at in chunk.clone().step_by(BLOCK) {
                let mut end = [0; BLOCK_BYTES];
                let block = text[at..].first_chunk().unwrap_or_else(|| {
                    let rest = &text[at..];
                    end[..rest.len()].copy_from_slice(rest);
                    &end
                });
                let mut places = kernel_places(kernel, &pass.masks, block);
                while places != 0 {
                    let place = places.trailing_zeros() as usize;
                    places &= places - 1;
                    if at + place >= chunk.end {
                        break;
                    }
                    let bytes = block[place..].first_chunk().expect("a block has as many more");
                    let mut buckets = pass.masks.buckets_at(bytes);
                    while buckets != 0 {
                        let bucket = buckets.trailing_zeros() as usize;
                        buckets &= buckets - 1;
                        let runs = pass.buckets[bucket].clone();
                        self.compare(runs, text, at + place, &mut tries[bucket], &mut found.all);
                    }
                }
            }
        }
    }

    /// Looks which runs of a bucket a text has where their rarest parts can be at `at`.
    fn compare(
        &self,
        runs: Range<RunId>,
        text: &[u8],
        at: usize,
        tries: &mut u32,
        found: &mut [(u32, u32)],
    ) {
        if *tries == 0 {
            return;
        }
        *tries -= 1;
        for id in runs {
            let LookedFor { run, part } = &self.runs[id as usize];
            let (first, last) = &mut found[id as usize];
            if *tries == 0 {
                // it may be anywhere from here on
                (*first, *last) = ((*first).min(at.saturating_sub(*part) as u32), u32::MAX);
            } else if let Some(start) = at.checked_sub(*part)
                && is_at(run, text, start)
            {
                (*first, *last) = ((*first).min(start as u32), start as u32);
            }
        }
    }

    /// The runs that a rule is looked for by, as the bytes of their sets.
    pub(crate) fn runs_of(&self, slot: RuleSlot) -> Vec<Vec<Vec<u8>>> {
        let of_rule = self.uses.iter().filter(|one| one.1 == slot);
        let run = |id: RunId| self.runs[id as usize].run.iter();
        of_rule.map(|&(id, ..)| run(id).map(|set| set.bytes().collect()).collect()).collect()
    }

    /// Adds the rules that require a run that was found, and where their matches can start.
    pub(crate) fn candidates(
        &self,
        found: &FoundRuns,
        unit_bytes: u32,
        candidates: &mut Vec<Candidate>,
    ) {
        for &(run, slot, max_offset) in &self.uses {
            let (first, last) = found.all[run as usize];
            if first <= last {
                let starts = max_offset.starts(first, last, unit_bytes);
                candidates.push(Candidate { slot, starts });
            }
        }
    }
}

fn kernel_places(kernel: Kernel, masks: &Masks, block: &[u8; BLOCK_BYTES]) -> u64 {
    match kernel {
        Kernel::Portable => masks.places(block),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2(avx2) | Kernel::Avx2Gather(avx2) => avx2::places(avx2, masks, block),
    }
}
