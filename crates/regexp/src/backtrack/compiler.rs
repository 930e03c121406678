//! From an [`Ast`] to a [`Program`].
//!
//! Nothing recurses: a construct is replaced by the tasks that lay it out, and tasks wait on a
//! stack. Jumps go to labels, which become instruction numbers at the end.
//!
//! Where control flow joins (the head of a loop, the end of an alternation, the entry of a
//! lookaround) stands a memo point: it fails when the machine comes by in a state that it was in
//! before. Between memo points the flow only forks, so all work is bounded by memo points ×
//! positions (Davis et al., "Using Selective Memoization to Defeat Regular Expression Denial of
//! Service", 2021). A pattern with back-references has none: there, whether a state fails depends
//! on what was captured.

use crate::backtrack::opening::{self, Tables};
use crate::backtrack::possessive;
use crate::backtrack::program::{
    BoundedRun, Counter, Inst, MemoPoint, Pc, Program, Reference, Scope, ScopeKind, UNREMEMBERED,
};
use crate::backtrack::required;
use crate::backtrack::start::{self, Start};
use crate::limits::MAX_PROGRAM_INSTRUCTIONS;
use crate::syntax::analysis::{self, Facts, Plan};
use crate::syntax::ast::{Ast, Node, NodeId};
use crate::syntax::error::{ErrorKind, PatternError};
use crate::unicode::CodePointSet;
use crate::units::char_set::CharSet;

/// Rows of a memo table, so that their numbers do not overflow. Only nested counted loops with huge
/// bounds come near.
const MAX_ROWS: u64 = 1 << 60;

/// Units, above its minimum, that a loop with a bound may take in one step. Each is a position
/// where it may end, and from every start all of them may be tried; above this, a loop that
/// remembers where it has been is cheaper.
const MOST_ENDS: u32 = 1000;

/// Units of a run above which it remembers how far they go: see [`BoundedRun::known`].
const LONG_RUN: u32 = 64;

/// Instructions for which there is room from the start, at most.
const USUAL_INSTRUCTIONS: u64 = 1024;

/// How loops are compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loops {
    /// As is best for a backtracker.
    Fast,
    /// As the lockstep engine has them, so that it knows how they can go on.
    Counted,
}

/// Compiles a parsed pattern.
pub(crate) fn compile(ast: &Ast, loops: Loops) -> Result<Program, PatternError> {
    let facts = analysis::analyse(ast);
    let mut compiler = Compiler::new(ast, &facts, loops);
    compiler.tasks.push(Task::Emit(Inst::Match));
    compiler.tasks.push(Task::Node(ast.root));
    while let Some(task) = compiler.tasks.pop() {
        compiler.run(task)?;
    }
    Ok(compiler.finish())
}

/// Refuses a pattern whose program would be too large, without compiling it.
pub(crate) fn check_size(facts: &[Facts], ast: &Ast) -> Result<(), PatternError> {
    let size = facts[ast.root as usize].size;
    let fits = size <= MAX_PROGRAM_INSTRUCTIONS as u64;
    fits.then_some(()).ok_or_else(|| ErrorKind::TooLarge.at(0))
}

/// A jump target, bound to an instruction once that is laid out.
type Label = u32;

#[derive(Clone, Copy)]
enum Task {
    Node(NodeId),
    /// Jump targets in the instruction are labels.
    Emit(Inst),
    Bind(Label),
    Memo,
    /// A loop over units of the set.
    Run {
        set: u32,
        greedy: bool,
    },
    /// A loop over units of the set that has a bound, in one step.
    BoundedRun {
        set: u32,
        min: u32,
        max: u32,
        greedy: bool,
    },
    /// From here on, memo points depend on this scope.
    Scope(Option<u32>),
    /// From here on, the text is read in this direction, inside a lookaround or not.
    Direction {
        behind: bool,
        in_look: bool,
    },
}

struct Compiler<'a> {
    ast: &'a Ast,
    facts: &'a [Facts],
    looks: Vec<NodeId>,
    loops: Loops,
    idle: Vec<bool>,
    tasks: Vec<Task>,
    code: Vec<Inst>,
    labels: Vec<Pc>,
    sets: Vec<CharSet>,
    memo_points: Vec<MemoPoint>,
    scopes: Vec<Scope>,
    counters: Vec<Counter>,
    bounded_runs: Vec<BoundedRun>,
    long_runs: u32,
    references: Vec<Reference>,
    registers: u32,
    rows: u64,
    scope: Option<u32>,
    behind: bool,
    in_look: bool,
}

