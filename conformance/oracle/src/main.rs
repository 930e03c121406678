//! Runs patterns against texts for the differential tests, which drive it over a pipe and compare
//! its answers with V8's.
//!
//! A request is, in little-endian: the pattern (u32 length in UTF-16 units, units), the flags (the
//! same), a u32 number of texts, and each text (the same as the pattern). The response is a u8: 1
//! for a refused pattern, followed by u8 kind, u32 offset, u32 length and the message in UTF-8; 0
//! for an accepted one, followed by the u8 number of engines and per text and engine a u8 outcome
//! (0 no match, 1 match, 2 undecided, 3 not run), u32 start, u32 end. Both are `0xFFFF_FFFF` where
//! the engine only decides whether there is a match.
//!
//! The engines are: the exact one, the automata alone, the lockstep engine, and the pattern as the
//! matcher runs it, behind the prefilter or, for a pattern without a literal, behind the automaton
//! of all such patterns.
//!
//! `oracle --only ENGINE` runs one of them, `exact`, `automaton`, `lockstep` or `rule`, and adds a
//! u64 after each `end`: the CPU time of the search in nanoseconds. The first search builds the
//! engine, so the second text of a request has the time of a search alone.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use cpu_time::ProcessTime;
use matcher::RuleSlot;
use matcher::prefilter::{Prefilter, PrefilterScratch, Requirement};
use regexp::{
    Answer, Haystack, Interrupt, MultiPattern, Outcome, Pattern, PatternError, PatternErrorKind,
    Scratch, StartRange,
};

/// Outcome, start and end, as they are sent.
type Found = (u8, u32, u32);

/// The start and end of a match that an engine only decides.
const UNTOLD: u32 = u32::MAX;

#[derive(Clone, Copy)]
enum Engine {
    Exact,
    Automaton,
    Lockstep,
    Rule,
}

/// In the order of the answers.
const ENGINES: [(&str, Engine); 4] = [
    ("exact", Engine::Exact),
    ("automaton", Engine::Automaton),
    ("lockstep", Engine::Lockstep),
    ("rule", Engine::Rule),
];

