//! Copying the bytes of typed arrays.

use std::ptr;

use napi::sys;

use super::Value;

impl Value<'_> {
    /// A copy of the bytes of a `Uint8Array`, for example a `Buffer`; `None` if it is not one.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        let mut is_typed_array = false;
        // SAFETY: live
        unsafe { sys::napi_is_typedarray(self.env, self.raw, &raw mut is_typed_array) };
        if !is_typed_array {
            return None;
        }
        let (mut kind, mut length, mut data) = (0, 0, ptr::null_mut());
        // SAFETY: live, and a typed array. An out-parameter may be null
        let status = unsafe {
            sys::napi_get_typedarray_info(
                self.env,
                self.raw,
                &raw mut kind,
                &raw mut length,
                &raw mut data,
                ptr::null_mut(),
                ptr::null_mut(),
            )
        };
        if status != sys::Status::napi_ok || kind != sys::TypedarrayType::uint8_array {
            return None;
        }
        let mut bytes = Vec::with_capacity(length);
        if !data.is_null() {
            // SAFETY: Node says that `length` bytes are at `data`, no JavaScript of this thread can
            // free or move them meanwhile, and `bytes` has room for them.
            // The array may lie on a `SharedArrayBuffer` that another thread writes at this moment.
            // So there is never a reference to it, which would promise that it does not change: it
            // is copied once, as raw memory, as Node copies a `Buffer`. Each byte of the copy is
            // then an old or a new one, which is what JavaScript promises for such a race, and any
            // bytes will do for a parser
            unsafe {
                ptr::copy_nonoverlapping(data.cast::<u8>(), bytes.as_mut_ptr(), length);
                bytes.set_len(length);
            }
        }
        Some(bytes)
    }
}
