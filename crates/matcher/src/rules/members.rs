//! The members of a JSON object whose syntax has been checked.
//!
//! The parser goes over each rule twice: to find its end, and to find its fields. The first pass
//! has checked the syntax, so that the second one only looks for quotes and brackets. It takes a
//! third of the time that the parser takes.

use super::short_runs::quote_or_backslash;

/// The values that an object has under `names`, in that order. Of several the last counts, as in
/// JavaScript. `None`: one of its keys has an escape, and the parser has to read it.
///
/// `object`: without white space before it. For text that is no JSON, the result is unspecified.
pub(super) fn cut<'a, const N: usize>(
    object: &'a str,
    names: &[&[u8]; N],
) -> Option<[Option<&'a str>; N]> {
    let bytes = object.as_bytes();
    let mut values = [None; N];
    let mut at = after_space(bytes, 1);
    while let Some(b'"') = bytes.get(at) {
        let rest = &bytes[at + 1..];
        let key = &rest[..quote_or_backslash(rest)?];
        let key_end = at + 1 + key.len() + 1;
        if bytes[key_end - 1] == b'\\' {
            return None;
        }
        let colon = after_space(bytes, key_end);
        let start = after_space(bytes, colon + 1);
        let end = after_value(bytes, start);
        let value = object.get(start..end)?;
        // two fields may be mapped to one key
        for (slot, name) in values.iter_mut().zip(names) {
            if name.len() == key.len() && name.first() == key.first() && *name == key {
                *slot = Some(value);
            }
        }
        let comma = after_space(bytes, end);
        at = after_space(bytes, comma + 1);
    }
    Some(values)
}

fn after_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the string ends that starts at `at`, its quote included.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while let Some(rest) = bytes.get(next..)
        && let Some(found) = quote_or_backslash(rest)
    {
        next += found + 1;
        if rest[found] == b'"' {
            return next;
        }
        // what is escaped
        next += 1;
    }
    bytes.len()
}

/// Where the value ends that starts at `at`.
fn after_value(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = after_string(bytes, at),
            b'{' | b'[' => (at, depth) = (at + 1, depth + 1),
            b'}' | b']' if depth > 0 => (at, depth) = (at + 1, depth - 1),
            _ if depth > 0 => {
                at += 1;
                continue;
            }
            _ => {
                let scalar = bytes[at..].iter();
                return at + scalar.take_while(|&&byte| !b",]} \n\r\t".contains(&byte)).count();
            }
        }
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn values(object: &str) -> Option<[Option<&str>; 3]> {
        cut(object, &[b"a", b"bc", b"a"])
    }

    #[test]
    fn values_are_cut_out_as_they_are_written() {
        assert_eq!(values("{}"), Some([None; 3]));
        assert_eq!(values("{ \n}"), Some([None; 3]));
        let all = [
            "1",
            "-1.5e+3",
            "true",
            "null",
            r#""""#,
            r#""x""#,
            r#""\"""#,
            r#""\\""#,
            r#""}]\\\",{[""#,
            "[]",
            "{}",
            r#"[1, "]", [{"a":"}"}], 2]"#,
            r#"{"a": {"bc": [7]}, "x": "\"}"}"#,
        ];
        for one in all {
            for other in all {
                for space in ["", " ", "\r\n\t "] {
                    let object = format!(
                        r#"{{{space}"a"{space}:{space}{one}{space},{space}"x":{other},"bc":{other}{space}}}"#
                    );
                    let found = values(&object).unwrap();
                    assert_eq!(found, [Some(one), Some(other), Some(one)], "{object}");
                }
            }
        }
    }

    #[test]
    fn of_several_members_the_last_counts() {
        assert_eq!(values(r#"{"a":1,"bc":2,"a":3}"#), Some([Some("3"), Some("2"), Some("3")]));
        assert_eq!(values(r#"{"b":1,"c":2,"aa":3,"":4}"#), Some([None; 3]));
    }

    #[test]
    fn a_key_with_an_escape_is_left_to_the_parser() {
        assert_eq!(values(r#"{"bc":1,"\u0061":2}"#), None);
    }

    #[test]
    fn what_is_no_json_does_no_harm() {
        let object = r#"{"a": "b\\\"", "bc": [1, {"x": "}"}], "é": 2}"#;
        for end in (0..=object.len()).filter(|&end| object.is_char_boundary(end)) {
            values(&object[..end]);
        }
        for odd in ["", "{", "{\"", "{\"a", "{\"a\"", "{\"\\", "{,,", "]}", "{\"a\":]}"] {
            values(odd);
        }
    }
}
