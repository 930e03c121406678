//! From the source of a pattern to its [`Ast`].
//!
//! The grammar is ECMA-262's, Annex B included, as V8 reads it: where the specification leaves a
//! choice or V8 departs from it (it clamps the numbers of a `{}` quantifier, for instance), V8
//! decides. Beyond V8 11 the parser takes ES2025's modifiers and duplicate group names. Groups and
//! classes are kept on stacks of their own, so no nesting is too deep.
//!
//! `cursor` reads the source. `escape`, `class` and `group` each parse one kind of construct, and
//! `builder` collects the nodes. `dialects` notes what its author may have meant otherwise.

mod builder;
mod class;
mod cursor;
mod dialects;
mod escape;
mod group;

use self::builder::Builder;
use self::class::ClassItem;
use self::cursor::{Cursor, ascii};
use self::dialects::Suspicions;
use self::group::{Frame, GroupsInSource, NamedReference, Names};
use super::ast::{Assertion, Ast, Node};
use super::error::{ErrorKind, PatternError};
use super::flags::Flags;
use crate::limits::MAX_PROGRAM_INSTRUCTIONS;

/// What V8 takes for "no bound" in a `{}` quantifier. Larger numbers are clamped to it.
const UNBOUNDED: u32 = i32::MAX as u32;

/// A pattern of more nodes has more instructions than the limit allows.
const MAX_NODES: usize = 4 * MAX_PROGRAM_INSTRUCTIONS;

/// Parses `source` under `flags`. Only the limit on groups is checked, not the one on instructions.
///
/// # Errors
///
/// [`PatternError`] where V8 throws a `SyntaxError`.
pub fn parse(source: &[u16], flags: Flags) -> Result<Ast, PatternError> {
    let mut memory = Memory::default();
    memory.parse(source, flags)?;
    Ok(memory.builder.into_ast())
}

/// The parser's working memory, for one source after the other.
#[derive(Default)]
pub(crate) struct Memory {
    builder: Builder,
    frames: Vec<Frame>,
}

impl Memory {
    /// [`parse`], for a tree that is dropped before the next one.
    pub(crate) fn parse(&mut self, source: &[u16], flags: Flags) -> Result<&mut Ast, PatternError> {
        match Parser::new(source, flags, self).parse() {
            Ok(()) => Ok(self.builder.ast()),
            Err(error) => Err(error.after(&self.builder.ast().warnings)),
        }
    }
}

struct Parser<'s> {
    cursor: Cursor<'s>,
    /// The flags in force: modifiers change them for a group.
    flags: Flags,
    /// All capture groups of the source, counted when first needed: `\2` is a back-reference only
    /// if there are two.
    groups_in_source: Option<GroupsInSource>,
    groups_opened: u32,
    frames: &'s mut Vec<Frame>,
    names: Names,
    named_references: Vec<NamedReference>,
    suspicions: Suspicions,
    builder: &'s mut Builder,
}

impl<'s> Parser<'s> {
    fn new(source: &'s [u16], flags: Flags, memory: &'s mut Memory) -> Self {
        let Memory { builder, frames } = memory;
        builder.reset(source.len(), flags);
        frames.clear();
        Self {
            cursor: Cursor::new(source, flags.code_points()),
            flags,
            groups_in_source: None,
            groups_opened: 0,
            frames,
            names: Names::default(),
            named_references: Vec::new(),
            suspicions: Suspicions::default(),
            builder,
        }
    }

    fn parse(mut self) -> Result<(), PatternError> {
        self.open_root();
        loop {
            self.parse_plain();
            // A property of strings is thousands of nodes: many of them must not fill the memory.
            if self.builder.len() > MAX_NODES {
                return Err(ErrorKind::TooLarge.at(self.cursor.at()));
            }
            let Some(c) = self.cursor.peek() else { break };
            let groups_before = self.groups_opened;
            if self.parse_term(c)? {
                self.parse_quantifier(groups_before, true)?;
            }
        }
        if let [_, .., open] = &self.frames[..] {
            return Err(ErrorKind::UnterminatedGroup.at(open.at()));
        }
        self.note_end();
        let root = self.close_disjunction();
        self.resolve_named_references()?;
        self.builder.finish(root, self.groups_opened);
        Ok(())
    }

    /// Takes the terms that are plain characters without a quantifier, which most of a pattern is.
    /// `parse_term` takes the others.
    fn parse_plain(&mut self) {
        let rest = self.cursor.rest();
        let mut count = rest.iter().take_while(|&&unit| is_plain(unit)).count();
        if let Some(b'*' | b'+' | b'?' | b'{') = rest.get(count).map(|&unit| ascii(unit.into())) {
            count = count.saturating_sub(1);
        }
        let room = (MAX_NODES + 1).saturating_sub(self.builder.len());
        let units = self.cursor.take(count.min(room));
        self.builder.push_plain(units, self.flags);
    }

