//! From a list of rules to a matcher: patterns are compiled, their literals indexed.
//!
//! [`compilation`] reads every pattern and extracts what it requires of a text. From there the
//! prefilter is built on one thread while another takes the rules apart.

mod compilation;
mod warnings;

use self::compilation::{Compilation, Compiled, Conditions};
use crate::counters::Counters;
use crate::ids::{RuleIndex, RuleSlot, Ticket};
use crate::matcher::{ActiveRule, IdleRule, Matcher, RareParts};
use crate::moment::Moment;
use crate::parallel;
use crate::prefilter::{Chosen, Prefilter, Shape, shape};
use crate::report::{Engines, Report, Warning};
use crate::rules::{
    ContentHash, Idle, LoadError, LoadErrorCode, Rejection, Rule, none_usable, refused_strictly,
};
use crate::text::TextOptions;
use crate::union::Union;

/// How a list is to be loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// How error texts are read.
    pub text: TextOptions,
    /// Whether one refused rule makes the whole list a refused one.
    pub strict: bool,
    /// The time of the load: what has expired by then is left out. `None`: the clock's.
    pub now: Option<Moment>,
}

/// What a matcher does not need of its list. It takes a while to drop: do so when nothing waits for
/// it.
#[must_use = "it takes a while to drop"]
pub struct Leftovers {
    _rules: Vec<Rule>,
}

impl Matcher {
    /// Compiles the rules of a list.
    ///
    /// `entries`: the list in list order, with the rules that were refused when it was read.
    ///
    /// # Errors
    ///
    /// [`LoadErrorCode::Strict`] if `options.strict` and any rule is refused, and
    /// [`LoadErrorCode::Unusable`] if every one of at least one is, with every refusal. A rule that
    /// is refused for a pattern has one of [`Syntax`], [`Flags`] and [`Limit`].
    ///
    /// [`Syntax`]: crate::rules::RejectionCode::Syntax
    /// [`Flags`]: crate::rules::RejectionCode::Flags
    /// [`Limit`]: crate::rules::RejectionCode::Limit
    pub fn build(
        entries: Vec<Result<Rule, Rejection>>,
        options: BuildOptions,
        ticket: Ticket,
    ) -> Result<(Self, Report, Leftovers), LoadError> {
        let BuildOptions { text, strict, now } = options;
        let now = now.unwrap_or_else(Moment::now);
        let total = entries.len();
        let (mut list, rejected) = read_rules(entries);
        let Compilation { rules: compiled, patterns, requirements, dialects } =
            Compilation::of(&list);
        let usable = compiled.iter().filter(|rule| rule.is_ok()).count();
        let refusal = if strict && usable < total {
            Some(LoadErrorCode::Strict)
        } else if usable == 0 && total > 0 {
            Some(LoadErrorCode::Unusable)
        } else {
            None
        };
        let in_force = list.iter().zip(&compiled).filter(|(rule, _)| rule.standing(now).is_ok());
        let in_force = in_force.filter_map(|(_, rule)| rule.as_ref().ok());
        let required = (0..).map(RuleSlot).zip(in_force);
        let required = required.map(|(slot, rule)| (slot, rule.requirement, rule.error));
        let required: Vec<_> = required.collect();
        let rule_of = |&(slot, id, _): &(RuleSlot, _, _)| (slot, requirements.get(id));
        let shape_of = |slot: RuleSlot, rarity: &_| {
            let pattern = &patterns[required[slot.offset()].2.offset()];
            pattern.outline().map_or(Shape::Unknown, |ast| shape(&ast, rarity))
        };
        let chosen = refusal.is_none().then(|| Chosen::of(&required, rule_of, shape_of));
        let (prefilter, activated) = parallel::both(
            total,
            || chosen.map(Prefilter::of),
            || Activated::new(&mut list, compiled, rejected, text, now),
        );
        drop((required, requirements));
        let Activated { rules, idle, mut warnings, rejected, content_hash } = activated;
        let Some(prefilter) = prefilter else {
            let (code, message) = match refusal {
                Some(LoadErrorCode::Strict) => {
                    (LoadErrorCode::Strict, refused_strictly(&rejected, total as u32))
                }
                _ => (LoadErrorCode::Unusable, none_usable(&rejected)),
            };
            return Err(LoadError { code, message, offset: None, rejected });
        };
        warnings.extend(warnings::of(&rules, &patterns, &dialects, prefilter.unfiltered()));
        warnings::sort(&mut warnings);
        let mut engines = Engines::default();
        for rule in &rules {
            engines.count(&patterns[rule.error.offset()]);
        }
        let indexes = |slots: &[RuleSlot]| -> Vec<RuleIndex> {
            slots.iter().map(|slot| rules[slot.offset()].index).collect()
        };
        let report = Report {
            version: format!("{}-{content_hash:08x}", ticket.number()),
            total: total as u32,
            active: rules.len() as u32,
            rejected,
            disabled: idle.iter().filter(|rule| rule.why == Idle::Disabled).count() as u32,
            expired: idle.iter().filter(|rule| rule.why == Idle::Expired).count() as u32,
            warnings,
            scoped: rules.iter().filter(|rule| rule.test.is_some()).count() as u32,
            engines,
            short_literals: indexes(prefilter.short()),
            no_literals: indexes(prefilter.unfiltered()),
        };
        let expiries = rules.iter().map(ActiveRule::expires);
        let (has_expiries, last_expiry) =
            (expiries.clone().any(|at| at < Moment::NEVER), expiries.max());
        let union = |slots: &[RuleSlot]| {
            let with_pattern = slots.iter().map(|&slot| (slot, rules[slot.offset()].error));
            Union::new(with_pattern, &patterns)
        };
        let (unfiltered, common) = (union(prefilter.unfiltered()), union(prefilter.common()));
        let matcher = Self {
            counters: Counters::new(rules.last().map_or(0, |rule| rule.index.0 as usize + 1)),
            record: None,
            unfiltered,
            common,
            rules: rules.into(),
            patterns: patterns.into(),
            prefilter,
            text,
            ticket,
            version: report.version.clone(),
            has_test_scopes: report.scoped > 0,
            has_expiries,
            last_expiry: last_expiry.unwrap_or(Moment::NEVER),
            idle,
        };
        Ok((matcher, report, Leftovers { _rules: list }))
    }
}

