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
    /// The best gates of each rule, the better one first; none if no literal was chosen.
    gates: Vec<SelectedGate>,
}

pub(super) struct JudgedRule {
    /// Where its literals end in [`Judged::chosen`] and in [`Judged::rarer`], and its gates in
    /// [`Judged::gates`].
    ends: [u32; 3],
    /// How many rules share the most common one of its literals; 0: they are too short to tell.
    pub(super) shared: u32,
    /// Whether nearly every text has one of them.
    pub(super) is_common: bool,
}

/// A rule with its literals, its rarer ones and its gates.
type WithParts<'j> = (&'j JudgedRule, &'j [Selected], &'j [Selected], &'j [SelectedGate]);

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
            gates: Vec::with_capacity(rules.len()),
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
        let Self { rules, chosen, rarer, gates } = self;
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
        if !own.is_empty() {
            gates.extend(chooser.choose_gates(requirement, own).into_iter().flatten());
        }
        let ends = [chosen.len(), rarer.len(), gates.len()].map(|end| end as u32);
        rules.push(JudgedRule { ends, shared, is_common });
    }

    /// The rules.
    pub(super) fn rules(&self) -> impl Iterator<Item = WithParts<'_>> {
        let mut at = [0; 3];
        self.rules.iter().map(move |rule| {
            let ends = rule.ends.map(|end| end as usize);
            let [chosen, rarer, gates] = mem::replace(&mut at, ends);
            let [chosen_end, rarer_end, gates_end] = ends;
            (
                rule,
                &self.chosen[chosen..chosen_end],
                &self.rarer[rarer..rarer_end],
                &self.gates[gates..gates_end],
            )
        })
    }
}
