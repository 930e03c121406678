//! CPU time: a machine that is busy with other work must not pass for a slow engine.

use std::time::Duration;

/// CPU time of this process, all threads: the clock that the C++ peer of the benchmarks reads, too.
///
/// # Panics
///
/// If the kernel has no such clock.
#[cfg(target_os = "linux")]
pub fn cpu_time() -> Duration {
    #[repr(C)]
    struct TimeSpec {
        seconds: i64,
        nanoseconds: i64,
    }
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    unsafe extern "C" {
        fn clock_gettime(clock: i32, time: *mut TimeSpec) -> i32;
    }
    let mut time = TimeSpec { seconds: 0, nanoseconds: 0 };
    // SAFETY: the layout is that of a 64-bit Linux's `struct timespec`, and the pointer is to one
    let result = unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(result, 0, "the kernel tells CPU time");
    Duration::new(time.seconds.cast_unsigned(), time.nanoseconds.cast_unsigned() as u32)
}

/// Elsewhere, wall time.
#[cfg(not(target_os = "linux"))]
pub fn cpu_time() -> Duration {
    static BEGUN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGUN.get_or_init(std::time::Instant::now).elapsed()
}
