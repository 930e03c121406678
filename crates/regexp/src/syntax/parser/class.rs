//! Character classes: `[…]` with and without `v`, and the escapes that stand for a class.
//!
//! Where case is ignored, a class is a set that is *closed* over case: with a character it has all
//! that match it. Union, intersection, difference and complement of closed sets are closed, so
//! closed sets are the same thing as ECMA-262's sets of folded characters
//! (`MaybeSimpleCaseFolding`).

use std::collections::BTreeSet;

use super::Parser;
use super::cursor::{EscapeContext, NOT_ASCII, ascii};
use crate::syntax::error::{ErrorKind, PatternError};
use crate::unicode::{self, CaseMode, CodePointSet, Property};

/// What a class matches: one character of `set`, or (under `v`) one of `strings`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClassItem {
    pub(crate) set: CodePointSet,
    pub(crate) strings: BTreeSet<Vec<u32>>,
    /// ECMA-262's static `MayContainStrings`, which depends on the syntax and not on the result.
    pub(crate) may_contain_strings: bool,
}

impl From<CodePointSet> for ClassItem {
    fn from(set: CodePointSet) -> Self {
        Self { set, ..Self::default() }
    }
}

/// How the operands of a class combine under `v`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Union,
    Intersection,
    Subtraction,
}

/// A `v` class that is open.
struct Frame {
    at: usize,
    negated: bool,
    /// Known from the second operand on.
    operation: Option<Operation>,
    operands: u32,
    /// An operator was read, and its right side must follow.
    expects_operand: bool,
    item: ClassItem,
}

/// `.`
pub(crate) fn dot(dot_all: bool) -> CodePointSet {
    if dot_all { CodePointSet::all() } else { unicode::within_line() }
}

/// Whether a class with an escape and its negation comes next, `[\s\S]` say. Every other pattern of
/// some lists has one, and to unite the two sets takes a while.
fn is_everything(rest: &[u16]) -> bool {
    let units = rest.first_chunk::<6>().map(|units| units.map(|unit| ascii(unit.into())));
    let Some([b'[', b'\\', one, b'\\', other, b']']) = units else { return false };
    one ^ other == 0x20 && matches!(one.to_ascii_lowercase(), b'd' | b's' | b'w')
}

