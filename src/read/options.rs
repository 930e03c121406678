//! The options of the public functions. An option that cannot be used is refused by its name;
//! unknown keys are ignored.

use std::ffi::CStr;

use napi::Env;

use crate::error::{Failure, wrong};
use crate::node::value::Value;
use crate::read::signal::Signal;
use matcher::Ansi;
use matcher::rules::FieldNames;

/// The options of `loadRules`.
pub(crate) struct LoadOptions {
    pub(crate) names: FieldNames,
    pub(crate) strict: bool,
    pub(crate) ansi: Ansi,
}

impl LoadOptions {
    pub(crate) fn read(env: &Env, options: Value<'_>) -> Result<Self, Failure> {
        let mut read = Self { names: FieldNames::default(), strict: false, ansi: Ansi::Strip };
        let Some(options) = object(env, options, "options")? else { return Ok(read) };

        if let Some(fields) = option(options, c"fields", "options.fields")? {
            let fields = object(env, fields, "options.fields")?.unwrap_or(fields);
            for (property, place, name) in [
                (c"issue", "options.fields.issue", &mut read.names.issue),
                (c"error", "options.fields.error", &mut read.names.error),
                (c"test", "options.fields.test", &mut read.names.test),
                (c"flags", "options.fields.flags", &mut read.names.flags),
                (c"id", "options.fields.id", &mut read.names.id),
            ] {
                if let Some(value) = option(fields, property, place)? {
                    *name = text(value).ok_or_else(|| wrong(env, place, "a string", value))?;
                }
            }
        }
        if let Some(strict) = option(options, c"strict", "options.strict")? {
            read.strict = strict
                .boolean()
                .ok_or_else(|| wrong(env, "options.strict", "a boolean", strict))?;
        }
        if let Some(ansi) = option(options, c"ansi", "options.ansi")? {
            read.ansi = match text(ansi).as_deref() {
                Some("strip") => Ansi::Strip,
                Some("keep") => Ansi::Keep,
                Some(other) => {
                    return Err(Failure::Argument(format!(
                        "options.ansi must be 'strip' or 'keep', but is '{other}'"
                    )));
                }
                None => return Err(wrong(env, "options.ansi", "'strip' or 'keep'", ansi)),
            };
        }
        Ok(read)
    }
}

/// The only option of `classify` and `classifyAll`.
pub(crate) fn read_signal<'s>(
    env: &'s Env,
    options: Value<'s>,
) -> Result<Option<Signal<'s>>, Failure> {
    match object(env, options, "options")? {
        Some(options) => match option(options, c"signal", "options.signal")? {
            Some(signal) => Signal::read(signal),
            None => Ok(None),
        },
        None => Ok(None),
    }
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
    match options.get(property) {
        Ok(value) => Ok((!value.is_nullish()).then_some(value)),
        Err(thrown) => {
            Err(Failure::Argument(format!("{place} could not be read: {}", thrown.in_words())))
        }
    }
}

fn text(value: Value<'_>) -> Option<String> {
    Some(String::from_utf16_lossy(&value.utf16()?))
}
