//! `loadRules`: reads what the caller passes at once, and does everything else off the JavaScript
//! thread.

use std::thread;
use std::time::Instant;

use napi::bindgen_prelude::retain_current_module_for_unload_safety;
use napi::{Env, Result, Unknown};
use napi_derive::napi;

use crate::api::respond;
use crate::calls::completion::Completion;
use crate::calls::in_flight::Call;
use crate::calls::{ensure, settle, submit};
use crate::error::Failure;
use crate::fault::Entry;
use crate::node::guard::guard;
use crate::queue::call_id::CallId;
use crate::read::options::LoadOptions;
use crate::read::rule_list::RuleList;
use crate::report::LoadReport;
use matcher::rules::ParsedText;
use matcher::store::{self, Ticket};
use matcher::{BuildOptions, Leftovers, LoadRecord, Matcher};

/// What is dropped when the report is on its way.
type Remains = (Leftovers, Option<ParsedText>);

struct Work {
    rules: RuleList,
    options: LoadOptions,
    ticket: Ticket,
}

impl Work {
    fn run(self) -> std::result::Result<(LoadReport, Remains), Failure> {
        let start = Instant::now();
        let LoadOptions { format, strict, text } = self.options;
        #[cfg(target_os = "linux")]
        let _apart = matcher::mem::LargeApart::begin();
        let (entries, json) = self.rules.into_rules(&format)?;
        let options = BuildOptions { text, strict, now: None };
        let (mut matcher, report, leftovers) = Matcher::build(entries, options, self.ticket)?;
        let duration = start.elapsed();
        matcher.remember(LoadRecord { report: report.clone(), duration });
        let installed = store::install(matcher);
        Ok((LoadReport::new(report, !installed, duration), (leftovers, json)))
    }
}

/// Starts the work.
fn start(env: &Env, work: Work) -> std::result::Result<CallId, Failure> {
    let failed = || Failure::Internal("no load could be started".into());
    let call = submit::register_call(env, Call::default(), None)?;
    let inbox = submit::job_started(env, call).ok_or_else(failed)?;
    let load = move || {
        let loaded = guard(Entry::Load, || work.run());
        let (report, _remains) = match loaded.unwrap_or_else(|panicked| Err(panicked.into())) {
            Ok((report, remains)) => (Ok(report), Some(remains)),
            Err(failure) => (Err(failure), None),
        };
        let report = Box::new(report);
        inbox.post_one(Completion::Load { call, report });
    };
    if !run(load) {
        settle::remove_call(env, call);
        return Err(failed());
    }
    Ok(call)
}

/// Runs a load, or what else takes long, on a thread of its own. A large list takes seconds, and
/// would block a thread of libuv's pool for them; and `process.exit` and `worker.terminate()` wait
/// for what runs there, but not for this thread. Returns `false` if no thread could be started.
pub(super) fn run(load: impl FnOnce() + Send + 'static) -> bool {
    // Node unloads an addon with the last environment that has it
    retain_current_module_for_unload_safety();
    thread::Builder::new().name("known-failures".into()).spawn(load).is_ok()
}

/// Parses, checks and compiles a list of rules off the main thread, then puts it in force at once
/// and for the whole process: the main thread and every worker thread. Earlier calls of `classify`
/// keep the rules that were in force when they were made. Of several concurrent loads the one
/// called last wins, whichever finishes first.
///
/// A string or a `Uint8Array` costs the main thread one copy. The call reads the fields of an
/// array's rules before it returns, in about 5 ms for 5,000 rules.
///
/// A rule that cannot be used is listed in `rejected` of the report, and the others are put in
/// force. A rule that probably means something else than its author thinks is in force, and listed
/// in `warnings`.
///
/// Never throws. The promise rejects if the list cannot be used, and then the rules in force stay
/// in force. The error has a `code`:
///
/// - `ERR_RULES_JSON`: `JSON.parse` would throw. `offset` is where, in UTF-16 code units of a
///   string, in bytes of a `Uint8Array`.
/// - `ERR_RULES_SHAPE`: the list is neither an array nor an object with an array `rules`, or an
///   array of more than 1,000,000 elements.
/// - `ERR_RULES_STRICT`: a rule was rejected, and `options.strict` is true. `rejected` lists all of
///   them, as in the report.
/// - `ERR_RULES_UNUSABLE`: every rule was rejected, and there was at least one. `rejected` lists all
///   of them. An empty list is a good one.
/// - `ERR_INVALID_ARG`: an argument has the wrong type, or there is no such option. This error is a
///   `TypeError`.
/// - `ERR_INTERNAL`: a bug in this package. Please report it.
///
/// @param rules JSON text as `JSON.parse` takes it, in a string or in UTF-8 in a `Uint8Array`, with
///   or without a byte order mark; an array of rules; or an object `{ rules }` with such an array.
/// @param options See `LoadOptions`. Default: none.
/// @example
/// ```js
/// const response = await fetch('https://example.com/known-failures.json')
/// const report = await loadRules(new Uint8Array(await response.arrayBuffer()))
/// for (const { index, field, message } of report.rejected) {
///   console.warn(`rule ${index}, ${field}: ${message}`)
/// }
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
    respond(env, || {
        ensure(env)?;
        // before the caller's getters run, which may load rules, too: the later call wins
        let ticket = store::ticket();
        let options = LoadOptions::read(env, options.into())?;
        let rules = RuleList::read(env, rules.into(), &options.format)?;
        start(env, Work { rules, options, ticket })
    })
}
