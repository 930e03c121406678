//! Verdicts on their way to JavaScript: many in one call.
//!
//! The numbers of a bundle go through an array that Rust writes, everything else is an argument.
//! The script in `promises.js` reads both in the order in which [`VerdictWriter::add`] writes them.

use napi::Env;
use rustc_hash::FxHashSet;

use crate::node::number_buffer::NumberBuffer;
use crate::node::value::{Thrown, Value};
use crate::queue::call_id::CallId;
use matcher::{Hit, Matcher, Reason, Verdict};

/// Verdicts that one delivery takes before the event loop gets its turn, or a few more: those of
/// its last completion. Each verdict of a `classify` may run code of the caller's.
pub(crate) const DELIVERY_VERDICTS: usize = 64;
/// Items of a `classifyAll` that are copied at a time, and come back in one completion at most.
pub(crate) const WINDOW_ITEMS: usize = 384;
/// The most verdicts of a bundle.
const MAX_VERDICTS: usize = DELIVERY_VERDICTS + WINDOW_ITEMS;
/// The most numbers of a verdict.
const MAX_NUMBERS: usize = 6;

/// The reasons, each at the index that is its code.
const REASONS: [Reason; 5] =
    [Reason::Matched, Reason::NoMatch, Reason::NoError, Reason::NoRules, Reason::TimeLimit];
/// The bits of a reason's code, in the number that it shares with these flags.
const REASON_MASK: u32 = NEW_VERSION - 1;
/// The version of the rules comes with the verdict.
const NEW_VERSION: u32 = 1 << 3;
/// The issue, the id and the url of the rule come with the verdict.
const NEW_RULE: u32 = 1 << 4;
/// The rules that were given up come with the verdict.
const WITH_UNDECIDED: u32 = 1 << 5;

/// The number by which the script knows a reason: its index in [`REASONS`].
const fn code(reason: Reason) -> u32 {
    match reason {
        Reason::Matched => 0,
        Reason::NoMatch => 1,
        Reason::NoError => 2,
        Reason::NoRules => 3,
        Reason::TimeLimit => 4,
    }
}

const _: () = {
    let mut index = 0;
    while index < REASONS.len() {
        assert!(code(REASONS[index]) == index as u32 && index as u32 <= REASON_MASK);
        index += 1;
    }
};

/// Verdicts that settle in one call, at most [`MAX_VERDICTS`].
pub(crate) struct Bundle<'s> {
    env: &'s Env,
    count: u32,
    /// Numbers that are written.
    numbers: usize,
    /// The number of verdicts, then everything that is not a number.
    arguments: Vec<Value<'s>>,
}

/// Writes the verdicts of an environment.
pub(crate) struct VerdictWriter {
    numbers: NumberBuffer,
    sent: SentState,
}

/// What the script knows of the rules that gave the last verdict. Verdicts that come together are
/// mostly by the same rules.
#[derive(Default)]
struct SentState {
    /// The number of their load, 0 if none were ever loaded. `None`: the script does not know.
    load: Option<u64>,
    /// The rules of which it knows the issue, the id and the url.
    rules: FxHashSet<u32>,
}

impl<'s> Bundle<'s> {
    /// An empty bundle. `capacity`: the number of verdicts to expect.
    pub(crate) fn new(env: &'s Env, capacity: usize) -> Self {
        let mut arguments = Vec::with_capacity(1 + 2 * capacity);
        arguments.push(Value::undefined(env));
        Self { env, count: 0, numbers: 0, arguments }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The arguments of the script's function.
    pub(crate) fn into_arguments(mut self) -> Result<Vec<Value<'s>>, Thrown<'s>> {
        self.arguments[0] = Value::number(self.env, self.count)?;
        Ok(self.arguments)
    }
}

impl VerdictWriter {
    pub(crate) fn new(env: &Env) -> Result<Self, Thrown<'_>> {
        let numbers = NumberBuffer::new(env, MAX_VERDICTS * MAX_NUMBERS)?;
        Ok(Self { numbers, sent: SentState::default() })
    }

