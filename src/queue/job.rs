//! The work of one call, or of a part of it, done slice by slice by whichever worker is free.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use std::{iter, mem, thread};

use crate::buffers::arena::{Item, TextArena};
use crate::buffers::pool::{BufferPool, Buffers};
use crate::buffers::window::WindowItems;
use crate::fault::Entry;
use crate::node::guard::{Panicked, guard};
use crate::queue::call_id::CallId;
use crate::queue::completion::{JobCompletion, Payload};
use crate::queue::destination::Destination;
use crate::queue::in_force::InForce;
use crate::queue::outbox::Outbox;
use crate::queue::rows::Rows;
use crate::queue::verdicts::Verdicts;
use matcher::text::RawText;
use matcher::{Classification, Interrupt, RuleIndex, Scratch, Step, TextBuffers, Verdict};

/// The flag of the calls that nobody can stop. They share it because it never changes: no core has
/// to fetch it again.
static NEVER: AtomicBool = AtomicBool::new(false);

/// Bytes of texts between two looks at the clock. Long searches look by themselves.
const CLOCK_INTERVAL_BYTES: usize = 16 << 10;

/// Items from which on a job is large.
const LARGE_JOB_ITEMS: usize = 128;

/// Failed tests that are still to be classified.
pub(crate) enum Items {
    /// One, without an allocation.
    One(Option<Item>),
    /// Boxed: a job moves several times, and most have one item.
    Many(Box<ManyItems>),
}

/// Those of a `classifyAll`.
pub(crate) struct ManyItems {
    items: WindowItems,
    rows: Rows,
}

/// What a job has to do.
pub(crate) struct Work {
    pub(crate) in_force: InForce,
    /// The index, among all items of the call, of the first one whose verdict is not sent yet.
    pub(crate) first: u32,
    pub(crate) items: Items,
    pub(crate) texts: TextArena,
}

/// The work of one call, or of a part of it.
pub(crate) struct Job {
    destination: Arc<dyn Destination>,
    call: CallId,
    /// Set when the caller wants no verdict any more. `None`: nobody can stop the call.
    stop: Option<Arc<AtomicBool>>,
    work: Work,
    /// Bytes of texts since the last look at the clock.
    bytes_since_clock: usize,
    /// The classification that was suspended. Boxed: a job moves more often than it is suspended.
    current: Option<Box<Classification<'static>>>,
    /// The scratch of a search that was suspended.
    scratch: Option<Box<Scratch>>,
}

impl Items {
    pub(crate) fn of_window(items: WindowItems) -> Self {
        Self::Many(Box::new(ManyItems { items, rows: Rows::default() }))
    }

    fn next(&mut self, texts: &TextArena) -> Option<Item> {
        match self {
            Self::One(item) => item.take(),
            Self::Many(many) => many.items.next(texts),
        }
    }

    /// [`Rows::have_next`].
    #[inline]
    fn next_is_in_row(
        &mut self,
        texts: &TextArena,
        in_force: &InForce,
        scratch: &mut Scratch,
    ) -> bool {
        match self {
            Self::One(_) => false,
            Self::Many(many) => many.rows.have_next(&many.items, texts, in_force, scratch),
        }
    }

    /// Whether the item is over, because no rule matches its error, `text`, which is in a row.
    #[inline]
    fn pass_in_row(&mut self, text: &[u8], in_force: &InForce) -> bool {
        match (self, &in_force.rules) {
            (Self::Many(many), Some(rules)) => rules.pass_in_row(text, many.rows.row()),
            _ => false,
        }
    }

    /// Reads an item into a new classification. `in_row`: its error, if that is in a row.
    #[inline]
    fn read<'t>(
        &mut self,
        item: Item,
        in_row: Option<&'t [u8]>,
        texts: &'t TextArena,
        new: &mut Classification<'t>,
        scratch: &mut Scratch,
    ) {
        let Item { test, error } = item;
        if test.bytes() > 0 {
            new.set_test(match self {
                Self::One(_) => texts.read(test),
                Self::Many(many) => texts.read_name(test, &mut many.items.spare),
            });
        }
        let Some(error) = error else { return };
        // moved only if it has to be: a copy of what was just written stalls
        if let (Self::Many(many), Some(text)) = (self, in_row) {
            new.set_error_of_row(text, many.rows.row(), scratch);
        } else if let Some(text) = texts.plain(&error) {
            new.set_plain_error(text);
        } else {
            new.set_error(texts.read(error));
        }
    }
}

