//! Reads one pattern after the other in the same memory: a list has thousands of them.

use std::sync::Arc;

use crate::automata::hir;
use crate::backtrack::compiler;
use crate::pattern::Pattern;
use crate::syntax::analysis::{self, Facts};
use crate::syntax::ast::Ast;
use crate::syntax::error::PatternError;
use crate::syntax::flags::Flags;
use crate::syntax::parser;

/// What reading a pattern takes and a pattern does not keep.
#[derive(Default)]
pub struct Reader {
    parser: parser::Memory,
    facts: Vec<Facts>,
}

impl Reader {
    /// [`Pattern::new`], and what it has parsed: others want to look at the syntax tree before the next one is read.
    pub fn read(
        &mut self,
        source: &Arc<[u16]>,
        flags: &[u16],
    ) -> Result<(Pattern, &Ast), PatternError> {
        let flags = Flags::parse(flags)?;
        let ast = self.parser.parse(source, flags)?;
        let facts = &mut self.facts;
        analysis::analyse_into(facts, ast);
        compiler::check_size(facts, ast)?;
        let profile = hir::profile(ast, |id| facts[id as usize].nullable);
        Ok((Pattern::with_profile(Arc::clone(source), flags, profile), ast))
    }
}
