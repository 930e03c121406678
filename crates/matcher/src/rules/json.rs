//! A list of rules as JSON text: all that `JSON.parse` takes, with the same meaning.
//!
//! `serde_json` reads it without building a tree. It cuts the text into rules, as slices of the
//! text, and checks the syntax on the way; `members` cuts each rule into its fields. This module
//! works around three of `serde_json`'s properties:
//!
//! - Its strings are Rust's, in which `"\ud83d"` is an error. So keys are read as bytes, which it
//!   gives in WTF-8, and values as they are written; `encoding` makes code units of them.
//! - Typed parsing fails at the first wrong type, but one bad rule must not cost the others. A
//!   [`RawValue`] holds a value of any type.
//! - It limits depth. Skipping a value, which is how it fills a `RawValue`, takes no stack and has
//!   no limit.

use std::borrow::Cow;
use std::fmt;
use std::ops::BitOr;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::members::cut;
use super::messages::MAX_QUOTED_KEYS;
use super::validate::not_an_object;
use super::{
    FieldKind, FoundRule, LoadError, LoadErrorCode, PATTERN_WITH_BAD_FLAGS, PATTERN_WITHOUT_SOURCE,
    RawField, Rejection, RejectionCode, Rule, RuleField, RuleFormat, encoding, messages, number,
    validate,
};
use crate::ids::RuleIndex;
use crate::limits::{MAX_CHECKED_EXAMPLES, MAX_CONDITIONS};
use crate::parallel;
use regexp::text::TextBlock;

/// The text of a list, as the caller has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonText {
    /// A JavaScript string, read as `JSON.parse` reads it, but that a byte order mark is skipped.
    Utf16(Vec<u16>),
    /// UTF-8, read as `Response.json()` reads it: a byte order mark is skipped, bad sequences
    /// become U+FFFD.
    Bytes(Vec<u8>),
}

impl JsonText {
    fn utf8(&self) -> Cow<'_, str> {
        match self {
            Self::Utf16(units) => encoding::json_from_utf16(units).into(),
            Self::Bytes(bytes) => encoding::json_from_bytes(bytes),
        }
    }

    /// From an offset in [`Self::utf8`] to one in the caller's text, in its own units.
    fn offset(&self, offset: usize) -> usize {
        match self {
            Self::Utf16(units) => encoding::utf16_offset(units, offset),
            Self::Bytes(bytes) => encoding::bytes_offset(bytes, offset),
        }
    }
}

/// Reads a list of rules: an array, or an object with an array `rules`. Gives one entry for each
/// element, in order.
///
///
/// # Errors
///
/// [`LoadErrorCode::Json`] where `JSON.parse` would throw, [`LoadErrorCode::Shape`] if it is JSON
/// of another shape.
pub fn parse_json(
    text: &JsonText,
    format: &RuleFormat,
) -> Result<Vec<Result<Rule, Rejection>>, LoadError> {
    parse_utf8(text, &text.utf8(), format)
}

/// A text that has been parsed, and its copy in UTF-8 if it was a string.
///
/// Keep it until the list is in force, then drop it: to free it takes a while.
#[must_use = "it is to be kept until the list is in force"]
pub struct ParsedText {
    _text: JsonText,
    _utf8: Option<String>,
}

/// [`parse_json`] for a list that is going to be built: frees none of the text.
///
/// # Errors
///
/// As with [`parse_json`].
pub fn parse_json_keeping(
    text: JsonText,
    format: &RuleFormat,
) -> Result<(Vec<Result<Rule, Rejection>>, ParsedText), LoadError> {
    let json = text.utf8();
    let entries = parse_utf8(&text, &json, format)?;
    let utf8 = match json {
        Cow::Owned(copy) => Some(copy),
        Cow::Borrowed(_) => None,
    };
    Ok((entries, ParsedText { _text: text, _utf8: utf8 }))
}

