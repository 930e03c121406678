// The demo: a run of 3,000 tests, 60 at a time. Its log plugin fetches 3,500 known failures over HTTP and asks the addon about
// every failed test. Then some of the same errors go through the JavaScript loop that the addon replaces. It ends with a page of the run.

import { generateRules, toJson } from '../../bench/data/index.mjs';
import page from '../../lib/outputs/page/index.js';
import { createLogPlugin } from '../log-plugin/plugin.mjs';
import { compare } from './comparison.mjs';
import { Distribution } from './distribution.mjs';
import { EventStream } from './event-stream.mjs';
import { watchLoopDelay } from './loop-delay.mjs';
import { parseOptions, UsageError, usage } from './options.mjs';
import { planTests } from './plans.mjs';
import { Progress } from './progress.mjs';
import { recordingFetch, requireRules, rulesOf, UnusableRules } from './rules.mjs';
import { serveRules } from './rules-server.mjs';
import { runTests } from './runner.mjs';
import { printComparison, printSummary } from './summary.mjs';
import { bold, dim, number, print, red, size } from './terminal.mjs';

/** The whole run, with everything that is measured during it. */
async function measureRun(plans, rulesUrl, { concurrency, fields }) {
  const recorder = recordingFetch();
  const warnings = [];
  const plugin = createLogPlugin({
    title: 'The demo of known-failures',
    rulesUrl,
    // fetched once and anew each time, so that the summary can say how long that took
    rulesOptions: { fetch: recorder.fetch, load: { fields }, cacheFile: false, refreshMs: false },
    warn: (message) => warnings.push(message),
  });
  const events = new EventStream((event) => plugin.onLog(event));
  const progress = new Progress(plans.length);
  const verdictWait = new Distribution();
  const loop = watchLoopDelay();
  plugin.startRun();
  const usable = plugin.rules.ready.then((status) => requireRules(status, { fetched: recorder.fetched, warnings }));
  try {
    // An unusable list rejects at once, in the middle of the run.
    const [outcomes] = await Promise.all([runTests(plans, plugin, { concurrency, events, progress, verdictWait }), usable]);
    await events.drain();
    const run = await plugin.endRun();
    const loopDelay = loop.stop();
    const { fetched } = recorder;
    const { report } = plugin.rules.status;
    return { run, report, outcomes, progress, events, verdictWait, loopDelay, fetched, concurrency };
  } finally {
    progress.close();
  }
}

async function main() {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) {
    print(usage);
    return;
  }
  const { seed, tests, rulesUrl, fields, verify } = options;
  const list = generateRules({ seed, profile: 'typical', rules: 3500, broken: 3 });
  const plans = planTests(list, { seed, tests });
  const server = rulesUrl === null ? await serveRules(toJson(list)) : null;
  print(`${bold('known-failures demo')} ${dim(`seed ${seed}, Node ${process.version}`)}`);
  print(`  ${number(plans.length)} tests, many of which fail. Which failures are known?`);
  if (server) print(`  ${number(list.rules.length)} rules (${size(list.patternBytes)} of patterns) at ${server.url}`);
  else print(`  rules at ${rulesUrl}`);

  const measured = await measureRun(plans, rulesUrl ?? server.url, options);
  server?.close();
  // Taken here: the memory of the comparison is not the addon's.
  const peakRss = process.resourceUsage().maxRSS * 1024;
  printSummary({ ...measured, peakRss });

  const comparison = await compare(measured.outcomes, rulesOf(measured.fetched, fields), { all: verify });
  printComparison(comparison, measured.report.active);
  if (comparison.differences.length > 0) process.exitCode = 1;

  await writeThePage(options.page, measured.run);
}

/** Where it cannot be written, in a folder that is read-only or without a permission, the demo has shown the rest. */
async function writeThePage(path, run) {
  try {
    await page.writePage(path, run);
    print(`\n  ${bold('The page of this run:')} ${path}`);
  } catch (error) {
    print(`\n  ${red('The page of this run cannot be written:')} ${error.message}`);
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exit(2);
  }
  if (error instanceof UnusableRules) {
    print(`\n${red('No rule can be used, so the demo ends here.')}\n${error.message}`);
    // Not `exitCode`: the tests that are still running would keep the process for seconds.
    process.exit(1);
  }
  throw error;
}
