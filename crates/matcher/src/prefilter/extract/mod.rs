//! From a syntax tree to what a text must contain: one pass over the nodes, children before parents.
//!
//! Of each node it is known which strings it can match (if they are few), or else which strings its matches begin and
//! end with, and what else the text must contain. Everything here may say too little, never too much: lookarounds that
//! must fail say nothing, a back-reference can be any text, a class of many characters any character.
//!
//! Zero-width nodes leave their neighbours adjacent. Surrogates end a string: two adjacent literals that make up a pair
//! are one character of the text, any other surrogate may be half of one.

pub(crate) mod max_offset;
pub(crate) mod requirement;
pub(crate) mod strings;

use regexp::syntax::ast::{Ast, Node, NodeId};
use regexp::text::combine;

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, Requirements};
use crate::prefilter::extract::strings::{MAX_BYTES, Strings, encode};
use crate::prefilter::fold::fold;

/// Characters of a class that are looked at.
const MAX_CLASS: u32 = 32;

/// Bytes from which on a part of some strings is worth to be looked for alone.
const MIN_COMMON: usize = 8;

/// No leaf: a node whose knowledge is not kept because it is made from the node itself.
const LEAF: u32 = u32::MAX;

/// Says of one pattern after the other what it requires, in the same memory.
#[derive(Default)]
pub(crate) struct Extractor {
    slots: Vec<u32>,
    kept: Vec<Known>,
}

impl Extractor {
    /// Adds to `requirements` what a text must contain for the pattern to match. Gives its number there.
    pub(crate) fn requirement(&mut self, ast: &Ast, requirements: &mut Requirements) -> u32 {
        let Self { slots, kept } = self;
        slots.clear();
        slots.resize(ast.nodes.len(), LEAF);
        kept.clear();
        let by_characters = ast.flags.code_points();
        let looks_around =
            ast.others.iter().any(|&id| matches!(ast.nodes[id as usize], Node::Look { .. }));
        let mut pass = Pass { ast, by_characters, requirements, slots, kept };
        for &id in &ast.others {
            pass.slots[id as usize] = pass.visit(&ast.nodes[id as usize]);
        }
        let root = pass.take(ast.root);
        let root = pass.say(root);
        pass.requirements.finish(root, looks_around)
    }
}

/// What is known of a node. The strings are not part of `need` yet: a parent may make longer ones of them.
#[derive(Debug)]
struct Known {
    extent: Extent,
    /// How long its matches are at most.
    width: MaxOffset,
    need: Option<ClauseId>,
}

#[derive(Debug)]
enum Extent {
    /// It matches one of these and nothing else.
    Exact(Strings),
    /// What it matches begins with one of the first and ends with one of the second, which begins so far from its begin; they
    /// may overlap.
    Open(Strings, Strings, MaxOffset),
}

impl Known {
    /// It matches anything of that width.
    fn anything(width: MaxOffset) -> Self {
        let extent = Extent::Open(Strings::nothing(), Strings::nothing(), width);
        Self { extent, width, need: None }
    }

    fn zero_width(need: Option<ClauseId>) -> Self {
        Self { extent: Extent::Exact(Strings::nothing()), width: MaxOffset::NONE, need }
    }
}

struct Pass<'a> {
    ast: &'a Ast,
    by_characters: bool,
    requirements: &'a mut Requirements,
    /// Per node its place in `kept`, or `LEAF`.
    slots: &'a mut [u32],
    kept: &'a mut Vec<Known>,
}

