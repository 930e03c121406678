//! The promises of an environment's calls: made and settled by a small script, `promises.js`, which says why.

use napi::Env;
use rustc_hash::FxHashSet;

use crate::calls::batch::{Strings, WINDOW};
use crate::node::number_buffer::NumberBuffer;
use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};
use matcher::{Hit, Matcher, Reason, Verdict};

const SCRIPT: &str = include_str!("promises.js");

/// Verdicts that are handed back before the event loop has its turn, or a few more: those of the last letter. Each that is a promise's
/// own may set off code of the caller's.
pub(crate) const VERDICTS: usize = 64;
/// Verdicts that are handed back at once, at most.
const MAX_VERDICTS: usize = VERDICTS + WINDOW;
/// Numbers of a verdict, at most.
const MAX_NUMBERS: usize = 6;
/// The reasons, each at the index that is its code.
const REASONS: [Reason; 4] = [Reason::Matched, Reason::NoMatch, Reason::NoError, Reason::NoRules];
/// The bits of a reason's code, in the number that it shares with these flags.
const REASON_MASK: u32 = NEW_VERSION - 1;
/// The version of the rules comes with the verdict.
const NEW_VERSION: u32 = 1 << 3;
/// The issue and the id of the rule come with the verdict.
const NEW_RULE: u32 = 1 << 4;
/// The rules that were given up come with the verdict.
const WITH_UNDECIDED: u32 = 1 << 5;

/// The number by which the script knows a reason: an index of [`REASONS`].
const fn code(reason: Reason) -> u32 {
    match reason {
        Reason::Matched => 0,
        Reason::NoMatch => 1,
        Reason::NoError => 2,
        Reason::NoRules => 3,
    }
}

const _: () = {
    let mut index = 0;
    while index < REASONS.len() {
        assert!(code(REASONS[index]) == index as u32 && index as u32 <= REASON_MASK);
        index += 1;
    }
};

/// What the script gave.
pub(crate) struct Promises {
    open: Reference,
    open_all: Reference,
    fail: Reference,
    settle: Reference,
    settle_all: Reference,
    gather: Reference,
    strings: Reference,
    numbers: NumberBuffer,
    told: SentState,
}

/// What the script knows of the rules that gave the last verdict. Verdicts that come together are mostly by the same.
#[derive(Default)]
struct SentState {
    /// Which load they are, 0 if none were ever loaded. `None`: it has not been told.
    load: Option<u64>,
    /// Those of which it knows the issue and the id, by index.
    rules: FxHashSet<u32>,
}

/// One of the script's functions. To be called when nothing is borrowed that JavaScript may ask for.
pub(crate) struct Function<'s> {
    env: &'s Env,
    function: Value<'s>,
}

/// Verdicts that are handed back by one call into JavaScript, [`MAX_VERDICTS`] at most.
pub(crate) struct Bundle<'s> {
    env: &'s Env,
    count: u32,
    numbers: usize,
    /// The number of verdicts, then what is no number.
    arguments: Vec<Value<'s>>,
}

type Done<'s> = Result<(), Thrown<'s>>;