/// The rules of a list, and those that were refused when it was read.
fn read_rules(entries: Vec<Result<Rule, Rejection>>) -> (Vec<Rule>, Vec<Rejection>) {
    let mut rejected = Vec::new();
    let rules = entries.into_iter().filter_map(|entry| entry.map_err(|no| rejected.push(no)).ok());
    (rules.collect(), rejected)
}

/// What becomes of the rules of a list besides the prefilter.
struct Activated {
    /// By slot.
    rules: Vec<ActiveRule>,
    /// The good rules that are not in force, in list order.
    idle: Vec<IdleRule>,
    /// What is wrong with good rules besides their patterns.
    warnings: Vec<Warning>,
    /// In list order.
    rejected: Vec<Rejection>,
    content_hash: u32,
}

impl Activated {
    /// `compiled`: one for each of the rules. `rejected`: entries of the list that are not among
    /// them.
    fn new(
        list: &mut [Rule],
        compiled: Vec<Result<Compiled, Box<Rejection>>>,
        mut rejected: Vec<Rejection>,
        text: TextOptions,
        now: Moment,
    ) -> Self {
        let (mut idle, mut warnings) = (Vec::new(), Vec::new());
        let mut hash = ContentHash::of_list(text);
        let mut rules = Vec::with_capacity(list.len());
        for (rule, compiled) in list.iter_mut().zip(compiled) {
            match compiled {
                Ok(compiled) => {
                    hash.word(compiled.content_hash);
                    warnings::of_fields(rule, now, &mut warnings);
                    match rule.standing(now) {
                        Ok(()) => rules.push(activate(rule, compiled)),
                        Err(why) => idle.push(retire(rule, why)),
                    }
                }
                Err(rejection) => rejected.push(*rejection),
            }
        }
        rejected.sort_unstable_by_key(|rejection| rejection.index);
        Self { rules, idle, warnings, rejected, content_hash: hash.finish() }
    }
}

