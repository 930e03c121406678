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

/// The name of a version as JavaScript has it. Verdicts that come together are mostly by the same rules.
#[derive(Default)]
pub(super) struct Version<'s>(Option<(Option<u64>, Value<'s>)>);

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

    /// Hands a verdict back. The call's promise is resolved if it was the last one. `rules`: which gave it.
    pub(super) fn settle(
        self,
        call: u32,
        verdict: &Verdict,
        rules: Option<&Matcher>,
        version: &mut Version<'s>,
    ) -> Done<'s> {
        let Self { env, .. } = self;
        let call = Value::number(env, call)?;
        let reason = Value::string(env, verdict.reason.as_str())?;
        let version = version.of(env, rules)?;
        // none: the script makes an empty array, which is cheaper there
        let undecided = match &*verdict.undecided {
            [] => Value::undefined(env),
            indexes => Value::array(env, indexes)?,
        };
        let hit = verdict.hit.as_ref();
        let found = hit.and_then(|hit| Some((hit, rules?.rule(hit.rule)?)));
        let Some((Hit { rule, start, end, text }, known)) = found else {
            return self.call(Function::Miss, &[call, reason, version, undecided]).map(drop);
        };
        let arguments = [
            call,
            reason,
            version,
            Value::utf16_string(env, &known.issue)?,
            Value::number(env, *rule)?,
            match &known.id {
                Some(id) => Value::utf16_string(env, id)?,
                None => Value::null(env),
            },
            Value::number(env, *start)?,
            Value::number(env, *end)?,
            Value::utf16_string(env, text)?,
            undecided,
        ];
        self.call(Function::Hit, &arguments).map(drop)
    }

    fn call(self, function: Function, arguments: &[Value<'s>]) -> Result<Value<'s>, Thrown<'s>> {
        let function = self.functions.get_index(function as u32)?;
        function.call(Value::undefined(self.env), arguments)
    }
}

impl<'s> Version<'s> {
    fn of(&mut self, env: &'s Env, rules: Option<&Matcher>) -> Result<Value<'s>, Thrown<'s>> {
        let load = rules.map(Matcher::load_number);
        if let Some((known, name)) = self.0
            && known == load
        {
            return Ok(name);
        }
        let name = Value::string(env, rules.map_or("0", |rules| &rules.report.version))?;
        self.0 = Some((load, name));
        Ok(name)
    }
}
