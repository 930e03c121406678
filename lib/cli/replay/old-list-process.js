// The process that judges by the old list: rules are in force for a process, so two lists need two. It reads the same failures as its
// parent and writes the index of each one's rule, a little-endian Int32, -1 for none, to standard output. Back-pressure is the pipe's.
'use strict';

const { once } = require('node:events');
const { loadRulesFile } = require('../rules-file.js');
const { readFailures } = require('../failures/index.js');
const { judged } = require('./judge.js');

const UNKNOWN = -1;

process.once('message', (job) => {
  run(/** @type {any} */ (job)).then(
    () => process.disconnect(),
    (error) => {
      const { message, exitCode } = error;
      process.send({ message, exitCode }, () => process.exit(1));
    },
  );
});
// the parent has ended: nobody wants the verdicts
process.on('disconnect', () => {
  process.stdout.destroy();
  process.exit();
});
process.stdout.on('error', () => process.exit());

/** @param {{ file: { name: string, text: string, loadOptions: object }, paths: string[] }} job */
async function run({ file, paths }) {
  await loadRulesFile(/** @type {any} */ (file));
  // the parent warns of what cannot be read
  const failures = readFailures(paths, { stdin: process.stdin, warn: () => {} });
  for await (const { verdicts } of judged(failures.batches())) {
    const bytes = Buffer.allocUnsafe(verdicts.length * 4);
    for (const [at, { rule }] of verdicts.entries()) bytes.writeInt32LE(rule ?? UNKNOWN, at * 4);
    if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
  }
  await new Promise((resolve) => process.stdout.end(resolve));
}
