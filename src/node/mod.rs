//! Node-API. All unsafe code of the addon is here.

pub(crate) mod array;
pub(crate) mod async_work;
pub(crate) mod callback;
pub(crate) mod cleanup;
pub(crate) mod describe;
pub(crate) mod guard;
pub(crate) mod listener;
pub(crate) mod number_buffer;
pub(crate) mod reference;
pub(crate) mod scope;
pub(crate) mod value;
pub(crate) mod waker;