impl Pass<'_> {
    fn visit(&mut self, node: &Node) -> u32 {
        let known = match node {
            Node::Empty
            | Node::Literal(_)
            | Node::Set(_)
            | Node::BackReference { .. }
            | Node::Assert(_) => return LEAF,
            Node::Sequence(terms) => self.sequence(terms),
            Node::Alternation(alternatives) => self.alternation(alternatives),
            Node::Capture { body, .. } => self.take(*body),
            Node::Repeat { body, min, max, .. } => self.repeat(*body, *min, *max),
            Node::Look { negative: true, .. } => Known::zero_width(None),
            Node::Look { body, negative: false, behind } => {
                let body = self.take(*body);
                let need = self.say(body);
                if let Some(need) = need.filter(|_| *behind) {
                    self.requirements.shift(need, MaxOffset::ANYWHERE);
                }
                Known::zero_width(need)
            }
        };
        self.kept.push(known);
        (self.kept.len() - 1) as u32
    }

    /// What is known of a child. Each has one parent; a second one would be told nothing.
    fn take(&mut self, id: NodeId) -> Known {
        match self.slots[id as usize] {
            LEAF => self.leaf(&self.ast.nodes[id as usize]),
            slot => std::mem::replace(
                &mut self.kept[slot as usize],
                Known::anything(MaxOffset::ANYWHERE),
            ),
        }
    }

    fn leaf(&self, node: &Node) -> Known {
        let strings = match node {
            Node::Empty | Node::Assert(_) => Some(Strings::nothing()),
            Node::Literal(c) => Strings::of_characters(std::iter::once(*c)),
            Node::Set(set) => {
                let ranges = self.ast.sets[*set as usize].ranges();
                let few = ranges.len() <= MAX_CLASS as usize
                    && ranges.iter().all(|(low, high)| high - low < MAX_CLASS)
                    && !strings::surely_too_many(ranges);
                let characters = ranges.iter().flat_map(|&(low, high)| low..=high);
                if few { Strings::of_characters(characters) } else { None }
            }
            _ => None,
        };
        let width = match node {
            Node::Empty | Node::Assert(_) => MaxOffset::NONE,
            Node::Literal(0..=0xFFFF) => MaxOffset::units(1),
            Node::Set(_) if !self.by_characters => MaxOffset::units(1),
            Node::Literal(_) | Node::Set(_) => MaxOffset::units(2),
            _ => MaxOffset::FAR,
        };
        match strings {
            Some(strings) => Known { extent: Extent::Exact(strings), width, need: None },
            None => Known::anything(width),
        }
    }

    /// The ASCII character that a node is, or the letter if it is one in both cases.
    fn ascii(&self, node: &Node) -> Option<u8> {
        let c = match node {
            Node::Literal(c) => *c,
            Node::Set(set) => match *self.ast.sets[*set as usize].ranges() {
                [(upper @ 0x41..=0x5A, end), (lower, last)]
                    if upper == end && lower == last && lower == upper + 0x20 =>
                {
                    lower
                }
                _ => return None,
            },
            _ => return None,
        };
        u8::try_from(c).ok().filter(u8::is_ascii)
    }

    /// All that is known of a node whose neighbours will not make longer strings of it.
    fn say(&mut self, known: Known) -> Option<ClauseId> {
        let mut needs: Vec<_> = known.need.into_iter().collect();
        match known.extent {
            Extent::Exact(strings) => {
                needs.extend(self.requirements.add_literals(&strings, MaxOffset::NONE));
            }
            Extent::Open(head, tail, tail_at) => {
                needs.extend(self.requirements.add_literals(&head, MaxOffset::NONE));
                if head != tail {
                    needs.extend(self.requirements.add_literals(&tail, tail_at));
                }
            }
        }
        self.requirements.add_all(&needs)
    }

    fn sequence(&mut self, terms: &[NodeId]) -> Known {
        let mut run = Run::new();
        let mut at = 0;
        while let Some(&id) = terms.get(at) {
            at += 1;
            let node = &self.ast.nodes[id as usize];
            if let Some(byte) = self.ascii(node) {
                run.character(&[fold(byte)], self.requirements);
                continue;
            }
            if let Node::Literal(c) = *node {
                let next = terms.get(at).map(|&next| &self.ast.nodes[next as usize]);
                let pair = if self.by_characters { None } else { pair(c, next) };
                at += usize::from(pair.is_some());
                let mut buffer = [0; 4];
                match encode(pair.unwrap_or(c), &mut buffer) {
                    Some(encoded) => run.character(encoded, self.requirements),
                    None => {
                        run.end_literal(self.requirements);
                        run.width = run.width.plus(MaxOffset::units(1));
                        run.end(Strings::nothing(), run.width, self.requirements);
                    }
                }
                continue;
            }
            run.end_literal(self.requirements);
            let term = self.take(id);
            if let Some(need) = term.need {
                self.requirements.shift(need, run.width);
                run.needs.push(need);
            }
            match term.extent {
                Extent::Exact(strings) => run.exact(strings, self.requirements),
                Extent::Open(head, tail, tail_at) => {
                    run.open(&head, tail, tail_at, self.requirements);
                }
            }
            run.width = run.width.plus(term.width);
        }
        run.finish(self.requirements)
    }

    fn alternation(&mut self, alternatives: &[NodeId]) -> Known {
        let mut all: Vec<Known> = alternatives.iter().map(|&id| self.take(id)).collect();
        let width = all.iter().map(|known| known.width).max().unwrap_or(MaxOffset::FAR);
        let exact = united(all.iter().map(|known| match &known.extent {
            Extent::Exact(strings) => Some(strings),
            Extent::Open(..) => None,
        }));
        if let Some(strings) = exact {
            // what lookaheads require is lost unless all alternatives have some
            let needs: Option<Vec<_>> = all.iter().map(|known| known.need).collect();
            let need = needs.and_then(|needs| self.requirements.add_one_of(&needs));
            return Known { extent: Extent::Exact(strings), width, need };
        }
        let head = united(all.iter().map(|known| match &known.extent {
            Extent::Exact(head) | Extent::Open(head, ..) => Some(head),
        }));
        let tail = united(all.iter().map(|known| match &known.extent {
            Extent::Exact(tail) | Extent::Open(_, tail, _) => Some(tail),
        }));
        let tail_at = all.iter().map(|known| match &known.extent {
            Extent::Exact(_) => MaxOffset::NONE,
            Extent::Open(_, _, tail_at) => *tail_at,
        });
        let tail_at = if tail.is_some() { tail_at.max().unwrap_or(width) } else { width };
        let needs: Option<Vec<_>> = all.drain(..).map(|known| self.say(known)).collect();
        let need = needs.and_then(|needs| self.requirements.add_one_of(&needs));
        let or_nothing = |strings: Option<_>| strings.unwrap_or_else(Strings::nothing);
        Known { extent: Extent::Open(or_nothing(head), or_nothing(tail), tail_at), width, need }
    }

    fn repeat(&mut self, body: NodeId, min: u32, max: Option<u32>) -> Known {
        let body = self.take(body);
        let width = body.width.times(max);
        if min == 0 && max != Some(1) {
            return Known::anything(width);
        }
        match (min, body.extent) {
            (0, Extent::Exact(mut strings)) => {
                if !strings.unite_empty() {
                    return Known::anything(width);
                }
                Known { extent: Extent::Exact(strings), width, need: None }
            }
            (0, _) => Known::anything(width),
            (_, Extent::Exact(once)) => {
                let mut strings = once.clone();
                let mut times = 1;
                // one more adds a byte at least, or nothing ever will
                while times < min && times < MAX_BYTES as u32 && strings.append(&once) {
                    times += 1;
                }
                let extent = if max == Some(times) {
                    Extent::Exact(strings)
                } else {
                    // the last of them begin before the end
                    Extent::Open(strings.clone(), strings, width)
                };
                Known { extent, width, need: body.need }
            }
            (_, Extent::Open(head, tail, tail_at)) => {
                let before_last = body.width.times(max.map(|max| max - 1));
                let extent = Extent::Open(head, tail, before_last.plus(tail_at));
                Known { extent, width, need: body.need }
            }
        }
    }
}

