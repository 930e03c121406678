//! The share of libuv's pool that the queue takes. `fs`, `dns`, `crypto` and `zlib` use the pool,
//! too, and the event loop needs a core.

use std::env;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

/// A share of the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// The number of threads at a time.
    pub(crate) threads: usize,
    /// How long a worker keeps its thread. Then the next task of the pool gets it.
    pub(crate) slice: Duration,
}

/// The share of this process. Computed once, as libuv reads its variable once.
pub(crate) static SHARE: LazyLock<Share> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Share::of(pool_size(env::var("UV_THREADPOOL_SIZE").ok().as_deref()), cores)
});

impl Share {
    /// Half of the pool, and all cores but one, which is for the event loop. A pool of one thread
    /// can be shared in time only, so its slices are short.
    fn of(pool: usize, cores: usize) -> Self {
        Self {
            threads: (pool / 2).min(cores.saturating_sub(1)).max(1),
            slice: Duration::from_millis(if pool == 1 { 2 } else { 8 }),
        }
    }
}

/// The size of the pool, as libuv computes it from `UV_THREADPOOL_SIZE`: 1 to 1024, 4 by default,
/// and 1 where `atoi` returns 0.
fn pool_size(variable: Option<&str>) -> usize {
    const DEFAULT: usize = 4;
    const MAX: usize = 1024;
    let Some(text) = variable.map(str::trim_start) else { return DEFAULT };
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    match digits[..length].parse::<usize>() {
        // libuv's size is unsigned: a negative one is huge
        Ok(size) if negative && size > 0 => MAX,
        Ok(size) => size.clamp(1, MAX),
        Err(_) => {
            if length == 0 {
                1
            } else {
                MAX
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_is_as_large_as_libuv_makes_it() {
        for (variable, size) in [
            (None, 4),
            (Some("8"), 8),
            (Some(" 8 threads"), 8),
            (Some("+3"), 3),
            (Some("0"), 1),
            (Some(""), 1),
            (Some("many"), 1),
            (Some("-1"), 1024),
            (Some("5000"), 1024),
            (Some("99999999999999999999999"), 1024),
        ] {
            assert_eq!(pool_size(variable), size, "{variable:?}");
        }
    }

    #[test]
    fn the_whole_pool_is_never_taken_where_that_can_be() {
        for pool in 2..200 {
            for cores in 1..64 {
                let threads = Share::of(pool, cores).threads;
                assert!((1..pool).contains(&threads) && threads <= cores);
            }
        }
        assert_eq!(Share::of(4, 8).threads, 2);
        assert_eq!(Share::of(4, 2).threads, 1);
        assert!(Share::of(1, 8).slice < Share::of(2, 8).slice);
    }
}
