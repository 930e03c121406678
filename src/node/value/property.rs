//! Reading properties and calling functions: what can run the caller's code.

use std::ffi::CStr;
use std::ptr;

use napi::{Env, ValueType, sys};

use super::{Thrown, Value};

impl<'s> Value<'s> {
    /// Whether JavaScript can still run: not in an environment that is ending.
    pub(crate) fn can_run(env: &'s Env) -> bool {
        // Node checks that before every call that can run JavaScript, this one included
        Self::global(env).get(c"undefined").is_ok()
    }

    /// `self[name]`.
    pub(crate) fn get(self, name: &CStr) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: live; `name` ends with a NUL
        let status = unsafe {
            sys::napi_get_named_property(self.env, self.raw, name.as_ptr(), &raw mut raw)
        };
        self.made(status, raw)
    }

    /// `self[key]`.
    pub(crate) fn get_key(self, key: Value<'s>) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: both live
        let status = unsafe { sys::napi_get_property(self.env, self.raw, key.raw, &raw mut raw) };
        self.made(status, raw)
    }

    /// `Object.keys(self)`, the first `most` of them.
    pub(crate) fn own_keys(self, most: u32) -> Result<Vec<String>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: live
        let status = unsafe {
            sys::napi_get_all_property_names(
                self.env,
                self.raw,
                sys::KeyCollectionMode::own_only,
                sys::KeyFilter::enumerable | sys::KeyFilter::skip_symbols,
                sys::KeyConversion::numbers_to_strings,
                &raw mut raw,
            )
        };
        let names = self.made(status, raw)?;
        let mut length = 0;
        // SAFETY: live, and an array
        unsafe { sys::napi_get_array_length(self.env, names.raw, &raw mut length) };
        let key = |index| {
            let key = names.get_index(index)?.utf16().unwrap_or_default();
            Ok(String::from_utf16_lossy(&key))
        };
        (0..length.min(most)).map(key).collect()
    }

    /// `self[index]`.
    pub(crate) fn get_index(self, index: u32) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: live
        let status = unsafe { sys::napi_get_element(self.env, self.raw, index, &raw mut raw) };
        self.made(status, raw)
    }

    /// `self.call(this, ...args)`.
    pub(crate) fn call(self, this: Value<'s>, args: &[Value<'s>]) -> Result<Value<'s>, Thrown<'s>> {
        const FEW: usize = 4;
        let mut few = [ptr::null_mut(); FEW];
        let many: Vec<_>;
        let raws = if args.len() <= FEW {
            for (raw, arg) in few.iter_mut().zip(args) {
                *raw = arg.raw;
            }
            &few[..args.len()]
        } else {
            many = args.iter().map(|arg| arg.raw).collect();
            &many
        };
        let mut raw = ptr::null_mut();
        // SAFETY: all live. If `self` is not a function, the status says so
        let status = unsafe {
            sys::napi_call_function(
                self.env,
                this.raw,
                self.raw,
                raws.len(),
                raws.as_ptr(),
                &raw mut raw,
            )
        };
        self.made(status, raw)
    }

    /// `new self(...args)`.
    pub(crate) fn construct(self, args: &[Value<'s>]) -> Result<Value<'s>, Thrown<'s>> {
        let args: Vec<_> = args.iter().map(|arg| arg.raw).collect();
        let mut raw = ptr::null_mut();
        // SAFETY: all live. If `self` is not a constructor, the status says so
        let status = unsafe {
            sys::napi_new_instance(self.env, self.raw, args.len(), args.as_ptr(), &raw mut raw)
        };
        self.made(status, raw)
    }

    /// `self[name](...args)`.
    pub(crate) fn call_method(
        self,
        name: &CStr,
        args: &[Value<'s>],
    ) -> Result<Value<'s>, Thrown<'s>> {
        self.get(name)?.call(self, args)
    }

    /// `String(self)`, of a symbol too, which a mere conversion refuses.
    pub(crate) fn to_text(self) -> Result<Vec<u16>, Thrown<'s>> {
        if let Some(text) = self.utf16() {
            return Ok(text);
        }
        if self.kind() == ValueType::Symbol {
            let mut text: Vec<u16> = "Symbol(".encode_utf16().collect();
            text.extend(self.get(c"description")?.utf16().unwrap_or_default());
            text.push(u16::from(b')'));
            return Ok(text);
        }
        let mut raw = ptr::null_mut();
        // SAFETY: live
        let status = unsafe { sys::napi_coerce_to_string(self.env, self.raw, &raw mut raw) };
        Ok(self.made(status, raw)?.utf16().unwrap_or_default())
    }
}
