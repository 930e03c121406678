//! The rules as the caller hands them over.
//!
//! Text and bytes are copied here, and parsed later, off the JavaScript thread. The fields of an
//! array's rules must be read on the JavaScript thread, when the call is made; they are checked
//! later, like those of a text.

use napi::{Env, ValueType};

use crate::error::{Failure, wrong};
use crate::node::array;
use crate::node::describe::describe;
use crate::node::scope::in_scope;
use crate::node::value::{Thrown, Value};
use crate::read::near_miss::describe_object;
use matcher::limits::{MAX_ARRAY_RULES, MAX_CHECKED_EXAMPLES, MAX_CONDITIONS};
use matcher::rules::{
    FEW_KEYS, FieldKind, FoundRule, JsonText, LoadError, LoadErrorCode, PATTERN_WITH_BAD_FLAGS,
    PATTERN_WITHOUT_SOURCE, ParsedText, RawField, Rejection, RejectionCode, Rule, RuleField,
    RuleFormat, describe_shape, not_an_object, number_text, parse_json_keeping, unreadable_rule,
    validate,
};
use matcher::{RuleIndex, TextBlock};

/// The rules of a list, in order, or why they were refused.
type Entries = Vec<Result<Rule, Rejection>>;

/// What `loadRules` was given, copied.
pub(crate) enum RuleList {
    /// A list that is still to be parsed.
    Json(JsonText),
    /// The fields of each rule, or why they could not be read.
    /// Boxed: there are many, and each is large to move.
    Fields(Vec<Result<Box<FoundRule>, Rejection>>),
}

impl RuleList {
    /// Reads the first argument of `loadRules`.
    pub(crate) fn read(env: &Env, rules: Value<'_>, format: &RuleFormat) -> Result<Self, Failure> {
        if let Some(text) = rules.utf16() {
            return Ok(Self::Json(JsonText::Utf16(text)));
        }
        if let Some(bytes) = rules.bytes() {
            return Ok(Self::Json(JsonText::Bytes(bytes)));
        }
        if rules.kind() != ValueType::Object {
            let expected =
                "JSON text (a string or a Uint8Array), an array of rules or an object { rules }";
            return Err(wrong(env, "rules", expected, rules));
        }
        read_array(env, rules, format).map(Self::Fields)
    }

    /// Parses and checks the rules. Runs off the JavaScript thread. Gives the text, too, to be kept
    /// until the rules are in force.
    pub(crate) fn into_rules(
        self,
        format: &RuleFormat,
    ) -> Result<(Entries, Option<ParsedText>), LoadError> {
        match self {
            Self::Json(text) => {
                parse_json_keeping(text, format).map(|(rules, text)| (rules, Some(text)))
            }
            Self::Fields(found) => {
                let mut texts = TextBlock::default();
                let check = |(index, found): (usize, Result<Box<FoundRule>, _>)| {
                    validate(RuleIndex(index as u32), &mut *found?, format, &mut texts)
                };
                Ok((found.into_iter().enumerate().map(check).collect(), None))
            }
        }
    }
}

fn read_array(
    env: &Env,
    rules: Value<'_>,
    format: &RuleFormat,
) -> Result<Vec<Result<Box<FoundRule>, Rejection>>, Failure> {
    let array = find_array(env, rules)?;
    let length = array::length(array).map_err(|thrown| unreadable_list(&thrown))?;
    if length > MAX_ARRAY_RULES {
        let found = format!("an array of {length} elements, more than {MAX_ARRAY_RULES}");
        return Err(wrong_shape(&found));
    }
    let reader =
        Reader::new(env, array, length, format).map_err(|thrown| unreadable_list(&thrown))?;
    let Reader { keys, tag_of, source_of, rare_of, .. } = reader;
    let mut values = [array; RuleField::COUNT + 4];
    (values[1], values[2], values[3]) = (tag_of, source_of, rare_of);
    values[4..].copy_from_slice(&keys);
    let read = |index| {
        in_scope(env, values, move |env, [array, tag_of, source_of, rare_of, keys @ ..]| {
            Reader { env, format, keys, tag_of, source_of, rare_of }.rule(array, index)
        })
    };
    Ok((0..length).map(read).collect())
}

/// `rules`, or the array in its property `rules`.
fn find_array<'s>(env: &'s Env, rules: Value<'s>) -> Result<Value<'s>, Failure> {
    let is_array = |value| array::is_array(env, value).map_err(|thrown| unreadable_list(&thrown));
    if is_array(rules)? {
        return Ok(rules);
    }
    let inner = rules.get(c"rules").map_err(|thrown| unreadable_list(&thrown))?;
    if is_array(inner)? {
        return Ok(inner);
    }
    Err(wrong_shape(&match inner.kind() {
        ValueType::Undefined => describe_object(env, rules),
        _ => format!("an object whose `rules` is {}", describe(env, inner)),
    }))
}

