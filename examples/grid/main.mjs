// The demo on a real Selenium Grid: sixty tests of a small shop, in real browsers, with failures that are real. The log plugin fetches
// the list of known failures over HTTP and asks the addon about every failed test.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRules, toJson } from '../../bench/data/index.mjs';
import page from '../../lib/outputs/page/index.js';
import { formatSummary } from '../../lib/recorder/index.js';
import { compare } from '../demo/comparison.mjs';
import { EventStream } from '../demo/event-stream.mjs';
import { watchLoopDelay } from '../demo/loop-delay.mjs';
import { Progress } from '../demo/progress.mjs';
import { serveRules } from '../demo/rules-server.mjs';
import { printComparison } from '../demo/summary.mjs';
import { bold, dim, duration, number, print, red, width } from '../demo/terminal.mjs';
import { createLogPlugin } from '../log-plugin/plugin.mjs';
import { watchIdleThread } from './idle-thread.mjs';
import { parseOptions, UsageError, usage } from './options.mjs';
import { killAll } from './processes.mjs';
import { MissingRequirement, requirePrograms, versionsOf } from './requirements.mjs';
import { serveShop } from './shop/server.mjs';

/** The rules of the shop, and as many of other teams as a company has. The first match wins. */
const ownRules = JSON.parse(readFileSync(new URL('rules.json', import.meta.url), 'utf8'));
const otherRules = generateRules({ seed: '1', profile: 'typical', rules: 3500 });
const rules = [...ownRules, ...JSON.parse(Buffer.from(toJson(otherRules)).toString()).rules];

async function runOnGrid(programs, folder) {
  // Not at the top: the package may have been installed a moment ago.
  const { startGrid } = await import('./selenium-grid.mjs');
  const { runTests } = await import('./runner.mjs');
  const { tests } = await import('./tests/index.mjs');

  const startedAt = performance.now();
  const grid = await startGrid({ ...programs, folder });
  print(`  Grid: a hub, two nodes, ${grid.slots} slots, started in ${duration(performance.now() - startedAt)}`);
  const shop = await serveShop();
  const api = await serveRules(Buffer.from(JSON.stringify(rules)));
  print(`  Shop and a list of ${number(rules.length)} known failures on loopback`);

  let profiles = 0;
  const lab = {
    url: grid.url,
    chromium: programs.chromium,
    shop: shop.url,
    newProfile: () => join(folder, `profile-${++profiles}`),
  };
  const plugin = createLogPlugin({
    title: 'Shop on a Selenium Grid',
    rulesUrl: api.url,
    rulesOptions: { cacheFile: false, refreshMs: false },
  });
  const events = new EventStream((event) => plugin.onLog(event));
  const progress = new Progress(tests.length);
  const idleThread = watchIdleThread();
  const loop = watchLoopDelay();
  try {
    plugin.startRun();
    const outcomes = await runTests(tests, plugin, { lab, grid, events, onEnd: (status) => progress.ended(status) });
    await events.drain();
    const run = await plugin.endRun();
    const loopDelay = loop.stop();
    return { run, outcomes, slots: grid.slots, events, loopDelay, idleDelay: await idleThread.stop() };
  } finally {
    progress.close();
    shop.close();
    api.close();
  }
}

function printRun({ run, slots, events, loopDelay, idleDelay }) {
  const row = (label, text) => print(`  ${bold(label.padEnd(12))}${text}`);
  print(`\n${formatSummary(run, { width: width(), maxLines: 2 })}`);
  row('Tests', `${number(run.tests.length)} in ${duration(run.durationMs)}, all in flight, ${slots} browsers at a time`);
  row('Log events', number(events.count));
  const late = ({ p50, p99, max }) => `late by p50 ${duration(p50)}, p99 ${duration(p99)}, max ${duration(max)}`;
  row('Event loop', late(loopDelay));
  row('Idle thread', `${late(idleDelay)} ${dim('(nothing to do)')}`);
}

/** Rules of the shop that no failure matched: the Grid says something else than their author thinks. */
function unusedRules({ rules: { hits } }) {
  const used = new Set(hits.map(({ rule }) => rule));
  return ownRules.filter((_, index) => !used.has(index)).map(({ id }) => id);
}

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return print(usage);
  const programs = requirePrograms();
  // Its name is in the command line of every browser, by which killAll finds them.
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-grid-'));
  const cleanUp = () => {
    killAll(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  // Synchronous, so that whatever ends the process ends the Grid.
  process.once('exit', cleanUp);
  // `on`, not `once`: a second Ctrl-C does not end the clean-up.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(128 + constants.signals[signal]));

  print(`${bold('known-failures on a Selenium Grid')} ${dim(`Node ${process.version}, ${versionsOf(programs)}`)}`);
  const measured = await runOnGrid(programs, folder);
  printRun(measured);
  const comparison = await compare(measured.outcomes, rules, { all: options.verify });
  printComparison(comparison, measured.run.rules.active);
  await page.writePage(options.page, measured.run);
  print(`\n  The page of this run: ${options.page}`);
  const unused = options.verify ? unusedRules(measured.run) : [];
  if (unused.length > 0) print(red(`  No failure matched ${unused.join(', ')} of rules.json.`));
  process.exit(comparison.differences.length + unused.length > 0 ? 1 : 0);
}

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exit(2);
  }
  if (error instanceof MissingRequirement) {
    process.stderr.write(`${error.message}\n`);
    process.exit(3);
  }
  print(red('The demo failed:'));
  console.error(error);
  process.exit(1);
}