impl Parser<'_> {
    /// `[…]`; the cursor is at the bracket.
    pub(crate) fn parse_class(&mut self) -> Result<ClassItem, PatternError> {
        if self.flags.unicode_sets {
            return self.parse_set_class();
        }
        if is_everything(self.cursor.rest()) {
            self.cursor.take(6);
            self.note_class_end();
            return Ok(CodePointSet::all().into());
        }
        let opened = self.cursor.at();
        self.cursor.bump();
        let negated = self.cursor.eat(b'^');
        if let Some(b':' | b']') = self.cursor.peek().map(ascii) {
            self.note_class_start(opened, negated);
        }
        let mut set = CodePointSet::new();
        while !self.cursor.eat(b']') {
            self.parse_class_range(&mut set, opened)?;
        }
        self.note_class_end();
        if self.flags.ignore_case {
            unicode::close_over_case(&mut set, self.flags.case_mode());
        }
        Ok(if negated { set.complement() } else { set }.into())
    }

    /// One atom of a class without `v`, or a range of two.
    fn parse_class_range(
        &mut self,
        set: &mut CodePointSet,
        opened: usize,
    ) -> Result<(), PatternError> {
        let at = self.cursor.at();
        let first = self.parse_class_atom(opened)?;
        if !self.cursor.eat(b'-') {
            add(set, &first);
            return Ok(());
        }
        let dash = u32::from(b'-');
        if self.cursor.peek() == Some(u32::from(b']')) {
            add(set, &first);
            set.add_range(dash, dash);
            return Ok(());
        }
        let second = self.parse_class_atom(opened)?;
        match (first, second) {
            (Atom::Character(low), Atom::Character(high)) if low <= high => {
                set.add_range(low, high);
            }
            (Atom::Character(_), Atom::Character(_)) => {
                return Err(ErrorKind::RangeOutOfOrder.at(at));
            }
            _ if self.flags.unicode => return Err(ErrorKind::RangeOfClass.at(at)),
            (first, second) => {
                add(set, &first);
                set.add_range(dash, dash);
                add(set, &second);
            }
        }
        Ok(())
    }

    fn parse_class_atom(&mut self, opened: usize) -> Result<Atom, PatternError> {
        let at = self.cursor.at();
        let Some(c) = self.cursor.bump() else {
            return Err(ErrorKind::UnterminatedClass.at(opened));
        };
        if c != u32::from(b'\\') {
            if c == u32::from(b'[') || c == u32::from(b'&') {
                self.note_in_class(opened, at);
            }
            return Ok(Atom::Character(c));
        }
        if self.cursor.eat(b'b') {
            return Ok(Atom::Character(0x08));
        }
        if let Some(item) = self.class_escape(at, EscapeContext::Class)? {
            return Ok(Atom::Class(item.set));
        }
        self.character_escape(at, EscapeContext::Class).map(Atom::Character)
    }

    /// `\d \s \w \p{…}` and their negations, if one of them follows. The cursor is after the
    /// backslash, which is at `at`. Under `v` the set is closed over case, else it is as written.
    pub(crate) fn class_escape(
        &mut self,
        at: usize,
        context: EscapeContext,
    ) -> Result<Option<ClassItem>, PatternError> {
        let Some(letter) = self.cursor.peek().map(ascii) else { return Ok(None) };
        let negated = letter.is_ascii_uppercase();
        let set = match letter.to_ascii_lowercase() {
            b'd' => unicode::digits(negated),
            b's' => unicode::whitespace(negated),
            b'w' => unicode::word(self.flags.ignore_case && self.flags.code_points(), negated),
            b'p' if self.flags.code_points() => {
                self.cursor.bump();
                return self.property_escape(at, context, negated).map(Some);
            }
            _ => return Ok(None),
        };
        self.cursor.bump();
        Ok(Some(set.into()))
    }

    fn property_escape(
        &mut self,
        at: usize,
        context: EscapeContext,
        negated: bool,
    ) -> Result<ClassItem, PatternError> {
        let in_class = context == EscapeContext::Class;
        let invalid = || ErrorKind::InvalidPropertyName { in_class }.at(at);
        if !self.cursor.eat(b'{') {
            return Err(invalid());
        }
        let name = self.property_word();
        let value = if self.cursor.eat(b'=') { Some(self.property_word()) } else { None };
        if !self.cursor.eat(b'}') {
            return Err(invalid());
        }
        let fold = self.flags.unicode_sets && self.flags.ignore_case;
        match unicode::property(&name, value.as_deref(), self.flags.unicode_sets) {
            Some(Property::Set(mut set)) => {
                if fold {
                    unicode::close_over_case(&mut set, CaseMode::Unicode);
                }
                Ok(if negated { set.complement() } else { set }.into())
            }
            Some(Property::Strings { singles: mut set, strings }) if !negated => {
                if fold {
                    unicode::close_over_case(&mut set, CaseMode::Unicode);
                }
                let strings = strings.into_iter().map(|string| self.folded(string)).collect();
                Ok(ClassItem { set, strings, may_contain_strings: true })
            }
            _ => Err(invalid()),
        }
    }

    fn property_word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.cursor.peek().map(ascii)
            && (c.is_ascii_alphanumeric() || c == b'_')
        {
            word.push(char::from(c));
            self.cursor.bump();
        }
        word
    }

    /// A string in the form that the set operations compare.
    fn folded(&self, mut string: Vec<u32>) -> Vec<u32> {
        if self.flags.ignore_case {
            for c in &mut string {
                *c = unicode::canonicalize(*c, CaseMode::Unicode);
            }
        }
        string
    }

    /// `[…]` under `v`. Open classes are on a stack.
    fn parse_set_class(&mut self) -> Result<ClassItem, PatternError> {
        let mut open = Vec::new();
        open.push(self.open_set_class());
        loop {
            let at = self.cursor.at();
            let Some(frame) = open.last_mut() else { return Ok(ClassItem::default()) };
            let Some(c) = self.cursor.peek() else {
                return Err(ErrorKind::UnterminatedClass.at(frame.at));
            };
            if c == u32::from(b']') && !frame.expects_operand {
                self.cursor.bump();
                let Some(closed) = open.pop() else { continue };
                let item = closed.close()?;
                match open.last_mut() {
                    None => return Ok(item),
                    Some(parent) => parent.combine(item, at)?,
                }
            } else if let Some(operation) = self.set_operator() {
                frame.operate(operation, at)?;
                if operation == Operation::Intersection
                    && self.cursor.peek() == Some(u32::from(b'&'))
                {
                    return Err(ErrorKind::InvalidSetCharacter('&').at(self.cursor.at()));
                }
            } else if frame.expects_operator() {
                return Err(ErrorKind::InvalidSetOperation.at(at));
            } else if c == u32::from(b'-') && frame.operands > 0 && !frame.expects_operand {
                return Err(ErrorKind::RangeOfClass.at(at));
            } else if c == u32::from(b'[') {
                let nested = self.open_set_class();
                open.push(nested);
            } else {
                let item = self.set_operand(frame)?;
                frame.combine(item, at)?;
            }
        }
    }

    fn open_set_class(&mut self) -> Frame {
        let at = self.cursor.at();
        self.cursor.bump();
        self.note_posix_class(at);
        Frame {
            at,
            negated: self.cursor.eat(b'^'),
            operation: None,
            operands: 0,
            expects_operand: false,
            item: ClassItem::default(),
        }
    }

    fn set_operator(&mut self) -> Option<Operation> {
        if self.cursor.eat_all(b"&&") {
            Some(Operation::Intersection)
        } else if self.cursor.eat_all(b"--") {
            Some(Operation::Subtraction)
        } else {
            None
        }
    }

    /// An operand other than a nested class: an escape, a string disjunction, a character or a
    /// range of two.
    fn set_operand(&mut self, frame: &mut Frame) -> Result<ClassItem, PatternError> {
        let at = self.cursor.at();
        if self.cursor.eat_all(b"\\q{") {
            return self.string_disjunction(frame.at);
        }
        if self.cursor.peek() == Some(u32::from(b'\\')) {
            self.cursor.bump();
            // closed over case: properties are, and so are `\d`, `\s` and `\w` by their definitions
            if let Some(item) = self.class_escape(at, EscapeContext::Class)? {
                return Ok(item);
            }
            self.cursor.rewind(at);
        }
        let low = self.set_character(frame.at)?;
        let mut high = low;
        let in_union = frame.operation.is_none_or(|operation| operation == Operation::Union);
        if in_union
            && self.cursor.peek() == Some(u32::from(b'-'))
            && self.cursor.peek_second() != Some(u32::from(b'-'))
        {
            self.cursor.bump();
            if self.at_class_operand() {
                return Err(ErrorKind::RangeOfClass.at(at));
            }
            high = self.set_character(frame.at)?;
            if high < low {
                return Err(ErrorKind::RangeOutOfOrder.at(at));
            }
            // a range can be in a union only
            frame.operation = Some(Operation::Union);
        }
        let mut set = CodePointSet::from_ranges([(low, high)]);
        if self.flags.ignore_case {
            unicode::close_over_case(&mut set, CaseMode::Unicode);
        }
        Ok(set.into())
    }

    /// `\q{a|bc|}`; the cursor is after the brace.
    fn string_disjunction(&mut self, opened: usize) -> Result<ClassItem, PatternError> {
        let mut item = ClassItem::default();
        let mut string = Vec::new();
        loop {
            let ends = self.cursor.eat(b'}');
            if !ends && !self.cursor.eat(b'|') {
                string.push(self.set_character(opened)?);
                continue;
            }
            if let [c] = string[..] {
                item.set.add_range(c, c);
                string.clear();
            } else {
                item.may_contain_strings = true;
                item.strings.insert(self.folded(std::mem::take(&mut string)));
            }
            if ends {
                if self.flags.ignore_case {
                    unicode::close_over_case(&mut item.set, CaseMode::Unicode);
                }
                return Ok(item);
            }
        }
    }

    /// Whether an operand of more than one character follows: it cannot end a range.
    fn at_class_operand(&self) -> bool {
        let next = self.cursor.peek().map_or(NOT_ASCII, ascii);
        let second = self.cursor.peek_second().map_or(NOT_ASCII, ascii);
        next == b'[' || next == b'\\' && b"dDsSwWpPq".contains(&second)
    }

    /// `ClassSetCharacter`, in the class whose bracket is at `opened`.
    fn set_character(&mut self, opened: usize) -> Result<u32, PatternError> {
        let at = self.cursor.at();
        let second = self.cursor.peek_second();
        let Some(c) = self.cursor.bump() else {
            return Err(ErrorKind::UnterminatedClass.at(opened));
        };
        let byte = ascii(c);
        if byte == b'\\' {
            return match self.cursor.peek().map(ascii) {
                Some(
                    b'&' | b'-' | b'!' | b'#' | b'%' | b',' | b':' | b';' | b'<' | b'=' | b'>'
                    | b'@' | b'`' | b'~',
                ) => Ok(self.cursor.bump().unwrap_or(0)),
                Some(b'b') => {
                    self.cursor.bump();
                    Ok(0x08)
                }
                _ => self.character_escape(at, EscapeContext::Class),
            };
        }
        if b"()[]{}/-|".contains(&byte) {
            return Err(ErrorKind::InvalidSetCharacter(byte.into()).at(at));
        }
        if second == Some(c) && b"&!#$%*+,.:;<=>?@^`~".contains(&byte) {
            return Err(ErrorKind::InvalidSetOperation.at(at));
        }
        Ok(c)
    }
}

