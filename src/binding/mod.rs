//! The napi surface.
