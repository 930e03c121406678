//! Rule lists as JSON text, against `serde_json::Value`: the tree that the loader does not build.

use RuleField::{Also, Enabled, Error, Examples, Expires, Flags, Id, Issue, Test, Unless, Url};
use matcher::RuleIndex;
use matcher::limits::{MAX_CHECKED_EXAMPLES, MAX_CONDITIONS};
use matcher::rules::{
    Expiry, FieldNames, JsonText, LoadError, LoadErrorCode, PatternSource, RareFields, Rejection,
    RejectionCode, Rule, RuleField, RuleFormat, number_text, parse_json,
};
use serde_json::{Map, Value};

use crate::bytes::{raw_units, units};

type Entries = Vec<Result<Rule, Rejection>>;

/// One byte for the field names and the encoding, then the text.
pub fn loader(input: &[u8]) {
    let Some((&way, text)) = input.split_first() else { return };
    let format = RuleFormat::from(names(way & 3));
    match way >> 2 & 7 {
        0 => invariants(&JsonText::Utf16(raw_units(text)), &format),
        1 => invariants(&JsonText::Utf16(units(text)), &format),
        _ => {}
    }
    invariants(&JsonText::Bytes(text.to_vec()), &format);
    if let Ok(text) = std::str::from_utf8(text) {
        compare(text, &format);
    }
}

/// Under 1 and 2 names that the text's mutations find easily, under 3 two fields that share one.
fn names(which: u8) -> FieldNames {
    let named = |issue: &str, error: &str, test: &str| {
        FieldNames::default().with(Issue, issue).with(Error, error).with(Test, test)
    };
    match which {
        1 => named("a", "b", "c"),
        2 => named("ticket", "", "é"),
        3 => named("issue", "issue", "error"),
        _ => FieldNames::default(),
    }
}

/// What holds for any text.
fn invariants(text: &JsonText, format: &RuleFormat) {
    let length = match text {
        JsonText::Utf16(units) => units.len(),
        JsonText::Bytes(bytes) => bytes.len(),
    };
    match parse_json(text, format) {
        Ok(entries) => {
            for (place, entry) in entries.iter().enumerate() {
                let index = match entry {
                    Ok(rule) => rule.index,
                    Err(rejection) => {
                        assert!(!rejection.message.is_empty());
                        assert_eq!(rejection.offset, None);
                        rejection.index
                    }
                };
                assert_eq!(index.0 as usize, place);
            }
        }
        Err(error) => {
            assert!(!error.message.is_empty());
            assert_eq!(error.offset.is_some(), error.code == LoadErrorCode::Json);
            assert!(error.offset.is_none_or(|offset| offset as usize <= length), "{error:?}");
        }
    }
}

fn compare(text: &str, format: &RuleFormat) {
    let string = parse_json(&JsonText::Utf16(text.encode_utf16().collect()), format);
    let bytes = parse_json(&JsonText::Bytes(text.into()), format);
    match (&string, &bytes) {
        (Ok(string), Ok(bytes)) => assert_eq!(string, bytes, "{text}"),
        (Err(string), Err(bytes)) => assert_eq!(string.code, bytes.code, "{text}"),
        _ => panic!("as a string {string:?}, as bytes {bytes:?}: {text}"),
    }
    match serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Ok(value) => assert_eq!(outline(string), expected(&value, &format.names), "{text}"),
        Err(error) => {
            // what a tree cannot hold, but JavaScript can
            let message = error.to_string();
            let limits = ["recursion", "out of range", "surrogate", "unexpected end of hex escape"];
            if !limits.iter().any(|limit| message.contains(limit)) {
                let code = string.err().map(|error| error.code);
                assert_eq!(code, Some(LoadErrorCode::Json), "{message}: {text}");
            }
        }
    }
}

/// What is wrong with a rule, and with which field; `None`: with the rule as a whole.
type Fault = (Option<RuleField>, RejectionCode);

type Outline = Result<Vec<Result<Rule, Fault>>, LoadErrorCode>;

fn outline(entries: Result<Entries, LoadError>) -> Outline {
    entries
        .map(|entries| {
            entries
                .into_iter()
                .map(|entry| {
                    entry
                        .map(without_message)
                        .map_err(|rejection| (rejection.field, rejection.code))
                })
                .collect()
        })
        .map_err(|error| error.code)
}

/// The rule without what is wrong with its examples in words.
fn without_message(mut rule: Rule) -> Rule {
    if let Some(rare) = &mut rule.rare
        && let Some(message) = &mut rare.bad_examples
    {
        assert!(!message.is_empty());
        *message = "".into();
    }
    rule
}