impl<'a> Compiler<'a> {
    fn new(ast: &'a Ast, facts: &'a [Facts], loops: Loops) -> Self {
        // vectors that grow by and by would take a tenth of the time
        let size = facts[ast.root as usize].size.min(USUAL_INSTRUCTIONS) as usize;
        Self {
            ast,
            facts,
            looks: ast.looks().collect(),
            loops,
            idle: if loops == Loops::Counted { analysis::idle(ast) } else { Vec::new() },
            tasks: Vec::with_capacity(size + 2),
            code: Vec::with_capacity(size + 2),
            labels: Vec::new(),
            sets: ast.sets.iter().map(CharSet::new).collect(),
            memo_points: Vec::new(),
            scopes: Vec::new(),
            counters: Vec::new(),
            bounded_runs: Vec::new(),
            long_runs: 0,
            references: Vec::new(),
            registers: 0,
            rows: 0,
            scope: None,
            behind: false,
            in_look: false,
        }
    }

    fn finish(self) -> Program {
        let mut code = self.code;
        for inst in &mut code {
            match inst {
                Inst::Jump(to) | Inst::Iterate { exit: to, .. } | Inst::Look { end: to, .. } => {
                    *to = self.labels[*to as usize];
                }
                Inst::Split { first, second } => {
                    *first = self.labels[*first as usize];
                    *second = self.labels[*second as usize];
                }
                _ => {}
            }
        }
        let Self {
            ast, facts, sets, memo_points, scopes, counters, bounded_runs, references, ..
        } = self;
        let tables = Tables {
            code: &code,
            sets: &sets,
            bounded_runs: &bounded_runs,
            references: &references,
        };
        let start = start::start(ast, facts, || opening::of_match(tables));
        let found_by_start = match &start {
            Start::Prefix(prefix) => {
                let same =
                    |(inst, unit): &(&Inst, &u16)| matches!(inst, Inst::Unit(own) if own == *unit);
                code.iter().zip(prefix.units()).take_while(same).count() as u32
            }
            _ => 0,
        };
        let first_loop = match code[..] {
            [Inst::Run { set, .. } | Inst::RunLazy { set, .. }, ..] => Some(set),
            [Inst::Set(first), Inst::Run { set, .. } | Inst::RunLazy { set, .. }, ..] => {
                (first == set).then_some(set)
            }
            [Inst::BoundedRun(run), Inst::Run { set, .. } | Inst::RunLazy { set, .. }, ..] => {
                let run = bounded_runs[run as usize];
                (run.set == set && run.min == run.max).then_some(set)
            }
            _ => None,
        };
        Program {
            start,
            first_loop,
            exits: opening::exits(&code),
            possessive: possessive::possessive(&code, &sets, &bounded_runs),
            code: code.into(),
            sets: sets.into(),
            memo_points: memo_points.into(),
            scopes: scopes.into(),
            counters: counters.into(),
            bounded_runs: bounded_runs.into(),
            long_runs: self.long_runs,
            references: references.into(),
            registers: self.registers,
            captures: if ast.has_back_references { 2 * (ast.groups + 1) } else { 0 },
            rows: self.rows,
            code_points: ast.flags.code_points(),
            found_by_start,
            required: required::required(ast),
            ignore_case_mode: ast.flags.case_mode(),
        }
    }

    fn run(&mut self, task: Task) -> Result<(), PatternError> {
        match task {
            Task::Node(id) => return self.node(id),
            Task::Emit(inst) => self.code.push(inst),
            Task::Bind(label) => self.labels[label as usize] = self.code.len() as Pc,
            Task::Memo => return self.memo(),
            Task::Run { set, greedy } => return self.run_of(set, greedy),
            Task::BoundedRun { set, min, max, greedy } => {
                let known = (max > LONG_RUN).then_some(self.long_runs);
                self.long_runs += u32::from(known.is_some());
                return self.bounded_run(BoundedRun { set, min, max, greedy, known });
            }
            Task::Scope(scope) => self.scope = scope,
            Task::Direction { behind, in_look } => (self.behind, self.in_look) = (behind, in_look),
        }
        Ok(())
    }

    /// Schedules tasks to run in the order given.
    fn schedule(&mut self, tasks: impl IntoIterator<Item = Task, IntoIter: DoubleEndedIterator>) {
        self.tasks.extend(tasks.into_iter().rev());
    }

