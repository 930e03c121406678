// A run whose process exits before its verdicts are there: a process of its own judges the messages, and this one waits for it.
'use strict';

const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const process = require('node:process');
const { Messages } = require('./cucumber-messages.js');
const { openSession } = require('./session.js');

/**
 * Blocks until the summary is printed and the report is written. Of the options, functions are lost: Cucumber's are JSON.
 *
 * @param {{ options: unknown, adapter: object, envelopes: object[] }} run
 */
function replayNow(run) {
  const stdio = ['pipe', 'inherit', 'inherit'];
  const { status, error } = spawnSync(process.execPath, [__filename], { input: JSON.stringify(run), stdio });
  if (status === 0) return;
  const reason = error?.message ?? `exit code ${status}`;
  process.stderr.write(`known-failures/cucumber: the run ended early, and there is no summary and no report: ${reason}\n`);
}

async function main() {
  const { options, adapter, envelopes } = JSON.parse(readFileSync(0, 'utf8'));
  const session = openSession(options, adapter);
  const messages = new Messages(session.recorder);
  for (const envelope of envelopes) messages.take(envelope);
  await session.finish();
}

if (require.main === module) main();

module.exports = { replayNow };
