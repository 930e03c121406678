//! The calls of one environment that are in flight.
//!
//! A call is settled by its last verdict or by the abort of its signal, whichever comes first. Its
//! slot is free again only when all of its jobs are over: until then the queue knows it by that
//! number.

use std::mem;
use std::sync::Arc;

use crate::calls::batch::Batch;
use crate::calls::signals::Watch;
use crate::queue::call_id::CallId;
use matcher::Matcher;

/// What a call asks for.
#[derive(Default)]
pub(crate) struct Call {
    /// Texts that have no verdict yet.
    pub(crate) texts: usize,
    /// What of a `classifyAll` is not copied yet.
    pub(crate) batch: Option<Box<Batch>>,
    /// The rules of an explanation.
    pub(crate) rules: Option<Arc<Matcher>>,
}

/// A call in flight.
pub(crate) struct InFlight {
    pub(crate) call: Call,
    pub(crate) watch: Option<Watch>,
    /// Jobs that are not over. Those of a `classifyAll` start one after the other.
    pub(crate) jobs: u32,
    settled: bool,
}

#[derive(Default)]
pub(crate) struct CallTable {
    /// By slot.
    calls: Vec<Option<InFlight>>,
    free: Vec<CallId>,
    /// Calls that are not settled.
    unsettled: usize,
    /// Texts of unsettled calls that have no verdict yet.
    texts: usize,
}

impl CallTable {
    pub(crate) fn insert(&mut self, call: Call) -> CallId {
        self.unsettled += 1;
        self.texts += call.texts;
        let in_flight = Some(InFlight { call, watch: None, jobs: 0, settled: false });
        if let Some(id) = self.free.pop() {
            self.calls[id.slot()] = in_flight;
            return id;
        }
        self.calls.push(in_flight);
        CallId::of_slot(self.calls.len() - 1)
    }

    pub(crate) fn get(&mut self, id: CallId) -> Option<&mut InFlight> {
        self.calls.get_mut(id.slot())?.as_mut()
    }

    /// Frees the slot of a call.
    pub(crate) fn remove(&mut self, id: CallId) -> Option<InFlight> {
        self.settle(id);
        let removed = self.calls.get_mut(id.slot())?.take()?;
        self.free.push(id);
        Some(removed)
    }

    /// Takes out all calls. Their slots are never used again, so a stale id finds
    /// nothing.
    pub(crate) fn take_all(&mut self) -> Vec<InFlight> {
        self.free.clear();
        (self.unsettled, self.texts) = (0, 0);
        self.calls.iter_mut().filter_map(Option::take).collect()
    }

    /// Notes that a call is settled. Returns whether it was not settled before.
    pub(crate) fn settle(&mut self, id: CallId) -> bool {
        let Some(call) = self.unsettled(id) else { return false };
        call.settled = true;
        call.call.batch = None;
        let texts = mem::take(&mut call.call.texts);
        self.texts -= texts;
        self.unsettled -= 1;
        true
    }

    /// Notes that `texts` texts of a call have their verdicts. Returns whether the caller still
    /// waits for them.
    pub(crate) fn answer(&mut self, id: CallId, texts: usize) -> bool {
        let Some(call) = self.unsettled(id) else { return false };
        let texts = texts.min(call.call.texts);
        call.call.texts -= texts;
        self.texts -= texts;
        true
    }

    fn unsettled(&mut self, id: CallId) -> Option<&mut InFlight> {
        self.get(id).filter(|call| !call.settled)
    }

    /// The number of calls that are not settled.
    pub(crate) fn count_unsettled(&self) -> usize {
        self.unsettled
    }

    /// The number of texts that have no verdict yet.
    pub(crate) fn count_texts(&self) -> usize {
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: usize) -> Call {
        Call { texts, ..Call::default() }
    }

    #[test]
    fn texts_count_until_they_have_verdicts_or_their_call_is_settled() {
        let mut calls = CallTable::default();
        let (one, many) = (calls.insert(texts(1)), calls.insert(texts(10)));
        assert_eq!((calls.count_unsettled(), calls.count_texts()), (2, 11));
        assert!(calls.answer(many, 4));
        assert_eq!(calls.count_texts(), 7);
        assert!(calls.answer(many, 100), "more than there are count as all");
        assert_eq!(calls.count_texts(), 1);
        assert!(calls.settle(one));
        assert!(!calls.settle(one));
        assert!(!calls.answer(one, 1));
        assert_eq!((calls.count_unsettled(), calls.count_texts()), (1, 0));
    }

    #[test]
    fn a_slot_is_used_again_once_its_call_is_removed() {
        let mut calls = CallTable::default();
        let (first, second) = (calls.insert(texts(1)), calls.insert(texts(1)));
        assert!(calls.settle(first));
        assert_ne!(calls.insert(texts(1)), first, "its jobs may still be in the queue");
        assert!(calls.remove(first).is_some());
        assert!(calls.remove(first).is_none());
        assert_eq!(calls.insert(texts(1)), first);
        assert!(calls.remove(second).is_some());
        assert_eq!((calls.count_unsettled(), calls.count_texts()), (2, 2));
    }

    #[test]
    fn calls_that_were_taken_out_leave_nothing() {
        let mut calls = CallTable::default();
        let (first, second) = (calls.insert(texts(1)), calls.insert(texts(5)));
        assert!(calls.remove(first).is_some());
        assert_eq!(calls.take_all().len(), 1);
        assert_eq!((calls.count_unsettled(), calls.count_texts()), (0, 0));
        let third = calls.insert(texts(1));
        assert!(third != first && third != second);
        assert!(calls.get(second).is_none() && calls.remove(second).is_none());
    }
}
