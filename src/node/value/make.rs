//! Making values.

use std::marker::PhantomData;
use std::ptr;

use napi::bindgen_prelude::ToNapiValue;
use napi::{Env, sys};

use super::{Thrown, Value};

impl<'s> Value<'s> {
    /// What `napi` makes of a value of Rust's.
    pub(crate) fn made_of(env: &'s Env, value: impl ToNapiValue) -> napi::Result<Self> {
        // SAFETY: the environment is live
        let raw = unsafe { ToNapiValue::to_napi_value(env.raw(), value) }?;
        Ok(Self { env: env.raw(), raw, scope: PhantomData })
    }

    /// `undefined`.
    pub(crate) fn undefined(env: &'s Env) -> Self {
        Self::undefined_in(env.raw())
    }

    pub(super) fn undefined_in(env: sys::napi_env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live, and then the call cannot fail
        unsafe { sys::napi_get_undefined(env, &raw mut raw) };
        Self { env, raw, scope: PhantomData }
    }

    /// `null`.
    pub(crate) fn null(env: &'s Env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live, and then the call cannot fail
        unsafe { sys::napi_get_null(env.raw(), &raw mut raw) };
        Self { env: env.raw(), raw, scope: PhantomData }
    }

    /// The global object.
    pub(crate) fn global(env: &'s Env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live, and then the call cannot fail
        unsafe { sys::napi_get_global(env.raw(), &raw mut raw) };
        Self { env: env.raw(), raw, scope: PhantomData }
    }

    /// A number.
    pub(crate) fn number(env: &'s Env, number: u32) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live
        let status = unsafe { sys::napi_create_uint32(env.raw(), number, &raw mut raw) };
        Self::undefined(env).made(status, raw)
    }

    /// A string.
    pub(crate) fn string(env: &'s Env, text: &str) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; pointer and length are those of `text`, which Node
        // copies
        let status = unsafe {
            sys::napi_create_string_utf8(
                env.raw(),
                text.as_ptr().cast(),
                text.len().cast_signed(),
                &raw mut raw,
            )
        };
        Self::undefined(env).made(status, raw)
    }

    /// A string of code units, lone surrogates included.
    pub(crate) fn utf16_string(env: &'s Env, units: &[u16]) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; pointer and length are those of `units`, which Node
        // copies
        let status = unsafe {
            sys::napi_create_string_utf16(
                env.raw(),
                units.as_ptr(),
                units.len().cast_signed(),
                &raw mut raw,
            )
        };
        Self::undefined(env).made(status, raw)
    }

    /// A string of Latin-1 characters.
    pub(crate) fn latin1_string(env: &'s Env, bytes: &[u8]) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; pointer and length are those of `bytes`, which Node
        // copies
        let status = unsafe {
            sys::napi_create_string_latin1(
                env.raw(),
                bytes.as_ptr().cast(),
                bytes.len().cast_signed(),
                &raw mut raw,
            )
        };
        Self::undefined(env).made(status, raw)
    }

    /// An array.
    pub(crate) fn array(
        env: &'s Env,
        elements: impl IntoIterator<Item = Result<Self, Thrown<'s>>>,
    ) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live
        let status = unsafe { sys::napi_create_array(env.raw(), &raw mut raw) };
        let array = Self::undefined(env).made(status, raw)?;
        for (index, element) in elements.into_iter().enumerate() {
            array.create_property(Self::string(env, &index.to_string())?, element?)?;
        }
        Ok(array)
    }

    /// Creates a property as a literal does: an assignment would call a setter that the caller has
    /// put upon a prototype.
    fn create_property(self, key: Self, value: Self) -> Result<(), Thrown<'s>> {
        let property = sys::napi_property_descriptor {
            utf8name: ptr::null(),
            name: key.raw,
            method: None,
            getter: None,
            setter: None,
            value: value.raw,
            attributes: sys::PropertyAttributes::writable
                | sys::PropertyAttributes::enumerable
                | sys::PropertyAttributes::configurable,
            data: ptr::null_mut(),
        };
        // SAFETY: all live; there is one property
        let status =
            unsafe { sys::napi_define_properties(self.env, self.raw, 1, &raw const property) };
        self.check(status)
    }

    /// What a script evaluates to.
    pub(crate) fn run_script(env: &'s Env, source: &str) -> Result<Self, Thrown<'s>> {
        let source = Self::string(env, source)?;
        let mut raw = ptr::null_mut();
        // SAFETY: live
        let status = unsafe { sys::napi_run_script(env.raw(), source.raw, &raw mut raw) };
        source.made(status, raw)
    }
}
