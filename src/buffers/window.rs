//! The failed tests of a window, as little memory as they can be: another core reads it.
//!
//! Each has two numbers, which describe its name and its error. Where a joined text starts follows
//! from the lengths of those before it.

use std::vec;

use crate::buffers::arena::{Item, TextArena, TextRef};

/// By how many bits the kind of a text is above its length: no string of V8's is longer.
pub(crate) const KIND_SHIFT: u32 = 29;
/// Joined with others.
pub(crate) const JOINED: u32 = 0;
/// By itself: Latin-1, anything else, or long, when it may be either.
pub(crate) const LATIN1: u32 = 1;
pub(crate) const WIDE: u32 = 2;
pub(crate) const LONG: u32 = 3;
/// Several strings that the text consists of.
pub(crate) const PARTS: u32 = 4;
/// No text.
pub(crate) const NONE: u32 = 5;

/// The kind and the length that share a number.
pub(crate) fn kind_and_length(description: u32) -> (u32, u32) {
    (description >> KIND_SHIFT, description & ((1 << KIND_SHIFT) - 1))
}

/// Failed tests whose texts are in a [`TextArena`].
pub(crate) struct WindowItems {
    descriptions: vec::IntoIter<u32>,
    /// Groups of joined errors, and texts by themselves, in the order of the items.
    pieces: vec::IntoIter<TextRef>,
    bytes: usize,
    /// Where the next joined name starts.
    name: u32,
    group: Group,
    /// Memory of the last name, for the next one.
    pub(crate) spare: Vec<u16>,
}

/// What is left of a group of joined errors: the block that it is in, and from where to where.
#[derive(Clone, Copy, Default)]
struct Group {
    block: u32,
    start: u32,
    end: u32,
}

impl Group {
    fn is_over(self) -> bool {
        self.start == self.end
    }
}

impl WindowItems {
    /// `descriptions`: two for each item.
    pub(crate) fn new(descriptions: Vec<u32>, pieces: Vec<TextRef>) -> Self {
        let bytes = pieces.iter().map(TextRef::bytes).sum();
        let (descriptions, pieces) = (descriptions.into_iter(), pieces.into_iter());
        let (group, spare) = (Group::default(), Vec::new());
        Self { descriptions, pieces, bytes, name: 0, group, spare }
    }

    /// The number of items that are left.
    pub(crate) fn len(&self) -> usize {
        self.descriptions.len() / 2
    }

    /// The size of all texts but the joined names, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The next item, and prefetches the error of the one behind it. `texts`: those of the window.
    pub(crate) fn next(&mut self, texts: &TextArena) -> Option<Item> {
        let (test, error) = (self.descriptions.next()?, self.descriptions.next()?);
        let test = self.name(test, texts);
        let error = self.error(error);
        self.prefetch(texts);
        Some(Item { test, error })
    }

    /// The next errors that lie one after the other, in at most so many bytes; `None` if they are
    /// less than two. `ends` becomes where each of them ends.
    pub(crate) fn next_row(&self, most_bytes: u32, ends: &mut Vec<u32>) -> Option<TextRef> {
        let Group { block, start, end } = match *self.pieces.as_slice() {
            [TextRef::Packed { block, start, end }, ..] if self.group.is_over() => {
                Group { block, start, end }
            }
            _ => self.group,
        };
        let room = most_bytes.min(end - start);
        ends.clear();
        let mut row_end = 0;
        for item in self.descriptions.as_slice().chunks_exact(2) {
            let [(name, _), (error, length)] = [item[0], item[1]].map(kind_and_length);
            if [name, error] != [JOINED; 2] || length == 0 || length > room - row_end {
                break;
            }
            row_end += length;
            ends.push(row_end);
        }
        (ends.len() > 1).then_some(TextRef::Packed { block, start, end: start + row_end })
    }

