//! From a pattern to the runs that a matching text must have.
//!
//! One pass over the syntax tree, children before parents, as for literals (`prefilter::extract`).
//! Of each node it is known with which run its matches start and end, and the rarest runs of which
//! they have one in between. Everything here may say too little, never too much.

use std::cell::OnceCell;
use std::mem;

use regexp::syntax::ast::{Ast, Node, NodeId};

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::separators::Separators;
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::encoded::{Encoded, encoded};
use crate::prefilter::shapes::outline::{Outline, Outlines, Side};
use crate::prefilter::shapes::rarity::{COMMON, Rarity, Worth, worth};
use crate::prefilter::shapes::run::{MAX_RUN, RequiredRun, RequiredRuns, Run, union};

/// The most runs of which a text must have one.
const MAX_ALTERNATIVES: usize = 8;

/// A set with a greater share of a text tells nothing at the end of a run.
const TELLING: f32 = 0.5;

/// Runs of which a matching text has at least one, if it pays to look for them.
pub(crate) fn required_runs(ast: &Ast, rarity: &Rarity) -> Option<RequiredRuns> {
    let of_others = Vec::with_capacity(ast.others.len());
    let mut pass = Pass { ast, rarity, of_others, outlines: OnceCell::new() };
    for &id in &ast.others {
        let facts = pass.visit(&ast.nodes[id as usize]);
        pass.of_others.push(facts);
    }
    let root = pass.take(ast.root);
    let AnyOf { runs, share } = pass.whole(root, MaxOffset::ZERO)?;
    match worth(share) {
        Worth::Nothing => None,
        worth => Some(RequiredRuns { runs, are_common: worth == Worth::Common }),
    }
}

/// What is known of a node.
struct Facts {
    extent: Extent,
    /// The length of its matches: the offset of what comes next.
    width: MaxOffset,
    /// What the text must have besides.
    required: Option<AnyOf>,
}

/// What a node's matches look like.
enum Extent {
    /// They are this run.
    Exact(Run),
    /// They start with the first run and end with the second one, which may overlap. The offset is
    /// that of the second run from the start of the node.
    Open(Run, Run, MaxOffset),
}

/// Runs of which a text must have one.
struct AnyOf {
    runs: Vec<RequiredRun>,
    /// How often one of them is in a byte of text, about.
    share: f32,
}

impl Facts {
    fn anything(width: MaxOffset) -> Self {
        Self { extent: Extent::Open(Run::new(), Run::new(), width), width, required: None }
    }

    fn zero_width(required: Option<AnyOf>) -> Self {
        Self { extent: Extent::Exact(Run::new()), width: MaxOffset::ZERO, required }
    }
}

impl AnyOf {
    fn shifted(mut self, by: MaxOffset) -> Self {
        for required in &mut self.runs {
            required.max_offset = required.max_offset.plus(by);
        }
        self
    }
}

/// The rarer one.
fn rarer(one: Option<AnyOf>, other: Option<AnyOf>) -> Option<AnyOf> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.share < one.share { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// A run of a sequence to which the next term may add.
struct OpenRun {
    run: Run,
    /// Its offset from the start of the sequence.
    at: MaxOffset,
}

struct Pass<'a> {
    ast: &'a Ast,
    rarity: &'a Rarity,
    /// The facts of [`Ast::others`] so far. Those of literals and sets are made when they are
    /// needed.
    of_others: Vec<Facts>,
    /// What the matches of nodes start with. Most patterns do without.
    outlines: OnceCell<Outlines<'a>>,
}

