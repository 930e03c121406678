//! Numbers that Rust and scripts hand each other, without a call into Node for each.

use std::ptr;

use napi::{Env, sys};

use crate::node::reference::Reference;
use crate::node::value::{Thrown, Value};

/// A `Uint32Array` that Rust and scripts write.
///
/// [`Self::new`] makes it in Node-API, where the caller has no hook, and only the script that it is
/// passed to may have it. So nobody can detach or transfer its memory, which is why `data` stays
/// valid as long as `array` keeps the object.
pub(crate) struct NumberBuffer {
    array: Reference,
    data: *mut u32,
    length: usize,
}

impl NumberBuffer {
    /// An array of `length` zeros.
    pub(crate) fn new(env: &Env, length: usize) -> Result<Self, Thrown<'_>> {
        let undefined = Value::undefined(env);
        let (mut buffer, mut array, mut data) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        // SAFETY: the environment is live
        let status = unsafe {
            sys::napi_create_arraybuffer(
                env.raw(),
                size_of::<u32>() * length,
                &raw mut data,
                &raw mut buffer,
            )
        };
        undefined.check(status)?;
        // SAFETY: the environment and the buffer are live, and the buffer has room for `length`
        let status = unsafe {
            sys::napi_create_typedarray(
                env.raw(),
                sys::TypedarrayType::uint32_array,
                length,
                buffer,
                0,
                &raw mut array,
            )
        };
        undefined.check(status)?;
        // SAFETY: made above
        let array = unsafe { Value::from_raw(env.raw(), array) };
        // V8 allocates the memory of a buffer aligned for every type of array
        Ok(Self { array: Reference::new(array)?, data: data.cast(), length })
    }

    /// The array, for the script. The caller of this addon must never get it.
    pub(crate) fn array<'s>(&self, env: &'s Env) -> Value<'s> {
        self.array.get(env)
    }

    /// See [`Reference::release`].
    pub(crate) fn release(self, env: &Env) {
        self.array.release(env);
    }

    /// What a script has written at an index; 0 beyond the end.
    pub(crate) fn read(&self, at: usize) -> u32 {
        if at >= self.length {
            return 0;
        }
        // SAFETY: within bounds, checked above; valid, an invariant of the type. The type is not
        // `Send`, so this is the JavaScript thread, and no JavaScript runs meanwhile
        unsafe { self.data.add(at).read() }
    }

    /// `count` numbers that a script has written from an index on; fewer if there are not as many.
    pub(crate) fn read_many(&self, at: usize, count: usize) -> Vec<u32> {
        let count = count.min(self.length.saturating_sub(at));
        let mut numbers = Vec::with_capacity(count);
        if count > 0 {
            // SAFETY: within bounds, computed above; for the rest see `read`. The vector has room
            unsafe {
                ptr::copy_nonoverlapping(self.data.add(at), numbers.as_mut_ptr(), count);
                numbers.set_len(count);
            }
        }
        numbers
    }

    /// # Panics
    ///
    /// If `numbers` do not fit from index `at` on.
    pub(crate) fn write(&mut self, at: usize, numbers: &[u32]) {
        let end = at.checked_add(numbers.len());
        assert!(end.is_some_and(|end| end <= self.length), "no room for the numbers of a verdict");
        // SAFETY: within bounds, checked above; valid, an invariant of the type. The type is not
        // `Send`, so this is the JavaScript thread, and no JavaScript runs meanwhile
        unsafe { self.data.add(at).copy_from_nonoverlapping(numbers.as_ptr(), numbers.len()) };
    }
}
