//! Texts as the engines read them.

pub(crate) mod haystack;
pub(crate) mod utf16;

pub use self::utf16::combine;
