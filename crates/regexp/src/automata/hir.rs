//! From an [`Ast`] to the tree of `regex-syntax`.
//!
//! Where ECMAScript differs, the difference ends here: every class is spelled out, and nothing is
//! left to that crate's meaning of `.`, `\w`, `$` or case. A pattern has two translations. The one
//! for ASCII texts keeps the ASCII part of every class; it compiles and runs much faster. The other
//! reads UTF-8.
//!
//! A pattern that is not regular is *over-approximated*: every lookaround holds, and a
//! back-reference matches any characters that its group can hold. Where a lookahead says more than
//! all that follows it, it stands for that: `a(?=bcd).*` becomes `abcd`. So is a pattern whose
//! counts are too large: `x{2,5000}` becomes `x{2,}`. What the over-approximation refuses, the
//! pattern refuses.

use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, Look, Repetition,
};

use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::syntax::referred::characters_of;
use crate::unicode::CodePointSet;

/// Levels of nesting. Deeper patterns are left to the exact engine: `regex-syntax` fails at 250.
const MAX_DEPTH: u32 = 100;
/// Nodes with repetitions written out. The automata of larger patterns take longer to build than
/// they save.
const MAX_WEIGHT: u64 = 10_000;
/// The same for patterns whose weight comes from counts. Such an automaton can have a state for
/// each count, each as large as the pattern, and then it neither fits its cache nor is fast.
const MAX_COUNTED_WEIGHT: u64 = 1_000;
/// Counts up to these are kept in the over-approximation of a larger pattern, the first that makes
/// it small enough.
const WIDEST: [u8; 3] = [32, 4, 1];
/// In place of such a count: the translation keeps all of them.
const ALL: u8 = u8::MAX;

/// Why a pattern cannot be run by an automaton.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NonRegular {
    /// It has a lookahead or a lookbehind.
    Lookaround,
    /// It has a back-reference.
    BackReference,
    /// It is too deep or, with repetitions written out, too large.
    Size,
}

/// What decides which engine may run a pattern on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts about a pattern")]
pub(crate) struct Profile {
    /// `None` for a regular pattern.
    pub(crate) non_regular: Option<NonRegular>,
    /// One of [`WIDEST`], or [`ALL`]; 0 if there can be no translation. A byte, as a list has many
    /// profiles.
    widest: u8,
    /// Has a back-reference, whatever `non_regular` says.
    pub(crate) back_references: bool,
    /// Has `^` or `$` under `m`: the automata know `\n` only.
    pub(crate) line_anchors: bool,
    /// Has `\b` or `\B` under `iu`, which knows two word characters beyond ASCII.
    pub(crate) extended_words: bool,
    /// Has `\B` and can be empty: the automata would also match within a character's UTF-8.
    pub(crate) splits_characters: bool,
    /// Has a quantified body that can be empty: the engines agree on matches, but not on spans.
    pub(crate) empty_iterations: bool,
    /// Can be empty, assertions aside.
    pub(crate) nullable: bool,
    /// An over-approximation would refuse nothing.
    pub(crate) matches_anything: bool,
    /// Has a quantifier with a number above 1.
    pub(crate) counted: bool,
}

impl Profile {
    /// Counts up to this are kept in the translation; `None` if there can be none.
    pub(crate) fn widest(&self) -> Option<u32> {
        match self.widest {
            0 => None,
            ALL => Some(u32::MAX),
            count => Some(count.into()),
        }
    }
}

/// The texts that a translation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alphabet {
    Ascii,
    Unicode,
}

/// The profile of a pattern that has just been parsed. `nullable`: whether a node can be empty.
pub(crate) fn profile(ast: &Ast, nullable: impl Fn(u32) -> bool) -> Profile {
    let widest = widest(ast);
    let mut profile = Profile {
        non_regular: (widest != ALL).then_some(NonRegular::Size),
        widest,
        back_references: ast.has_back_references,
        line_anchors: false,
        extended_words: false,
        splits_characters: false,
        empty_iterations: false,
        nullable: nullable(ast.root),
        matches_anything: false,
        counted: false,
    };
    // with lookarounds alone, the exact engine takes linear time: no need to look closer
    profile.matches_anything =
        profile.nullable && !(profile.back_references && matches_whole_text(ast));
    for node in ast.others.iter().map(|&id| &ast.nodes[id as usize]) {
        match node {
            Node::Look { .. } => {
                profile.non_regular.get_or_insert(NonRegular::Lookaround);
            }
            Node::BackReference { .. } if profile.non_regular != Some(NonRegular::Size) => {
                profile.non_regular = Some(NonRegular::BackReference);
            }
            Node::Repeat { body, min, max, .. } => {
                profile.empty_iterations |= *max != Some(*min) && nullable(*body);
                profile.counted |= max.unwrap_or(*min) > 1;
            }
            Node::Assert(Assertion::LineStart | Assertion::LineEnd) => profile.line_anchors = true,
            Node::Assert(Assertion::WordBoundary { extended }) => {
                profile.extended_words |= extended;
            }
            Node::Assert(Assertion::NotWordBoundary { extended }) => {
                profile.extended_words |= extended;
                profile.splits_characters |= profile.nullable;
            }
            _ => {}
        }
    }
    profile
}

