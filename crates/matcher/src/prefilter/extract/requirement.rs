//! What a text must contain for a pattern to match: literals under "all of" and "any of".
//!
//! A tree and not a list of sets, so that `A.*B|C.*D` can require "A and B, or C and D" without
//! multiplying out, and so that the choice which literals to look for can wait until the whole list
//! of rules is known. It is flat, children before parents: nothing recurses over it. The trees of a
//! list share their vectors; they are dropped together when the list is loaded.

use std::hash::{Hash, Hasher};
use std::mem;
use std::ops::Range;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::strings::{MAX_STRINGS, SpareBuffers, StringSet, after};
use crate::prefilter::extract::variants::Variants;
use crate::prefilter::neighbours::Neighbours;
use crate::prefilter::reach::Reach;

/// Index of a clause in its requirement.
pub(crate) type ClauseId = u32;

/// A statement about a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clause {
    /// The text contains one of these literals: a range of [`RequirementRef::ends`], first and past
    /// the last.
    Literals(u32, u32),
    /// All of these clauses hold: a range of [`RequirementRef::children`].
    All(u32, u32),
    /// Any of these clauses holds: a range as with `All`.
    Any(u32, u32),
}

/// A clause that holds wherever another one does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Implied {
    pub(crate) id: ClauseId,
    pub(crate) clause: Clause,
    /// From the start of what the other one describes.
    pub(crate) offset: MaxOffset,
}

impl Implied {
    /// The literals of which a text must contain one, if the clause says no more than that.
    pub(crate) fn literals(&self) -> Option<Range<u32>> {
        match self.clause {
            Clause::Literals(first, end) => Some(first..end),
            Clause::All(..) | Clause::Any(..) => None,
        }
    }
}

/// What one pattern requires, in a requirement that is not finished.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Emitted {
    /// `None`: nothing.
    pub(crate) root: Option<ClauseId>,
    pub(crate) has_lookaround: bool,
    /// The variants of letters that the text has not.
    pub(crate) variants: Variants,
}

/// What patterns require, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requirements {
    clauses: Vec<Clause>,
    /// For each clause, its offset within its parent.
    max_offsets: Vec<MaxOffset>,
    /// For each clause, what is not next to its literals.
    neighbours: Vec<Neighbours>,
    children: Vec<ClauseId>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Where the requirement that is being added starts. All numbers in it count from there.
    start: Lengths,
    finished: Vec<Finished>,
    /// Whether the literals are [united](crate::prefilter::united).
    pub(super) is_united: bool,
    /// Of sets of strings on the way here.
    pub(super) spare: SpareBuffers,
    /// Memory for the clauses of the next sequence; empty.
    pub(super) spare_clauses: Vec<ClauseId>,
}

/// A requirement that has been added.
#[derive(Clone, Copy, Debug)]
struct Finished {
    end: Lengths,
    all: Emitted,
}

/// The lengths of the vectors of [`Requirements`].
#[derive(Clone, Copy, Debug, Default)]
struct Lengths {
    clauses: usize,
    children: usize,
    bytes: usize,
    ends: usize,
}

/// What a text must contain, its bytes folded, for one pattern to match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequirementRef<'r> {
    // not slices of them: most passes over a list need one of these
    list: &'r Requirements,
    start: Lengths,
    end: Lengths,
    all: Emitted,
}

impl<'r> RequirementRef<'r> {
    /// Whether the literals are [united](crate::prefilter::united). Those of a list all are, or
    /// none.
    pub(crate) fn is_united(&self) -> bool {
        self.list.is_united
    }

    /// Whether the pattern has a lookaround: only the backtracking engine can run it.
    pub(crate) fn has_lookaround(&self) -> bool {
        self.all.has_lookaround
    }

    /// The variants of letters that the text must not have, or else it need not contain anything.
    pub(crate) fn variants(&self) -> Variants {
        self.all.variants
    }

