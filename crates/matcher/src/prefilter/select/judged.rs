//! What the choice of literals says of each rule by itself, before the list as a whole decides.
//!
//! No rule needs another for this, so the halves of a long list are judged at the same time.

use std::mem;

use crate::prefilter::extract::requirement::RequirementRef;
use crate::prefilter::select::choice::{Chooser, Selected, SelectedGate};
use crate::prefilter::select::ngrams::{NgramCounts, Windows};

/// How many rules share a literal of which a shorter, rarer one may be better.
const SHARED: u32 = 8;

/// What is known of consecutive rules.
pub(super) struct Judged {
    rules: Vec<JudgedRule>,
    /// The literals to look for, rule by rule.
    chosen: Vec<Selected>,
    /// Those to look for if the list pays for the windows. Of rules that share theirs with many.
    rarer: Vec<Selected>,
}

pub(super) struct JudgedRule {
    /// Where its literals end in [`Judged::chosen`], and in [`Judged::rarer`].
    chosen_end: usize,
    rarer_end: usize,
    /// The best gates, the better one first; none if no literal was chosen.
    pub(super) gates: [Option<SelectedGate>; 2],
    /// How many rules share the most common one of its literals; 0: they are too short to tell.
    pub(super) shared: u32,
    /// Whether nearly every text has one of them.
    pub(super) is_common: bool,
}

impl Judged {
    /// `requirement_of`: what one of the rules requires.
    pub(super) fn of<'r, T>(
        rules: &[T],
        requirement_of: impl Fn(&T) -> RequirementRef<'r>,
        counts: &NgramCounts,
    ) -> Self {
        let mut chooser = Chooser::new(counts);
        let mut judged = Self {
            rules: Vec::with_capacity(rules.len()),
            chosen: Vec::with_capacity(2 * rules.len()),
            rarer: Vec::new(),
        };
        for rule in rules {
            judged.add(requirement_of(rule), &mut chooser, counts);
        }
        judged
    }

    fn add(
        &mut self,
        requirement: RequirementRef<'_>,
        chooser: &mut Chooser<'_>,
        counts: &NgramCounts,
    ) {
        let Self { rules, chosen, rarer } = self;
        let start = chosen.len();
        // what is left of a requirement that says nothing was not counted
        if !requirement.is_none() {
            chooser.look_at(requirement);
            chooser.choose(requirement, Windows::Counted, chosen);
        }
        let own = &chosen[start..];
        let sharing = || own.iter().filter_map(|one| Some((one, chooser.sharing(one.literal)?)));
        let shared = sharing().map(|(_, rules)| rules).max().unwrap_or(0);
        let is_common = sharing()
            .any(|(one, rules)| counts.is_ubiquitous(requirement.literal(one.literal), rules));
        if shared >= SHARED {
            chooser.choose(requirement, Windows::Paid, rarer);
        }
        let gates = if own.is_empty() {
            [const { None }; 2]
        } else {
            chooser.choose_gates(requirement, own)
        };
        let (chosen_end, rarer_end) = (chosen.len(), rarer.len());
        rules.push(JudgedRule { chosen_end, rarer_end, gates, shared, is_common });
    }

    /// The rules, each with its literals and with its rarer ones.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&JudgedRule, &[Selected], &[Selected])> {
        let (mut chosen_at, mut rarer_at) = (0, 0);
        self.rules.iter().map(move |rule| {
            let &JudgedRule { chosen_end, rarer_end, .. } = rule;
            let chosen = &self.chosen[mem::replace(&mut chosen_at, chosen_end)..chosen_end];
            let rarer = &self.rarer[mem::replace(&mut rarer_at, rarer_end)..rarer_end];
            (rule, chosen, rarer)
        })
    }
}
