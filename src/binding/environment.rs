//! What the addon keeps for each environment (the main thread, every worker): its calls in flight and the way to settle them.
//!
//! A call is settled by the letter with its last verdict, or by the abort of its signal, whichever is first. Its place is
//! free again only when its last letter is there: till then the queue knows it by that number.

use std::cell::RefCell;
use std::sync::Arc;

use napi::Env;
use rustc_hash::FxHashMap;

use super::abort::{self, Watch};
use super::failure::Failure;
use super::js::{Thrown, Value};
use super::keep::Kept;
use super::promises::{Promises, Settler};
use super::queue::{self, Content, Letter, Mailbox, Wake};

/// Verdicts that are handed back before the event loop has its turn. Each may set off code of the caller's.
const BATCH: usize = 64;

/// One environment.
struct Environment {
    mailbox: Arc<Mailbox>,
    promises: Kept,
    /// By place.
    calls: Vec<Option<InFlight>>,
    free: Vec<u32>,
    /// Calls that are not settled.
    unsettled: usize,
    /// Texts of those calls.
    texts: usize,
}

/// A call whose last letter is not there yet.
struct InFlight {
    watch: Option<Watch>,
    texts: usize,
    settled: bool,
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
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) mailbox: Arc<Mailbox>,
}

/// Texts whose verdicts are still to come, in this environment.
pub(super) fn queue_size(env: &Env) -> usize {
    with(env, |environment| environment.texts).unwrap_or(0)
}

/// Makes a place for a call with so many texts, which is in flight from now on. `watch` is given the place's number.
pub(super) fn enter(
    env: &Env,
    texts: usize,
    watch: impl FnOnce(u32) -> Result<Option<Watch>, Failure>,
) -> Result<Place, Failure> {
    open(env).map_err(|thrown| Failure::Internal(thrown.in_words()))?;
    let gone = || Failure::Internal("the environment has ended".into());
    let place = with(env, |environment| {
        let in_flight = Some(InFlight { watch: None, texts, settled: false });
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
            environment.mailbox.keep_alive(env, true);
        }
        Place { number, mailbox: environment.mailbox.clone() }
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

/// What makes and settles the promises of this environment.
pub(super) fn promises(env: &Env) -> Option<Promises<'_>> {
    with(env, |environment| Promises::new(env, environment.promises.get(env)))
}

/// Rejects a call, if it is not settled yet. Its place stays taken.
pub(super) fn reject(env: &Env, number: u32, reason: Value<'_>) {
    let settles = with(env, |environment| environment.settle(env, number)) == Some(true);
    if settles && let Some(promises) = promises(env) {
        // an environment that is ending has nobody to tell
        let _ = promises.fail(number, reason);
    }
}

/// Frees a call's place.
pub(super) fn leave(env: &Env, number: u32) {
    let watch = with(env, |environment| {
        environment.settle(env, number);
        environment.free.push(number);
        environment.calls[number as usize].take().and_then(|call| call.watch)
    });
    if let Some(watch) = watch.flatten() {
        watch.close(env, number);
    }
}

/// Starts a drainer, if there should be one more.
pub(super) fn start_drainer(env: &Env, permit: Option<queue::Permit>) {
    let Some(permit) = permit else { return };
    if let Some(mailbox) = with(env, |environment| environment.mailbox.clone()) {
        queue::start(env, permit, mailbox, on_complete);
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
        self.texts -= std::mem::take(&mut call.texts);
        self.unsettled -= 1;
        if self.unsettled == 0 {
            self.mailbox.keep_alive(env, false);
        }
        true
    }

    /// Notes that one of the call's texts has its verdict. Says whether the caller still waits for it.
    fn answer(&mut self, number: u32) -> bool {
        let Some(call) = self.call(number).filter(|call| !call.settled) else { return false };
        call.texts = call.texts.saturating_sub(1);
        self.texts = self.texts.saturating_sub(1);
        true
    }
}

/// Makes the environment known, at its first call.
fn open(env: &Env) -> Result<(), Thrown<'_>> {
    if with(env, |_| ()).is_some() {
        return Ok(());
    }
    let failed = || Thrown(Value::undefined(env));
    let promises = Kept::new(Promises::script(env)?).map_err(|_| failed())?;
    let wake = Wake::new(env, on_wake).map_err(|_| failed())?;
    let environment = Environment {
        mailbox: Arc::new(Mailbox::new(wake)),
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
    if let Some(Environment { mailbox, .. }) = environment {
        mailbox.close();
        queue::abandon(&mailbox);
    }
}

fn on_wake(env: &Env) {
    hand_back(env, true);
}

fn on_complete(env: &Env) {
    hand_back(env, false);
}

/// Settles the calls whose verdicts are there: a batch of them, then the event loop has its turn.
fn hand_back(env: &Env, woken: bool) {
    if !Value::can_run(env) {
        // a task of an environment that is ending: it must not start another
        end(env.raw() as usize);
        queue::hand_over();
        return;
    }
    let Some(mailbox) = with(env, |environment| environment.mailbox.clone()) else { return };
    let letters = mailbox.take(BATCH, woken);
    if !letters.is_empty()
        && let Some(Ok(mut settler)) = promises(env).map(Promises::settler)
    {
        for letter in letters {
            open_letter(env, &mut settler, letter);
        }
    }
    mailbox.pause(woken);
    start_drainer(env, queue::permit());
}

fn open_letter<'s>(env: &'s Env, settler: &mut Settler<'s>, letter: Letter) {
    let Letter { call: number, content, last } = letter;
    if last && let Some(watch) = with(env, |environment| environment.watch_id(number)).flatten() {
        // an earlier listener may have kept the event from ours
        abort::look(env, watch);
    }
    let waits = with(env, |environment| match content {
        Content::Verdict(..) => environment.answer(number),
        _ => environment.call(number).is_some_and(|call| !call.settled),
    });
    if waits == Some(true) {
        match content {
            Content::Verdict(verdict, rules) => {
                // an environment that is ending cannot be told, and need not be
                let _ = settler.settle(number, &verdict, rules.as_deref());
            }
            Content::Stopped => fail(env, number, "stopped, but not by the caller".into()),
            Content::Panicked(words) => fail(env, number, words),
        }
    }
    if last {
        leave(env, number);
    }
}

#[cold]
fn fail(env: &Env, number: u32, words: String) {
    reject(env, number, Failure::Internal(words).into_value(env));
}
