//! Short texts of a `classifyAll`, which lie one after the other in an arena and are read together.

use crate::buffers::arena::TextArena;
use crate::buffers::window::WindowItems;
use crate::queue::in_force::InForce;
use matcher::{Row, Scratch};

/// The texts of a window that are read ahead.
#[derive(Default)]
pub(crate) struct Rows {
    row: Row,
    /// Where its texts end.
    ends: Vec<u32>,
    /// Items, from the next one on, that are to be read each by itself.
    alone: usize,
}

impl Rows {
    /// Whether the next item's error is in a row, which is then read. Asked once for each item.
    #[inline]
    pub(crate) fn have_next(
        &mut self,
        items: &WindowItems,
        texts: &TextArena,
        in_force: &InForce,
        scratch: &mut Scratch,
    ) -> bool {
        if self.row.is_over() {
            if self.alone > 0 {
                self.alone -= 1;
                return false;
            }
            self.read(items, texts, in_force, scratch);
        }
        !self.row.is_over()
    }

    /// The row that the next item's error is in.
    pub(crate) fn row(&mut self) -> &mut Row {
        &mut self.row
    }

    #[inline(never)]
    fn read(
        &mut self,
        items: &WindowItems,
        texts: &TextArena,
        in_force: &InForce,
        scratch: &mut Scratch,
    ) {
        let Self { row, ends, alone } = self;
        let Some(rules) = &in_force.rules else { return };
        let row_of_texts = items.next_row(Row::MAX_BYTES, ends);
        let Some(bytes) = row_of_texts.and_then(|row| texts.packed(&row)) else { return };
        if !rules.read_row(bytes, ends, in_force.time, row, scratch) {
            *alone = ends.len() - 1;
        }
    }
}
