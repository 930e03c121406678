//! The program that the virtual machine runs.

use once_cell::sync::OnceCell;

use crate::backtrack::required::RequiredStrings;
use crate::backtrack::start::Start;
use crate::limits::MAX_TEXT_UNITS;
use crate::syntax::ast::{Assertion, NodeId, SetId};
use crate::units::char_set::CharSet;
use crate::units::needle::Ahead;
use crate::units::opening::Opening;

/// Index of an instruction.
pub(crate) type Pc = u32;

/// In place of a memo point: there is none.
pub(crate) const UNREMEMBERED: u32 = u32::MAX;

/// Instructions from a `RunLazy` to its exit.
pub(crate) const LAZY_EXIT: u32 = 3;

/// One instruction. Those that end in `Back` read the text backwards, for lookbehinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inst {
    /// This code unit.
    Unit(u16),
    UnitBack(u16),
    /// A code unit of the set.
    Set(SetId),
    SetBack(SetId),
    /// A code point of the set.
    Point(SetId),
    PointBack(SetId),
    Assert(Assertion),
    Jump(Pc),
    /// Continue at `first`; if that fails, at `second`.
    Split {
        first: Pc,
        second: Pc,
    },
    /// `x*` over single code units, outside lookbehinds: the loop `head: Memo; Split body, exit;
    /// body: Set; Jump head; exit:` in one step. `point` is [`UNREMEMBERED`] where there are no
    /// memo points.
    Run {
        set: SetId,
        point: u32,
    },
    /// `x*?` in the same way: `head: RunLazy; Set; Jump head; exit:`. It leaves for the exit where
    /// that can match.
    RunLazy {
        set: SetId,
        point: u32,
    },
    /// `x{2,5}` over single code units, outside lookbehinds: see [`BoundedRun`].
    BoundedRun(u32),
    /// A memo point: fail if the machine has been here at this position in the same state.
    Memo(u32),
    /// Note the position where an iteration starts.
    Enter(u32),
    /// Fail if the iteration has consumed nothing (ECMA-262, `RepeatMatcher` step 2.b).
    Step(u32),
    /// Start counting iterations.
    Count(u32),
    /// Start an iteration or leave for `exit`, as the counter says.
    Iterate {
        counter: u32,
        exit: Pc,
    },
    /// `Step`, once the counter has reached its minimum.
    ProgressPastMin {
        start: u32,
        counter: u32,
    },
    /// An iteration is done.
    Increment(u32),
    /// Run the body, which starts at the next instruction and ends in `LookMatched`; continue at
    /// `end`. `look`: which lookaround of the pattern it is.
    Look {
        look: u32,
        negative: bool,
        end: Pc,
    },
    LookMatched,
    /// Note the position as one end of a group.
    Capture(u32),
    /// Forget the groups from `first` to before `end`.
    Forget {
        first: u32,
        end: u32,
    },
    /// The text of a group again.
    BackReference(u32),
    BackReferenceBack(u32),
    Match,
}

impl Inst {
    /// Whether it consumes nothing and leads to the next instruction, if to any.
    pub(crate) fn is_passed(&self) -> bool {
        matches!(
            self,
            Self::Assert(_)
                | Self::Memo(_)
                | Self::Enter(_)
                | Self::Step(_)
                | Self::Count(_)
                | Self::ProgressPastMin { .. }
                | Self::Increment(_)
                | Self::Capture(_)
                | Self::Forget { .. }
        )
    }
}

/// What a memo point needs to know besides the position: which enclosing loops have consumed
/// nothing in this iteration yet, and the counters of enclosing counted loops.
///
/// Scopes form a chain, innermost first, that ends at the innermost lookaround: what is outside it
/// does not decide whether its body matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    pub(crate) parent: Option<u32>,
    /// A scope further out, placed so that any scope of the chain is a logarithmic number of jumps
    /// away (Myers, "An applicative random-access stack", 1983).
    pub(crate) jump: Option<u32>,
    pub(crate) kind: ScopeKind,
    /// Links in the chain.
    pub(crate) depth: u32,
    /// Loops with a `Step` check in the chain.
    pub(crate) loops: u32,
    /// Number of combinations of counts in the chain, as far as they are told apart.
    pub(crate) counts: u64,
    /// The same without the counter that is `lowest`.
    pub(crate) others: u64,
    /// The counter of which only the lowest count is remembered: see [`Counter::digit`].
    pub(crate) lowest: Option<u32>,
}

/// One link of a [`Scope`] chain.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ScopeKind {
    Loop { start: u32 },
    Counted { counter: u32 },
}

/// An instruction whose states are remembered. They take the rows from `row` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemoPoint {
    pub(crate) row: u64,
    pub(crate) scope: Option<u32>,
    /// Inside a lookaround each state has two rows: visited, and succeeded.
    pub(crate) in_look: bool,
}

/// A loop over single code units that has a bound, run in one step. Only its end is remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundedRun {
    pub(crate) set: SetId,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) greedy: bool,
    /// Of a long one: which of the program's long runs it is. From each start it would look at the
    /// same units again, so the search remembers how far they go.
    pub(crate) known: Option<u32>,
}

