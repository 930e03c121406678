//! A list of rules as JSON text means what it means to `JSON.parse`, and as bytes what it means to
//! `Response.json()`: thousands of seeded mutations of lists, read by us and by Node. Needs `node`
//! on the path.
//!
//! `SEED=… cargo test --test json_against_node` repeats a run.

use std::fmt::Write as _;

use known_failures_matcher::rules::{
    FieldNames, JsonText, LoadErrorCode, Rejection, Rule, RuleField, RuleFormat, parse_json,
};

mod node;
mod random;

use node::hex;
use random::Random;

fn format() -> RuleFormat {
    // one name differs from the field's own, and two fields share one
    FieldNames::default().with(RuleField::Issue, "ticket").with(RuleField::Id, "test").into()
}

/// Our answer in the oracle's words, and the offset of a JSON error.
fn answer(text: &JsonText) -> (String, Option<u32>) {
    let entries = match parse_json(text, &format()) {
        Ok(entries) => entries,
        Err(error) if error.code == LoadErrorCode::Json => return ("json".into(), error.offset),
        Err(error) => {
            assert_eq!(error.code, LoadErrorCode::Shape, "{error}");
            return ("shape".into(), None);
        }
    };
    let entries: Vec<String> = entries.iter().enumerate().map(describe).collect();
    (format!("ok {}", entries.join(";")), None)
}

fn describe((place, entry): (usize, &Result<Rule, Rejection>)) -> String {
    let show = |units: &[u16]| {
        units.iter().fold(String::from("\""), |mut shown, unit| {
            let _ = write!(shown, "{unit:04x}");
            shown
        })
    };
    match entry {
        Err(rejection) => {
            assert_eq!(rejection.index.0 as usize, place);
            format!("!{}", rejection.field_name())
        }
        Ok(rule) => {
            assert_eq!(rule.index.0 as usize, place);
            let dash = || String::from("-");
            format!(
                "{} {} {}/{} {}",
                show(&rule.issue.units()),
                rule.id.as_ref().map_or_else(dash, |id| show(&id.units())),
                show(&rule.error.source.units()),
                show(&rule.error.flags),
                rule.test.as_ref().map_or_else(dash, |test| format!(
                    "{}/{}",
                    show(&test.source.units()),
                    show(&test.flags)
                )),
            )
        }
    }
}

const LISTS: [&str; 16] = [
    r#"[{"ticket":"WEB-1","error":"boom","test":"Cart","flags":"i"},{"ticket":"WEB-2","error":{"source":"a\\d+","flags":"m"}}]"#,
    r#"{"version":3.5e-7,"rules":[{"ticket":"A","error":"x\u0041\ud83d\ude00\"\\\/\b\f\n\r\t"},null,7,true,"s",[1]],"more":{"rules":[]}}"#,
    r#"[{"ticket":"é→😀","error":"\ud83d","id":null,"flags":null,"test":null,"extra":[[[[1,-0,0.5,1E+9]]],{"a":{}}]}]"#,
    " [ { \"ticket\" : \"A\" ,\t\"error\"\r\n: \"e\" , \"test\" : { \"source\" : \"s\" , \"flags\" : null } } ] \n",
    r#"[{"ticket":"A","ticket":"B","error":1,"error":"last"},{"t\u0069cket":"A","error":"e","\u0074est":""}]"#,
    r#"{"rules":1,"rules":[{"error":"e","ticket":"t"}],"\ud83d":"\udc00\ud83d"}"#,
    r#"{"rules":{"a":[]}}"#,
    r#"{"list":[{}]}"#,
    r#"[{"ticket":1,"error":"e"},{"ticket":"t","error":false},{"ticket":"t","error":"e","test":[]},{"ticket":"t","error":"e","flags":{}}]"#,
    r#"[{"ticket":"t","error":{"source":1}},{"ticket":"t","error":{"source":"s","flags":1}},{"ticket":"t","error":{}},{"ticket":"t","error":{"source":"","source":null}}]"#,
    r#"[{"ticket":"t","error":{"source":"s"},"flags":"i"},{"ticket":"t","error":{"source":"s","flags":""},"flags":"i"},{"ticket":{"source":"t"},"error":"e"}]"#,
    r#"[{"__proto__":{"ticket":"t"},"error":"e"},{"constructor":1,"ticket":"","error":""}]"#,
    "[1e999,-1e-999,123456789012345678901234567890,0.1e1]",
    r#"[{"ticket":7,"error":"e"},{"ticket":-0.50,"error":"e"},{"ticket":1e21,"error":"e"},{"ticket":123456789012345678901,"error":"e"}]"#,
    "\u{feff}[{\"ticket\":1.7976931348623157e308,\"error\":\"e\"},{\"ticket\":2.5e-7,\"error\":\"e\"}]",
    r#""text""#,
];