fn activate(rule: &mut Rule, compiled: Compiled) -> ActiveRule {
    let Compiled { error, test, conditions, .. } = compiled;
    let (issue, id) = (rule.issue.clone(), rule.id.clone());
    let rare = rule.rare.take().map(|rare| {
        let Conditions { also, unless } = conditions.map_or_else(Conditions::default, |all| *all);
        let expires = rare.expires.map_or(Moment::NEVER, |expiry| expiry.at);
        Box::new(RareParts { url: rare.url, expires, also, unless })
    });
    ActiveRule { index: rule.index, issue, id, error, test, rare }
}

fn retire(rule: &Rule, why: Idle) -> IdleRule {
    let (issue, id) = (rule.issue.clone(), rule.id.clone());
    IdleRule { index: rule.index, issue, id, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{classify, entries, hit, load};
    use regexp::text::SharedText;

    /// One of each code, and what is left of the list.
    #[test]
    fn bad_rules_are_reported_and_the_rest_loads() {
        let json = r#"[
            {"issue": "A", "error": "a(", "id": "r0"},
            {"issue": "B", "error": "b"},
            {"issue": "C", "error": "c", "flags": "ix"},
            7,
            {"issue": "E", "error": "e", "test": "["},
            {"issue": "F", "error": "f", "test": {"source": "f", "flags": "ii"}},
            {"issue": "G"},
            {"issue": "H", "error": "h"}
        ]"#;
        let (matcher, report) = load(json);
        assert_eq!((report.total, report.active), (8, 2));
        let rejected: Vec<_> = report
            .rejected
            .iter()
            .map(|rejection| {
                assert!(!rejection.message.is_empty());
                assert_eq!(rejection.offset.is_some(), rejection.code.as_str().contains("PATTERN"));
                (rejection.index.0, rejection.field_name(), rejection.code.as_str())
            })
            .collect();
        assert_eq!(
            rejected,
            [
                (0, "error", "ERR_PATTERN_SYNTAX"),
                (2, "flags", "ERR_PATTERN_FLAGS"),
                (3, "rule", "ERR_RULE_TYPE"),
                (4, "test", "ERR_PATTERN_SYNTAX"),
                (5, "test", "ERR_PATTERN_FLAGS"),
                (6, "error", "ERR_RULE_MISSING"),
            ]
        );
        assert_eq!(report.rejected[0].id, Some(SharedText::of_str("r0")));
        assert_eq!(report.rejected[0].issue, Some(SharedText::of_str("A")));
        assert_eq!(hit(&classify(&matcher, "", "h")), Some(7));
        assert!(matcher.rule(RuleIndex(0)).is_none() && matcher.rule(RuleIndex(8)).is_none());

        let strict = BuildOptions { strict: true, ..BuildOptions::default() };
        let refused = Matcher::build(entries(json), strict, Ticket(0)).err().unwrap();
        assert_eq!(refused.code, LoadErrorCode::Strict);
        assert_eq!(refused.rejected, report.rejected);
        let message = refused.message;
        assert!(
            message.starts_with("6 of 8 rules were refused; the first is rule 0 (A): "),
            "{message}"
        );
        assert!(Matcher::build(entries("[]"), strict, Ticket(0)).is_ok());
    }

    #[test]
    fn a_list_without_a_usable_rule_is_refused() {
        for json in [r#"[{"error":"a"},7]"#, r#"[{"issue":"A","error":"("}]"#] {
            let refused = Matcher::build(entries(json), BuildOptions::default(), Ticket(0));
            let refused = refused.err().unwrap();
            assert_eq!(refused.code, LoadErrorCode::Unusable, "{json}");
            assert!(!refused.rejected.is_empty() && refused.offset.is_none());
        }
        let (_, report) = load(r#"[{"error":"a"},{"issue":"A","error":"a"}]"#);
        assert_eq!((report.active, report.rejected.len()), (1, 1));
        assert_eq!(load("[]").1.active, 0);
    }

    #[test]
    fn the_same_pattern_is_compiled_once() {
        let (matcher, report) = load(
            r#"[{"issue":"A","error":"a","test":"Cart"},{"issue":"B","error":"b","test":"Cart"},
                {"issue":"C","error":"Cart"},{"issue":"D","error":"Cart","flags":"i"}]"#,
        );
        let rules = &matcher.rules;
        let scope = rules[0].test.unwrap();
        assert_eq!(scope, rules[1].test.unwrap());
        assert_eq!(scope, rules[2].error);
        assert_ne!(scope, rules[3].error);
        // what was a scope first is looked for by its literal all the same
        assert_eq!(report.no_literals, [0, 1].map(RuleIndex));
        assert_eq!(hit(&classify(&matcher, "", "Crt, Cart")), Some(2));
    }

    /// Whatever the number of threads that load it.
    #[test]
    fn a_long_list_is_loaded_as_short_ones_are() {
        let rule = |number: usize| match number % 5 {
            0 => format!(r#"{{"issue":"A","error":"literal {number} is here"}}"#),
            1 => r#"{"issue":"A","error":"again","test":"Cart"}"#.to_owned(),
            2 => format!(r#"{{"issue":"A","error":"refused {number} (","id":"r{number}"}}"#),
            3 => r#"{"issue":"A","error":"Cart","test":"again"}"#.to_owned(),
            _ => r#"{"issue":true,"error":"not even compiled"}"#.to_owned(),
        };
        let rules: Vec<_> = (0..2000).map(rule).collect();
        let (long, report) = load(&format!("[{}]", rules.join(",")));
        assert_eq!((report.total, report.active), (2000, 1200));
        let refused: Vec<_> = report.rejected.iter().map(|refused| refused.index.0).collect();
        assert_eq!(refused, (0..2000).filter(|at| matches!(at % 5, 2 | 4)).collect::<Vec<_>>());
        // of the active rules in list order, whichever thread read them
        assert_eq!(report.version, "0-857b8898");
        for (at, rule) in rules.iter().enumerate() {
            // with a good one, or there would be no list
            let good = r#"{"issue":"A","error":"good"}"#;
            let (_, short) = load(&format!("[{rule},{good}]"));
            let index = RuleIndex(at as u32);
            let shifted = short.rejected.iter().cloned();
            let shifted = shifted.map(|refused| Rejection { index, ..refused });
            let refused = report.rejected.iter().filter(|refused| refused.index == index);
            assert!(shifted.eq(refused.cloned()), "{rule}");
        }
        for at in [0, 5, 995, 1000, 1995] {
            let text = format!("a literal {at} is here, and again");
            assert_eq!(hit(&classify(&long, "no scope", &text)), Some(at));
        }
        let rule = |index| long.rule(RuleIndex(index)).unwrap();
        let (first, last) = (rule(1), rule(1996));
        assert_eq!(first.error, last.error);
        let (scope, error) = (last.test.unwrap(), rule(1998).error);
        assert_eq!([scope; 2], [error, rule(3).error]);
    }

    #[test]
    fn the_version_is_the_load_and_the_content() {
        let list = r#"[{"issue":"A","error":"a"}]"#;
        // fixed: it must not differ between processes and platforms
        for (number, version) in [(1, "1-12db2c6a"), (12, "12-12db2c6a")] {
            let options = BuildOptions::default();
            let built = Matcher::build(entries(list), options, Ticket(number)).unwrap();
            assert_eq!((built.0.version(), &*built.1.version), (version, version));
        }
    }

    #[test]
    fn it_crosses_threads() {
        fn assert_send_sync<T: Send + Sync>() {}
        assert_send_sync::<Matcher>();
        assert_send_sync::<Report>();
        assert_send_sync::<Leftovers>();
        assert_send_sync::<LoadError>();
    }
}
