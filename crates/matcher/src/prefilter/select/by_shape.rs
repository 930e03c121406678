//! Rules that are looked for by their shape, because their literals are not worth it.

use crate::ids::RuleSlot;
use crate::prefilter::shapes::builder::ShapesBuilder;
use crate::prefilter::shapes::run::Shape;

/// Takes rules that have a shape to be looked for by.
pub(super) struct ByShape<F> {
    shape_of: F,
    pub(super) builder: ShapesBuilder,
    /// Whether there is a rule for which every text has to be read to its end anyway.
    reads_all: bool,
}

impl<F: Fn(RuleSlot) -> Shape> ByShape<F> {
    pub(super) fn new(shape_of: F) -> Self {
        Self { shape_of, builder: ShapesBuilder::default(), reads_all: false }
    }

    /// Takes a rule without literals, if it can be looked for by its shape.
    pub(super) fn takes(&mut self, slot: RuleSlot) -> bool {
        match (self.shape_of)(slot) {
            Shape::Runs(runs) if self.builder.add(slot, &runs) => return true,
            Shape::Runs(_) | Shape::Unknown => self.reads_all = true,
            Shape::AtStart => {}
        }
        false
    }

    /// Takes a rule that has common literals, if its shape is rarer.
    pub(super) fn takes_from_literals(&mut self, slot: RuleSlot) -> bool {
        match (self.shape_of)(slot) {
            Shape::Runs(runs) => !runs.are_common && self.builder.add(slot, &runs),
            Shape::AtStart | Shape::Unknown => false,
        }
    }

    /// Takes a rule that has short literals, if it has a shape.
    pub(super) fn takes_from_short(&mut self, slot: RuleSlot) -> bool {
        match (self.shape_of)(slot) {
            Shape::Runs(runs) => self.builder.add(slot, &runs),
            Shape::AtStart | Shape::Unknown => false,
        }
    }

    /// Rules whose runs are common, if every text is read to its end anyway: then one pass is
    /// enough for all of them.
    pub(super) fn given_back(&mut self) -> Vec<RuleSlot> {
        if self.reads_all { self.builder.take_common() } else { Vec::new() }
    }
}