const PIECES: [&str; 62] = [
    "\"",
    "\\",
    "\\\\",
    "\\\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "[]",
    "{}",
    "null",
    "true",
    "false",
    "nul",
    "True",
    "NaN",
    "Infinity",
    "undefined",
    "0",
    "-",
    "-0",
    "01",
    "1.",
    ".5",
    "1e",
    "1e+",
    "1e5",
    "1e999",
    "-1.5E-3",
    "0x1",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\uD83",
    "\\u00e9",
    "\\u0000",
    "\\U0041",
    "\\x41",
    "\\'",
    "'",
    "//",
    "/*",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{1f}",
    "\u{7f}",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "é",
    "😀",
    "\"ticket\"",
    "\"error\":",
    "\"rules\":[",
    "\"test\":\"\"",
];

fn mutated_text(random: &mut Random) -> Vec<u16> {
    let mut units: Vec<u16> = random.pick(&LISTS).encode_utf16().collect();
    for _ in 0..random.below(4) {
        let from = random.below(units.len() + 1);
        let to = (from + random.below(5)).min(units.len());
        let new: Vec<u16> = match random.below(5) {
            0 => vec![],
            1 => vec![random.pick(&[0xD83D, 0xDE00, 0xD800, 0xDFFF])],
            2 => vec![random.below(0x80) as u16],
            _ => random.pick(&PIECES).encode_utf16().collect(),
        };
        // as often put in as put in the place of something
        let to = if random.below(2) == 0 { from } else { to };
        units.splice(from..to, new);
    }
    if random.below(12) == 0 {
        units.truncate(random.below(units.len() + 1));
    }
    units
}

fn mutated_bytes(random: &mut Random) -> Vec<u8> {
    let mut bytes = String::from_utf16_lossy(&mutated_text(random)).into_bytes();
    for _ in 0..random.below(4) {
        let at = random.below(bytes.len() + 1);
        let new: &[u8] = random.pick(&[
            b"\xEF\xBB\xBF",
            b"\xFF",
            b"\xC3",
            b"\xE2\x82",
            b"\xED\xA0\xBD",
            b"\xF0\x9F\x98",
            b"\xF4\x90\x80\x80",
            b"\xC0\x80",
            b"\x80",
            b"\xFE\xFF",
            b"\xEF\xBB",
        ]);
        let at = if random.below(3) == 0 { 0 } else { at };
        bytes.splice(at..at, new.iter().copied());
    }
    bytes
}

fn compare(texts: Vec<JsonText>) {
    let mut input = String::new();
    for text in &texts {
        match text {
            JsonText::Utf16(units) => {
                input.push('s');
                hex(&mut input, units.iter().flat_map(|unit| unit.to_be_bytes()));
            }
            JsonText::Bytes(bytes) => {
                input.push('b');
                hex(&mut input, bytes.iter().copied());
            }
        }
        input.push('\n');
    }
    let output = node::run("json.mjs", &input);
    let mut accepted = 0;
    let expected: Vec<&str> = output.split('\n').collect();
    assert_eq!(expected.len(), texts.len());
    for (text, expected) in texts.into_iter().zip(expected) {
        let shown = match &text {
            JsonText::Utf16(units) => format!("{:?}", String::from_utf16_lossy(units)),
            JsonText::Bytes(bytes) => format!("{:?}", String::from_utf8_lossy(bytes)),
        };
        let is_string = matches!(text, JsonText::Utf16(_));
        let length = match &text {
            JsonText::Utf16(units) => units.len(),
            JsonText::Bytes(bytes) => bytes.len(),
        };
        let (actual, offset) = answer(&text);
        if let Some(position) = expected.strip_prefix("json ") {
            assert_eq!(actual, "json", "accepted, but Node refuses {shown}");
            let offset = offset.expect("a JSON error has an offset") as usize;
            assert!(offset <= length, "offset {offset} is outside of {shown}");
            if let (true, Ok(position)) = (is_string, position.parse::<usize>()) {
                // Where the text breaks off, V8 names the end of a number and we its last
                // character. Of an escape that is too short, V8 names the first wrong character
                // and we the end.
                let number = position == length && offset + 1 == length;
                let escape = offset == length && position + 3 >= length;
                assert!(offset == position || number || escape, "{offset}, V8 {position}: {shown}");
            }
        } else {
            assert_eq!(actual, expected, "{shown}");
            accepted += 1;
        }
    }
    assert!(accepted > 0, "every list was refused");
}

#[test]
fn mutated_strings() {
    let mut random = Random::announced();
    compare((0..20_000).map(|_| JsonText::Utf16(mutated_text(&mut random))).collect());
}

#[test]
fn mutated_bytes_too() {
    let mut random = Random::announced();
    compare((0..10_000).map(|_| JsonText::Bytes(mutated_bytes(&mut random))).collect());
}
