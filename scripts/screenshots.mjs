// `npm run screenshots`: makes the pictures of docs/images again, of a seeded run.

import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch } from '../__test__/page/browser.mjs';
import { sampleReport } from '../__test__/page/sample-report.mjs';
import page from '../lib/outputs/page/index.js';

const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
const MAX_BYTES = 150_000;
const DESKTOP = { width: 1200, height: 860 };
const README = { width: 1000, height: 860 };
const PHONE = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true };

/** `at`: the part of the page that the picture begins with. `closed`: unknown failures take a line each, so that known ones are seen, too. */
const PICTURES = [
  { name: 'report-light', tests: 400, options: { colorScheme: 'light' } },
  { name: 'report-dark', tests: 400, options: { colorScheme: 'dark' } },
  { name: 'report-10000-tests', tests: 10_000, options: { colorScheme: 'light' }, at: '#tests' },
  { name: 'report-phone', tests: 5, options: { colorScheme: 'light', ...PHONE } },
  { name: 'overview-light', tests: 400, options: { colorScheme: 'light', viewport: README }, closed: true },
  { name: 'overview-dark', tests: 400, options: { colorScheme: 'dark', viewport: README }, closed: true },
];

const folder = mkdtempSync(join(tmpdir(), 'known-failures-screenshots-'));
const browser = await launch();
mkdirSync(images, { recursive: true });
try {
  for (const { name, tests, options, at, closed = false } of PICTURES) {
    const html = join(folder, `${name}.html`);
    await page.writePage(html, sampleReport({ tests }));
    const context = await browser.newContext({ viewport: DESKTOP, timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(html).href);
    if (at !== undefined) await tab.locator(at).evaluate((part) => part.scrollIntoView());
    for (const group of closed ? await tab.locator('#unknown .group').all() : []) await group.locator('.toggle').first().click();
    await tab.mouse.move(0, 0);
    const path = join(images, `${name}.png`);
    await tab.screenshot({ path });
    await context.close();
    const { size } = statSync(path);
    console.log(`${name}.png: ${Math.round(size / 1000)} KB`);
    if (size > MAX_BYTES) throw new Error(`${path} has more than ${MAX_BYTES} bytes`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
