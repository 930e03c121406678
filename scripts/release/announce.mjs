// Makes the release on GitHub, with the changelog's section as notes and the bills of materials attached. One that exists stays.
//
//   node scripts/release/announce.mjs --tag v0.1.0 --dry-run

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { command, flag, text, UsageError } from '../lib/command.mjs';
import { changesOf } from './changelog.mjs';

const USAGE = `usage: node scripts/release/announce.mjs --tag TAG [options]
  --dry-run    print the notes and what would be attached`;

const ROOT = new URL('../../', import.meta.url);
const SBOM = fileURLToPath(new URL('artifacts/sbom/', ROOT));

await command({ usage: USAGE, options: { tag: text(undefined), 'dry-run': flag() } }, async ({ tag, 'dry-run': dryRun }) => {
  if (!tag?.startsWith('v')) throw new UsageError(`--tag must be a version's, such as v0.1.0; not ${tag}`);
  const notes = changesOf(readFileSync(new URL('CHANGELOG.md', ROOT), 'utf8'), tag.slice(1));
  if (!notes) throw new UsageError(`CHANGELOG.md has no section for ${tag.slice(1)}`);
  const attached = existsSync(SBOM) ? readdirSync(SBOM).map((file) => `${SBOM}${file}`) : [];
  if (attached.length === 0) throw new UsageError('artifacts/sbom has no bill of materials; run: npm run sbom');
  if (dryRun) {
    console.log([notes, '', ...attached].join('\n'));
    return 0;
  }
  if (gh(['release', 'view', tag]).status === 0) {
    console.log(`${tag}: is there already`);
    return 0;
  }
  const prerelease = tag.includes('-') ? ['--prerelease'] : [];
  const args = ['release', 'create', tag, '--verify-tag', '--title', tag, '--notes-file', '-', ...prerelease, ...attached];
  const { status, stdout, stderr } = gh(args, notes);
  if (status !== 0) throw new UsageError(`gh release create ended with ${status}:\n${stderr}`);
  console.log(stdout.trim());
  return 0;
});

function gh(args, input) {
  const { error, ...ended } = spawnSync('gh', args, { cwd: fileURLToPath(ROOT), encoding: 'utf8', input });
  if (error) throw new UsageError(`cannot run gh, GitHub's command: ${error.message}`);
  return ended;
}