fn unreadable_list(thrown: &Thrown<'_>) -> Failure {
    wrong_shape(&format!("an object that could not be read: {}", thrown.describe()))
}

fn wrong_shape(found: &str) -> Failure {
    Failure::Load(LoadError {
        code: LoadErrorCode::Shape,
        message: describe_shape(found),
        offset: None,
        rejected: Vec::new(),
    })
}

/// Fields that nearly every rule lacks: those from [`RuleField::Url`] on.
const RARE: usize = RuleField::COUNT - RuleField::Url as usize;

/// Reads them of all rules in one call: through Node-API, the fields that are not there would take
/// half as long again as those that are. Gives the values by the index of the rule, null where
/// reading one threw, or undefined if no rule has any. Calls nothing that the caller could replace.
const RARE_SCRIPT: &str = "(rules, length, a, b, c, d, e, f) => {
  const all = { __proto__: null };
  let found;
  for (let index = 0; index < length; index++) {
    try {
      const rule = rules[index];
      if (typeof rule !== 'object' || rule === null) continue;
      const u = rule[a], v = rule[b], w = rule[c], x = rule[d], y = rule[e], z = rule[f];
      if (u === undefined && v === undefined && w === undefined &&
          x === undefined && y === undefined && z === undefined) continue;
      all[index] = [u, v, w, x, y, z];
      found = all;
    } catch {
      all[index] = null;
      found = all;
    }
  }
  return found;
}";
const _: () = assert!(RARE == 6, "the script reads another number of fields");

/// What is needed to read one rule after the other.
struct Reader<'s> {
    env: &'s Env,
    format: &'s RuleFormat,
    /// The key of each field, in the order of [`RuleField::ALL`].
    keys: [Value<'s>; RuleField::COUNT],
    /// `Object.prototype.toString`
    tag_of: Value<'s>,
    /// The getter of `RegExp.prototype.source`. It takes a `RegExp` of any realm, gives its true
    /// source whatever properties were put on it, and throws for anything else.
    source_of: Value<'s>,
    /// What [`RARE_SCRIPT`] gives for the list.
    rare_of: Value<'s>,
}

