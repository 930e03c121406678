//! Multiplicative hashing (Knuth, "The Art of Computer Programming", volume 3, section 6.4):
//! multiply by an odd number whose ones are spread, and use the highest bits of the product.

/// The golden ratio in 32 bits, odd.
pub(crate) const MULTIPLIER_32: u32 = 0x9E37_79B1;

/// The golden ratio in 64 bits, odd.
pub(crate) const MULTIPLIER_64: u64 = 0x9E37_79B9_7F4A_7C15;
