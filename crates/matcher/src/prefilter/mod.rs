//! One pass over a text that tells which of thousands of rules can match it at all.
//!
//! **Law: no false negative.** A rule whose pattern matches the text is among the candidates, or among the rules that
//! the prefilter says it does not know ([`Prefilter::unfiltered`]). A candidate may well not match.
//!
//! What it does: [`Requirement`] says of each pattern which literals a text must contain for a match (`extract`). Of
//! what is required the rarest is chosen, judged by the whole list (`rarity`, `choice`). The chosen literals of all
//! rules make up an `index`, whose `sieve` lets pass only those places of the text where a literal can be; those are looked
//! up in a hash table (`windows`, `buckets`), and there the literal is compared as a whole. Upper and lower case are one
//! throughout (`fold`), so one pass serves all rules. The literals that are found tell which rules can match, and
//! where their matches can begin (`candidates`, `reach`).
//!
//! When it helps: most rules name something that few errors have, an element, a class, a code. Then a text of 2 KB
//! costs about a microsecond with thousands of rules (and two or three with a hundred thousand, whose tables outgrow the
//! inner caches), and hardly a rule is left to run.
//!
//! When it hurts: a rule whose rarest literal is in nearly every text (`Error: `) is nearly always a candidate. Literals
//! of less than seven bytes need more windows: one of five or six in the list and a pass takes twice as long, one of four
//! and it takes three to four times as long, one of three and that much is added again. [`Prefilter::short`] names their
//! rules. What has no literal of three bytes, and what has a short one that is in nearly every text, is not looked for
//! at all.

mod candidates;
mod extract;
mod fold;
mod hash;
mod index;
mod lengths;
mod select;
mod sieve;

use std::borrow::Borrow;
use std::ops::Range;

use rustc_hash::FxHashMap;

pub use self::candidates::Candidate;
use self::candidates::{FoundLiterals, OpenGates, candidates};
pub use self::extract::Requirement;
pub(crate) use self::extract::extractor::Extractor;
use self::extract::max_offset::MaxOffset;
pub(crate) use self::extract::requirement::{RequirementRef, Requirements};
use self::index::literals::{Distinct, GateId, LiteralId, Literals, RuleLiteral, Use};
use self::index::{Batch, Index, Scan};
pub(crate) use self::lengths::CHUNK_BYTES;
use self::lengths::{LONG, MEDIUM, SHORT};
use self::select::choice::{self, Selected};
use self::select::ngrams::NgramCounts;
#[cfg(target_arch = "x86_64")]
pub use self::sieve::Avx2;
pub use self::sieve::Kernel;

/// Rules that share a gate, at least. But one that looks around has a gate of its own.
const FEWEST_AT_GATE: usize = 8;

/// They are no more than one rule in so many.
const MOST_AT_GATE: usize = 16;

/// The literals of a rule list, ready to be looked for. Immutable; threads share it.
#[derive(Debug)]
pub struct Prefilter {
    kernel: Kernel,
    literals: Literals,
    /// Literals of [`LONG`] bytes and more, of [`MEDIUM`] and more, of [`SHORT`].
    indexes: Vec<Index>,
    short: Vec<u32>,
    unfiltered: Vec<u32>,
}

/// Memory that scans reuse. One per thread; it may serve several prefilters in turn.
#[derive(Debug, Default)]
pub struct PrefilterScratch {
    found: FoundLiterals,
    gates: OpenGates,
    candidates: Vec<Candidate>,
    batch: Batch,
}

impl Prefilter {
    /// Chooses what to look for. `requirements`: rules by their index in the list, in any order, each at most once.
    pub fn build<R: Borrow<Requirement>>(requirements: impl IntoIterator<Item = (u32, R)>) -> Self {
        let mut list: Vec<_> = requirements.into_iter().collect();
        list.sort_unstable_by_key(|&(rule, _)| rule);
        Self::of(list.iter().map(|(rule, requirement)| (*rule, requirement.borrow().required())))
    }

