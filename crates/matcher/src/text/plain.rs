//! Whether a text is plain: ASCII without ESC and carriage returns, as most texts are.

use super::ansi::ESC;

/// Whether a text of Latin-1 characters is [`RawText::Plain`](super::RawText::Plain).
///
/// It is the first pass over a text, and nearly every text gets it. With AVX2 it takes half the
/// time.
#[inline(never)]
pub(super) fn is_plain(text: &[u8]) -> bool {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has the feature
        return unsafe { with_avx2(text) };
    }
    portable(text)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(text: &[u8]) -> bool {
    portable(text)
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "compiled for the CPU features of its caller")]
fn portable(text: &[u8]) -> bool {
    /// Bytes that are looked at without a branch in between, which the compiler vectorises.
    const LANES: usize = 32;
    // the highest bit of a lane is set by any byte that is not plain
    let mut seen = [0; LANES];
    let mut look_at = |block: &[u8; LANES]| {
        for lane in 0..LANES {
            let byte = block[lane];
            let special = u8::from(byte == ESC as u8) | u8::from(byte == b'\r');
            seen[lane] |= byte | special.wrapping_neg();
        }
    };
    let (blocks, rest) = text.as_chunks();
    blocks.iter().for_each(&mut look_at);
    if let Some(last) = text.last_chunk() {
        // it overlaps the last whole block
        look_at(last);
    } else {
        let mut block = [0; LANES];
        block[..rest.len()].copy_from_slice(rest);
        look_at(&block);
    }
    seen.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_seen_wherever_it_is() {
        for is_plain in [is_plain, portable] {
            // more than are looked at together
            for length in 0..100 {
                let mut text = vec![b'x'; length];
                assert!(is_plain(&text), "{length}");
                for at in 0..length {
                    for byte in [0, b'\n', 0x0C, b'\r', 0x1A, 0x1B, 0x1C, 0x7F, 0x80, 0x9B, 0xFF] {
                        text[at] = byte;
                        let expected = byte.is_ascii() && byte != 0x1B && byte != b'\r';
                        assert_eq!(is_plain(&text), expected, "{byte} at {at} of {length}");
                    }
                    text[at] = b'x';
                }
            }
        }
    }
}
