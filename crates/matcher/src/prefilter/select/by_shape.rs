//! Rules that are looked for by their shape, because their literals are not worth it.

use crate::ids::RuleSlot;
use crate::prefilter::shapes::builder::ShapesBuilder;
use crate::prefilter::shapes::run::{RequiredRuns, Shape};
use regexp::MultiPattern;

/// So many rules without a shape are asked about together.
const MANY: usize = MultiPattern::MANY;

/// Takes rules that have a shape to be looked for by.
pub(super) struct ByShape<F> {
    shape_of: F,
    pub(super) builder: ShapesBuilder,
    /// How many rules have no shape.
    unknown: usize,
}

impl<F: Fn(RuleSlot) -> Shape> ByShape<F> {
    pub(super) fn new(shape_of: F) -> Self {
        Self { shape_of, builder: ShapesBuilder::default(), unknown: 0 }
    }

    /// Takes a rule without literals, if it can be looked for by its shape.
    pub(super) fn takes(&mut self, slot: RuleSlot) -> bool {
        match (self.shape_of)(slot) {
            Shape::Runs(runs) if self.builder.add(slot, &runs) => return true,
            Shape::Runs(_) | Shape::Unknown => self.unknown += 1,
            Shape::AtEdge(_) => {}
        }
        false
    }

    /// Takes a rule that has common literals, if its shape is rarer.
    pub(super) fn takes_from_literals(&mut self, slot: RuleSlot) -> bool {
        let runs = self.runs_of(slot);
        runs.is_some_and(|runs| !runs.are_common && self.builder.add(slot, &runs))
    }

    /// Takes a rule that has short literals, if it has a shape.
    pub(super) fn takes_from_short(&mut self, slot: RuleSlot) -> bool {
        self.runs_of(slot).is_some_and(|runs| self.builder.add(slot, &runs))
    }

    fn runs_of(&self, slot: RuleSlot) -> Option<RequiredRuns> {
        match (self.shape_of)(slot) {
            Shape::Runs(runs) => Some(runs),
            Shape::AtEdge(runs) => runs,
            Shape::Unknown => None,
        }
    }

    /// Rules whose runs are common, if one automaton reads every text to its end anyway: then one
    /// pass is enough for all of them.
    pub(super) fn given_back(&mut self) -> Vec<RuleSlot> {
        if self.unknown >= MANY { self.builder.take_common() } else { Vec::new() }
    }
}