    /// [`Self::build`], of rules in list order.
    pub(crate) fn of<'r>(all: impl Iterator<Item = (u32, RequirementRef<'r>)> + Clone) -> Self {
        let known = |(_, required): &(u32, RequirementRef<'_>)| !required.is_none();
        let mut unfiltered: Vec<u32> =
            all.clone().filter(|rule| !known(rule)).map(|(rule, _)| rule).collect();
        let list = all.filter(known);

        let rules = list.clone().count();
        let mut literals = Distinct::with_room(rules);
        let mut sought: Vec<(LiteralId, u32, RuleLiteral)> = Vec::with_capacity(rules);
        let rarity = NgramCounts::of(list.clone().map(|(_, required)| required));
        let mut gates = Gates::default();
        let mut short = Vec::new();
        for (place, (rule, requirement)) in (0..).zip(list) {
            let mut shortest = usize::MAX;
            let chosen = choice::choose(requirement, &rarity);
            if chosen.is_empty() {
                unfiltered.push(rule);
            } else if let Some(Selected { literal, reach }) =
                choice::choose_gate(requirement, &chosen, &rarity)
            {
                let alone = requirement.has_lookaround();
                gates.add(requirement.literal(literal), alone, place, reach);
            }
            for Selected { literal, reach } in chosen {
                let literal = requirement.literal(literal);
                let of_rule = RuleLiteral { rule, reach, gate: None };
                sought.push((literals.id(literal), place, of_rule));
                shortest = shortest.min(literal.len());
            }
            if shortest < LONG {
                short.push(rule);
            }
        }
        unfiltered.sort_unstable();
        let mut gate_of = vec![None; rules];
        let gates = gates.close(&mut gate_of);
        let behind_gates = sought.into_iter().map(|(literal, place, of_rule)| {
            (literal, Use::Rule(RuleLiteral { gate: gate_of[place as usize], ..of_rule }))
        });
        let mut uses: Vec<(LiteralId, Use)> = behind_gates.collect();
        for (gate, literal) in (0..).zip(gates) {
            uses.push((literals.id(literal), Use::Gate(gate)));
        }
        let literals = literals.into_all();

        Self {
            kernel: Kernel::detect(),
            indexes: index_by_length(&literals, &rarity),
            literals: Literals::new(&literals, uses),
            short,
            unfiltered,
        }
    }

    /// Makes scans run on `kernel` instead of the fastest one, for tests and measurements.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.kernel = kernel;
        self
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
        self.begin_scan(scratch);
        for chunk in chunks(haystack.len()) {
            self.scan_chunk(haystack, chunk, scratch);
        }
        self.candidates(unit_bytes, scratch)
    }

    /// Starts on a new text: forgets the literals of the last one.
    pub(crate) fn begin_scan(&self, scratch: &mut PrefilterScratch) {
        scratch.found.clear(self.literals.len());
    }

    /// Notes each literal that a window within `chunk` of `text` shows. Reads a few bytes past the
    /// chunk, so literals across its end are found; `text` is the whole text each time.
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
        let PrefilterScratch { found, batch, .. } = scratch;
        let Self { kernel, literals, indexes, .. } = self;
        kernel.run(Scan { text, chunk, indexes, literals, batch, found });
    }

    /// Looks for the literals in `haystack`, chunk by chunk. `look` gets the end of the next chunk
    /// and says whether to go on; the result is whether the scan got to the end.
    pub(crate) fn find(
        &self,
        haystack: &[u8],
        scratch: &mut PrefilterScratch,
        mut look: impl FnMut(usize) -> bool,
    ) -> bool {
        self.begin_scan(scratch);
        for chunk in chunks(haystack.len()) {
            if !look(chunk.end) {
                return false;
            }
            self.scan_chunk(haystack, chunk, scratch);
        }
        true
    }

    /// The rules that can match the text that was looked through last, as with [`Self::scan`].
    pub(crate) fn candidates<'s>(
        &self,
        unit_bytes: u32,
        scratch: &'s mut PrefilterScratch,
    ) -> &'s [Candidate] {
        let PrefilterScratch { found, gates, candidates, .. } = scratch;
        self::candidates(&self.literals, found, unit_bytes, gates, candidates);
        candidates
    }

    /// The rules that the prefilter can say nothing about: each may match any text. Ascending.
    pub fn unfiltered(&self) -> &[u32] {
        &self.unfiltered
    }

    /// The rules that are looked for by a literal of less than seven bytes, for want of a better one: each of them
    /// makes every scan slower. Ascending.
    pub fn short(&self) -> &[u32] {
        &self.short
    }

    /// The literals that `rule` is looked for by, folded: a text that it matches has one of them. None if there is no
    /// such rule, or it is unfiltered. For who wants to know: it looks through all literals.
    pub fn literals_of(&self, rule: u32) -> Vec<Vec<u8>> {
        let of_rule =
            |literal: &LiteralId| self.literals.sought(*literal).any(|of| of.rule == rule);
        self.ids().filter(of_rule).map(|literal| self.literals.get(literal)).collect()
    }

    /// What a text must have besides one of these, folded: a literal that many rules require.
    pub fn gate_of(&self, rule: u32) -> Option<Vec<u8>> {
        let mut sought = self.ids().flat_map(|literal| self.literals.sought(literal));
        let (gate, _) = sought.find(|of| of.rule == rule)?.gate?;
        let is_it =
            |literal: &LiteralId| self.literals.uses(*literal).any(|one| one == Use::Gate(gate));
        self.ids().find(is_it).map(|literal| self.literals.get(literal))
    }

    fn ids(&self) -> Range<LiteralId> {
        0..self.literals.len() as LiteralId
    }

    /// Bytes of memory that it takes.
    pub fn memory(&self) -> usize {
        self.indexes.iter().map(Index::memory).sum::<usize>() + self.literals.memory()
    }
}