    fn label(&mut self) -> Label {
        self.labels.push(0);
        (self.labels.len() - 1) as Label
    }

    fn register(&mut self) -> u32 {
        self.registers += 1;
        self.registers - 1
    }

    fn memo(&mut self) -> Result<(), PatternError> {
        let point = self.memo_point()?;
        self.code.extend(point.map(Inst::Memo));
        Ok(())
    }

    /// Makes a memo point, if the pattern has any.
    fn memo_point(&mut self) -> Result<Option<u32>, PatternError> {
        if self.ast.has_back_references {
            return Ok(None);
        }
        let states = self.scope.map_or(1, |scope| {
            let scope = self.scopes[scope as usize];
            scope.counts.saturating_mul(u64::from(scope.loops) + 1)
        });
        let row = self.rows;
        self.rows = states
            .checked_mul(1 + u64::from(self.in_look))
            .and_then(|rows| rows.checked_add(row))
            .filter(|&rows| rows <= MAX_ROWS)
            .ok_or_else(|| ErrorKind::TooLarge.at(0))?;
        self.memo_points.push(MemoPoint { row, scope: self.scope, in_look: self.in_look });
        Ok(Some((self.memo_points.len() - 1) as u32))
    }

    fn inner_scope(&mut self, parent: Option<u32>, kind: ScopeKind) -> u32 {
        let outer = parent.map(|parent| self.scopes[parent as usize]);
        let (mut loops, mut others, mut lowest) =
            outer.map_or((0, 1, None), |outer| (outer.loops, outer.others, outer.lowest));
        let states = |counter: u32, lowest| self.counters[counter as usize].digit(0, lowest).1;
        match kind {
            ScopeKind::Loop { .. } => loops += 1,
            // in a lookaround success is remembered too, so every count is a state of its own
            ScopeKind::Counted { counter } if self.in_look => {
                others = others.saturating_mul(states(counter, false));
            }
            ScopeKind::Counted { counter } => {
                let saved = |counter: u32| states(counter, false) - states(counter, true);
                let (more, less) = match lowest {
                    Some(known) if saved(known) >= saved(counter) => (Some(known), Some(counter)),
                    known => (Some(counter), known),
                };
                lowest = more;
                others = others.saturating_mul(less.map_or(1, |less| states(less, false)));
            }
        }
        let counts = others.saturating_mul(lowest.map_or(1, |lowest| states(lowest, true)));
        let depth = parent.map_or(0, |parent| self.scopes[parent as usize].depth) + 1;
        let jump = parent.and_then(|parent| self.jump_from(parent));
        self.scopes.push(Scope { parent, jump, kind, depth, loops, counts, others, lowest });
        (self.scopes.len() - 1) as u32
    }

    /// Where a scope inside `parent` jumps to: where the jump of the parent's jump leads if those
    /// two jumps span the same number of scopes, else to the parent.
    fn jump_from(&self, parent: u32) -> Option<u32> {
        let depth = |scope: Option<u32>| scope.map_or(0, |scope| self.scopes[scope as usize].depth);
        let first = self.scopes[parent as usize].jump;
        let second = first.and_then(|first| self.scopes[first as usize].jump);
        let even =
            first.is_some() && depth(Some(parent)) - depth(first) == depth(first) - depth(second);
        if even { second } else { Some(parent) }
    }

