//! What a text must contain for a pattern to match: literals under "all of" and "one of".
//!
//! A tree and not a list of sets, so that `A.*B|C.*D` can say "A or B, and C or D" without multiplying out, and so that
//! the choice which literals to look for can wait until the whole list of rules is known. It is flat, children before
//! parents: nothing recurses over it. Those of a whole list lie in the same memory, for they are gone as soon as it is
//! loaded.

use regexp::PatternError;
use regexp::syntax::Flags;
use regexp::syntax::parser;

use crate::prefilter::extract::Extractor;
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::strings::Strings;

/// Index of a need among those of its requirement.
pub(crate) type ClauseId = u32;

/// A statement about a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clause {
    /// It contains one of these literals: a range of [`RequirementRef::ends`], first and past the last.
    Literals(u32, u32),
    /// All of these hold: a range of [`RequirementRef::children`].
    All(u32, u32),
    /// One of these holds: as with `All`.
    OneOf(u32, u32),
}

/// What one pattern requires, for who has no list.
#[derive(Clone, Debug)]
pub struct Requirement(Requirements);

impl Requirement {
    /// What `new RegExp(source, flags)` requires of a text.
    ///
    /// # Errors
    ///
    /// As with [`regexp::Pattern::new`], but for the limits on a pattern's size.
    pub fn of_pattern(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        let ast = parser::parse(source, Flags::parse(flags)?)?;
        let mut only = Requirements::default();
        Extractor::default().requirement(&ast, &mut only);
        Ok(Self(only))
    }

    /// Whether nothing is known that the prefilter could look for.
    pub fn is_none(&self) -> bool {
        self.required().is_none()
    }

    pub(crate) fn required(&self) -> RequirementRef<'_> {
        self.0.get(0)
    }
}

/// What patterns require, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requirements {
    needs: Vec<Clause>,
    /// Of each need how far it reaches from the begin of the need that it is part of.
    reaches: Vec<MaxOffset>,
    children: Vec<ClauseId>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Where the one begins that is being added; all numbers in it count from there.
    begin: Lengths,
    finished: Vec<Finished>,
}

/// A requirement that has been added.
#[derive(Clone, Copy, Debug)]
struct Finished {
    end: Lengths,
    root: Option<ClauseId>,
    looks_around: bool,
}

/// How much there is of what.
#[derive(Clone, Copy, Debug, Default)]
struct Lengths {
    needs: usize,
    children: usize,
    bytes: usize,
    ends: usize,
}

/// What a text must contain, its bytes folded, for a pattern to match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequirementRef<'r> {
    needs: &'r [Clause],
    reaches: &'r [MaxOffset],
    children: &'r [ClauseId],
    bytes: &'r [u8],
    /// Where the literals end in `bytes`; each begins where the one before it ends.
    ends: &'r [u32],
    root: Option<ClauseId>,
    looks_around: bool,
}

impl<'r> RequirementRef<'r> {
    /// Whether the pattern has a lookaround, so that only the exact engine can run it.
    pub(crate) fn looks_around(&self) -> bool {
        self.looks_around
    }

    /// Whether nothing is known that the prefilter could look for.
    pub(crate) fn is_none(&self) -> bool {
        self.root.is_none()
    }

    pub(crate) fn root(&self) -> Option<ClauseId> {
        self.root
    }

    /// All needs, children before parents.
    pub(crate) fn needs(&self) -> &'r [Clause] {
        self.needs
    }

    /// How far from the begin of the need that this one is part of its literals begin, in the text that is matched.
    pub(crate) fn reach(&self, need: ClauseId) -> MaxOffset {
        self.reaches[need as usize]
    }

    pub(crate) fn children(&self, first: u32, end: u32) -> &'r [ClauseId] {
        &self.children[first as usize..end as usize]
    }

    /// The number of literals in all needs.
    pub(crate) fn literal_count(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(crate) fn literal(&self, index: u32) -> &'r [u8] {
        let begin = if index == 0 { 0 } else { self.ends[index as usize - 1] };
        &self.bytes[begin as usize..self.ends[index as usize] as usize]
    }

    /// Bytes of all literals.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// Whether `string` contains `part`, which is not empty. Both are short: to prepare a search takes longer than it.