/// The chunks of a text of `length` bytes, in order, for [`Prefilter::scan_chunk`].
pub(crate) fn chunks(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length).step_by(CHUNK_BYTES).map(move |start| start..length.min(start + CHUNK_BYTES))
}

/// Literals that could be gates, and the rules, by their places, that would have them.
#[derive(Default)]
struct Gates<'r> {
    all: Vec<Gate<'r>>,
    ids: FxHashMap<&'r [u8], usize>,
}

struct Gate<'r> {
    literal: &'r [u8],
    /// Whether it is worth looking for even if few share it: to run one of its rules costs much more.
    alone: bool,
    /// Places of rules, and how far from a match's begin the literal then begins.
    users: Vec<(u32, MaxOffset)>,
}

impl<'r> Gates<'r> {
    fn add(&mut self, literal: &'r [u8], alone: bool, place: u32, reach: MaxOffset) {
        let id = *self.ids.entry(literal).or_insert_with(|| {
            self.all.push(Gate { literal, alone: false, users: Vec::new() });
            self.all.len() - 1
        });
        let gate = &mut self.all[id];
        gate.alone |= alone;
        gate.users.push((place, reach));
    }

    /// Gives the rules, by their places, those gates that are worth it: what few rules share is not, for it has to be looked for, and what
    /// very many share is in most texts. The gates' literals, by their numbers.
    fn close(self, gate_of: &mut [Option<(GateId, MaxOffset)>]) -> Vec<&'r [u8]> {
        let most = gate_of.len() / MOST_AT_GATE;
        let mut literals = Vec::new();
        for Gate { literal, alone, users } in self.all {
            let fewest = if alone { 1 } else { FEWEST_AT_GATE };
            if (fewest..=most).contains(&users.len()) {
                for (place, reach) in users {
                    gate_of[place as usize] = Some((literals.len() as GateId, reach));
                }
                literals.push(literal);
            }
        }
        literals
    }
}

/// An index for each class of lengths that occurs. Of the shorter ones, the shortest literal decides how closely the
/// text has to be looked at.
fn index_by_length(literals: &[&[u8]], rarity: &NgramCounts) -> Vec<Index> {
    let of_lengths = |shortest: usize, longer: usize| {
        let numbered = literals.iter().copied().zip(0..).map(|(literal, id)| (id, literal));
        numbered.filter(move |(_, literal)| (shortest..longer).contains(&literal.len()))
    };
    let has_shortest = of_lengths(MEDIUM, MEDIUM + 1).next().is_some();
    let long = Index::new(of_lengths(LONG, usize::MAX), 4, 4, rarity);
    let medium = Index::new(of_lengths(MEDIUM, LONG), if has_shortest { 1 } else { 2 }, 4, rarity);
    let short = Index::new(of_lengths(SHORT, MEDIUM), 1, SHORT, rarity);
    [long, medium, short].into_iter().flatten().collect()
}