    fn node(&mut self, id: NodeId) -> Result<(), PatternError> {
        if self.code.len() > MAX_PROGRAM_INSTRUCTIONS {
            return Err(ErrorKind::TooLarge.at(0));
        }
        match &self.ast.nodes[id as usize] {
            Node::Empty => {}
            Node::Literal(c) => self.literal(*c),
            Node::Set(set) => self.set(*set),
            Node::Sequence(terms) => {
                let terms = self.ast.list(*terms).iter().map(|&id| Task::Node(id));
                if self.behind {
                    self.tasks.extend(terms);
                } else {
                    self.tasks.extend(terms.rev());
                }
            }
            Node::Alternation(alternatives) => self.alternation(self.ast.list(*alternatives)),
            Node::Capture { group, body } => self.capture(*group, *body),
            Node::Repeat { body, min, max, greedy, groups } => {
                let nullable = self.facts[*body as usize].nullable;
                let groups = if self.ast.has_back_references { *groups } else { (0, 0) };
                let repeat =
                    Repeat { body: *body, min: *min, max: *max, greedy: *greedy, groups, nullable };
                if self.facts[*body as usize].zero_width {
                    self.idle(&repeat);
                    return Ok(());
                }
                if self.loops == Loops::Counted {
                    if analysis::is_counted(self.ast, *body, *min, *max) {
                        self.counted(id, &repeat);
                    } else {
                        self.unrolled(&repeat);
                    }
                    return Ok(());
                }
                if let Some(set) = self.units_of(*body, *min, *max) {
                    self.runs(id, set, &repeat);
                    return Ok(());
                }
                match analysis::plan(self.facts[*body as usize], *min, *max).0 {
                    Plan::Unroll => self.unrolled(&repeat),
                    Plan::Count => self.counted(id, &repeat),
                }
            }
            Node::Look { behind, negative, body } => self.look(id, *behind, *negative, *body),
            Node::BackReference { groups, ignore_case } => {
                let reference = self.references.len() as u32;
                let groups = self.ast.list(*groups).into();
                self.references.push(Reference { groups, ignore_case: *ignore_case });
                self.code.push(if self.behind {
                    Inst::BackReferenceBack(reference)
                } else {
                    Inst::BackReference(reference)
                });
            }
            Node::Assert(assertion) => self.code.push(Inst::Assert(*assertion)),
        }
        Ok(())
    }

    fn literal(&mut self, c: u32) {
        if let Ok(unit) = u16::try_from(c) {
            if self.ast.flags.code_points() && (0xD800..=0xDFFF).contains(&unit) {
                // A lone surrogate must not match half of a pair.
                let set = CodePointSet::single(c);
                self.sets.push(CharSet::new(&set));
                let set = (self.sets.len() - 1) as u32;
                self.code.push(if self.behind { Inst::PointBack(set) } else { Inst::Point(set) });
            } else {
                self.unit(unit);
            }
            return;
        }
        let (lead, trail) = crate::text::utf16::split(c);
        let (first, second) = if self.behind { (trail, lead) } else { (lead, trail) };
        self.unit(first);
        self.unit(second);
    }

    fn unit(&mut self, unit: u16) {
        self.code.push(if self.behind { Inst::UnitBack(unit) } else { Inst::Unit(unit) });
    }

    fn set(&mut self, set: u32) {
        self.code.push(match (self.is_by_unit(set), self.behind) {
            (true, false) => Inst::Set(set),
            (true, true) => Inst::SetBack(set),
            (false, false) => Inst::Point(set),
            (false, true) => Inst::PointBack(set),
        });
    }

    /// Whether the set can be tested unit by unit.
    fn is_by_unit(&self, set: u32) -> bool {
        !self.ast.flags.code_points() || self.ast.sets[set as usize].is_by_unit()
    }

    /// The set of units that a loop's body is, if it is one and the loop, or its mandatory part,
    /// can run in one step.
    fn units_of(&mut self, mut body: NodeId, min: u32, max: Option<u32>) -> Option<u32> {
        let in_one_step = self.fits_one_step(min, max);
        let worth_it = if in_one_step { max.is_none_or(|max| max > 1) } else { min > 1 };
        if !worth_it || self.behind {
            return None;
        }
        while let Node::Capture { body: inner, .. } = &self.ast.nodes[body as usize]
            && !self.ast.has_back_references
        {
            body = *inner;
        }
        match self.ast.nodes[body as usize] {
            Node::Set(set) if self.is_by_unit(set) => Some(set),
            Node::Literal(c @ (0..0xD800 | 0xE000..0x1_0000)) => {
                self.sets.push(CharSet::new(&CodePointSet::single(c)));
                Some((self.sets.len() - 1) as u32)
            }
            _ => None,
        }
    }

    /// Whether a loop over units can take all that it may above its minimum in one step.
    fn fits_one_step(&self, min: u32, max: Option<u32>) -> bool {
        let Some(max) = max else {
            // states of which the lowest count is remembered cannot be noted many at a time
            let lowest = |scope: u32| self.scopes[scope as usize].lowest.is_some();
            return self.ast.has_back_references || !self.scope.is_some_and(lowest);
        };
        max - min <= MOST_ENDS
    }

