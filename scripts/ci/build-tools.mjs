// Installs what `scripts/release/build.mjs` needs on a machine that has Node.js, rustup and Python, as the hosted runners have, and puts it into
// the PATH of the next steps. Elsewhere it says where that is.
//
//   node scripts/ci/build-tools.mjs

import { appendFileSync } from 'node:fs';
import { installPythonTools } from '../lib/python-tools.mjs';

// macOS and Windows link with their own tools
if (process.platform === 'linux') {
  const folder = installPythonTools('build');
  console.log(folder);
  if (process.env.GITHUB_PATH) appendFileSync(process.env.GITHUB_PATH, `${folder}\n`);
}
