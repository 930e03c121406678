//! Strings that every match has, and how far from its start: what makes most attempts needless.
//!
//! Where a text has the beginning of a match, most often something else is missing. An attempt
//! finds that out step by step. To look for a string that the pattern requires, where it would have
//! to be, takes a tenth of that.

use std::mem;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::backtrack::beside::{Part, Surroundings};
use crate::syntax::ast::{Ast, Node, NodeId, SetId};
use crate::text::utf16;
use crate::unicode::CodePointSet;
use crate::units::char_set::CharSet;
use crate::units::masked::{MaskedString, MaskedUnit};
use crate::units::opening::UnitSet;
use crate::units::unit::Unit;

/// Strings that are looked for: each takes time where it is found.
pub(crate) const MOST: usize = 3;

/// Strings no rarer than this ([`MaskedString::rarity`]) are in too many places.
const LEAST_RARITY: u32 = 9;

/// Characters of a set that stand for one character: its cases.
const CASES: usize = 4;

/// After so many ranges of which nothing was dropped, searches do without a check.
const PASSES: u32 = 32;

/// After about so many searches, the next ones are checked again.
const SEARCHES: u32 = 1024;

const LINE_FEED: u32 = 0x0A;

/// Strings of every match, the rarest first.
///
/// Most searches end with these. So they are together in memory, and what is needed to look for the
/// rarest one comes first, in one cache line: a program that is not in the cache costs more than
/// the search.
#[derive(Debug, Default)]
#[repr(C, align(64))]
pub(crate) struct RequiredStrings {
    /// Ranges since the last one that was dropped in part at least, and since then searches without
    /// a check.
    passes: AtomicU32,
    /// How many code units a match has at least.
    pub(crate) least: u32,
    pub(crate) strings: [Option<Required>; MOST],
    /// What is beside each of them.
    surroundings: [Option<Box<Surroundings>>; MOST],
}

const _: () = assert!(
    mem::offset_of!(RequiredStrings, strings) + size_of::<Option<Required>>() <= 64,
    "it is in the first cache line"
);

/// A string of every match.
#[derive(Debug)]
pub(crate) struct Required {
    pub(crate) string: MaskedString,
    pub(crate) offset: Extent,
}

impl RequiredStrings {
    /// Whether a search should look for them: not where they have been found again and again.
    #[inline]
    pub(crate) fn are_worth_it(&self) -> bool {
        if self.strings[0].is_none() {
            return false;
        }
        let passes = self.passes.load(Ordering::Relaxed);
        if passes >= PASSES {
            // a sum that another thread overwrites is lost, which does no harm
            self.passes.store((passes + 1) % SEARCHES, Ordering::Relaxed);
        }
        passes < PASSES
    }

    /// Where the string with this index is, and beside it what it is required with: see
    /// [`MaskedString::find`].
    #[inline(never)]
    pub(crate) fn find_in_surroundings<U: Unit>(
        &self,
        index: usize,
        string: &MaskedString,
        text: &[U],
        mut from: usize,
        to: usize,
    ) -> Result<usize, usize> {
        let surroundings = self.surroundings[index].as_deref();
        loop {
            let at = string.find(text, from, to)?;
            if surroundings.is_none_or(|one| one.allow(text, at, at + string.len())) {
                return Ok(at);
            }
            from = at + 1;
        }
    }

    /// Notes whether all may be there for the start that is next.
    #[inline]
    pub(crate) fn note(&self, are_there: bool) {
        let passes = self.passes.load(Ordering::Relaxed);
        self.passes.store(if are_there { passes.saturating_add(1) } else { 0 }, Ordering::Relaxed);
    }
}

/// How many code units there are, and whether one of them may be a line feed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    pub(crate) least: u32,
    /// [`Self::UNBOUNDED`] if there is no bound.
    pub(crate) most: u32,
    pub(crate) has_line_feed: bool,
}

impl Extent {
    const UNBOUNDED: u32 = u32::MAX;

    /// Nothing is known.
    const ANY: Self = Self { least: 0, most: Self::UNBOUNDED, has_line_feed: true };

    pub(crate) fn bound(self) -> Option<u32> {
        (self.most != Self::UNBOUNDED).then_some(self.most)
    }

    #[inline(never)]
    fn then(self, next: Self) -> Self {
        Self {
            least: self.least.saturating_add(next.least),
            most: self.most.saturating_add(next.most),
            has_line_feed: self.has_line_feed || next.has_line_feed,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            has_line_feed: self.has_line_feed || other.has_line_feed,
        }
    }

