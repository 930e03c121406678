//! From the runs that rules require to the passes that look for them.
//!
//! Runs are put into as few passes as there can be without too many places of a text that pass for
//! nothing.

use rustc_hash::FxHashMap;

use crate::ids::RuleSlot;
use crate::prefilter::reach::Reach;
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::masks::{BUCKETS, DEPTH, Masks};
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::{RequiredRun, RequiredRuns, Run};
use crate::prefilter::shapes::tables::{Group, LookedFor, Pass, RunId, Tables};

/// The most runs that are looked for.
pub(super) const MAX_RUNS: usize = 256;

/// The most passes over a text: with more than [`BUCKETS`] runs for each, runs share buckets.
const MAX_PASSES: usize = 6;

/// The fewest bytes that a pass looks at if runs have them: in texts, a byte says much of the next.
const LEAST_DEPTH: usize = 3;

// Costs for a byte of text, in runs that are compared.

/// Of a place where a run may be.
const PLACE: u16 = 4;
/// Of a pass, and of each of the bytes at a place that it looks at.
const PASS: f32 = 1.0 / 64.0;
const PASS_BYTE: f32 = 1.0 / 128.0;
/// So much more often than in the background there are places in a text that happens to be full of
/// them.
const FULL: f32 = 20.0;

/// The rules that are looked for by runs, while a list is loaded.
#[derive(Default)]
pub(crate) struct ShapesBuilder {
    known: FxHashMap<Run, RunId>,
    runs: Vec<Run>,
    uses: Vec<(RunId, RuleSlot, Reach)>,
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
            self.uses.push((id, slot, Reach::from(*max_offset)));
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

    /// What is to be looked for, and the rules whose runs are common, ascending.
    pub(crate) fn build(mut self, rarity: &Rarity) -> (Tables, Vec<RuleSlot>) {
        let runs: Vec<LookedFor> =
            self.runs.into_iter().map(|run| LookedFor::new(run, rarity)).collect();
        // The most common ones first: they spoil what shares a bucket with them. The bits of floats
        // above zero have the order of their values.
        let share = |run: &LookedFor| rarity.product(run.looked_at());
        let keys = (0..).zip(&runs).map(|(id, run)| (!share(run).to_bits(), id));
        let mut order: Vec<u64> =
            keys.map(|(rank, id): (u32, RunId)| u64::from(rank) << 32 | u64::from(id)).collect();
        order.sort_unstable();
        let by_key = |key: u64| (key as RunId, &runs[key as RunId as usize]);
        let order: Vec<(RunId, &LookedFor)> = order.into_iter().map(by_key).collect();
        let most = runs.len().div_ceil(BUCKETS).min(MAX_PASSES);
        let distributions = (1..=most).map(|passes| distribute(&order, passes, rarity));
        let cost = |buckets: &Vec<Bucket>| buckets.chunks(BUCKETS).map(cost_of_pass).sum::<f32>();
        let cheapest = distributions.min_by(|one, other| cost(one).total_cmp(&cost(other)));
        let mut buckets = cheapest.unwrap_or_default();
        let passes = buckets.chunks_mut(BUCKETS).map(|buckets| {
            let mut masks = Masks::EMPTY;
            for (number, bucket) in buckets.iter().enumerate() {
                for &run in &bucket.runs {
                    masks.add(number, runs[run as usize].looked_at());
                }
            }
            masks.depth = cheapest_depth(&masks, buckets, rarity);
            let groups = |bucket: usize| buckets[bucket].runs.chunks(BUCKETS);
            let group = |of_group: &[RunId]| Group::new(of_group, &runs);
            let buckets = std::array::from_fn(|bucket| groups(bucket).map(group).collect());
            Pass { masks, buckets }
        });
        let passes = passes.filter(|pass| pass.masks.depth > 0).collect();
        self.uses.sort_unstable_by_key(|&(run, slot, _)| (run, slot));
        self.uses.dedup();
        self.common.sort_unstable();
        (Tables { passes, runs, uses: self.uses }, self.common)
    }
}