    /// The parameters of the script, in its order.
    pub(crate) fn parameters<'s>(&self, env: &'s Env) -> Result<[Value<'s>; 7], Thrown<'s>> {
        let reasons = REASONS.map(|reason| Value::string(env, reason.as_str()));
        let number = |number| Value::number(env, number);
        Ok([
            self.numbers.array(env),
            Value::array(env, reasons)?,
            number(code(Reason::Matched))?,
            number(REASON_MASK)?,
            number(NEW_VERSION)?,
            number(NEW_RULE)?,
            number(WITH_UNDECIDED)?,
        ])
    }

    /// The environment is ending.
    pub(crate) fn release(self, env: &Env) {
        self.numbers.release(env);
    }

    /// Adds the verdict on an item of a call, by its index. `text`: what was matched; `rules`: the
    /// rules that gave the verdict.
    pub(crate) fn add<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        (call, index): (CallId, u32),
        verdict: &Verdict,
        text: &[u16],
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let arguments = bundle.arguments.len();
        self.write(bundle, (call, index), verdict, text, rules).inspect_err(|_| {
            bundle.arguments.truncate(arguments);
            self.forget();
        })
    }

    fn write<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        (call, index): (CallId, u32),
        verdict: &Verdict,
        text: &[u16],
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let Bundle { env, .. } = *bundle;
        let mut what = code(verdict.reason);
        let load = rules.map_or(0, |rules| rules.ticket().number());
        if self.sent.load != Some(load) {
            let version = rules.map_or("0", Matcher::version);
            bundle.arguments.push(Value::string(env, version)?);
            self.sent = SentState { load: Some(load), ..SentState::default() };
            what |= NEW_VERSION;
        }
        if !verdict.undecided.is_empty() {
            let undecided = verdict.undecided.iter().map(|rule| Value::number(env, rule.0));
            bundle.arguments.push(Value::array(env, undecided)?);
            what |= WITH_UNDECIDED;
        }
        let Some(&Hit { rule, start, end, .. }) = verdict.hit.as_ref() else {
            self.write_numbers(bundle, &[call.number(), index, what]);
            return Ok(());
        };
        if self.sent.rules.insert(rule.0)
            && let Some(known) = rules.and_then(|rules| rules.rule(rule))
        {
            bundle.arguments.push(Value::utf16_string(env, &known.issue)?);
            bundle.arguments.push(string_or_null(env, known.id.as_deref())?);
            bundle.arguments.push(string_or_null(env, known.url())?);
            what |= NEW_RULE;
        }
        bundle.arguments.push(Value::utf16_string(env, text)?);
        self.write_numbers(bundle, &[call.number(), index, what, rule.0, start, end]);
        Ok(())
    }

    fn write_numbers(&mut self, bundle: &mut Bundle<'_>, numbers: &[u32]) {
        self.numbers.write(bundle.numbers, numbers);
        bundle.numbers += numbers.len();
        bundle.count += 1;
    }

    /// Forgets what the script knows: a bundle has not reached it.
    pub(crate) fn forget(&mut self) {
        self.sent = SentState::default();
    }
}

fn string_or_null<'s>(env: &'s Env, text: Option<&[u16]>) -> Result<Value<'s>, Thrown<'s>> {
    text.map_or(Ok(Value::null(env)), |text| Value::utf16_string(env, text))
}

/// The arguments of the script's function that makes one verdict at once, by `rules`. It shares
/// nothing with the bundles, one of which may be half written.
pub(crate) fn verdict_arguments<'s>(
    env: &'s Env,
    verdict: &Verdict,
    rules: Option<&Matcher>,
) -> Result<Vec<Value<'s>>, Thrown<'s>> {
    let number = |number| Value::number(env, number);
    let undecided = verdict.undecided.iter().map(|rule| number(rule.0));
    let version = rules.map_or("0", Matcher::version);
    let mut arguments = vec![
        number(code(verdict.reason))?,
        Value::array(env, undecided)?,
        Value::string(env, version)?,
    ];
    if let Some(Hit { rule, start, end, text }) = &verdict.hit {
        let known = rules.and_then(|rules| rules.rule(*rule));
        arguments.extend([
            number(rule.0)?,
            Value::utf16_string(env, known.map_or(&[], |known| &known.issue))?,
            string_or_null(env, known.and_then(|known| known.id.as_deref()))?,
            string_or_null(env, known.and_then(|known| known.url()))?,
            number(*start)?,
            number(*end)?,
            Value::utf16_string(env, text)?,
        ]);
    }
    Ok(arguments)
}
