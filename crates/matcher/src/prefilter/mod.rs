//! One pass over a text that tells which of thousands of rules can match it at all.
//!
//! **Law: no false negative.** A rule whose pattern matches the text is among the candidates, or
//! among the rules of which the prefilter knows nothing ([`Prefilter::unfiltered`]). A candidate
//! need not match.
//!
//! # What it does
//!
//! When rules are loaded: `extract` derives from each pattern the literals that a matching text
//! must contain. `select` chooses the rarest that suffice, judged by the whole list. `index` enters
//! them in tables.
//!
//! When a text is scanned: the index's `sieve` passes only those places of the text at which a
//! literal can be. They are looked up in a hash table, and there the literal is compared. From the
//! literals that are found, `candidates` derives the rules that can match, and where their matches
//! can start; of rules that share a literal, `nearby` drops those that lack something else not far
//! from it, and where they would be many, `trigrams` those that lack it in all of the text. Upper
//! and lower case are one throughout (`fold`, and `united` for what that leaves of Cyrillic and
//! Greek), so one pass serves all rules.
//!
//! Rules without a literal that is worth it are looked for by runs of byte sets, in a pass of their
//! own: see `shapes`.
//!
//! # When it helps
//!
//! Most rules name something that few errors have: an element, a class, a code. Then a text of 2 KB
//! costs about a microsecond with thousands of rules, and two or three with a hundred thousand,
//! whose tables outgrow the inner caches. Hardly a rule is left to run.
//!
//! # When it hurts
//!
//! - A rule whose rarest literal is in nearly every text (`Error: `) is nearly always a candidate,
//!   unless its trigrams tell: looking for it is wasted.
//! - Literals of less than seven bytes need more windows. If the shortest one has five or six
//!   bytes, a pass takes twice as long; if it has three or four, it takes four times as long,
//!   unless first bytes differ little, as those of codes do: then a look at these is faster.
//!   [`Prefilter::short`] names their rules. Where they are few, they are looked for by runs.
//!
//! # Limits
//!
//! Rules without a literal of three bytes and without a run that is rare, and rules whose short
//! literal is in nearly every text, are not looked for at all. A literal has at most 128 bytes, a
//! set of alternatives at most 16 literals; what exceeds that is cut to something weaker. Offsets
//! in texts are 32 bits.
//!
//! # Glossary
//!
//! - **4-gram**: four adjacent folded bytes. **Window**: sixteen, that is four 4-grams.
//! - **Sieve**: the Bloom filter that most windows of a text do not pass.
//! - **Bucket**: a cache line of the hash table.
//! - **Gate**: a literal that a rule requires besides its rarest one, or one of several, and that
//!   many rules require or others are looked for by. Without it the rule is no candidate.
//! - **Kernel**: the code of the sieve, and of the pass for runs, for one instruction set.
//! - **Run**: adjacent bytes of a text, a set of bytes for each.
//! - **Trigram**: three adjacent folded bytes, of those that a rule requires besides its literal.
//! - **Chunk**: 16 KB of text, scanned at a time.

mod candidates;
mod cheapest;
mod extract;
mod fold;
mod gates;
mod hash;
mod index;
mod lengths;
mod nearby;
mod neighbours;
mod nth;
mod places;
mod ranges;
mod rare;
mod reach;
mod row;
mod select;
pub(crate) mod shapes;
mod sieve;
mod starts;
mod trigrams;
mod united;

use std::borrow::{Borrow, Cow};
use std::mem;
use std::ops::Range;

use crate::ids::RuleSlot;

pub use self::candidates::Candidate;
use self::candidates::{Located, Near, candidates, candidates_of, in_order};
pub use self::extract::Requirement;
pub(crate) use self::extract::extractor::Extractor;
pub(crate) use self::extract::requirement::{RequirementRef, Requirements};
pub(crate) use self::fold::find_folded;
use self::gates::GateSets;
use self::index::found::FoundLiterals;
use self::index::literals::Literals;
use self::index::row::RowLiterals;
use self::index::{BatchBuffers, ChunkScan, Found, Index};
pub(crate) use self::lengths::CHUNK_BYTES;
use self::nearby::{AllNearby, LongLooks};
use self::rare::{FoundVariants, RareVariants};
pub(crate) use self::row::RowCandidates;
use self::select::Selection;
use self::select::uses::LiteralId;
pub(crate) use self::shapes::edges::{Edges, shape};
use self::shapes::rarity::Rarity;
pub(crate) use self::shapes::run::Shape;
use self::shapes::{FoundRuns, Shapes};
pub use self::sieve::Kernel;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
pub use self::sieve::Neon;
#[cfg(target_arch = "x86_64")]
pub use self::sieve::{Avx2, Avx512};
use self::starts::{FirstSeparators, Starts};
use self::trigrams::{TextTrigrams, Trigrams};
use self::united::UnitedText;
pub(crate) use self::united::{Letters, unite, uniting_pays};

