// The demo: a run of 3,000 tests, 60 at a time, whose plugin fetches 3,500 known failures over HTTP and asks the addon about
// every failed test. See options.mjs for what it can be told.

import { generateRules, toJson } from '../../bench/data/index.mjs';
import { classifyAll } from '../log-plugin/addon.mjs';
import { createLogPlugin } from '../log-plugin/plugin.mjs';
import { Distribution } from './distribution.mjs';
import { EventStream } from './event-stream.mjs';
import { watchLoopDelay } from './loop-delay.mjs';
import { parseOptions, usage } from './options.mjs';
import { planTests } from './plans.mjs';
import { Progress } from './progress.mjs';
import { serveRules } from './rules-server.mjs';
import { runTests } from './runner.mjs';
import { printComparison, printSummary } from './summary.mjs';
import { bold, dim, number, print, size, yellow } from './terminal.mjs';
import { compare } from './verify.mjs';

/** Fetches as ever, and keeps what came for the summary and for --verify, which must see the very list that was loaded. */
function recordingFetch() {
  const recorder = {
    /** @type {{ bytes: number, ms: number, body: ArrayBuffer } | null} */
    fetched: null,
    async fetch(url, init) {
      const startedAt = performance.now();
      const response = await fetch(url, init);
      const body = await response.arrayBuffer();
      if (response.ok) recorder.fetched = { bytes: body.byteLength, ms: performance.now() - startedAt, body };
      return new Response(body, { status: response.status, headers: response.headers });
    },
  };
  return recorder;
}

/** The whole run, with everything that is measured while it lasts. */
async function measureRun(plans, rulesUrl, concurrency) {
  const recorder = recordingFetch();
  const warnings = [];
  const plugin = createLogPlugin({ rulesUrl, fetch: recorder.fetch, warn: (message) => warnings.push(message) });
  const events = new EventStream((event) => plugin.onLog(event));
  const progress = new Progress(plans.length, events);
  const verdictWait = new Distribution();
  const loop = watchLoopDelay();
  plugin.startRun({ title: 'demo' });
  const outcomes = await runTests(plans, plugin, { concurrency, events, progress, verdictWait });
  await events.drain();
  const run = await plugin.endRun();
  const loopDelay = loop.stop();
  progress.close();
  return {
    run,
    tests: plugin.tests(),
    outcomes,
    progress,
    events,
    verdictWait,
    loopDelay,
    fetched: recorder.fetched,
    warnings,
    concurrency,
  };
}

/** The failures once more, as many as can be done in a second: what the addon does when it need not wait for tests. */
async function replay(outcomes) {
  const items = outcomes.map(({ test, error }) => ({ test: test.fullName, error }));
  const startedAt = performance.now();
  const result = { count: 0, ms: 0 };
  while (result.count < items.length && result.ms < 1000) {
    const verdicts = await classifyAll(items.slice(result.count, result.count + 100));
    result.count += verdicts.length;
    result.ms = performance.now() - startedAt;
  }
  return result;
}

function rulesOf(fetched) {
  const parsed = JSON.parse(new TextDecoder().decode(fetched.body));
  return Array.isArray(parsed) ? parsed : parsed.rules;
}

async function main() {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) {
    print(usage);
    return;
  }
  const { seed, tests, concurrency, rulesUrl } = options;
  const list = generateRules({ seed, profile: 'typical', rules: 3500, broken: 3 });
  const plans = planTests(list, { seed, tests });
  const server = rulesUrl === null ? await serveRules(toJson(list)) : null;
  print(`${bold('known-failures demo')} ${dim(`seed ${seed}, Node ${process.version}`)}`);
  print(
    `  ${server ? `${number(list.rules.length)} rules, ${size(list.patternBytes)} of patterns,` : 'rules'} at ${rulesUrl ?? server.url}`,
  );

  const measured = await measureRun(plans, rulesUrl ?? server.url, concurrency);
  server?.close();
  // The peak of the process until here; what --verify takes is not the addon's.
  const peakRss = process.resourceUsage().maxRSS * 1024;
  const loaded = measured.run.metadata.knownFailures !== null;
  if (!loaded) for (const warning of measured.warnings) print(`  ${yellow(warning)}`);
  const replayed = loaded && measured.outcomes.length > 0 ? await replay(measured.outcomes) : null;
  printSummary({ ...measured, peakRss, replayed });

  if (!options.verify) return;
  const comparison = await compare(measured.outcomes, loaded ? rulesOf(measured.fetched) : null);
  printComparison(comparison);
  if (comparison.differences.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  if (!String(error?.code).startsWith('ERR_PARSE_ARGS') && !(error instanceof TypeError && error.message.startsWith('--')))
    throw error;
  process.stderr.write(`${error.message}\n\n${usage}\n`);
  process.exitCode = 2;
}