    /// Whether nothing is known that the prefilter could look for.
    pub(crate) fn is_none(&self) -> bool {
        self.all.root.is_none()
    }

    pub(crate) fn root(&self) -> Option<ClauseId> {
        self.all.root
    }

    /// All clauses, children before parents.
    pub(crate) fn clauses(&self) -> &'r [Clause] {
        &self.list.clauses[self.start.clauses..self.end.clauses]
    }

    /// The offset of a clause's literals from the start of what the parent clause
    /// describes, in the text that is matched.
    pub(crate) fn max_offset(&self, clause: ClauseId) -> MaxOffset {
        self.list.max_offsets[self.start.clauses + clause as usize]
    }

    /// What is not next to a clause's literals.
    pub(crate) fn neighbours(&self, clause: ClauseId) -> Neighbours {
        self.list.neighbours[self.start.clauses + clause as usize]
    }

    /// The reach of an element at this offset from the start of a match.
    pub(crate) fn reach(&self, offset: MaxOffset) -> Reach {
        Reach::in_rule(offset, self.bytes())
    }

    pub(crate) fn children(&self, first: u32, end: u32) -> &'r [ClauseId] {
        let at = |child: u32| self.start.children + child as usize;
        &self.list.children[at(first)..at(end)]
    }

    /// Calls `each` with every clause that holds wherever `clause` does; but not with those that
    /// only say that all of others do. `open`: memory. One function for all callers, because each
    /// copy is large.
    pub(crate) fn each_implied(
        &self,
        clause: ClauseId,
        open: &mut Vec<(ClauseId, MaxOffset)>,
        each: &mut dyn FnMut(Implied),
    ) {
        open.clear();
        open.push((clause, self.max_offset(clause)));
        while let Some((id, offset)) = open.pop() {
            match self.clauses()[id as usize] {
                Clause::All(first, end) => {
                    let child = |&child: &ClauseId| (child, offset.plus(self.max_offset(child)));
                    open.extend(self.children(first, end).iter().map(child));
                }
                clause => each(Implied { id, clause, offset }),
            }
        }
    }

    /// Fills `all`, unless it has been, with what holds wherever the pattern matches, as with
    /// [`Self::each_implied`].
    pub(crate) fn all_implied(
        &self,
        open: &mut Vec<(ClauseId, MaxOffset)>,
        all: &mut Vec<Implied>,
    ) {
        if let Some(root) = self.root().filter(|_| all.is_empty()) {
            self.each_implied(root, open, &mut |implied| all.push(implied));
        }
    }

    /// Calls `each` with every set of literals of which a text must contain one, whichever
    /// alternatives match, and its offset from the start of a match. `open`: memory.
    pub(crate) fn each_required(
        &self,
        open: &mut Vec<(ClauseId, MaxOffset)>,
        mut each: impl FnMut(Range<u32>, MaxOffset),
    ) {
        let Some(root) = self.root() else { return };
        self.each_implied(root, open, &mut |implied| {
            if let Some(literals) = implied.literals() {
                each(literals, implied.offset);
            }
        });
    }

    /// The literals of all clauses.
    pub(crate) fn literals(self) -> impl Iterator<Item = &'r [u8]> + use<'r> {
        let bytes = self.bytes();
        let mut start = 0;
        self.ends().iter().map(move |&end| {
            let literal = &bytes[start as usize..end as usize];
            start = end;
            literal
        })
    }

    pub(crate) fn literal(&self, index: u32) -> &'r [u8] {
        let (ends, index) = (self.ends(), index as usize);
        let start = if index == 0 { 0 } else { ends[index - 1] };
        &self.bytes()[start as usize..ends[index] as usize]
    }

    /// Some of the literals, by their indexes.
    pub(crate) fn literals_at(&self, indexes: Range<u32>) -> LiteralSet<'r> {
        let ends = self.ends();
        let start = indexes.start.checked_sub(1).map_or(0, |before| ends[before as usize]);
        let ends = &ends[indexes.start as usize..indexes.end as usize];
        LiteralSet { bytes: self.bytes(), ends, start }
    }

    /// Where the literals end in the bytes. Each starts where the one before it ends.
    fn ends(&self) -> &'r [u32] {
        &self.list.ends[self.start.ends..self.end.ends]
    }

    /// The bytes of all literals, one after the other.
    pub(crate) fn bytes(&self) -> &'r [u8] {
        &self.list.bytes[self.start.bytes..self.end.bytes]
    }
}

