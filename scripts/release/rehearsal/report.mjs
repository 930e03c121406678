// What the rehearsal prints at its end.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBinary } from '../check-binary.mjs';
import { ROOT } from '../targets.mjs';

const PACKED = join(ROOT, 'artifacts/npm');
const HEADINGS = { manager: 'package manager', runtime: 'runtime', modules: 'module system', result: 'result', note: '' };
const TAIL_LINES = 30;

/** @param {import('./installs.mjs').Row[]} rows */
export const table = (rows) => columns([HEADINGS, ...rows].map((row) => Object.keys(HEADINGS).map((key) => String(row[key]))));

/** What a user downloads, what it takes on the disk, and the oldest glibc that it loads with. */
export function sizes() {
  const rows = readdirSync(PACKED).map((folder) => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(PACKED, folder), encoding: 'utf8' });
    const [{ size, unpackedSize, files }] = Object.values(JSON.parse(listed));
    const { name } = JSON.parse(readFileSync(join(PACKED, folder, 'package.json'), 'utf8'));
    const binary = files.find(({ path }) => path.endsWith('.node'));
    const glibc = binary ? (checkBinary(join(PACKED, folder, binary.path)).glibc ?? '–') : '';
    return [name, kilobytes(size), kilobytes(unpackedSize), binary ? kilobytes(binary.size) : '', glibc];
  });
  return columns([['package', 'tarball', 'unpacked', 'binary', 'glibc'], ...rows]);
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