    /// `x{2,}` is `x{2}x*`, and `x{2,9000}` is `x{2}x{0,8998}`: what is mandatory is run in one
    /// step, however much it is, and what is optional if that is worth it.
    fn runs(&mut self, id: NodeId, set: u32, repeat: &Repeat) {
        let Repeat { min, max, greedy, .. } = *repeat;
        let bounded = |min, max| Task::BoundedRun { set, min, max, greedy };
        let mandatory = match min {
            0 => None,
            1 => Some(Task::Emit(Inst::Set(set))),
            _ => Some(bounded(min, min)),
        };
        let optional = Repeat { min: 0, max: max.map(|max| max - min), ..*repeat };
        match (max, self.fits_one_step(min, max)) {
            (Some(max), true) => {
                self.tasks.push(bounded(min, max));
                return;
            }
            (Some(_), false) => self.counted(id, &optional),
            (None, true) => self.tasks.push(Task::Run { set, greedy }),
            (None, false) => self.unrolled(&optional),
        }
        self.tasks.extend(mandatory);
    }

    fn bounded_run(&mut self, run: BoundedRun) -> Result<(), PatternError> {
        self.code.push(Inst::BoundedRun(self.bounded_runs.len() as u32));
        self.bounded_runs.push(run);
        // runs that start at different positions can end at the same one, and continue the same
        if run.min < run.max { self.memo() } else { Ok(()) }
    }

    fn run_of(&mut self, set: u32, greedy: bool) -> Result<(), PatternError> {
        let point = self.memo_point()?.unwrap_or(UNREMEMBERED);
        if greedy {
            self.code.push(Inst::Run { set, point });
        } else {
            let head = self.label();
            self.labels[head as usize] = self.code.len() as Pc;
            self.code.extend([Inst::RunLazy { set, point }, Inst::Set(set), Inst::Jump(head)]);
        }
        Ok(())
    }

    /// `Split first, next; first: …; Jump end; next: …; end: Memo`
    fn alternation(&mut self, alternatives: &[NodeId]) {
        let end = self.label();
        let mut tasks = Vec::with_capacity(alternatives.len() * 5);
        let Some((&last, others)) = alternatives.split_last() else { return };
        for &alternative in others {
            let (first, next) = (self.label(), self.label());
            tasks.extend([
                Task::Emit(Inst::Split { first, second: next }),
                Task::Bind(first),
                Task::Node(alternative),
                Task::Emit(Inst::Jump(end)),
                Task::Bind(next),
            ]);
        }
        tasks.extend([Task::Node(last), Task::Bind(end), Task::Memo]);
        self.schedule(tasks);
    }

    fn capture(&mut self, group: u32, body: NodeId) {
        if !self.ast.has_back_references {
            self.tasks.push(Task::Node(body));
            return;
        }
        let (open, close) =
            if self.behind { (2 * group + 1, 2 * group) } else { (2 * group, 2 * group + 1) };
        self.schedule([
            Task::Emit(Inst::Capture(open)),
            Task::Node(body),
            Task::Emit(Inst::Capture(close)),
        ]);
    }

    fn look(&mut self, id: NodeId, behind: bool, negative: bool, body: NodeId) {
        let end = self.label();
        let look = self.looks.partition_point(|&look| look < id) as u32;
        let outer = Task::Direction { behind: self.behind, in_look: self.in_look };
        self.schedule([
            Task::Emit(Inst::Look { look, negative, end }),
            Task::Direction { behind, in_look: true },
            Task::Scope(None),
            Task::Memo,
            Task::Node(body),
            Task::Emit(Inst::LookMatched),
            Task::Bind(end),
            Task::Scope(self.scope),
            outer,
        ]);
    }

    /// A body that never consumes anything: what it does once it does every time, so one mandatory
    /// iteration stands for all, and optional ones are not allowed.
    fn idle(&mut self, repeat: &Repeat) {
        if repeat.min > 0 {
            let mut tasks = Vec::new();
            self.iteration(repeat, false, &mut tasks);
            self.schedule(tasks);
        }
    }