fn parse_utf8(
    text: &JsonText,
    json: &str,
    format: &RuleFormat,
) -> Result<Vec<Result<Rule, Rejection>>, LoadError> {
    rules_of(json.trim_start_matches([' ', '\t', '\n', '\r']), format).unwrap_or_else(|error| {
        // the error was found in a part of the text: its position must be one in the whole
        let error = check(json).err().unwrap_or(error);
        Err(not_json(text, json, &error))
    })
}

/// Whether it is JSON.
fn check(json: &str) -> serde_json::Result<()> {
    serde_json::from_str::<&RawValue>(json).map(|_| ())
}

/// `list`: without white space before it. The outer result is the parser's, and `Ok` only for JSON.
#[allow(clippy::type_complexity)]
fn rules_of(
    list: &str,
    format: &RuleFormat,
) -> serde_json::Result<Result<Vec<Result<Rule, Rejection>>, LoadError>> {
    let rules = match JsonType::of(list) {
        JsonType::Array => list,
        JsonType::Object => {
            // the parser lets control characters pass in keys that it reads as bytes
            if has_control_character(list) {
                check(list)?;
            }
            if let Ok(Some(rules)) = parse(list, ListObject { rules: Rules { format } }) {
                return Ok(Ok(rules));
            }
            // another shape, or no JSON: find out which
            let [rules] = members(list, [b"rules"])?;
            match rules.map(|rules| (JsonType::of(rules), rules)) {
                Some((JsonType::Array, rules)) => rules,
                Some((other, _)) => {
                    let found = format!("an object whose `rules` is {}", other.describe());
                    return Ok(Err(wrong_shape(&found)));
                }
                None => {
                    let found = messages::object_without_rules(&keys_of(list));
                    return Ok(Err(wrong_shape(&found)));
                }
            }
        }
        other => {
            check(list)?;
            return Ok(Err(wrong_shape(other.describe())));
        }
    };
    parse(rules, Rules { format }).map(Ok)
}

fn has_control_character(text: &str) -> bool {
    // without an early exit in a chunk, so that the compiler vectorises it: nearly no text has one
    let in_chunk =
        |chunk: &[u8]| chunk.iter().map(|&byte| u8::from(byte < b' ')).fold(0, BitOr::bitor) != 0;
    text.as_bytes().chunks(256).any(in_chunk)
}

fn parse<'de, T: DeserializeSeed<'de>>(json: &'de str, value: T) -> serde_json::Result<T::Value> {
    let mut parser = serde_json::Deserializer::from_str(json);
    let value = value.deserialize(&mut parser)?;
    parser.end()?;
    Ok(value)
}

/// The rules of an array: first cut out, then read and checked.
#[derive(Clone, Copy)]
struct Rules<'n> {
    format: &'n RuleFormat,
}

impl<'de> DeserializeSeed<'de> for Rules<'_> {
    type Value = Vec<Result<Rule, Rejection>>;

    fn deserialize<D: Deserializer<'de>>(self, array: D) -> Result<Self::Value, D::Error> {
        array.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rules<'_> {
    type Value = Vec<Result<Rule, Rejection>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut rules: Vec<(u32, &str)> = Vec::new();
        while let Some(rule) = array.next_element::<&RawValue>()? {
            rules.push((rules.len() as u32, rule.get()));
        }
        let count = rules.len();
        let names = self.format.names.as_array().each_ref().map(String::as_bytes);
        // no rule depends on another
        let halves = parallel::in_parts(&rules, |rules| {
            // with room for all: the second half is appended to the first
            let mut entries = Vec::with_capacity(count);
            let (mut found, mut texts) = (FoundRule::default(), TextBlock::default());
            for &(index, rule) in rules {
                entries.push(rule_of(index, rule, names, self.format, &mut found, &mut texts)?);
            }
            serde_json::Result::Ok(entries)
        });
        let mut entries = Vec::new();
        for half in halves {
            let mut half = half.map_err(A::Error::custom)?;
            if entries.is_empty() {
                entries = half;
            } else {
                entries.append(&mut half);
            }
        }
        Ok(entries)
    }
}