impl Pass<'_> {
    fn visit(&mut self, node: &Node) -> Facts {
        match node {
            Node::Empty | Node::Assert(_) | Node::Look { negative: true, .. } => {
                Facts::zero_width(None)
            }
            Node::Literal(c) => self.character(&[(*c, *c)]),
            Node::Set(set) => self.character(self.ast.sets[*set as usize].ranges()),
            Node::BackReference { .. } => Facts::anything(MaxOffset::UNBOUNDED),
            Node::Capture { body, .. } => self.take(*body),
            Node::Sequence(terms) => self.sequence(self.ast.list(*terms)),
            Node::Alternation(alternatives) => self.alternation(self.ast.list(*alternatives)),
            Node::Repeat { body, min, max, .. } => self.repeat(*body, *min, *max),
            Node::Look { body, behind, .. } => {
                let body = self.take(*body);
                let at = if *behind { MaxOffset::UNKNOWN } else { MaxOffset::ZERO };
                Facts::zero_width(self.whole(body, at))
            }
        }
    }

    /// Takes what is known of a child. Each node has one parent; a second one would get nothing.
    fn take(&mut self, id: NodeId) -> Facts {
        let nothing = Facts::anything(MaxOffset::UNKNOWN);
        match self.ast.others.binary_search(&id) {
            Ok(at) => mem::replace(&mut self.of_others[at], nothing),
            Err(_) => self.visit(&self.ast.nodes[id as usize]),
        }
    }

    fn outlines(&self) -> &Outlines<'_> {
        self.outlines.get_or_init(|| Outlines::of(self.ast, Side::Start))
    }

    /// By term, what it and all that follow it start with.
    fn suffixes(&self, terms: &[NodeId]) -> Vec<Outline> {
        let mut suffixes = vec![Outline::EMPTY; terms.len()];
        let mut next = Outline::EMPTY;
        for (suffix, &id) in suffixes.iter_mut().zip(terms).rev() {
            next = self.outlines().get(id).then(&next);
            *suffix = next;
        }
        suffixes
    }

    /// One character of these ranges.
    fn character(&self, ranges: &[(u32, u32)]) -> Facts {
        let by_code_points = self.ast.flags.code_points();
        let units = |most: usize| MaxOffset::after(1, most, Separators::of_ranges(ranges));
        let (extent, width) = match encoded(ranges, by_code_points) {
            Encoded::Run(run) if run.len() < 4 => (Extent::Exact(run), units(1)),
            Encoded::Run(run) => (Extent::Exact(run), units(2)),
            // however many bytes there are in between
            Encoded::Ends(first, last) => {
                let width = units(1 + usize::from(by_code_points));
                (Extent::Open(vec![first], vec![last], width.or(MaxOffset::ZERO)), width)
            }
        };
        Facts { extent, width, required: None }
    }

    /// Runs of which each match of a node that starts at `at` has one.
    fn whole(&self, facts: Facts, at: MaxOffset) -> Option<AnyOf> {
        let ends = match facts.extent {
            Extent::Exact(run) => self.only(&run, MaxOffset::ZERO),
            Extent::Open(head, tail, tail_at) => {
                rarer(self.only(&head, MaxOffset::ZERO), self.only(&tail, tail_at))
            }
        };
        rarer(facts.required, ends).map(|any| any.shifted(at))
    }

    /// A run that starts at `at`, without the sets at its ends that tell nothing.
    fn only(&self, run: &[ByteSet], at: MaxOffset) -> Option<AnyOf> {
        let tells = |&set: &ByteSet| self.rarity.share(set) <= TELLING;
        let first = run.iter().position(tells)?;
        let last = run.iter().rposition(tells)?;
        let (before, run) = (&run[..first], run[first..=last].to_vec());
        let mut share = self.rarity.of_run(&run);
        // a sign of its own is rare in some texts, and in others everywhere
        if run.len() == 1 && run[0].bytes().any(|byte| byte.is_ascii_graphic()) {
            share = share.max(COMMON);
        }
        let max_offset = at.plus(after(before));
        let runs = match run[..] {
            // the masks tell the parts of a set exactly, but not the whole of it
            [set] => set.split().into_iter().map(|part| vec![part]).collect(),
            _ => vec![run],
        };
        let required = runs.into_iter().map(|run| RequiredRun { run, max_offset });
        Some(AnyOf { runs: required.collect(), share })
    }

    fn sequence(&mut self, terms: &[NodeId]) -> Facts {
        let mut head = None;
        let mut open = OpenRun { run: Run::new(), at: MaxOffset::ZERO };
        let (mut width, mut required) = (MaxOffset::ZERO, None);
        let suffixes = OnceCell::new();
        for (place, &id) in terms.iter().enumerate() {
            // most terms
            if let Node::Literal(c @ 0..0x80) = self.ast.nodes[id as usize]
                && open.run.len() < MAX_RUN
            {
                open.run.push(ByteSet::range(c as u8, c as u8));
                width = width.plus(MaxOffset::after(1, 1, Separators::of_ranges(&[(c, c)])));
                continue;
            }
            let term = self.take(id);
            required = rarer(required, term.required.map(|any| any.shifted(width)));
            let suffix = || &suffixes.get_or_init(|| self.suffixes(terms))[place];
            let next = match term.extent {
                Extent::Exact(sets) if open.run.len() + sets.len() <= MAX_RUN => {
                    open.run.extend(sets);
                    None
                }
                Extent::Exact(run) => {
                    extend(&mut open.run, &run, suffix());
                    Some(OpenRun { run, at: width })
                }
                Extent::Open(start, run, at) => {
                    extend(&mut open.run, &start, suffix());
                    Some(OpenRun { run, at: width.plus(at) })
                }
            };
            if let Some(next) = next {
                let OpenRun { run, at } = mem::replace(&mut open, next);
                match head {
                    None => head = Some(run),
                    Some(_) => required = rarer(required, self.only(&run, at)),
                }
            }
            width = width.plus(term.width);
        }
        let extent = match head {
            None => Extent::Exact(open.run),
            Some(head) => Extent::Open(head, open.run, open.at),
        };
        Facts { extent, width, required }
    }

    fn alternation(&mut self, alternatives: &[NodeId]) -> Facts {
        let all: Vec<Facts> = alternatives.iter().map(|&id| self.take(id)).collect();
        let width = all.iter().map(|facts| facts.width).reduce(MaxOffset::or);
        let width = width.unwrap_or(MaxOffset::UNBOUNDED);
        let extent = united(&all);
        let none = AnyOf { runs: Vec::new(), share: 0.0 };
        let required = all.into_iter().try_fold(none, |mut any, facts| {
            let of_one = self.whole(facts, MaxOffset::ZERO)?;
            any.runs.extend(of_one.runs);
            any.share += of_one.share;
            (any.runs.len() <= MAX_ALTERNATIVES).then_some(any)
        });
        Facts { extent, width, required }
    }

    fn repeat(&mut self, body: NodeId, min: u32, max: Option<u32>) -> Facts {
        let Facts { extent, width: once, required } = self.take(body);
        let width = once.times(min, max);
        if min == 0 {
            return Facts::anything(width);
        }
        let extent = match extent {
            Extent::Exact(run) => {
                let copies = (MAX_RUN / run.len().max(1)).clamp(1, min as usize);
                let several = run.repeat(copies);
                if max == Some(copies as u32) || run.is_empty() {
                    Extent::Exact(several)
                } else {
                    let copies = copies as u32;
                    let before = once.times(min - copies, max.map(|max| max - copies));
                    Extent::Open(several.clone(), several, before)
                }
            }
            Extent::Open(mut head, tail, tail_at) => {
                if min > 1 {
                    let start = mem::take(&mut head);
                    extend(&mut head, &start, &self.outlines().get(body).times(min, max));
                }
                let before_last = once.times(min - 1, max.map(|max| max - 1));
                Extent::Open(head, tail, before_last.plus(tail_at))
            }
        };
        Facts { extent, width, required }
    }
}

