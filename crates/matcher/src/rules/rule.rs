//! A rule as the matcher knows it.

use super::Expiry;
use crate::ids::RuleIndex;
use crate::moment::Moment;
use regexp::text::SharedText;

/// An ECMAScript pattern as written, not yet compiled. The compiled pattern shares the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatternSource {
    /// What is between the slashes; lone surrogates are legal.
    pub source: SharedText,
    /// The flags (`i`, `m`, …), in any order.
    pub flags: Box<[u16]>,
}

/// One known failure: an error that matches `error`, in a test that `test` allows, is `issue`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Index in the list as given, from 0; rejected rules count.
    pub index: RuleIndex,
    /// The issue's name, handed back as written.
    pub issue: SharedText,
    /// The rule's own name, if it has one.
    pub id: Option<SharedText>,
    /// What the error text must match. An empty source matches every text.
    pub error: PatternSource,
    /// The scope: what the test's name must match. `None`: every test.
    pub test: Option<PatternSource>,
    /// The fields that most rules lack. `None`: the rule lacks all of them.
    pub rare: Option<Box<RareFields>>,
}

/// Fields that most rules lack. They are kept apart, so that those rules are no larger for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RareFields {
    /// The link to the issue, handed back as written.
    pub url: Option<Box<[u16]>>,
    /// Whether the rule is switched off.
    pub is_disabled: bool,
    /// Until when it is in force. `None`: for ever.
    pub expires: Option<Expiry>,
    /// What the error text must match besides [`Rule::error`].
    pub also: Box<[PatternSource]>,
    /// What the error text must not match.
    pub unless: Box<[PatternSource]>,
    /// What is wrong with its examples, which are not kept.
    pub bad_examples: Option<Box<str>>,
}

/// Why a good rule is not in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idle {
    /// It is switched off.
    Disabled,
    /// Its time is over.
    Expired,
}

impl Rule {
    /// Whether it is in force at this time, or else why not.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn standing(&self, now: Moment) -> Result<(), Idle> {
        let Some(rare) = &self.rare else { return Ok(()) };
        if rare.is_disabled {
            return Err(Idle::Disabled);
        }
        match &rare.expires {
            Some(expiry) if expiry.at <= now => Err(Idle::Expired),
            _ => Ok(()),
        }
    }

    /// Further patterns that the error text must match.
    pub fn also(&self) -> &[PatternSource] {
        self.rare.as_ref().map_or(&[], |rare| &rare.also)
    }

    /// Patterns that the error text must not match.
    pub fn unless(&self) -> &[PatternSource] {
        self.rare.as_ref().map_or(&[], |rare| &rare.unless)
    }
}
