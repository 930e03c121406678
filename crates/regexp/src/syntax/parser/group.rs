//! Groups: their kinds, their names, and what closes them.

use rustc_hash::FxHashMap;

use super::Parser;
use super::cursor::{NOT_ASCII, ascii};
use crate::limits::MAX_CAPTURE_GROUPS;
use crate::syntax::ast::{Node, NodeId};
use crate::syntax::error::{ErrorKind, PatternError};
use crate::syntax::flags::Flags;
use crate::unicode;

/// An open group. The one at the bottom is the pattern itself.
pub(crate) struct Frame {
    kind: GroupKind,
    /// Offset of the parenthesis.
    at: u32,
    /// Where the names of the group, and of its current alternative, start in `Names`.
    names_base: usize,
    alternative_names_base: usize,
    terms_base: usize,
    alternatives_base: usize,
    groups_before: u32,
    flags_before: Flags,
}

impl Frame {
    /// Offset of the parenthesis.
    pub(crate) fn at(&self) -> usize {
        self.at as usize
    }
}

enum GroupKind {
    Plain,
    Capture { group: u32, name: Option<Vec<u32>> },
    Look { behind: bool, negative: bool },
}

/// The names of groups, and which of them a further group may not have.
///
/// Two groups of one name must not be able to take part in one match: some disjunction must have
/// them in different alternatives. All names are on one stack in the order of their groups, so an
/// open group and its current alternative are each a range that ends at the top. A name is taken
/// while one of its groups is in the current alternative of every open group around it.
#[derive(Default)]
pub(crate) struct Names {
    known: FxHashMap<Vec<u32>, Name>,
    seen: Vec<u32>,
    /// Number of groups of each name that forbid another one.
    taken: Vec<u32>,
}

struct Name {
    id: u32,
    groups: Vec<u32>,
}

impl Names {
    /// Adds the name of a group that opens. Returns whether it may have the name.
    fn add(&mut self, name: &[u32], group: u32) -> bool {
        let next = self.taken.len() as u32;
        let name = self.known.entry(name.to_vec()).or_insert(Name { id: next, groups: Vec::new() });
        if name.id == next {
            self.taken.push(0);
        }
        name.groups.push(group);
        self.seen.push(name.id);
        self.taken[name.id as usize] += 1;
        self.taken[name.id as usize] == 1
    }

    fn top(&self) -> usize {
        self.seen.len()
    }

    /// Ends the alternative that started at `from`; another one of its disjunction follows.
    fn leave_alternative(&mut self, from: usize) {
        for &id in &self.seen[from..] {
            self.taken[id as usize] -= 1;
        }
    }

    /// Ends a disjunction: the alternatives before its last one count again.
    fn leave_disjunction(&mut self, from: usize, last_alternative: usize) {
        for &id in &self.seen[from..last_alternative] {
            self.taken[id as usize] += 1;
        }
    }

    fn groups(&self, name: &[u32]) -> Option<&[u32]> {
        self.known.get(name).map(|name| &*name.groups)
    }
}

/// A `\k<name>`, to be resolved at the end of the source.
pub(crate) struct NamedReference {
    node: NodeId,
    name: Vec<u32>,
    at: usize,
}

/// The capture groups of a source, including those that are not parsed yet.
#[derive(Clone, Copy)]
pub(crate) struct GroupsInSource {
    pub(crate) count: u32,
    /// Whether one of them has a name.
    pub(crate) named: bool,
}

