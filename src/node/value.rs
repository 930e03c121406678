//! Reading values of the caller's that may be hostile.
//!
//! Any property may be a getter that throws, any object a proxy, revoked or not. `napi`'s own accessors leave the
//! exception pending in the environment, where the next call trips over it or the caller gets it thrown from a
//! function that promises not to throw. Here every step that can run the caller's code hands the exception back
//! as a [`Thrown`] and leaves the environment clean.
//!
//! This file, [`crate::node::reference`], [`crate::node::async_work`] and, for what the queue needs, `queue::wake` are the only ones of the binding that
//! call Node-API directly. All of it belongs to the JavaScript thread: a [`Value`] is not `Send` and lives no longer than the handle scope it was made in.

use std::ffi::CStr;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::{ptr, slice};

use napi::bindgen_prelude::ToNapiValue;
use napi::{Env, JsValue, Unknown, ValueType, sys};

/// A JavaScript value.
#[derive(Clone, Copy)]
pub(crate) struct Value<'s> {
    env: sys::napi_env,
    raw: sys::napi_value,
    scope: PhantomData<&'s Env>,
}

/// What the caller's code threw.
pub(crate) struct Thrown<'s>(pub(crate) Value<'s>);

impl<'s> From<Unknown<'s>> for Value<'s> {
    fn from(value: Unknown<'s>) -> Self {
        Self { env: value.value().env, raw: value.raw(), scope: PhantomData }
    }
}

impl<'s> Value<'s> {
    /// # Safety
    ///
    /// `env` and `raw` must be live, and `raw` stay so for `'s`.
    pub(crate) unsafe fn from_raw(env: sys::napi_env, raw: sys::napi_value) -> Self {
        Self { env, raw, scope: PhantomData }
    }

    pub(crate) fn raw(self) -> sys::napi_value {
        self.raw
    }

    pub(crate) fn env(self) -> sys::napi_env {
        self.env
    }

