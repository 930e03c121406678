//! Many patterns searched together: which of them can match a text?
//!
//! It is for patterns without a literal to look for: each of them would be run on every text. They
//! become two automata. One has the patterns that match at the start of a text only (`^\d+$`): it
//! is through with most texts after a few bytes. The other one has the rest, and reads the whole
//! text.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use regex_automata::{Anchored, PatternID, PatternSet};
use regex_syntax::hir::Hir;

use crate::automata::hir::Alphabet;
use crate::automata::stepping::WhichSearch;
use crate::automata::union::Union;
use crate::interrupt::{Interrupt, Interruption};
use crate::pattern::Pattern;
use crate::text::haystack::Haystack;

/// Patterns that are searched together: which of them can match a text?
///
/// It over-approximates, so each candidate has to be confirmed with [`Pattern::search`].
///
/// ```
/// use known_failures_regexp::{Haystack, MultiPattern, Pattern};
///
/// let patterns = [r"\d{3}", "^[a-z]+$", r"[A-Z]{2}\d"];
/// let multi = MultiPattern::new(patterns.map(|p| Pattern::parse_str(p, "").unwrap()).into());
/// let mut candidates = Vec::new();
/// multi.candidates(&Haystack::from_utf8("AB123"), |index| candidates.push(index));
/// assert_eq!(candidates, [0, 2]);
/// ```
#[derive(Debug, Default)]
pub struct MultiPattern {
    patterns: Vec<Pattern>,
    /// By pattern: its group, and its number there.
    places: Vec<(usize, usize)>,
    groups: [Group; GROUPS.len()],
}

/// Where the matches of a group's patterns start.
const GROUPS: [Anchored; 2] = [Anchored::Yes, Anchored::No];

/// Patterns of one automaton, or rather of one for each alphabet.
#[derive(Debug, Default)]
struct Group {
    /// By number: the pattern.
    members: Vec<usize>,
    ascii: OnceLock<Option<Union>>,
    unicode: OnceLock<Option<Union>>,
}

impl MultiPattern {
    /// So many patterns are faster together than one by one.
    pub const MANY: usize = 2;

    /// Builds nothing until the first text comes. The patterns' own engines are never built.
    pub fn new(patterns: Vec<Pattern>) -> Self {
        let mut groups = <[Group; GROUPS.len()]>::default();
        let place = |(index, pattern): (usize, &Pattern)| {
            let anchored =
                if pattern.matches_at_start_only() { Anchored::Yes } else { Anchored::No };
            let group = GROUPS.iter().position(|of| *of == anchored).unwrap_or_default();
            groups[group].members.push(index);
            (group, groups[group].members.len() - 1)
        };
        let places = patterns.iter().enumerate().map(place).collect();
        Self { patterns, places, groups }
    }

    /// Calls `found` with the index of every pattern that can match `haystack`, in order. It leaves
    /// out the patterns of which the automaton can tell that they do not match.
    pub fn candidates(&self, haystack: &Haystack, found: impl FnMut(usize)) {
        let never = AtomicBool::new(false);
        let mut search = MultiPatternSearch::default();
        let interrupt = Interrupt::without_deadline(&never);
        let all: Vec<usize> = (0..self.patterns.len()).collect();
        let done = self.search(haystack, &all, 1, &mut search, &interrupt, found);
        debug_assert!(done.is_ok(), "nothing interrupts it");
    }

    /// [`Self::candidates`] of the patterns in `wanted`, ascending, with a deadline. Where fewer
    /// than `least` of an automaton's patterns are wanted, they are all candidates.
    ///
    /// # Errors
    ///
    /// [`Interruption`] if it was interrupted. Then `found` was not called, and the same call with
    /// the same `search` continues.
    pub fn search(
        &self,
        haystack: &Haystack,
        wanted: &[usize],
        least: usize,
        search: &mut MultiPatternSearch,
        interrupt: &Interrupt<'_>,
        mut found: impl FnMut(usize),
    ) -> Result<(), Interruption> {
        let in_group =
            |of: usize| wanted.iter().filter(|&&index| self.places[index].0 == of).count();
        // on one text, all patterns that have an alphabet have the same one
        let alphabet = self.patterns.iter().find_map(|pattern| pattern.alphabet(haystack));
        let mut groups = search.0.take().map(|suspended| *suspended).unwrap_or_default();
        for (at, search_of) in groups.iter_mut().enumerate() {
            let (group, anchored) = (&self.groups[at], GROUPS[at]);
            let asked = in_group(at);
            if matches!(search_of.told, Told::NotYet) && asked >= least {
                let union = alphabet.and_then(|of| group.union(&self.patterns, anchored, of));
                let suspended = &mut search_of.suspended;
                let matching = union
                    .map(|union| union.matching(haystack.bytes(), asked, suspended, interrupt));
                search_of.told = match matching.transpose() {
                    Ok(matching) => matching.flatten().map_or(Told::Nothing, Told::Matching),
                    Err(interruption) => {
                        search.0 = Some(Box::new(groups));
                        return Err(interruption);
                    }
                };
            }
        }
        for &index in wanted {
            let (pattern, (group, number)) = (&self.patterns[index], self.places[index]);
            let cannot_match = match &groups[group].told {
                Told::Matching(matching) if pattern.alphabet(haystack).is_some() => {
                    PatternID::new(number).is_ok_and(|number| !matching.contains(number))
                }
                _ => false,
            };
            if !cannot_match {
                found(index);
            }
        }
        Ok(())
    }
}

