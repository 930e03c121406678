//! Which of the literals that a pattern requires is looked for.

pub(crate) mod choice;
pub(crate) mod ngrams;