    /// The value as `napi` has it.
    pub(crate) fn to_unknown(self) -> Unknown<'s> {
        // SAFETY: both handles are live for 's, an invariant of the type
        unsafe { Unknown::from_raw_unchecked(self.env, self.raw) }
    }

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

    fn undefined_in(env: sys::napi_env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; the call cannot fail in one
        unsafe { sys::napi_get_undefined(env, &raw mut raw) };
        Self { env, raw, scope: PhantomData }
    }

    /// The global object.
    pub(crate) fn global(env: &'s Env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; the call cannot fail in one
        unsafe { sys::napi_get_global(env.raw(), &raw mut raw) };
        Self { env: env.raw(), raw, scope: PhantomData }
    }

    /// A string.
    pub(crate) fn string(env: &'s Env, text: &str) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: pointer and length are those of `text`, which Node copies
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

    /// A number.
    pub(crate) fn number(env: &'s Env, number: u32) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live
        let status = unsafe { sys::napi_create_uint32(env.raw(), number, &raw mut raw) };
        Self::undefined(env).made(status, raw)
    }

    /// A string of code units, lone surrogates as they are.
    pub(crate) fn utf16_string(env: &'s Env, units: &[u16]) -> Result<Self, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: pointer and length are those of `units`, which Node copies
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

    /// `null`.
    pub(crate) fn null(env: &'s Env) -> Self {
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live; the call cannot fail in one
        unsafe { sys::napi_get_null(env.raw(), &raw mut raw) };
        Self { env: env.raw(), raw, scope: PhantomData }
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

    /// What a script evaluates to.
    pub(crate) fn run_script(env: &'s Env, source: &str) -> Result<Self, Thrown<'s>> {
        let source = Self::string(env, source)?;
        let mut raw = ptr::null_mut();
        // SAFETY: both handles are live
        let status = unsafe { sys::napi_run_script(env.raw(), source.raw, &raw mut raw) };
        source.made(status, raw)
    }

    /// Whether JavaScript can still be run: not in an environment that is ending.
    pub(crate) fn can_run(env: &'s Env) -> bool {
        // Node looks at that before every call that could run any, this one included
        Self::global(env).get(c"undefined").is_ok()
    }

    /// What `typeof` says, and `null`. Runs none of the caller's code.
    pub(crate) fn kind(self) -> ValueType {
        let mut kind = 0;
        // SAFETY: both handles are live, an invariant of the type
        unsafe { sys::napi_typeof(self.env, self.raw, &raw mut kind) };
        ValueType::from(kind)
    }

    /// Null or undefined.
    pub(crate) fn is_nullish(self) -> bool {
        matches!(self.kind(), ValueType::Null | ValueType::Undefined)
    }

    /// An object or a function.
    pub(crate) fn is_object(self) -> bool {
        matches!(self.kind(), ValueType::Object | ValueType::Function)
    }

    /// `true`, `false`, or not a boolean.
    pub(crate) fn boolean(self) -> Option<bool> {
        let mut value = false;
        // SAFETY: as above
        let status = unsafe { sys::napi_get_value_bool(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// A number, or not one.
    pub(crate) fn double(self) -> Option<f64> {
        let mut value = 0.0;
        // SAFETY: as above
        let status = unsafe { sys::napi_get_value_double(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// A number, as a `u32` as JavaScript makes it one, or not a number.
    pub(crate) fn uint32(self) -> Option<u32> {
        let mut value = 0;
        // SAFETY: as above
        let status = unsafe { sys::napi_get_value_uint32(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok).then_some(value)
    }

    /// The code units of a string, lone surrogates and NULs included; `None` if it is not a string. One copy.
    pub(crate) fn utf16(self) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        self.utf16_into(&mut units).then_some(units)
    }

    /// As [`Self::utf16`], into memory that is there, which grows if it must. Says whether it is a string.
    pub(crate) fn utf16_into(self, units: &mut Vec<u16>) -> bool {
        self.write_whole_utf16(units).is_some()
    }

    /// The length of a string in code units; `None` if it is not a string.
    pub(crate) fn length(self) -> Option<usize> {
        self.write_latin1(ptr::null_mut(), 0)
    }

    /// Appends a string of that length to `bytes` if it is nothing but ASCII. Says whether it is.
    ///
    /// Of ASCII Node makes UTF-8 as fast as it copies, of strings beyond Latin-1 twenty times slower.
    pub(crate) fn copy_ascii(self, length: usize, bytes: &mut Vec<u8>) -> bool {
        let begin = bytes.len();
        bytes.reserve(length + Self::COPY_ASCII_SLACK);
        let spare = bytes.spare_capacity_mut();
        // with twice the room V8 copies at once, with less it asks again and again whether the rest may not fit
        let room = spare.len().min(2 * length + Self::COPY_ASCII_SLACK);
        let to = spare.as_mut_ptr().cast();
        // if there is more than ASCII, more than `length` bytes are written in any case: all of the text, or as much of it as leaves no
        // room for a character, which takes four bytes at most
        let ascii = self.write_utf8(to, room) == Some(length);
        if ascii {
            // SAFETY: that many were written
            unsafe { bytes.set_len(begin + length) };
        }
        ascii
    }

    /// Whether the first units of a string are ASCII, as far as can be told of their lower halves. Cheap whatever they are.
    /// `memory`: for so many, and a NUL.
    pub(crate) fn seems_ascii(self, memory: &mut [MaybeUninit<u8>]) -> bool {
        let written = self.write_latin1(memory.as_mut_ptr().cast(), memory.len());
        written.is_some_and(|count| is_text(written_to(memory, count)))
    }

    /// As [`Self::seems_ascii`], for certain, and not as cheap if they are not.
    pub(crate) fn begins_with_ascii(self, memory: &mut [MaybeUninit<u8>]) -> bool {
        let written = self.write_utf8(memory.as_mut_ptr().cast(), memory.len());
        written.is_some_and(|count| written_to(memory, count).is_ascii())
    }

    /// Room beyond a string's length that [`Self::copy_ascii`] needs.
    pub(crate) const COPY_ASCII_SLACK: usize = 12;

    /// Writes the lower halves of a string's units and a NUL to `to`, which has room for `room` bytes, and gives the bytes before the
    /// NUL; to null: how many there are.
    fn write_latin1(self, to: *mut u8, room: usize) -> Option<usize> {
        let mut bytes = 0;
        // SAFETY: both handles are live; Node writes `room` bytes at most, and none to a null pointer
        let status = unsafe {
            sys::napi_get_value_string_latin1(self.env, self.raw, to.cast(), room, &raw mut bytes)
        };
        (status == sys::Status::napi_ok).then_some(bytes)
    }

    /// As [`Self::write_latin1`], in UTF-8.
    fn write_utf8(self, to: *mut u8, room: usize) -> Option<usize> {
        let mut bytes = 0;
        // SAFETY: as there
        let status = unsafe {
            sys::napi_get_value_string_utf8(self.env, self.raw, to.cast(), room, &raw mut bytes)
        };
        (status == sys::Status::napi_ok).then_some(bytes)
    }

    fn write_whole_utf16(self, units: &mut Vec<u16>) -> Option<()> {
        units.clear();
        let room = units.capacity();
        if room > 1 {
            let written = self.write_utf16(units.as_mut_ptr(), room)?;
            // else it may go on
            if written + 1 < room {
                // SAFETY: that many were written
                unsafe { units.set_len(written) };
                return Some(());
            }
        }
        // without a place to write to, Node gives the length
        let length = self.write_utf16(ptr::null_mut(), 0)?;
        units.reserve_exact(length + 1);
        let written = self.write_utf16(units.as_mut_ptr(), length + 1)?;
        // SAFETY: that many were written
        unsafe { units.set_len(written.min(length)) };
        Some(())
    }

    /// Writes a string and a NUL to `to`, which has room for `room` units, and gives the units before the NUL.
    fn write_utf16(self, to: *mut u16, room: usize) -> Option<usize> {
        let mut units = 0;
        // SAFETY: both handles are live; Node writes `room` units at most, and none to a null pointer
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, self.raw, to, room, &raw mut units)
        };
        (status == sys::Status::napi_ok).then_some(units)
    }

    /// The bytes of a `Uint8Array` (a `Buffer` is one), copied; `None` if it is none. JavaScript may write into
    /// them as soon as this call is over, which is why they are copied.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        let mut is_typed_array = false;
        // SAFETY: both handles are live
        unsafe { sys::napi_is_typedarray(self.env, self.raw, &raw mut is_typed_array) };
        if !is_typed_array {
            return None;
        }
        let (mut kind, mut length, mut data) = (0, 0, ptr::null_mut());
        // SAFETY: it is a typed array; what is not asked for may be null
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
        if data.is_null() || length == 0 {
            return Some(Vec::new());
        }
        // SAFETY: Node says that `length` bytes are at `data`, and no JavaScript runs on this thread meanwhile
        Some(unsafe { slice::from_raw_parts(data.cast::<u8>(), length) }.to_vec())
    }

    /// A true array of any realm. A proxy of one is not, see [`crate::node::array::is_array`]. Runs none of the caller's code.
    pub(crate) fn is_plain_array(self) -> bool {
        let mut result = false;
        // SAFETY: both handles are live
        unsafe { sys::napi_is_array(self.env, self.raw, &raw mut result) };
        result
    }

    /// A true `Error` of any realm. A proxy of one is not. Runs none of the caller's code.
    pub(crate) fn is_native_error(self) -> bool {
        let mut result = false;
        // SAFETY: as above
        unsafe { sys::napi_is_error(self.env, self.raw, &raw mut result) };
        result
    }

    /// `self === other`.
    pub(crate) fn is(self, other: Value<'_>) -> bool {
        let mut result = false;
        // SAFETY: as above
        unsafe { sys::napi_strict_equals(self.env, self.raw, other.raw, &raw mut result) };
        result
    }

    /// `self[name]`.
    pub(crate) fn get(self, name: &CStr) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: both handles are live, `name` ends with a NUL
        let status = unsafe {
            sys::napi_get_named_property(self.env, self.raw, name.as_ptr(), &raw mut raw)
        };
        self.made(status, raw)
    }

    /// `self[key]`.
    pub(crate) fn get_key(self, key: Value<'s>) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: all handles are live
        let status = unsafe { sys::napi_get_property(self.env, self.raw, key.raw, &raw mut raw) };
        self.made(status, raw)
    }

    /// `self[index]`.
    pub(crate) fn get_index(self, index: u32) -> Result<Value<'s>, Thrown<'s>> {
        let mut raw = ptr::null_mut();
        // SAFETY: both handles are live
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
        // SAFETY: all handles are live; of a value that is not a function Node makes an error status
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
        // SAFETY: as in `call`
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

    /// `self instanceof class`.
    pub(crate) fn instance_of(self, class: Value<'s>) -> Result<bool, Thrown<'s>> {
        let mut result = false;
        // SAFETY: both handles are live; of a `class` that is not a function Node makes an exception
        let status =
            unsafe { sys::napi_instanceof(self.env, self.raw, class.raw, &raw mut result) };
        self.check(status).map(|()| result)
    }

    /// `String(self)`: symbols included, which a mere conversion refuses.
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
        // SAFETY: both handles are live
        let status = unsafe { sys::napi_coerce_to_string(self.env, self.raw, &raw mut raw) };
        Ok(self.made(status, raw)?.utf16().unwrap_or_default())
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
        // SAFETY: all handles are live; there is one property
        let status =
            unsafe { sys::napi_define_properties(self.env, self.raw, 1, &raw const property) };
        self.check(status)
    }

    /// What became of a call into Node that makes no value.
    pub(crate) fn check(self, status: sys::napi_status) -> Result<(), Thrown<'s>> {
        self.made(status, self.raw).map(drop)
    }

    fn made(self, status: sys::napi_status, raw: sys::napi_value) -> Result<Value<'s>, Thrown<'s>> {
        if status == sys::Status::napi_ok {
            Ok(Self { raw, ..self })
        } else {
            Err(Thrown(self.take_exception()))
        }
    }

    /// The pending exception, no longer pending. `undefined` if Node refused the call by a status of its own.
    #[cold]
    fn take_exception(self) -> Value<'s> {
        let mut pending = false;
        let mut raw = ptr::null_mut();
        // SAFETY: the environment is live, both calls may be made while an exception is pending
        unsafe {
            sys::napi_is_exception_pending(self.env, &raw mut pending);
            if pending {
                sys::napi_get_and_clear_last_exception(self.env, &raw mut raw);
            }
        }
        if raw.is_null() { Self::undefined_in(self.env) } else { Self { raw, ..self } }
    }
}

impl Thrown<'_> {
    /// What was thrown, in words, for a message; cut short. Never runs into a second exception.
    pub(crate) fn in_words(&self) -> String {
        const LONGEST: usize = 200;
        match self.0.to_text() {
            Ok(text) => {
                let mut words = String::from_utf16_lossy(&text[..text.len().min(LONGEST)]);
                if text.len() > LONGEST {
                    words.push('…');
                }
                words
            }
            Err(_) => "[unreadable error]".into(),
        }
    }
}

/// Runs `read` in a handle scope of its own: in a loop over the caller's list, the handles of one round are given
/// back before the next. The result is `Send` because nothing of JavaScript may leave the scope, and nothing of it is.
pub(crate) fn in_scope<T: Send>(env: &Env, read: impl FnOnce() -> T) -> T {
    let mut scope = ptr::null_mut();
    // SAFETY: the environment is live
    let opened = unsafe { sys::napi_open_handle_scope(env.raw(), &raw mut scope) };
    let result = read();
    if opened == sys::Status::napi_ok {
        // SAFETY: opened above, and closed in reverse order as every scope is opened in this function
        unsafe { sys::napi_close_handle_scope(env.raw(), scope) };
    }
    result
}

/// What Node has written: the first `count` bytes.
fn written_to(memory: &[MaybeUninit<u8>], count: usize) -> &[u8] {
    let written = &memory[..count];
    // SAFETY: it is initialised
    unsafe { slice::from_raw_parts(written.as_ptr().cast(), written.len()) }
}

/// Whether the lower halves of some code units look like those of ASCII: printable, tabs, and ends of lines.
fn is_text(bytes: &[u8]) -> bool {
    // below 0x20 as a signed number is what begins with a one, too
    let other = |byte: u8| byte.cast_signed() < 0x20 && !matches!(byte, b'\n' | b'\t' | b'\r');
    !bytes.iter().fold(false, |any, &byte| any | other(byte))
}
