//! Handle scopes: what is read in a loop over a long list is given back round by round.

use std::ptr;

use napi::{Env, sys};

use crate::fault::{self, Entry};
use crate::node::value::Value;

/// An open handle scope. Closes when it is dropped, by a panic as well: Node ends the process if a
/// call returns with more scopes open than it came with.
struct HandleScope<'e> {
    env: &'e Env,
    /// Null if Node could not open one; handles then live as long as those of the caller.
    scope: sys::napi_handle_scope,
}

impl<'e> HandleScope<'e> {
    fn open(env: &'e Env) -> Self {
        let mut scope = ptr::null_mut();
        // SAFETY: the environment is live
        unsafe { sys::napi_open_handle_scope(env.raw(), &raw mut scope) };
        Self { env, scope }
    }
}

impl Drop for HandleScope<'_> {
    fn drop(&mut self) {
        if !self.scope.is_null() {
            // SAFETY: opened above. Scopes close in reverse order, because `in_scope` is the only
            // one that opens them
            unsafe { sys::napi_close_handle_scope(self.env.raw(), self.scope) };
        }
    }
}

/// Runs `work` in a handle scope of its own, with an environment and the `values` that it needs.
///
/// No handle that `work` makes can outlive the scope, and the compiler checks it. `work` is `Send`,
/// so it captures no value and no environment, which are not: it has only those that it is given,
/// and their lifetime `'s` ends with the scope. The result is `Send`, so it has none of them
/// either.
pub(crate) fn in_scope<const N: usize, T: Send>(
    env: &Env,
    values: [Value<'_>; N],
    work: impl for<'s> FnOnce(&'s Env, [Value<'s>; N]) -> T + Send,
) -> T {
    let scope = HandleScope::open(env);
    fault::inject(Entry::Scope, || work(scope.env, values))
}

/// What [`in_scope`] stands on: neither values nor environments are `Send`. Fails to compile
/// otherwise, because `Marker` is ambiguous for a type that is.
const _: () = {
    trait NotSend<Marker> {
        fn check() {}
    }
    struct IsSend;
    impl<T: ?Sized> NotSend<()> for T {}
    impl<T: ?Sized + Send> NotSend<IsSend> for T {}

    let _ = <Value<'static> as NotSend<_>>::check;
    let _ = <&'static Value<'static> as NotSend<_>>::check;
    let _ = <&'static Env as NotSend<_>>::check;
    let _ = <Env as NotSend<_>>::check;
};
