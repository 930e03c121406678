//! From the rules of a list to their patterns, and to what each of those requires of a text.
//!
//! Most of the time that loading takes goes into this, and no rule needs another: the two halves of
//! a long list are compiled at the same time. The outcome does not depend on the division.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::ids::PatternId;
use crate::parallel;
use crate::prefilter::{self, Extractor, Letters, RequirementRef, Requirements};
use crate::rules::{ContentHash, PatternSource, Rejection, RejectionCode, Rule, RuleField};
use regexp::syntax::ast::Ast;
use regexp::{Pattern, PatternError, PatternErrorKind, PatternWarning, Reader};

/// A list whose rules were compiled.
pub(crate) struct Compilation {
    /// What became of each rule.
    pub(crate) rules: Vec<Result<Compiled, Box<Rejection>>>,
    /// By pattern id, side by side in memory: in a long list each other place is a cache miss.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) requirements: ListRequirements,
    /// Of the few patterns that have a construct of another dialect.
    pub(crate) dialects: Dialects,
}

/// Constructs of other dialects, by the pattern's id.
pub(crate) type Dialects = FxHashMap<PatternId, Vec<PatternWarning>>;

/// What was made of a rule's patterns. Rules with the same pattern share it.
pub(crate) struct Compiled {
    pub(crate) error: PatternId,
    pub(crate) test: Option<PatternId>,
    /// `None`: it has neither `also` nor `unless`.
    pub(crate) conditions: Option<Box<Conditions>>,
    /// What `error` requires, and `also`.
    pub(crate) requirement: RequirementId,
    /// Of everything in the rule that decides a verdict.
    pub(crate) content_hash: u64,
}

/// What else the text of an error must match and must not match.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    pub(crate) also: Box<[PatternId]>,
    pub(crate) unless: Box<[PatternId]>,
}

/// A requirement of a list: which of its part's.
#[derive(Clone, Copy)]
pub(crate) struct RequirementId {
    part: u32,
    number: u32,
}

/// What the error patterns of a list require, by part.
pub(crate) struct ListRequirements(Vec<Requirements>);

impl ListRequirements {
    pub(crate) fn get(&self, id: RequirementId) -> RequirementRef<'_> {
        self.0[id.part as usize].get(id.number)
    }
}

impl Compilation {
    pub(crate) fn of(list: &[Rule]) -> Self {
        let letters = |rule: &Rule| {
            let PatternSource { source, flags } = &rule.error;
            Letters::of_source(source, flags.contains(&u16::from(b'i')))
        };
        let is_united = prefilter::uniting_pays(list.iter().map(letters));
        let parts = parallel::in_parts(list, |part| Part::compile(part, is_united));
        let mut rules = Vec::new();
        let mut patterns = Vec::new();
        let mut requirements = Vec::with_capacity(parts.len());
        let mut dialects = Dialects::default();
        let mut earlier: Vec<(Known, u32)> = Vec::new();
        for mut part in parts {
            let first = patterns.len() as u32;
            for (rule, compiled) in list[rules.len()..].iter().zip(&mut part.rules) {
                if let Ok(compiled) = compiled {
                    compiled.requirement.part = requirements.len() as u32;
                    compiled.join(rule, first, &earlier);
                }
            }
            if rules.is_empty() {
                rules = part.rules;
            } else {
                rules.append(&mut part.rules);
            }
            let Patterns { known, mut all, requirements: required, dialects: of_part, .. } =
                part.patterns;
            let of_list = |(PatternId(id), warnings)| (PatternId(first + id), warnings);
            dialects.extend(of_part.into_iter().map(of_list));
            if patterns.is_empty() {
                patterns = all;
            } else {
                patterns.append(&mut all);
            }
            requirements.push(required);
            earlier.push((known, first));
        }
        Self { rules, patterns, requirements: ListRequirements(requirements), dialects }
    }
}

