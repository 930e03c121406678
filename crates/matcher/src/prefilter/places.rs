//! Where in a text something occurs, in bounded memory however often that is.
//!
//! A literal that is in many lines of a log makes its rule a candidate in each of these lines, and
//! in no others. Between two of them the text need not be searched.

use std::mem;

/// Occurrences that are so many bytes apart count as one place. Nothing is gained by a search that
/// leaves out so little.
const NEAR: u32 = 32;

/// Places of all that is looked for in a text, besides one of each: 768 KB. What occurs after so
/// many is as if it were everywhere from its last place on.
const MOST: usize = 1 << 16;

/// Places whose memory is kept for the next text.
const KEPT: usize = 1 << 12;

/// A part of a text where something occurs: it starts at `first`, at `last`, and perhaps in
/// between. In bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The places of one thing, a list whose first element is the place that was found last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    latest: Place,
    /// The rest of the list, by its index in [`OtherPlaces`], counted from 1. 0: there is none.
    others: u32,
}

/// The places of a text but the latest ones.
#[derive(Debug, Default)]
pub(crate) struct OtherPlaces(Vec<Places>);

impl Place {
    pub(crate) fn at(start: u32) -> Self {
        Self { first: start, last: start }
    }

    fn is_near(self, start: u32) -> bool {
        start.saturating_add(NEAR) >= self.first && start <= self.last.saturating_add(NEAR)
    }

    #[inline]
    fn extend_to(&mut self, start: u32) {
        (self.first, self.last) = (self.first.min(start), self.last.max(start));
    }
}

impl Places {
    /// None yet. Only [`Self::extend_to`] adds the first one.
    pub(crate) const NONE: Self = Self { latest: Place { first: u32::MAX, last: 0 }, others: 0 };

    /// Whether there are none.
    #[inline]
    pub(crate) fn are_none(&self) -> bool {
        self.latest.first > self.latest.last
    }

    /// One place: an occurrence at `start`.
    pub(crate) fn at(start: u32) -> Self {
        Self { latest: Place::at(start), others: 0 }
    }

    /// Adds an occurrence at `start`. Occurrences come in about the order of the text.
    pub(crate) fn add(&mut self, start: u32, others: &mut OtherPlaces) {
        if self.latest.is_near(start) || others.0.len() == MOST {
            self.latest.extend_to(start);
        } else {
            others.0.push(mem::replace(self, Self::at(start)));
            self.others = others.0.len() as u32;
        }
    }

    /// Adds an occurrence to the place that was found last, however far it is from that.
    #[inline]
    pub(crate) fn extend_to(&mut self, start: u32) {
        self.latest.extend_to(start);
    }

    /// The only place, if there is but one.
    #[inline]
    pub(crate) fn only(&self) -> Option<&Place> {
        (self.others == 0).then_some(&self.latest)
    }
}

impl OtherPlaces {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
        self.0.shrink_to(KEPT);
    }

    /// Appends the places of one thing, or of several as if they were one, to `all`: ascending and
    /// apart from each other.
    pub(crate) fn append(&self, places: impl IntoIterator<Item = Places>, all: &mut Vec<Place>) {
        let begin = all.len();
        for Places { latest, others } in places {
            all.push(latest);
            let mut others = others;
            while let Some(index) = others.checked_sub(1) {
                let Places { latest, others: rest } = self.0[index as usize];
                all.push(latest);
                others = rest;
            }
        }
        let places = &mut all[begin..];
        if places.is_empty() {
            return;
        }
        places.reverse();
        // of a chunk, one phase of an index comes after the other
        if !places.is_sorted_by_key(|place| place.first) {
            places.sort_unstable_by_key(|place| place.first);
        }
        // a place may have grown into another one
        let mut kept = begin;
        for at in begin + 1..all.len() {
            let Place { first, last } = all[at];
            if first <= all[kept].last {
                all[kept].extend_to(last);
            } else {
                kept += 1;
                all[kept] = all[at];
            }
        }
        all.truncate(kept + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, MOST, OtherPlaces, Place, Places};

    fn places(starts: impl IntoIterator<Item = u32>) -> Vec<Place> {
        let mut others = OtherPlaces::default();
        let mut starts = starts.into_iter();
        let mut places = Places::at(starts.next().unwrap());
        starts.for_each(|start| places.add(start, &mut others));
        let mut all = Vec::new();
        others.append([places], &mut all);
        assert_eq!(places.only().is_some(), all.len() == 1);
        all
    }

    #[test]
    fn what_is_near_is_one_place() {
        let place = |first, last| Place { first, last };
        assert_eq!(places([7]), [place(7, 7)]);
        assert_eq!(places([100, 132, 68]), [place(68, 132)]);
        assert_eq!(places([100, 133, 67]), [place(67, 67), place(100, 100), place(133, 133)]);
        assert_eq!(
            places([1000, 20, 3, 2000]),
            [place(3, 20), place(1000, 1000), place(2000, 2000)]
        );
    }

    #[test]
    fn places_ascend_whatever_the_order() {
        let place = |first, last| Place { first, last };
        // the first place grows over the second one
        let starts = [100, 500, 50, 80, 110, 140];
        assert_eq!(places(starts), [place(50, 140), place(500, 500)]);
    }

    #[test]
    fn what_occurs_after_most_places_is_in_the_last_one() {
        let last = 100 * MOST as u32 + 4000;
        let all = places((0..=last).step_by(100).chain([50]));
        // the last place holds what was left out, and so the others
        assert_eq!(all, [Place::at(0), Place { first: 50, last }]);
        let all = places((0..=last).step_by(100));
        assert_eq!(all.len(), MOST + 1);
        assert_eq!(all[MOST], Place { first: 100 * MOST as u32, last });

        let mut others = OtherPlaces::default();
        (1..5000).for_each(|at| Places::at(0).add(100 * at, &mut others));
        others.clear();
        assert!(others.0.capacity() <= KEPT);
    }
}
