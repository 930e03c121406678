//! Copying the text of strings.

use std::mem::MaybeUninit;
use std::ptr;

use matcher::mem::advise_huge_pages;
use napi::sys;

use super::Value;

impl Value<'_> {
    /// Room beyond a string's length that [`Self::copy_ascii`] needs, in bytes.
    pub(crate) const COPY_ASCII_SLACK: usize = 12;
    /// The same for [`Self::append_latin1`]: Node writes a NUL.
    pub(crate) const COPY_LATIN1_SLACK: usize = 1;

    /// The code units of a string, lone surrogates and NULs included; `None` if it is not a string.
    pub(crate) fn utf16(self) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        self.utf16_into(&mut units).then_some(units)
    }

    /// As [`Self::utf16`], into `units`, which grows if it must. Returns whether it is a string.
    pub(crate) fn utf16_into(self, units: &mut Vec<u16>) -> bool {
        self.write_whole_utf16(units).is_some()
    }

    /// Appends the code units of a string to `units`; `None` if it is not a string.
    pub(crate) fn append_utf16(self, units: &mut Vec<u16>) -> Option<()> {
        let length = self.length()?;
        // and a NUL
        units.reserve(length + 1);
        let start = units.len();
        let written = self.write_utf16(&mut units.spare_capacity_mut()[..=length])?.len();
        // SAFETY: `write_utf16` has initialised them
        unsafe { units.set_len(start + written) };
        Some(())
    }

    /// The length of a string in code units; `None` if it is not a string.
    pub(crate) fn length(self) -> Option<usize> {
        let mut units = 0;
        // SAFETY: live. Without a place to write to, Node gives the length
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, self.raw, ptr::null_mut(), 0, &raw mut units)
        };
        (status == sys::Status::napi_ok).then_some(units)
    }

    /// Appends a string of `length` code units to `bytes` if it is ASCII. Returns whether it is.
    ///
    /// Node encodes ASCII as UTF-8 as fast as it copies it, but a string beyond Latin-1 twenty
    /// times slower.
    pub(crate) fn copy_ascii(self, length: usize, bytes: &mut Vec<u8>) -> bool {
        let start = bytes.len();
        bytes.reserve(length + Self::COPY_ASCII_SLACK);
        advise_huge_pages(bytes);
        let spare = bytes.spare_capacity_mut();
        // V8 copies at once if there is twice the room; otherwise it asks again and again whether
        // the rest fits
        let room = spare.len().min(2 * length + Self::COPY_ASCII_SLACK);
        // Of a text beyond ASCII more than `length` bytes are written in any case: all of it, or as
        // much as leaves no room for another character, which takes at most four bytes
        let ascii = self.write_utf8(&mut spare[..room]).is_some_and(|text| text.len() == length);
        if ascii {
            // SAFETY: `write_utf8` has initialised `length` bytes from `start` on
            unsafe { bytes.set_len(start + length) };
        }
        ascii
    }

    /// Appends a string of `length` code units to `bytes`, of each unit the low byte; `None` if it
    /// is not a string.
    pub(crate) fn append_latin1(self, length: usize, bytes: &mut Vec<u8>) -> Option<()> {
        bytes.reserve(length + Self::COPY_LATIN1_SLACK);
        let start = bytes.len();
        let room = length + Self::COPY_LATIN1_SLACK;
        let written = self.write_latin1(&mut bytes.spare_capacity_mut()[..room])?.len();
        // SAFETY: `write_latin1` has initialised them
        unsafe { bytes.set_len(start + written) };
        Some(())
    }

    /// Whether the first characters of a string are ASCII. Slow for a string beyond Latin-1. Looks
    /// at as many as `memory` holds, less a NUL.
    pub(crate) fn starts_with_ascii(self, memory: &mut [MaybeUninit<u8>]) -> bool {
        self.write_utf8(memory).is_some_and(|text| text.is_ascii())
    }

    fn write_whole_utf16(self, units: &mut Vec<u16>) -> Option<()> {
        units.clear();
        let room = units.capacity();
        if room > 1 {
            let written = self.write_utf16(units.spare_capacity_mut())?.len();
            // a text that fills the memory may be longer
            if written + 1 < room {
                // SAFETY: `write_utf16` has initialised them
                unsafe { units.set_len(written) };
                return Some(());
            }
        }
        units.reserve_exact(self.length()? + 1);
        advise_huge_pages(units);
        self.append_utf16(units)
    }

    /// Writes the low bytes of a string's code units and a NUL to `memory`, as many as fit. Returns
    /// what is before the NUL; `None` if it is not a string.
    fn write_latin1(self, memory: &mut [MaybeUninit<u8>]) -> Option<&mut [u8]> {
        let (to, room) = (memory.as_mut_ptr(), memory.len());
        let mut written = 0;
        // SAFETY: live; Node writes at most `room` bytes
        let status = unsafe {
            sys::napi_get_value_string_latin1(self.env, self.raw, to.cast(), room, &raw mut written)
        };
        // SAFETY: Node has initialised `written` bytes if it says so
        (status == sys::Status::napi_ok).then(|| unsafe { initialised(memory, written) })
    }

    /// As [`Self::write_latin1`], in UTF-8. Writes whole characters only.
    fn write_utf8(self, memory: &mut [MaybeUninit<u8>]) -> Option<&mut [u8]> {
        let (to, room) = (memory.as_mut_ptr(), memory.len());
        let mut written = 0;
        // SAFETY: live; Node writes at most `room` bytes
        let status = unsafe {
            sys::napi_get_value_string_utf8(self.env, self.raw, to.cast(), room, &raw mut written)
        };
        // SAFETY: Node has initialised `written` bytes if it says so
        (status == sys::Status::napi_ok).then(|| unsafe { initialised(memory, written) })
    }

    /// As [`Self::write_latin1`], in UTF-16.
    fn write_utf16(self, memory: &mut [MaybeUninit<u16>]) -> Option<&mut [u16]> {
        let (to, room) = (memory.as_mut_ptr(), memory.len());
        let mut written = 0;
        // SAFETY: live; Node writes at most `room` units
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, self.raw, to.cast(), room, &raw mut written)
        };
        // SAFETY: Node has initialised `written` units if it says so
        (status == sys::Status::napi_ok).then(|| unsafe { initialised(memory, written) })
    }
}

/// The first `count` elements.
///
/// # Safety
///
/// They must be initialised.
unsafe fn initialised<T>(memory: &mut [MaybeUninit<T>], count: usize) -> &mut [T] {
    let memory = &mut memory[..count];
    // SAFETY: initialised, says the caller; `MaybeUninit` has the layout of its type
    unsafe { &mut *(ptr::from_mut(memory) as *mut [T]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_initialised_is_a_prefix() {
        let mut memory = [MaybeUninit::uninit(); 4];
        memory[0].write(1u16);
        memory[1].write(2);
        // SAFETY: written above
        assert_eq!(unsafe { initialised(&mut memory, 2) }, [1, 2]);
    }
}
