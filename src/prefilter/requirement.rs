//! What a text must contain for a pattern to match: literals under "all of" and "one of".
//!
//! A tree and not a list of sets, so that `A.*B|C.*D` can say "A or B, and C or D" without multiplying out, and so that
//! the choice which literals to look for can wait until the whole list of rules is known. It is flat, children before
//! parents: nothing recurses over it.

use crate::regexp::PatternError;
use crate::regexp::flags::Flags;
use crate::regexp::parser;

use super::strings::Strings;

/// Index of a need in [`Requirement`].
pub(super) type NeedId = u32;

/// A statement about a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Need {
    /// It contains one of these literals: a range of `Requirement::ends`, first and past the last.
    Literals(u32, u32),
    /// All of these hold: a range of `Requirement::children`.
    All(u32, u32),
    /// One of these holds: as with `All`.
    OneOf(u32, u32),
}

/// What a text must contain, its bytes folded, for a pattern to match.
#[derive(Clone, Debug, Default)]
pub struct Requirement {
    needs: Vec<Need>,
    children: Vec<NeedId>,
    bytes: Vec<u8>,
    /// Where the literals end in `bytes`; each begins where the one before it ends.
    ends: Vec<u32>,
    root: Option<NeedId>,
}

impl Requirement {
    /// What `new RegExp(source, flags)` requires of a text.
    ///
    /// # Errors
    ///
    /// As with [`crate::regexp::Pattern::new`], but for the limits on a pattern's size.
    pub fn of_pattern(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        parser::parse(source, Flags::parse(flags)?)
            .map(|ast| super::Extractor::default().requirement(&ast))
    }

    /// Whether nothing is known that the prefilter could look for.
    pub fn is_none(&self) -> bool {
        self.root.is_none()
    }

    /// Forgets all, but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.needs.clear();
        self.children.clear();
        self.bytes.clear();
        self.ends.clear();
        self.root = None;
    }

    pub(super) fn root(&self) -> Option<NeedId> {
        self.root
    }

    pub(super) fn set_root(&mut self, root: Option<NeedId>) {
        self.root = root;
    }

    /// All needs, children before parents.
    pub(super) fn needs(&self) -> &[Need] {
        &self.needs
    }

    pub(super) fn children(&self, first: u32, end: u32) -> &[NeedId] {
        &self.children[first as usize..end as usize]
    }

    /// The number of literals in all needs.
    pub(super) fn literal_count(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(super) fn literal(&self, index: u32) -> &[u8] {
        let begin = if index == 0 { 0 } else { self.ends[index as usize - 1] };
        &self.bytes[begin as usize..self.ends[index as usize] as usize]
    }

    /// Bytes of all literals.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// "One of `strings`", unless every text has one.
    pub(super) fn add_literals(&mut self, strings: &Strings) -> Option<NeedId> {
        if strings.has_empty() {
            return None;
        }
        let first = self.ends.len() as u32;
        for (place, string) in strings.iter().enumerate() {
            // where one string contains another, the shorter says it all
            let implied = strings.iter().enumerate().any(|(other_place, other)| {
                other_place != place
                    && (other.len() < string.len() || other == string && other_place < place)
                    && memchr::memmem::find(string, other).is_some()
            });
            if !implied {
                self.bytes.extend_from_slice(string);
                self.ends.push(self.bytes.len() as u32);
            }
        }
        Some(self.add(Need::Literals(first, self.ends.len() as u32)))
    }

    /// "All of `needs`", where there are any.
    pub(super) fn add_all(&mut self, needs: &[NeedId]) -> Option<NeedId> {
        self.add_several(needs, Need::All)
    }

    /// "One of `needs`".
    pub(super) fn add_one_of(&mut self, needs: &[NeedId]) -> Option<NeedId> {
        self.add_several(needs, Need::OneOf)
    }

    fn add_several(&mut self, needs: &[NeedId], kind: fn(u32, u32) -> Need) -> Option<NeedId> {
        match needs {
            [] => None,
            &[only] => Some(only),
            _ => {
                let first = self.children.len() as u32;
                self.children.extend_from_slice(needs);
                Some(self.add(kind(first, self.children.len() as u32)))
            }
        }
    }

    fn add(&mut self, need: Need) -> NeedId {
        self.needs.push(need);
        (self.needs.len() - 1) as NeedId
    }
}