/// The rules of an object's member `rules`. Of several the last counts, as in JavaScript, but each
/// must be an array.
struct ListObject<'n> {
    rules: Rules<'n>,
}

impl<'de> DeserializeSeed<'de> for ListObject<'_> {
    type Value = Option<Vec<Result<Rule, Rejection>>>;

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<Self::Value, D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ListObject<'_> {
    type Value = Option<Vec<Result<Rule, Rejection>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rules = None;
        while let Some([is_rules]) = map.next_key_seed(Key { names: &[b"rules"] })? {
            if is_rules {
                rules = Some(map.next_value_seed(self.rules)?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rules)
    }
}

/// `names`: those of the fields, as `format` has them. `found`: without a field, to be used again.
fn rule_of(
    index: u32,
    rule: &str,
    names: [&[u8]; RuleField::COUNT],
    format: &RuleFormat,
    found: &mut FoundRule,
    texts: &mut TextBlock,
) -> serde_json::Result<Result<Rule, Rejection>> {
    let json_type = JsonType::of(rule);
    if json_type != JsonType::Object {
        return Ok(Err(not_an_object(RuleIndex(index), json_type.describe())));
    }
    let values = members_of_checked(rule, names)?;
    for (field, value) in RuleField::ALL.into_iter().zip(values) {
        if let Some(value) = value {
            found[field] = read_field(field.spec().kind, value, texts)?;
        }
    }
    let mut entry = validate(RuleIndex(index), found, format, texts);
    if let Err(rejection) = &mut entry
        && rejection.code == RejectionCode::Missing
    {
        rejection.add_keys(&keys_of(rule));
    }
    Ok(entry)
}

/// The first keys of an object, for a message.
#[cold]
fn keys_of(object: &str) -> Vec<String> {
    parse(object, Keys).unwrap_or_default()
}

/// A field as found: the way to read it depends on what it may hold.
fn read_field(kind: FieldKind, value: &str, texts: &mut TextBlock) -> serde_json::Result<RawField> {
    match (JsonType::of(value), kind) {
        (JsonType::String, FieldKind::Pattern | FieldKind::Text) => {
            Ok(RawField::Kept(encoding::text_from_json_string(value, texts)))
        }
        (JsonType::Object, FieldKind::Pattern) => read_pattern(value),
        (JsonType::Number, FieldKind::Text) => Ok(RawField::Text(number::from_json(value))),
        (JsonType::Boolean, FieldKind::Boolean) => Ok(RawField::Boolean(value == "true")),
        (JsonType::Array, FieldKind::Patterns) => {
            read_list(value, MAX_CONDITIONS + 1, |one| read_field(FieldKind::Pattern, one, texts))
        }
        (JsonType::Object, FieldKind::Examples) => {
            let lists = members_of_checked(value, [b"match", b"noMatch"])?;
            read_pair(lists, |list| match JsonType::of(list) {
                JsonType::Array => read_list(list, MAX_CHECKED_EXAMPLES, read_example),
                _ => Ok(read_shape(list)),
            })
        }
        _ => Ok(read_text(Some(value))),
    }
}

/// A string or nothing.
fn read_text(value: Option<&str>) -> RawField {
    let Some(value) = value else { return RawField::Absent };
    match JsonType::of(value) {
        JsonType::Null => RawField::Absent,
        JsonType::String => RawField::Text(encoding::utf16_from_json_string(value)),
        other => RawField::Other(other.describe()),
    }
}

/// The first elements of an array, at most `most`.
fn read_list(
    array: &str,
    most: usize,
    read: impl FnMut(&str) -> serde_json::Result<RawField>,
) -> serde_json::Result<RawField> {
    let elements = parse(array, Elements { most })?;
    elements.into_iter().map(read).collect::<Result<_, _>>().map(RawField::List)
}