/// The terms of a sequence so far.
struct Run {
    /// What the sequence begins with, known once the strings that it begins with have ended. As long as it is `None`,
    /// `tail` is all that the sequence matches.
    head: Option<Strings>,
    /// What the sequence so far ends with.
    tail: Strings,
    /// How far from the sequence's begin that begins.
    tail_at: MaxOffset,
    /// What all of `tail` end with: the terms since the last one that can be several strings.
    common: Strings,
    common_at: MaxOffset,
    /// How long it is at most, without the characters in `literal`.
    width: MaxOffset,
    /// Characters that the sequence goes on with, folded, and their bytes' number; not yet part of the others.
    literal: [u8; MAX_BYTES],
    literal_length: usize,
    needs: Vec<ClauseId>,
}

impl Run {
    fn new() -> Self {
        Self {
            head: None,
            tail: Strings::nothing(),
            tail_at: MaxOffset::NONE,
            common: Strings::nothing(),
            common_at: MaxOffset::NONE,
            width: MaxOffset::NONE,
            literal: [0; MAX_BYTES],
            literal_length: 0,
            needs: Vec::new(),
        }
    }

    fn character(&mut self, encoded: &[u8], requirements: &mut Requirements) {
        if self.literal_length + encoded.len() > MAX_BYTES {
            self.end_literal(requirements);
        }
        let end = self.literal_length + encoded.len();
        self.literal[self.literal_length..end].copy_from_slice(encoded);
        self.literal_length = end;
    }

