//! Runs patterns against texts for the differential tests, which drive it over a pipe and hold its answers against V8.
//!
//! A request is, in little-endian: the pattern (u32 length in UTF-16 units, units), the flags (the same), a u32 number of
//! texts, and each text (the same as the pattern). The response is a u8: 1 for a refused pattern, followed by u8 kind,
//! u32 offset, u32 length and the message in UTF-8; 0 for an accepted one, followed by the u8 number of engines and per
//! text and engine a u8 outcome (0 no match, 1 match, 2 undecided, 3 not run), u32 start, u32 end. A match whose span the
//! engine does not tell has `0xFFFF_FFFF` for both.
//!
//! The engines are: the exact one, what the automata alone say, and the pattern as the matcher runs it, behind the
//! prefilter.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::sync::atomic::AtomicBool;

use known_failures::prefilter::{Prefilter, PrefilterScratch, Requirement};
use known_failures::regexp::{Answer, Haystack, Outcome, Pattern, PatternErrorKind, Scratch};

fn main() -> io::Result<()> {
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut output = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut scratch = Scratch::default();
    while let Some(length) = read_length(&mut input)? {
        let pattern = read_units(&mut input, length)?;
        let flags = read_string(&mut input)?;
        let count = read_length(&mut input)?.unwrap_or(0);
        let texts = (0..count).map(|_| read_string(&mut input)).collect::<io::Result<Vec<_>>>()?;
        answer(&pattern, &flags, &texts, &mut scratch, &mut output)?;
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

fn answer(
    pattern: &[u16],
    flags: &[u16],
    texts: &[Vec<u16>],
    scratch: &mut Scratch,
    output: &mut impl Write,
) -> io::Result<()> {
    let read = Pattern::new(pattern, flags)
        .and_then(|read| Ok((read, Requirement::of_pattern(pattern, flags)?)));
    let (pattern, requirement) = match read {
        Ok(read) => read,
        Err(error) => {
            let kind = match error.kind {
                PatternErrorKind::Syntax => 0,
                PatternErrorKind::Flags => 1,
                PatternErrorKind::Limit => 2,
            };
            output.write_all(&[1, kind])?;
            output.write_all(&error.offset.to_le_bytes())?;
            output.write_all(&(error.message.len() as u32).to_le_bytes())?;
            return output.write_all(error.message.as_bytes());
        }
    };
    output.write_all(&[0, 3])?;
    let never = AtomicBool::new(false);
    let prefilter = Prefilter::build([(0, requirement)]);
    let mut found = PrefilterScratch::default();
    for text in texts {
        let haystack = Haystack::new(text.clone());
        write(output, code(pattern.find_exact(&haystack, scratch, &never)))?;
        write(
            output,
            match pattern.find_linear(&haystack) {
                Some(Answer::Match { start, end }) => (1, start, end),
                Some(Answer::MatchFrom { .. }) => (1, u32::MAX, u32::MAX),
                Some(Answer::NoMatch) => (0, 0, 0),
                None => (3, 0, 0),
            },
        )?;
        let is_candidate = !prefilter.unfiltered().is_empty()
            || !prefilter.scan(haystack.bytes(), &mut found).is_empty();
        let outcome =
            if is_candidate { pattern.find(&haystack, scratch, &never) } else { Outcome::NoMatch };
        write(output, code(outcome))?;
    }
    Ok(())
}

fn code(outcome: Outcome) -> (u8, u32, u32) {
    match outcome {
        Outcome::NoMatch => (0, 0, 0),
        Outcome::Match { start, end } => (1, start, end),
        Outcome::Undecided | Outcome::Stopped | Outcome::Paused => (2, 0, 0),
    }
}

fn write(output: &mut impl Write, (outcome, start, end): (u8, u32, u32)) -> io::Result<()> {
    output.write_all(&[outcome])?;
    output.write_all(&start.to_le_bytes())?;
    output.write_all(&end.to_le_bytes())
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
