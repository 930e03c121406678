//! Constructs of other dialects that JavaScript accepts: each is noted, where it starts, and what
//! JavaScript means by it is left as it is. What only looks like one is not noted.

use known_failures_regexp::text::SharedText;
use known_failures_regexp::{Pattern, Reader};

mod support;

use support::units;

fn warnings(source: &str, flags: &str) -> Vec<(u32, String)> {
    let mut reader = Reader::default();
    let (_, ast) = reader.read(&SharedText::of_str(source), &units(flags)).unwrap();
    ast.warnings.iter().map(|warning| (warning.offset, warning.message())).collect()
}

/// Source, flags, offset, and a part of what to write.
#[rustfmt::skip]
const NOTED: &[(&str, &str, u32, &str)] = &[
    (r"\AError", "", 0, "write ^ for the start"),
    (r"done\Z", "", 4, "write $ for the end"),
    (r"done\z", "i", 4, "write $ for the end"),
    (r"a\Q(b)\E", "", 1, "escape each special character"),
    (r"(b)\E", "", 3, "escape each special character"),
    (r"foo\Kbar", "", 3, "(?<=…)"),
    (r"\Ga", "", 0, "write ^"),
    (r"a\hb", "", 1, r"[ \t]"),
    (r"[\H]", "", 1, r"[^ \t]"),
    (r"a\Rb", "", 1, r"\r?\n"),
    (r"a\N", "", 1, "write . for anything but a line break"),
    (r"\X", "", 0, "with the flag u"),
    (r"\e\[31m", "", 0, r"\x1b"),
    (r"[\e]", "", 1, r"\x1b"),
    (r"\a", "", 0, r"\x07"),
    (r"(a)\g1", "", 3, r"\1 or \k<name>"),
    (r"(a)\k<n>", "", 3, r"\1 or \k<name>"),
    (r"\mword", "", 0, r"\b"),
    (r"\yword", "", 0, r"\b"),
    (r"\o{101}", "", 0, r"\x41"),
    (r"\x4", "", 0, r"\x41"),
    (r"\U0001F600", "", 0, r"\u00e9"),
    (r"a\j", "", 1, "leave out the backslash"),
    (r"\<word", "", 0, r"\b"),
    (r"word\>", "", 4, r"\b"),
    (r"\<a\> \<b\>", "", 0, r"\b"),
    (r"\x{41}BC", "", 0, r"\x41"),
    (r"\u{1F600}", "", 0, "add the flag u"),
    (r"\p{Lu}rror", "", 0, "add the flag u"),
    (r"a\P{L}", "i", 1, "add the flag u"),
    (r"[\p{Script=Greek}]", "", 1, "add the flag u"),
    (r"\pL", "", 0, r"as in \p{L}"),
    (r"\p{IsAlphabetic}", "", 0, r"as in \p{L}"),
    (r"\p{^Lu}", "", 0, r"as in \p{L}"),
    ("a[[:space:]]+b", "", 2, r"\s"),
    ("[^[:digit:]a]", "", 2, r"\d"),
    ("[a[:^alpha:]]", "", 2, "[A-Za-z]"),
    ("[[:upper:]]", "v", 1, "[A-Z]"),
    ("a[:space:]", "", 1, r"\s"),
    ("[[:<:]]word", "", 1, r"\b"),
    ("^[a-z&&[^b]]$", "", 5, "add the flag v"),
    (r"[\w&&\D]", "u", 3, "add the flag v"),
    ("[a[^b]]", "", 2, "add the flag v"),
    ("[a-z-[aeiou]]", "", 5, "add the flag v"),
    ("[]abc]", "", 0, r"write [\]"),
    ("a[^]]*", "", 1, r"write [^\]"),
    ("^a{,3}$", "", 2, "write {0,…}"),
    ("a{1, 3}", "", 1, "leave the space out"),
    ("a{2, }", "", 1, "leave the space out"),
    (r"\(foo\|bar\)", "", 0, "write ( | )"),
    (r"a\(b\)\(c\|d\)", "", 6, "write ( | )"),
    (r"/Timed out \d+/i", "", 0, "pass the flags beside the pattern"),
    ("/boom/", "", 0, "leave them out"),
    (r"/a[/]\/b/gu", "", 0, "leave them out"),
];

