//! Patterns that are bound to the start or to the end of a text: which of them can match it?
//!
//! `^\d+$` and `\.js$` say nothing that a text could be searched for, but whether they can match
//! shows in the first or in the last few bytes of a text: each byte has, for each of these places,
//! the set of the patterns that can have it there. The "and" of all of them is left.

use rustc_hash::{FxBuildHasher, FxHashMap};

use regexp::syntax::ast::Assertion::{NotWordBoundary, WordBoundary};
use regexp::syntax::ast::{Ast, Node, NodeId};

use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::extract::required_runs;
use crate::prefilter::shapes::masks::DEPTH;
use crate::prefilter::shapes::outline::{Outline, Side};
use crate::prefilter::shapes::rarity::Rarity;
use crate::prefilter::shapes::run::{RequiredRuns, Shape};

/// What is known of the edges of some patterns.
#[derive(Debug, Default)]
pub(crate) struct Edges(Vec<Block>);

/// A pattern that fewer texts can match, by their edges, is looked for by nothing else.
const TELLING: f32 = 1.0 / 100.0;

/// How a pattern is to be looked for that has no literal.
pub(crate) fn shape(ast: &Ast, rarity: &Rarity) -> Shape {
    let runs = required_runs(ast, rarity);
    let Known { start, end, is_foreign, never_matches } = Known::of(ast);
    let share = |edge: &Option<Outline>| {
        edge.as_ref().map_or(1.0, |outline| rarity.product(&outline.sets[..outline.least]))
    };
    let is_near = |runs: &RequiredRuns| {
        runs.are_common || runs.runs.iter().all(|run| run.max_offset.is_bounded())
    };
    let is_at_edge = match &runs {
        None => is_foreign || never_matches || start.is_some() || end.is_some(),
        Some(runs) => {
            let comes_first = start.is_some() && is_near(runs) || end.is_some() && runs.are_common;
            comes_first || share(&start) * share(&end) <= TELLING
        }
    };
    if is_at_edge {
        return Shape::AtEdge(runs);
    }
    runs.map_or(Shape::Unknown, Shape::Runs)
}

/// Patterns that share a word, a bit for each.
#[derive(Debug)]
struct Block {
    /// Those that can match a text at all.
    all: u64,
    /// Those that match no ASCII text.
    foreign: u64,
    /// `None`: no pattern is bound there.
    start: Option<Edge>,
    end: Option<Edge>,
}

/// One end of the text.
#[derive(Debug)]
struct Edge {
    /// By byte, its row.
    row_of: [u8; 256],
    /// At each place, the patterns that can have such a byte there.
    rows: Vec<[u64; DEPTH]>,
    /// The patterns that can match a text of so many bytes.
    short: [u64; DEPTH],
}

impl Edges {
    /// `patterns`: the syntax trees, in the order of the patterns' numbers. Of `None`, nothing is
    /// known.
    pub(crate) fn new(patterns: impl Iterator<Item = Option<Ast>>) -> Self {
        let mut blocks = Vec::new();
        let known: Vec<Known> =
            patterns.map(|ast| ast.map_or(Known::NOTHING, |ast| Known::of(&ast))).collect();
        for of_block in known.chunks(64) {
            let foreign = bits(of_block, |known| known.is_foreign);
            let edge = |outline: fn(&Known) -> Option<&Outline>| Edge::new(of_block, outline);
            blocks.push(Block {
                all: bits(of_block, |known| !known.never_matches),
                foreign,
                start: edge(|known| known.start.as_ref()),
                end: edge(|known| known.end.as_ref()),
            });
        }
        Self(blocks)
    }

    /// The numbers of the patterns that can match a text, ascending.
    pub(crate) fn possible(&self, text: &[u8], is_ascii: bool) -> impl Iterator<Item = usize> {
        let possible = move |(at, block): (usize, &Block)| {
            let mut left = block.possible(text, is_ascii);
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(64 * at + bit as usize)
            })
        };
        self.0.iter().enumerate().flat_map(possible)
    }
}