fn groups_in(source: &[u16]) -> GroupsInSource {
    let unit = |at: usize| source.get(at).map_or(0, |&unit| ascii(u32::from(unit)));
    let (mut count, mut named) = (0, false);
    let (mut at, mut in_class) = (0, false);
    while let Some(&next) = source.get(at) {
        match u8::try_from(next).unwrap_or(0) {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'(' if !in_class => {
                if unit(at + 1) != b'?' {
                    count += 1;
                } else if unit(at + 2) == b'<' && !matches!(unit(at + 3), b'=' | b'!') {
                    count += 1;
                    named = true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    GroupsInSource { count, named }
}

impl Parser<'_> {
    /// Only some escapes need this, so few sources are read for it.
    pub(crate) fn groups_in_source(&mut self) -> GroupsInSource {
        *self.groups_in_source.get_or_insert_with(|| groups_in(self.cursor.source()))
    }

    pub(crate) fn open_root(&mut self) {
        self.open(GroupKind::Plain, 0, self.flags);
    }

    fn open(&mut self, kind: GroupKind, at: usize, flags: Flags) {
        let (terms_base, alternatives_base) = self.builder.bases();
        self.frames.push(Frame {
            kind,
            at: at as u32,
            names_base: self.names.top(),
            alternative_names_base: self.names.top(),
            terms_base,
            alternatives_base,
            groups_before: self.groups_opened,
            flags_before: self.flags,
        });
        self.flags = flags;
    }

    pub(crate) fn next_alternative(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.names.leave_alternative(frame.alternative_names_base);
            frame.alternative_names_base = self.names.top();
            self.builder.close_alternative(frame.terms_base);
        }
    }

    /// Ends the innermost group's disjunction and leaves the group.
    pub(crate) fn close_disjunction(&mut self) -> NodeId {
        let Some(frame) = self.frames.last() else { return self.builder.close_disjunction(0) };
        self.names.leave_disjunction(frame.names_base, frame.alternative_names_base);
        self.builder.close_alternative(frame.terms_base);
        self.builder.close_disjunction(frame.alternatives_base)
    }

    pub(crate) fn open_group(&mut self) -> Result<(), PatternError> {
        let at = self.cursor.at();
        self.cursor.bump();
        if !self.cursor.eat(b'?') {
            return self.open_capture(None, at);
        }
        if self.cursor.eat(b':') {
            self.open(GroupKind::Plain, at, self.flags);
        } else if self.cursor.eat(b'=') {
            self.open(GroupKind::Look { behind: false, negative: false }, at, self.flags);
        } else if self.cursor.eat(b'!') {
            self.open(GroupKind::Look { behind: false, negative: true }, at, self.flags);
        } else if self.cursor.eat_all(b"<=") {
            self.open(GroupKind::Look { behind: true, negative: false }, at, self.flags);
        } else if self.cursor.eat_all(b"<!") {
            self.open(GroupKind::Look { behind: true, negative: true }, at, self.flags);
        } else if self.cursor.eat(b'<') {
            let name = self.group_name(at)?;
            return self.open_capture(Some(name), at);
        } else {
            let flags = self.modifiers(at)?;
            self.open(GroupKind::Plain, at, flags);
        }
        Ok(())
    }

    fn open_capture(&mut self, name: Option<Vec<u32>>, at: usize) -> Result<(), PatternError> {
        if self.groups_opened >= MAX_CAPTURE_GROUPS {
            return Err(ErrorKind::TooManyGroups.at(at));
        }
        let group = self.groups_opened + 1;
        if let Some(name) = &name
            && !self.names.add(name, group)
        {
            return Err(ErrorKind::DuplicateGroupName.at(at));
        }
        self.open(GroupKind::Capture { group, name }, at, self.flags);
        self.groups_opened = group;
        Ok(())
    }

    /// `i`, `m` and `s` to add, and after a `-` to remove: each at most once, at least one of them.
    fn modifiers(&mut self, group_at: usize) -> Result<Flags, PatternError> {
        let start = self.cursor.at();
        let mut flags = self.flags;
        let (mut seen, mut removing, mut any) = (0_u8, false, false);
        loop {
            let at = self.cursor.at();
            let c = self.cursor.bump().map_or(NOT_ASCII, ascii);
            let (bit, flag) = match c {
                b'i' => (1, &mut flags.ignore_case),
                b'm' => (2, &mut flags.multiline),
                b's' => (4, &mut flags.dot_all),
                b'-' if !removing => {
                    removing = true;
                    continue;
                }
                b':' if any => return Ok(flags),
                other => {
                    let rest = &self.cursor.source()[start..];
                    let ends = matches!(other, b')' | NOT_ASCII) || !(any || removing);
                    let at = if ends { group_at } else { at };
                    return Err(ErrorKind::InvalidGroup(rest).at(at));
                }
            };
            if seen & bit != 0 {
                return Err(ErrorKind::RepeatedModifier.at(at));
            }
            seen |= bit;
            any = true;
            *flag = !removing;
        }
    }

    /// A name and its `>`; the cursor is after the `<` of what starts at `opened`.
    fn group_name(&mut self, opened: usize) -> Result<Vec<u32>, PatternError> {
        let mut name = Vec::new();
        loop {
            let at = self.cursor.at();
            let mut c = match self.cursor.bump_code_point() {
                Some(c) if c == u32::from(b'>') && !name.is_empty() => return Ok(name),
                Some(c) => c,
                None => return Err(ErrorKind::InvalidGroupName.at(opened)),
            };
            // a backslash that starts no escape fits into no name
            if c == u32::from(b'\\') && self.cursor.eat(b'u') {
                let escaped = self.unicode_escape(true);
                c = escaped.ok_or_else(|| ErrorKind::InvalidUnicodeEscape.at(at))?;
            }
            let dollar_or_low_line = c == u32::from(b'$') || c == u32::from(b'_');
            let joiner = c == 0x200C || c == 0x200D;
            let fits = dollar_or_low_line
                || if name.is_empty() {
                    unicode::is_id_start(c)
                } else {
                    joiner || unicode::is_id_continue(c)
                };
            if !fits {
                return Err(ErrorKind::InvalidGroupName.at(at));
            }
            name.push(c);
        }
    }

    /// Closes the innermost group, and takes the quantifier that follows: none may follow a
    /// lookbehind, and only Annex B has one after a lookahead. Returns that no further quantifier
    /// may follow.
    pub(crate) fn close_group(&mut self) -> Result<bool, PatternError> {
        if self.frames.len() == 1 {
            return Err(ErrorKind::UnmatchedParenthesis.at(self.cursor.at()));
        }
        self.cursor.bump();
        let body = self.close_disjunction();
        let Some(frame) = self.frames.pop() else { return Ok(false) };
        self.flags = frame.flags_before;
        let quantifiable = match frame.kind {
            GroupKind::Plain => {
                self.builder.push_id(body);
                true
            }
            GroupKind::Capture { group, .. } => {
                self.builder.push(Node::Capture { group, body });
                true
            }
            GroupKind::Look { behind, negative } => {
                self.builder.push(Node::Look { behind, negative, body });
                !behind && !self.flags.code_points()
            }
        };
        self.parse_quantifier(frame.groups_before, quantifiable)?;
        Ok(false)
    }

    /// Whether the group is open. A reference from inside matches the empty string, because the
    /// group has captured nothing yet.
    pub(crate) fn is_inside(&self, group: u32) -> bool {
        self.frames
            .iter()
            .any(|frame| matches!(frame.kind, GroupKind::Capture { group: g, .. } if g == group))
    }

    /// `\k<name>`; the cursor is after the `k`.
    pub(crate) fn parse_named_reference(&mut self, at: usize) -> Result<(), PatternError> {
        if !self.cursor.eat(b'<') {
            return Err(ErrorKind::InvalidNamedReference.at(at));
        }
        let name = self.group_name(at)?;
        let inside = self.frames.iter().any(
            |frame| matches!(&frame.kind, GroupKind::Capture { name: Some(n), .. } if *n == name),
        );
        if inside {
            self.builder.push(Node::Empty);
            return Ok(());
        }
        let ignore_case = self.flags.ignore_case;
        let node = self.builder.back_reference(&[], ignore_case);
        self.builder.push_id(node);
        self.named_references.push(NamedReference { node, name, at });
        Ok(())
    }

    pub(crate) fn resolve_named_references(&mut self) -> Result<(), PatternError> {
        for reference in std::mem::take(&mut self.named_references) {
            let groups = self
                .names
                .groups(&reference.name)
                .ok_or_else(|| ErrorKind::UnknownNamedReference.at(reference.at))?;
            self.builder.set_groups(reference.node, groups);
        }
        Ok(())
    }
}