    fn times(self, min: u32, max: Option<u32>) -> Self {
        let most = match max {
            _ if self.most == 0 => 0,
            Some(max) => self.most.saturating_mul(max),
            None => Self::UNBOUNDED,
        };
        Self { least: self.least.saturating_mul(min), most, ..self }
    }
}

/// The rarest strings that every match has.
pub(super) fn required(ast: &Ast) -> RequiredStrings {
    let extents = extents(ast);
    let least = extents[ast.root as usize].least;
    let mut walk = Walk {
        ast,
        extents,
        at: Extent::default(),
        run: Run::default(),
        parts: Vec::new(),
        tasks: Vec::new(),
        found: RequiredStrings { least, ..RequiredStrings::default() },
        places: [(0, 0); MOST],
    };
    walk.later(&[Task::Node(ast.root), Task::EndRun]);
    while let Some(task) = walk.tasks.pop() {
        match task {
            Task::Node(id) => walk.node(id),
            Task::EndRun => walk.end_run(),
            Task::At(at) => walk.at = at,
            Task::Part(part) => walk.parts.push(part),
        }
    }
    let Walk { mut found, parts, places, .. } = walk;
    for ((string, surroundings), (start, end)) in
        found.strings.iter().zip(&mut found.surroundings).zip(places)
    {
        if string.is_some() {
            *surroundings = Surroundings::new(&parts[..start], &parts[end..]);
        }
    }
    found
}

/// The way through the nodes that every match goes.
struct Walk<'a> {
    ast: &'a Ast,
    extents: Vec<Extent>,
    /// What a match has before the node that is next.
    at: Extent,
    run: Run,
    /// All that every match has, as far as it is known.
    parts: Vec<Part>,
    tasks: Vec<Task>,
    found: RequiredStrings,
    /// Which of the parts each string is.
    places: [(usize, usize); MOST],
}

/// Units that are side by side in every match.
#[derive(Default)]
struct Run {
    units: Vec<MaskedUnit>,
    offset: Extent,
    /// The index of its first part.
    start: usize,
}

#[derive(Clone, Copy)]
enum Task {
    Node(NodeId),
    /// What is next need not be beside what was before.
    EndRun,
    At(Extent),
    Part(Part),
}

impl Walk<'_> {
    /// Schedules tasks to run in the order given.
    #[inline(never)]
    fn later(&mut self, tasks: &[Task]) {
        self.tasks.extend(tasks.iter().rev());
    }

    fn node(&mut self, id: NodeId) {
        let extent = self.extents[id as usize];
        match &self.ast.nodes[id as usize] {
            Node::Literal(c) => {
                let mut pair = [0; 2];
                let units = match u16::try_from(*c) {
                    Ok(unit) => &[unit][..],
                    Err(_) => {
                        (pair[0], pair[1]) = utf16::split(*c);
                        &pair
                    }
                };
                for &unit in units {
                    self.push(&[unit]);
                }
                self.at = self.at.then(extent);
            }
            Node::Set(set) => {
                match cases(&self.ast.sets[*set as usize]) {
                    Some((units, count)) => self.push(&units[..count]),
                    None => {
                        self.end_run();
                        self.parts.push(self.units_of(*set).map_or(Part::Other, Part::One));
                    }
                }
                self.at = self.at.then(extent);
            }
            Node::Sequence(terms) => {
                for &id in self.ast.list(*terms).iter().rev() {
                    self.later(&[Task::Node(id)]);
                }
            }
            Node::Capture { body, .. } | Node::Repeat { body, min: 1, max: Some(1), .. } => {
                self.later(&[Task::Node(*body)]);
            }
            // the first iteration
            Node::Repeat { body, min: 1.., .. } if !self.is_large_set(*body) => {
                let after = Task::At(self.at.then(extent));
                let others = Task::Part(self.part(*body, 0));
                self.later(&[Task::Node(*body), Task::EndRun, others, after]);
            }
            Node::Look { behind: false, negative: false, body } => {
                self.end_run();
                self.parts.push(Part::Other);
                let others = Task::Part(Part::Other);
                self.later(&[Task::Node(*body), Task::EndRun, others, Task::At(self.at)]);
            }
            Node::Empty | Node::Assert(_) | Node::Look { .. } => {}
            Node::Repeat { body, min, .. } => {
                self.end_run();
                self.parts.push(self.part(*body, *min));
                self.at = self.at.then(extent);
            }
            Node::Alternation(_) | Node::BackReference { .. } => {
                self.end_run();
                self.parts.push(Part::Other);
                self.at = self.at.then(extent);
            }
        }
    }

    /// Whether a loop's body is a set that is not as good as one character.
    fn is_large_set(&self, body: NodeId) -> bool {
        match self.ast.nodes[self.inner(body) as usize] {
            Node::Set(set) => cases(&self.ast.sets[set as usize]).is_none(),
            _ => false,
        }
    }

    /// A loop with this body, that has at least so many iterations.
    fn part(&self, body: NodeId, least: u32) -> Part {
        let units = match self.ast.nodes[self.inner(body) as usize] {
            Node::Set(set) => self.units_of(set),
            Node::Literal(c) => u16::try_from(c).ok().map(|unit| UnitSet::of_units(&[unit])),
            _ => None,
        };
        units.map_or(Part::Other, |units| Part::Loop(units, least))
    }

    /// What groups have in them.
    fn inner(&self, mut body: NodeId) -> NodeId {
        while let Node::Capture { body: inner, .. } = self.ast.nodes[body as usize] {
            body = inner;
        }
        body
    }

    /// The units of a set, if its characters have one each.
    fn units_of(&self, set: SetId) -> Option<UnitSet> {
        let set = &self.ast.sets[set as usize];
        let by_unit = !self.ast.flags.code_points() || set.is_by_unit();
        by_unit.then(|| UnitSet::of(&CharSet::new(set)))
    }

    /// Adds the next unit, one of these, to the run.
    fn push(&mut self, any: &[u16]) {
        let Run { units, offset, start } = &mut self.run;
        if units.is_empty() {
            (*offset, *start) = (self.at, self.parts.len());
        }
        if units.len() < MaskedString::MOST {
            units.push(MaskedUnit::new(any));
        }
        self.parts.push(Part::One(UnitSet::of_units(any)));
    }

    #[inline(never)]
    fn end_run(&mut self) {
        let Run { units, offset, start } = &mut self.run;
        // a search for where a match can start looks at its first units
        if units.len() > 1 && offset.most > 0 {
            let mut one = Some(Required { string: MaskedString::new(units), offset: *offset });
            let rarity = |one: &Option<Required>| {
                one.as_ref().map_or(LEAST_RARITY, |one| one.string.rarity())
            };
            let mut place = (*start, *start + units.len());
            for (kept, kept_place) in self.found.strings.iter_mut().zip(&mut self.places) {
                if rarity(kept) < rarity(&one) {
                    mem::swap(kept, &mut one);
                    mem::swap(kept_place, &mut place);
                }
            }
        }
        units.clear();
    }
}

