//! Options that do not exist are refused: a misspelt one would be ignored in silence.

use crate::error::Failure;
use crate::node::value::Value;

/// Refuses an object with a key that is none of `known`. `place`: what it is called.
pub(crate) fn refuse_unknown(
    object: Value<'_>,
    place: &str,
    known: &[&str],
) -> Result<(), Failure> {
    // of one more than there are, one at least is unknown
    let keys = object.own_keys(known.len() as u32 + 1).map_err(|thrown| {
        Failure::Argument(format!("{place} could not be read: {}", thrown.describe()))
    })?;
    match keys.iter().find(|key| !known.contains(&&***key)) {
        None => Ok(()),
        Some(unknown) => Err(Failure::Argument(unknown_key(place, unknown, known))),
    }
}

#[cold]
fn unknown_key(place: &str, unknown: &str, known: &[&str]) -> String {
    const LONGEST: usize = 40;
    let shown: String = unknown.chars().take(LONGEST).collect();
    let nearest = known.iter().map(|known| (distance(&shown, known), known)).min();
    let hint = match nearest {
        Some((edits, nearest)) if edits <= nearest.len() / 2 => {
            format!("did you mean `{nearest}`?")
        }
        _ => {
            let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("it may have {}", names.join(", "))
        }
    };
    format!("{place} has no `{shown}`: {hint}")
}

/// How many characters have to be changed, added, left out or swapped with the next one. Case does
/// not count.
fn distance(from: &str, to: &str) -> usize {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
    let (from, to) = (letters(from), letters(to));
    let mut rows = vec![(0..=to.len()).collect::<Vec<_>>()];
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let above = &rows[i - 1];
            let change = above[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            let mut least = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}
