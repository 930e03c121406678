//! `loadRules`: what the call hands over is read at once, everything else happens off the JavaScript thread.

use std::thread;
use std::time::Instant;

use napi::bindgen_prelude::retain_current_module_for_unload_safety;
use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::buffers::pool::BufferPool;
use crate::calls::environment::{self, Call, Place};
use crate::error::{Failure, guard, promise};
use crate::node::value::Value;
use crate::queue::{Completion, Payload};
use crate::read::options::LoadOptions;
use crate::read::rule_list::RuleList;
use crate::report::LoadReport;
use matcher::store::{self, Ticket};
use matcher::{BuildOptions, Leftovers, Matcher};

struct Work {
    rules: RuleList,
    options: LoadOptions,
    ticket: Ticket,
}

impl Work {
    fn run(self) -> std::result::Result<(LoadReport, Leftovers), Failure> {
        let begun = Instant::now();
        let LoadOptions { names, strict, ansi } = self.options;
        let entries = self.rules.into_rules(&names)?;
        let options = BuildOptions { ansi, strict };
        let (matcher, report, leftovers) = Matcher::build(entries, options, self.ticket)?;
        let installed = store::install(matcher);
        Ok((LoadReport::new(report, !installed, begun.elapsed()), leftovers))
    }
}

/// Starts the work. Gives the promise of its report.
fn start(env: &Env, work: Work) -> std::result::Result<Value<'_>, Failure> {
    let Place { number, inbox } = environment::enter(env, Call::default(), |_| Ok(None))?;
    environment::begin(env, number);
    let load = move || {
        // dropped when the report is on its way
        let (report, _leftovers) = match guard(|| work.run()) {
            Ok((report, leftovers)) => (Ok(report), Some(leftovers)),
            Err(failure) => (Err(failure), None),
        };
        let report = Box::new(report);
        let completion = Completion { call: number, content: Payload::Loaded(report), last: true };
        inbox.post(vec![completion], BufferPool::default(), true);
    };
    let promise = environment::promise(env, number).filter(|_| run(load));
    promise.ok_or_else(|| {
        environment::leave(env, number);
        Failure::Internal("no load could be started".into())
    })
}

/// Runs a load on a thread of its own. A large list takes seconds, for which it would have a thread of libuv's pool; and
/// `process.exit` and `worker.terminate()` wait for what runs there, but not for this. `false`: there is no thread to be had.
fn run(load: impl FnOnce() + Send + 'static) -> bool {
    // Node unloads an addon with the last environment that has it
    retain_current_module_for_unload_safety();
    thread::Builder::new().name("known-failures".into()).spawn(load).is_ok()
}

/// Parses, checks and compiles a list of rules off the main thread, then puts it in force, at once and for the whole process:
/// for the main thread and for every worker thread. Calls of `classify` already made are still judged by the rules before.
/// Of several loads under way the one called last wins, whichever finishes first.
///
/// A string or a `Uint8Array` costs the main thread one copy; of an array the fields of every rule are read when the call is
/// made, some 5 ms for 5,000 rules.
///
/// A rule that cannot be used is listed in `rejected` of the report, and the others are put in force. Without one usable rule
/// in the list there are no rules in force.
///
/// Never throws. The promise is rejected, and the rules in force stay in force, if the list is of no use. Errors have a `code`:
///
/// - `ERR_RULES_JSON`: `JSON.parse` would throw. `offset` says where: UTF-16 code units of a string, bytes of a `Uint8Array`.
/// - `ERR_RULES_SHAPE`: neither an array nor an object with an array `rules`, or an array of more than 1,000,000.
/// - `ERR_RULES_STRICT`: `options.strict`, and a rule was refused. `rejected` lists them, as in the report.
/// - `ERR_INVALID_ARG`: an argument has the wrong type. This one is a `TypeError`.
/// - `ERR_INTERNAL`: a bug in this package. Please report it.
///
/// @param rules JSON text (what `JSON.parse` takes, in a string, or as UTF-8 in a `Uint8Array`), an array of rules, or `{ rules }`.
/// @param options See `LoadOptions`.
/// @example
/// ```js
/// const response = await fetch('https://example.com/known-failures.json')
/// const report = await loadRules(new Uint8Array(await response.arrayBuffer()))
/// for (const { index, field, message } of report.rejected) console.warn(`rule ${index}, ${field}: ${message}`)
/// ```
#[napi(
    ts_generic_types = "R extends Rule",
    ts_args_type = "rules: string | Uint8Array | readonly R[] | { readonly rules: readonly R[] }, \
                    options?: LoadOptions | null",
    ts_return_type = "Promise<LoadReport>"
)]
pub fn load_rules<'env>(
    env: &'env Env,
    rules: Unknown<'env>,
    options: Unknown<'env>,
) -> Result<Unknown<'env>> {
    promise(env, || {
        // first, for the caller's getters may load rules, too: what is called later wins
        let ticket = store::ticket();
        let options = LoadOptions::read(env, options.into())?;
        let rules = RuleList::read(env, rules.into(), &options.names)?;
        start(env, Work { rules, options, ticket })
    })
}
