//! Surrogate pairs.

/// The code point of a surrogate pair, `None` if the two units are none.
pub fn combine(lead: u16, trail: u16) -> Option<u32> {
    if is_lead(lead) && is_trail(trail) {
        Some(0x1_0000 + ((u32::from(lead) & 0x3FF) << 10) + (u32::from(trail) & 0x3FF))
    } else {
        None
    }
}

/// Whether the unit can begin a surrogate pair.
pub fn is_lead(unit: u16) -> bool {
    unit & 0xFC00 == 0xD800
}

/// Whether the unit can end a surrogate pair.
pub fn is_trail(unit: u16) -> bool {
    unit & 0xFC00 == 0xDC00
}

/// The two units of a code point above U+FFFF.
pub fn split(c: u32) -> (u16, u16) {
    let c = c - 0x1_0000;
    (0xD800 + (c >> 10) as u16, 0xDC00 + (c & 0x3FF) as u16)
}
