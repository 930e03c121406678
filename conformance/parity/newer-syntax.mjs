// Syntax of ECMAScript 2025 that an older V8 refuses and the engine accepts: modifiers `(?i:…)` and group names that occur again in
// another alternative. Says whether a pattern uses it, whether it does so legally, and gives the pattern rewritten without it, so
// that the older V8 can still judge the rest of the syntax.

/**
 * @param {string} source
 * @param {boolean} setsMode flag v: classes nest
 * @returns {{ uses: boolean, legal: boolean, rewritten: string }}
 */
export function newerSyntax(source, setsMode) {
  const scan = { source, setsMode, out: '', at: 0, names: new Map(), path: [], uses: false, legal: true };
  let disjunction = 0;
  scan.path.push({ disjunction, alternative: 0 });
  while (scan.at < source.length) {
    const char = source[scan.at];
    if (char === '\\') copy(scan, 2);
    else if (char === '[') copy(scan, classLength(source, scan.at, setsMode));
    else if (char === '(') {
      groupHead(scan);
      disjunction++;
      scan.path.push({ disjunction, alternative: 0 });
    } else {
      if (char === ')' && scan.path.length > 1) scan.path.pop();
      if (char === '|') {
        const { disjunction: same, alternative } = scan.path.pop();
        scan.path.push({ disjunction: same, alternative: alternative + 1 });
      }
      copy(scan, 1);
    }
  }
  return { uses: scan.uses, legal: scan.legal, rewritten: scan.out };
}

function copy(scan, units) {
  scan.out += scan.source.slice(scan.at, scan.at + units);
  scan.at += units;
}

function classLength(source, start, setsMode) {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[' && (setsMode || depth === 0)) depth++;
    else if (source[at] === ']' && --depth === 0) return at + 1 - start;
  }
  return source.length - start;
}

function groupHead(scan) {
  const rest = scan.source.slice(scan.at);
  const modifiers = /^\(\?([ims]*)(?:(-)([ims]*))?:/.exec(rest);
  if (modifiers && modifiers[0] !== '(?:') {
    const letters = modifiers[1] + (modifiers[3] ?? '');
    if (letters !== '' && new Set(letters).size === letters.length) {
      scan.uses = true;
      scan.out += '(?:';
      scan.at += modifiers[0].length;
      return;
    }
  }
  const named = /^\(\?<(?![=!])([^>]*)>/.exec(rest);
  if (!named) {
    copy(scan, 1);
    return;
  }
  const name = named[1].replace(/\\u\{([0-9a-f]+)\}|\\u([0-9a-f]{4})/gi, (_, long, short) =>
    String.fromCharCode(...unitsOf(Number.parseInt(long ?? short, 16))),
  );
  const before = scan.names.get(name) ?? [];
  scan.names.set(name, [...before, [...scan.path]]);
  if (before.length > 0) {
    scan.uses = true;
    if (!before.every((path) => mayNotBothTakePart(path, scan.path))) scan.legal = false;
    scan.out += `(?<${named[1]}$again${before.length}>`;
    scan.at += named[0].length;
  } else {
    copy(scan, named[0].length);
  }
}

function unitsOf(codePoint) {
  if (!(codePoint <= 0x10ffff)) return [];
  return String.fromCodePoint(codePoint)
    .split('')
    .map((unit) => unit.charCodeAt(0));
}

/** Two places of a pattern exclude each other if they lie in two alternatives of one disjunction. */
function mayNotBothTakePart(one, other) {
  return one.some(({ disjunction, alternative }) =>
    other.some((step) => step.disjunction === disjunction && step.alternative !== alternative),
  );
}