    /// The mandatory iterations, then the optional ones: `x{2,4}` is `xx(?:x(?:x)?)?`, and `x{2,}`
    /// is `xx+`.
    fn unrolled(&mut self, repeat: &Repeat) {
        let mut tasks = Vec::new();
        // Without a check for empty iterations the last mandatory copy can serve as the loop.
        let loops_back = repeat.max.is_none() && repeat.min > 0 && !repeat.nullable;
        let mandatory = repeat.min - u32::from(loops_back);
        for _ in 0..mandatory {
            self.iteration(repeat, false, &mut tasks);
        }
        match repeat.max {
            None if loops_back => {
                let (head, exit) = (self.label(), self.label());
                tasks.push(Task::Bind(head));
                self.iteration(repeat, false, &mut tasks);
                tasks.extend([Task::Memo, Task::Emit(repeat.split(head, exit)), Task::Bind(exit)]);
            }
            None => {
                let (head, body, exit) = (self.label(), self.label(), self.label());
                tasks.extend([
                    Task::Bind(head),
                    Task::Memo,
                    Task::Emit(repeat.split(body, exit)),
                    Task::Bind(body),
                ]);
                self.iteration(repeat, repeat.nullable, &mut tasks);
                tasks.extend([Task::Emit(Inst::Jump(head)), Task::Bind(exit)]);
            }
            Some(max) if max > repeat.min => {
                let exit = self.label();
                for _ in repeat.min..max {
                    let body = self.label();
                    tasks.extend([Task::Emit(repeat.split(body, exit)), Task::Bind(body)]);
                    self.iteration(repeat, repeat.nullable, &mut tasks);
                }
                tasks.extend([Task::Bind(exit), Task::Memo]);
            }
            Some(_) => {}
        }
        self.schedule(tasks);
    }

    /// One iteration; `checked` if it must consume something.
    fn iteration(&mut self, repeat: &Repeat, checked: bool, tasks: &mut Vec<Task>) {
        if repeat.groups.0 < repeat.groups.1 {
            tasks.push(Task::Emit(Inst::Forget { first: repeat.groups.0, end: repeat.groups.1 }));
        }
        if !checked {
            tasks.push(Task::Node(repeat.body));
            return;
        }
        let start = self.register();
        let outer = self.scope;
        let inner = Some(self.inner_scope(outer, ScopeKind::Loop { start }));
        tasks.extend([
            Task::Emit(Inst::Enter(start)),
            Task::Scope(inner),
            Task::Node(repeat.body),
            Task::Scope(outer),
            Task::Emit(Inst::Step(start)),
        ]);
    }

    /// `Count; head: Memo; Iterate exit; body; Increment; Jump head; exit: Memo`
    fn counted(&mut self, node: NodeId, repeat: &Repeat) {
        let register = self.register();
        let counter = self.counters.len() as u32;
        let Repeat { min, max, greedy, .. } = *repeat;
        let idle = self.idle.get(repeat.body as usize) == Some(&true);
        let least = if idle { 0 } else { min };
        self.counters.push(Counter { node, register, scope: 0, least, min, max, greedy });
        let (head, exit) = (self.label(), self.label());
        let outer = self.scope;
        let inner = self.inner_scope(outer, ScopeKind::Counted { counter });
        self.counters[counter as usize].scope = inner;
        let scope = Some(inner);
        let mut tasks =
            vec![Task::Emit(Inst::Count(counter)), Task::Scope(scope), Task::Bind(head)];
        // where the lockstep engine knows whether there is a way on, a state hardly ever fails
        tasks.extend((self.loops == Loops::Fast).then_some(Task::Memo));
        tasks.push(Task::Emit(Inst::Iterate { counter, exit }));
        if repeat.groups.0 < repeat.groups.1 {
            tasks.push(Task::Emit(Inst::Forget { first: repeat.groups.0, end: repeat.groups.1 }));
        }
        if repeat.nullable {
            let start = self.register();
            let inner = Some(self.inner_scope(scope, ScopeKind::Loop { start }));
            tasks.extend([
                Task::Emit(Inst::Enter(start)),
                Task::Scope(inner),
                Task::Node(repeat.body),
                Task::Scope(scope),
                Task::Emit(Inst::ProgressPastMin { start, counter }),
            ]);
        } else {
            tasks.push(Task::Node(repeat.body));
        }
        tasks.extend([
            Task::Emit(Inst::Increment(counter)),
            Task::Emit(Inst::Jump(head)),
            Task::Bind(exit),
            Task::Scope(outer),
            // loops that end at one position with different counts continue the same
            Task::Memo,
        ]);
        self.schedule(tasks);
    }
}

struct Repeat {
    body: NodeId,
    min: u32,
    max: Option<u32>,
    greedy: bool,
    groups: (u32, u32),
    nullable: bool,
}

impl Repeat {
    fn split(&self, body: Label, exit: Label) -> Inst {
        if self.greedy {
            Inst::Split { first: body, second: exit }
        } else {
            Inst::Split { first: exit, second: body }
        }
    }
}
