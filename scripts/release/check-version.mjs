// Fails unless every file has the same version, and the tag, if one is given.
//
//   node scripts/release/check-version.mjs --tag v0.1.0

import { command, text } from '../lib/command.mjs';
import { disagreements, reader, versionsOf } from './versions.mjs';

const USAGE = `usage: node scripts/release/check-version.mjs [options]
  --tag TAG    of the release; the newest heading of CHANGELOG.md must then be its version, too`;

await command({ usage: USAGE, options: { tag: text(undefined) } }, async ({ tag }) => {
  const versions = versionsOf(reader(new URL('../../', import.meta.url)));
  const problems = disagreements(versions, tag);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`version ${versions['package.json']}`);
  return problems.length === 0 ? 0 : 1;
});