impl Compiled {
    /// Translates pattern ids of a part into those of the list. `first`: the list's id of the
    /// part's first pattern. A pattern that an `earlier` part has read, too, is used instead of
    /// the part's own; each of those comes with its first id.
    fn join(&mut self, rule: &Rule, first: u32, earlier: &[(Known, u32)]) {
        let of_list = |id: PatternId, source| {
            let known = earlier.iter().find_map(|(known, first)| {
                let read = known.get(source)?.as_ref().ok()?;
                Some(PatternId(first + read.pattern.0))
            });
            known.unwrap_or(PatternId(first + id.0))
        };
        self.error = of_list(self.error, &rule.error);
        if let (Some(id), Some(source)) = (&mut self.test, &rule.test) {
            *id = of_list(*id, source);
        }
        if let Some(conditions) = &mut self.conditions {
            let Conditions { also, unless } = &mut **conditions;
            let also = also.iter_mut().zip(rule.also());
            for (id, source) in also.chain(unless.iter_mut().zip(rule.unless())) {
                *id = of_list(*id, source);
            }
        }
    }
}

/// Consecutive rules of a list.
struct Part<'r> {
    patterns: Patterns<'r>,
    rules: Vec<Result<Compiled, Box<Rejection>>>,
}

impl<'r> Part<'r> {
    fn compile(list: &'r [Rule], is_united: bool) -> Self {
        let mut patterns = Patterns::of(list, is_united);
        let rules = list.iter().map(|rule| compile(rule, &mut patterns)).collect();
        Self { patterns, rules }
    }
}

fn compile<'r>(rule: &'r Rule, patterns: &mut Patterns<'r>) -> Result<Compiled, Box<Rejection>> {
    // boxed: there is a result for every rule, and few are refused
    let boxed = |field, error| Box::new(refusal(rule, field, error));
    let (error, mut number) =
        patterns.error(&rule.error).map_err(|error| boxed(RuleField::Error, error))?;
    let test = rule.test.as_ref().map(|test| patterns.scope(test)).transpose();
    let test = test.map_err(|error| boxed(RuleField::Test, error))?;
    let mut conditions = None;
    if let Some(rare) = &rule.rare
        && !(rare.also.is_empty() && rare.unless.is_empty())
    {
        conditions = Some(Box::new(Conditions {
            also: compile_all(rule, RuleField::Also, &rare.also, patterns)?,
            unless: compile_all(rule, RuleField::Unless, &rare.unless, patterns)?,
        }));
        if !rare.also.is_empty() {
            number = patterns
                .requirement_of_all(&rule.error, &rare.also)
                .map_err(|error| boxed(RuleField::Error, error))?;
        }
    }
    // here, while what was just read is still in the caches
    let content_hash = ContentHash::of_rule(rule);
    let requirement = RequirementId { part: 0, number };
    Ok(Compiled { error, test, conditions, requirement, content_hash })
}

/// The patterns of `also` or of `unless`.
fn compile_all<'r>(
    rule: &Rule,
    field: RuleField,
    sources: &'r [PatternSource],
    patterns: &mut Patterns<'r>,
) -> Result<Box<[PatternId]>, Box<Rejection>> {
    let compiled = (0..).zip(sources).map(|(at, source): (usize, _)| {
        patterns.scope(source).map_err(|error| {
            let mut refusal = refusal(rule, field, error);
            refusal.message = format!("At index {at}: {}", refusal.message);
            Box::new(refusal)
        })
    });
    compiled.collect()
}

/// The patterns read so far, by their source.
type Known<'r> = FxHashMap<&'r PatternSource, Result<ReadPattern, Box<PatternError>>>;

/// The patterns of a part. Scopes repeat in real lists, and so do errors in different scopes.
struct Patterns<'r> {
    known: Known<'r>,
    /// By pattern id.
    all: Vec<Pattern>,
    /// What error patterns require of a text, and those of rules with `also` together with them.
    requirements: Requirements,
    dialects: Dialects,
    reader: Reader,
    extractor: Extractor,
}

