//! Node-API: all of the addon's unsafe code.

pub(crate) mod array;
pub(crate) mod async_work;
pub(crate) mod describe;
pub(crate) mod number_buffer;
pub(crate) mod reference;
pub(crate) mod value;
pub(crate) mod waker;
