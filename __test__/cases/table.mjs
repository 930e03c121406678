// How the case files are written, and what the tests get from them.
//
// A case is `{ feature, note, pattern, flags, text }`; `text` is absent where only acceptance is asked. Nothing is expected by hand:
// V8 is asked in the same test run. The exception is `expected` with a `reason`, for what V8 does wrong or does not know yet.

/** A pattern or text as it stands, backslashes and all. */
export const r = String.raw;

/**
 * Cases from rows `[pattern, flags, ...texts]`; a row without texts asks for acceptance alone.
 *
 * @param {string} note what the rows have in common
 * @param {[string, string, ...string[]][]} rows
 */
export function cases(note, rows) {
  return rows.flatMap(([pattern, flags, ...texts]) =>
    texts.length === 0 ? [{ note, pattern, flags }] : texts.map((text) => ({ note, pattern, flags, text })),
  );
}

/**
 * A case that V8 cannot judge.
 *
 * @param {string} reason why not
 * @param {string} pattern
 * @param {string} flags
 * @param {string} text
 * @param {[number, number] | null | 'refused'} expected span, no match, or that the pattern is refused
 */
export function settled(reason, pattern, flags, text, expected) {
  return [{ note: reason, reason, pattern, flags, text, expected }];
}
