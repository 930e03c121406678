//! What the addon keeps for each environment (the main thread, every worker): its calls in flight and the way to settle them.
//!
//! A call is settled by the letter with its last verdict, or by the abort of its signal, whichever is first. Its place is
//! free again only when the last letters of all its jobs are there: till then the queue knows it by that number. The jobs of a
//! `classifyAll` are made one after the other, as their verdicts come back.

use std::cell::RefCell;
use std::iter;
use std::sync::Arc;

use napi::{Env, sys};
use rustc_hash::FxHashMap;

use crate::buffers::arena::TextArena;
use crate::buffers::pool::{self, BufferPool};
use crate::calls::batch::{Batch, Strings, Window};
use crate::calls::promises::{Bundle, Function, Promises, VERDICTS};
use crate::calls::retire::drop_on_pool;
use crate::calls::signals::{self, Watch};
use crate::error::Failure;
use crate::node::value::{Thrown, Value};
use crate::queue::{self, Completion, Inbox, Items, Job, Payload, Waker, Work};
use crate::report::LoadReport;
use matcher::{Matcher, Verdict};

/// One environment.
struct Environment {
    inbox: Arc<Inbox>,
    promises: Promises,
    /// By place.
    calls: Vec<Option<InFlight>>,
    free: Vec<u32>,
    /// Calls that are not settled.
    unsettled: usize,
    /// Texts of those calls.
    texts: usize,
}

/// A call that has jobs, or will have.
struct InFlight {
    watch: Option<Watch>,
    call: Call,
    /// Jobs whose last letter is not there yet.
    jobs: u32,
    settled: bool,
}

/// What is asked for.
#[derive(Default)]
pub(crate) struct Call {
    /// The rules to judge by; `None` if none were ever loaded.
    pub(crate) rules: Option<Arc<Matcher>>,
    /// Texts whose verdicts are still to come.
    pub(crate) texts: usize,
    /// What of a `classifyAll` was not copied yet.
    pub(crate) batch: Option<Box<Batch>>,
}

thread_local! {
    // by environment: a thread may have several. Never borrowed while JavaScript may run, for it may call again
    static ENVIRONMENTS: RefCell<FxHashMap<usize, Environment>> = RefCell::default();
}

fn with<T>(env: &Env, look: impl FnOnce(&mut Environment) -> T) -> Option<T> {
    // not `with_borrow_mut`: the thread may be ending, and a panic would be the end of the process
    ENVIRONMENTS
        .try_with(|all| all.borrow_mut().get_mut(&(env.raw() as usize)).map(look))
        .ok()
        .flatten()
}

/// A call that has a place.
pub(crate) struct Place {
    pub(crate) number: u32,
    pub(crate) inbox: Arc<Inbox>,
}

/// Texts whose verdicts are still to come, in this environment.
pub(crate) fn queue_size(env: &Env) -> usize {
    with(env, |environment| environment.texts).unwrap_or(0)
}

/// Makes a place for a call, which is in flight from now on. `watch` is given the place's number.
pub(crate) fn enter(
    env: &Env,
    call: Call,
    watch: impl FnOnce(u32) -> Result<Option<Watch>, Failure>,
) -> Result<Place, Failure> {
    open(env).map_err(|thrown| Failure::Internal(thrown.in_words()))?;
    let place = with(env, |environment| {
        let texts = call.texts;
        let in_flight = Some(InFlight { watch: None, call, jobs: 0, settled: false });
        let number = if let Some(number) = environment.free.pop() {
            environment.calls[number as usize] = in_flight;
            number
        } else {
            environment.calls.push(in_flight);
            environment.calls.len() as u32 - 1
        };
        environment.unsettled += 1;
        environment.texts += texts;
        if environment.unsettled == 1 {
            environment.inbox.keep_alive(env, true);
        }
        Place { number, inbox: environment.inbox.clone() }
    })
    .ok_or_else(gone)?;
    match watch(place.number) {
        Ok(None) => {}
        Ok(watch) => {
            with(env, |environment| {
                if let Some(call) = environment.call(place.number) {
                    call.watch = watch;
                }
            });
        }
        Err(failure) => {
            leave(env, place.number);
            return Err(failure);
        }
    }
    Ok(place)
}

/// Makes the promise of a call for one thing.
pub(crate) fn promise(env: &Env, number: u32) -> Option<Value<'_>> {
    with(env, |environment| environment.promises.open(env))?.open(number).ok()
}

/// Makes the promise of a `classifyAll`, of so many verdicts.
pub(crate) fn promise_of_all<'s>(
    env: &'s Env,
    number: u32,
    count: usize,
    strings: Strings<'s>,
) -> Option<Value<'s>> {
    let open = with(env, |environment| environment.promises.open_all(env))?;
    open.open_all(number, count, strings).ok()
}

/// What reads the items of a `classifyAll`.
pub(crate) fn gather(env: &Env) -> Result<Function<'_>, Failure> {
    open(env).map_err(|thrown| Failure::Internal(thrown.in_words()))?;
    with(env, |environment| environment.promises.gather(env)).ok_or_else(gone)
}

