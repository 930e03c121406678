//! The ranges of a text in which a rule's matches can start: one for each place of its literal, as
//! far as they are apart.

use regexp::StartRange;

use crate::prefilter::places::Place;
use crate::prefilter::reach::Reach;
use crate::prefilter::starts::Starts;

/// Places that are looked at on behalf of all rules of a text: more would take as long as the scan
/// of many chunks, and nothing could interrupt it.
const MOST_STEPS: u32 = 1 << 14;

/// The engine tries so many starts as soon as it looks for those that are worth it.
const EXACT: u32 = 8;

/// Places that are looked at on behalf of one rule.
const MOST_STEPS_OF_RULE: u32 = 1 << 10;

/// What a rule requires, where it is in a text, and how far from the start of a match it can be.
#[derive(Clone, Copy)]
pub(crate) struct Element<'p> {
    pub(crate) reach: Reach,
    /// At least one.
    pub(crate) places: &'p [Place],
}

/// How many more places are looked at. From then on what lies between two places counts as part of
/// them.
#[derive(Debug)]
pub(crate) struct Steps {
    left: u32,
    /// On behalf of one rule.
    most_of_rule: u32,
}

impl Element<'_> {
    /// Whether each place has its own range: a match with it does not start anywhere before it.
    fn is_local(&self) -> bool {
        self.reach.is_local()
    }

    /// Whether each place says to a few units where a match with it starts.
    fn is_exact(&self) -> bool {
        let few = |most: u32| most.saturating_sub(self.reach.least_units()) <= EXACT;
        self.reach.most_units().is_some_and(few)
    }

    /// From where it is first to where it is last, as from `place` on.
    fn rest(&self, place: usize) -> Place {
        Place { first: self.places[place].first, last: self.places[self.places.len() - 1].last }
    }
}

impl Steps {
    /// For all rules of a text.
    pub(crate) fn of_all() -> Self {
        Self { left: MOST_STEPS, most_of_rule: MOST_STEPS_OF_RULE }
    }

    /// For a rule by itself.
    pub(crate) fn of_one() -> Self {
        Self { left: MOST_STEPS, most_of_rule: MOST_STEPS }
    }

    /// Calls `add` with the ranges where matches can start that have these elements. They come in
    /// about the order of the text, and may touch or overlap each other. Returns whether all places
    /// were looked at.
    #[inline]
    pub(crate) fn ranges(
        &mut self,
        starts_in: Starts<'_>,
        literal: Element<'_>,
        gate: Option<Element<'_>>,
        mut add: impl FnMut(StartRange),
    ) -> bool {
        // in most texts each is in one place
        if let [place] = *literal.places
            && gate.is_none_or(|gate| gate.places.len() == 1)
        {
            let mut range = starts_in.of(literal.reach, place);
            if let Some(gate) = gate {
                range = range.and(starts_in.of(gate.reach, gate.places[0]));
            }
            if !range.is_nowhere() {
                add(range);
            }
            return true;
        }
        self.ranges_of_several(starts_in, literal, gate, &mut add)
    }

    #[inline(never)]
    fn ranges_of_several(
        &mut self,
        starts_in: Starts<'_>,
        literal: Element<'_>,
        gate: Option<Element<'_>>,
        add: &mut dyn FnMut(StartRange),
    ) -> bool {
        let mut left = self.left.min(self.most_of_rule);
        let before = left;
        let mut step = || {
            left = left.saturating_sub(1);
            left > 0
        };
        // If one of them can be anywhere after a match's start, no line must have both. Then the
        // places of the other one would cut the text into pieces that the engine finds as soon,
        // unless they say nearly where a match starts: then the engine need not look for that.
        let (literal, far, gate) = match gate {
            Some(gate) if literal.is_local() && gate.is_local() => {
                (literal, StartRange::ANYWHERE, Some(gate))
            }
            Some(gate) if !literal.is_local() && gate.is_exact() => {
                (gate, starts_in.of(literal.reach, literal.rest(0)), None)
            }
            Some(gate) => (literal, starts_in.of(gate.reach, gate.rest(0)), None),
            None => (literal, StartRange::ANYWHERE, None),
        };
        let mut from = 0;
        for (at, &place) in literal.places.iter().enumerate() {
            let is_last = !literal.is_local() || !step();
            let place = if is_last { literal.rest(at) } else { place };
            let of_literal = starts_in.of(literal.reach, place);
            let range = of_literal.and(far).and(StartRange { first: from, ..StartRange::ANYWHERE });
            if !range.is_nowhere() {
                from = range.last.saturating_add(1);
                match gate {
                    Some(gate) => ranges_by_gate(starts_in, range, gate, &mut step, add),
                    None => add(range),
                }
            }
            if is_last {
                break;
            }
        }
        self.left -= before - left;
        left > 0
    }
}

/// The part of `range` where matches can start that have the gate, too, which is local.
fn ranges_by_gate(
    starts_in: Starts<'_>,
    range: StartRange,
    gate: Element<'_>,
    step: &mut impl FnMut() -> bool,
    add: &mut dyn FnMut(StartRange),
) {
    let least = gate.reach.least_units();
    // a match that starts in the range has none of the gates before it
    let first = range.first.saturating_add(least);
    let before = gate.places.partition_point(|place| place.last < first);
    for at in before..gate.places.len() {
        let is_last = !step();
        let place = if is_last { gate.rest(at) } else { gate.places[at] };
        let by_gate = starts_in.of(gate.reach, place);
        // Neither has a gate that is so far after it: those after this one are still further away,
        // and not behind fewer separators.
        if by_gate.first > range.last {
            break;
        }
        let range = range.and(by_gate);
        if !range.is_nowhere() {
            add(range);
        }
        if is_last {
            break;
        }
    }
}
