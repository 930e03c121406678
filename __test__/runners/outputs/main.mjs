// `npm run test:outputs`: known failures in a report of the real Allure 3, and in what the real agent of ReportPortal sends.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { annotated, listened } from './allure.mjs';
import { install, versionOf } from './install.mjs';

/** Loaded when the packages are there. */
const reportPortal = (name) => async () => (await import('./reportportal.mjs'))[name]();

const runs = [
  ['allure-mocha, `known-failures allure`', ['allure-mocha', 'allure'], annotated],
  ['allure-vitest, `allureListener`', ['allure-vitest', 'allure'], listened],
  ['agent-js-mocha, `withKnownFailures`', ['@reportportal/agent-js-mocha'], reportPortal('reported')],
  ['client-javascript, `withKnownFailures`', ['@reportportal/client-javascript'], reportPortal('sent')],
];

const folder = mkdtempSync(join(tmpdir(), 'known-failures-outputs-'));
try {
  const trouble = install();
  if (trouble !== null) throw new Error(trouble);
  for (const [title, packages, check] of runs) {
    const { failures, known, where } = await check(folder);
    const versions = packages.map((name) => `${name} ${versionOf(name)}`).join(', ');
    console.log(`${title} (${versions}): ${failures} failures, ${known} known; shown in: ${where}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