/// Begins a job of a call.
pub(crate) fn begin(env: &Env, number: u32) {
    with(env, |environment| {
        if let Some(call) = environment.call(number) {
            call.jobs += 1;
        }
    });
}

/// Puts a job of a call into the queue.
pub(crate) fn push(env: &Env, number: u32, first: u32, items: Items, texts: TextArena) {
    begin(env, number);
    let job = with(env, |environment| {
        let home = environment.inbox.clone();
        let InFlight { watch, call, .. } = environment.call(number)?;
        let work = Work { rules: call.rules.clone(), first, items, texts };
        Some(Job::new(home, number, watch.as_ref().map(|watch| watch.stop.clone()), work))
    });
    if let Some(job) = job.flatten() {
        start_drainer(env, queue::push(job));
    }
}

/// Copies what comes next of a `classifyAll`, if little of it is on its way, and puts it into the queue.
pub(crate) fn go_on(env: &Env, number: u32) {
    let strings = with(env, |environment| {
        let has_more = environment.call(number).is_some_and(|call| call.call.batch.is_some());
        has_more.then(|| environment.promises.strings(env))
    });
    let Some(strings) = strings.flatten().and_then(|strings| strings.strings(number).ok()) else {
        return;
    };
    loop {
        let window = with(env, |environment| {
            let InFlight { call, jobs, .. } = environment.call(number)?;
            // runs none of the caller's code
            let window = call.batch.as_mut()?.window(env, strings, *jobs);
            call.batch.take_if(|batch| batch.deadline_passed());
            window
        });
        let Some(Window { first, items, texts }) = window.flatten() else { return };
        push(env, number, first, Items::Many(items.into_iter()), texts);
    }
}

/// Rejects a call, if it is not settled yet. Its place stays taken.
pub(crate) fn reject(env: &Env, number: u32, reason: Value<'_>) {
    let settles = with(env, |environment| environment.settle(env, number)) == Some(true);
    if settles && let Some(function) = with(env, |environment| environment.promises.fail(env)) {
        // an environment that is ending has nobody to tell
        let _ = function.fail(number, reason);
    }
}

/// Resolves a call that waits for one thing and no verdict. Its place stays taken.
fn resolve(env: &Env, number: u32, value: Value<'_>) {
    let settles = with(env, |environment| environment.settle(env, number)) == Some(true);
    if settles && let Some(function) = with(env, |environment| environment.promises.settle(env)) {
        let _ = function.settle(number, value);
    }
}

/// Frees a call's place.
pub(crate) fn leave(env: &Env, number: u32) {
    let left = with(env, |environment| {
        environment.settle(env, number);
        environment.free.push(number);
        environment.calls[number as usize].take()
    });
    let Some(InFlight { watch, call, .. }) = left.flatten() else { return };
    if let Some(watch) = watch {
        watch.close(env, number);
    }
    drop_on_pool(env, call.rules);
}

/// A job of a call is over, and with the last one the call.
fn job_over(env: &Env, number: u32) {
    with(env, |environment| {
        if let Some(call) = environment.call(number) {
            call.jobs -= 1;
        }
    });
    go_on(env, number);
    if with(env, |environment| environment.call(number).is_some_and(|call| call.jobs == 0))
        == Some(true)
    {
        leave(env, number);
    }
}

fn gone() -> Failure {
    Failure::Internal("the environment has ended".into())
}

/// Starts a drainer, if there should be one more.
pub(crate) fn start_drainer(env: &Env, permit: Option<queue::Permit>) {
    let Some(permit) = permit else { return };
    if let Some(inbox) = with(env, |environment| environment.inbox.clone()) {
        queue::start(env, permit, inbox, on_complete);
    }
}

impl Environment {
    fn call(&mut self, number: u32) -> Option<&mut InFlight> {
        self.calls.get_mut(number as usize)?.as_mut()
    }

    fn watch_id(&mut self, number: u32) -> Option<u32> {
        self.call(number)?.watch.as_ref().map(Watch::id)
    }

    /// Notes that a call is settled. Says whether it was not before.
    fn settle(&mut self, env: &Env, number: u32) -> bool {
        let Some(call) = self.call(number).filter(|call| !call.settled) else { return false };
        call.settled = true;
        call.call.batch = None;
        self.texts -= std::mem::take(&mut call.call.texts);
        self.unsettled -= 1;
        if self.unsettled == 0 {
            self.inbox.keep_alive(env, false);
            pool::with(BufferPool::trim);
        }
        true
    }

    /// Notes that so many of the call's texts have their verdicts. Says whether the caller still waits for them.
    fn answer(&mut self, number: u32, texts: usize) -> bool {
        let Some(call) = self.call(number).filter(|call| !call.settled) else { return false };
        call.call.texts = call.call.texts.saturating_sub(texts);
        self.texts = self.texts.saturating_sub(texts);
        true
    }
}