fn main() -> io::Result<()> {
    let only = chosen();
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut scratch = Scratch::default();
    while let Some(length) = read_length(&mut input)? {
        let pattern = read_units(&mut input, length)?;
        let flags = read_string(&mut input)?;
        let count = read_length(&mut input)?.unwrap_or(0);
        let texts = (0..count).map(|_| read_string(&mut input)).collect::<io::Result<Vec<_>>>()?;
        match Subject::new(&pattern, &flags) {
            Ok(mut subject) => answer(&mut subject, texts, only, &mut scratch, &mut output)?,
            Err(error) => refuse(&error, &mut output)?,
        }
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

/// The engine that is run alone; `None` for all of them.
fn chosen() -> Option<Engine> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let engine_of = |name: &str| ENGINES.iter().find(|known| known.0 == name);
    match &arguments[..] {
        [] => None,
        [option, name] if option == "--only" && engine_of(name).is_some() => {
            engine_of(name).map(|&(_, engine)| engine)
        }
        _ => panic!("usage: oracle [--only exact|automaton|lockstep|rule]"),
    }
}

fn answer(
    subject: &mut Subject,
    texts: Vec<Vec<u16>>,
    only: Option<Engine>,
    scratch: &mut Scratch,
    output: &mut impl Write,
) -> io::Result<()> {
    let engines = only.map_or(ENGINES.map(|(_, engine)| engine).to_vec(), |engine| vec![engine]);
    output.write_all(&[0, engines.len() as u8])?;
    for text in texts {
        let haystack = Haystack::new(text);
        for &engine in &engines {
            let started = ProcessTime::now();
            let (outcome, start, end) = subject.search(engine, &haystack, scratch);
            let nanoseconds = started.elapsed().as_nanos() as u64;
            output.write_all(&[outcome])?;
            output.write_all(&start.to_le_bytes())?;
            output.write_all(&end.to_le_bytes())?;
            if only.is_some() {
                output.write_all(&nanoseconds.to_le_bytes())?;
            }
        }
    }
    Ok(())
}

fn refuse(error: &PatternError, output: &mut impl Write) -> io::Result<()> {
    let kind = match error.kind {
        PatternErrorKind::Syntax => 0,
        PatternErrorKind::Flags => 1,
        PatternErrorKind::Limit => 2,
    };
    output.write_all(&[1, kind])?;
    output.write_all(&error.offset.to_le_bytes())?;
    output.write_all(&(error.message.len() as u32).to_le_bytes())?;
    output.write_all(error.message.as_bytes())
}

/// A pattern, and for it alone what stands before the patterns of a matcher.
struct Subject {
    pattern: Arc<Pattern>,
    union: MultiPattern,
    prefilter: Prefilter,
    found: PrefilterScratch,
}

impl Subject {
    fn new(pattern: &[u16], flags: &[u16]) -> Result<Self, PatternError> {
        let read = Arc::new(Pattern::new(pattern, flags)?);
        let requirement = Requirement::of_pattern(pattern, flags)?;
        Ok(Self {
            union: MultiPattern::new(vec![read.unbuilt()]),
            pattern: read,
            prefilter: Prefilter::build([(RuleSlot(0), requirement)]),
            found: PrefilterScratch::default(),
        })
    }

    fn search(&mut self, engine: Engine, haystack: &Haystack, scratch: &mut Scratch) -> Found {
        let never = AtomicBool::new(false);
        let outcome = match engine {
            Engine::Exact => self.pattern.find_exact(haystack, scratch, &never),
            Engine::Automaton => {
                return match self.pattern.find_automaton(haystack) {
                    Some(Answer::Match { start, end }) => (1, start, end),
                    Some(Answer::MatchFrom { .. }) => (1, UNTOLD, UNTOLD),
                    Some(Answer::NoMatch) => (0, 0, 0),
                    None => (3, 0, 0),
                };
            }
            Engine::Lockstep => match self.pattern.find_lockstep(haystack, scratch, &never) {
                Some(outcome) => outcome,
                None => return (3, 0, 0),
            },
            Engine::Rule => match self.candidate(haystack) {
                Some(starts) => self.pattern.search(
                    haystack,
                    &starts,
                    scratch,
                    &Interrupt::without_deadline(&never),
                ),
                None => Outcome::NoMatch,
            },
        };
        match outcome {
            Outcome::NoMatch => (0, 0, 0),
            Outcome::Match { start, end } => (1, start, end),
            Outcome::Undecided | Outcome::Cancelled | Outcome::Suspended => (2, 0, 0),
        }
    }

    /// Where a match can begin, if there can be one.
    fn candidate(&mut self, haystack: &Haystack) -> Option<Vec<StartRange>> {
        if self.prefilter.unfiltered().is_empty() {
            let unit_bytes = haystack.unit_bytes();
            let found = self.prefilter.scan(haystack.bytes(), unit_bytes, &mut self.found);
            let mut starts: Vec<_> = found.iter().map(|candidate| candidate.starts).collect();
            haystack.all_in_units(starts.iter_mut());
            return (!starts.is_empty()).then_some(starts);
        }
        let mut found = None;
        self.union.candidates(haystack, |_| found = Some(vec![StartRange::ANYWHERE]));
        found
    }
}

/// A u32; `None` at the end of the input.
fn read_length(input: &mut impl Read) -> io::Result<Option<u32>> {
    let mut bytes = [0; 4];
    match input.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(u32::from_le_bytes(bytes))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_string(input: &mut impl Read) -> io::Result<Vec<u16>> {
    let length = read_length(input)?.unwrap_or(0);
    read_units(input, length)
}

fn read_units(input: &mut impl Read, length: u32) -> io::Result<Vec<u16>> {
    let mut bytes = vec![0; length as usize * 2];
    input.read_exact(&mut bytes)?;
    Ok(bytes.as_chunks().0.iter().map(|&unit| u16::from_le_bytes(unit)).collect())
}
