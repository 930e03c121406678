//! The script that makes and settles promises: `promises.js`, which says why it is a script.

use napi::Env;

use crate::calls::bundle::VerdictWriter;
use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};

const SCRIPT: &str = include_str!("promises.js");

/// The functions that the script returns, in its order.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    /// `(slot)` → the promise of a call for one value; `(slot, [tests, errors])` → that of a
    /// `classifyAll`. Called by `index.js`.
    Open,
    /// `(slot, reason)`: rejects.
    Fail,
    /// `(reason)`: rejects all.
    FailAll,
    /// `(slot, value)`: resolves.
    Settle,
    /// See [`crate::calls::bundle`].
    SettleAll,
    /// `(slot)` → `[tests, errors]` of a `classifyAll`.
    Strings,
    /// See [`crate::calls::bundle::verdict_arguments`].
    VerdictOf,
}

const FUNCTIONS: u32 = Function::VerdictOf as u32 + 1;

/// The script of an environment.
pub(crate) struct Promises {
    /// By [`Function`].
    functions: Vec<Reference>,
    pub(crate) writer: VerdictWriter,
}

/// The names and errors of a `classifyAll`: two arrays, by index.
#[derive(Clone, Copy)]
pub(crate) struct Strings<'s> {
    pub(crate) tests: Value<'s>,
    pub(crate) errors: Value<'s>,
}

impl Promises {
    /// Runs the script, once for an environment.
    pub(crate) fn new(env: &Env) -> Result<Self, Thrown<'_>> {
        let writer = VerdictWriter::new(env)?;
        let parameters = writer.parameters(env)?;
        let parts = Value::run_script(env, SCRIPT)?.call(Value::undefined(env), &parameters)?;
        let functions = (0..FUNCTIONS)
            .map(|index| Reference::new(parts.get_index(index)?))
            .collect::<Result<_, _>>()?;
        Ok(Self { functions, writer })
    }

    /// The environment is ending.
    pub(crate) fn release(self, env: &Env) {
        let Self { functions, writer } = self;
        for function in functions {
            function.release(env);
        }
        writer.release(env);
    }

    /// A function of the script. To be called when no environment is borrowed.
    pub(crate) fn function<'s>(&self, env: &'s Env, function: Function) -> Value<'s> {
        self.functions[function as usize].get(env)
    }
}
