//! `\p{…}`: Unicode properties by the names that ECMA-262 gives them.
//!
//! Spelling is exact, unlike in most other dialects: V8 refuses `\p{lu}` and `\p{IsGreek}`, and so
//! does this. Names and data are tables: see `tables.rs` and `blob.rs`.

use super::blob;
use super::code_point_set::CodePointSet;
use super::tables::{
    BINARY_NAMES, BINARY_SETS, CATEGORY_NAMES, CATEGORY_SETS, GROUP_NAMES, GROUP_PARTS,
    SCRIPT_EXTENSION_SETS, SCRIPT_NAMES, SCRIPT_SETS, SEQUENCE_NAMES, SEQUENCE_SETS,
};

/// What `\p{…}` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property {
    /// Code points.
    Set(CodePointSet),
    /// A property of strings, which exists under flag `v` only.
    Strings {
        /// Its strings of one code point.
        singles: CodePointSet,
        /// Its other strings, as code points, longest first.
        strings: Vec<Vec<u32>>,
    },
}

/// The property that `\p{name}` (`value` is `None`) or `\p{name=value}` stands for; `None` if V8
/// refuses it. `sets_mode`: under flag `v`, the only one with properties of strings.
pub fn property(name: &str, value: Option<&str>, sets_mode: bool) -> Option<Property> {
    if let Some(value) = value {
        return match name {
            "General_Category" | "gc" => category(value),
            "Script" | "sc" => find(SCRIPT_NAMES, value).map(|n| blob::set(SCRIPT_SETS[n])),
            "Script_Extensions" | "scx" => {
                find(SCRIPT_NAMES, value).map(|n| blob::set(SCRIPT_EXTENSION_SETS[n]))
            }
            _ => None,
        }
        .map(Property::Set);
    }
    let set = match name {
        "Any" => Some(CodePointSet::all()),
        "ASCII" => Some(CodePointSet::from_ranges([(0, 0x7F)])),
        "Assigned" => category("Cn").map(|unassigned| unassigned.complement()),
        _ => category(name).or_else(|| find(BINARY_NAMES, name).map(|n| blob::set(BINARY_SETS[n]))),
    };
    match set {
        Some(set) => Some(Property::Set(set)),
        None if sets_mode => strings(name),
        None => None,
    }
}

/// The set of a binary property that exists.
pub(super) fn binary(name: &str) -> CodePointSet {
    find(BINARY_NAMES, name).map(|n| blob::set(BINARY_SETS[n])).unwrap_or_default()
}

fn category(value: &str) -> Option<CodePointSet> {
    if let Some(n) = find(CATEGORY_NAMES, value) {
        return Some(blob::set(CATEGORY_SETS[n]));
    }
    let parts = GROUP_PARTS[find(GROUP_NAMES, value)?];
    let members = CATEGORY_SETS.iter().enumerate().filter(|(n, _)| parts >> n & 1 == 1);
    let sets: Vec<_> = members.map(|(_, &offset)| blob::set(offset)).collect();
    Some(CodePointSet::from_ranges(sets.iter().flat_map(|set| set.ranges().iter().copied())))
}

fn strings(name: &str) -> Option<Property> {
    let sets = if name == "RGI_Emoji" {
        &SEQUENCE_SETS[..]
    } else {
        let n = find(SEQUENCE_NAMES, name)?;
        &SEQUENCE_SETS[n..=n]
    };
    let mut singles = CodePointSet::new();
    let mut strings = Vec::new();
    for &offset in sets {
        blob::sequences(offset, &mut singles, &mut strings);
    }
    strings.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    strings.dedup();
    Some(Property::Strings { singles, strings })
}

/// The number of the line that has `name` among its names. The scan of a few kilobytes is fast
/// enough to do without an index.
fn find(names: &str, name: &str) -> Option<usize> {
    names.lines().position(|line| line.split(' ').any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use super::{Property, property};

    #[test]
    fn names_are_exact() {
        for name in [
            "",
            "lu",
            "LU",
            " Lu",
            "Lu ",
            "Lu\n",
            "Latin",
            "gc",
            "Script",
            "Block",
            "InBasicLatin",
            "IsAlpha",
        ] {
            assert_eq!(property(name, None, true), None, "{name:?}");
        }
        for (name, value) in [
            ("gc", ""),
            ("gc", "Any"),
            ("Any", "Y"),
            ("Alpha", "True"),
            ("sc", "latin"),
            ("", "Lu"),
        ] {
            assert_eq!(property(name, Some(value), true), None, "{name}={value}");
        }
        // Names are kept several to a line; no two of them together are a name.
        assert_eq!(property("Lu Uppercase_Letter", None, true), None);
        assert_eq!(property("Uppercase_Letter Lu", None, true), None);
    }

    #[test]
    fn strings_belong_to_sets_mode_and_are_longest_first() {
        assert_eq!(property("RGI_Emoji", None, false), None);
        let Some(Property::Strings { singles, strings }) = property("RGI_Emoji", None, true) else {
            panic!("RGI_Emoji is a property of strings")
        };
        assert!(singles.contains(0x1F600) && !singles.contains(0x23));
        assert!(strings.contains(&vec![0x23, 0xFE0F, 0x20E3]));
        assert!(strings.is_sorted_by_key(|string| std::cmp::Reverse(string.len())));
        assert!(strings.iter().all(|string| string.len() > 1));
    }
}