/// The offset of what comes after these bytes, some of which may be of one code unit.
fn after(bytes: &[ByteSet]) -> MaxOffset {
    let of_byte = |set: &ByteSet| Separators::of_character(|byte| set.contains(byte));
    let separators = bytes.iter().map(of_byte).fold(Separators::NONE, Separators::plus);
    MaxOffset::after(0, bytes.len(), separators)
}

/// Adds the start of what follows a run. `rest`: the outline of that, from where `start` begins.
fn extend(run: &mut Run, start: &[ByteSet], rest: &Outline) {
    let outlined = rest.sets[..rest.least].iter().skip(start.len());
    let room = MAX_RUN - run.len();
    run.extend(start.iter().chain(outlined).take(room));
}

/// What the matches of all alternatives have in common.
fn united(all: &[Facts]) -> Extent {
    let heads = || {
        all.iter().map(|facts| match &facts.extent {
            Extent::Exact(run) | Extent::Open(run, ..) => &run[..],
        })
    };
    let tails = || {
        all.iter().map(|facts| match &facts.extent {
            Extent::Exact(run) => (&run[..], MaxOffset::ZERO),
            Extent::Open(_, run, at) => (&run[..], *at),
        })
    };
    let is_exact = |facts: &Facts| matches!(facts.extent, Extent::Exact(_));
    let shortest = heads().map(<[ByteSet]>::len).min().unwrap_or(0);
    let same = heads().all(|run| run.len() == shortest) && all.iter().all(is_exact);
    let cut = heads().map(|run| run[..shortest].to_vec());
    let head = cut.reduce(|one, other| union(&one, &other)).unwrap_or_default();
    if same {
        return Extent::Exact(head);
    }
    let shortest = tails().map(|(run, _)| run.len()).min().unwrap_or(0);
    let cut = tails().map(|(run, at)| {
        let (before, end) = run.split_at(run.len() - shortest);
        (end.to_vec(), at.plus(after(before)))
    });
    let (tail, tail_at) = cut
        .reduce(|(one, at), (other, other_at)| (union(&one, &other), at.or(other_at)))
        .unwrap_or((Run::new(), MaxOffset::UNBOUNDED));
    Extent::Open(head, tail, tail_at)
}
