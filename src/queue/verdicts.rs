//! Verdicts as they travel to JavaScript: numbers, and the texts that were matched, joined.
//!
//! A worker writes them, so that the JavaScript thread has little to do and reads little memory
//! that another core has written.

use std::{iter, mem};

use matcher::{Hit, Reason, RuleIndex, Verdict};

/// The reasons, each at the index that is its code.
pub(crate) const REASONS: [Reason; 5] =
    [Reason::Matched, Reason::NoMatch, Reason::NoError, Reason::NoRules, Reason::TimeLimit];
/// The bits of a reason's code in the first number of a verdict.
pub(crate) const REASON_MASK: u32 = NEW_RULE - 1;
/// The issue, the id and the url of the rule come with the verdict. The JavaScript thread sets it;
/// without it, the number by which the script knows the rule is in the place of its index.
pub(crate) const NEW_RULE: u32 = 1 << 3;
/// The rules that were given up come with the verdict.
pub(crate) const WITH_UNDECIDED: u32 = 1 << 4;
/// By how many bits the length of the matched text is above them.
pub(crate) const TEXT_SHIFT: u32 = 5;
/// The most numbers of a verdict.
pub(crate) const MAX_NUMBERS: usize = 4;

/// The number by which the script knows a reason: its index in [`REASONS`].
pub(crate) const fn code(reason: Reason) -> u32 {
    match reason {
        Reason::Matched => 0,
        Reason::NoMatch => 1,
        Reason::NoError => 2,
        Reason::NoRules => 3,
        Reason::TimeLimit => 4,
    }
}

const _: () = {
    let mut index = 0;
    while index < REASONS.len() {
        assert!(code(REASONS[index]) == index as u32 && index as u32 <= REASON_MASK);
        index += 1;
    }
};

/// How many numbers a verdict has, by the first of them.
pub(crate) fn count_numbers(what: u32) -> usize {
    if what & REASON_MASK == code(Reason::Matched) { MAX_NUMBERS } else { 1 }
}

/// The numbers of a verdict; as many as [`count_numbers`] says.
pub(crate) fn numbers(verdict: &Verdict) -> [u32; MAX_NUMBERS] {
    let undecided = if verdict.undecided.is_empty() { 0 } else { WITH_UNDECIDED };
    let what = code(verdict.reason) | undecided;
    verdict.hit.as_ref().map_or([what, 0, 0, 0], |Hit { rule, start, end, text }| {
        [what | (text.len() as u32) << TEXT_SHIFT, rule.0, *start, *end]
    })
}

/// Texts that were matched, one behind the other. Most are Latin-1.
pub(crate) enum MatchedTexts {
    Latin1(Vec<u8>),
    Wide(Vec<u16>),
}

impl Default for MatchedTexts {
    fn default() -> Self {
        Self::Latin1(Vec::new())
    }
}

impl MatchedTexts {
    fn widen(&mut self) -> &mut Vec<u16> {
        if let Self::Latin1(bytes) = self {
            *self = Self::Wide(bytes.iter().map(|&byte| u16::from(byte)).collect());
        }
        match self {
            Self::Wide(units) => units,
            Self::Latin1(_) => unreachable!("it was made wide"),
        }
    }

    /// Appends a text.
    pub(crate) fn push(&mut self, text: &[u16]) {
        match self {
            // without a branch per unit, which the compiler vectorises
            Self::Latin1(bytes) if text.iter().fold(0, |all, unit| all | unit) < 0x100 => {
                bytes.extend(text.iter().map(|&unit| unit as u8));
            }
            _ => self.widen().extend_from_slice(text),
        }
    }

    /// Appends all texts of `others`.
    pub(crate) fn append(&mut self, others: &Self) {
        match (&mut *self, others) {
            (Self::Latin1(bytes), Self::Latin1(others)) => bytes.extend_from_slice(others),
            (_, Self::Wide(others)) => self.widen().extend_from_slice(others),
            (Self::Wide(units), Self::Latin1(others)) => {
                units.extend(others.iter().map(|&byte| u16::from(byte)));
            }
        }
    }
}