fn contains(string: &[u8], part: &[u8]) -> bool {
    let starts = &string[..(string.len() + 1).saturating_sub(part.len())];
    memchr::memchr_iter(part[0], starts).any(|at| string[at..].starts_with(part))
}

impl Requirements {
    /// With room for what patterns usually require, so many with so many code units altogether: a vector that grows moves all it has.
    pub(crate) fn with_room(patterns: usize, units: usize) -> Self {
        Self {
            needs: Vec::with_capacity(5 * patterns),
            reaches: Vec::with_capacity(5 * patterns),
            children: Vec::with_capacity(4 * patterns),
            bytes: Vec::with_capacity(2 * units),
            ends: Vec::with_capacity(5 * patterns),
            begin: Lengths::default(),
            finished: Vec::with_capacity(patterns),
        }
    }

    /// What the pattern requires that was added as number `number`, counted from 0.
    pub(crate) fn get(&self, number: u32) -> RequirementRef<'_> {
        let number = number as usize;
        let begin = if number == 0 { Lengths::default() } else { self.finished[number - 1].end };
        let Finished { end, root, looks_around } = self.finished[number];
        RequirementRef {
            needs: &self.needs[begin.needs..end.needs],
            reaches: &self.reaches[begin.needs..end.needs],
            children: &self.children[begin.children..end.children],
            bytes: &self.bytes[begin.bytes..end.bytes],
            ends: &self.ends[begin.ends..end.ends],
            root,
            looks_around,
        }
    }

    /// All that the pattern requires has been added: `root`, `None` if that is nothing. Gives its number.
    pub(crate) fn finish(&mut self, root: Option<ClauseId>, looks_around: bool) -> u32 {
        self.begin = Lengths {
            needs: self.needs.len(),
            children: self.children.len(),
            bytes: self.bytes.len(),
            ends: self.ends.len(),
        };
        self.finished.push(Finished { end: self.begin, root, looks_around });
        (self.finished.len() - 1) as u32
    }

    /// Says that what a need asks for is that much further from the begin of what it is part of.
    pub(crate) fn shift(&mut self, need: ClauseId, by: MaxOffset) {
        let reach = &mut self.reaches[self.begin.needs + need as usize];
        *reach = reach.plus(by);
    }

    /// "One of `strings`", unless every text has one. They begin that far from the begin of what they are part of.
    pub(crate) fn add_literals(&mut self, strings: &Strings, reach: MaxOffset) -> Option<ClauseId> {
        if strings.has_empty() {
            return None;
        }
        let first = self.ends.len();
        let mut longest_implied = 0;
        for (place, string) in strings.iter().enumerate() {
            // where one string contains another, the shorter says it all
            let implied = strings.iter().enumerate().any(|(other_place, other)| {
                other_place != place
                    && (other.len() < string.len() || other == string && other_place < place)
                    && contains(string, other)
            });
            if implied {
                longest_implied = longest_implied.max(string.len());
            } else {
                self.bytes.extend_from_slice(string);
                self.ends.push((self.bytes.len() - self.begin.bytes) as u32);
            }
        }
        let number = |end: usize| (end - self.begin.ends) as u32;
        let need = self.add(Clause::Literals(number(first), number(self.ends.len())));
        // the shorter one is somewhere in the longer one
        self.shift(need, reach.plus(MaxOffset::units(longest_implied)));
        Some(need)
    }

    /// "All of `needs`", where there are any.
    pub(crate) fn add_all(&mut self, needs: &[ClauseId]) -> Option<ClauseId> {
        self.add_several(needs, Clause::All)
    }

    /// "One of `needs`".
    pub(crate) fn add_one_of(&mut self, needs: &[ClauseId]) -> Option<ClauseId> {
        self.add_several(needs, Clause::OneOf)
    }

    fn add_several(
        &mut self,
        needs: &[ClauseId],
        kind: fn(u32, u32) -> Clause,
    ) -> Option<ClauseId> {
        match needs {
            [] => None,
            &[only] => Some(only),
            _ => {
                let first = (self.children.len() - self.begin.children) as u32;
                self.children.extend_from_slice(needs);
                Some(self.add(kind(first, first + needs.len() as u32)))
            }
        }
    }

    fn add(&mut self, need: Clause) -> ClauseId {
        self.needs.push(need);
        self.reaches.push(MaxOffset::NONE);
        (self.needs.len() - self.begin.needs - 1) as ClauseId
    }
}