/// Source and flags.
#[rustfmt::skip]
const NOT_NOTED: &[(&str, &str)] = &[
    (r"\b\B\d\D\s\S\w\W\t\n\v\f\r\0\cA\x41\u0041", ""),
    (r"[\b\B\c]", ""),
    (r"\.\*\+\?\(\)\[\]\{\}\|\^\$\\\/\-\_\'\!\@\#\%\&\:\;\,\=\~\`", ""),
    (r"\p{Lu}\P{L}\u{41}", "u"),
    (r"\p{Lu}\P{L}\u{41}", "v"),
    (r"(?<n>a)\k<n>(?i:b)(?<=c)", ""),
    (r"(a)\1", ""),
    (r"\\A\\Z\\Q", ""),
    (r"\<\/script\>", ""),
    (r"\<!--", ""),
    (r"-\>", ""),
    (r"[\<a\>]", ""),
    (r"[\w&&[^b]]", "v"),
    ("[&&]", ""),
    ("[a&b&]", ""),
    ("[&&&a]", ""),
    (r"[[\]]", ""),
    ("[^[]*]", ""),
    ("[[]]", ""),
    ("[a[^b]", ""),
    ("[a[b]]", ""),
    ("[:a:]", ""),
    ("[::]", ""),
    ("[[:nothing:]]", ""),
    ("[[.a.]]", ""),
    ("[]", ""),
    ("[^]", ""),
    ("[^]*a", ""),
    ("(?:[]|a)]", ""),
    ("a{1,3}b{2}c{2,}", ""),
    ("{,3}", ""),
    (r"\{,3\}", ""),
    ("a{b}", ""),
    ("a{, }", ""),
    ("a{ }", ""),
    (r"\(a\)\|\(b\)", ""),
    (r"\|\|", ""),
    (r"(\(a\|b\))", ""),
    (r"(?:\(a\|b\))", ""),
    (r"\(a\|b\)|c", ""),
    ("/", ""),
    ("//", ""),
    ("/usr/bin/", ""),
    ("/usr/lib", ""),
    (r"\/boom\/", ""),
    (r"/boom\/i", ""),
    ("a/boom/", ""),
];

#[test]
fn constructs_of_other_dialects_are_noted() {
    for &(source, flags, offset, part) in NOTED {
        let found = warnings(source, flags);
        let [(at, message)] = &found[..] else { panic!("/{source}/{flags}: {found:?}") };
        assert_eq!(*at, offset, "/{source}/{flags}: {message}");
        assert!(message.contains(part), "/{source}/{flags}: {message}");
    }
}

#[test]
fn neighbours_are_not() {
    for &(source, flags) in NOT_NOTED {
        assert_eq!(warnings(source, flags), [], "/{source}/{flags}");
    }
}

#[test]
fn each_kind_is_noted_once_where_it_is_first() {
    let found = warnings(r"a\hb\h\Rc\h\R\Q.\E", "");
    assert_eq!(found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 6, 13]);
    // of one pattern only, whichever was read before
    let mut reader = Reader::default();
    for (source, count) in [(r"\A", 1), ("a", 0), (r"\A\Z", 2), (r"(\A", 0), ("b", 0)] {
        let read = reader.read(&SharedText::of_str(source), &[]);
        assert_eq!(read.map_or(0, |(_, ast)| ast.warnings.len()), count);
    }
}

#[test]
fn hostile_sources_take_linear_time() {
    for part in ["[^[^", "[]", "[[:", "{1,", "{,1", r"\(\|", r"\p{", "[a&&", "/", r"\u{1", "[:a"] {
        // refused or not: it ends
        let _ = Reader::default().read(&SharedText::of_str(&part.repeat(200_000)), &[]);
    }
}

#[test]
fn patterns_that_match_every_text_are_known() {
    for (source, flags) in [
        ("", ""),
        ("(?:)", ""),
        ("boom|", ""),
        ("|boom", ""),
        (".*", ""),
        ("a*", ""),
        ("a?", ""),
        ("^", ""),
        ("$", ""),
        ("^.*", ""),
        (".*$", ""),
        ("^|a", ""),
        ("(a*)", ""),
        ("(|a)+", ""),
        ("^.*$", "s"),
        ("^.*$", "m"),
        (r"^[\s\S]*$", ""),
        ("^[^]*$", ""),
        ("^(.*)$", "s"),
        ("(?=)", ""),
        ("(?=a*)b*", ""),
        ("a{0,3}", ""),
        ("()", ""),
        (r"\s*", ""),
        ("^(?:.*)+$", "s"),
        ("a*", "y"),
        ("^.*$", "sy"),
        (".*", "u"),
        ("^.*$", "su"),
    ] {
        assert!(
            Pattern::parse_str(source, flags).unwrap().matches_every_text(),
            "/{source}/{flags}"
        );
    }
    for (source, flags) in [
        (" ", ""),
        (".+", ""),
        (".", "s"),
        ("^$", ""),
        ("^.*$", ""),
        (r"\b", ""),
        (r"\B", ""),
        ("^a*$", ""),
        ("$", "y"),
        ("a*$", "y"),
        ("(?!a)", ""),
        ("(?=a)", ""),
        (r"(a*)\1b", ""),
        ("(?:^a*)*b", ""),
        ("$^", ""),
        ("(?:a|b)+", ""),
        ("^.+$", "s"),
        (".*boom.*", "s"),
    ] {
        assert!(
            !Pattern::parse_str(source, flags).unwrap().matches_every_text(),
            "/{source}/{flags}"
        );
    }
}
