//! From a part of an [`Ast`] to the automaton that a pass runs.
//!
//! Counted loops stay loops: a state has a count for each counted loop around it. Loops need no
//! check for empty iterations: to leave one out changes neither where a match starts nor whether
//! there is one. For the same reason the order of alternatives does not matter here, nor greed.

use crate::syntax::analysis::{self, Facts};
use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::unicode::CodePointSet;
use crate::units::char_set::CharSet;

/// Counted loops inside each other. Patterns with more are left to the exact engine.
pub(crate) const MAX_NESTED: usize = 8;
/// Marks of a pass, 8 bytes each. Patterns that need more are left to the exact engine.
const MAX_SLOTS: usize = 1 << 16;

/// Index of an instruction.
pub(crate) type Pc = u32;

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inst {
    /// This code unit.
    Unit(u16),
    /// A code unit of the set.
    Set(u32),
    /// A code point of the set.
    Point(u32),
    Assert(Assertion),
    /// Whether the lookaround's body matches here, as an earlier pass has noted.
    Look {
        look: u32,
        negative: bool,
    },
    Jump(Pc),
    Split(Pc, Pc),
    /// The head of a counted loop: start an iteration or leave for its exit, as the count says.
    Iterate(u32),
    /// Several ways lead here: of equal states, one goes on.
    Join(u32),
    Match,
}

/// A counted loop. Its count is that of the iterations begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loop {
    pub(crate) node: NodeId,
    /// Counted loops around it, which is the place of its count.
    pub(crate) level: usize,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
    pub(crate) exit: Pc,
}

/// A place where ways meet, with the counted loops around it.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    /// The first of its slots. It has one for each combination of counts up to the minima: above
    /// its minimum a lower count can do all that a higher one can.
    pub(crate) slot: usize,
    /// The number of its slots.
    pub(crate) classes: usize,
    pub(crate) around: Box<[Loop]>,
    /// Whether it is the head of the innermost loop around it.
    pub(crate) is_head: bool,
}

/// The automaton of one pass.
#[derive(Debug)]
pub(crate) struct Nfa {
    pub(crate) code: Vec<Inst>,
    pub(crate) loops: Vec<Loop>,
    pub(crate) joins: Vec<Join>,
    pub(crate) slots: usize,
    /// Whether it reads the text backwards.
    pub(crate) backward: bool,
}

/// What the automata of a pattern are made from.
pub(crate) struct Source<'a> {
    pub(crate) ast: &'a Ast,
    pub(crate) facts: &'a [Facts],
    /// Whether each node can be empty at every position.
    pub(crate) idle: &'a [bool],
    /// The lookarounds, in the order of their passes.
    pub(crate) looks: &'a [NodeId],
}

#[derive(Clone, Copy)]
enum Task {
    Node(NodeId),
    /// Jump targets in the instruction are labels.
    Emit(Inst),
    Bind(u32),
    Join {
        is_head: bool,
    },
    Leave,
}

const JOIN: Task = Task::Join { is_head: false };

struct Compiler<'a> {
    source: &'a Source<'a>,
    /// Sets of the pattern and, behind them, single characters.
    sets: &'a mut Vec<CharSet>,
    nfa: Nfa,
    labels: Vec<Pc>,
    tasks: Vec<Task>,
    around: Vec<u32>,
}

/// The automaton of a node; `None` if it exceeds a limit.
pub(crate) fn compile(
    source: &Source<'_>,
    sets: &mut Vec<CharSet>,
    node: NodeId,
    backward: bool,
) -> Option<Nfa> {
    let (code, loops, joins) = (Vec::new(), Vec::new(), Vec::new());
    let nfa = Nfa { code, loops, joins, slots: 0, backward };
    let tasks = vec![Task::Emit(Inst::Match), Task::Node(node), JOIN];
    let (labels, around) = (Vec::new(), Vec::new());
    let mut compiler = Compiler { source, sets, nfa, labels, tasks, around };
    while let Some(task) = compiler.tasks.pop() {
        compiler.run(task)?;
    }
    let Compiler { mut nfa, labels, .. } = compiler;
    for inst in &mut nfa.code {
        match inst {
            Inst::Jump(to) => *to = labels[*to as usize],
            Inst::Split(one, other) => {
                (*one, *other) = (labels[*one as usize], labels[*other as usize]);
            }
            _ => {}
        }
    }
    for one in &mut nfa.loops {
        one.exit = labels[one.exit as usize];
    }
    Some(nfa)
}

