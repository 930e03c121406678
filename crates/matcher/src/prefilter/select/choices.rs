//! The literals that the rules of a list are looked for by, while they are chosen.

use crate::ids::RuleSlot;
use crate::prefilter::extract::variants::Variants;
use crate::prefilter::lengths::LONG;
use crate::prefilter::neighbours::Neighbours;
use crate::prefilter::reach::Reach;
use crate::prefilter::select::by_shape::ByShape;
use crate::prefilter::select::ngrams::PAID;
use crate::prefilter::shapes::run::Shape;

/// The most rules whose short literals are looked for as runs: a pass for runs costs less than the
/// windows that short literals need.
const MAX_SHORT: usize = 16;

/// With how many rules those that have a shorter, rarer literal share the one that they are looked
/// for by: if it is this many on average over the whole list, the windows pay that short literals
/// need. Rules with the same literal are candidates together.
const WORTHWHILE: u32 = 1;

/// A literal that a rule is to be looked for by.
#[derive(Clone, Copy)]
pub(super) struct Choice<'r> {
    pub(super) literal: &'r [u8],
    /// Of the rule among those with a requirement.
    pub(super) position: u32,
    pub(super) slot: RuleSlot,
    pub(super) reach: Reach,
    /// What is not next to the literal.
    pub(super) neighbours: Neighbours,
    /// What the rule's literals suppose not to be in the text.
    pub(super) variants: Variants,
    /// Whether other rules' literals have it, too, or it is too short to tell.
    pub(super) is_shared: bool,
}

/// What is chosen for the rules of a list.
pub(super) struct Choices<'r> {
    /// In list order.
    pub(super) selected: Vec<Choice<'r>>,
    /// Rules that are looked for by a literal of less than [`LONG`] bytes, ascending.
    pub(super) short: Vec<RuleSlot>,
    /// Literals of rules that are looked for by their shape.
    pub(super) passed_over: Vec<(RuleSlot, Box<[u8]>)>,
    /// Short literals of rules that share their long ones with others, in list order.
    rarer: Vec<Choice<'r>>,
    /// With how many rules they share them, all together.
    shared: u32,
}

impl<'r> Choices<'r> {
    pub(super) fn with_room(rules: usize) -> Self {
        let (selected, rarer) = (Vec::with_capacity(rules), Vec::new());
        Self { selected, short: Vec::new(), passed_over: Vec::new(), rarer, shared: 0 }
    }

    /// Adds the literals of the next rule.
    pub(super) fn add(&mut self, of_rule: impl Iterator<Item = Choice<'r>>) {
        let before = self.selected.len();
        self.selected.extend(of_rule);
        let added = &self.selected[before..];
        if let Some(short) = added.iter().find(|choice| choice.literal.len() < LONG) {
            self.short.push(short.slot);
        }
    }

    /// Adds others of the same rule, which `shared` rules share the ones before with.
    pub(super) fn add_rarer(
        &mut self,
        of_rule: impl Iterator<Item = Choice<'r>> + Clone,
        shared: u32,
    ) {
        if of_rule.clone().any(|choice| (PAID..LONG).contains(&choice.literal.len())) {
            self.rarer.extend(of_rule);
            self.shared += shared;
        }
    }

    /// Takes the rarer literals, if enough of the list's rules have some.
    pub(super) fn prefer_rarer(&mut self, rules: usize) {
        if self.rarer.is_empty() || self.shared < WORTHWHILE * rules as u32 {
            return;
        }
        let Self { selected, short, rarer, .. } = self;
        let has_rarer = |choice: &Choice<'_>| {
            rarer.binary_search_by_key(&choice.position, |rarer| rarer.position).is_ok()
        };
        selected.retain(|choice| !has_rarer(choice));
        short.extend(rarer.iter().map(|choice| choice.slot));
        short.sort_unstable();
        short.dedup();
        selected.append(rarer);
    }

    /// Gives the rules with short literals away, if they are few and have a shape.
    pub(super) fn give_short(&mut self, by_shape: &mut ByShape<impl Fn(RuleSlot) -> Shape>) {
        if self.short.len() > MAX_SHORT {
            return;
        }
        let Self { selected, short, passed_over, .. } = self;
        let given: Vec<RuleSlot> =
            short.extract_if(.., |slot| by_shape.takes_from_short(*slot)).collect();
        selected.retain(|&Choice { literal, slot, .. }| {
            let is_given = given.binary_search(&slot).is_ok();
            if is_given {
                passed_over.push((slot, literal.into()));
            }
            !is_given
        });
    }
}