/// Verdicts of a `classifyAll` on items that follow each other.
pub(crate) struct Verdicts {
    /// The index of the item of the first.
    pub(crate) first: u32,
    count: u32,
    /// Of all verdicts, see [`numbers`].
    pub(crate) numbers: Vec<u32>,
    pub(crate) texts: MatchedTexts,
    /// The rules that were given up, of each verdict that has some.
    pub(crate) undecided: Vec<Vec<RuleIndex>>,
}

impl Verdicts {
    /// No verdicts yet. `first`: the index of the item of the first; `capacity`: how many to
    /// expect.
    pub(crate) fn new(first: u32, capacity: usize) -> Self {
        Self {
            first,
            count: 0,
            numbers: Vec::with_capacity(capacity * MAX_NUMBERS),
            texts: MatchedTexts::default(),
            undecided: Vec::new(),
        }
    }

    /// Adds a verdict. Takes out of it what it needs, and leaves the text of its hit. A move of it
    /// would take as long as everything here.
    pub(crate) fn push(&mut self, verdict: &mut Verdict) {
        let numbers = numbers(verdict);
        // an array each: to copy what was just written from memory would stall
        match verdict.hit {
            Some(_) => self.numbers.extend_from_slice(&numbers),
            None => self.numbers.push(numbers[0]),
        }
        self.count += 1;
        if !verdict.undecided.is_empty() {
            self.undecided.push(mem::take(&mut verdict.undecided));
        }
        if let Some(hit) = &verdict.hit {
            self.texts.push(&hit.text);
        }
    }

    /// The rule of each verdict, if one matches.
    pub(crate) fn rules(&self) -> impl Iterator<Item = Option<RuleIndex>> {
        let mut rest = &self.numbers[..];
        iter::from_fn(move || {
            let (verdict, others) = rest.split_at(count_numbers(*rest.first()?));
            rest = others;
            Some(verdict.get(1).map(|&rule| RuleIndex(rule)))
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn read(texts: &MatchedTexts) -> String {
        match texts {
            MatchedTexts::Latin1(bytes) => bytes.iter().map(|&byte| char::from(byte)).collect(),
            MatchedTexts::Wide(units) => String::from_utf16_lossy(units),
        }
    }

    #[test]
    fn texts_become_wide_with_the_first_that_is() {
        let mut texts = MatchedTexts::default();
        texts.push(&units("caf\u{e9}"));
        assert!(matches!(texts, MatchedTexts::Latin1(_)));
        texts.push(&units(" ›"));
        texts.push(&units(" tea"));
        assert_eq!(read(&texts), "caf\u{e9} › tea");
    }

    #[test]
    fn texts_are_appended_whatever_their_width() {
        for [first, second] in [["a", "b"], ["a", "›"], ["›", "b"], ["›", "‹"]] {
            let [mut texts, mut others] = [MatchedTexts::default(), MatchedTexts::default()];
            texts.push(&units(first));
            others.push(&units(second));
            texts.append(&others);
            assert_eq!(read(&texts), format!("{first}{second}"));
        }
    }

    #[test]
    fn a_verdict_becomes_numbers() {
        let mut verdicts = Verdicts::new(7, 2);
        let hit = Hit { rule: RuleIndex(3), start: 5, end: 305, text: vec![0x78; 200] };
        let undecided = vec![RuleIndex(1)];
        verdicts.push(&mut Verdict { reason: Reason::Matched, hit: Some(hit), undecided });
        verdicts.push(&mut Verdict::out_of_time());
        assert!(verdicts.rules().eq([Some(RuleIndex(3)), None]));
        let what = code(Reason::Matched) | WITH_UNDECIDED | 200 << TEXT_SHIFT;
        assert_eq!(verdicts.numbers, [what, 3, 5, 305, code(Reason::TimeLimit)]);
        assert_eq!((verdicts.len(), &verdicts.undecided[..]), (2, &[vec![RuleIndex(1)]][..]));
    }
}
