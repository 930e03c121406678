//! Loops that never give back what they took: where what follows a loop cannot start with one of
//! its units, as in `\w+\s`, every position but the last fails at once. No choice is left there.

use crate::backtrack::program::{BoundedRun, Inst};
use crate::units::char_set::CharSet;

/// A bit for each of the first 64 instructions, set if it is such a loop. Most patterns have no
/// more.
pub(super) fn possessive(code: &[Inst], sets: &[CharSet], bounded_runs: &[BoundedRun]) -> u64 {
    let is_possessive = |(pc, inst): (usize, &Inst)| {
        let set = match *inst {
            Inst::Run { set, .. } => set,
            Inst::BoundedRun(run) if bounded_runs[run as usize].greedy => {
                bounded_runs[run as usize].set
            }
            _ => return 0,
        };
        let set = &sets[set as usize];
        let is_condition =
            |inst: &&Inst| matches!(inst, Inst::Memo(_) | Inst::Assert(_) | Inst::Capture(_));
        let ends = match code[pc + 1..].iter().find(|inst| !is_condition(inst)) {
            Some(&Inst::Unit(unit)) => !set.contains(unit.into()),
            Some(&Inst::Set(next)) => set.is_disjoint(&sets[next as usize]),
            _ => false,
        };
        u64::from(ends) << pc
    };
    code.iter().take(64).enumerate().map(is_possessive).fold(0, |all, one| all | one)
}

#[cfg(test)]
mod tests {
    use crate::backtrack::compiler::{self, Loops};
    use crate::syntax::flags::Flags;
    use crate::syntax::parser;

    #[test]
    fn a_loop_keeps_all_where_what_follows_it_is_outside_its_set() {
        for (source, loops) in [
            ("\\d*x", 1),
            ("\\d*\\bx", 1),
            ("(\\d*)\\s\\1", 1),
            ("\\w+\\s+!", 2),
            ("\\d{1,3}\\.", 1),
            ("[^\"]*\"", 1),
            ("\\W*é", 0),
            ("\\w*é", 1),
            ("\\d*[0-9]", 0),
            ("\\d*[^x]", 0),
            ("[a-c]*[c-e]", 0),
            ("[à-ç]*[ç-é]", 0),
            ("[à-ç]*[è-é]", 1),
            ("\\d*?x", 0),
            ("\\d{1,3}?x", 0),
            // what follows may be nothing
            ("\\d*", 0),
            ("\\d*x?", 0),
            ("(\\d*)\\1", 0),
            ("(?:\\d*|x)y", 0),
        ] {
            let source: Vec<u16> = source.encode_utf16().collect();
            let ast = parser::parse(&source, Flags::default()).unwrap();
            let program = compiler::compile(&ast, Loops::Fast).unwrap();
            let source = String::from_utf16_lossy(&source);
            assert_eq!(program.possessive.count_ones(), loops, "/{source}/: {:?}", program.code);
        }
    }
}