impl Promises {
    /// Runs the script, once for an environment.
    pub(crate) fn new(env: &Env) -> Result<Self, Thrown<'_>> {
        let numbers = NumberBuffer::new(env, MAX_VERDICTS * MAX_NUMBERS)?;
        let number = |number| Value::number(env, number);
        let reasons = Value::array(env, REASONS.map(|reason| Value::string(env, reason.as_str())))?;
        let parts = Value::run_script(env, SCRIPT)?.call(
            Value::undefined(env),
            &[
                numbers.array(env),
                reasons,
                number(code(Reason::Matched))?,
                number(REASON_MASK)?,
                number(NEW_VERSION)?,
                number(NEW_RULE)?,
                number(WITH_UNDECIDED)?,
            ],
        )?;
        let part = |index| Reference::new(parts.get_index(index)?);
        Ok(Self {
            open: part(0)?,
            open_all: part(1)?,
            fail: part(2)?,
            settle: part(3)?,
            settle_all: part(4)?,
            gather: part(5)?,
            strings: part(6)?,
            numbers,
            told: SentState::default(),
        })
    }

    /// The environment is ending.
    pub(crate) fn release(self, env: &Env) {
        let Self { open, open_all, fail, settle, settle_all, gather, strings, numbers, told: _ } =
            self;
        for kept in [open, open_all, fail, settle, settle_all, gather, strings] {
            kept.release(env);
        }
        numbers.release(env);
    }

    /// What makes a promise of one thing.
    pub(crate) fn open<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.open.get(env) }
    }

    /// What makes the promise of a `classifyAll`.
    pub(crate) fn open_all<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.open_all.get(env) }
    }

    /// What rejects a call's promise.
    pub(crate) fn fail<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.fail.get(env) }
    }

    /// What reads the items of a `classifyAll`.
    pub(crate) fn gather<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.gather.get(env) }
    }

    /// What has the strings of a `classifyAll`.
    pub(crate) fn strings<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.strings.get(env) }
    }

    /// Puts the verdict on the item of that index into a bundle. `text`: what was matched; `rules`: which gave it.
    pub(crate) fn add<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        (call, index): (u32, u32),
        verdict: &Verdict,
        text: &[u16],
        rules: Option<&Matcher>,
    ) -> Done<'s> {
        let arguments = bundle.arguments.len();
        self.write(bundle, (call, index), verdict, text, rules).inspect_err(|_| {
            bundle.arguments.truncate(arguments);
            self.forget();
        })
    }

    fn write<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        (call, index): (u32, u32),
        verdict: &Verdict,
        text: &[u16],
        rules: Option<&Matcher>,
    ) -> Done<'s> {
        let Bundle { env, .. } = *bundle;
        let mut what = code(verdict.reason);
        let load = rules.map_or(0, Matcher::load_number);
        if self.told.load != Some(load) {
            let version = rules.map_or("0", |rules| &rules.report.version);
            bundle.arguments.push(Value::string(env, version)?);
            self.told = SentState { load: Some(load), ..SentState::default() };
            what |= NEW_VERSION;
        }
        if !verdict.undecided.is_empty() {
            let undecided = verdict.undecided.iter().map(|&rule| Value::number(env, rule));
            bundle.arguments.push(Value::array(env, undecided)?);
            what |= WITH_UNDECIDED;
        }
        let Some(&Hit { rule, start, end, .. }) = verdict.hit.as_ref() else {
            self.write_numbers(bundle, &[call, index, what]);
            return Ok(());
        };
        if self.told.rules.insert(rule)
            && let Some(known) = rules.and_then(|rules| rules.rule(rule))
        {
            bundle.arguments.push(Value::utf16_string(env, &known.issue)?);
            bundle.arguments.push(match &known.id {
                Some(id) => Value::utf16_string(env, id)?,
                None => Value::null(env),
            });
            what |= NEW_RULE;
        }
        bundle.arguments.push(Value::utf16_string(env, text)?);
        self.write_numbers(bundle, &[call, index, what, rule, start, end]);
        Ok(())
    }

    fn write_numbers(&mut self, bundle: &mut Bundle<'_>, numbers: &[u32]) {
        self.numbers.write(bundle.numbers, numbers);
        bundle.numbers += numbers.len();
        bundle.count += 1;
    }

    /// What resolves a call's promise.
    pub(crate) fn settle<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.settle.get(env) }
    }

    /// What settles a bundle.
    pub(crate) fn settle_all<'s>(&self, env: &'s Env) -> Function<'s> {
        Function { env, function: self.settle_all.get(env) }
    }

    /// Forgets what the script was told: a bundle has not reached it.
    pub(crate) fn forget(&mut self) {
        self.told = SentState::default();
    }
}

impl<'s> Function<'s> {
    /// Of [`Promises::open`]: the promise.
    pub(crate) fn open(self, call: u32) -> Result<Value<'s>, Thrown<'s>> {
        self.call(&[Value::number(self.env, call)?])
    }

    /// Of [`Promises::open_all`]: the promise of so many verdicts on `strings` and others. Of none it is resolved already.
    pub(crate) fn open_all(
        self,
        call: u32,
        count: usize,
        Strings { tests, errors }: Strings<'s>,
    ) -> Result<Value<'s>, Thrown<'s>> {
        let number = |number| Value::number(self.env, number);
        self.call(&[number(call)?, number(count as u32)?, tests, errors])
    }

    /// Of [`Promises::gather`]: the items' names, their errors, and the indexes of each that are no strings, in an array; or the
    /// index of what is no item.
    pub(crate) fn gather(
        self,
        items: Value<'s>,
        count: u32,
        named: bool,
    ) -> Result<Value<'s>, Thrown<'s>> {
        let number = |number| Value::number(self.env, number);
        self.call(&[items, number(count)?, number(named.into())?])
    }

    /// Of [`Promises::strings`].
    pub(crate) fn strings(self, call: u32) -> Result<Strings<'s>, Thrown<'s>> {
        let strings = self.call(&[Value::number(self.env, call)?])?;
        Ok(Strings { tests: strings.get_index(0)?, errors: strings.get_index(1)? })
    }

    /// Of [`Promises::fail`].
    pub(crate) fn fail(self, call: u32, reason: Value<'s>) -> Done<'s> {
        self.call(&[Value::number(self.env, call)?, reason]).map(drop)
    }

    /// Of [`Promises::settle`].
    pub(crate) fn settle(self, call: u32, value: Value<'s>) -> Done<'s> {
        self.call(&[Value::number(self.env, call)?, value]).map(drop)
    }

    /// Of [`Promises::settle_all`].
    pub(crate) fn settle_all(self, mut bundle: Bundle<'s>) -> Done<'s> {
        bundle.arguments[0] = Value::number(self.env, bundle.count)?;
        self.call(&bundle.arguments).map(drop)
    }

    fn call(&self, arguments: &[Value<'s>]) -> Result<Value<'s>, Thrown<'s>> {
        self.function.call(Value::undefined(self.env), arguments)
    }
}

impl<'s> Bundle<'s> {
    /// Nothing yet. `room`: verdicts that are expected.
    pub(crate) fn new(env: &'s Env, room: usize) -> Self {
        let mut arguments = Vec::with_capacity(1 + 2 * room);
        arguments.push(Value::undefined(env));
        Self { env, count: 0, numbers: 0, arguments }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }
}