/// Whether the pattern is `^…$`. Even if it can be empty, it does not match every text.
fn matches_whole_text(ast: &Ast) -> bool {
    use Assertion::{End, LineEnd, LineStart, Start};
    let Node::Sequence(terms) = ast.nodes[ast.root as usize] else { return false };
    let (Some(&first), Some(&last)) = (ast.list(terms).first(), ast.list(terms).last()) else {
        return false;
    };
    matches!(ast.nodes[first as usize], Node::Assert(Start | LineStart))
        && matches!(ast.nodes[last as usize], Node::Assert(End | LineEnd))
}

/// [`Profile::widest`]: all of the counts for most patterns.
fn widest(ast: &Ast) -> u8 {
    let surely_fits = |(depth, weight)| depth <= MAX_DEPTH && weight <= MAX_COUNTED_WEIGHT;
    if surely_fits(most(ast)) || surely_fits(measure(ast, u32::MAX)) {
        return ALL;
    }
    let (depth, uncounted) = measure(ast, 1);
    let limit = MAX_WEIGHT.min(uncounted.saturating_add(MAX_COUNTED_WEIGHT));
    let fits = |widest: u32| measure(ast, widest).1 <= limit;
    if depth > MAX_DEPTH {
        0
    } else if fits(u32::MAX) {
        ALL
    } else {
        WIDEST.into_iter().find(|&count| fits(count.into())).unwrap_or(0)
    }
}

/// Bounds of what [`measure`] gives, as if everything in the pattern were nested but the single
/// characters that are repeated: most patterns are small even so, and this needs no table.
fn most(ast: &Ast) -> (u32, u64) {
    let (mut depth, mut weight, mut times) = (1, 4 * ast.nodes.len() as u64, 1_u64);
    for node in ast.others.iter().map(|&id| &ast.nodes[id as usize]) {
        match node {
            Node::Sequence(_) | Node::Alternation(_) => depth += 1,
            Node::Repeat { body, min, max, .. } => {
                depth += 1;
                let copies = u64::from(max.unwrap_or(*min).max(1));
                match ast.nodes[*body as usize] {
                    Node::Literal(_) | Node::Set(_) => weight = weight.saturating_add(4 * copies),
                    _ => times = times.saturating_mul(copies),
                }
            }
            _ => {}
        }
    }
    (depth, weight.saturating_mul(times))
}

/// Levels of nesting, and nodes with repetitions written out where counts above `widest` are not
/// kept.
fn measure(ast: &Ast, widest: u32) -> (u32, u64) {
    let mut sizes: Vec<(u32, u64)> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |id: &u32| sizes[*id as usize];
        let size = match node {
            Node::Sequence(ids) | Node::Alternation(ids) => {
                ast.list(*ids).iter().map(of).fold((0, 0_u64), |(depth, weight), one| {
                    (depth.max(one.0 + 1), weight.saturating_add(one.1))
                })
            }
            Node::Capture { body, .. } | Node::Look { body, .. } => of(body),
            Node::Repeat { body, min, max, .. } => {
                let (depth, weight) = of(body);
                let copies = u64::from(max.unwrap_or(*min).max(1).min(widest));
                (depth + 1, weight.saturating_mul(copies))
            }
            Node::Set(_) | Node::BackReference { .. } => (1, 4),
            _ => (1, 1),
        };
        sizes.push(size);
    }
    sizes[ast.root as usize]
}

/// Translates a pattern, over-approximated where it is not regular and where counts are above
/// `widest`.
pub(crate) fn translate(ast: &Ast, alphabet: Alphabet, widest: u32) -> Hir {
    let last = last_lookahead(ast);
    let mut translated: Vec<Hir> = Vec::with_capacity(ast.nodes.len());
    for (id, node) in (0..).zip(&ast.nodes) {
        // Each node is used once, by a node that follows.
        let mut take = |id: u32| std::mem::replace(&mut translated[id as usize], Hir::empty());
        let hir = match node {
            Node::Empty | Node::Look { .. } => Hir::empty(),
            Node::Literal(c) => literal(*c, alphabet),
            Node::Set(set) => class(&ast.sets[*set as usize], alphabet),
            Node::Sequence(ids) => {
                let mut ids = ast.list(*ids).to_vec();
                if let Some((_, at, body)) = last.filter(|(sequence, ..)| *sequence == id) {
                    ids.truncate(at);
                    ids.push(body);
                }
                Hir::concat(ids.into_iter().map(take).collect())
            }
            Node::Alternation(ids) => {
                Hir::alternation(ast.list(*ids).iter().map(|&id| take(id)).collect())
            }
            Node::Capture { body, .. } => take(*body),
            Node::Repeat { body, min, max, greedy, .. } => Hir::repetition(Repetition {
                min: (*min).min(widest),
                max: max.filter(|&max| max <= widest),
                greedy: *greedy,
                sub: Box::new(take(*body)),
            }),
            Node::BackReference { groups, ignore_case } => Hir::repetition(Repetition {
                min: 0,
                max: None,
                greedy: true,
                sub: Box::new(class(&characters_of(ast, *groups, *ignore_case), alphabet)),
            }),
            Node::Assert(assertion) => assert(*assertion, alphabet),
        };
        translated.push(hir);
    }
    let whole = translated.swap_remove(ast.root as usize);
    if ast.flags.sticky {
        // `y` is `^` for a search that starts at 0
        return Hir::concat(vec![Hir::look(Look::Start), whole]);
    }
    whole
}

