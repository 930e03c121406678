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
#[cfg(target_arch = "x86_64")]
mod avx512;
mod byte_set;
mod encoded;
pub(crate) mod extract;
mod masks;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
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
use crate::prefilter::shapes::run::{RequiredRun, RequiredRuns, Run, mismatch};
use crate::prefilter::sieve::Kernel;

/// The most runs that are looked for.
const MAX_RUNS: usize = 256;

/// The most passes over a text: with more than [`BUCKETS`] runs for each, runs share buckets.
const MAX_PASSES: usize = 4;

/// At how many places in a byte of text one of the runs may seem to be, on average. If they are
/// more, there is another pass.
const BEARABLE: f32 = 1.0 / 500.0;

/// How many places of a text are compared with the runs of a bucket: this many, and one more for
/// each so many bytes.
const TRIES: u32 = 64;
const BYTES_PER_TRY: u32 = 32;

/// The runs that are looked for, and the rules that require them.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    runs: Vec<LookedFor>,
    passes: Vec<Pass>,
    /// By run.
    uses: Vec<(RunId, RuleSlot, MaxOffset)>,
    /// Rules whose runs are common, ascending.
    common: Vec<RuleSlot>,
}

/// The number of a run.
type RunId = u32;

#[derive(Debug)]
struct LookedFor {
    run: Run,
    /// Where the bytes start that the masks look at.
    part: usize,
    /// Whether all of its sets are the same.
    is_uniform: bool,
}

/// What one pass over a text looks for.
#[derive(Debug)]
struct Pass {
    masks: Masks,
    buckets: [Vec<RunId>; BUCKETS],
}

/// The rules that are looked for by runs, while a list is loaded.
#[derive(Default)]
pub(crate) struct ShapesBuilder {
    known: FxHashMap<Run, RunId>,
    runs: Vec<Run>,
    uses: Vec<(RunId, RuleSlot, MaxOffset)>,
    common: Vec<RuleSlot>,
}

impl ShapesBuilder {
    /// Looks for a rule by these runs, of which a text that it matches has one. Returns whether
    /// there is room for them.
    #[must_use]
    pub(crate) fn add(&mut self, slot: RuleSlot, required: &RequiredRuns) -> bool {
        let RequiredRuns { runs: required, are_common } = required;
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
        if *are_common {
            self.common.push(slot);
        }
        true
    }

    /// Takes back the rules whose runs are common.
    pub(crate) fn take_common(&mut self) -> Vec<RuleSlot> {
        let taken = std::mem::take(&mut self.common);
        self.uses.retain(|(_, slot, _)| !taken.contains(slot));
        // runs that nobody requires any more
        let mut numbers = vec![None; self.runs.len()];
        let mut kept = Vec::new();
        for (run, ..) in &mut self.uses {
            let number = *numbers[*run as usize].get_or_insert_with(|| {
                kept.push(std::mem::take(&mut self.runs[*run as usize]));
                (kept.len() - 1) as RunId
            });
            *run = number;
        }
        self.runs = kept;
        taken
    }

    pub(crate) fn build(mut self, rarity: &Rarity) -> Shapes {
        let runs: Vec<LookedFor> =
            self.runs.into_iter().map(|run| LookedFor::new(run, rarity)).collect();
        // the most common ones first: they spoil what shares a bucket with them
        let share = |run: &LookedFor| rarity.product(run.looked_at());
        let mut order: Vec<(RunId, &LookedFor)> = (0..).zip(&runs).collect();
        order.sort_by(|(_, one), (_, other)| share(other).total_cmp(&share(one)));
        let most = runs.len().div_ceil(BUCKETS).min(MAX_PASSES);
        let mut distributions = (1..=most).map(|passes| distribute(&order, passes, rarity));
        let is_good = |buckets: &Vec<Bucket>| {
            buckets.iter().map(|bucket| rarity.of_run(&bucket.sets)).sum::<f32>() <= BEARABLE
        };
        let mut buckets =
            distributions.find(is_good).unwrap_or_else(|| distribute(&order, most, rarity));
        let passes = buckets.chunks_mut(BUCKETS).map(|buckets| {
            let mut masks = Masks::EMPTY;
            for (number, bucket) in buckets.iter().enumerate() {
                for &run in &bucket.runs {
                    masks.add(number, runs[run as usize].looked_at());
                }
            }
            let buckets = std::array::from_fn(|bucket| std::mem::take(&mut buckets[bucket].runs));
            Pass { masks, buckets }
        });
        let passes = passes.collect();
        self.uses.sort_unstable();
        self.uses.dedup();
        self.common.sort_unstable();
        Shapes { passes, runs, uses: self.uses, common: self.common }
    }
}

