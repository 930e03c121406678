//! The options of the public functions. A value of the wrong type is an error that names the
//! option, and so is an option that does not exist.

use std::ffi::CStr;
use std::time::Duration;

use napi::Env;

use crate::error::{Failure, wrong};
use crate::node::value::{Thrown, Value};
use crate::read::known_keys::refuse_unknown;
use crate::read::signal::Signal;
use matcher::rules::{RuleField, RuleFormat, check_flags};
use matcher::{Ansi, RuleIndex, StackFrames, TextOptions, WantedRule};

/// How long `classifySync` may match if the caller does not say.
const TIME_LIMIT: Duration = Duration::from_millis(20);
/// The most that a caller may say.
const MAX_TIME_LIMIT_MS: u32 = 60_000;

/// The options of `loadRules`.
pub(crate) struct LoadOptions {
    pub(crate) format: RuleFormat,
    pub(crate) strict: bool,
    pub(crate) text: TextOptions,
}

impl LoadOptions {
    pub(crate) fn read(env: &Env, options: Value<'_>) -> Result<Self, Failure> {
        let mut read =
            Self { format: RuleFormat::default(), strict: false, text: TextOptions::default() };
        let Some(options) = object(env, options, "options")? else { return Ok(read) };

        if let Some(fields) = option(options, c"fields", "options.fields")? {
            let fields = object(env, fields, "options.fields")?.unwrap_or(fields);
            for field in RuleField::ALL {
                let key = field.spec().key;
                let place = format!("options.fields.{key}");
                let name = Value::string(env, key).and_then(|key| fields.get_key(key));
                if let Some(name) = present(name, &place)? {
                    read.format.names[field] =
                        text(name).ok_or_else(|| wrong(env, &place, "a string", name))?;
                }
            }
            refuse_unknown(
                fields,
                "options.fields",
                &RuleField::ALL.map(|field| field.spec().key),
            )?;
        }
        if let Some(strict) = option(options, c"strict", "options.strict")? {
            read.strict = strict
                .boolean()
                .ok_or_else(|| wrong(env, "options.strict", "a boolean", strict))?;
        }
        let strips = |key, place| strip_or_keep(env, option(options, key, place)?, place);
        if let Some(strips) = strips(c"ansi", "options.ansi")? {
            read.text.ansi = if strips { Ansi::Strip } else { Ansi::Keep };
        }
        if let Some(strips) = strips(c"stackFrames", "options.stackFrames")? {
            read.text.stack_frames = if strips { StackFrames::Strip } else { StackFrames::Keep };
        }
        if let Some(flags) = option(options, c"flags", "options.flags")? {
            let units =
                flags.utf16().ok_or_else(|| wrong(env, "options.flags", "a string", flags))?;
            check_flags(&units)
                .map_err(|message| Failure::Argument(format!("options.flags: {message}")))?;
            read.format.flags = units.into();
        }
        refuse_unknown(options, "options", &["fields", "strict", "ansi", "stackFrames", "flags"])?;
        Ok(read)
    }
}

/// Whether an option is `'strip'`; `None` if it is absent.
fn strip_or_keep(
    env: &Env,
    value: Option<Value<'_>>,
    place: &str,
) -> Result<Option<bool>, Failure> {
    let Some(value) = value else { return Ok(None) };
    match text(value).as_deref() {
        Some("strip") => Ok(Some(true)),
        Some("keep") => Ok(Some(false)),
        Some(other) => {
            Err(Failure::Argument(format!("{place} must be 'strip' or 'keep', but is '{other}'")))
        }
        None => Err(wrong(env, place, "'strip' or 'keep'", value)),
    }
}

/// The only option of `classify` and `classifyAll`.
pub(crate) fn read_signal<'s>(
    env: &'s Env,
    options: Value<'s>,
) -> Result<Option<Signal<'s>>, Failure> {
    let Some(options) = object(env, options, "options")? else { return Ok(None) };
    let signal = signal_of(options)?;
    refuse_unknown(options, "options", &["signal"])?;
    Ok(signal)
}