impl Block {
    fn possible(&self, text: &[u8], is_ascii: bool) -> u64 {
        let mut left = if is_ascii { self.all & !self.foreign } else { self.all };
        if let Some(edge) = &self.start {
            left &= edge.possible(text.iter(), text.len());
        }
        if left != 0
            && let Some(edge) = &self.end
        {
            left &= edge.possible(text.iter().rev(), text.len());
        }
        left
    }
}

impl Edge {
    /// `None`: none of the patterns is bound here.
    fn new(patterns: &[Known], outline: impl Fn(&Known) -> Option<&Outline>) -> Option<Self> {
        patterns.iter().find_map(&outline)?;
        let least = |known: &Known| outline(known).map_or(0, |outline| outline.least);
        let mut edge = Self {
            row_of: [0; 256],
            rows: Vec::new(),
            short: std::array::from_fn(|length| bits(patterns, |known| least(known) <= length)),
        };
        let mut by_byte = [[0_u64; DEPTH]; 256];
        for (bit, known) in patterns.iter().enumerate() {
            let sets = outline(known).map_or([ByteSet::ANY; DEPTH], |outline| outline.sets);
            for (at, set) in sets.iter().enumerate() {
                for byte in set.bytes() {
                    by_byte[usize::from(byte)][at] |= 1 << bit;
                }
            }
        }
        let mut known = FxHashMap::with_hasher(FxBuildHasher);
        for (row, of_byte) in by_byte.into_iter().zip(&mut edge.row_of) {
            *of_byte = *known.entry(row).or_insert_with(|| {
                edge.rows.push(row);
                (edge.rows.len() - 1) as u8
            });
        }
        Some(edge)
    }

    /// `bytes`: of a text, from this edge on.
    fn possible<'t>(&self, mut bytes: impl Iterator<Item = &'t u8>, length: usize) -> u64 {
        let mut left = self.short.get(length).copied().unwrap_or(u64::MAX);
        for at in 0..DEPTH {
            let Some(&byte) = bytes.next() else { break };
            left &= self.rows[usize::from(self.row_of[usize::from(byte)])][at];
            if left == 0 {
                break;
            }
        }
        left
    }
}

/// What is known of a pattern.
struct Known {
    /// If each match starts where the text does.
    start: Option<Outline>,
    /// If each match ends where the text does.
    end: Option<Outline>,
    is_foreign: bool,
    never_matches: bool,
}

impl Known {
    const NOTHING: Self = Self { start: None, end: None, is_foreign: false, never_matches: false };

    fn of(ast: &Ast) -> Self {
        let [start, end] = [Side::Start, Side::End].map(|side| Outline::of(ast, side));
        let is_foreign = start.is_foreign;
        let starts = !end.goes_on || ast.flags.sticky;
        let ends = !start.goes_on;
        Self {
            start: starts.then_some(start),
            end: ends.then_some(end),
            is_foreign,
            never_matches: never_matches(ast),
        }
    }
}

/// Whether the pattern is one of those that are written to match nothing: `\b\B`, `(?!)`.
fn never_matches(ast: &Ast) -> bool {
    let node = |id: &NodeId| ast.nodes[*id as usize];
    let is_never = |node: Node| match node {
        Node::Look { negative: true, body, .. } => node_at(ast, body) == Node::Empty,
        _ => false,
    };
    match node_at(ast, ast.root) {
        Node::Sequence(terms) => {
            let terms = ast.list(terms);
            let differ = |pair: &[NodeId]| match [node(&pair[0]), node(&pair[1])] {
                [Node::Assert(WordBoundary { extended }), Node::Assert(other)]
                | [Node::Assert(other), Node::Assert(WordBoundary { extended })] => {
                    other == NotWordBoundary { extended }
                }
                _ => false,
            };
            terms.iter().any(|id| is_never(node(id))) || terms.windows(2).any(differ)
        }
        root => is_never(root),
    }
}