/// The characters of a set that is as good as one character, and their number.
fn cases(set: &CodePointSet) -> Option<([u16; CASES], usize)> {
    let (mut units, mut count) = ([0; CASES], 0);
    for &(low, high) in set.ranges() {
        for c in low..=high {
            *units.get_mut(count)? = u16::try_from(c).ok()?;
            count += 1;
        }
    }
    (count > 0).then_some((units, count))
}

/// What each node consumes.
fn extents(ast: &Ast) -> Vec<Extent> {
    let mut all = extents_with(ast, Extent::ANY);
    // what a back-reference matches has a line feed if its group has
    let is_in_line = |(node, extent): (&Node, &Extent)| {
        !matches!(node, Node::Capture { .. }) || !extent.has_line_feed
    };
    if ast.has_back_references && ast.nodes.iter().zip(&all).all(is_in_line) {
        all = extents_with(ast, Extent { has_line_feed: false, ..Extent::ANY });
    }
    all
}

/// [`extents`], where a back-reference consumes `referred`.
fn extents_with(ast: &Ast, referred: Extent) -> Vec<Extent> {
    let mut extents: Vec<Extent> = Vec::with_capacity(ast.nodes.len());
    let one = Extent { least: 1, most: 1, has_line_feed: false };
    for node in &ast.nodes {
        let of = |id: &NodeId| extents[*id as usize];
        extents.push(match node {
            Node::Literal(c) => {
                let units = 1 + u32::from(*c > 0xFFFF);
                Extent { least: units, most: units, has_line_feed: *c == LINE_FEED }
            }
            Node::Set(set) => {
                let set = &ast.sets[*set as usize];
                let may_be_pair = ast.flags.code_points() && !set.is_by_unit();
                let most = 1 + u32::from(may_be_pair);
                Extent { most, has_line_feed: set.contains(LINE_FEED), ..one }
            }
            Node::Sequence(terms) => {
                ast.list(*terms).iter().map(of).fold(Extent::default(), Extent::then)
            }
            Node::Alternation(alternatives) => {
                ast.list(*alternatives).iter().map(of).reduce(Extent::or).unwrap_or_default()
            }
            Node::Capture { body, .. } => of(body),
            Node::Repeat { body, min, max, .. } => of(body).times(*min, *max),
            Node::BackReference { .. } => referred,
            Node::Empty | Node::Look { .. } | Node::Assert(_) => Extent::default(),
        });
    }
    extents
}
