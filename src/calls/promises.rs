//! The scripts of an environment: `promises.js`, which makes and settles promises and says why it
//! is a script, and `pack.js`.

use napi::Env;

use crate::calls::bundle::VerdictWriter;
use crate::calls::packed::{Copied, PARAMETERS};
use crate::node::guard::Panicked;
use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};

const SCRIPT: &str = include_str!("promises.js");
const PACK_SCRIPT: &str = include_str!("pack.js");

/// The functions that the first script returns, in its order, then that of the other.
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
    /// `(tests, errors, first, most, mostUnits, named)`: calls the function that
    /// copies. See [`crate::calls::copying`].
    Pack,
}

/// How many functions the first script returns.
const FUNCTIONS: u32 = Function::VerdictOf as u32 + 1;

/// The script of an environment.
pub(crate) struct Promises {
    /// By [`Function`].
    functions: Vec<Reference>,
    pub(crate) writer: VerdictWriter,
    /// What was copied since [`Function::Pack`] was called.
    pub(crate) copied: Option<Result<Copied, Panicked>>,
}

/// The names and errors of a `classifyAll`: two arrays, by index.
#[derive(Clone, Copy)]
pub(crate) struct Strings<'s> {
    pub(crate) tests: Value<'s>,
    pub(crate) errors: Value<'s>,
}

impl Promises {
    /// Runs the scripts, once for an environment. `copy`: see [`crate::calls::copying`].
    pub(crate) fn new<'s>(env: &'s Env, copy: Value<'s>) -> Result<Self, Thrown<'s>> {
        let writer = VerdictWriter::new(env)?;
        let parameters = writer.parameters(env)?;
        let parts = Value::run_script(env, SCRIPT)?.call(Value::undefined(env), &parameters)?;
        let mut functions: Vec<_> = (0..FUNCTIONS)
            .map(|index| Reference::new(parts.get_index(index)?))
            .collect::<Result<_, _>>()?;
        let mut parameters = vec![writer.numbers().array(env), copy];
        for parameter in PARAMETERS {
            parameters.push(Value::number(env, parameter)?);
        }
        let pack = Value::run_script(env, PACK_SCRIPT)?.call(Value::undefined(env), &parameters)?;
        functions.push(Reference::new(pack)?);
        Ok(Self { functions, writer, copied: None })
    }

    /// The environment is ending.
    pub(crate) fn release(self, env: &Env) {
        let Self { functions, writer, .. } = self;
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
