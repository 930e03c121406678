// Chromium for the tests and the pictures of the page.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing but the page: no network of the browser's own, and no sandbox, which root has none of. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromiumPath = process.env.CHROMIUM ?? PATHS.find((path) => existsSync(path));

/** A browser with a profile of its own. */
export function launch() {
  if (chromiumPath === undefined) throw new Error('Chromium is missing: bash scripts/ci/install-chromium.sh');
  return chromium.launch({ executablePath: chromiumPath, args: ARGUMENTS });
}
