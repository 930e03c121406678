//! Explanations: one after the other, on a thread that is there while there are any. They may take
//! long, and nobody makes many of them.

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::calls::completion::Completion;
use crate::calls::explained::Explained;
use crate::calls::inbox::Inbox;
use crate::error::Failure;
use crate::fault::Entry;
use crate::node::guard::guard;
use crate::queue::call_id::CallId;
use crate::queue::destination::Destination;
use matcher::text::RawText;
use matcher::{
    BuildOptions, Cancelled, Matcher, Moment, Patience, Scratch, Ticket, Verdict, WantedRule,
};

/// An explanation to make.
pub(crate) struct Question {
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) call: CallId,
    /// Set when the caller wants no explanation any more.
    pub(crate) stop: Arc<AtomicBool>,
    /// `None`: no rules were ever loaded.
    pub(crate) rules: Option<Arc<Matcher>>,
    /// When the call was made, if that matters to the rules.
    pub(crate) time: Option<Moment>,
    pub(crate) test: Vec<u16>,
    pub(crate) error: Option<RawText<'static>>,
    pub(crate) wanted: Option<WantedRule>,
}

struct State {
    waiting: VecDeque<Question>,
    /// Whether the thread is there.
    is_running: bool,
}

static STATE: Mutex<State> = Mutex::new(State { waiting: VecDeque::new(), is_running: false });

fn state() -> MutexGuard<'static, State> {
    // nothing under the lock panics between two states that fit together
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks for an explanation. `start`: starts the thread; `false` if it could not. Returns whether
/// the question will be answered.
pub(crate) fn ask(question: Question, start: impl FnOnce(fn()) -> bool) -> bool {
    let (inbox, call) = (question.inbox.clone(), question.call);
    let needs_thread = {
        let mut state = state();
        state.waiting.push_back(question);
        !std::mem::replace(&mut state.is_running, true)
    };
    if !needs_thread || start(answer_all) {
        return true;
    }
    let mut state = state();
    state.is_running = false;
    let is_ours = |one: &Question| one.call == call && Arc::ptr_eq(&one.inbox, &inbox);
    state.waiting.retain(|one| !is_ours(one));
    false
}

/// What the thread does.
fn answer_all() {
    let mut scratch = Scratch::default();
    while let Some(question) = next() {
        answer(question, &mut scratch);
    }
}

fn next() -> Option<Question> {
    let mut state = state();
    let question = state.waiting.pop_front();
    state.is_running = question.is_some();
    question
}

fn answer(question: Question, scratch: &mut Scratch) {
    let (inbox, call) = (question.inbox.clone(), question.call);
    if inbox.is_closed() {
        return;
    }
    let outcome = match guard(Entry::Explain, || explain(question, scratch)) {
        Ok(Ok(explained)) => Ok(explained),
        Ok(Err(Cancelled)) => Err(Failure::Internal("stopped, but not by the caller".into())),
        Err(panicked) => {
            // nothing that a panic leaves half done is used again
            *scratch = Scratch::default();
            Err(panicked.into())
        }
    };
    inbox.post_one(Completion::Explained { call, outcome: Box::new(outcome) });
}

fn explain(question: Question, scratch: &mut Scratch) -> Result<Explained, Cancelled> {
    let Question { inbox, stop, rules, time, test, error, wanted, .. } = question;
    let patience = Patience { stop: &stop, is_wanted: &|| !inbox.is_closed() };
    let (name, has_error) = (RawText::Utf16(test.clone()), error.is_some());
    let explanation = match rules {
        Some(rules) => rules.explain(name, error, time, wanted.as_ref(), scratch, patience)?,
        None => {
            let rules = without_rules();
            let mut explanation =
                rules.explain(name, error, time, wanted.as_ref(), scratch, patience)?;
            explanation.verdict = Verdict::without_rules(has_error);
            explanation
        }
    };
    Ok(Explained { test, explanation })
}

/// A list without rules, for the text that would be matched.
fn without_rules() -> Matcher {
    let built = Matcher::build(Vec::new(), BuildOptions::default(), Ticket::default());
    built.unwrap_or_else(|_| unreachable!("no rule can be refused")).0
}