/// Makes the environment known, at its first call.
fn open(env: &Env) -> Result<(), Thrown<'_>> {
    if with(env, |_| ()).is_some() {
        return Ok(());
    }
    let failed = || Thrown(Value::undefined(env));
    let promises = Promises::new(env)?;
    let wake = Waker::new(env, on_wake).map_err(|_| failed())?;
    let environment = Environment {
        inbox: Arc::new(Inbox::new(wake)),
        promises,
        calls: Vec::new(),
        free: Vec::new(),
        unsettled: 0,
        texts: 0,
    };
    ENVIRONMENTS.with_borrow_mut(|all| all.insert(env.raw() as usize, environment));
    // hooks run in reverse order: this one before those that free the bells of `wake`
    env.add_env_cleanup_hook(env.raw() as usize, end).map_err(|_| failed())?;
    Ok(())
}

/// The environment is ending: nothing of it is called any more, its calls are forgotten.
fn end(env: usize) {
    let environment = ENVIRONMENTS.try_with(|all| all.borrow_mut().remove(&env)).ok().flatten();
    if let Some(Environment { inbox, promises, .. }) = environment {
        inbox.close();
        queue::abandon(&inbox);
        promises.release(&Env::from_raw(env as sys::napi_env));
    }
}

fn on_wake(env: &Env) {
    poll_completions(env, true);
}

fn on_complete(env: &Env) {
    poll_completions(env, false);
}

/// Settles the calls whose verdicts are there: a batch of them, then the event loop has its turn.
fn poll_completions(env: &Env, woken: bool) {
    if !Value::can_run(env) {
        // a task of an environment that is ending: it must not start another
        end(env.raw() as usize);
        queue::hand_over();
        return;
    }
    let Some(inbox) = with(env, |environment| environment.inbox.clone()) else { return };
    let completions = inbox.take(VERDICTS, woken);
    if !completions.is_empty() {
        settle_completions(env, completions);
    }
    inbox.pause(woken);
    start_drainer(env, queue::permit());
}

/// Settles the calls that a batch of letters is about. No JavaScript but abort reasons, and getters of signals that are none of
/// Node's own, is run before all verdicts of the batch are handed back at once.
fn settle_completions(env: &Env, completions: Vec<Completion>) {
    let mut bundle = Bundle::new(env, completions.iter().map(Completion::weight).sum());
    let mut over = Vec::with_capacity(completions.len());
    for Completion { call: number, content, last } in completions {
        if last {
            over.push(number);
            if let Some(watch) = with(env, |environment| environment.watch_id(number)).flatten() {
                // an earlier listener may have kept the event from ours
                signals::look(env, watch);
            }
        }
        match content {
            Payload::Verdict(verdict) => {
                let text = verdict.hit.as_ref().map_or(&[][..], |hit| &hit.text);
                answer(env, &mut bundle, number, 1, iter::once((0, &verdict, text)));
            }
            Payload::Verdicts(verdicts) => {
                answer(env, &mut bundle, number, verdicts.len(), verdicts.iter());
            }
            Payload::Loaded(report) => report_load(env, number, *report),
            Payload::Cancelled => fail(env, number, "stopped, but not by the caller".into()),
            Payload::Panicked(words) => fail(env, number, words),
        }
    }
    settle(env, bundle);
    // only now may others have their places
    for number in over {
        job_over(env, number);
    }
}

/// Puts so many verdicts on the items of a call, by their indexes and with what was matched, into the bundle, if the caller still
/// waits for them.
fn answer<'s, 'v>(
    env: &'s Env,
    bundle: &mut Bundle<'s>,
    number: u32,
    count: usize,
    verdicts: impl Iterator<Item = (u32, &'v Verdict, &'v [u16])>,
) {
    with(env, |environment| {
        if !environment.answer(number, count) {
            return;
        }
        let Environment { promises, calls, .. } = environment;
        let rules = calls[number as usize].as_ref().and_then(|call| call.call.rules.as_deref());
        for (index, verdict, text) in verdicts {
            // an environment that is ending cannot be told, and need not be
            let _ = promises.add(bundle, (number, index), verdict, text, rules);
        }
    });
}

fn settle<'s>(env: &'s Env, bundle: Bundle<'s>) {
    if bundle.is_empty() {
        return;
    }
    let Some(function) = with(env, |environment| environment.promises.settle_all(env)) else {
        return;
    };
    if function.settle_all(bundle).is_err() {
        with(env, |environment| environment.promises.forget());
    }
}

fn report_load(env: &Env, number: u32, report: Result<LoadReport, Failure>) {
    let made =
        |report| Value::made_of(env, report).map_err(|error| Failure::Internal(error.to_string()));
    match report.and_then(made) {
        Ok(report) => resolve(env, number, report),
        Err(failure) => reject(env, number, failure.into_value(env)),
    }
}

#[cold]
fn fail(env: &Env, number: u32, words: String) {
    reject(env, number, Failure::Internal(words).into_value(env));
}
