//! Every limit, in one table: name, unit, value, and what happens at it.
//!
//! `docs/limits.md` repeats [`ALL`]; `tests/documents.rs` keeps it in step. Sizes that only decide
//! how fast something is (windows, chunks, caches) are no limits and stay where they are used.

pub use regexp::limits::*;

/// Code units of the matched text that a verdict carries.
pub const MAX_MATCH_TEXT_UNITS: usize = 200;

/// Rules that an array from JavaScript may have. `new Array(4294967295)` is an array, too, and
/// reading it would keep the event loop for minutes.
pub const MAX_ARRAY_RULES: u32 = 1_000_000;

/// Patterns that a rule may have in `also`, and in `unless`.
pub const MAX_CONDITIONS: usize = 100;

/// Examples of a rule whose shape is checked, of those that match and of those that do not.
pub const MAX_CHECKED_EXAMPLES: usize = 1000;

/// Rules that an explanation lists, of those that match and of those whose scope does not.
pub const MAX_EXPLAINED_RULES: usize = 1000;

/// A limit, as the documentation has it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited.
    pub name: &'static str,
    /// The largest value that is allowed.
    pub value: u64,
    /// What `value` counts.
    pub unit: &'static str,
    /// What happens beyond it.
    pub beyond: &'static str,
}

/// Every limit. None can be changed. Those of errors and titles are `lib/api/limits.js`'s: a test
/// of the package compares them with the documentation.
pub const ALL: [Limit; 14] = [
    Limit {
        name: "text of an error, name of a test",
        value: MAX_TEXT_UNITS as u64,
        unit: "UTF-16 code units (V8's longest string)",
        beyond: "the text is cut",
    },
    Limit {
        name: "causes of an error",
        value: 16,
        unit: "causes, of `errors` and `cause`",
        beyond: "further causes are not read",
    },
    Limit {
        name: "array of errors",
        value: 1000,
        unit: "elements",
        beyond: "further elements are not read",
    },
    Limit {
        name: "errors and arrays within each other",
        value: 32,
        unit: "levels",
        beyond: "deeper ones are not read",
    },
    Limit {
        name: "array of titles",
        value: 1000,
        unit: "titles",
        beyond: "further titles are not read",
    },
    Limit {
        name: "array of rules",
        value: MAX_ARRAY_RULES as u64,
        unit: "rules",
        beyond: "the list is refused, `ERR_RULES_SHAPE`",
    },
    Limit {
        name: "`also` and `unless` of a rule",
        value: MAX_CONDITIONS as u64,
        unit: "patterns each",
        beyond: "the rule is refused, `ERR_RULE_VALUE`",
    },
    Limit {
        name: "compiled pattern",
        value: MAX_PROGRAM_INSTRUCTIONS as u64,
        unit: "instructions",
        beyond: "the rule is refused, `ERR_PATTERN_LIMIT`",
    },
    Limit {
        name: "capture groups of a pattern",
        value: MAX_CAPTURE_GROUPS as u64,
        unit: "groups (V8's own limit)",
        beyond: "the rule is refused, `ERR_PATTERN_SYNTAX`",
    },
    Limit {
        name: "search by a pattern with back-references",
        value: MAX_BACKREFERENCE_STEPS,
        unit: "steps per text",
        beyond: "the rule is `undecided`",
    },
    Limit {
        name: "search by a pattern with counted loops",
        value: COUNTED_STEPS_PER_UNIT,
        unit: "steps per UTF-16 code unit of the text, and 20,000,000 more",
        beyond: "the rule is `undecided`",
    },
    Limit {
        name: "memory of one match",
        value: MAX_MATCH_BYTES as u64,
        unit: "bytes",
        beyond: "the rule is `undecided`",
    },
    Limit {
        name: "matched text in a verdict",
        value: MAX_MATCH_TEXT_UNITS as u64,
        unit: "UTF-16 code units",
        beyond: "the matched text is cut, its offsets are not",
    },
    Limit {
        name: "each list of an explanation",
        value: MAX_EXPLAINED_RULES as u64,
        unit: "rules",
        beyond: "the list is cut, and `truncated` is true",
    },
];
