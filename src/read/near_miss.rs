//! What is often passed to `loadRules` in the place of a list, and what to pass instead.

use napi::{Env, ValueType};

use crate::node::value::{Thrown, Value};
use matcher::rules::{FEW_KEYS, object_without_rules};

/// What an object without `rules` is, to end a sentence with. Runs only when the list is refused.
#[cold]
pub(crate) fn describe_object(env: &Env, object: Value<'_>) -> String {
    let kind = kind_of(env, object).ok().flatten();
    let keys = || object.own_keys(FEW_KEYS).unwrap_or_default();
    kind.unwrap_or_else(|| object_without_rules(&keys()))
}

/// One of the objects that programs have at hand instead of a list; `None` for any other.
fn kind_of<'s>(env: &'s Env, object: Value<'s>) -> Result<Option<String>, Thrown<'s>> {
    if object.get(c"then")?.kind() == ValueType::Function {
        return Ok(Some("a Promise: `await` it".into()));
    }
    let tag_of = Value::global(env).get(c"Object")?.get(c"prototype")?.get(c"toString")?;
    let tag = String::from_utf16_lossy(&tag_of.call(object, &[])?.utf16().unwrap_or_default());
    let class = tag.strip_prefix("[object ").and_then(|rest| rest.strip_suffix(']'));
    let class = class.unwrap_or_default();
    let article = if class.starts_with(['A', 'I']) { "an" } else { "a" };
    let instead = match class {
        "Response" | "Request" => {
            "`await` its `text()`, or pass `new Uint8Array(await response.arrayBuffer())`"
        }
        "Blob" | "File" => "`await` its `text()`",
        "ArrayBuffer" | "SharedArrayBuffer" => "pass `new Uint8Array(buffer)`",
        "DataView" => "pass `new Uint8Array(view.buffer, view.byteOffset, view.byteLength)`",
        "Map" => "pass `[...map.values()]`",
        "Set" => "pass `[...set]`",
        "URL" => "fetch it, and pass the answer's text",
        "ReadableStream" => "pass `await new Response(stream).text()`",
        "Generator" | "Array Iterator" | "Map Iterator" | "Set Iterator" => "pass `[...iterator]`",
        "AsyncGenerator" => "pass `await Array.fromAsync(generator)`",
        "Error" => "it says why there is no list",
        _ if class.ends_with("Array") => {
            "pass `new Uint8Array(array.buffer, array.byteOffset, array.byteLength)`"
        }
        _ => return Ok(None),
    };
    Ok(Some(format!("{article} {class}: {instead}")))
}