/// Puts runs into the buckets of so many passes, each where it adds the least.
fn distribute(runs: &[(RunId, &LookedFor)], passes: usize, rarity: &Rarity) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = (0..passes * BUCKETS).map(|_| Bucket::default()).collect();
    for &(id, run) in runs {
        let run = run.looked_at();
        let added = |bucket: &Bucket| bucket.share_with(run, rarity) - bucket.share;
        let least = buckets.iter_mut().min_by(|one, other| added(one).total_cmp(&added(other)));
        if let Some(bucket) = least {
            bucket.add(id, run, rarity);
        }
    }
    buckets
}

/// Runs that share a bucket, while they are distributed.
#[derive(Default)]
struct Bucket {
    runs: Vec<RunId>,
    /// At each place of a run, the bytes that one of them can have there.
    sets: [ByteSet; DEPTH],
    /// How often one of them can be in a byte of text, about.
    share: f32,
}

impl Bucket {
    /// [`Self::share`] with another run.
    fn share_with(&self, run: &[ByteSet], rarity: &Rarity) -> f32 {
        rarity.product(&self.sets_with(run))
    }

    fn sets_with(&self, run: &[ByteSet]) -> [ByteSet; DEPTH] {
        let any = ByteSet::range(0, u8::MAX);
        std::array::from_fn(|at| self.sets[at].union(run.get(at).copied().unwrap_or(any)))
    }

    fn add(&mut self, id: RunId, run: &[ByteSet], rarity: &Rarity) {
        self.share = self.share_with(run, rarity);
        self.sets = self.sets_with(run);
        self.runs.push(id);
    }
}

impl LookedFor {
    fn new(run: Run, rarity: &Rarity) -> Self {
        let share = |&at: &usize| rarity.product(&run[at..at + DEPTH]);
        let parts = 0..(run.len() + 1).saturating_sub(DEPTH);
        let part = parts.min_by(|one, other| share(one).total_cmp(&share(other))).unwrap_or(0);
        let is_uniform = run.iter().all(|set| *set == run[0]);
        Self { run, part, is_uniform }
    }

    fn looked_at(&self) -> &[ByteSet] {
        &self.run[self.part..self.run.len().min(self.part + DEPTH)]
    }
}

/// The runs of a text. Memory that scans reuse.
#[derive(Debug, Default)]
pub(crate) struct FoundRuns {
    /// By run.
    all: Vec<FoundRun>,
    /// By pass and bucket: at how many more places its runs are compared.
    tries: Vec<[u32; BUCKETS]>,
}

/// Where a text has a run.
#[derive(Clone, Copy, Debug)]
struct FoundRun {
    /// Where it starts the first and the last time. Nowhere: the first is after the last.
    first: u32,
    last: u32,
    /// It does not start before this place, but for where it has been found.
    not_before: usize,
}

const NOWHERE: FoundRun = FoundRun { first: u32::MAX, last: 0, not_before: 0 };

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
                    let mut buckets = pass.masks.buckets_at(*bytes);
                    while buckets != 0 {
                        let bucket = buckets.trailing_zeros() as usize;
                        buckets &= buckets - 1;
                        let runs = &pass.buckets[bucket];
                        self.compare(runs, text, at + place, &mut tries[bucket], &mut found.all);
                    }
                }
            }
        }
    }

    /// Looks which runs of a bucket a text has where their rarest parts can be at `at`.
    fn compare(
        &self,
        runs: &[RunId],
        text: &[u8],
        at: usize,
        tries: &mut u32,
        found: &mut [FoundRun],
    ) {
        let mut compared = 0;
        if *tries == 0 {
            return;
        }
        let is_last = *tries == 1;
        for &id in runs {
            let (looked_for, found) = (&self.runs[id as usize], &mut found[id as usize]);
            if is_last {
                // it may be anywhere from here on
                let start = at.saturating_sub(looked_for.part) as u32;
                (found.first, found.last) = (found.first.min(start), u32::MAX);
                continue;
            }
            let Some(start) = at.checked_sub(looked_for.part) else { continue };
            if start < found.not_before {
                continue;
            }
            compared = 1;
            match mismatch(&looked_for.run, text, start) {
                None => (found.first, found.last) = (found.first.min(start as u32), start as u32),
                // of a uniform run, no byte can be the one that is wrong here
                Some(wrong) if looked_for.is_uniform => found.not_before = start + wrong + 1,
                Some(_) => {}
            }
        }
        *tries -= if is_last { 1 } else { compared };
    }

    /// The rules whose runs may be in many texts, ascending.
    pub(crate) fn common(&self) -> &[RuleSlot] {
        &self.common
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
            let FoundRun { first, last, .. } = found.all[run as usize];
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
        Kernel::Avx2(avx2) => avx2::places(avx2, masks, block),
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512(avx512) => avx512::places(avx512, masks, block),
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Kernel::Neon(neon) => neon::places(neon, masks, block),
    }
}