/// Puts runs into the buckets of so many passes, each where it adds the least.
fn distribute(runs: &[(RunId, &LookedFor)], passes: usize, rarity: &Rarity) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = (0..passes * BUCKETS).map(|_| Bucket::empty()).collect();
    for &(id, run) in runs {
        let run = run.looked_at();
        let added = |bucket: &Bucket| {
            bucket.cost_of(bucket.share_with(run, rarity), 1) - bucket.cost_of(bucket.share, 0)
        };
        let least = buckets.iter_mut().min_by(|one, other| added(one).total_cmp(&added(other)));
        if let Some(bucket) = least {
            bucket.add(id, run, rarity);
        }
    }
    buckets
}

/// What a pass costs that looks for these.
fn cost_of_pass(buckets: &[Bucket]) -> f32 {
    let depth = buckets.iter().map(|bucket| bucket.depth).max().unwrap_or(0);
    if depth == 0 {
        return 0.0;
    }
    let places = buckets.iter().map(|bucket| bucket.cost_of(bucket.share, 0)).sum::<f32>();
    PASS + PASS_BYTE * f32::from(depth) + FULL * places
}

/// How many bytes a pass best looks at, of those that its masks know. Runs are compared as a whole
/// in any case, and the first few bytes of most tell that a run is nowhere.
#[inline(never)]
fn cheapest_depth(masks: &Masks, buckets: &[Bucket], rarity: &Rarity) -> usize {
    let most = buckets.iter().map(|bucket| bucket.runs.len() as u16).max().unwrap_or(0);
    let of_runs = |depth: usize| {
        let share = |bucket: &Bucket| rarity.product(&bucket.sets[..depth.min(bucket.sets.len())]);
        buckets.iter().map(|bucket| bucket.cost_of(share(bucket), 0)).sum::<f32>()
    };
    let seen = rarity.share_by_depth(masks);
    let cost = |&depth: &usize| {
        let places = (FULL * of_runs(depth)).max(seen[depth] * f32::from(PLACE + most));
        PASS_BYTE * f32::from(depth as u8) + places
    };
    let depths = LEAST_DEPTH.min(masks.depth)..=masks.depth;
    let cheapest = depths.min_by(|one, other| cost(one).total_cmp(&cost(other)));
    cheapest.unwrap_or(masks.depth)
}

/// Runs that share a bucket, while they are distributed.
struct Bucket {
    runs: Vec<RunId>,
    /// At each place of the shortest run, the bytes that the masks let pass.
    sets: Vec<ByteSet>,
    /// How often one of them can be in a byte of text, about.
    share: f32,
    /// How many bytes the longest one has.
    depth: u8,
}

impl Bucket {
    fn empty() -> Self {
        Self { runs: Vec::new(), sets: vec![ByteSet::NONE; DEPTH], share: 0.0, depth: 0 }
    }

    /// [`Self::share`] with another run.
    fn share_with(&self, run: &[ByteSet], rarity: &Rarity) -> f32 {
        self.sets_with(run).map(|set| rarity.share(set)).product()
    }

    /// What it costs that one of its runs, and of so many more, can be at such a share of places:
    /// each of them is compared there.
    fn cost_of(&self, share: f32, more: u16) -> f32 {
        share * f32::from(PLACE + self.runs.len() as u16 + more)
    }

    fn sets_with(&self, run: &[ByteSet]) -> impl Iterator<Item = ByteSet> {
        self.sets.iter().zip(run).map(|(set, &of_run)| set.union(of_run).product())
    }

    fn add(&mut self, id: RunId, run: &[ByteSet], rarity: &Rarity) {
        self.share = self.share_with(run, rarity);
        self.sets = self.sets_with(run).collect();
        self.depth = self.depth.max(run.len() as u8);
        self.runs.push(id);
    }
}
