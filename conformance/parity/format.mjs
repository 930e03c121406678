// How a disagreement is shown: JavaScript that can be pasted, in ASCII alone.

/** A JavaScript string literal in which every character outside ASCII is escaped by its code units. */
export function literal(string) {
  return JSON.stringify(string).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `new RegExp(…).exec(…)`. */
export function expression({ pattern, flags, text }) {
  const regexp = `new RegExp(${literal(pattern)}, ${literal(flags)})`;
  return text === undefined ? regexp : `${regexp}.exec(${literal(text)})`;
}

/** One disagreement, with where it came from. */
export function formatDisagreement({ kind, engine, ours, v8, small, original, origin }) {
  const lines = [
    `${kind}${engine ? ` (${engine})` : ''}: ${expression(small)}`,
    `    V8:   ${v8}`,
    `    ours: ${ours}`,
    `    from: ${origin}`,
  ];
  if (expression(original) !== expression(small)) lines.push(`          ${expression(original)}`);
  return lines.join('\n');
}