/// An atom of a class without `v`.
enum Atom {
    Character(u32),
    Class(CodePointSet),
}

fn add(set: &mut CodePointSet, atom: &Atom) {
    match atom {
        Atom::Character(c) => set.add_range(*c, *c),
        Atom::Class(class) => set.union(class),
    }
}

impl Frame {
    /// Whether the operand just read can only be followed by an operator.
    fn expects_operator(&self) -> bool {
        let in_operation = self.operation.is_some_and(|operation| operation != Operation::Union);
        in_operation && !self.expects_operand
    }

    /// Reads an operator: it must be the one of this class, after an operand.
    fn operate(&mut self, operation: Operation, at: usize) -> Result<(), PatternError> {
        if operation == Operation::Subtraction && (self.operands == 0 || self.expects_operand) {
            return Err(ErrorKind::InvalidSetCharacter('-').at(at));
        }
        let starts = self.operation.is_none() && self.operands == 1;
        if self.expects_operand || !(starts || self.operation == Some(operation)) {
            return Err(ErrorKind::InvalidSetOperation.at(at));
        }
        self.operation = Some(operation);
        self.expects_operand = true;
        Ok(())
    }

    /// Combines an operand with those before it.
    fn combine(&mut self, other: ClassItem, at: usize) -> Result<(), PatternError> {
        self.operands += 1;
        if self.operands == 1 {
            self.item = other;
            return Ok(());
        }
        let operation = *self.operation.get_or_insert(Operation::Union);
        if (operation == Operation::Union) == self.expects_operand {
            return Err(ErrorKind::InvalidSetOperation.at(at));
        }
        self.expects_operand = false;
        let item = &mut self.item;
        match operation {
            Operation::Union => {
                item.set.union(&other.set);
                item.strings.extend(other.strings);
                item.may_contain_strings |= other.may_contain_strings;
            }
            Operation::Intersection => {
                item.set.intersect(&other.set);
                item.strings.retain(|string| other.strings.contains(string));
                item.may_contain_strings &= other.may_contain_strings;
            }
            Operation::Subtraction => {
                item.set.subtract(&other.set);
                item.strings.retain(|string| !other.strings.contains(string));
            }
        }
        Ok(())
    }

