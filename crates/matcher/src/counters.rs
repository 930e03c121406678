//! How often the rules in force have given a verdict. No verdict depends on it.
//!
//! Any thread counts, without waiting for another: what is read while others count may lack the
//! latest verdicts of those.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::ids::RuleIndex;

/// Rules whose counters are made together: a kilobyte.
const GROUP: usize = 64;

/// What the rules of one load have done.
#[derive(Debug)]
pub(crate) struct Counters {
    since: SystemTime,
    verdicts: AtomicU64,
    /// By the rules' indexes, so that a hit finds its counter without a search. A group is there
    /// once one of its rules has a hit: most rules of a list never have.
    groups: Box<[OnceLock<Box<[Counter; GROUP]>>]>,
}

#[derive(Debug, Default)]
struct Counter {
    matches: AtomicU64,
    /// Milliseconds since 1970; 0: never.
    last: AtomicU64,
}

/// How often a rule has given the verdict, and when last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// How often.
    pub matches: u64,
    /// When last; `None`: never.
    pub last: Option<SystemTime>,
}

impl Counters {
    /// `rules`: the number of indexes, those of refused rules included.
    pub(crate) fn new(rules: usize) -> Self {
        let groups = (0..rules.div_ceil(GROUP)).map(|_| OnceLock::new()).collect();
        Self { since: SystemTime::now(), verdicts: AtomicU64::new(0), groups }
    }

    /// Counts verdicts that were given at the same time, each by the rule that matches.
    pub(crate) fn count(&self, verdicts: impl Iterator<Item = Option<RuleIndex>>) {
        let (mut given, mut now) = (0, None);
        for rule in verdicts {
            given += 1;
            let Some(rule) = rule else { continue };
            let (group, place) = place_of(rule);
            let Some(group) = self.groups.get(group) else { continue };
            let counters = || Box::new(std::array::from_fn(|_| Counter::default()));
            let counter = &group.get_or_init(counters)[place];
            counter.matches.fetch_add(1, Ordering::Relaxed);
            counter.last.store(*now.get_or_insert_with(milliseconds), Ordering::Relaxed);
        }
        self.verdicts.fetch_add(given, Ordering::Relaxed);
    }

    pub(crate) fn since(&self) -> SystemTime {
        self.since
    }

    pub(crate) fn verdicts(&self) -> u64 {
        self.verdicts.load(Ordering::Relaxed)
    }

    pub(crate) fn of_rule(&self, rule: RuleIndex) -> RuleCount {
        let (group, place) = place_of(rule);
        let counters = self.groups.get(group).and_then(OnceLock::get);
        let Some(counter) = counters.map(|counters| &counters[place]) else {
            return RuleCount::default();
        };
        let matches = counter.matches.load(Ordering::Relaxed);
        let last = counter.last.load(Ordering::Relaxed);
        let last = (last > 0).then(|| UNIX_EPOCH + Duration::from_millis(last));
        RuleCount { matches, last }
    }
}

/// Which group a rule's counter is in, and where.
fn place_of(rule: RuleIndex) -> (usize, usize) {
    (rule.0 as usize / GROUP, rule.0 as usize % GROUP)
}

/// Milliseconds from 1970 until now.
fn milliseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::Verdict;
    use crate::testing::{classify, load};

    #[test]
    fn a_hit_counts_for_its_rule_and_every_verdict_for_the_list() {
        let (matcher, _) = load(
            r#"[{"issue":"A","error":"("},{"issue":"B","error":"boom"},{"issue":"C","error":"x"}]"#,
        );
        let verdicts = ["boom", "a boom", "nothing"].map(|error| classify(&matcher, "", error));
        let before = SystemTime::now() - Duration::from_millis(1);
        matcher.count(verdicts.iter().map(Verdict::rule));
        assert_eq!(matcher.verdicts_given(), 3);
        let counts = [0, 1, 2, 3].map(|index| matcher.count_of(RuleIndex(index)));
        assert_eq!(counts.map(|count| count.matches), [0, 2, 0, 0]);
        assert!(counts[1].last.unwrap() >= before);
        assert!([0, 2, 3].into_iter().all(|index| counts[index].last.is_none()));
        assert!(matcher.counts_since() <= SystemTime::now());
    }

    #[test]
    fn threads_lose_no_count() {
        let (matcher, _) = load(r#"[{"issue":"A","error":"boom"}]"#);
        let rule = classify(&matcher, "", "boom").rule();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..1000).for_each(|_| matcher.count([rule; 3].into_iter())));
            }
        });
        assert_eq!(matcher.verdicts_given(), 12_000);
        assert_eq!(matcher.count_of(RuleIndex(0)).matches, 12_000);
    }
}
