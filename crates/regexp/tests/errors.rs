//! Messages for authors: V8's own words for the same fault, and where the fault is.

use std::fmt::Write as _;

use known_failures_regexp::{Pattern, PatternError, PatternErrorKind, limits};

mod support;

use support::{ask_node, units};

/// Source, flags, V8's words, and the offset in the source (of the last ones, in the flags).
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &str, u32)] = &[
    ("*", "", "Nothing to repeat", 0),
    ("a**", "", "Nothing to repeat", 2),
    ("a++", "", "Nothing to repeat", 2),
    ("a?+", "", "Nothing to repeat", 2),
    ("a{1}{2}", "", "Nothing to repeat", 4),
    ("{1}", "u", "Nothing to repeat", 0),
    ("^*", "", "Nothing to repeat", 1),
    ("(?:+)", "", "Nothing to repeat", 3),
    ("a|*", "", "Nothing to repeat", 2),
    ("(?<=a)*", "", "Invalid quantifier", 6),
    ("(?<!a){1}", "", "Invalid quantifier", 6),
    ("(?=a)?", "u", "Invalid quantifier", 5),
    ("(?<=a){", "u", "Incomplete quantifier", 6),
    ("a{2,1}", "", "numbers out of order in {} quantifier", 1),
    ("a{", "u", "Incomplete quantifier", 1),
    ("a{1", "u", "Incomplete quantifier", 1),
    ("a{,3}", "u", "Incomplete quantifier", 1),
    ("{", "u", "Lone quantifier brackets", 0),
    ("a}", "v", "Lone quantifier brackets", 1),
    ("a]", "u", "Lone quantifier brackets", 1),
    ("a)b", "", "Unmatched ')'", 1),
    ("a(b", "", "Unterminated group", 1),
    ("a(b(c", "", "Unterminated group", 3),
    ("a(b(c)", "", "Unterminated group", 1),
    ("(?:a|(b)", "", "Unterminated group", 0),
    ("(?=a", "", "Unterminated group", 0),
    ("a(?<n>b", "", "Unterminated group", 1),
    ("(?", "", "Invalid group", 0),
    ("x(?P<n>a)", "", "Invalid group", 1),
    ("x(?>a)", "", "Invalid group", 1),
    ("x(?#a)", "", "Invalid group", 1),
    ("x(?'n'a)", "", "Invalid group", 1),
    ("x(?i)a", "", "Invalid group", 1),
    ("x(?i", "", "Invalid group", 1),
    ("x(?ii:a)", "", "Invalid group", 4),
    ("x(?i-i:a)", "", "Invalid group", 5),
    ("x(?-:a)", "", "Invalid group", 4),
    ("x(?i--m:a)", "", "Invalid group", 5),
    ("x(?ix:a)", "", "Invalid group", 4),
    ("x(?<", "", "Invalid capture group name", 1),
    ("x(?<n", "", "Invalid capture group name", 1),
    ("x(?<>a)", "", "Invalid capture group name", 4),
    ("x(?<1>a)", "", "Invalid capture group name", 4),
    ("x(?<n a>b)", "", "Invalid capture group name", 5),
    (r"x(?<n\x>b)", "", "Invalid capture group name", 5),
    (r"x(?<n\u>b)", "", "Invalid Unicode escape", 5),
    ("(?<n>a)(?<n>b)", "", "Duplicate capture group name", 7),
    (r"\k", "u", "Invalid named reference", 0),
    (r"(?<n>a)\k", "", "Invalid named reference", 7),
    (r"\k<n", "u", "Invalid capture group name", 0),
    (r"\k<1>", "u", "Invalid capture group name", 3),
    (r"\k<n>", "u", "Invalid named capture referenced", 0),
    (r"(?<n>a)\k<m>", "", "Invalid named capture referenced", 7),
    (r"a\", "", r"\ at end of pattern", 1),
    (r"[a\", "", r"\ at end of pattern", 2),
    (r"[a\", "v", r"\ at end of pattern", 2),
    (r"\a", "u", "Invalid escape", 0),
    (r"\-", "u", "Invalid escape", 0),
    (r"\x1", "u", "Invalid escape", 0),
    (r"\1", "u", "Invalid escape", 0),
    (r"(a)\2", "u", "Invalid escape", 3),
    (r"[\8]", "u", "Invalid escape", 1),
    (r"[\B]", "v", "Invalid escape", 1),
    (r"(?<n>a)[\k]", "", "Invalid escape", 8),
    (r"\01", "u", "Invalid decimal escape", 0),
    (r"[\1]", "u", "Invalid class escape", 1),
    (r"[\00]", "v", "Invalid class escape", 1),
    (r"\u", "u", "Invalid Unicode escape", 0),
    (r"\u{110000}", "u", "Invalid Unicode escape", 0),
    (r"\c", "u", "Invalid Unicode escape", 0),
    (r"[\c]", "v", "Invalid Unicode escape", 1),
    (r"\p", "u", "Invalid property name", 0),
    (r"\p{X}", "u", "Invalid property name", 0),
    (r"\p{RGI_Emoji}", "u", "Invalid property name", 0),
    (r"\P{RGI_Emoji}", "v", "Invalid property name", 0),
    (r"[\p{X}]", "u", "Invalid property name in character class", 1),
    (r"[a\P{X=Y}]", "v", "Invalid property name in character class", 2),
    ("a[", "", "Unterminated character class", 1),
    ("a[^b", "", "Unterminated character class", 1),
    ("a[b-", "", "Unterminated character class", 1),
    ("a[b", "u", "Unterminated character class", 1),
    ("a[b", "v", "Unterminated character class", 1),
    ("a[b[c", "v", "Unterminated character class", 3),
    ("a[b[c]", "v", "Unterminated character class", 1),
    ("a[b--", "v", "Unterminated character class", 1),
    (r"a[\q{b", "v", "Unterminated character class", 1),
    ("[b-a]", "", "Range out of order in character class", 1),
    ("[xb-a]", "v", "Range out of order in character class", 2),
    (r"[\w-a]", "u", "Invalid character class", 1),
    (r"[a-\w]", "u", "Invalid character class", 1),
    (r"[a-\w]", "v", "Invalid character class", 1),
    (r"[\w-a]", "v", "Invalid character class", 3),
    ("[a-b-c]", "v", "Invalid character class", 4),
    ("[a-[b]]", "v", "Invalid character class", 1),
    ("[[a]-b]", "v", "Invalid character class", 4),
    (r"[a-\q{b}]", "v", "Invalid character class", 1),
    ("[ab--c]", "v", "Invalid set operation in character class", 3),
    ("[a&&b--c]", "v", "Invalid set operation in character class", 5),
    ("[a--bc]", "v", "Invalid set operation in character class", 5),
    ("[a&&b-c]", "v", "Invalid set operation in character class", 5),
    ("[a-b&&c]", "v", "Invalid set operation in character class", 4),
    ("[&&a]", "v", "Invalid set operation in character class", 1),
    ("[a--&&b]", "v", "Invalid set operation in character class", 4),
    ("[a!!b]", "v", "Invalid set operation in character class", 2),
    ("[--a]", "v", "Invalid character in character class", 1),
    ("[a&&--b]", "v", "Invalid character in character class", 4),
    ("[a&&&b]", "v", "Invalid character in character class", 4),
    ("[a&&]", "v", "Invalid character in character class", 4),
    ("[a-]", "v", "Invalid character in character class", 3),
    ("[-a]", "v", "Invalid character in character class", 1),
    ("[a(]", "v", "Invalid character in character class", 2),
    (r"[\q{a(}]", "v", "Invalid character in character class", 5),
    (r"[^\q{ab}]", "v", "Negated character class may contain strings", 0),
    (r"[a[^\p{RGI_Emoji}]]", "v", "Negated character class may contain strings", 2),
    ("a", "q", "Invalid flags supplied to RegExp constructor 'q'", 0),
    ("a", "imi", "Invalid flags supplied to RegExp constructor 'imi'", 2),
    ("a", "uv", "Invalid flags supplied to RegExp constructor 'uv'", 1),
];

/// What V8 says of a group that is no group: newer versions, which know modifiers, are more exact.
const GROUP_FAULTS: [&str; 4] = [
    "Invalid group",
    "Invalid flag group",
    "Multiple dashes in flag group",
    "Repeated flag in flag group",
];

fn refusal(source: &str, flags: &str) -> PatternError {
    match Pattern::new(&units(source), &units(flags)) {
        Err(error) => error,
        Ok(_) => panic!("/{source:.60}/{flags:.60} is taken"),
    }
}

#[test]
fn a_message_is_the_words_of_v8_and_what_to_write() {
    for &(source, flags, words, offset) in REFUSED {
        let error = refusal(source, flags);
        let rest = error.message.strip_prefix(words).unwrap_or("no words of V8's");
        assert!(rest.is_empty() || rest.starts_with(": "), "/{source}/{flags}: {error}");
        assert_eq!(error.offset, offset, "/{source}/{flags}: {error}");
    }
}

#[test]
fn the_words_are_those_of_v8() {
    let mut input = String::new();
    for (source, flags, ..) in REFUSED {
        writeln!(input, "[{source:?},{flags:?}]").expect("a string takes all");
    }
    let output = ask_node("errors/judge.mjs", &input);
    assert_eq!(output.lines().count(), REFUSED.len());
    for (&(source, flags, words, _), said) in REFUSED.iter().zip(output.lines()) {
        let same = words == said || words == GROUP_FAULTS[0] && GROUP_FAULTS.contains(&said);
        assert!(same, "/{source}/{flags}: V8 says {said:?}, not {words:?}");
    }
}

#[test]
fn limits_have_words_of_v8_too() {
    let groups = "()".repeat(limits::MAX_CAPTURE_GROUPS as usize + 1);
    assert_eq!(refusal(&groups, "").message, "Too many captures");
    let large = refusal(&"a".repeat(limits::MAX_PROGRAM_INSTRUCTIONS + 1), "");
    assert_eq!(large.message, "Regular expression too large");
    assert_eq!(large.kind, PatternErrorKind::Limit);
}

#[test]
fn messages_tell_what_to_write() {
    for (source, flags, message) in [
        (
            "a++",
            "",
            "Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +",
        ),
        (
            "*.log",
            "",
            r"Nothing to repeat: a pattern is no glob, write .* for any text, or escape it as \*",
        ),
        ("+", "", r"Nothing to repeat: escape it as \+"),
        ("a]", "u", r"Lone quantifier brackets: escape it as \]"),
        ("a[b", "", r"Unterminated character class: close it with ] or escape it as \["),
        ("(?P<n>a)", "", "Invalid group: write (?<n>…) for a named group"),
        ("(?'n'a)", "", "Invalid group: write (?<n>…) for a named group"),
        ("(?P<>a)", "", "Invalid group: write (?<name>…) for a named group"),
        ("(?P=n)", "", r"Invalid group: write \k<n> for the text of a named group"),
        ("(?P>n)", "", "Invalid group: JavaScript has no recursion, write the group once more"),
        ("(?R)", "", "Invalid group: JavaScript has no recursion, write the group once more"),
        ("(?&n)", "", "Invalid group: JavaScript has no recursion, write the group once more"),
        ("(?-1)", "", "Invalid group: JavaScript has no recursion, write the group once more"),
        ("(?>a)", "", "Invalid group: JavaScript has no atomic groups, write (?:…)"),
        ("(?#a)", "", "Invalid group: JavaScript has no comments in patterns, leave it out"),
        ("(?|a)", "", "Invalid group: JavaScript has no branch reset, write (?:…)"),
        (
            "(a)?(?(1)b|c)",
            "",
            "Invalid group: JavaScript has no conditions in patterns, write (?:…|…) with both \
             branches",
        ),
        ("(?{ a })", "", "Invalid group: JavaScript runs no code in patterns, leave it out"),
        ("(?i)a", "", "Invalid group: pass the flag i beside the pattern, or write (?i:…)"),
        ("a(?im)", "", "Invalid group: pass the flags im beside the pattern, or write (?im:…)"),
        ("(?-i)a", "", "Invalid group: write (?-i:…) around what it is for"),
        ("(?s-i)a", "", "Invalid group: write (?s-i:…) around what it is for"),
        ("(?u)a", "", "Invalid group: pass the flag u beside the pattern"),
        ("(?U)a", "", "Invalid group: JavaScript has no flag U for a group"),
        (
            "(?ix: a )",
            "",
            "Invalid group: JavaScript has no flag x, leave out the white space and comments that \
             it allows",
        ),
        ("(?)", "", r"Invalid group: escape a ( that stands for itself as \("),
        ("(?-:a)", "", r"Invalid group: escape a ( that stands for itself as \("),
        (r"\A", "u", "Invalid escape: write ^ for the start of the text, without the flag m"),
        (r"[\-\_]", "v", "Invalid escape: leave out the backslash before _"),
        (r"\1", "u", "Invalid escape: the pattern has no such group"),
        (
            r"\Q(a\E",
            "",
            "Unterminated group: close it with ) or escape it as \\(. JavaScript has no \\Q and reads \
             it as Q: escape each special character by itself, as in \\( and \\.",
        ),
        (
            "[[:alpha:]]",
            "u",
            "Lone quantifier brackets: escape it as \\]. JavaScript has no [:alpha:] and reads its \
             characters: write [A-Za-z]",
        ),
        ("a{,3}", "u", "Incomplete quantifier: write {0,…} for no lower bound"),
        ("a{", "u", r"Incomplete quantifier: escape it as \{"),
    ] {
        assert_eq!(refusal(source, flags).message, message, "/{source}/{flags}");
    }
    let flags = "g".repeat(1000);
    let message = refusal("a", &flags).message;
    assert!(message.ends_with("g…': a flag is repeated") && message.len() < 120, "{message}");
}
