// Completes every package-lock.json after a change of dependencies.
//
//   npm run lock
//
// npm leaves out the integrity of packages for other platforms where it finds a node_modules folder, and never adds it later. So it
// runs in a folder of its own, on a lock file without the incomplete entries. Versions that are locked stay.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { isVerifiable, lockedFolders } from './lib/lock-files.mjs';

const NPM = [
  'install',
  '--package-lock-only',
  '--ignore-scripts',
  '--omit-lockfile-registry-resolved',
  '--no-audit',
  '--no-fund',
];

for (const folder of lockedFolders()) {
  const temporary = mkdtempSync(join(tmpdir(), 'lock-'));
  // npm takes the name of a package without one from its folder
  const scratch = join(temporary, basename(folder));
  try {
    mkdirSync(scratch);
    copyFileSync(join(folder, 'package.json'), join(scratch, 'package.json'));
    const lock = join(scratch, 'package-lock.json');
    copyFileSync(join(folder, 'package-lock.json'), lock);
    // npm can resolve the conflicts of a merge
    if (readFileSync(lock, 'utf8').includes('\n<<<<<<< ')) npmInstall(scratch);
    writeFileSync(lock, withoutIncomplete(readFileSync(lock, 'utf8')));
    npmInstall(scratch);
    copyFileSync(lock, join(folder, 'package-lock.json'));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  console.log(`${relative('', join(folder, 'package-lock.json'))}: written`);
}

function npmInstall(cwd) {
  execFileSync('npm', NPM, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

function withoutIncomplete(text) {
  const lock = JSON.parse(text);
  const kept = Object.entries(lock.packages).filter(([path, entry]) => isVerifiable(path, entry));
  for (const [, entry] of kept) if (!entry.link) delete entry.resolved;
  return JSON.stringify({ ...lock, packages: Object.fromEntries(kept) }, null, 2);
}
