//! Reads one pattern after the other in the same memory: a list has thousands of them.

use std::sync::Arc;

use super::analysis::{self, Facts};
use super::ast::Ast;
use super::compiler;
use super::error::PatternError;
use super::flags::Flags;
use super::lower;
use super::parser;
use super::pattern::Pattern;

/// What reading a pattern takes and a pattern does not keep.
#[derive(Default)]
pub(crate) struct Reader {
    parser: parser::Memory,
    facts: Vec<Facts>,
}

impl Reader {
    /// [`Pattern::new`], and what it has parsed: others want to look at the syntax tree before the next one is read.
    pub(crate) fn read(
        &mut self,
        source: &Arc<[u16]>,
        flags: &[u16],
    ) -> Result<(Pattern, &Ast), PatternError> {
        let flags = Flags::parse(flags)?;
        let ast = self.parser.parse(source, flags)?;
        let facts = &mut self.facts;
        analysis::analyse_into(facts, ast);
        compiler::check_size(facts, ast)?;
        let profile = lower::profile(ast, |id| facts[id as usize].nullable);
        Ok((Pattern::with_profile(Arc::clone(source), flags, profile), ast))
    }
}
