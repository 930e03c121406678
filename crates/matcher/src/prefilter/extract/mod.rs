//! From a pattern to what a text must contain for the pattern to match.
//!
//! One pass over the syntax tree, children before parents (`extractor`). Of each node it is known
//! which strings it can match, if they are few; otherwise with which strings its matches start and
//! end, and what else the text must contain. The result is a tree of clauses (`requirement`). It is
//! the extraction of required literals as in RE2's `prefilter.cc` (Cox, "Regular Expression
//! Matching with a Trigram Index", 2012), with literals of any length instead of trigrams.
//!
//! Everything here may say too little, never too much: a lookaround that must fail says nothing, a
//! back-reference can be any text, a class of many characters any character.
//!
//! Zero-width nodes leave their neighbours adjacent. Surrogates end a string: two adjacent literals
//! that make a pair are one character of the text, any other surrogate may be half of one.

pub(crate) mod extractor;
mod facts;
pub(crate) mod max_offset;
pub(crate) mod requirement;
pub(crate) mod separators;
mod sequence;
pub(crate) mod strings;
pub(crate) mod variants;

use regexp::PatternError;
use regexp::syntax::ast::Ast;
use regexp::syntax::{self, Flags};

use crate::prefilter::extract::extractor::Extractor;
use crate::prefilter::extract::requirement::{RequirementRef, Requirements};
use crate::prefilter::shapes::extract::required_runs;
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::Shape;
use crate::prefilter::united::Letters;

/// What one pattern requires, for callers without a list.
#[derive(Clone, Debug)]
pub struct Requirement {
    only: Requirements,
    ast: Ast,
}

impl Requirement {
    /// What `new RegExp(source, flags)` requires of a text.
    ///
    /// # Errors
    ///
    /// As with [`regexp::Pattern::new`], except for the limits on a pattern's size.
    pub fn of_pattern(source: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        Self::with_flags(source, Flags::parse(flags)?)
    }

    /// The same, with flags that have been read.
    pub(crate) fn with_flags(source: &[u16], flags: Flags) -> Result<Self, PatternError> {
        Ok(Self::of_tree(syntax::parse(source, flags)?, false))
    }

    fn of_tree(ast: Ast, is_united: bool) -> Self {
        let mut only = Requirements::with_room(1, 0, is_united);
        Extractor::default().requirement(&ast, &mut only);
        Self { only, ast }
    }

    /// The same, [united](crate::prefilter::united).
    pub(crate) fn united(&self) -> Self {
        Self::of_tree(self.ast.clone(), true)
    }

    /// What the pattern has to do with letters that can be united.
    pub(crate) fn letters(&self) -> Letters {
        Letters::new(!self.required().bytes().is_ascii(), self.ast.flags.ignore_case)
    }

    pub(crate) fn required(&self) -> RequirementRef<'_> {
        self.only.get(0)
    }

    pub(crate) fn shape(&self, rarity: &Rarity) -> Shape {
        required_runs(&self.ast, rarity).map_or(Shape::Unknown, Shape::Runs)
    }
}