impl<'s> Reader<'s> {
    fn new(
        env: &'s Env,
        array: Value<'s>,
        length: u32,
        format: &'s RuleFormat,
    ) -> Result<Self, Thrown<'s>> {
        let global = Value::global(env);
        let object = global.get(c"Object")?;
        let key = |name: &str| Value::string(env, name);
        let regexp = global.get(c"RegExp")?.get(c"prototype")?;
        let descriptor =
            object.call_method(c"getOwnPropertyDescriptor", &[regexp, key("source")?])?;
        let mut keys = [object; RuleField::COUNT];
        for (field, value) in RuleField::ALL.into_iter().zip(&mut keys) {
            *value = key(&format.names[field])?;
        }
        let mut arguments = vec![array, Value::number(env, length)?];
        arguments.extend_from_slice(&keys[RuleField::COUNT - RARE..]);
        let rare_of = Value::run_script(env, RARE_SCRIPT)?.call(global, &arguments)?;
        Ok(Self {
            env,
            format,
            keys,
            rare_of,
            tag_of: object.get(c"prototype")?.get(c"toString")?,
            source_of: descriptor.get(c"get")?,
        })
    }

    fn rule(&self, array: Value<'s>, index: u32) -> Result<Box<FoundRule>, Rejection> {
        let rule = array
            .get_index(index)
            .map_err(|thrown| unreadable_rule(RuleIndex(index), &thrown.describe()))?;
        let kind = describe(self.env, rule);
        if kind != "an object" {
            return Err(not_an_object(RuleIndex(index), kind));
        }
        let mut found = Box::<FoundRule>::default();
        let common = &RuleField::ALL[..RuleField::COUNT - RARE];
        for (&field, key) in common.iter().zip(self.keys) {
            found[field] = self.field(field.spec().kind, rule.get_key(key));
        }
        if !self.rare_of.is_nullish() {
            self.read_rare(rule, index, &mut found);
        }
        let lacks = |field| found[field] == RawField::Absent;
        if lacks(RuleField::Issue) || lacks(RuleField::Error) {
            return self.without_field(rule, RuleIndex(index), found);
        }
        Ok(found)
    }

    fn read_rare(&self, rule: Value<'s>, index: u32, found: &mut FoundRule) {
        let first = RuleField::COUNT - RARE;
        let (rare, keys) = (&RuleField::ALL[first..], &self.keys[first..]);
        let Ok(values) = self.rare_of.get_index(index) else { return };
        for ((at, &field), &key) in (0..).zip(rare).zip(keys) {
            let value = match values.kind() {
                ValueType::Undefined => return,
                // one of them throws: by itself, it tells which
                ValueType::Null => rule.get_key(key),
                _ => values.get_index(at),
            };
            found[field] = self.field(field.spec().kind, value);
        }
    }

    /// A rule that lacks a field. Its keys are part of the message, and are read now.
    #[cold]
    fn without_field(
        &self,
        rule: Value<'s>,
        index: RuleIndex,
        found: Box<FoundRule>,
    ) -> Result<Box<FoundRule>, Rejection> {
        match validate(index, &mut (*found).clone(), self.format, &mut TextBlock::default()) {
            Ok(_) => Ok(found),
            Err(mut refused) => {
                if refused.code == RejectionCode::Missing {
                    refused.add_keys(&rule.own_keys(FEW_KEYS).unwrap_or_default());
                }
                Err(refused)
            }
        }
    }

    /// A field as found: the way to read it depends on what it may hold.
    fn field(&self, kind: FieldKind, field: Result<Value<'s>, Thrown<'s>>) -> RawField {
        field
            .and_then(|value| match value.utf16() {
                Some(text) => Ok(RawField::Text(text.into())),
                None if value.is_nullish() => Ok(RawField::Absent),
                None => match (describe(self.env, value), kind) {
                    ("an object", FieldKind::Pattern) => self.pattern(value),
                    ("a boolean", FieldKind::Boolean) => {
                        Ok(RawField::Boolean(value.boolean() == Some(true)))
                    }
                    ("an array", FieldKind::Patterns) => {
                        let read = |pattern| self.field(FieldKind::Pattern, pattern);
                        list(value, MAX_CONDITIONS + 1, read)
                    }
                    ("an object", FieldKind::Examples) => {
                        let lists = [value.get(c"match"), value.get(c"noMatch")];
                        Ok(pair(lists.map(|list| self.examples(list))))
                    }
                    ("a number", FieldKind::Text) => {
                        Ok(RawField::Text(number_text(value.double().unwrap_or(f64::NAN))))
                    }
                    (other, _) => Ok(RawField::Other(other)),
                },
            })
            .unwrap_or_else(|thrown| RawField::Unreadable(thrown.describe()))
    }

    /// The examples that a rule must match, or those that it must not.
    fn examples(&self, examples: Result<Value<'s>, Thrown<'s>>) -> RawField {
        match examples {
            Ok(array) if describe(self.env, array) == "an array" => {
                list(array, MAX_CHECKED_EXAMPLES, |example| match example {
                    Ok(object) if describe(self.env, object) == "an object" => {
                        let members = [object.get(c"test"), object.get(c"error")];
                        pair(members.map(|member| self.shape(member)))
                    }
                    example => self.shape(example),
                })
                .unwrap_or_else(|thrown| RawField::Unreadable(thrown.describe()))
            }
            examples => self.shape(examples),
        }
    }

    /// What a value is. The text of a string is left out.
    fn shape(&self, value: Result<Value<'s>, Thrown<'s>>) -> RawField {
        match value {
            Ok(value) if value.is_nullish() => RawField::Absent,
            Ok(value) => match describe(self.env, value) {
                "a string" => RawField::Text(Box::default()),
                other => RawField::Other(other),
            },
            Err(thrown) => RawField::Unreadable(thrown.describe()),
        }
    }

    /// An object where a pattern belongs.
    fn pattern(&self, object: Value<'s>) -> Result<RawField, Thrown<'s>> {
        let regexp = self.regexp_source(object)?;
        let is_regexp = regexp.is_some();
        let source = match regexp {
            Some(source) => Some(source),
            None => object.get(c"source")?.utf16(),
        };
        let Some(source) = source else { return Ok(RawField::Other(PATTERN_WITHOUT_SOURCE)) };
        let flags = object.get(c"flags")?;
        let has_flags = !flags.is_nullish();
        Ok(match flags.utf16() {
            None if has_flags => RawField::Other(PATTERN_WITH_BAD_FLAGS),
            flags if is_regexp => {
                RawField::RegExp { source: source.into(), flags: flags.unwrap_or_default().into() }
            }
            flags => RawField::Pattern { source: source.into(), flags: flags.map(Into::into) },
        })
    }

    /// The source of a `RegExp`; `None` if `object` is not one.
    fn regexp_source(&self, object: Value<'s>) -> Result<Option<Vec<u16>>, Thrown<'s>> {
        // the tag first: the getter throws for a plain object, which is slow. Any object may have
        // this tag, so it is not enough.
        let tag = self.tag_of.call(object, &[])?.utf16().unwrap_or_default();
        if !tag.into_iter().eq("[object RegExp]".encode_utf16()) {
            return Ok(None);
        }
        Ok(self.source_of.call(object, &[]).ok().and_then(Value::utf16))
    }
}

/// The first elements of an array, at most `most`.
fn list<'s>(
    array: Value<'s>,
    most: usize,
    read: impl Fn(Result<Value<'s>, Thrown<'s>>) -> RawField,
) -> Result<RawField, Thrown<'s>> {
    let length = array::length(array)?.min(most as u32);
    Ok(RawField::List((0..length).map(|index| read(array.get_index(index))).collect()))
}

fn pair(members: [RawField; 2]) -> RawField {
    RawField::Pair(Box::new(members))
}