impl Job {
    /// `work`: at least one item. `stop`: set when the caller wants no verdict any more.
    pub(crate) fn new(
        destination: Arc<dyn Destination>,
        call: CallId,
        stop: Option<Arc<AtomicBool>>,
        work: Work,
    ) -> Self {
        Self { destination, call, stop, work, bytes_since_clock: 0, current: None, scratch: None }
    }

    pub(crate) fn destination(&self) -> &Arc<dyn Destination> {
        &self.destination
    }

    /// Whether the JavaScript thread has so much to do with the verdicts that polling for its next
    /// job costs more than another worker.
    pub(crate) fn is_large(&self) -> bool {
        matches!(&self.work.items, Items::Many(many) if many.items.len() >= LARGE_JOB_ITEMS)
    }

    /// The memory of a suspended search, in bytes.
    pub(crate) fn held_bytes(&self) -> usize {
        self.scratch.as_ref().map_or(0, |scratch| scratch.bytes())
    }

    /// Works until the job is done or it is `until`, and sends its verdicts and the memory of texts
    /// that nobody needs any more. Returns the job if there is more to do.
    pub(crate) fn work(
        mut self,
        scratch: &mut Scratch,
        until: Instant,
        outbox: &mut Outbox,
    ) -> Option<Self> {
        // of a part of a `classifyAll`
        let mut verdicts = None;
        let work = || self.classify_items(scratch, until, outbox, &mut verdicts);
        let payload = guard(Entry::Text, work).unwrap_or_else(|Panicked(message)| {
            // nothing that a panic leaves half done is used again
            *scratch = Scratch::default();
            Some(Payload::Panicked(message))
        });
        let call = self.call;
        let Some(payload) = payload else {
            if let Some(verdicts) = verdicts {
                self.work.first += verdicts.len() as u32;
                self.count(verdicts.rules());
                let payload = Payload::Verdicts(verdicts);
                let rules = self.work.in_force.rules.clone();
                outbox.add(&self.destination, JobCompletion { call, payload, last: false, rules });
            }
            return Some(self);
        };
        match &payload {
            Payload::Verdict(verdict) => self.count(iter::once(verdict.rule())),
            Payload::Verdicts(verdicts) => self.count(verdicts.rules()),
            Payload::Cancelled | Payload::Panicked(_) => {}
        }
        let Work { in_force, texts, .. } = &mut self.work;
        let rules = in_force.rules.take();
        for buffers in mem::take(texts).into_last_buffers() {
            outbox.add_buffers(&self.destination, buffers);
        }
        outbox.add(&self.destination, JobCompletion { call, payload, last: true, rules });
        None
    }

    /// Classifies item after item until the job is done or it is `until`. Returns what the job
    /// leads to; `None`: there is more to do. `verdicts`: of a part of a `classifyAll` those that
    /// are there.
    fn classify_items(
        &mut self,
        scratch: &mut Scratch,
        until: Instant,
        outbox: &mut Outbox,
        verdicts: &mut Option<Verdicts>,
    ) -> Option<Payload> {
        loop {
            let mut step = self.classify(scratch, until, outbox);
            let (verdict, items) = match (&mut step, &self.work.items) {
                (Step::Done(verdict), Items::Many(many)) => (verdict, &many.items),
                (Step::Done(_), Items::One(_)) => return step.into_verdict().map(Payload::Verdict),
                (Step::Suspended, _) => return None,
                (Step::Cancelled, _) => return Some(Payload::Cancelled),
            };
            let rest = items.len();
            let all = verdicts.get_or_insert_with(|| Verdicts::new(self.work.first, 1 + rest));
            all.push(verdict);
            if let Some(hit) = &mut verdict.hit {
                scratch.keep_match_text(mem::take(&mut hit.text));
            }
            if rest == 0 {
                return verdicts.take().map(Payload::Verdicts);
            }
            if self.bytes_since_clock >= CLOCK_INTERVAL_BYTES {
                self.bytes_since_clock = 0;
                if Instant::now() >= until {
                    return None;
                }
            }
        }
    }

    /// Counts verdicts that are sent, all at once: the rule of each.
    fn count(&self, verdicts: impl Iterator<Item = Option<RuleIndex>>) {
        if let Some(rules) = &self.work.in_force.rules {
            rules.count(verdicts);
        }
    }

