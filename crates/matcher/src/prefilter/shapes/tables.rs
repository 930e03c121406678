//! What is looked for.

use crate::ids::RuleSlot;
use crate::prefilter::reach::Reach;
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::masks::{BUCKETS, DEPTH, Masks};
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::Run;

/// The runs that are looked for, and the rules that require them.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(super) runs: Vec<LookedFor>,
    pub(super) passes: Vec<Pass>,
    /// By run: the rules that require it, and its offset from the start of a match.
    pub(super) uses: Vec<(RunId, RuleSlot, Reach)>,
}

/// The number of a run.
pub(super) type RunId = u32;

/// A run, and how it is looked for.
#[derive(Debug)]
pub(super) struct LookedFor {
    pub(super) run: Run,
    /// Where the bytes start that the masks look at.
    pub(super) part: usize,
    /// Whether all of its sets are the same.
    pub(super) is_uniform: bool,
}

/// What one pass over a text looks for.
#[derive(Debug)]
pub(super) struct Pass {
    pub(super) masks: Masks,
    pub(super) buckets: [Vec<Group>; BUCKETS],
}

/// Some runs of a bucket.
#[derive(Debug)]
pub(super) struct Group {
    /// The last one also in place of those that there are less than [`BUCKETS`].
    runs: [RunId; BUCKETS],
    /// Which of them can be at a place. `None` of a single one, for that is what the pass tells.
    masks: Option<Box<Masks>>,
}

impl Group {
    /// Of one to [`BUCKETS`] runs.
    pub(super) fn new(runs: &[RunId], all: &[LookedFor]) -> Self {
        let masks = (runs.len() > 1).then(|| {
            let mut masks = Box::new(Masks::EMPTY);
            for (number, &run) in runs.iter().enumerate() {
                masks.add(number, all[run as usize].looked_at());
            }
            masks
        });
        Self { runs: std::array::from_fn(|at| runs[at.min(runs.len() - 1)]), masks }
    }

    /// The runs, and perhaps some of them twice.
    pub(super) fn runs(&self) -> &[RunId; BUCKETS] {
        &self.runs
    }

    /// Which of [`Self::runs`] can have their rarest parts at the start of `text`, a bit for each.
    #[inline]
    pub(super) fn at(&self, text: &[u8]) -> u8 {
        self.masks.as_ref().map_or(1, |masks| masks.buckets_at(text))
    }
}

impl LookedFor {
    /// By its rarest part.
    pub(super) fn new(run: Run, rarity: &Rarity) -> Self {
        let share = |&at: &usize| rarity.product(&run[at..at + DEPTH]);
        let parts = 0..(run.len() + 1).saturating_sub(DEPTH);
        let part = parts.min_by(|one, other| share(one).total_cmp(&share(other))).unwrap_or(0);
        let is_uniform = run.iter().all(|set| *set == run[0]);
        Self { run, part, is_uniform }
    }

    /// What the masks look at.
    pub(super) fn looked_at(&self) -> &[ByteSet] {
        &self.run[self.part..self.run.len().min(self.part + DEPTH)]
    }
}