/// Two members of an object. `None`: it has no such member.
fn read_pair(
    values: [Option<&str>; 2],
    read: impl Fn(&str) -> serde_json::Result<RawField>,
) -> serde_json::Result<RawField> {
    let [first, second] = values.map(|value| value.map_or(Ok(RawField::Absent), &read));
    Ok(RawField::Pair(Box::new([first?, second?])))
}

fn read_example(example: &str) -> serde_json::Result<RawField> {
    match JsonType::of(example) {
        JsonType::Object => {
            let texts = members_of_checked(example, [b"test", b"error"])?;
            read_pair(texts, |value| Ok(read_shape(value)))
        }
        _ => Ok(read_shape(example)),
    }
}

/// What a value is. The text of a string is left out.
fn read_shape(value: &str) -> RawField {
    match JsonType::of(value) {
        JsonType::Null => RawField::Absent,
        JsonType::String => RawField::Text(Box::default()),
        other => RawField::Other(other.describe()),
    }
}

/// An object where a pattern belongs.
fn read_pattern(object: &str) -> serde_json::Result<RawField> {
    let [source, flags] = members_of_checked(object, [b"source", b"flags"])?;
    Ok(match (read_text(source), read_text(flags)) {
        (RawField::Text(source), RawField::Text(flags)) => {
            RawField::Pattern { source, flags: Some(flags) }
        }
        (RawField::Text(source), RawField::Absent) => RawField::Pattern { source, flags: None },
        (RawField::Text(_), _) => RawField::Other(PATTERN_WITH_BAD_FLAGS),
        _ => RawField::Other(PATTERN_WITHOUT_SOURCE),
    })
}

/// The types of JSON values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonType {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// The first byte of a JSON value tells its type. `value`: without white space before it.
    fn of(value: &str) -> Self {
        match value.as_bytes().first() {
            Some(b'[') => Self::Array,
            Some(b'{') => Self::Object,
            Some(b'"') => Self::String,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    /// As it reads in a sentence.
    fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// The first elements of an array.
struct Elements {
    most: usize,
}

impl<'de> DeserializeSeed<'de> for Elements {
    type Value = Vec<&'de str>;

    fn deserialize<D: Deserializer<'de>>(self, array: D) -> Result<Self::Value, D::Error> {
        array.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements {
    type Value = Vec<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = array.next_element::<&RawValue>()? {
            if elements.len() < self.most {
                elements.push(element.get());
            }
        }
        Ok(elements)
    }
}

/// The values that the object has under `names`, in that order. Of several the last counts, as in
/// JavaScript.
fn members<'a, const N: usize>(
    object: &'a str,
    names: [&[u8]; N],
) -> serde_json::Result<[Option<&'a str>; N]> {
    parse(object, Members { names })
}

/// [`members`], of an object that is part of a [`RawValue`]: its syntax has been checked.
fn members_of_checked<'a, const N: usize>(
    object: &'a str,
    names: [&[u8]; N],
) -> serde_json::Result<[Option<&'a str>; N]> {
    cut(object, &names).map_or_else(|| members(object, names), Ok)
}

struct Members<'n, const N: usize> {
    names: [&'n [u8]; N],
}

impl<'de, const N: usize> DeserializeSeed<'de> for Members<'_, N> {
    type Value = [Option<&'de str>; N];

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<Self::Value, D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Option<&'de str>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = [None; N];
        // two fields may be mapped to one key, so a key fills every slot that it matches
        while let Some(matches) = map.next_key_seed(Key { names: &self.names })? {
            if matches.contains(&true) {
                let value = map.next_value::<&RawValue>()?.get();
                for (slot, matches) in values.iter_mut().zip(matches) {
                    if matches {
                        *slot = Some(value);
                    }
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(values)
    }
}

/// A key, compared with each of the names.
struct Key<'n, const N: usize> {
    names: &'n [&'n [u8]; N],
}