    fn close(self) -> Result<ClassItem, PatternError> {
        if !self.negated {
            return Ok(self.item);
        }
        if self.item.may_contain_strings {
            return Err(ErrorKind::NegatedStrings.at(self.at));
        }
        Ok(self.item.set.complement().into())
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Flags, parse};
    use crate::unicode::CodePointSet;

    fn sets(source: &str, flags: &str) -> Vec<CodePointSet> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        parse(&units(source), Flags::parse(&units(flags)).unwrap()).unwrap().sets
    }

    #[test]
    fn an_escape_and_its_negation_are_everything() {
        for flags in ["", "i", "u", "iu", "v", "iv"] {
            for [one, other] in ["dD", "Dd", "sS", "Ss", "wW", "Ww"]
                .map(str::as_bytes)
                .map(|pair| [0, 1].map(|at| char::from(pair[at])))
            {
                let short = sets(&format!(r"[\{one}\{other}]"), flags);
                assert_eq!(short, [CodePointSet::all()], "{one}{other} {flags}");
                assert_eq!(short, sets(&format!(r"[\{one}\{other}\{one}]"), flags));
            }
        }
        assert_ne!(sets(r"[\d\S]", ""), [CodePointSet::all()]);
        assert_ne!(sets(r"[\b\B]", ""), [CodePointSet::all()]);
        assert_ne!(sets(r"[^\d\D]", ""), [CodePointSet::all()]);
    }
}