struct ReadPattern {
    pattern: PatternId,
    /// Its number in `Patterns::requirements`. `None` if it is only a scope or a condition so far:
    /// they need none.
    requirement: Option<u32>,
}

impl<'r> Patterns<'r> {
    /// With room for the error patterns of these entries. `is_united`: as with
    /// [`Requirements::with_room`].
    fn of(list: &[Rule], is_united: bool) -> Self {
        let count = list.len();
        let bytes = list.iter().map(|rule| rule.error.source.bytes().len()).sum();
        let scopes = list.iter().filter(|rule| rule.test.is_some()).count();
        Self {
            known: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
            all: Vec::with_capacity(count + scopes),
            requirements: Requirements::with_room(count, bytes, is_united),
            dialects: Dialects::default(),
            reader: Reader::default(),
            extractor: Extractor::default(),
        }
    }

    /// A pattern that is not looked for by its literals: a test scope, a condition.
    fn scope(&mut self, source: &'r PatternSource) -> Result<PatternId, PatternError> {
        let Self { all, dialects, .. } = self;
        let read = match self.known.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let read = self.reader.read(&source.source, &source.flags).map_err(Box::new);
                new.insert(read.map(|(pattern, ast)| ReadPattern {
                    pattern: keep(pattern, ast, all, dialects),
                    requirement: None,
                }))
            }
        };
        match read {
            Ok(read) => Ok(read.pattern),
            Err(error) => Err((**error).clone()),
        }
    }

    /// An error pattern, and the number of what it requires.
    fn error(&mut self, source: &'r PatternSource) -> Result<(PatternId, u32), PatternError> {
        let Self { known, all, requirements, dialects, reader, extractor } = self;
        let PatternSource { source: text, flags } = source;
        let known = match known.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let read = reader.read(text, flags).map_err(Box::new);
                new.insert(read.map(|(pattern, ast)| ReadPattern {
                    pattern: keep(pattern, ast, all, dialects),
                    requirement: Some(extractor.requirement(ast, requirements)),
                }))
            }
        };
        let known = known.as_mut().map_err(|error| (**error).clone())?;
        let requirement = match known.requirement {
            Some(requirement) => requirement,
            // so far it was only a scope or a condition
            None => {
                let (_, ast) = reader.read(text, flags)?;
                *known.requirement.insert(extractor.requirement(ast, requirements))
            }
        };
        Ok((known.pattern, requirement))
    }

    /// The number of what an error pattern and others require together.
    fn requirement_of_all(
        &mut self,
        error: &PatternSource,
        others: &[PatternSource],
    ) -> Result<u32, PatternError> {
        let Self { requirements, reader, extractor, .. } = self;
        let mut emit = |PatternSource { source, flags }: &PatternSource| {
            let (_, ast) = reader.read(source, flags)?;
            Ok(extractor.emit(ast, requirements))
        };
        let error = emit(error)?;
        let others = others.iter().map(emit).collect::<Result<Vec<_>, _>>()?;
        Ok(requirements.finish_all(error, &others))
    }
}

/// Adds a pattern to the others and returns its id.
#[inline]
fn keep(pattern: Pattern, ast: &Ast, all: &mut Vec<Pattern>, dialects: &mut Dialects) -> PatternId {
    let id = PatternId(all.len() as u32);
    all.push(pattern);
    if !ast.warnings.is_empty() {
        note(id, ast, dialects);
    }
    id
}

#[cold]
fn note(id: PatternId, ast: &Ast, dialects: &mut Dialects) {
    dialects.insert(id, ast.warnings.clone());
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
        field: Some(match (code, pattern) {
            (RejectionCode::Flags, RuleField::Error) => RuleField::Flags,
            _ => pattern,
        }),
        code,
        message: error.message,
        offset: Some(error.offset),
    }
}