/// The literals of a rule list, ready to be looked for. Immutable; threads share it.
#[derive(Debug)]
pub struct Prefilter {
    kernel: Kernel,
    literals: Literals,
    gates: GateSets,
    trigrams: Trigrams,
    nearby: AllNearby,
    indexes: Vec<Index>,
    shapes: Shapes,
    rare: RareVariants,
    /// Whether literals have letters that are united, so that texts have to be.
    is_united: bool,
    short: Vec<RuleSlot>,
    passed_over: Vec<(RuleSlot, Box<[u8]>)>,
    unfiltered: Vec<RuleSlot>,
}

/// Memory that scans reuse. One per thread; it may serve several prefilters in turn.
#[derive(Debug, Default)]
pub struct PrefilterScratch {
    found: FoundLiterals,
    runs: FoundRuns,
    variants: FoundVariants,
    located: Located,
    trigrams: TextTrigrams,
    united: UnitedText,
    /// Of a row.
    row: RowLiterals,
    /// For [`Prefilter::scan`] and [`Prefilter::scan_row`].
    candidates: Vec<Candidate>,
    buffers: BatchBuffers,
}

/// What is to be looked for on behalf of a list, but not in tables yet.
pub(crate) struct Chosen<'r> {
    selection: Selection<'r>,
    rarity: Rarity,
    is_united: bool,
}

impl<'r> Chosen<'r> {
    /// `all`: the rules in list order. `rule_of`: such a rule, with what it requires. `shape_of`:
    /// [`shape`] of a rule.
    pub(crate) fn of<T: Sync>(
        all: &[T],
        rule_of: impl Fn(&T) -> (RuleSlot, RequirementRef<'r>) + Sync,
        shape_of: impl Fn(RuleSlot, &Rarity) -> Shape,
    ) -> Self {
        let rarity = Rarity::of(all.iter().map(|rule| rule_of(rule).1.bytes()));
        let is_united = all.first().is_some_and(|rule| rule_of(rule).1.is_united());
        let selection = Selection::of(all, rule_of, |slot| shape_of(slot, &rarity));
        Self { selection, rarity, is_united }
    }
}

impl PrefilterScratch {
    /// Whether [`Prefilter::candidates_of`] knows of some rules.
    pub(crate) fn has_deferred(&self) -> bool {
        self.located.has_deferred()
    }
}

impl Prefilter {
    /// Chooses what to look for. `requirements`: rules by slot, in any order, each at most
    /// once.
    pub fn build<R: Borrow<Requirement>>(
        requirements: impl IntoIterator<Item = (RuleSlot, R)>,
    ) -> Self {
        let mut list: Vec<_> = requirements.into_iter().collect();
        list.sort_unstable_by_key(|&(slot, _)| slot);
        let of_list = || list.iter().map(|(_, requirement)| requirement.borrow());
        let united: Option<Vec<_>> = uniting_pays(of_list().map(Requirement::letters))
            .then(|| of_list().map(Requirement::united).collect());
        let all = list.iter().enumerate().map(|(at, (slot, requirement))| {
            let united = united.as_ref().map(|united| &united[at]);
            (*slot, united.unwrap_or(requirement.borrow()).required())
        });
        let all: Vec<_> = all.collect();
        let shape_of = |wanted: RuleSlot, rarity: &_| match list
            .binary_search_by_key(&wanted, |&(slot, _)| slot)
        {
            Ok(at) => list[at].1.borrow().shape(rarity),
            Err(_) => Shape::Unknown,
        };
        Self::of(Chosen::of(&all, |rule| *rule, shape_of))
    }

    /// The tables for what was chosen to be looked for.
    pub(crate) fn of(chosen: Chosen<'_>) -> Self {
        let Chosen { selection, rarity, is_united } = chosen;
        let Selection {
            literals,
            neighbours,
            uses,
            gates,
            shapes,
            supposing,
            eight_grams,
            trigrams,
            nearby,
            ..
        } = selection;
        Self {
            kernel: Kernel::detect(),
            indexes: Index::by_length(&literals, &eight_grams),
            literals: Literals::new(&literals, &neighbours, uses),
            gates,
            trigrams,
            nearby,
            shapes: Shapes::new(shapes.build(&rarity)),
            rare: RareVariants::new(supposing),
            is_united,
            short: selection.short,
            passed_over: selection.passed_over,
            unfiltered: selection.unfiltered,
        }
    }

