//! The promises of an environment's calls: made and settled by a small script, `promises.js`, which says why.

use napi::Env;

use super::js::{Thrown, Value};
use crate::matcher::{Hit, Matcher, Verdict};

const SCRIPT: &str = include_str!("promises.js");

/// The script's functions. For one scope of handles.
#[derive(Clone, Copy)]
pub(super) struct Promises<'s> {
    env: &'s Env,
    functions: Value<'s>,
}

/// Where a function is in what the script evaluates to.
#[derive(Clone, Copy)]
enum Function {
    Open,
    OpenAll,
    Miss,
    Hit,
    Fail,
}

/// Hands back a batch of verdicts.
pub(super) struct Settler<'s> {
    env: &'s Env,
    hit: Value<'s>,
    miss: Value<'s>,
    undefined: Value<'s>,
    null: Value<'s>,
    /// The name of the last verdict's version, by its load. Verdicts that come together are mostly by the same rules.
    version: Option<(Option<u64>, Value<'s>)>,
}

type Done<'s> = Result<(), Thrown<'s>>;

impl<'s> Promises<'s> {
    /// Runs the script, once for an environment.
    pub(super) fn script(env: &'s Env) -> Result<Value<'s>, Thrown<'s>> {
        Value::run_script(env, SCRIPT)
    }

    /// `functions`: what the script gave.
    pub(super) fn new(env: &'s Env, functions: Value<'s>) -> Self {
        Self { env, functions }
    }

    /// The promise of `classify`.
    pub(super) fn open(self, call: u32) -> Result<Value<'s>, Thrown<'s>> {
        self.call(Function::Open, &[Value::number(self.env, call)?])
    }

    /// The promise of `classifyAll`, of so many verdicts. Of none it is resolved already.
    pub(super) fn open_all(self, call: u32, count: usize) -> Result<Value<'s>, Thrown<'s>> {
        let count = Value::number(self.env, count as u32)?;
        self.call(Function::OpenAll, &[Value::number(self.env, call)?, count])
    }

    /// Rejects a call's promise.
    pub(super) fn fail(self, call: u32, reason: Value<'s>) -> Done<'s> {
        self.call(Function::Fail, &[Value::number(self.env, call)?, reason]).map(drop)
    }

    /// What hands back verdicts, many of them.
    pub(super) fn settler(self) -> Result<Settler<'s>, Thrown<'s>> {
        Ok(Settler {
            env: self.env,
            hit: self.functions.get_index(Function::Hit as u32)?,
            miss: self.functions.get_index(Function::Miss as u32)?,
            undefined: Value::undefined(self.env),
            null: Value::null(self.env),
            version: None,
        })
    }

    fn call(self, function: Function, arguments: &[Value<'s>]) -> Result<Value<'s>, Thrown<'s>> {
        let function = self.functions.get_index(function as u32)?;
        function.call(Value::undefined(self.env), arguments)
    }
}

impl<'s> Settler<'s> {
    /// Hands a verdict back. The call's promise is resolved if it was the last one. `rules`: which gave it.
    pub(super) fn settle(
        &mut self,
        call: u32,
        verdict: &Verdict,
        rules: Option<&Matcher>,
    ) -> Done<'s> {
        let Self { env, undefined, .. } = *self;
        let call = Value::number(env, call)?;
        let version = self.version(rules)?;
        // none: the script makes an empty array, which is cheaper there
        let undecided = match &*verdict.undecided {
            [] => undefined,
            indexes => Value::array(env, indexes)?,
        };
        let hit = verdict.hit.as_ref();
        let found = hit.and_then(|hit| Some((hit, rules?.rule(hit.rule)?)));
        let Some((Hit { rule, start, end, text }, known)) = found else {
            let reason = Value::number(env, verdict.reason as u32)?;
            self.miss.call(undefined, &[call, version, undecided, reason])?;
            return Ok(());
        };
        let arguments = [
            call,
            version,
            undecided,
            Value::utf16_string(env, &known.issue)?,
            Value::number(env, *rule)?,
            match &known.id {
                Some(id) => Value::utf16_string(env, id)?,
                None => self.null,
            },
            Value::number(env, *start)?,
            Value::number(env, *end)?,
            Value::utf16_string(env, text)?,
        ];
        self.hit.call(undefined, &arguments).map(drop)
    }

    fn version(&mut self, rules: Option<&Matcher>) -> Result<Value<'s>, Thrown<'s>> {
        let load = rules.map(Matcher::load_number);
        if let Some((known, name)) = self.version
            && known == load
        {
            return Ok(name);
        }
        let name = Value::string(self.env, rules.map_or("0", |rules| &rules.report.version))?;
        self.version = Some((load, name));
        Ok(name)
    }
}
