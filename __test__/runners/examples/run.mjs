// Runs an example as its user does: a copy of its folder, the runner and this package in `node_modules`, the script `test`. The list
// is on a server on loopback, which counts how often it is fetched.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { list, startServer } from '../../rules-server.mjs';

const RUN_TIMEOUT_MS = 180_000;
const LIST = 'known-failures.json';

const examplesFolder = fileURLToPath(new URL('../../../examples/', import.meta.url));
const runnersFolder = fileURLToPath(new URL('../', import.meta.url));

export const rules = JSON.parse(readFileSync(join(examplesFolder, LIST), 'utf8'));

/** The folder with the runner's package.json and lock file. */
export const modulesOf = ({ modules = '.' }) => join(runnersFolder, modules);

/**
 * @param {import('./index.mjs').Example} example
 * @param {import('./index.mjs').Run} run
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} [answer] of the list's
 *   server; null: it is down
 * @param {(ran: import('./index.mjs').Ran) => unknown} use while the copy is there
 */
export async function runExample(example, run, answer = list(rules), use) {
  const root = mkdtempSync(join(tmpdir(), 'known-failures-example-'));
  const server = await startServer(answer ?? list(rules));
  try {
    const folder = copyInto(root, example);
    for (const [name, text] of Object.entries(run.files ?? {})) writeFileSync(join(folder, name), text);
    // its port is free now, and refuses
    if (answer === null) await server.stop();
    const ended = await spawnScript(folder, run, { KNOWN_FAILURES: server.url, TMPDIR: root, TEMP: root, ...run.env });
    const path = join(folder, run.report ?? 'run.json');
    const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
    return await use({ ...ended, folder, report, fetches: server.requests.length });
  } finally {
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A copy: runs write reports and caches, and an example has no `node_modules` in this repository. */
function copyInto(root, example) {
  const folder = join(root, example.name);
  cpSync(join(examplesFolder, example.name), folder, { recursive: true });
  cpSync(join(examplesFolder, LIST), join(root, LIST));
  symlinkSync(join(modulesOf(example), 'node_modules'), join(root, 'node_modules'), 'junction');
  mkdirSync(join(root, 'tmp'));
  return folder;
}

function spawnScript(folder, { args = [], script }, env) {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const quoted = args.map((arg) => (/^[\w./=:,@-]+$/.test(arg) ? arg : `'${arg}'`));
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, FORCE_COLOR, ...outer } = process.env;
  const child = spawn([script ?? scripts.test, ...quoted].join(' '), {
    cwd: folder,
    shell: true,
    // a group of its own, so that what a runner has started ends with it
    detached: process.platform !== 'win32',
    env: { ...outer, PATH: `${join(folder, '../node_modules/.bin')}${delimiter}${process.env.PATH}`, CI: '1', ...env },
  });
  const timer = setTimeout(() => {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  }, RUN_TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output: stripVTControlCharacters(output) });
    });
  });
}
