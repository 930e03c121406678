//! The version of the addon, which must be that of the JavaScript that calls it.

use napi_derive::napi;

/// `lib/addon/load.js` compares it with the package's. It is no part of the public surface.
#[napi(skip_typescript)]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
