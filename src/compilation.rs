//! From the rules of a list to their patterns, and to what each of those requires of a text.
//!
//! Most of the time that loading takes goes into this, and no rule needs another: a long list is compiled in stretches, at
//! the same time. What comes out is the same however it is divided.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::parallel;
use crate::prefilter::{Extractor, Required, Requirements};
use crate::regexp::{Pattern, PatternError, PatternErrorKind, Reader};
use crate::rules::{ContentHash, PatternSource, Rejection, RejectionCode, Rule, RuleField};

/// A list whose rules were compiled.
pub(crate) struct Compilation {
    /// What became of each entry of the list; `None` if it was refused before.
    pub(crate) rules: Vec<Option<Result<Compiled, Box<Rejection>>>>,
    pub(crate) requirements: ListRequirements,
}

/// What was made of a rule's patterns. Rules with the same pattern share it.
pub(crate) struct Compiled {
    pub(crate) error: Arc<Pattern>,
    pub(crate) test: Option<Arc<Pattern>>,
    /// What `error` requires.
    pub(crate) requirement: RequirementId,
    /// Of what the rule says.
    pub(crate) content_hash: u64,
}

/// A requirement of a list.
#[derive(Clone, Copy)]
pub(crate) struct RequirementId {
    stretch: u32,
    number: u32,
}

/// What the error patterns of a list require, by stretch.
pub(crate) struct ListRequirements(Vec<Requirements>);

impl ListRequirements {
    pub(crate) fn get(&self, id: RequirementId) -> Required<'_> {
        self.0[id.stretch as usize].get(id.number)
    }
}

impl Compilation {
    pub(crate) fn of(entries: &[Result<Rule, Rejection>]) -> Self {
        let stretches = parallel::in_stretches(entries, Stretch::compile);
        let mut rules = Vec::with_capacity(entries.len());
        let mut requirements = Vec::with_capacity(stretches.len());
        let mut earlier: Vec<Known> = Vec::new();
        for mut stretch in stretches {
            for (entry, compiled) in entries[rules.len()..].iter().zip(&mut stretch.rules) {
                if let (Ok(rule), Some(Ok(compiled))) = (entry, compiled) {
                    compiled.requirement.stretch = requirements.len() as u32;
                    compiled.share(rule, &earlier);
                }
            }
            rules.append(&mut stretch.rules);
            requirements.push(stretch.patterns.requirements);
            earlier.push(stretch.patterns.known);
        }
        Self { rules, requirements: ListRequirements(requirements) }
    }
}

impl Compiled {
    /// Takes the patterns that an earlier stretch has read, too, instead of its own.
    fn share(&mut self, rule: &Rule, earlier: &[Known]) {
        let find = |source| {
            let read = earlier.iter().find_map(|known| known.get(source)?.as_ref().ok())?;
            Some(Arc::clone(&read.pattern))
        };
        if let Some(known) = find(&rule.error) {
            self.error = known;
        }
        if let Some(known) = rule.test.as_ref().and_then(find) {
            self.test = Some(known);
        }
    }
}

/// Some rules of a list, one after the other.
struct Stretch<'r> {
    patterns: Patterns<'r>,
    rules: Vec<Option<Result<Compiled, Box<Rejection>>>>,
}

impl<'r> Stretch<'r> {
    fn compile(entries: &'r [Result<Rule, Rejection>]) -> Self {
        let mut patterns = Patterns::of(entries);
        let rules = entries
            .iter()
            .map(|entry| entry.as_ref().ok().map(|rule| compile(rule, &mut patterns)))
            .collect();
        Self { patterns, rules }
    }
}

fn compile<'r>(rule: &'r Rule, patterns: &mut Patterns<'r>) -> Result<Compiled, Box<Rejection>> {
    // boxed, for of every rule such a result is kept, and few are refused
    let boxed = |field, error| Box::new(refusal(rule, field, error));
    let (error, number) =
        patterns.error(&rule.error).map_err(|error| boxed(RuleField::Error, error))?;
    let test = rule.test.as_ref().map(|test| patterns.scope(test)).transpose();
    let test = test.map_err(|error| boxed(RuleField::Test, error))?;
    // here, for what was read just now is still in the caches
    let content_hash = ContentHash::of_rule(rule);
    Ok(Compiled { error, test, requirement: RequirementId { stretch: 0, number }, content_hash })
}

/// The patterns read so far, by what was written.
type Known<'r> = FxHashMap<&'r PatternSource, Result<ReadPattern, Box<PatternError>>>;

/// The patterns of a stretch. Scopes repeat in real lists, and so do errors in different scopes.
struct Patterns<'r> {
    known: Known<'r>,
    /// What error patterns require of a text.
    requirements: Requirements,
    reader: Reader,
    extractor: Extractor,
}

struct ReadPattern {
    pattern: Arc<Pattern>,
    /// Its number in `Patterns::requirements`, if it is some rule's error pattern: of a scope nobody asks.
    requirement: Option<u32>,
}

impl<'r> Patterns<'r> {
    /// With room for the error patterns of these entries.
    fn of(entries: &[Result<Rule, Rejection>]) -> Self {
        let count = entries.len();
        let units = entries.iter().flatten().map(|rule| rule.error.source.len()).sum();
        Self {
            known: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
            requirements: Requirements::with_room(count, units),
            reader: Reader::default(),
            extractor: Extractor::default(),
        }
    }

    /// The pattern of a test scope.
    fn scope(&mut self, source: &'r PatternSource) -> Result<Arc<Pattern>, PatternError> {
        let read = match self.known.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let read = self.reader.read(&source.source, &source.flags).map_err(Box::new);
                new.insert(read.map(|(pattern, _)| ReadPattern {
                    pattern: Arc::new(pattern),
                    requirement: None,
                }))
            }
        };
        match read {
            Ok(read) => Ok(Arc::clone(&read.pattern)),
            Err(error) => Err((**error).clone()),
        }
    }

    /// An error pattern, and the number of what it requires.
    fn error(&mut self, source: &'r PatternSource) -> Result<(Arc<Pattern>, u32), PatternError> {
        let Self { known, requirements, reader, extractor } = self;
        let PatternSource { source: text, flags } = source;
        let known = match known.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let read = reader.read(text, flags).map_err(Box::new);
                new.insert(read.map(|(pattern, ast)| ReadPattern {
                    pattern: Arc::new(pattern),
                    requirement: Some(extractor.requirement(ast, requirements)),
                }))
            }
        };
        let known = known.as_mut().map_err(|error| (**error).clone())?;
        let requirement = match known.requirement {
            Some(requirement) => requirement,
            // so far it was a scope only
            None => {
                let (_, ast) = reader.read(text, flags)?;
                *known.requirement.insert(extractor.requirement(ast, requirements))
            }
        };
        Ok((Arc::clone(&known.pattern), requirement))
    }
}

#[cold]
fn refusal(rule: &Rule, pattern: RuleField, error: PatternError) -> Rejection {
    let code = match error.kind {
        PatternErrorKind::Syntax => RejectionCode::Syntax,
        PatternErrorKind::Flags => RejectionCode::Flags,
        PatternErrorKind::Limit => RejectionCode::Limit,
    };
    Rejection {
        index: rule.index,
        id: rule.id.clone(),
        issue: Some(rule.issue.clone()),
        // a scope's flags are part of its own field
        field: match (code, pattern) {
            (RejectionCode::Flags, RuleField::Error) => RuleField::Flags,
            _ => pattern,
        },
        code,
        message: error.message,
        offset: Some(error.offset),
    }
}
