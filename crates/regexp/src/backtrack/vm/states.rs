//! Which states a search has been in: what [`Memo`](crate::backtrack::memo::Memo) is asked.
//!
//! A state is a memo point, a position and one number for what the point's scope says: which of the
//! loops around have consumed nothing in their iteration yet, and how far counted loops have come.

use super::{Entry, Machine, Scratch, Step};
use crate::backtrack::program::{Counter, MemoPoint, Scope, ScopeKind};
use crate::lockstep::heads::Count;
use crate::lockstep::nfa::MAX_NESTED;
use crate::units::unit::Unit;

/// Steps of a search before it remembers states. Most searches end sooner, and to repeat so few
/// steps costs hardly more than to prepare the memo.
const FORGETFUL_STEPS: u64 = 128;

impl<U: Unit> Machine<'_, U> {
    /// Whether the search remembers states by now.
    #[inline]
    pub(crate) fn remembers(&mut self) -> bool {
        if !self.scratch.memo.has_rows() && self.steps() >= FORGETFUL_STEPS {
            self.scratch.memo.reset(self.program.rows, self.text.len() as u32);
        }
        self.scratch.memo.has_rows()
    }

    /// Comes to a memo point. Fails if the machine has been in this state before.
    pub(crate) fn visit(&mut self, point: MemoPoint) -> Step {
        if !self.remembers() {
            return Step::Next;
        }
        let row = point.row + self.state_of(point.scope) * (1 + u64::from(point.in_look));
        if let Some(count) = self.lowest_count(point.scope) {
            return Step::next_if(self.scratch.memo.lower(row, self.position, count));
        }
        if !self.scratch.memo.insert(row, self.position) {
            if point.in_look {
                self.scratch.trail.push(row, self.position);
            }
            Step::Next
        } else if point.in_look && self.scratch.memo.contains(row + 1, self.position) {
            self.look_matched()
        } else {
            Step::Failed
        }
    }

    /// The count whose lowest value is remembered, if the scope has one.
    fn lowest_count(&self, scope: Option<u32>) -> Option<u32> {
        let counter = self.program.scopes[scope? as usize].lowest?;
        let register = self.program.counters[counter as usize].register;
        Some(self.scratch.registers[register as usize])
    }

    /// What the scope says, as one number below its number of states.
    pub(crate) fn state_of(&self, scope: Option<u32>) -> u64 {
        let Some(innermost) = scope else { return 0 };
        let scopes = &self.program.scopes;
        let Scope { loops, counts, lowest, .. } = scopes[innermost as usize];
        let idle_loops = loops - self.moved_loops(innermost);
        if counts == 1 {
            return idle_loops.into();
        }
        let mut state = 0;
        let mut link = scope;
        while let Some(scope) = link.map(|scope| &scopes[scope as usize]) {
            if let ScopeKind::Counted { counter: id } = scope.kind {
                let counter = &self.program.counters[id as usize];
                let count = self.scratch.registers[counter.register as usize];
                let (digit, digits) = counter.digit(count, lowest == Some(id));
                state = state * digits + digit;
            }
            link = scope.parent;
        }
        state * (u64::from(loops) + 1) + u64::from(idle_loops)
    }

    /// How many of the loops around have consumed something, which are the outermost ones.
    ///
    /// Links that are no loops decide nothing and count as the loop inside them. Jumps skip loops
    /// that have consumed nothing.
    fn moved_loops(&self, innermost: u32) -> u32 {
        let scopes = &self.program.scopes;
        let idle = |scope: &Scope| match scope.kind {
            ScopeKind::Loop { start } => self.scratch.registers[start as usize] == self.position,
            ScopeKind::Counted { .. } => true,
        };
        let mut link = Some(innermost);
        while let Some(scope) = link.map(|scope| &scopes[scope as usize]) {
            if !idle(scope) {
                return scope.loops;
            }
            let jump = scope.jump.map(|jump| &scopes[jump as usize]);
            let skips =
                jump.is_some_and(|jump| matches!(jump.kind, ScopeKind::Loop { .. }) && idle(jump));
            link = if skips { scope.jump } else { scope.parent };
        }
        0
    }

    /// Whether the body of a lookaround matches here, if the lockstep engine has found out.
    pub(crate) fn look_known(&self, look: u32) -> Option<bool> {
        self.scratch.lockstep.as_ref()?.look(look, self.position)
    }

    /// Whether a match can be completed at the head of a counted loop, as far as is known.
    pub(crate) fn leads_on(&self, counter: Counter) -> bool {
        let Some(lockstep) = &self.scratch.lockstep else { return true };
        let mut around = [Count::default(); MAX_NESTED];
        let (mut levels, mut link) = (0, Some(counter.scope));
        while let Some(scope) = link.map(|scope| &self.program.scopes[scope as usize]) {
            if let ScopeKind::Counted { counter } = scope.kind {
                let counter = &self.program.counters[counter as usize];
                let Some(count) = around.get_mut(levels) else { return true };
                let done = self.scratch.registers[counter.register as usize];
                // the iterations that this text leaves out are not asked for
                let (min, max) = counter.bounds(self.iteration_limit());
                *count = Count { done, min: min.min(counter.least), max };
                levels += 1;
            }
            link = scope.parent;
        }
        let after = self.text.len() as u32 - self.position;
        lockstep.leads_on(counter.node, after, &around[..levels])
    }

    /// The body of the innermost lookaround has matched. Its states are remembered as ones that
    /// lead to a match, and its choices are dropped.
    pub(crate) fn look_matched(&mut self) -> Step {
        let Scratch { stack, looks, captures, trail, memo, .. } = self.scratch;
        let Some(look) = looks.pop() else { return Step::Failed };
        trail.truncate(look.trail, |row, run| {
            for position in run.positions() {
                memo.insert(row + 1, position);
            }
        });
        if look.negative {
            while stack.len() > look.stack {
                if let Some(Entry::Capture { slot, value }) = stack.pop() {
                    captures[slot as usize] = value;
                }
            }
            return Step::Failed;
        }
        // What the body captured stays, until the machine backtracks past the lookaround.
        let mut kept = look.stack;
        if !captures.is_empty() {
            for at in look.stack..stack.len() {
                if matches!(stack[at], Entry::Capture { .. }) {
                    stack.swap(kept, at);
                    kept += 1;
                }
            }
        }
        stack.truncate(kept);
        (self.pc, self.position) = (look.end, look.position);
        Step::Moved
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::FORGETFUL_STEPS;
    use crate::backtrack::vm::Scratch;
    use crate::outcome::Outcome;
    use crate::pattern::Pattern;
    use crate::text::haystack::Haystack;

    #[test]
    fn a_search_remembers_states_once_it_is_not_short() {
        let steps = |times: usize| {
            let source = format!("^{}y", "(?:x|x|x)".repeat(times));
            let pattern = Pattern::parse_str(&source, "").unwrap();
            let (never, mut scratch) = (AtomicBool::new(false), Scratch::default());
            let text = Haystack::from_utf8("xxxxxxxxxxxxxxxxxxxxxxxxx");
            assert_eq!(pattern.find(&text, &mut scratch, &never), Outcome::NoMatch);
            scratch.steps_used()
        };
        // each way to the end, and later one of three
        assert!(steps(3) > 3 * 27, "{} steps", steps(3));
        assert!(steps(20) < FORGETFUL_STEPS + 20 * 20, "{} steps", steps(20));
    }
}