/// The node, or what is in it if it is only a group.
fn node_at(ast: &Ast, mut id: NodeId) -> Node {
    loop {
        match ast.nodes[id as usize] {
            Node::Capture { body, .. } => id = body,
            node => return node,
        }
    }
}

/// A bit for each of the patterns of which it is so.
fn bits(patterns: &[Known], is_so: impl Fn(&Known) -> bool) -> u64 {
    (0..).zip(patterns).fold(0, |all, (bit, known)| all | u64::from(is_so(known)) << bit)
}

#[cfg(test)]
mod tests {
    use regexp::{Haystack, Pattern};

    use super::*;

    fn read((source, flags): &(&str, &str)) -> Option<Pattern> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        Pattern::new(&units(source), &units(flags)).ok()
    }

    fn possible(patterns: &[(&str, &str)], text: &Haystack) -> Vec<usize> {
        let asts = patterns.iter().map(|one| read(one)?.syntax_tree().ok());
        Edges::new(asts).possible(text.bytes(), text.unit_bytes() == 1).collect()
    }

    #[test]
    fn patterns_are_ruled_out_by_the_edges_of_a_text() {
        let patterns = [
            (r"^\d+$", ""),
            (r"^[a-z_]\w*$", "i"),
            (r"\.[cm]?js$", ""),
            (r"\.(?:com|exe)$|~$", ""),
            (r"^in(stanceof)?$", ""),
            (r"(^\*)|(^\$0)", ""),
            (r"$^", ""),
            (r"^(?:ab|c{2,3})x", ""),
            (r"\p{M}", "u"),
            (r"\d{4}x", "y"),
            (r"^ *:-+: *$", "m"),
            (r"\b\B", ""),
            (r"(x\B\b)", ""),
            (r"(?!)", ""),
            (r"(?=^(?: {0,3}> ?(?:x|[^\n]*)(?:\n|$))+).*\S", ""),
            (r"^(?=[a-z]+;)\w{2}\W(?=q)", ""),
        ];
        let told = |text: &str| possible(&patterns, &Haystack::from_utf8(text));
        // the eleventh is bound to nothing
        assert_eq!(told("Error: late "), [10]);
        assert_eq!(told(""), [6, 10]);
        assert_eq!(told("123"), [0, 10]);
        assert_eq!(told("12345678x12345678"), [0, 10], "beyond what is looked at");
        assert_eq!(told("1234x"), [9, 10]);
        assert_eq!(told("in"), [1, 4, 10]);
        assert_eq!(told("at x.js"), [2, 10]);
        assert_eq!(told("at y.cjs~"), [3, 10]);
        assert_eq!(told("$0 ."), [5, 10]);
        assert_eq!(told("cccx"), [1, 7, 10]);
        assert_eq!(told("cdx"), [1, 10]);
        assert_eq!(told("  > x"), [10, 14]);
        assert_eq!(told("x > x"), [10]);
        assert_eq!(told("ab;q;x"), [10, 15]);
        assert_eq!(told("ab;x;x"), [10]);
        assert_eq!(told("a0;q;x"), [10]);
        assert_eq!(told("e\u{301} "), [8, 10]);
        assert_eq!(possible(&[], &Haystack::from_utf8("a")), [0; 0]);
    }

    #[test]
    fn what_the_edges_tell_comes_before_runs() {
        let rarity = Rarity::of(std::iter::empty());
        for (source, is_at_edge) in [
            (r"^[A-Za-z]+\/\d+(?:\.\d+){5}$", true),
            (r"^\d{4}-\d\d-\d\d.*x\d{9}", true),
            (r"(\d+)ms.*\d{7}$", true),
            (r"^\w+$", true),
            (r"\b\B", true),
            (r"^.*\[a-\d{6}\] .*", false),
            (r"x\d{9}.*$", false),
            (r"\d+", false),
        ] {
            let ast = read(&(source, "")).and_then(|pattern| pattern.syntax_tree().ok());
            let shape = shape(&ast.expect("the pattern is good"), &rarity);
            assert_eq!(matches!(shape, Shape::AtEdge(_)), is_at_edge, "/{source}/");
        }
    }
}
