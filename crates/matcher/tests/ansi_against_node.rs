//! Control sequences are stripped as Node's `util.stripVTControlCharacters` strips them, on what
//! terminals and test runners print. The last two tests say where we differ on purpose. Needs
//! `node` on the path.

use known_failures_matcher::text::strip_ansi;

mod node;
mod units;

use node::hex;
use units::with_lone;

/// Each of these stands before, in and after a text, and is followed by each of the others.
const PRINTED: &[&str] = &[
    // SGR: colours and styles, as chalk, picocolors, kleur and Node's own inspect print them
    "\x1b[0m",
    "\x1b[m",
    "\x1b[1m",
    "\x1b[22m",
    "\x1b[31m",
    "\x1b[39m",
    "\x1b[90m",
    "\x1b[107m",
    "\x1b[7;1;31m",
    "\x1b[0;32;49;3;9;4m",
    "\x1b[1;m",
    "\x1b[;1m",
    // 256 colours and true colour
    "\x1b[38;5;196m",
    "\x1b[48;5;0m",
    "\x1b[38;2;255;100;0m",
    "\x1b[48;2;0;0;0m",
    "\x1b[58;5;9m",
    // 8-bit CSI
    "\u{9b}31m",
    "\u{9b}0m",
    "\u{9b}38;5;196m",
    "\u{9b}2K",
    // the cursor: up, down, forth, back, next line, column, place, save, restore
    "\x1b[A",
    "\x1b[2A",
    "\x1b[1B",
    "\x1b[10C",
    "\x1b[3D",
    "\x1b[1E",
    "\x1b[1F",
    "\x1b[1G",
    "\x1b[G",
    "\x1b[H",
    "\x1b[10;20H",
    "\x1b[1;1f",
    "\x1b[s",
    "\x1b[u",
    "\x1b7",
    "\x1b8",
    "\x1b[6n",
    // erasing, inserting, scrolling
    "\x1b[K",
    "\x1b[0K",
    "\x1b[1K",
    "\x1b[2K",
    "\x1b[J",
    "\x1b[2J",
    "\x1b[3J",
    "\x1b[1L",
    "\x1b[1M",
    "\x1b[2P",
    "\x1b[1S",
    "\x1b[1T",
    "\x1b[1;24r",
    "\x1bc",
    "\x1bD",
    "\x1bE",
    "\x1bM",
    // DEC private modes: cursor, alternate screen, bracketed paste, mouse, synchronised output
    "\x1b[?25l",
    "\x1b[?25h",
    "\x1b[?1049h",
    "\x1b[?1049l",
    "\x1b[?2004h",
    "\x1b[?7l",
    "\x1b[?1000;1006h",
    "\x1b[?2026h",
    // character sets and keypads
    "\x1b(B",
    "\x1b)0",
    "\x1b=",
    "\x1b>",
    // OSC: titles, links, the working directory, progress, shell marks
    "\x1b]0;title\x07",
    "\x1b]2;node_modules/jest\x07",
    "\x1b]8;;https://example.org/a/b.html?c=d&e=%20#f\x07",
    "\x1b]8;;\x07",
    "\x1b]8;;https://example.org/\x1b\\",
    "\x1b]8;;\x1b\\",
    "\x1b]8;id=a1;https://example.org/a:8080/b\u{9c}",
    "\x1b]7;file://host/home/a\x07",
    "\x1b]9;4;1;50\x07",
    "\x1b]133;A\x07",
];

/// The ends of texts that were cut within a sequence.
const CUT: &[&str] = &[
    "\x1b",
    "\x1b[",
    "\u{9b}",
    "\x1b[3",
    "\x1b[31",
    "\x1b[38;5",
    "\x1b[38;5;19",
    "\x1b[?25",
    "\x1b]",
];

/// Plain texts that look a little like sequences.
const PLAIN: &[&str] = &[
    "",
    "plain",
    "[31m",
    "a\n\tb",
    "]8;;x\x07",
    "\u{9c}",
    "\u{9d}0;x",
    "12;3m",
    "→😀é",
    "\u{7}",
    "\\u001b[31m",
    "~",
];

fn in_hex(units: &[u16]) -> String {
    let mut text = String::new();
    hex(&mut text, units.iter().flat_map(|unit| unit.to_be_bytes()));
    text
}

#[test]
fn what_is_printed_is_stripped_as_node_does() {
    let mut texts: Vec<String> = PLAIN.iter().map(ToString::to_string).collect();
    for first in PRINTED {
        texts.push(format!("before{first}between\u{1b}[39mafter"));
        texts.push(format!("{first}→{first}\n{first}"));
        texts.extend(PRINTED.iter().map(|second| format!("a{first}{second}z")));
        texts.extend(PLAIN.iter().map(|plain| format!("{plain} {first} {plain}")));
        texts.extend(CUT.iter().map(|cut| format!("{first}a {cut}")));
    }
    texts.extend(CUT.iter().map(|cut| format!("Error: boom {cut}")));

    let input =
        texts.iter().fold(String::new(), |input, text| input + &in_hex(&with_lone(text)) + "\n");
    let output = node::run("ansi.mjs", &input);
    let mut differing = Vec::new();
    for (text, expected) in texts.iter().zip(output.lines()) {
        let actual = in_hex(&strip_ansi(with_lone(text)));
        if actual != expected {
            differing.push(format!("{text:?}: {actual}, Node {expected}"));
        }
    }
    assert_eq!(output.lines().count(), texts.len());
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

/// Node 20 leaves parts of these in the text. A terminal shows none of them, so neither do we.
#[test]
fn what_node_leaves_is_stripped_too() {
    for sequence in [
        // colours in the colon form of ISO 8613-6, as kitty and mintty take them
        "\x1b[38:5:196m",
        "\x1b[38:2::255:100:0m",
        "\x1b[4:3m",
        // private sequences that begin with another character than `?`
        "\x1b[>4;1m",
        // characters that Node's pattern does not know in a title or a link
        "\x1b]0;my title (1)\x07",
        "\x1b]8;;https://example.org/a+b,c\x07",
        "\x1b]8;;file:///C:/Program Files/a.js\x1b\\",
        "\x1b]1337;File=name=YQ==;inline=1:aGk=+/\x07",
        // a lone string terminator, UTF-8 mode, device control strings
        "\x1b\\",
        "\x1b%G",
        "\x1b[!p",
        "\x1b[1 q",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Ga=T;AAAA\x1b\\",
    ] {
        let text = format!("a{sequence}z");
        assert_eq!(strip_ansi(with_lone(&text)), with_lone("az"), "{text:?}");
    }
}

/// Of sequences that are cut short Node takes a part of the text, or leaves a part of the sequence.
#[test]
fn what_node_takes_too_much_or_too_little_of() {
    for (text, expected) in [
        // Node: "ttps://e" and "itle", for a letter may end what starts with `ESC ]`
        ("\x1b]8;;https://e", "\x1b]8;;https://e"),
        ("\x1b]0;title", "\x1b]0;title"),
        ("\x1b]8", "\x1b]8"),
        // Node leaves ";" and all of the other
        ("\x1b[31;", ""),
        ("\x1b[?", ""),
    ] {
        assert_eq!(strip_ansi(with_lone(text)), with_lone(expected), "{text:?}");
    }
}