    /// Classifies the next item, or the one that was suspended, and sends the memory that its
    /// verdict leaves behind.
    fn classify(&mut self, scratch: &mut Scratch, until: Instant, outbox: &mut Outbox) -> Step {
        let Work { in_force, items, texts, .. } = &mut self.work;
        let interrupt = Interrupt::until(until, self.stop.as_deref().unwrap_or(&NEVER));
        if interrupt.is_cancelled() {
            return Step::Cancelled;
        }
        let mut classification = if let Some(suspended) = self.current.take() {
            *suspended
        } else {
            let is_in_row = items.next_is_in_row(texts, in_force, scratch);
            let Some(item) = items.next(texts) else { return Step::Cancelled };
            if let Some(block) = texts.take_finished_block(&item) {
                let buffers = Buffers { block, ..Buffers::default() };
                outbox.add_buffers(&self.destination, buffers);
            }
            self.bytes_since_clock += item.bytes();
            let texts = &*texts;
            let error = item.error.as_ref().filter(|_| is_in_row);
            let in_row = error.and_then(|error| texts.packed(error));
            if in_row.is_some_and(|text| items.pass_in_row(text, in_force)) {
                return Step::Done(Verdict::no_match());
            }
            let mut new = Classification::new(RawText::Plain(&[]), None).at(in_force.time);
            items.read(item, in_row, texts, &mut new, scratch);
            new
        };
        let Some(rules) = &in_force.rules else {
            return Step::Done(Verdict::without_rules(classification.has_error()));
        };
        let mut own = self.scratch.take();
        let step = classification.resume(rules, own.as_deref_mut().unwrap_or(scratch), &interrupt);
        match step {
            Step::Suspended => {
                if classification.holds_scratch() {
                    self.scratch = own.or_else(|| Some(Box::new(mem::take(scratch))));
                }
                self.current = Some(Box::new(classification.into_owned()));
            }
            Step::Done(_) => {
                if let Some(TextBuffers { bytes: long, mut units }) = classification.take_buffers()
                {
                    if let Items::Many(many) = items
                        && many.items.spare.capacity() == 0
                    {
                        many.items.spare = mem::take(&mut units[0]);
                    }
                    let buffers = Buffers { long, units, ..Buffers::default() };
                    outbox.add_buffers(&self.destination, buffers);
                }
            }
            Step::Cancelled => {}
        }
        step
    }
}

impl Drop for Job {
    /// A panic of the worker drops the jobs that it has claimed. Their calls fail instead of
    /// waiting for ever.
    fn drop(&mut self) {
        if thread::panicking() {
            let payload = Payload::Panicked("a worker panicked".into());
            let rules = self.work.in_force.rules.take();
            let completion = JobCompletion { call: self.call, payload, last: true, rules };
            self.destination.post(vec![completion], BufferPool::default(), true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;
    use crate::buffers::arena::TextRef;

    /// Keeps what it gets: the calls, and whether each of them failed.
    #[derive(Default)]
    struct Stub(Mutex<Vec<(CallId, bool)>>);

    impl Destination for Stub {
        fn post(&self, completions: Vec<JobCompletion>, _: BufferPool, _: bool) {
            let news = completions.into_iter().map(|completion| {
                assert!(completion.last);
                (completion.call, matches!(completion.payload, Payload::Panicked(_)))
            });
            self.0.lock().unwrap().extend(news);
        }

        fn ask_for_worker(&self) {}

        fn is_closed(&self) -> bool {
            false
        }
    }

    fn job(destination: &Arc<Stub>, slot: usize) -> Job {
        let item = Item { test: TextRef::empty(), error: None };
        let items = Items::One(Some(item));
        let work =
            Work { in_force: InForce::default(), first: 0, items, texts: TextArena::default() };
        Job::new(destination.clone(), CallId::of_slot(slot), None, work)
    }

    #[test]
    fn a_panic_of_the_worker_fails_its_jobs_and_sends_what_was_done() {
        let stub = Arc::new(Stub::default());
        let (done, claimed) = (job(&stub, 0), job(&stub, 1));
        let panicked = guard(Entry::Worker, || {
            let mut outbox = Outbox::default();
            let _claimed = claimed;
            let until = Instant::now() + Duration::from_secs(1);
            assert!(done.work(&mut Scratch::default(), until, &mut outbox).is_none());
            panic!("on purpose");
        });
        assert_eq!(panicked, Err::<(), _>(Panicked("on purpose".into())));
        let mut news = stub.0.lock().unwrap().clone();
        news.sort_by_key(|(call, _)| call.slot());
        assert_eq!(news, [(CallId::of_slot(0), false), (CallId::of_slot(1), true)]);
    }

    #[test]
    fn a_job_that_is_dropped_otherwise_sends_nothing() {
        let stub = Arc::new(Stub::default());
        drop(job(&stub, 0));
        assert!(stub.0.lock().unwrap().is_empty());
    }
}