/// Literals of one requirement, one after the other. Equal to those of another one that are the
/// same in the same order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LiteralSet<'r> {
    bytes: &'r [u8],
    /// Where each ends in the bytes.
    ends: &'r [u32],
    /// Where the first one starts.
    start: u32,
}

impl<'r> LiteralSet<'r> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'r [u8]> + use<'r> {
        let Self { bytes, ends, mut start } = *self;
        ends.iter().map(move |&end| &bytes[mem::replace(&mut start, end) as usize..end as usize])
    }

    /// The bytes of all, one literal after the other.
    fn joined(&self) -> &'r [u8] {
        let end = self.ends.last().copied().unwrap_or(self.start);
        &self.bytes[self.start as usize..end as usize]
    }
}

impl PartialEq for LiteralSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.joined() == other.joined() && self.iter().eq(other.iter())
    }
}

impl Eq for LiteralSet<'_> {}

impl Hash for LiteralSet<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.joined().hash(state);
    }
}

/// Whether `string` contains `part`, which is not empty. Both are short, so preparing a search
/// would take longer than the search.
fn contains(string: &[u8], part: &[u8]) -> bool {
    match part.first_chunk::<4>() {
        Some(four) => string.windows(part.len()).any(|window| {
            window.first_chunk() == Some(four) && window[four.len()..] == part[four.len()..]
        }),
        None => string.windows(part.len()).any(|window| window == part),
    }
}

impl Requirements {
    /// With room for what this many patterns usually require, with `units` code units altogether: a
    /// vector that grows moves all its elements. `is_united`: whether literals are to be
    /// [united](crate::prefilter::united).
    pub(crate) fn with_room(patterns: usize, units: usize, is_united: bool) -> Self {
        Self {
            is_united,
            clauses: Vec::with_capacity(5 * patterns),
            max_offsets: Vec::with_capacity(5 * patterns),
            neighbours: Vec::with_capacity(5 * patterns),
            children: Vec::with_capacity(4 * patterns),
            bytes: Vec::with_capacity(2 * units),
            ends: Vec::with_capacity(5 * patterns),
            start: Lengths::default(),
            finished: Vec::with_capacity(patterns),
            spare: SpareBuffers::default(),
            spare_clauses: Vec::new(),
        }
    }

