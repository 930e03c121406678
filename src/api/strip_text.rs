//! What `errorText` needs of the addon.

use napi::bindgen_prelude::Utf16String;
use napi_derive::napi;

use crate::fault::Entry;
use crate::node::guard::guard;
use matcher::store;

/// An error's text as the rules in force are matched against it: without what they were loaded to
/// strip. Called by `errorText` of `index.js` only.
#[napi(skip_typescript)]
pub fn strip_text(text: Utf16String) -> Utf16String {
    let options = store::current().map_or_else(Default::default, |rules| rules.text_options());
    let stripped = guard(Entry::Function, || options.apply(text.to_vec()));
    stripped.map_or(text, Utf16String::from)
}