impl<'de, const N: usize> DeserializeSeed<'de> for Key<'_, N> {
    type Value = [bool; N];

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_bytes(self)
    }
}

impl<const N: usize> Visitor<'_> for Key<'_, N> {
    type Value = [bool; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<Self::Value, E> {
        Ok(self.names.map(|name| name == key))
    }
}

/// The first keys of an object, each once.
struct Keys;

impl<'de> DeserializeSeed<'de> for Keys {
    type Value = Vec<String>;

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<Self::Value, D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut keys = Vec::new();
        while let Some(key) = map.next_key_seed(AnyKey)? {
            if keys.len() <= MAX_QUOTED_KEYS && !keys.contains(&key) {
                keys.push(key);
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(keys)
    }
}

/// A key, whatever it is.
struct AnyKey;

impl<'de> DeserializeSeed<'de> for AnyKey {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_bytes(self)
    }
}

impl Visitor<'_> for AnyKey {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(key).into_owned())
    }
}

#[cold]
fn wrong_shape(found: &str) -> LoadError {
    LoadError {
        code: LoadErrorCode::Shape,
        message: messages::describe_shape(found),
        offset: None,
        rejected: Vec::new(),
    }
}

#[cold]
fn not_json(text: &JsonText, json: &str, error: &serde_json::Error) -> LoadError {
    let full = error.to_string();
    // serde_json ends its sentence with the position in its own text
    let reason = full.split(" at line ").next().unwrap_or(&full);
    let at = if error.is_eof() { json.len() } else { byte_offset(json, reason, error) };
    let offset = text.offset(at);
    LoadError {
        code: LoadErrorCode::Json,
        message: messages::not_json(reason, error.line(), offset, json, at),
        offset: Some(u32::try_from(offset).unwrap_or(u32::MAX)),
        rejected: Vec::new(),
    }
}

