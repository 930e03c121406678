//! The function that `pack.js` calls to have the texts of a `classifyAll` copied.

use napi::Env;

use crate::calls::environment::{Environment, with};
use crate::calls::packed;
use crate::node::callback::CallHandler;
use crate::node::guard::Panicked;
use crate::node::value::Value;

/// The function that the script calls with its pieces. They come as arguments, because Node-API
/// takes much longer to read an element of an array.
pub(crate) struct CopyPieces;

impl CallHandler for CopyPieces {
    fn on_call(env: &Env, pieces: &[Value<'_>]) {
        with(env, |Environment { promises, .. }| {
            promises.copied = Some(Ok(packed::copy(pieces, promises.writer.numbers())));
        });
    }

    fn on_panic(env: &Env, panicked: Panicked) {
        with(env, |environment| environment.promises.copied = Some(Err(panicked)));
    }
}