impl Group {
    /// The automaton for texts of this alphabet; `None` if there is none.
    fn union(&self, all: &[Pattern], anchored: Anchored, alphabet: Alphabet) -> Option<&Union> {
        let cell = match alphabet {
            Alphabet::Ascii => &self.ascii,
            Alphabet::Unicode => &self.unicode,
        };
        let build = || {
            // a pattern without an automaton only keeps its number
            let translated =
                |&index: &usize| all[index].translate(alphabet).unwrap_or_else(Hir::fail);
            let members: Vec<Hir> = self.members.iter().map(translated).collect();
            Union::new(&members, anchored)
        };
        if self.members.is_empty() { None } else { cell.get_or_init(build).as_ref() }
    }
}

/// A search for many patterns at once that may be suspended.
#[derive(Debug, Default)]
pub struct MultiPatternSearch(Option<Box<[GroupSearch; GROUPS.len()]>>);

/// How far the search of a group has come.
#[derive(Debug, Default)]
struct GroupSearch {
    suspended: Option<Box<WhichSearch>>,
    told: Told,
}

/// What is known of a group's patterns.
#[derive(Debug, Default)]
enum Told {
    /// Nothing yet: the search has not come to its end.
    #[default]
    NotYet,
    /// Nothing: there is no automaton, or it has given up.
    Nothing,
    /// These match, by number, and the others do not.
    Matching(PatternSet),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automata::union::TEXTS_IN_DEBT;

    fn union(patterns: &[(&str, &str)]) -> MultiPattern {
        let read = |(source, flags): &(&str, &str)| Pattern::parse_str(source, flags).unwrap();
        MultiPattern::new(patterns.iter().map(read).collect())
    }

    fn candidates(union: &MultiPattern, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        union.candidates(&Haystack::new(text.encode_utf16().collect()), |index| found.push(index));
        found
    }

    #[test]
    fn candidates_are_the_patterns_that_can_match() {
        let union = union(&[
            (r"\d{3}", ""),
            (r"^[a-z]+$", "m"),
            (r"\b[A-Z]{2}\d", ""),
            (r"[\s\S]*é", ""),
            (r"(?=x)\d", ""),
            (r"(?!x)", ""),
            (r"", ""),
        ]);
        // what can be empty is always a candidate, and so is `(?=x)\d` where there is an `x`
        assert_eq!(candidates(&union, "123 x"), [0, 4, 5, 6]);
        assert_eq!(candidates(&union, "12\nabc\n"), [1, 5, 6]);
        assert_eq!(candidates(&union, "XX1"), [2, 5, 6]);
        assert_eq!(candidates(&union, ""), [5, 6]);
        assert_eq!(candidates(&union, "é"), [3, 5, 6]);
        // where automata differ from ECMAScript on a text, their patterns are candidates
        assert_eq!(candidates(&union, "?\r"), [1, 5, 6]);
        assert_eq!(candidates(&union, "😀"), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_lookahead_stands_for_what_follows_it_if_it_says_more() {
        let union = union(&[
            (r"(?=^ ?>|x$).*\S", ""),
            (r"(a(?=bcd|bce)b.)", ""),
            (r"(?=[^])ab", ""),
            (r"[ab](?!b)(?=ab)(?:a(?=c).)*", ""),
            (r"(?:(?=ab)|c)d", ""),
        ]);
        assert_eq!(candidates(&union, " > a"), [0]);
        assert_eq!(candidates(&union, "a > \nx"), [0]);
        assert_eq!(candidates(&union, "a > x abc"), [2]);
        assert_eq!(candidates(&union, "bab abce"), [1, 2, 3]);
        // only a lookahead of the whole pattern's terms
        assert_eq!(candidates(&union, "d"), [4]);
    }

    #[test]
    fn patterns_that_are_too_large_together_are_all_candidates() {
        let huge = vec![("a{900}b", ""); 1000];
        assert_eq!(candidates(&union(&huge), "1").len(), huge.len());
    }

    #[test]
    fn an_automaton_that_is_too_slow_is_given_up() {
        // a state for each combination of the last 24 characters
        let union = union(&[(r"[ab]{300}a[ab]{24}c", ""), (r"[ab]{300}b[ab]{25}d", "")]);
        let mut random = 1_u32;
        let mut letter = || {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            if random >> 16 & 1 == 0 { 'a' } else { 'b' }
        };
        for _ in 0..TEXTS_IN_DEBT {
            let text: String = (0..60_000).map(|_| letter()).collect();
            let found = candidates(&union, &text);
            assert!(found == [0, 1] || found.is_empty(), "{found:?}");
        }
        let floating = &union.groups[1];
        assert!(floating.ascii.get().and_then(Option::as_ref).unwrap().has_given_up());
        assert_eq!(candidates(&union, "a"), [0, 1]);
    }

    #[test]
    fn gaps_that_overlap_are_given_up_soon() {
        // a state for each combination of the words in the last 20 characters
        let words = ["one", "two", "six", "ten", "red", "sea", "sun", "sky", "oak", "ash", "elm"];
        let sources: Vec<_> =
            (0..80).map(|at| format!(r"\b{}\b.{{0,20}}\b{at}", words[at % words.len()])).collect();
        let union = union(&sources.iter().map(|source| (&**source, "i")).collect::<Vec<_>>());
        let mut random = 1_usize;
        let mut word = || {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            words[(random >> 16) % words.len()]
        };
        for _ in 0..2 * TEXTS_IN_DEBT {
            let text: Vec<&str> = (0..300).map(|_| word()).collect();
            assert!(candidates(&union, &text.join(" ")).iter().all(|&at| at < sources.len()));
        }
        assert!(union.groups[1].ascii.get().and_then(Option::as_ref).unwrap().has_given_up());
        assert_eq!(candidates(&union, "a").len(), sources.len());
    }

    #[test]
    fn no_patterns_have_no_candidates() {
        assert!(candidates(&union(&[]), "abc").is_empty());
    }
}