/// The offset of the byte at fault. The parser's column is that of the byte that it read last,
/// which need not be the one at fault.
fn byte_offset(json: &str, reason: &str, error: &serde_json::Error) -> usize {
    let line_start = match error.line().checked_sub(2) {
        Some(newlines) => json.bytes().enumerate().filter(|&(_, b)| b == b'\n').nth(newlines),
        None => None,
    }
    .map_or(0, |(at, _)| at + 1);
    let next = line_start + error.column();
    if reason.starts_with("control character") {
        // the parser has not read it yet
        return next;
    }
    let read = json.as_bytes().get(..next).unwrap_or_default();
    if let [ref before @ .., b'\\', b'u', a, b, c, d] = *read
        && reason == "invalid escape"
        // after an odd number of backslashes this one is escaped itself
        && before.iter().rev().take_while(|byte| **byte == b'\\').count().is_multiple_of(2)
    {
        // the parser reads the four digits at once
        let legal = [a, b, c, d].iter().take_while(|digit| digit.is_ascii_hexdigit()).count();
        return next - 4 + legal.min(3);
    }
    next.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::units;
    use regexp::text::SharedText;

    fn parse(text: &str) -> Result<Vec<Result<Rule, Rejection>>, LoadError> {
        parse_json(&JsonText::Utf16(units(text)), &RuleFormat::default())
    }

    fn error(text: &str) -> LoadError {
        parse(text).unwrap_err()
    }

    #[test]
    fn a_list_is_an_array_or_an_object_with_rules() {
        let rule = r#"{"issue":"A","error":"e"}"#;
        for list in [format!("[{rule}]"), format!(r#"{{"rules":[{rule}],"more":1}}"#)] {
            let entries = parse(&list).unwrap();
            assert_eq!(entries[0].as_ref().unwrap().issue, SharedText::of_str("A"));
        }
        assert!(parse("[]").unwrap().is_empty());
    }

    #[test]
    fn another_shape_is_named() {
        for (list, found) in [
            ("null", "null"),
            ("true", "a boolean"),
            ("-1", "a number"),
            (r#""[]""#, "a string"),
            ("{}", "an object without `rules`"),
            (r#"{"rules":null}"#, "an object whose `rules` is null"),
            (r#"{"rules":[],"rules":{}}"#, "an object whose `rules` is an object"),
        ] {
            let error = error(list);
            assert_eq!(error.code, LoadErrorCode::Shape);
            assert_eq!(error.offset, None);
            assert!(error.message.ends_with(&format!("but is {found}")), "{}", error.message);
        }
    }

    #[test]
    fn an_error_in_the_json_has_its_position() {
        for (list, offset, message) in [
            ("", 0, "it ends where a value was expected (line 1, offset 0)"),
            (
                "<!DOCTYPE html><html lang=\"en\">",
                0,
                "expected a value (line 1, offset 0, near \"<!DOCTYPE html><html\"). It looks like a \
                 web page: check the address of the list, and the login",
            ),
            (
                "[\n  {\"issue\": \"é😀\"}\n  {}\n]",
                23,
                "expected `,` or `]` (line 3, offset 23, near \"{}\\n]\")",
            ),
            ("[1,]", 3, "expected a value"),
            ("[tru]", 4, "expected `true`, `false` or `null`"),
            ("[\"a\nb\"]", 3, "control character"),
            (r#"["\u00x0"]"#, 6, "invalid escape"),
            (r#"["\x"]"#, 3, "invalid escape"),
            (r#"["\\uud\'0"]"#, 8, "invalid escape"),
            (r#"[{"issue": "A"#, 13, "it ends inside a string"),
            ("[] []", 3, "trailing characters"),
            ("\u{feff}\u{feff}[]", 1, "expected a value (line 1, offset 1"),
            ("\u{feff}[1,]", 4, "expected a value (line 1, offset 4"),
            (
                "known.json",
                0,
                "near \"known.json\"). It looks like a path: read the file, and pass what is in it",
            ),
            ("./lists/a b.txt", 0, "It looks like a path"),
            (r"C:\lists\known", 0, "It looks like a path"),
            ("https://example.com/a?b=c", 0, "It looks like an address: fetch it, and pass the"),
            ("[object Promise]", 1, "It looks like an object as text: pass the object itself"),
            ("undefined", 0, "expected a value (line 1, offset 0, near \"undefined\")"),
            ("[{}, // old\n{}]", 5, "JSON has no comments"),
            ("['a']", 1, "Strings and keys of JSON are in double quotes"),
            ("[{issue:1}]", 2, "Strings and keys of JSON are in double quotes"),
            ("{\"a\":1}\n{\"a\":2}", 8, "It looks like JSON Lines: make an array of the lines"),
        ] {
            let error = error(list);
            assert_eq!(error.code, LoadErrorCode::Json);
            assert_eq!(error.offset, Some(offset), "{list:?}: {}", error.message);
            assert!(error.rejected.is_empty());
            assert!(error.message.contains(message), "{}", error.message);
        }
    }

    #[test]
    fn offsets_are_in_the_callers_units() {
        let text = "[\"é😀\", oops]";
        let at = |text: JsonText| parse_json(&text, &RuleFormat::default()).unwrap_err().offset;
        assert_eq!(at(JsonText::Utf16(units(text))), Some(8));
        assert_eq!(at(JsonText::Bytes(text.into())), Some(11));
        assert_eq!(at(JsonText::Bytes(format!("\u{feff}{text}").into())), Some(14));
        let mut lone = units(text);
        lone[2] = 0xD83D;
        assert_eq!(at(JsonText::Utf16(lone)), Some(8));
    }

    #[test]
    fn lone_surrogates_are_legal_in_keys_and_values() {
        let mut list = units(r#"[{"\ud83d":1,"issue":"\ude00~","~":2,"error":"a\ud83d"}]"#);
        list.iter_mut().filter(|unit| **unit == u16::from(b'~')).for_each(|unit| *unit = 0xDC00);
        let entries = parse_json(&JsonText::Utf16(list), &RuleFormat::default()).unwrap();
        let rule = entries[0].as_ref().unwrap();
        assert_eq!(rule.issue.units(), [0xDE00, 0xDC00]);
        assert_eq!(rule.error.source.units(), [0x61, 0xD83D]);
    }

    #[test]
    fn bytes_are_decoded_as_a_response_is() {
        let list = b"\xEF\xBB\xBF[{\"issue\":\"\xFF\xE2\x82\",\"error\":\"\xED\xA0\xBD\"}]";
        let entries = parse_json(&JsonText::Bytes(list.to_vec()), &RuleFormat::default()).unwrap();
        let rule = entries[0].as_ref().unwrap();
        assert_eq!(rule.issue, SharedText::of_str("\u{FFFD}\u{FFFD}"));
        assert_eq!(rule.error.source, SharedText::of_str("\u{FFFD}\u{FFFD}\u{FFFD}"));
    }

    /// `JSON.parse` takes these, and a parser that recurses would overflow its stack.
    #[test]
    fn depth_has_no_limit() {
        const DEPTH: usize = 1_000_000;
        let arrays = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
        let objects = format!("{}1{}", r#"{"a":"#.repeat(DEPTH / 10), "}".repeat(DEPTH / 10));
        for deep in [&arrays, &objects] {
            let list =
                format!(r#"{{"x":{deep},"rules":[{{"y":{deep},"issue":"A","error":"e"}}]}}"#);
            assert!(parse(&list).unwrap()[0].is_ok());
            let list = format!(r#"[{deep},{{"issue":{deep}}},{{"issue":"A","error":{deep}}}]"#);
            let fields: Vec<_> = parse(&list)
                .unwrap()
                .into_iter()
                .map(|entry| entry.unwrap_err().field_name())
                .collect();
            let first = if deep.starts_with('[') { "rule" } else { "issue" };
            assert_eq!(fields, [first, "issue", "error"]);
        }
        assert_eq!(parse(&arrays).unwrap().len(), 1);
        assert_eq!(error(&"[".repeat(DEPTH)).offset, Some(DEPTH as u32));
    }

    #[test]
    fn every_wrong_type_is_reported_on_its_rule_and_the_rest_loads() {
        const TEXT: &str = r#""text""#;
        let values = ["null", "true", "7", TEXT, "[]", "{}"];
        for field in RuleField::ALL.map(|field| field.spec().key) {
            for value in values {
                let mut rule = vec![("issue", r#""A""#), ("error", r#""e""#)];
                rule.retain(|(name, _)| *name != field);
                rule.push((field, value));
                let rule: Vec<_> =
                    rule.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                let list = format!(r#"[{{{}}},{{"issue":"B","error":"f"}}]"#, rule.join(","));
                let entries = parse(&list).unwrap();
                assert!(entries[1].is_ok(), "{list}");
                let required = matches!(field, "issue" | "error");
                let is_good = match (field, value) {
                    (_, "null") => !required,
                    // wrong ones are a warning
                    ("examples", _) | ("issue" | "id", "7") => true,
                    ("enabled", _) => value == "true",
                    ("also" | "unless", _) => value == "[]",
                    _ => value == TEXT && field != "expires",
                };
                let expected = match (field, value) {
                    _ if is_good => None,
                    (_, "null") => Some("ERR_RULE_MISSING"),
                    ("expires", TEXT) => Some("ERR_RULE_VALUE"),
                    _ => Some("ERR_RULE_TYPE"),
                };
                let found = entries[0]
                    .as_ref()
                    .err()
                    .map(|rejection| (rejection.field_name(), rejection.code.as_str()));
                assert_eq!(found, expected.map(|code| (field, code)), "{list}");
            }
        }
    }
}
