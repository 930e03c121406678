//! Patterns and texts from decisions. The alphabet has the hard cases: letters whose case partner
//! is in another block, pairs and halves of pairs, every line end, white space and what looks like
//! it.

use crate::bytes::{Decisions, from_str};

const FLAGS: &[u8] = b"imsuvy";

/// One byte: a bit for each flag. `u` gives way to `v`.
pub fn flags(decisions: &mut Decisions) -> Vec<u16> {
    let bits = decisions.byte();
    FLAGS
        .iter()
        .enumerate()
        .filter(|&(at, &flag)| bits >> at & 1 == 1 && !(flag == b'u' && bits >> 4 & 1 == 1))
        .map(|(_, &flag)| u16::from(flag))
        .collect()
}

const CHARACTERS: [u32; 48] = [
    0x61, 0x62, 0x41, 0x42, 0x6B, 0x4B, 0x212A, 0x73, 0x53, 0x17F, 0xE9, 0xC9, 0xDF, 0x1E9E, 0x3C3,
    0x3C2, 0x3A3, 0x130, 0x131, 0x69, 0x49, 0xB5, 0x3BC, 0x1C4, 0x1C5, 0x1F600, 0x1F601, 0xD83D,
    0xDE00, 0xDE01, 0x10400, 0x10428, 0x0A, 0x0D, 0x2028, 0x2029, 0x20, 0xA0, 0xFEFF, 0x180E, 0x5F,
    0x30, 0x39, 0x2D, 0x1D11E, 0x0, 0xFFFF, 0x10_FFFF,
];

fn push(units: &mut Vec<u16>, c: u32) {
    match char::from_u32(c) {
        Some(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
        None => units.push(c as u16),
    }
}

fn character(decisions: &mut Decisions) -> u32 {
    // half of all characters are a few, or nothing would ever match
    let byte = usize::from(decisions.byte());
    if byte < 128 {
        [0x61, 0x62, 0x41, 0x1F600][byte % 4]
    } else {
        CHARACTERS[byte % CHARACTERS.len()]
    }
}

/// Up to `most` characters.
pub fn text(decisions: &mut Decisions, most: usize) -> Vec<u16> {
    let mut units = Vec::new();
    let length = decisions.below(most + 1);
    let mut choices = Decisions::new(decisions.take(length));
    for _ in 0..length {
        push(&mut units, character(&mut choices));
    }
    units
}

/// A pattern of up to `budget` terms. Most are legal, some are not.
pub fn pattern(decisions: &mut Decisions, budget: usize) -> Vec<u16> {
    let mut generator = Generator { decisions, units: Vec::new(), budget, depth: 0 };
    generator.disjunction();
    generator.units
}

struct Generator<'d, 'b> {
    decisions: &'d mut Decisions<'b>,
    units: Vec<u16>,
    budget: usize,
    depth: usize,
}

const QUANTIFIERS: [&str; 20] = [
    "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,3}?", "{2,}", "{0}", "{0,1}",
    "{3,300}", "{70,}", "{0,90}?", "{1}", "{2,2}",
];

const ESCAPES: [&str; 31] = [
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "\\w",
    "\\W",
    ".",
    "\\n",
    "\\r",
    "\\0",
    "\\x61",
    "\\u0061",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\ude00",
    "\\u{1f600}",
    "\\u212a",
    "\\cA",
    "\\-",
    "\\p{L}",
    "\\P{Lu}",
    "\\p{Ll}",
    "\\p{Any}",
    "\\p{ASCII}",
    "\\p{Script=Greek}",
    "\\p{Emoji_Keycap_Sequence}",
    "\\012",
    "\\8",
    "]",
    "{",
    "\\/",
];

const GROUPS: [(&str, &str); 18] = [
    ("(?:", ")"),
    ("(", ")"),
    ("(?=", ")"),
    ("(?!", ")"),
    ("(?<=", ")"),
    ("(?<!", ")"),
    ("(?i:", ")"),
    ("(?-i:", ")"),
    ("(?m:", ")"),
    ("(?s-m:", ")"),
    ("(?<a>", ")"),
    ("(?<b>", ")"),
    ("(?:|", ")"),
    ("(?:)(?:", ")"),
    ("(?=(?!", "))"),
    ("(?!(?=", "))"),
    ("(?<!(?=", "))"),
    ("(?=(?:|", "))"),
];

const REFERENCES: [&str; 5] = ["\\1", "\\2", "\\3", "\\k<a>", "\\k<b>"];

impl Generator<'_, '_> {
    fn push_str(&mut self, text: &str) {
        self.units.extend(from_str(text));
    }

    fn disjunction(&mut self) {
        self.alternative();
        while self.budget > 0 && self.decisions.below(4) == 3 {
            self.push_str("|");
            self.alternative();
        }
    }

    fn alternative(&mut self) {
        let terms = self.decisions.below(4);
        for _ in 0..terms {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.term();
        }
    }

    fn term(&mut self) {
        match self.decisions.below(16) {
            0..=4 => {
                let c = character(self.decisions);
                push(&mut self.units, c);
            }
            5 | 6 => {
                let escape = self.decisions.pick(&ESCAPES);
                self.push_str(escape);
            }
            7 | 8 => self.class(),
            9 => {
                let assertion = self.decisions.pick(&["^", "$", "\\b", "\\B"]);
                return self.push_str(assertion);
            }
            10 => {
                let reference = self.decisions.pick(&REFERENCES);
                self.push_str(reference);
            }
            _ if self.depth < 8 => {
                let (open, close) = self.decisions.pick(&GROUPS);
                self.push_str(open);
                self.depth += 1;
                self.disjunction();
                self.depth -= 1;
                self.push_str(close);
            }
            _ => self.push_str("a"),
        }
        let quantifier = self.decisions.pick(&QUANTIFIERS);
        self.push_str(quantifier);
    }

    fn class(&mut self) {
        let negated = self.decisions.pick(&["[", "[", "[^"]);
        self.push_str(negated);
        self.depth += 1;
        for _ in 0..self.decisions.below(4) {
            match self.decisions.below(10) {
                0..=2 => {
                    let c = character(self.decisions);
                    push(&mut self.units, c);
                }
                3 => {
                    let (a, b) = (character(self.decisions), character(self.decisions));
                    push(&mut self.units, a.min(b));
                    self.push_str("-");
                    push(&mut self.units, a.max(b));
                }
                4 | 5 => {
                    let escape = self.decisions.pick(&ESCAPES);
                    self.push_str(escape);
                }
                6 => {
                    let operator = self.decisions.pick(&["&&", "--", "^", "-"]);
                    self.push_str(operator);
                }
                7 => {
                    let strings =
                        self.decisions.pick(&["\\q{ab|a|}", "\\q{😀b|A}", "\\q{}", "\\b"]);
                    self.push_str(strings);
                }
                _ if self.depth < 8 => self.class(),
                _ => {}
            }
        }
        self.depth -= 1;
        self.push_str("]");
    }
}
