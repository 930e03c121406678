//! Texts from UTF-16 to UTF-8 and back, by the instructions that this machine has.

#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(test)]
mod tests;

use crate::prefilter::Kernel;
use regexp::text::Transcoder;

/// The fastest code for texts that goes with a kernel.
pub(crate) fn transcoder(kernel: Kernel) -> Transcoder {
    match kernel {
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx512(avx512) => self::avx512::transcoder(avx512),
        _ => Transcoder::default(),
    }
}
