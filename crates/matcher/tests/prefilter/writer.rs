//! Writes patterns, and texts that they probably match.

use crate::random::Random;
use crate::units::units;

/// Characters with a special case mapping, encoding or pairing, and some without.
const CHARACTERS: &[&str] = &[
    "a",
    "b",
    "c",
    "A",
    "B",
    "k",
    "K",
    "\u{212A}",
    "s",
    "S",
    "ſ",
    "i",
    "I",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "é",
    "É",
    "Ж",
    "ж",
    "р",
    "Р",
    "Σ",
    "σ",
    "ς",
    "о",
    "т",
    "\u{1C84}",
    "μ",
    "1",
    " ",
    "-",
    "_",
    "😀",
    "😁",
    "𐐀",
    "𐐨",
    "\u{1F600}\u{200D}",
];

/// A pattern's source, and a text that it probably matches.
type Written = (String, Vec<u16>);

/// Writes patterns. Some are illegal under some flags; the caller drops those.
pub(crate) struct Writer<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) groups: Vec<Vec<u16>>,
}

impl Writer<'_> {
    fn plain(text: &str) -> Written {
        (String::from(text), units(text))
    }

    fn character(&mut self) -> Written {
        match self.random.below(24) {
            0 => (String::from("\\ud83d"), vec![0xD83D]),
            1 => (String::from("\\ude00"), vec![0xDE00]),
            2 => (String::from("\\n"), units("\n")),
            // folded, they are the same as a line feed
            3 => (String::from("\\*"), units("*")),
            _ => Self::plain(self.random.pick(CHARACTERS)),
        }
    }

    fn class(&mut self) -> Written {
        let (one, text) = self.character();
        let (other, _) = self.character();
        match self.random.below(9) {
            0 => (String::from("."), text),
            8 => {
                let class = self.random.pick(&[".", "\\s", "\\S", "\\w", "[^]", "[^\\n]", "[^a]"]);
                let times = self.random.pick(&["*", "*?", "+", "{0,9}"]);
                let between = self.random.pick(&["", " ", "\n", "\r", "\u{2028}", "b b", "b\nb"]);
                (format!("{class}{times}"), units(between))
            }
            1 => (String::from(self.random.pick(&["\\w", "\\S", "[^]", "[]"])), text),
            2 => (format!("[^{other}]"), text),
            3 => {
                let (class, one) = self.random.pick(&[
                    ("[a-c]", "b"),
                    ("\\d", "7"),
                    ("[A-F\\d]", "E"),
                    ("[ж-я]", "р"),
                    ("\\s", " "),
                ]);
                let times = 1 + self.random.below(12);
                let counted = ["", "?", ","][self.random.below(3)];
                let source = match counted {
                    "," => format!("{class}{{{times},}}"),
                    lazy => format!("{class}{{{times}}}{lazy}"),
                };
                (source, units(&one.repeat(times)))
            }
            4 => (format!("[\\q{{{one}{other}|{one}}}]"), text),
            _ => (format!("[{one}{other}]"), text),
        }
    }

    fn atom(&mut self, depth: u32) -> Written {
        let choice = self.random.below(if depth == 0 { 10 } else { 20 });
        match choice {
            0..=6 => {
                let characters: Vec<_> =
                    (0..=self.random.below(6)).map(|_| self.character()).collect();
                joined(characters)
            }
            7 | 8 => self.class(),
            9 => (String::from(self.random.pick(&["^", "$", "\\b", "\\B", ""])), Vec::new()),
            10 | 11 => {
                let (body, text) = self.disjunction(depth - 1);
                self.groups.push(text.clone());
                (format!("({body})"), text)
            }
            12 | 13 => {
                let (body, text) = self.disjunction(depth - 1);
                (format!("(?:{body})"), text)
            }
            14 | 15 => {
                let (body, text) = self.disjunction(depth - 1);
                match self.random.below(5) {
                    0 => (format!("(?={body})"), Vec::new()),
                    1 => (format!("(?!{body})"), Vec::new()),
                    2 => (format!("(?<!{body})"), Vec::new()),
                    3 => (format!("(?={body})(?:{body})"), text),
                    _ => (format!("(?:{body})(?<={body})"), text),
                }
            }
            16 if !self.groups.is_empty() => {
                let group = self.random.below(self.groups.len());
                (format!("\\{}(?:)", group + 1), self.groups[group].clone())
            }
            17 => {
                let modifier = self.random.pick(&["i", "-i", "s", "m"]);
                let (body, text) = self.disjunction(depth - 1);
                (format!("(?{modifier}:{body})"), text)
            }
            _ => {
                let (body, text) = self.disjunction(depth - 1);
                let quantifiers = [
                    ("?", 0),
                    ("??", 1),
                    ("*", 3),
                    ("+", 2),
                    ("+?", 1),
                    ("{2}", 2),
                    ("{1,2}", 2),
                    ("{3,}?", 4),
                    ("{0,2}", 0),
                    ("{0}", 0),
                    ("{2,3}", 3),
                    ("{70}", 70),
                ];
                let (quantifier, times) = self.random.pick(&quantifiers);
                (format!("(?:{body}){quantifier}"), text.repeat(times))
            }
        }
    }

    pub(crate) fn disjunction(&mut self, depth: u32) -> Written {
        let alternatives = if self.random.below(3) == 0 { 1 + self.random.below(4) } else { 1 };
        let alternatives: Vec<_> = (0..alternatives)
            .map(|_| {
                let atoms = (0..=self.random.below(4)).map(|_| self.atom(depth)).collect();
                joined(atoms)
            })
            .collect();
        let chosen = self.random.below(alternatives.len());
        let sources: Vec<_> = alternatives.iter().map(|(source, _)| source.as_str()).collect();
        (sources.join("|"), alternatives[chosen].1.clone())
    }
}

fn joined(parts: Vec<Written>) -> Written {
    let (sources, texts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    (sources.concat(), texts.concat())
}

/// Letters, and what is equal to them under `i`, or under `iu`, and is in no other text.
const VARIANTS: &[[&str; 2]] =
    &[["k", "\u{212A}"], ["s", "ſ"], ["ß", "ẞ"], ["о", "\u{1C82}"], ["т", "\u{1C85}"], ["μ", "µ"]];

/// A text that may match: the one written with a pattern, in another case, with pieces added or
/// removed.
pub(crate) fn text_about(text: &[u16], random: &mut Random) -> Vec<u16> {
    let mut text = match random.below(5) {
        4 => {
            let text = String::from_utf16_lossy(text);
            let [letter, variant] = random.pick(VARIANTS);
            units(&text.replacen(letter, variant, 1 + random.below(2)))
        }
        0 => units(&String::from_utf16_lossy(text).to_uppercase()),
        1 => units(&String::from_utf16_lossy(text).to_lowercase()),
        _ => text.to_vec(),
    };
    for _ in 0..random.below(3) {
        let piece = match random.below(3) {
            0 => vec![random.pick(&[0xD83D, 0xDE00, 0xD801, 0xDC00, 0x61, 0x6B, 0x73])],
            1 => units(random.pick(CHARACTERS)),
            _ => units(random.pick(&["\nsome more\n", "\n", "\r", "\r\n", "\u{2028}"])),
        };
        let within = random.below(text.len() + 1);
        let at = random.pick(&[0, text.len(), within]);
        text.splice(at..at, piece);
    }
    if !text.is_empty() && random.below(5) == 0 {
        text.remove(random.below(text.len()));
    }
    text
}