    /// Makes scans run on `kernel` instead of the fastest one, for tests and measurements.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.kernel = kernel;
        self
    }

    /// The kernel that scans run on.
    pub(crate) fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The rules with literals that can match `haystack`, ascending. `haystack`: UTF-8, lone
    /// surrogates in three bytes as if they were characters. `unit_bytes`: the most bytes that a
    /// UTF-16 code unit of it takes, 1 or 3.
    ///
    /// Allocates only until `scratch` has grown.
    pub fn scan<'s>(
        &self,
        haystack: &[u8],
        unit_bytes: u32,
        scratch: &'s mut PrefilterScratch,
    ) -> &'s [Candidate] {
        self.begin_scan(haystack.len(), scratch);
        for chunk in chunks(haystack.len()) {
            self.scan_chunk(haystack, chunk, scratch);
        }
        let mut candidates = mem::take(&mut scratch.candidates);
        self.candidates(haystack, unit_bytes, scratch, &mut candidates);
        scratch.candidates = candidates;
        &scratch.candidates
    }

    /// Starts on a new text of so many bytes: forgets the literals of the last one.
    pub(crate) fn begin_scan(&self, bytes: usize, scratch: &mut PrefilterScratch) {
        scratch.found.clear(self.literals.len());
        scratch.variants.clear();
        scratch.united.clear();
        self.shapes.begin(bytes, &mut scratch.runs);
    }

    /// Finds each literal of which a window starts within `chunk` of `text`. Reads a few bytes past
    /// the chunk, so literals across its end are found; `text` is the whole text each time.
    ///
    /// A scan is [`Self::begin_scan`], this for each of [`chunks`], then [`Self::candidates`].
    /// Chunks start at multiples of [`CHUNK_BYTES`] and end there or where the text does. Between
    /// two of them the caller can do something else; it has `chunk` in the cache then.
    pub(crate) fn scan_chunk(
        &self,
        text: &[u8],
        chunk: Range<usize>,
        scratch: &mut PrefilterScratch,
    ) {
        let PrefilterScratch { found, runs, variants, united, buffers, .. } = scratch;
        let Self { literals, shapes, rare, .. } = self;
        shapes.scan(self.kernel, text, chunk.clone(), runs);
        if let Some((copy, found)) = rare.scan(text, chunk.clone(), literals.len(), variants) {
            let copy = self.as_looked_for(copy);
            for chunk in chunks(copy.len()) {
                self.scan_for_literals(&copy, chunk, buffers, Found::Text(found));
            }
        }
        let text = if self.is_united { united.up_to(text, chunk.end) } else { text };
        self.scan_for_literals(text, chunk, buffers, Found::Text(found));
    }

    fn scan_for_literals(
        &self,
        text: &[u8],
        chunk: Range<usize>,
        buffers: &mut BatchBuffers,
        found: Found<'_>,
    ) {
        let Self { kernel, ref literals, ref indexes, .. } = *self;
        let mut scan = ChunkScan { kernel, text, chunk, literals, buffers, found };
        for index in indexes {
            index.scan(&mut scan);
        }
    }

    /// The rules that can match the text that was scanned last, as with [`Self::scan`]. `text`: the
    /// whole of it. They replace what `candidates` has.
    #[inline]
    pub(crate) fn candidates(
        &self,
        text: &[u8],
        unit_bytes: u32,
        scratch: &mut PrefilterScratch,
        candidates: &mut Vec<Candidate>,
    ) {
        let PrefilterScratch { found, runs, variants, located, trigrams, united, .. } = scratch;
        let Self { literals, gates, nearby, .. } = self;
        candidates.clear();
        located.clear();
        let firsts = FirstSeparators::default();
        let starts = Starts::new(text, unit_bytes, &firsts);
        self.shapes.candidates(runs, starts, candidates);
        if !found.all().is_empty() {
            let text = if self.is_united { united.up_to(text, text.len()) } else { text };
            let narrowing = self.trigrams.narrowing(text, trigrams);
            let long = LongLooks::default();
            let near = Near { nearby, text, starts_in: starts, long: &long };
            self::candidates(literals, gates, found, near, narrowing, located, candidates);
            if !located.has_deferred() {
                united.clear();
            }
        }
        self.rare.candidates(literals, gates, found, variants, candidates);
        in_order(candidates);
    }

    /// Of a rule with so many places in the text that [`Self::candidates`] has not looked at all of
    /// them: its candidates by all places. `None`: it has. `text`: the same as there, and `scratch`
    /// as it was left by it.
    pub(crate) fn candidates_of(
        &self,
        slot: RuleSlot,
        text: &[u8],
        unit_bytes: u32,
        scratch: &mut PrefilterScratch,
    ) -> Option<Vec<Candidate>> {
        let PrefilterScratch { found, variants, located, united, .. } = scratch;
        // of one that can match without its literals, the candidates are all that is known
        if !located.has_deferred() || self.rare.concern(slot, variants) {
            return None;
        }
        let firsts = FirstSeparators::default();
        let starts_in = Starts::new(text, unit_bytes, &firsts);
        let text = if self.is_united { united.up_to(text, text.len()) } else { text };
        let long = LongLooks::default();
        let near = Near { nearby: &self.nearby, text, starts_in, long: &long };
        candidates_of(slot, &self.literals, &self.gates, found, near, located)
    }

    /// The rules of which the prefilter knows nothing: each may match any text. Ascending.
    pub fn unfiltered(&self) -> &[RuleSlot] {
        &self.unfiltered
    }

    /// The rules that are looked for by runs that may be in many texts: it pays to ask one
    /// automaton for all of them before they are run. Ascending.
    pub fn common(&self) -> &[RuleSlot] {
        self.shapes.common()
    }

    /// The rules that are looked for by a literal of less than seven bytes, because they
    /// require no longer one: each of them makes every scan slower. Ascending.
    pub fn short(&self) -> &[RuleSlot] {
        &self.short
    }

    /// Literals of which a text that the rule matches contains one, folded. None if there is no
    /// such rule, or it requires none. Slow: it looks through all literals.
    pub fn literals_of(&self, slot: RuleSlot) -> Vec<Vec<u8>> {
        let of_rule = |literal: &LiteralId| self.literals.rules(*literal).any(|of| of.slot == slot);
        let looked_for = self.ids().filter(of_rule).map(|literal| self.literals.get(literal));
        let passed_over = self.passed_over.iter().filter(|(of, _)| *of == slot);
        looked_for.chain(passed_over.map(|(_, literal)| literal.to_vec())).collect()
    }

    /// The runs of which a text that the rule matches has one, if the rule is looked for by runs
    /// and not by literals: for each byte the bytes that it can be.
    pub fn runs_of(&self, slot: RuleSlot) -> Vec<Vec<Vec<u8>>> {
        self.shapes.runs_of(slot)
    }

    /// Whether a chunk of a text has a character that this rule's literals suppose not to be there:
    /// then the text can match without them.
    pub(crate) fn needs_no_literals(
        &self,
        slot: RuleSlot,
        text: &[u8],
        chunk: Range<usize>,
    ) -> bool {
        self.rare.contradict(slot, text, chunk)
    }

    /// Literals of which a text must contain one besides one of these, folded: they are looked for
    /// on behalf of other rules, too. None if there are none.
    pub fn gate_of(&self, slot: RuleSlot) -> Vec<Vec<u8>> {
        let mut rules = self.ids().flat_map(|literal| self.literals.rules(literal));
        let gate = rules.find(|of| of.slot == slot).and_then(|of| of.gate);
        let literals = gate.iter().flat_map(|(gate, _)| self.gates.literals(gate));
        literals.map(|literal| self.literals.get(*literal)).collect()
    }

    /// A text with its letters [united](self::united) if the literals' are.
    pub(crate) fn as_looked_for<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        if self.is_united { unite(text) } else { text.into() }
    }

    /// Whether a text has what tells this rule from others with the same literal, as far as
    /// trigrams can say: for tests, because a scan asks only where that pays.
    pub fn has_trigrams_of(&self, slot: RuleSlot, text: &[u8]) -> bool {
        self.trigrams.are_in(slot, &self.as_looked_for(text))
    }

    /// Whether what is near its literal may tell that a text cannot match this rule, although the
    /// text has all that it requires: for tests.
    pub fn looks_nearby(&self, slot: RuleSlot) -> bool {
        self.nearby.knows(slot)
    }

    fn ids(&self) -> Range<LiteralId> {
        0..self.literals.len() as LiteralId
    }
}

/// The chunks of a text of `length` bytes, in order, for [`Prefilter::scan_chunk`].
pub(crate) fn chunks(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length).step_by(CHUNK_BYTES).map(move |start| start..length.min(start + CHUNK_BYTES))
}
