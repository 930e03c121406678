// A registry of our own on loopback: verdaccio, with an empty storage. It has the packages of the rehearsal, and fetches all others from
// the registry that npm is configured with.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { StepFailed } from './sandbox.mjs';
import { tool } from './tools.mjs';

const START_LIMIT_MS = 60_000;
const OURS = { access: '$all', publish: '$all' };

/** @returns {Promise<{ url: string, npmrc: string, stop: () => Promise<void> }>} `npmrc`: the configuration that may publish */
export async function startRegistry(sandbox) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const folder = sandbox.path('registry');
  mkdirSync(folder);
  // JSON is YAML
  const config = sandbox.path('registry', 'config.yaml');
  writeFileSync(config, JSON.stringify(configuration(sandbox.path('registry', 'storage'))));
  const npmrc = sandbox.path('publisher.npmrc');
  // npm does not publish without a token; this registry takes any
  writeFileSync(npmrc, `registry=${url}\n${url.slice('http:'.length)}:_authToken=rehearsal\n`);
  const log = sandbox.path('registry', 'log');
  const child = spawn(process.execPath, [tool('verdaccio', 'bin/verdaccio'), '--config', config, '--listen', url], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  child.stdout.pipe(file);
  child.stderr.pipe(file);
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  try {
    await answers(url, child);
  } catch (error) {
    await stop();
    throw new StepFailed(`verdaccio: ${error.message}`, readFileSync(log, 'utf8'));
  }
  return { url, npmrc, stop };
}

function configuration(storage) {
  const uplink = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  return {
    storage,
    uplinks: { npm: { url: uplink } },
    // never from outside: what is published there has the same names
    packages: { 'known-failures': OURS, '@known-failures/*': OURS, '**': { access: '$all', proxy: 'npm' } },
    auth: { htpasswd: { file: `${storage}.htpasswd`, max_users: -1 } },
    max_body_size: '100mb',
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'http' },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url, child) {
  const end = performance.now() + START_LIMIT_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    const response = await fetch(`${url}-/ping`).catch(() => null);
    if (response?.ok) return;
    await wait(50);
  }
  throw new Error(`no answer after ${START_LIMIT_MS / 1000} s`);
}
