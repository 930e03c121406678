//! Back-references: whether the text repeats what a group has captured.

use super::{Machine, Step, UNSET};
use crate::unicode::{self, CaseMode};
use crate::units::unit::Unit;

impl<U: Unit> Machine<'_, U> {
    /// Consumes the text of a group again; nothing if the group took no part.
    pub(crate) fn back_reference(&mut self, reference: u32, behind: bool) -> Step {
        let program = self.program;
        let reference = &program.references[reference as usize];
        let captures = &self.scratch.captures;
        let text = reference.groups.iter().find_map(|&group| {
            let (from, to) = (captures[2 * group as usize], captures[2 * group as usize + 1]);
            (from != UNSET && to != UNSET).then_some((from, to))
        });
        let Some((from, to)) = text else { return Step::Next };
        let mode = reference.ignore_case.then_some(program.ignore_case_mode);
        let end =
            if behind { self.same_behind(from, to, mode) } else { self.same_ahead(from, to, mode) };
        self.fuel -= i64::from(to - from);
        match end {
            Some(position) => self.move_to(position),
            None => Step::Failed,
        }
    }

    /// The end of the copy of `from..to` that starts at the position, if there is one.
    fn same_ahead(&self, mut from: u32, to: u32, mode: Option<CaseMode>) -> Option<u32> {
        let mut at = self.position;
        while from < to {
            let (expected, after_expected) = self.character_ahead(from)?;
            let (found, after_found) = self.character_ahead(at)?;
            if !same(expected, found, mode) {
                return None;
            }
            (from, at) = (after_expected, after_found);
        }
        Some(at)
    }

    /// The start of the copy of `from..to` that ends at the position, if there is one.
    fn same_behind(&self, from: u32, mut to: u32, mode: Option<CaseMode>) -> Option<u32> {
        let mut at = self.position;
        while from < to {
            let (expected, before_expected) = self.character_behind(to)?;
            let (found, before_found) = self.character_behind(at)?;
            if !same(expected, found, mode) {
                return None;
            }
            (to, at) = (before_expected, before_found);
        }
        Some(at)
    }

    fn character_ahead(&self, at: u32) -> Option<(u32, u32)> {
        if self.program.code_points {
            return self.point_ahead(at);
        }
        self.text.get(at as usize).map(|unit| (u32::from(unit.wide()), at + 1))
    }

    fn character_behind(&self, at: u32) -> Option<(u32, u32)> {
        if self.program.code_points {
            return self.point_behind(at);
        }
        self.text.get((at as usize).wrapping_sub(1)).map(|unit| (u32::from(unit.wide()), at - 1))
    }
}

fn same(a: u32, b: u32, mode: Option<CaseMode>) -> bool {
    a == b
        || mode.is_some_and(|mode| unicode::canonicalize(a, mode) == unicode::canonicalize(b, mode))
}