/// The first lookahead of the pattern's terms that says more than those after it: the sequence that
/// it is in, which of its terms it is, and its body.
#[inline(never)]
fn last_lookahead(ast: &Ast) -> Option<(NodeId, usize, NodeId)> {
    let mut root = ast.root;
    while let Node::Capture { body, .. } = ast.nodes[root as usize] {
        root = body;
    }
    let Node::Sequence(terms) = ast.nodes[root as usize] else { return None };
    let terms = ast.list(terms);
    let lookahead = |(at, &id): (usize, &NodeId)| match ast.nodes[id as usize] {
        Node::Look { behind: false, negative: false, body } => Some((root, at, body)),
        _ => None,
    };
    let mut lookaheads = terms.iter().enumerate().filter_map(lookahead).peekable();
    lookaheads.peek()?;
    let bits = bits(ast);
    let bits = |id: &NodeId| bits[*id as usize];
    lookaheads.find(|(_, at, body)| {
        bits(body) > terms[at + 1..].iter().map(bits).fold(0, u32::saturating_add)
    })
}

/// How many bits of information a text has, at least, where it matches a node: seven for each
/// character that is known.
#[cold]
fn bits(ast: &Ast) -> Vec<u32> {
    const KNOWN: u32 = 7;
    let mut all: Vec<u32> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |id: &NodeId| all[*id as usize];
        all.push(match node {
            Node::Literal(_) | Node::Assert(Assertion::Start | Assertion::End) => KNOWN,
            Node::Set(set) => {
                let ranges = ast.sets[*set as usize].ranges().iter();
                let size: u32 = ranges.map(|(low, high)| high - low + 1).sum();
                KNOWN.saturating_sub(size.checked_ilog2().unwrap_or(0))
            }
            Node::Sequence(ids) => ast.list(*ids).iter().map(of).fold(0, u32::saturating_add),
            Node::Alternation(ids) => ast.list(*ids).iter().map(of).min().unwrap_or(0),
            Node::Capture { body, .. } => of(body),
            Node::Repeat { body, min, .. } => of(body).saturating_mul(*min),
            _ => 0,
        });
    }
    all
}

fn literal(c: u32, alphabet: Alphabet) -> Hir {
    match char::from_u32(c) {
        Some(c) if c.is_ascii() || alphabet == Alphabet::Unicode => {
            Hir::literal(c.to_string().into_bytes())
        }
        // no text of this alphabet has it: neither a surrogate nor, in ASCII, anything else
        _ => Hir::fail(),
    }
}

fn class(set: &CodePointSet, alphabet: Alphabet) -> Hir {
    let ranges = set.ranges().iter().copied();
    Hir::class(match alphabet {
        Alphabet::Ascii => Class::Bytes(ClassBytes::new(
            ranges
                .take_while(|&(low, _)| low < 0x80)
                .map(|(low, high)| ClassBytesRange::new(low as u8, high.min(0x7F) as u8)),
        )),
        Alphabet::Unicode => Class::Unicode(ClassUnicode::new(
            ranges
                // `char` has no surrogates
                .flat_map(|(low, high)| [(low, high.min(0xD7FF)), (low.max(0xE000), high)])
                .filter(|(low, high)| low <= high)
                .filter_map(|(low, high)| {
                    Some(ClassUnicodeRange::new(char::from_u32(low)?, char::from_u32(high)?))
                }),
        )),
    })
}

fn assert(assertion: Assertion, alphabet: Alphabet) -> Hir {
    match assertion {
        Assertion::Start => Hir::look(Look::Start),
        Assertion::End => Hir::look(Look::End),
        Assertion::LineStart => Hir::look(Look::StartLF),
        Assertion::LineEnd => Hir::look(Look::EndLF),
        // over-approximated: such a pattern is run on ASCII texts only
        Assertion::WordBoundary { extended: true }
        | Assertion::NotWordBoundary { extended: true }
            if alphabet == Alphabet::Unicode =>
        {
            Hir::empty()
        }
        Assertion::WordBoundary { .. } => Hir::look(Look::WordAscii),
        Assertion::NotWordBoundary { .. } => Hir::look(Look::WordAsciiNegate),
    }
}
