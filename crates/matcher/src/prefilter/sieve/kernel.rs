//! Which code looks windows up.

use std::ops::Range;

#[cfg(target_arch = "x86_64")]
use crate::prefilter::sieve::avx2::Avx2;
#[cfg(target_arch = "x86_64")]
use crate::prefilter::sieve::avx512::Avx512;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
use crate::prefilter::sieve::neon::Neon;
use crate::prefilter::sieve::portable;
use crate::prefilter::sieve::sift::Places;
use crate::prefilter::sieve::table::Sieve;

/// The code that looks windows up. A value of this type can run on this machine: variants that need
/// CPU features hold the proof that they were detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Runs everywhere.
    Portable,
    /// AVX2: Intel since 2013, AMD since 2015.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// AVX-512 with VBMI: Intel's servers since 2021, AMD since 2022.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// NEON: 64-bit ARM.
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Neon(Neon),
}

impl Kernel {
    /// The fastest that this machine can run.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(avx512) = Avx512::detect() {
                return Self::Avx512(avx512);
            }
            if let Some(avx2) = Avx2::detect() {
                return Self::Avx2(avx2);
            }
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        if let Some(neon) = Neon::detect() {
            return Self::Neon(neon);
        }
        Self::Portable
    }

    /// All that this machine can run.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(Avx2::detect().map(Self::Avx2));
            all.extend(Avx512::all().map(Self::Avx512));
        }
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        all.extend(Neon::detect().map(Self::Neon));
        all
    }

    /// Its name, for tests and measurements.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "Portable",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => "Avx2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(avx512) => avx512.name(),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Self::Neon(_) => "Neon",
        }
    }

    /// Looks up windows of `text` and adds to `places` those that pass. `windows`: where the next
    /// one starts, and before where the last one does; they are [`STEP`] bytes apart. Returns when
    /// all are looked up, or there may be no more room.
    ///
    /// [`STEP`]: crate::prefilter::lengths::STEP
    #[inline]
    pub(crate) fn sift(
        self,
        sieve: &Sieve,
        text: &[u8],
        windows: &mut Range<usize>,
        places: &mut Places,
    ) {
        match self {
            Self::Portable => portable::sift(sieve, text, windows, places),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.sift(sieve, text, windows, places),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(avx512) => avx512.sift(sieve, text, windows, places),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Self::Neon(neon) => neon.sift(sieve, text, windows, places),
        }
    }
}
