//! V8 is the judge of the Unicode data: every property in every spelling, and every case relation,
//! over all code points.
//!
//! The test writes down what the crate says; `unicode/judge.mjs`, run by `node`, asks V8 and prints
//! the differences.

use known_failures_regexp::unicode::{
    CaseMode, CodePointSet, Property, UNICODE_VERSION, close_over_case, digits, property,
    whitespace, word,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;

mod support;

/// Names of properties and values that ECMA-262 uses or does not use, one on each line.
const NAMES: &str = include_str!("unicode/names.txt");

#[test]
fn agrees_with_v8() {
    let mut input = format!("{UNICODE_VERSION}\n");
    for spelling in spellings() {
        write_property(&mut input, &spelling);
    }
    write_classes(&mut input);
    write_case(&mut input, "i", CaseMode::Legacy, 0xFFFF);
    write_case(&mut input, "iu", CaseMode::Unicode, 0x10_FFFF);

    let differences = support::ask_node("unicode/judge.mjs", &input);
    // a V8 with another version of Unicode is expected to differ
    if differences.starts_with("skipped:") {
        return;
    }
    let lines: Vec<_> = differences.lines().collect();
    let shown = lines.iter().take(40).map(|line| line.chars().take(300).collect::<String>());
    assert!(
        lines.is_empty(),
        "{} differences:\n{}",
        lines.len(),
        shown.collect::<Vec<_>>().join("\n")
    );
}

/// Every name in the right place, in wrong places, and misspelled.
fn spellings() -> BTreeSet<String> {
    let mut spellings = BTreeSet::new();
    for name in NAMES.lines() {
        spellings.insert(name.to_owned());
        for property in ["gc", "sc", "scx", "General_Category", "Script", "Script_Extensions"] {
            spellings.insert(format!("{property}={name}"));
        }
        for mutation in [
            name.to_lowercase(),
            name.to_uppercase(),
            name.replace('_', ""),
            name.replace('_', " "),
            name.replace('_', "-"),
            format!("Is{name}"),
            format!("In{name}"),
            format!("is{name}"),
            format!("{name} "),
            format!(" {name}"),
            format!("{name}_"),
            format!("{name}="),
            format!("={name}"),
            format!("{name}=Y"),
            format!("{name}=True"),
            format!("{name}=1"),
            format!("{name}={name}"),
            format!("blk={name}"),
            format!("Gc={name}"),
            format!("GC={name}"),
            format!("SC={name}"),
            format!("script={name}"),
            format!("sc={}", name.to_lowercase()),
            format!("sc={}", name.replace('_', "")),
            format!("gc={}", name.to_lowercase()),
        ] {
            spellings.insert(mutation);
        }
    }
    let odd = ["", "=", "^Lu", "L", "sc==Latn", "sc:Latn", "Block=Basic_Latin", "InBasic_Latin"];
    spellings.extend(odd.map(str::to_owned));
    spellings
}

fn write_property(input: &mut String, spelling: &str) {
    let (name, value) = match spelling.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (spelling, None),
    };
    let plain = property(name, value, false);
    let sets = property(name, value, true);
    write!(
        input,
        "property\t{spelling}\t{}\t{}\t",
        i32::from(plain.is_some()),
        i32::from(sets.is_some())
    )
    .expect("a string takes all");
    match (plain, sets) {
        (Some(plain), Some(Property::Set(set))) => {
            assert_eq!(plain, Property::Set(set.clone()), "{spelling}");
            input.push_str(&ranges(&set));
            input.push('\t');
        }
        (None, Some(Property::Strings { singles, strings })) => {
            input.push_str(&ranges(&singles));
            input.push('\t');
            input.push_str(&strings.iter().map(|s| code_points(s)).collect::<Vec<_>>().join(","));
        }
        (None, None) => input.push('\t'),
        other => panic!("{spelling}: {other:?}"),
    }
    input.push('\n');
}

fn write_classes(input: &mut String) {
    for (source, flags, set) in [
        (r"\s", "u", whitespace(false)),
        (r"\s", "iu", whitespace(false)),
        (r"\d", "iu", digits(false)),
        (r"\w", "u", word(false, false)),
        (r"\w", "iu", word(true, false)),
        (r"\w", "iv", word(true, false)),
    ] {
        writeln!(input, "class\t{source}\t{flags}\t{}", ranges(&set)).expect("a string takes all");
    }
}

fn write_case(input: &mut String, flags: &str, mode: CaseMode, last: u32) {
    let mut classes = BTreeSet::new();
    for c in 0..=last {
        let mut set = CodePointSet::single(c);
        close_over_case(&mut set, mode);
        if set.len() > 1 {
            classes.insert(
                set.ranges().iter().flat_map(|&(low, high)| low..=high).collect::<Vec<_>>(),
            );
        }
    }
    let classes: Vec<_> = classes.iter().map(|class| code_points(class)).collect();
    writeln!(input, "case\t{flags}\t{}", classes.join(",")).expect("a string takes all");
}

fn ranges(set: &CodePointSet) -> String {
    set.ranges().iter().map(|(low, high)| format!("{low:X}-{high:X}")).collect::<Vec<_>>().join(",")
}

fn code_points(string: &[u32]) -> String {
    string.iter().map(|c| format!("{c:X}")).collect::<Vec<_>>().join(".")
}