    fn name(&mut self, description: u32, texts: &TextArena) -> TextRef {
        let (kind, length) = kind_and_length(description);
        if kind != JOINED {
            return self.pieces.next().unwrap_or_else(TextRef::empty);
        }
        let start = self.name;
        self.name += length;
        let name = if length > 0 { texts.name(start, self.name) } else { None };
        name.unwrap_or_else(TextRef::empty)
    }

    fn error(&mut self, description: u32) -> Option<TextRef> {
        let (kind, length) = kind_and_length(description);
        match kind {
            NONE => None,
            JOINED if length == 0 => Some(TextRef::empty()),
            JOINED => {
                if self.group.is_over()
                    && let Some(TextRef::Packed { block, start, end }) = self.pieces.next()
                {
                    self.group = Group { block, start, end };
                }
                let Group { block, start, end } = self.group;
                self.group.start = end.min(start + length);
                Some(TextRef::Packed { block, start, end: self.group.start })
            }
            _ => self.pieces.next(),
        }
    }

    fn prefetch(&self, texts: &TextArena) {
        let Group { block, start, end } = self.group;
        if start < end {
            let length =
                self.descriptions.as_slice().get(1).map_or(0, |&error| kind_and_length(error).1);
            texts.prefetch(block, start, end.min(start + length));
        } else if let Some(piece) = self.pieces.as_slice().first() {
            texts.prefetch_text(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(block: u32, start: u32, end: u32) -> TextRef {
        TextRef::Packed { block, start, end }
    }

    fn described(kind: u32, length: u32) -> u32 {
        kind << KIND_SHIFT | length
    }

    /// Block, start and end of an error; of an empty one or one with memory of its own no numbers.
    fn place(error: &TextRef) -> Vec<u32> {
        match *error {
            TextRef::Packed { block, start, end } => vec![block, start, end],
            _ => vec![],
        }
    }

    #[test]
    fn joined_texts_lie_behind_each_other_and_the_others_between_groups() {
        let errors = [
            described(JOINED, 3),
            described(JOINED, 0),
            described(NONE, 0),
            described(JOINED, 4),
            described(LATIN1, 700),
            described(WIDE, 9),
            described(JOINED, 5),
        ];
        let descriptions = errors.iter().flat_map(|&error| [0, error]).collect();
        let pieces = vec![packed(0, 10, 17), packed(0, 17, 717), TextRef::empty(), packed(1, 0, 5)];
        let mut items = WindowItems::new(descriptions, pieces);
        assert_eq!((items.len(), items.bytes()), (7, 712));
        let texts = TextArena::default();
        let mut places = Vec::new();
        while let Some(item) = items.next(&texts) {
            places.push(item.error.as_ref().map(place));
        }
        let at = |block, start, end| Some(vec![block, start, end]);
        assert_eq!(
            places,
            [
                at(0, 10, 13),
                Some(vec![]),
                None,
                at(0, 13, 17),
                at(0, 17, 717),
                Some(vec![]),
                at(1, 0, 5)
            ]
        );
        assert_eq!(items.len(), 0);
    }

    #[test]
    fn joined_errors_make_rows() {
        let errors = [(JOINED, 3), (JOINED, 4), (JOINED, 5), (NONE, 0), (JOINED, 2), (LATIN1, 2)];
        let describe = |(kind, length): (u32, u32)| [7, described(kind, length)];
        let descriptions = errors.into_iter().flat_map(describe).collect();
        let pieces = vec![packed(0, 10, 22), packed(1, 0, 2), packed(1, 2, 4)];
        let mut items = WindowItems::new(descriptions, pieces);
        let mut ends = Vec::new();
        let rows: Vec<_> = (0..errors.len())
            .map(|_| {
                let row = items.next_row(9, &mut ends);
                items.next(&TextArena::default());
                row.map(|row| (place(&row), ends.clone()))
            })
            .collect();
        let row = |start, end, ends: &[u32]| Some((vec![0, start, end], ends.to_vec()));
        let expected = [row(10, 17, &[3, 7]), row(13, 22, &[4, 9]), None, None, None, None];
        assert_eq!(rows, expected);
    }
}
