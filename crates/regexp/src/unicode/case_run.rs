//! The unit of the case tables.

/// Code points `first`, `first + step`, … `last`, all mapped to themselves plus `delta`.
#[derive(Debug)]
pub(super) struct CaseRun {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) step: u32,
    pub(super) delta: i32,
}

pub(super) const fn case_run(first: u32, last: u32, step: u32, delta: i32) -> CaseRun {
    CaseRun { first, last, step, delta }
}
