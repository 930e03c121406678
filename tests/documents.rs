//! What documents repeat from the code is up to date: the TypeScript interface of a rule, and the
//! tables between `<!-- generated: NAME -->` and `<!-- end -->`.
//!
//! `UPDATE_DOCUMENTS=1 cargo test --test documents` writes them anew instead.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use matcher::limits::{self, Limit};
use matcher::rules::{FieldKind, FieldSpec, Presence, RuleField};

#[test]
fn the_interface_of_a_rule_has_its_fields() {
    let header = repository().join("src/header.d.ts");
    assert_eq!(replace(&header, "export interface Rule {\n", "}\n", &interface_fields()), 1);
}

#[test]
fn the_tables_are_up_to_date() {
    for (name, table) in [("rule fields", field_table()), ("limits", limit_table())] {
        assert!(replace_generated(name, &table) > 0, "no document has the table of {name}");
    }
}

/// Characters of a line of a comment in the interface, besides its margin.
const COMMENT_WIDTH: usize = 94;

fn specs() -> impl Iterator<Item = &'static FieldSpec> {
    RuleField::ALL.into_iter().map(RuleField::spec)
}

/// The members of the TypeScript interface `Rule`.
fn interface_fields() -> String {
    let mut fields = String::new();
    for FieldSpec { key, kind, presence, meaning, .. } in specs() {
        let mut comment = wrapped(meaning, COMMENT_WIDTH);
        if let Presence::Default(default) = presence {
            comment.push(String::new());
            comment.extend(wrapped(&format!("@default {default}"), COMMENT_WIDTH));
        }
        match &comment[..] {
            [line] => writeln!(fields, "  /** {line} */").unwrap(),
            lines => {
                fields += "  /**\n";
                for line in lines {
                    writeln!(fields, "{}", format!("   * {line}").trim_end()).unwrap();
                }
                fields += "   */\n";
            }
        }
        let of_kind = match kind {
            FieldKind::Text => "string | number",
            FieldKind::String | FieldKind::Flags | FieldKind::Date => "string",
            FieldKind::Pattern => "Pattern",
            FieldKind::Boolean => "boolean",
            FieldKind::Patterns => "readonly Pattern[]",
            FieldKind::Examples => "Examples",
        };
        let (optional, or_null) = match presence {
            Presence::Required(_) => ("", ""),
            Presence::Default(_) => ("?", " | null"),
        };
        writeln!(fields, "  readonly {key}{optional}: {of_kind}{or_null};").unwrap();
    }
    fields
}

fn field_table() -> String {
    let mut table =
        String::from("| field | value | without it | meaning |\n| --- | --- | --- | --- |\n");
    for FieldSpec { key, kind, presence, meaning, .. } in specs() {
        let value = match kind {
            FieldKind::Text => "string or number",
            FieldKind::String => "string",
            FieldKind::Flags => "string of flags",
            FieldKind::Pattern => "pattern",
            FieldKind::Boolean => "true or false",
            FieldKind::Date => "day or time",
            FieldKind::Patterns => "array of patterns",
            FieldKind::Examples => "`{ match, noMatch }`",
        };
        let absent = match presence {
            Presence::Required(_) => "the rule is rejected",
            Presence::Default(default) => default,
        };
        writeln!(table, "| `{key}` | {value} | {absent} | {meaning} |").unwrap();
    }
    table
}

fn limit_table() -> String {
    let mut table = String::from("| limit | value | beyond it |\n| --- | ---: | --- |\n");
    for Limit { name, value, unit, beyond } in limits::ALL {
        let (value, unit) = match unit {
            "bytes" => (value >> 20, "MiB"),
            unit => (value, unit),
        };
        writeln!(table, "| {name} | {} {unit} | {beyond} |", grouped(value)).unwrap();
    }
    table
}

/// With a comma between each three digits.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `text` in lines of at most `width` characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// README and everything in `docs`.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(repository().join("docs")).expect("there are documents");
    let docs = docs.map(|entry| entry.expect("a file").path());
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    docs.filter(is_markdown).chain([repository().join("README.md")]).collect()
}

/// Compares the generated part `name` of every document that has it. Returns how many have it.
fn replace_generated(name: &str, content: &str) -> usize {
    let start = format!("<!-- generated: {name} -->\n");
    let content = format!("\n{content}\n");
    documents().iter().map(|path| replace(path, &start, "<!-- end -->", &content)).sum()
}

/// Compares what stands between `start` and `end`, or writes it. Returns 1 if the file has it.
fn replace(path: &Path, start: &str, end: &str, content: &str) -> usize {
    let text = fs::read_to_string(path).expect("the document can be read");
    let Some((before, rest)) = text.split_once(start) else { return 0 };
    let (found, after) = rest.split_once(end).expect("what is generated has an end");
    if found == content {
        return 1;
    }
    let shown = path.display();
    assert!(
        std::env::var_os("UPDATE_DOCUMENTS").is_some(),
        "{shown} is out of date. `UPDATE_DOCUMENTS=1 cargo test --test documents` updates it. \
         Found:\n{found}\nExpected:\n{content}"
    );
    fs::write(path, [before, start, content, end, after].concat()).expect("it can be written");
    1
}
