// Publishes what `pack.mjs` made: the platform packages, then the main package, so that nobody can install a main package whose binaries
// are not there. What is published already is skipped: a release that was interrupted can be run again.
//
//   node scripts/release/publish.mjs --dry-run

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, flag, text, UsageError } from '../lib/command.mjs';
import { distTag, inOrder, isPublished } from './publishing.mjs';

const USAGE = `usage: node scripts/release/publish.mjs [options]
  --registry URL    default: npm's configuration
  --provenance      sign where and from what the packages were built; only a hosted CI can
  --dry-run         publish nothing`;

const PACKED = fileURLToPath(new URL('../../artifacts/npm/', import.meta.url));

const options = { registry: text(undefined), provenance: flag(), 'dry-run': flag() };

await command({ usage: USAGE, options }, async ({ registry, provenance, 'dry-run': dryRun }) => {
  const common = registry === undefined ? [] : ['--registry', registry];
  for (const { folder, manifest } of inOrder(packed())) {
    const id = `${manifest.name}@${manifest.version}`;
    if (isPublished(npm(['view', id, 'version', '--json', '--prefer-online', ...common]), id)) {
      console.log(`${id}: is published already`);
      continue;
    }
    const args = ['publish', folder, '--access', 'public', '--tag', distTag(manifest.version), '--ignore-scripts', ...common];
    // package.json asks for provenance, which only a hosted CI can give
    args.push(`--provenance=${provenance}`);
    if (dryRun) args.push('--dry-run');
    const { status, stderr } = npm(args);
    if (status !== 0) throw new UsageError(`npm ${args.join(' ')} ended with ${status}:\n${stderr}`);
    console.log(`${id}: ${dryRun ? 'would be published' : 'published'}`);
  }
  return 0;
});

function packed() {
  if (!existsSync(PACKED)) throw new UsageError('artifacts/npm is missing; run: node scripts/release/pack.mjs');
  return readdirSync(PACKED).map((name) => {
    const folder = join(PACKED, name);
    return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
  });
}

function npm(args) {
  const { error, ...ended } = spawnSync('npm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  return ended;
}