impl Compiler<'_> {
    fn run(&mut self, task: Task) -> Option<()> {
        match task {
            Task::Node(id) => return self.node(id),
            Task::Emit(inst) => self.nfa.code.push(inst),
            Task::Bind(label) => self.labels[label as usize] = self.nfa.code.len() as Pc,
            Task::Join { is_head } => return self.join(is_head),
            Task::Leave => drop(self.around.pop()),
        }
        Some(())
    }

    /// Schedules tasks to run in the order given.
    fn schedule(&mut self, tasks: impl IntoIterator<Item = Task, IntoIter: DoubleEndedIterator>) {
        self.tasks.extend(tasks.into_iter().rev());
    }

    fn label(&mut self) -> u32 {
        self.labels.push(0);
        (self.labels.len() - 1) as u32
    }

    fn join(&mut self, is_head: bool) -> Option<()> {
        let around = self.around.iter().map(|&one| self.nfa.loops[one as usize]);
        let around: Box<[Loop]> = around.collect();
        let classes =
            around.iter().try_fold(1, |all: usize, one| all.checked_mul(one.min as usize + 1))?;
        self.nfa.code.push(Inst::Join(self.nfa.joins.len() as u32));
        self.nfa.joins.push(Join { slot: self.nfa.slots, classes, around, is_head });
        self.nfa.slots = self.nfa.slots.checked_add(classes)?;
        (self.nfa.slots <= MAX_SLOTS).then_some(())
    }

    fn node(&mut self, id: NodeId) -> Option<()> {
        let ast = self.source.ast;
        match &ast.nodes[id as usize] {
            Node::Empty => {}
            Node::Literal(c) => self.literal(*c),
            Node::Set(set) => {
                let points = ast.flags.code_points() && !ast.sets[*set as usize].is_by_unit();
                self.nfa.code.push(if points { Inst::Point(*set) } else { Inst::Set(*set) });
            }
            Node::Sequence(terms) => {
                let terms = ast.list(*terms).iter().map(|&id| Task::Node(id));
                if self.nfa.backward {
                    self.tasks.extend(terms);
                } else {
                    self.tasks.extend(terms.rev());
                }
            }
            Node::Alternation(alternatives) => self.alternation(ast.list(*alternatives)),
            Node::Capture { body, .. } => self.tasks.push(Task::Node(*body)),
            Node::Repeat { body, min, max, .. } => self.repeat(id, *body, *min, *max)?,
            Node::Look { negative, .. } => {
                let look = self.source.looks.binary_search(&id).ok()? as u32;
                self.nfa.code.push(Inst::Look { look, negative: *negative });
            }
            Node::Assert(assertion) => self.nfa.code.push(Inst::Assert(*assertion)),
            // no automaton can run it
            Node::BackReference { .. } => return None,
        }
        Some(())
    }

    fn literal(&mut self, c: u32) {
        match u16::try_from(c) {
            Ok(unit) if !self.source.ast.flags.code_points() || !(0xD800..0xE000).contains(&c) => {
                self.nfa.code.push(Inst::Unit(unit));
            }
            _ => {
                self.nfa.code.push(Inst::Point(self.sets.len() as u32));
                self.sets.push(CharSet::new(&CodePointSet::single(c)));
            }
        }
    }

    fn alternation(&mut self, alternatives: &[NodeId]) {
        let end = self.label();
        let mut tasks = Vec::with_capacity(alternatives.len() * 5);
        let Some((&last, others)) = alternatives.split_last() else { return };
        for &alternative in others {
            let (one, next) = (self.label(), self.label());
            tasks.extend([
                Task::Emit(Inst::Split(one, next)),
                Task::Bind(one),
                Task::Node(alternative),
                Task::Emit(Inst::Jump(end)),
                Task::Bind(next),
            ]);
        }
        tasks.extend([Task::Node(last), Task::Bind(end), JOIN]);
        self.schedule(tasks);
    }

    fn repeat(&mut self, id: NodeId, body: NodeId, min: u32, max: Option<u32>) -> Option<()> {
        let is_counted = analysis::is_counted(self.source.ast, body, min, max);
        // mandatory iterations that can be empty anywhere make no difference
        let min = if self.source.idle[body as usize] { 0 } else { min };
        let (node, exit) = (Task::Node(body), self.label());
        match (min, max) {
            _ if self.source.facts[body as usize].zero_width => {
                self.tasks.extend((min > 0).then_some(node));
            }
            _ if is_counted => return self.counted(id, min, max, exit, node),
            (_, None) => {
                let (head, again) = (self.label(), self.label());
                let loops = Task::Emit(Inst::Split(again, exit));
                let back = Task::Emit(Inst::Jump(head));
                if min == 0 {
                    let body = [Task::Bind(again), node, back, Task::Bind(exit)];
                    self.schedule([Task::Bind(head), JOIN, loops].into_iter().chain(body));
                } else {
                    let end = [JOIN, loops, Task::Bind(exit)];
                    self.schedule([Task::Bind(again), node].into_iter().chain(end));
                }
            }
            (_, Some(max)) => {
                let mut tasks = vec![node; min as usize];
                for _ in min..max {
                    let more = self.label();
                    tasks.extend([Task::Emit(Inst::Split(more, exit)), Task::Bind(more), node]);
                }
                tasks.push(Task::Bind(exit));
                if min < max {
                    tasks.push(JOIN);
                }
                self.schedule(tasks);
            }
        }
        Some(())
    }

    /// `Jump head; head: Join; Iterate exit; body; Jump head; exit: Join`
    fn counted(
        &mut self,
        node: NodeId,
        min: u32,
        max: Option<u32>,
        exit: u32,
        body: Task,
    ) -> Option<()> {
        let level = self.around.len();
        if level == MAX_NESTED {
            return None;
        }
        let (id, head) = (self.nfa.loops.len() as u32, self.label());
        self.nfa.loops.push(Loop { node, level, min, max, exit });
        self.around.push(id);
        self.schedule([
            Task::Bind(head),
            Task::Join { is_head: true },
            Task::Emit(Inst::Iterate(id)),
            body,
            Task::Emit(Inst::Jump(head)),
            Task::Leave,
            Task::Bind(exit),
            JOIN,
        ]);
        Some(())
    }
}
