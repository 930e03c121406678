//! The fields of a rule, in one table.
//!
//! Both readers (JSON text and JavaScript arrays), the check of a rule, [`FieldNames`], the
//! TypeScript interface and the table in `docs/rules.md` follow [`RuleField::ALL`]. A new field is
//! an entry in [`FIELDS`], a variant of [`RuleField`] and its meaning in
//! [`validate`](super::validate); the compiler and `tests/documents.rs` name the places.

use std::ops::{Index, IndexMut};

/// A field of a rule, in the order in which fields are checked and documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleField {
    /// The name of the issue.
    Issue,
    /// The error pattern.
    Error,
    /// The test scope.
    Test,
    /// The flags of the error pattern.
    Flags,
    /// The rule's own name.
    Id,
    /// The link to the issue.
    Url,
    /// Whether the rule is in force.
    Enabled,
    /// Until when it is.
    Expires,
    /// Further patterns that the error must match.
    Also,
    /// Patterns that the error must not match.
    Unless,
    /// Texts to test the rule with.
    Examples,
}

/// What a field may hold. Absent, null and undefined are the same for every kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A string that is handed back as written, or a number, which is handed back as its text.
    Text,
    /// A string that is handed back as written.
    String,
    /// A source string, an object `{ source, flags }`, or in an array of rules a `RegExp`.
    Pattern,
    /// The flags of a regular expression, in a string.
    Flags,
    /// True or false.
    Boolean,
    /// A day or a time, in a string; see [`super::Expiry`].
    Date,
    /// An array of what [`Self::Pattern`] may hold.
    Patterns,
    /// An object with arrays `match` and `noMatch`, of strings or objects `{ test, error }`. A rule
    /// of which they have another shape is in force all the same.
    Examples,
}

/// Whether a rule needs a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A rule without it is rejected. What such a rule lacks, to end "a rule needs …".
    Required(&'static str),
    /// What holds for a rule without it.
    Default(&'static str),
}

/// What there is to know about a field.
#[derive(Debug)]
pub struct FieldSpec {
    /// The field.
    pub field: RuleField,
    /// Its key in a rule unless [`FieldNames`] gives another, and its name in reports.
    pub key: &'static str,
    /// What it may hold.
    pub kind: FieldKind,
    /// Whether a rule needs it.
    pub presence: Presence,
    /// What it does, for the documentation.
    pub meaning: &'static str,
}

/// The table.
static FIELDS: [FieldSpec; RuleField::COUNT] = [
    FieldSpec {
        field: RuleField::Issue,
        key: "issue",
        kind: FieldKind::Text,
        presence: Presence::Required("the name of its issue"),
        meaning: "The name of the issue. Returned unchanged as `Verdict.issue`; a number as its \
                  decimal text.",
    },
    FieldSpec {
        field: RuleField::Error,
        key: "error",
        kind: FieldKind::Pattern,
        presence: Presence::Required("a pattern that the error must match"),
        meaning: "Must match the text of the error, anywhere unless the pattern is anchored. An \
                  empty pattern matches every text.",
    },
    FieldSpec {
        field: RuleField::Test,
        key: "test",
        kind: FieldKind::Pattern,
        presence: Presence::Default("every test; an empty pattern means the same"),
        meaning: "The scope: must match the name of the test. A string has no flags here; an \
                  object with `source` and `flags` has.",
    },
    FieldSpec {
        field: RuleField::Flags,
        key: "flags",
        kind: FieldKind::Flags,
        presence: Presence::Default("those of `error`, else `LoadOptions.flags`, else none"),
        meaning: "The flags of `error`. Beside a `RegExp` they replace its flags, as in \
                  `new RegExp(regexp, flags)`; beside `{ source, flags }` the object's own win.",
    },
    FieldSpec {
        field: RuleField::Id,
        key: "id",
        kind: FieldKind::Text,
        presence: Presence::Default("null in the verdict"),
        meaning: "Your name for the rule. Returned unchanged as `Verdict.id`; a number as its \
                  decimal text.",
    },
    FieldSpec {
        field: RuleField::Url,
        key: "url",
        kind: FieldKind::String,
        presence: Presence::Default("null in the verdict"),
        meaning: "The link to the issue. Returned unchanged as `Verdict.url`.",
    },
    FieldSpec {
        field: RuleField::Enabled,
        key: "enabled",
        kind: FieldKind::Boolean,
        presence: Presence::Default("true"),
        meaning: "`false`: the rule is not in force, and counts in `LoadReport.disabled`.",
    },
    FieldSpec {
        field: RuleField::Expires,
        key: "expires",
        kind: FieldKind::Date,
        presence: Presence::Default("never"),
        meaning: "The last day on which the rule is in force, `YYYY-MM-DD` in UTC, or the time at \
                  which it ends, like `2026-12-31T18:00:00Z`, with `Z` or an offset.",
    },
    FieldSpec {
        field: RuleField::Also,
        key: "also",
        kind: FieldKind::Patterns,
        presence: Presence::Default("no condition; an empty array means the same"),
        meaning: "Each must match the text of the error, too, anywhere. A string has no flags \
                  here. `Verdict.match` is that of `error`.",
    },
    FieldSpec {
        field: RuleField::Unless,
        key: "unless",
        kind: FieldKind::Patterns,
        presence: Presence::Default("no condition; an empty array means the same"),
        meaning: "None may match the text of the error. A string has no flags here.",
    },
    FieldSpec {
        field: RuleField::Examples,
        key: "examples",
        kind: FieldKind::Examples,
        presence: Presence::Default("none"),
        meaning: "Errors to test the rule with, each a text or `{ test, error }`: in `match` \
                  those that it must match, in `noMatch` those that it must not. No verdict \
                  depends on them.",
    },
];

impl RuleField {
    /// How many fields there are.
    pub const COUNT: usize = 11;

    /// Every field, in order.
    pub const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::Issue; Self::COUNT];
        let mut at = 0;
        while at < all.len() {
            all[at] = FIELDS[at].field;
            assert!(all[at] as usize == at, "the table has another order than the variants");
            at += 1;
        }
        all
    };

    /// The field's entry in the table.
    pub const fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }
}

/// A value for each field of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerField<T>([T; RuleField::COUNT]);

impl<T> PerField<T> {
    /// `values`: in the order of [`RuleField::ALL`].
    pub(super) const fn new(values: [T; RuleField::COUNT]) -> Self {
        Self(values)
    }

    pub(super) fn from_fn(value: impl FnMut(RuleField) -> T) -> Self {
        Self(RuleField::ALL.map(value))
    }

    /// The values in the order of [`RuleField::ALL`].
    pub fn as_array(&self) -> &[T; RuleField::COUNT] {
        &self.0
    }

    /// The same values, but for one field.
    #[must_use]
    pub fn with(mut self, field: RuleField, value: impl Into<T>) -> Self {
        self[field] = value.into();
        self
    }
}

impl<T> Index<RuleField> for PerField<T> {
    type Output = T;

    fn index(&self, field: RuleField) -> &T {
        &self.0[field as usize]
    }
}

impl<T> IndexMut<RuleField> for PerField<T> {
    fn index_mut(&mut self, field: RuleField) -> &mut T {
        &mut self.0[field as usize]
    }
}

/// The keys under which a user's list keeps the fields. By default the fields' own names.
pub type FieldNames = PerField<String>;

impl Default for FieldNames {
    fn default() -> Self {
        Self::from_fn(|field| field.spec().key.into())
    }
}