fn expected(value: &Value, names: &FieldNames) -> Outline {
    let list = match value {
        Value::Object(object) => object.get("rules"),
        other => Some(other),
    };
    let Some(Value::Array(rules)) = list else { return Err(LoadErrorCode::Shape) };
    Ok(rules
        .iter()
        .enumerate()
        .map(|(index, rule)| match rule {
            Value::Object(fields) => expected_rule(RuleIndex(index as u32), fields, names),
            _ => Err((None, RejectionCode::Type)),
        })
        .collect())
}

fn expected_rule(
    index: RuleIndex,
    fields: &Map<String, Value>,
    names: &FieldNames,
) -> Result<Rule, Fault> {
    let get = |name: &str| fields.get(name).filter(|value| !value.is_null());
    let string = |name: &str, field| match get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(units_of(text))),
        Some(_) => Err((Some(field), RejectionCode::Type)),
    };
    let text = |name: &str, field| match get(name) {
        Some(Value::Number(number)) => Ok(number.as_f64().map(number_text)),
        _ => string(name, field),
    };
    let pattern_of = |value: &Value, field| match value {
        Value::String(source) => Ok((units_of(source), None)),
        Value::Object(object) => {
            let flags = match object.get("flags") {
                None | Some(Value::Null) => None,
                Some(Value::String(flags)) => Some(units_of(flags)),
                Some(_) => return Err((Some(field), RejectionCode::Type)),
            };
            match object.get("source") {
                Some(Value::String(source)) => Ok((units_of(source), flags)),
                _ => Err((Some(field), RejectionCode::Type)),
            }
        }
        _ => Err((Some(field), RejectionCode::Type)),
    };
    let pattern = |name: &str, field| get(name).map(|value| pattern_of(value, field)).transpose();
    let patterns = |name: &str, field| match get(name) {
        None => Ok(Box::default()),
        Some(Value::Array(list)) if list.len() > MAX_CONDITIONS => {
            Err((Some(field), RejectionCode::Value))
        }
        Some(Value::Array(list)) => list
            .iter()
            .map(|value| {
                let (source, flags) = pattern_of(value, field)?;
                Ok(PatternSource { source: source.into(), flags: flags.unwrap_or_default() })
            })
            .collect(),
        Some(_) => Err((Some(field), RejectionCode::Type)),
    };
    let missing = |field| (Some(field), RejectionCode::Missing);
    let issue = text(&names[Issue], Issue)?.ok_or_else(|| missing(Issue))?;
    let (source, own_flags) = pattern(&names[Error], Error)?.ok_or_else(|| missing(Error))?;
    let test = pattern(&names[Test], Test)?;
    let flags = string(&names[Flags], Flags)?;
    let id = text(&names[Id], Id)?;
    let rare = RareFields {
        url: string(&names[Url], Url)?,
        is_disabled: match get(&names[Enabled]) {
            None => false,
            Some(Value::Bool(enabled)) => !enabled,
            Some(_) => return Err((Some(Enabled), RejectionCode::Type)),
        },
        expires: string(&names[Expires], Expires)?
            .map(|text| Expiry::parse(&text).map_err(|_| (Some(Expires), RejectionCode::Value)))
            .transpose()?,
        also: patterns(&names[Also], Also)?,
        unless: patterns(&names[Unless], Unless)?,
        bad_examples: get(&names[Examples])
            .is_some_and(|examples| !are_examples(examples))
            .then(|| "".into()),
    };
    Ok(Rule {
        index,
        issue: issue.into(),
        id: id.map(Into::into),
        error: PatternSource {
            source: source.into(),
            flags: own_flags.or(flags).unwrap_or_default(),
        },
        test: test
            .map(|(source, flags)| PatternSource {
                source: source.into(),
                flags: flags.unwrap_or_default(),
            })
            .filter(|test| *test != PatternSource::default()),
        rare: (rare != RareFields::default()).then(|| Box::new(rare)),
    })
}

fn are_examples(examples: &Value) -> bool {
    let Value::Object(examples) = examples else { return false };
    let lists = ["match", "noMatch"].map(|name| examples.get(name).filter(|list| !list.is_null()));
    let is_text = |value: Option<&Value>| value.is_some_and(Value::is_string);
    lists.iter().any(Option::is_some)
        && lists.into_iter().flatten().all(|list| {
            list.as_array().is_some_and(|list| {
                list.iter().take(MAX_CHECKED_EXAMPLES).all(|example| match example {
                    Value::String(_) => true,
                    Value::Object(example) => {
                        let test = example.get("test").filter(|test| !test.is_null());
                        (test.is_none() || is_text(test)) && is_text(example.get("error"))
                    }
                    _ => false,
                })
            })
        })
}

fn units_of(text: &str) -> Box<[u16]> {
    text.encode_utf16().collect()
}
