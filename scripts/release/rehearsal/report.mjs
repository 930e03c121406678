// What the rehearsal prints at its end.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKED = fileURLToPath(new URL('../../../artifacts/npm/', import.meta.url));
const HEADINGS = { manager: 'package manager', runtime: 'runtime', modules: 'module system', result: 'result', note: '' };
const TAIL_LINES = 30;

/** @param {import('./installs.mjs').Row[]} rows */
export const table = (rows) => columns([HEADINGS, ...rows].map((row) => Object.keys(HEADINGS).map((key) => String(row[key]))));

/** What a user downloads, and what it takes on the disk. */
export function sizes() {
  const rows = readdirSync(PACKED).map((name) => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(PACKED, name), encoding: 'utf8' });
    const [{ size, unpackedSize, files }] = Object.values(JSON.parse(listed));
    const { name: full } = JSON.parse(readFileSync(join(PACKED, name, 'package.json'), 'utf8'));
    const binary = files.find(({ path }) => path.endsWith('.node'));
    return [full, kilobytes(size), kilobytes(unpackedSize), binary ? kilobytes(binary.size) : ''];
  });
  return columns([['package', 'tarball', 'unpacked', 'binary'], ...rows]);
}

export const tail = (log) => log.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