    /// Takes one term, or a bracket of one. Returns whether a quantifier may follow.
    fn parse_term(&mut self, c: u32) -> Result<bool, PatternError> {
        let at = self.cursor.at();
        match ascii(c) {
            b'|' => {
                self.cursor.bump();
                self.next_alternative();
                Ok(false)
            }
            b'(' => self.open_group().map(|()| false),
            b')' => self.close_group(),
            b'^' => {
                let line = self.flags.multiline;
                Ok(self.assertion(if line { Assertion::LineStart } else { Assertion::Start }))
            }
            b'$' => {
                let line = self.flags.multiline;
                Ok(self.assertion(if line { Assertion::LineEnd } else { Assertion::End }))
            }
            b'\\' => self.parse_atom_escape(),
            b'[' => {
                let item = self.parse_class()?;
                self.push_class(item);
                Ok(true)
            }
            b'.' => {
                self.cursor.bump();
                let dot = class::dot(self.flags.dot_all);
                self.builder.push_set(dot);
                Ok(true)
            }
            b'*' | b'+' | b'?' => Err(self.nothing_to_repeat(at)),
            b'{' if self.try_braces().is_some() => Err(self.nothing_to_repeat(at)),
            bracket @ (b'{' | b'}' | b']') if self.flags.code_points() => {
                Err(ErrorKind::LoneBracket(bracket.into()).at(at))
            }
            other => {
                if other == b'{' {
                    self.note_braces(at);
                }
                self.cursor.bump();
                self.builder.push_character(c, self.flags);
                Ok(true)
            }
        }
    }

    /// The error for a quantifier that nothing stands before.
    #[cold]
    fn nothing_to_repeat(&self, at: usize) -> PatternError {
        let source = self.cursor.source();
        let quantifier = char::from(ascii(source[at].into()));
        let behind_quantifier =
            at > 0 && matches!(ascii(source[at - 1].into()), b'*' | b'+' | b'?' | b'}');
        let possessive = quantifier == '+' && behind_quantifier;
        ErrorKind::NothingToRepeat { quantifier, possessive }.at(at)
    }

    fn assertion(&mut self, assertion: Assertion) -> bool {
        self.cursor.bump();
        self.builder.push(Node::Assert(assertion));
        false
    }

    /// A class as a term: strings first, the longest at the head, as ECMA-262's `CompileAtom` says.
    fn push_class(&mut self, item: ClassItem) {
        if item.strings.is_empty() {
            self.builder.push_set(item.set);
            return;
        }
        let mut strings: Vec<_> = item.strings.into_iter().collect();
        strings.sort_unstable_by_key(|string| std::cmp::Reverse(string.len()));
        let mut alternatives = Vec::with_capacity(strings.len() + 1);
        let empty = strings.pop_if(|string| string.is_empty());
        for string in strings {
            let terms: Vec<_> =
                string.iter().map(|&c| self.builder.character(c, self.flags)).collect();
            alternatives.push(self.builder.sequence(&terms));
        }
        if !item.set.is_empty() {
            alternatives.push(self.builder.set(item.set));
        }
        if empty.is_some() {
            alternatives.push(self.builder.add(Node::Empty));
        }
        let alternation = self.builder.alternation(&alternatives);
        self.builder.push_id(alternation);
    }

    /// Takes a quantifier, if one follows, and wraps the last term in it, if that can be repeated.
    fn parse_quantifier(
        &mut self,
        groups_before: u32,
        quantifiable: bool,
    ) -> Result<(), PatternError> {
        let at = self.cursor.at();
        let (min, max) = match self.cursor.peek().map(ascii) {
            Some(b'*') => (0, UNBOUNDED),
            Some(b'+') => (1, UNBOUNDED),
            Some(b'?') => (0, 1),
            Some(b'{') => match self.try_braces() {
                Some((min, max)) if max < min => return Err(ErrorKind::NumbersOutOfOrder.at(at)),
                Some(bounds) => bounds,
                None if self.flags.code_points() => {
                    let rest = &self.cursor.source()[at..];
                    return Err(ErrorKind::IncompleteQuantifier(rest).at(at));
                }
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        if !quantifiable {
            return Err(ErrorKind::InvalidQuantifier.at(at));
        }
        if self.cursor.at() == at {
            self.cursor.bump();
        }
        let greedy = !self.cursor.eat(b'?');
        // a group that is closed by now opened after `groups_before`: the range is the term's
        // groups
        let groups = (groups_before + 1, self.groups_opened + 1);
        let max = (max != UNBOUNDED).then_some(max);
        self.builder.repeat_last(min, max, greedy, groups);
        Ok(())
    }

    /// `{n}`, `{n,}` or `{n,m}`. Anything else is no quantifier, and the cursor stays.
    fn try_braces(&mut self) -> Option<(u32, u32)> {
        let start = self.cursor.at();
        let bounds = self.braces();
        if bounds.is_none() {
            self.cursor.rewind(start);
        }
        bounds
    }

    fn braces(&mut self) -> Option<(u32, u32)> {
        self.cursor.bump();
        let min = self.clamped_number()?;
        if self.cursor.eat(b'}') {
            return Some((min, min));
        }
        if !self.cursor.eat(b',') {
            return None;
        }
        if self.cursor.eat(b'}') {
            return Some((min, UNBOUNDED));
        }
        let max = self.clamped_number()?;
        self.cursor.eat(b'}').then_some((min, max))
    }

    fn clamped_number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) =
            self.cursor.peek().and_then(char::from_u32).and_then(|c| c.to_digit(10))
        {
            let next = number.unwrap_or(0_u32).saturating_mul(10).saturating_add(digit);
            number = Some(next.min(UNBOUNDED));
            self.cursor.bump();
        }
        number
    }
}

/// Whether a code unit is a character without a meaning in patterns, and no half of one.
fn is_plain(unit: u16) -> bool {
    const PLAIN: [bool; 0x80] = {
        let syntax = b"^$\\.*+?()[]{}|";
        let mut plain = [true; 0x80];
        let mut at = 0;
        while at < syntax.len() {
            plain[syntax[at] as usize] = false;
            at += 1;
        }
        plain
    };
    match PLAIN.get(usize::from(unit)) {
        Some(&plain) => plain,
        None => unit & 0xF800 != 0xD800,
    }
}
