//! The third engine: where a match can start, found for all starts at once.
//!
//! A backtracker tries one start after the other, and a count depends on where it was started. So
//! `(?:a?b?){0,5000}c` on a run of `a` costs 5,000 steps a start, and counted loops inside each
//! other multiply their counts. Here all attempts move through the text together, one character at
//! a time, as in Thompson's simulation ("Regular Expression Search Algorithm", 1968), and a state
//! is dropped if another one can do all that it can. Above a loop's minimum, a lower count can do
//! all that a higher one can; and as an attempt starts at every position, low counts are always
//! there. Counting sets do the same for states without such an order (Turoňová, Holík, Lengál,
//! Saarikivi, Veanes, Vojnar, "Regex Matching with Counting-Set Automata", 2020).
//!
//! The text is read backwards, so that an attempt ends where a match can start: that gives the
//! first start, but not the end of its match, which depends on priorities. For that, the pass notes
//! what the exact engine needs to know to go no wrong way far. A lookaround has a pass of its own
//! before, against the direction in which it looks: it notes each position where the body matches
//! (Barrière, Pit-Claudel, "Linear Matching of JavaScript Regular Expressions", 2024).
//!
//! When it helps: the exact engine needs many steps for each position, for the sake of counts. When
//! it hurts: everywhere else, it is slower than the exact engine and than an automaton.

pub(crate) mod heads;
pub(crate) mod nfa;
pub(crate) mod pass;

use crate::interrupt::Interrupt;
use crate::limits::MAX_MATCH_BYTES;
use crate::lockstep::heads::{Count, Heads};
use crate::lockstep::nfa::{Nfa, Source};
use crate::lockstep::pass::{Pass, Surroundings};
use crate::outcome::Outcome;
use crate::start_range::StartRange;
use crate::syntax::analysis;
use crate::syntax::ast::{Ast, Node, NodeId};
use crate::text::haystack::Text;
use crate::units::char_set::CharSet;

/// Steps between two polls of the interrupt and the limits.
const POLL_INTERVAL: u64 = 4096;

/// The passes of a pattern.
#[derive(Debug)]
pub(crate) struct Lockstep {
    /// Those of the lookarounds, inner ones first, and that of the pattern.
    passes: Vec<Nfa>,
    sets: Vec<CharSet>,
    code_points: bool,
    sticky: bool,
}

/// A search, and where it stands.
#[derive(Debug)]
pub(crate) struct Progress {
    /// What the passes before this one have noted.
    looks: Vec<Vec<u64>>,
    pass: Pass,
    /// Positions visited in this pass.
    visited: u32,
    /// What this pass has noted, if it is that of a lookaround.
    noted: Vec<u64>,
    /// The lowest start so far.
    start: Option<u32>,
    steps: u64,
}

impl Lockstep {
    /// `None` if a pass exceeds a limit.
    pub(crate) fn new(ast: &Ast) -> Option<Self> {
        let looks: Vec<NodeId> = ast.looks().collect();
        let (facts, idle) = (analysis::analyse(ast), analysis::idle(ast));
        let source = Source { ast, facts: &facts, idle: &idle, looks: &looks };
        let mut sets = ast.sets.iter().map(CharSet::new).collect();
        let mut passes = Vec::with_capacity(looks.len() + 1);
        for &look in &looks {
            let &Node::Look { body, behind, .. } = &ast.nodes[look as usize] else { return None };
            passes.push(nfa::compile(&source, &mut sets, body, !behind)?);
        }
        passes.push(nfa::compile(&source, &mut sets, ast.root, true)?);
        let (code_points, sticky) = (ast.flags.code_points(), ast.flags.sticky);
        Some(Self { passes, sets, code_points, sticky })
    }

    pub(crate) fn start(&self) -> Progress {
        Progress {
            looks: Vec::new(),
            pass: self.pass(0),
            visited: 0,
            noted: Vec::new(),
            start: None,
            steps: 0,
        }
    }

    fn pass(&self, index: usize) -> Pass {
        let mut pass = Pass::new(&self.passes[index]);
        pass.heads = (index + 1 == self.passes.len()).then(Heads::default);
        pass
    }

    /// The lowest offset within `starts` where a match starts, unless the search is interrupted.
    /// Over `budget` steps, the outcome is [`Outcome::Undecided`].
    pub(crate) fn resume(
        &self,
        progress: &mut Progress,
        text: Text<'_>,
        starts: StartRange,
        budget: u64,
        interrupt: &Interrupt<'_>,
    ) -> Result<Option<u32>, Outcome> {
        let last = if self.sticky { 0 } else { starts.last };
        // a caller may allow a start within a pair, but no match starts there
        let splits_pair = self.code_points && text.splits_pair(starts.first);
        let first = starts.first - u32::from(splits_pair);
        loop {
            let nfa = &self.passes[progress.looks.len()];
            let is_look = progress.looks.len() + 1 < self.passes.len();
            let lowest = if is_look { 0 } else { first };
            let length = text.length();
            if is_look {
                progress.noted.resize(length as usize / 64 + 1, 0);
            }
            while progress.visited <= length.saturating_sub(lowest) && lowest <= length {
                let at = if nfa.backward { length - progress.visited } else { progress.visited };
                progress.visited += 1;
                let Progress { looks, pass, .. } = progress;
                let around = Surroundings { text, sets: &self.sets, looks };
                let splits_pair = self.code_points && text.splits_pair(at);
                let matched = !splits_pair && pass.visit(nfa, around, at);
                if let Some(heads) = &mut pass.heads {
                    heads.end_position();
                }
                if matched {
                    if is_look {
                        progress.noted[at as usize / 64] |= 1 << (at % 64);
                    } else if at <= last {
                        progress.start = Some(at);
                    }
                }
                if progress.pass.steps >= POLL_INTERVAL {
                    progress.steps += std::mem::take(&mut progress.pass.steps);
                    interrupt.check()?;
                    if progress.steps > budget || progress.bytes() > MAX_MATCH_BYTES {
                        return Err(Outcome::Undecided);
                    }
                }
            }
            if !is_look {
                return Ok(progress.start);
            }
            progress.looks.push(std::mem::take(&mut progress.noted));
            progress.pass = self.pass(progress.looks.len());
            progress.visited = 0;
        }
    }
}

impl Progress {
    /// Whether the body of a lookaround matches at a position, if its pass is done.
    pub(crate) fn look(&self, look: u32, at: u32) -> Option<bool> {
        let noted = self.looks.get(look as usize)?;
        Some(noted[at as usize / 64] >> (at % 64) & 1 == 1)
    }

    /// Whether a match can be completed at the head of a loop: see [`Heads::lead_on`].
    pub(crate) fn leads_on(&self, node: NodeId, after: u32, around: &[Count]) -> bool {
        self.pass.heads.as_ref().is_none_or(|heads| heads.lead_on(node, after, around))
    }

    /// Approximate size in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let words: usize = self.looks.iter().chain([&self.noted]).map(Vec::len).sum();
        self.pass.bytes() + words * size_of::<u64>()
    }
}
