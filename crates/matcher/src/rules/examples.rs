//! The shape of a rule's examples. Nothing else of them matters to a list that is loaded: they are
//! for tests of the list.

use super::RawField;
use crate::limits::MAX_CHECKED_EXAMPLES;

/// What is wrong with the examples of a rule. `name`: the key of the field.
pub(super) fn fault(found: &RawField, name: &str) -> Option<Box<str>> {
    let message = match found {
        RawField::Absent => return None,
        RawField::Pair(lists) => match &**lists {
            [RawField::Absent, RawField::Absent] => {
                format!("`{name}` has neither `match` nor `noMatch`")
            }
            [matching, others] => list_fault(matching, &format!("{name}.match"))
                .or_else(|| list_fault(others, &format!("{name}.noMatch")))?,
        },
        RawField::Unreadable(thrown) => format!("`{name}` could not be read: {thrown}"),
        other => wrong(name, "an object { match, noMatch }", other),
    };
    Some(message.into())
}

fn list_fault(found: &RawField, name: &str) -> Option<String> {
    match found {
        RawField::Absent => None,
        RawField::List(list) => {
            let list = list.iter().take(MAX_CHECKED_EXAMPLES);
            list.enumerate().find_map(|(at, one)| example_fault(one, &format!("{name}[{at}]")))
        }
        other => Some(wrong(name, "an array", other)),
    }
}

fn example_fault(found: &RawField, name: &str) -> Option<String> {
    match found {
        RawField::Text(_) => None,
        RawField::Pair(example) => match &**example {
            [RawField::Absent | RawField::Text(_), RawField::Text(_)] => None,
            [RawField::Absent | RawField::Text(_), error] => {
                Some(wrong(&format!("{name}.error"), "a string", error))
            }
            [test, _] => Some(wrong(&format!("{name}.test"), "a string", test)),
        },
        other => Some(wrong(name, "a string or an object { test, error }", other)),
    }
}

fn wrong(name: &str, expected: &str, found: &RawField) -> String {
    match found {
        RawField::Unreadable(thrown) => format!("`{name}` could not be read: {thrown}"),
        _ => format!("`{name}` must be {expected}, but is {}", found.describe()),
    }
}