/// A counted loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counter {
    /// The quantifier.
    pub(crate) node: NodeId,
    pub(crate) register: u32,
    /// Where its iterations are counted.
    pub(crate) scope: u32,
    /// `min`, or 0 if iterations can be empty at every position.
    pub(crate) least: u32,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
    pub(crate) greedy: bool,
}

impl Counter {
    /// The bounds for a text in which at most `limit` iterations can make a difference. Of more
    /// mandatory ones all but `limit` are empty, and leaving those out changes nothing: `x{100}` is
    /// then `x{limit}`, not `x{limit,}`.
    pub(crate) fn bounds(&self, limit: u32) -> (u32, Option<u32>) {
        let min = self.min.min(limit);
        (min, self.max.map(|max| max - (self.min - min)))
    }

    /// The part of a count that tells states apart, and the number of its values.
    ///
    /// Past the minimum, a higher count leaves fewer iterations and changes nothing else: where a
    /// count has failed, all higher ones fail. So for one counter of a scope, the `lowest`, a count
    /// past the minimum stands for the minimum, and the lowest count seen there is remembered.
    pub(crate) fn digit(&self, count: u32, lowest: bool) -> (u64, u64) {
        if lowest {
            (count.min(self.min).into(), u64::from(self.min) + 1)
        } else {
            (count.into(), u64::from(self.cap(MAX_TEXT_UNITS as u32)) + 1)
        }
    }

    /// The highest count that matters: past the minimum each iteration consumes something.
    pub(crate) fn cap(&self, limit: u32) -> u32 {
        let (min, max) = self.bounds(limit);
        max.map_or(min, |max| max.min(min + limit))
    }
}

/// Where a loop over units goes on.
#[derive(Debug)]
pub(crate) struct Exit {
    pub(crate) pc: Pc,
    /// What the text must continue with there. Found out when it is first asked for, which takes
    /// longer than most searches.
    pub(crate) opening: OnceCell<Option<Box<Opening>>>,
}

/// The groups that a back-reference may refer to.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) groups: Box<[u32]>,
    pub(crate) ignore_case: bool,
}

impl Reference {
    /// Whether it is to this group alone, and in the same case.
    pub(crate) fn is_to(&self, group: u32) -> bool {
        !self.ignore_case && *self.groups == [group]
    }
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) code: Box<[Inst]>,
    pub(crate) sets: Box<[CharSet]>,
    pub(crate) memo_points: Box<[MemoPoint]>,
    pub(crate) scopes: Box<[Scope]>,
    pub(crate) counters: Box<[Counter]>,
    pub(crate) bounded_runs: Box<[BoundedRun]>,
    /// How many of these are long.
    pub(crate) long_runs: u32,
    pub(crate) references: Box<[Reference]>,
    pub(crate) registers: u32,
    /// Two ends per group, with the whole match as group 0; none if there are no back-references.
    pub(crate) captures: u32,
    /// Rows of the memo table.
    pub(crate) rows: u64,
    pub(crate) code_points: bool,
    pub(crate) start: Start,
    /// The first instructions, as many units, need not be run where `start` has been found.
    pub(crate) found_by_start: u32,
    /// The set of the loop without an upper bound that every match starts with: where an attempt
    /// fails, so does one at any of the units that its loop can take.
    pub(crate) first_loop: Option<SetId>,
    pub(crate) exits: Box<[Exit]>,
    /// Loops that give nothing back, see [`super::possessive`].
    pub(crate) possessive: u64,
    pub(crate) required: RequiredStrings,
    pub(crate) ignore_case_mode: crate::unicode::CaseMode,
}

impl Program {
    /// The next instruction from `pc` on that is no condition on the position. If it has to consume
    /// something and cannot, the way from `pc` fails at once and need not be remembered.
    #[inline]
    pub(crate) fn consumer_at(&self, pc: Pc) -> &Inst {
        self.way_from(pc).next().unwrap_or(&Inst::Match)
    }

    /// What the text must continue with for the way from `pc` not to fail at once, if that is
    /// known. Two units where there are two: a single letter is frequent, and each place costs an
    /// attempt.
    #[inline]
    pub(crate) fn ahead_of(&self, pc: Pc) -> Option<Ahead> {
        ahead_of(&self.code, pc)
    }

    /// Whether the loop at `pc` need not leave a choice to stop sooner.
    #[inline]
    pub(crate) fn is_possessive(&self, pc: Pc) -> bool {
        self.possessive.checked_shr(pc).is_some_and(|loops| loops & 1 == 1)
    }

    fn way_from(&self, pc: Pc) -> impl Iterator<Item = &Inst> {
        way_from(&self.code, pc)
    }
}

/// [`Program::ahead_of`] in this code.
#[inline]
pub(super) fn ahead_of(code: &[Inst], pc: Pc) -> Option<Ahead> {
    let mut way = way_from(code, pc);
    let &Inst::Unit(unit) = way.next()? else { return None };
    Some(match way.next() {
        Some(&Inst::Unit(next)) => Ahead::Pair([unit, next]),
        _ => Ahead::Unit(unit),
    })
}

#[inline]
fn way_from(code: &[Inst], pc: Pc) -> impl Iterator<Item = &Inst> {
    let is_condition = |inst: &&Inst| matches!(inst, Inst::Memo(_) | Inst::Assert(_));
    code[pc as usize..].iter().skip_while(is_condition)
}