    /// The requirement with this number, see [`Self::finish`].
    pub(crate) fn get(&self, number: u32) -> RequirementRef<'_> {
        let number = number as usize;
        let start = if number == 0 { Lengths::default() } else { self.finished[number - 1].end };
        let Finished { end, all } = self.finished[number];
        RequirementRef { list: self, start, end, all }
    }

    /// Completes a requirement and returns its number, counted from 0.
    pub(crate) fn finish(&mut self, all: Emitted) -> u32 {
        self.start = Lengths {
            clauses: self.clauses.len(),
            children: self.children.len(),
            bytes: self.bytes.len(),
            ends: self.ends.len(),
        };
        self.finished.push(Finished { end: self.start, all });
        (self.finished.len() - 1) as u32
    }

    /// Completes the requirement of a rule with several patterns. `first` is of the one whose match
    /// counts, `others` of those that must match somewhere in the text.
    pub(crate) fn finish_all(&mut self, first: Emitted, others: &[Emitted]) -> u32 {
        let mut clauses: Vec<ClauseId> = first.root.into_iter().collect();
        for clause in others.iter().filter_map(|other| other.root) {
            self.shift(clause, MaxOffset::UNKNOWN);
            clauses.push(clause);
        }
        let root = self.add_all(&clauses);
        let all = others.iter().fold(Emitted { root, ..first }, |all, other| Emitted {
            has_lookaround: all.has_lookaround | other.has_lookaround,
            variants: all.variants.or(other.variants),
            ..all
        });
        self.finish(all)
    }

    /// Adds `by` to a clause's offset.
    pub(crate) fn shift(&mut self, clause: ClauseId, by: MaxOffset) {
        let max_offset = &mut self.max_offsets[self.start.clauses + clause as usize];
        *max_offset = max_offset.plus(by);
    }

    /// Adds the clause "one of `strings`", unless every text contains one. `max_offset`: of the
    /// strings within their parent.
    pub(crate) fn add_literals(
        &mut self,
        strings: &StringSet,
        max_offset: MaxOffset,
    ) -> Option<ClauseId> {
        if strings.has_empty() {
            return None;
        }
        let first = self.ends.len();
        let mut in_longer = MaxOffset::ZERO;
        let mut neighbours = strings.neighbours;
        // most sets have one
        if strings.is_single() {
            self.bytes.extend_from_slice(strings.bytes());
            self.ends.push((self.bytes.len() - self.start.bytes) as u32);
            let first = (first - self.start.ends) as u32;
            let clause = self.add(Clause::Literals(first, first + 1));
            let clause_at = self.start.clauses + clause as usize;
            self.max_offsets[clause_at] = max_offset;
            self.neighbours[clause_at] = strings.neighbours;
            return Some(clause);
        }
        let mut all: [&[u8]; MAX_STRINGS] = [&[]; _];
        for (slot, string) in all.iter_mut().zip(strings.iter()) {
            *slot = string;
        }
        let all = &all[..strings.len()];
        for (place, &string) in all.iter().enumerate() {
            // where one string contains another, the shorter one says it all
            let implied = all.iter().enumerate().any(|(other_place, &other)| {
                other.len() < string.len() && contains(string, other)
                    || other_place < place && other == string
            });
            if implied {
                in_longer = in_longer.or(after(string));
                neighbours = Neighbours::ANY;
            } else {
                self.bytes.extend_from_slice(string);
                self.ends.push((self.bytes.len() - self.start.bytes) as u32);
            }
        }
        let number = |end: usize| (end - self.start.ends) as u32;
        let clause = self.add(Clause::Literals(number(first), number(self.ends.len())));
        // the shorter string is somewhere in the longer one
        self.shift(clause, max_offset.plus(in_longer));
        self.neighbours[self.start.clauses + clause as usize] = neighbours;
        Some(clause)
    }

    /// Adds the clause "all of `clauses`", if there are any.
    pub(crate) fn add_all(&mut self, clauses: &[ClauseId]) -> Option<ClauseId> {
        self.add_several(clauses, Clause::All)
    }

    /// Adds the clause "any of `clauses`".
    pub(crate) fn add_any(&mut self, clauses: &[ClauseId]) -> Option<ClauseId> {
        self.add_several(clauses, Clause::Any)
    }

    fn add_several(
        &mut self,
        clauses: &[ClauseId],
        kind: fn(u32, u32) -> Clause,
    ) -> Option<ClauseId> {
        match clauses {
            [] => None,
            &[only] => Some(only),
            _ => {
                let first = (self.children.len() - self.start.children) as u32;
                self.children.extend_from_slice(clauses);
                Some(self.add(kind(first, first + clauses.len() as u32)))
            }
        }
    }

    fn add(&mut self, clause: Clause) -> ClauseId {
        self.clauses.push(clause);
        self.max_offsets.push(MaxOffset::ZERO);
        self.neighbours.push(Neighbours::ANY);
        (self.clauses.len() - self.start.clauses - 1) as ClauseId
    }
}
