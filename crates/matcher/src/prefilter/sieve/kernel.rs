//! Which code looks windows up.

#[cfg(target_arch = "x86_64")]
use crate::prefilter::sieve::avx2::Avx2;
use crate::prefilter::sieve::portable::Portable;
use crate::prefilter::sieve::sift::SiftTask;

/// The code that looks windows up. A value of this type can run on this machine: variants that need
/// CPU features hold the proof that they were detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Runs everywhere.
    Portable,
    /// AVX2; loads table words one by one.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// AVX2; gathers table words.
    #[cfg(target_arch = "x86_64")]
    Avx2Gather(Avx2),
}

impl Kernel {
    /// The fastest that this machine can run.
    ///
    /// The gather instruction is no faster than single loads on AMD's cores up to Zen 4. On Intel's
    /// cores of 2015 to 2021 it is slow since their microcode of 2023 (Intel, "Gather Data
    /// Sampling", INTEL-SA-00828). AVX-VNNI came with Intel's first cores that need no such
    /// microcode.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::detect() {
            let gathers_fast = std::arch::is_x86_feature_detected!("avxvnni");
            return if gathers_fast { Self::Avx2Gather(avx2) } else { Self::Avx2(avx2) };
        }
        Self::Portable
    }

    /// All that this machine can run.
    pub fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Avx2::detect() {
            return vec![Self::Portable, Self::Avx2(avx2), Self::Avx2Gather(avx2)];
        }
        vec![Self::Portable]
    }

    /// Runs `task` with this kernel.
    #[inline]
    pub(crate) fn run(self, task: impl SiftTask) {
        match self {
            Self::Portable => task.run(Portable),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.run::<false>(task),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2Gather(avx2) => avx2.run::<true>(task),
        }
    }
}
