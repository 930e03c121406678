//! Rule lists as JSON text, against `serde_json::Value`: the tree that the loader does not build.

use RuleField::{Error, Flags, Id, Issue, Test, Url};
use matcher::RuleIndex;
use matcher::rules::{
    FieldNames, JsonText, LoadError, LoadErrorCode, PatternSource, RareFields, Rejection,
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
        0 => invariants(JsonText::Utf16(raw_units(text)), &format),
        1 => invariants(JsonText::Utf16(units(text)), &format),
        _ => {}
    }
    invariants(JsonText::Bytes(text.to_vec()), &format);
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
fn invariants(text: JsonText, format: &RuleFormat) {
    let length = match &text {
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
    let string = parse_json(JsonText::Utf16(text.encode_utf16().collect()), format);
    let bytes = parse_json(JsonText::Bytes(text.into()), format);
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
                .map(|entry| entry.map_err(|rejection| (rejection.field, rejection.code)))
                .collect()
        })
        .map_err(|error| error.code)
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
    let pattern = |name: &str, field| match get(name) {
        Some(Value::Object(object)) => {
            let flags = match object.get("flags") {
                None | Some(Value::Null) => None,
                Some(Value::String(flags)) => Some(units_of(flags)),
                Some(_) => return Err((Some(field), RejectionCode::Type)),
            };
            match object.get("source") {
                Some(Value::String(source)) => Ok(Some((units_of(source), flags))),
                _ => Err((Some(field), RejectionCode::Type)),
            }
        }
        _ => Ok(string(name, field)?.map(|source| (source, None))),
    };
    let missing = |field| (Some(field), RejectionCode::Missing);
    let issue = text(&names[Issue], Issue)?.ok_or_else(|| missing(Issue))?;
    let (source, own_flags) = pattern(&names[Error], Error)?.ok_or_else(|| missing(Error))?;
    let test = pattern(&names[Test], Test)?;
    let flags = string(&names[Flags], Flags)?;
    let id = text(&names[Id], Id)?;
    let rare = RareFields { url: string(&names[Url], Url)? };
    Ok(Rule {
        index,
        issue,
        id,
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

fn units_of(text: &str) -> Box<[u16]> {
    text.encode_utf16().collect()
}