fn signal_of(options: Value<'_>) -> Result<Option<Signal<'_>>, Failure> {
    match option(options, c"signal", "options.signal")? {
        Some(signal) => Signal::read(signal),
        // a signal itself has no keys of its own that would betray it
        None if options.get(c"aborted").is_ok_and(|aborted| aborted.boolean().is_some()) => {
            Err(Failure::Argument(
                "options must be an object, but is a signal: pass `{ signal }`".into(),
            ))
        }
        None => Ok(None),
    }
}

/// The options of `explain`: a rule that is asked for, and a signal.
pub(crate) fn read_explain_options<'s>(
    env: &'s Env,
    options: Value<'s>,
) -> Result<(Option<WantedRule>, Option<Signal<'s>>), Failure> {
    let Some(options) = object(env, options, "options")? else { return Ok((None, None)) };
    let rule = option(options, c"rule", "options.rule")?;
    let rule = rule.map(|rule| wanted_rule(env, rule)).transpose()?;
    let signal = signal_of(options)?;
    refuse_unknown(options, "options", &["rule", "signal"])?;
    Ok((rule, signal))
}

#[allow(clippy::float_cmp, reason = "an index is exact")]
fn wanted_rule(env: &Env, rule: Value<'_>) -> Result<WantedRule, Failure> {
    const EXPECTED: &str = "the index of a rule, its id or its issue";
    if let Some(name) = rule.utf16() {
        return Ok(WantedRule::Name(name));
    }
    let number = rule.double().ok_or_else(|| wrong(env, "options.rule", EXPECTED, rule))?;
    match rule.uint32() {
        Some(index) if f64::from(index) == number => Ok(WantedRule::Index(RuleIndex(index))),
        _ => Err(wrong_number("options.rule", EXPECTED, number)),
    }
}

/// The only option of `classifySync`.
pub(crate) fn read_time_limit(env: &Env, options: Value<'_>) -> Result<Duration, Failure> {
    let Some(options) = object(env, options, "options")? else { return Ok(TIME_LIMIT) };
    let place = "options.timeLimitMs";
    let limit = match option(options, c"timeLimitMs", place)? {
        None => TIME_LIMIT,
        Some(limit) => {
            let expected = format!("a number above 0 and up to {MAX_TIME_LIMIT_MS}");
            let number = limit.double().ok_or_else(|| wrong(env, place, &expected, limit))?;
            if !(number > 0.0 && number <= f64::from(MAX_TIME_LIMIT_MS)) {
                return Err(wrong_number(place, &expected, number));
            }
            Duration::from_secs_f64(number / 1e3)
        }
    };
    refuse_unknown(options, "options", &["timeLimitMs"])?;
    Ok(limit)
}

fn wrong_number(place: &str, expected: &str, number: f64) -> Failure {
    let number = match number {
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        number => number.to_string(),
    };
    Failure::Argument(format!("{place} must be {expected}, but is {number}"))
}

/// An object; `None` if it is null or undefined.
fn object<'s>(env: &Env, value: Value<'s>, place: &str) -> Result<Option<Value<'s>>, Failure> {
    if value.is_nullish() {
        Ok(None)
    } else if value.is_object() {
        Ok(Some(value))
    } else {
        Err(wrong(env, place, "an object", value))
    }
}

/// A property; `None` if it is null or undefined.
fn option<'s>(
    options: Value<'s>,
    property: &CStr,
    place: &str,
) -> Result<Option<Value<'s>>, Failure> {
    present(options.get(property), place)
}

/// What a property was found to be, if that is neither null nor undefined.
fn present<'s>(
    value: Result<Value<'s>, Thrown<'s>>,
    place: &str,
) -> Result<Option<Value<'s>>, Failure> {
    match value {
        Ok(value) => Ok((!value.is_nullish()).then_some(value)),
        Err(thrown) => {
            Err(Failure::Argument(format!("{place} could not be read: {}", thrown.describe())))
        }
    }
}

fn text(value: Value<'_>) -> Option<String> {
    Some(String::from_utf16_lossy(&value.utf16()?))
}