    /// Makes the characters before the next term part of what is known. Where they are too many, what fits ends there.
    fn end_literal(&mut self, requirements: &mut Requirements) {
        let literal = self.literal;
        let literal = &literal[..std::mem::take(&mut self.literal_length)];
        // a character of so many bytes has no more code units
        let units = MaxOffset::units(literal.len());
        let appended = literal.is_empty() || self.append(literal, requirements);
        self.width = self.width.plus(units);
        if !appended {
            // no folded character's first byte looks like one of its others
            for encoded in literal.chunk_by(|_, next| next & 0xC0 == 0x80) {
                if !self.append(encoded, requirements) {
                    self.end(Strings::nothing(), self.width, requirements);
                    // a character fits into what is empty
                    let _ = self.append(encoded, requirements);
                }
            }
        }
    }

    /// Appends a literal. Says whether it fits; if not, nothing is done.
    fn append(&mut self, literal: &[u8], requirements: &mut Requirements) -> bool {
        let fits = self.tail.append_string(literal);
        if fits && !self.tail.is_single() {
            self.begin_common();
            if !self.common.append_string(literal) {
                self.say_common(requirements);
            }
        }
        fits
    }

    /// Notes where what is common begins, if that is the next term.
    fn begin_common(&mut self) {
        if self.common.has_empty() {
            self.common_at = self.width;
        }
    }

    fn exact(&mut self, strings: Strings, requirements: &mut Requirements) {
        if !strings.is_single() {
            self.before_several(requirements);
            if !self.tail.append(&strings) {
                self.end(strings, self.width, requirements);
            }
            return;
        }
        if !self.tail.is_single() {
            self.begin_common();
            if !self.common.append(&strings) {
                self.say_common(requirements);
            }
        }
        if !self.tail.append(&strings) {
            self.end(strings, self.width, requirements);
        }
    }

    fn open(
        &mut self,
        head: &Strings,
        tail: Strings,
        tail_at: MaxOffset,
        requirements: &mut Requirements,
    ) {
        if !head.is_single() {
            self.before_several(requirements);
        }
        if !self.tail.append(head) {
            self.end(head.clone(), self.width, requirements);
        }
        self.end(tail, self.width.plus(tail_at), requirements);
    }

    /// Multiplied out, one literal becomes several. What stands before and after may be rare enough alone.
    fn before_several(&mut self, requirements: &mut Requirements) {
        if self.tail.is_single() {
            self.common.clone_from(&self.tail);
            self.common_at = self.tail_at;
        }
        self.say_common(requirements);
    }

    /// Ends the strings so far; others begin, that far from the sequence's begin.
    fn end(&mut self, tail: Strings, tail_at: MaxOffset, requirements: &mut Requirements) {
        self.say_common(requirements);
        let ended = std::mem::replace(&mut self.tail, tail);
        let ended_at = std::mem::replace(&mut self.tail_at, tail_at);
        if self.head.is_none() {
            self.head = Some(ended);
        } else {
            self.needs.extend(requirements.add_literals(&ended, ended_at));
        }
    }

    fn say_common(&mut self, requirements: &mut Requirements) {
        let common = std::mem::replace(&mut self.common, Strings::nothing());
        if common.iter().all(|string| string.len() >= MIN_COMMON) {
            self.needs.extend(requirements.add_literals(&common, self.common_at));
        }
    }

    fn finish(mut self, requirements: &mut Requirements) -> Known {
        self.end_literal(requirements);
        self.say_common(requirements);
        let need = requirements.add_all(&self.needs);
        let extent = match self.head {
            None => Extent::Exact(self.tail),
            Some(head) => Extent::Open(head, self.tail, self.tail_at),
        };
        Known { extent, width: self.width, need }
    }
}

/// The union of sets that are all known and few.
fn united<'s>(sets: impl Iterator<Item = Option<&'s Strings>>) -> Option<Strings> {
    let mut all = Strings::default();
    for set in sets {
        if !all.unite(set?) {
            return None;
        }
    }
    // a set of no strings would say that nothing ever matches
    (!all.is_empty()).then_some(all)
}

/// The character that a literal and its neighbour make up as code units.
fn pair(lead: u32, next: Option<&Node>) -> Option<u32> {
    let Some(&Node::Literal(trail)) = next else { return None };
    combine(u16::try_from(lead).ok()?, u16::try_from(trail).ok()?)
}
