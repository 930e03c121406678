// Looks for circles among the imports of each crate of the workspace, and ends with 1 if there is one.
//
//   node scripts/import-circles.mjs [--graph]
//
// There are two graphs: of the modules, one for each file; and of the folders and single files right below `src`. An edge is a
// path in code that names a module or something in it. `mod` declarations, comments, strings and `#[cfg(test)]` modules make no
// edge, and neither does what a module imports from one that it lies in. A circle is a strongly connected component of more than
// one node (Tarjan 1972). `--graph` prints all edges.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const printGraph = process.argv.includes('--graph');

/** The code of a file: no comments, and nothing in strings. */
function code(source) {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\])'/g;
  return source.replace(token, (text) => (text.startsWith('/') ? ' ' : '""'));
}

/** Where the block that opens at or after `from` ends. */
function endOfBlock(text, from) {
  let depth = 0;
  for (let at = text.indexOf('{', from); at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Takes out the inline modules, which are passed to `take` with their names, and test modules altogether. */
function withoutInlineModules(text, take) {
  const declaration = /(#\[cfg\(test\)\]\s*)?(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*\{/;
  for (let found = declaration.exec(text); found; found = declaration.exec(text)) {
    const end = endOfBlock(text, found.index + found[0].length - 1);
    if (!found[1]) take(found[2], text.slice(found.index + found[0].length, end - 1));
    text = text.slice(0, found.index) + text.slice(end);
  }
  return text;
}

/** The paths that `text` names, as arrays of segments. */
function* paths(text) {
  // the trees of `use` first, written out
  const use = /\buse\s+([^;]+);/g;
  for (const [, tree] of text.matchAll(use)) yield* branches(tree.replace(/\s+/g, ' ').trim());
  for (const [path] of text.replace(use, '').matchAll(/\b(?:crate|super|self)(?:\s*::\s*\w+)+/g)) {
    yield path.split('::').map((segment) => segment.trim());
  }
}

function* branches(tree) {
  const open = tree.indexOf('{');
  if (open < 0) {
    yield tree.split(' as ')[0].trim().split('::');
    return;
  }
  const prefix = tree.slice(0, open);
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < tree.length; at++) {
    if (tree[at] === '{') depth++;
    else if (tree[at] === '}') depth--;
    if ((tree[at] === ',' && depth === 1) || depth === 0) {
      const branch = tree.slice(start, at).trim();
      if (branch) yield* branches(prefix + branch);
      start = at + 1;
      if (depth === 0) break;
    }
  }
}

/** The modules of a crate: file path without `.rs` → its code. The root is the empty name. */
function readModules(src) {
  const modules = new Map();
  for (const entry of readdirSync(src, { recursive: true })) {
    if (!entry.endsWith('.rs') || entry.startsWith(`bin${sep}`)) continue;
    const segments = entry.slice(0, -3).split(sep);
    if (segments.at(-1) === 'mod' || entry === 'lib.rs' || entry === 'main.rs') segments.pop();
    modules.set(segments.join('::'), code(readFileSync(join(src, entry), 'utf8')));
  }
  return modules;
}

const liesIn = (name, other) => other === '' || name === other || name.startsWith(`${other}::`);

/** Module → the modules that it imports. */
function moduleGraph(modules) {
  const graph = new Map([...modules.keys()].map((name) => [name, new Set()]));
  // the module of a file that `path` leads to, from `at`, which may lie in inline modules
  const resolve = (at, [first, ...rest]) => {
    if (first === 'crate') at = [];
    else if (first === 'super') at = at.slice(0, -1);
    else if (first !== 'self') return modules.has([...at, first].join('::')) ? resolve(at, ['self', first, ...rest]) : undefined;
    while (rest[0] === 'super') {
      at = at.slice(0, -1);
      rest.shift();
    }
    const target = [...at];
    for (const segment of rest) {
      if (!modules.has([...target, segment].join('::'))) break;
      target.push(segment);
    }
    while (!modules.has(target.join('::'))) target.pop();
    return target.join('::');
  };
  const read = (file, at, text) => {
    const own = withoutInlineModules(text, (name, body) => read(file, [...at, name], body));
    for (const path of paths(own)) {
      const target = resolve(at, path);
      if (target !== undefined && !liesIn(file, target)) graph.get(file).add(target);
    }
  };
  for (const [name, text] of modules) read(name, name === '' ? [] : name.split('::'), text);
  return graph;
}

/** The graph of the first segments. */
function folderGraph(graph) {
  const folders = new Map();
  const folder = (name) => name.split('::')[0];
  for (const [from, targets] of graph) {
    const own = folders.get(folder(from)) ?? folders.set(folder(from), new Set()).get(folder(from));
    for (const to of targets) if (folder(to) !== folder(from)) own.add(folder(to));
  }
  return folders;
}

/** The strongly connected components of more than one node. */
function circles(graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    if (component.length > 1) found.push(component.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

const shown = (name) => name || 'the root';
const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }),
);
let count = 0;
for (const { name, manifest_path } of metadata.packages) {
  const src = join(dirname(manifest_path), 'src');
  const modules = readModules(src);
  const graph = moduleGraph(modules);
  let edges = 0;
  for (const [from, targets] of graph) {
    edges += targets.size;
    if (printGraph) for (const to of targets) console.log(`${shown(from)} → ${shown(to)}`);
  }
  console.log(`${name} (${relative(root, src)}): ${modules.size} modules, ${edges} imports`);
  for (const [what, found] of [
    ['modules', circles(graph)],
    ['folders', circles(folderGraph(graph))],
  ]) {
    count += found.length;
    for (const component of found) {
      const inside = (from) =>
        [...(what === 'modules' ? graph : folderGraph(graph)).get(from)].filter((to) => component.includes(to));
      console.log(`  a circle of ${what}:`);
      for (const from of component) console.log(`    ${shown(from)} → ${inside(from).map(shown).join(', ')}`);
    }
  }
}
console.log(count === 0 ? 'no circles' : `${count} circles`);
process.exitCode = count === 0 ? 0 : 1;
