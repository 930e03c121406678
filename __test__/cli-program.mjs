// The program `known-failures` as specs of its commands run it: in a folder of their own, like a shell or a program that spawns it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const manifest = createRequire(import.meta.url)('known-failures/package.json');
const PROGRAM = fileURLToPath(new URL(`../${manifest.bin['known-failures']}`, import.meta.url));

/** A folder that is gone after the spec. */
export function specFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `known-failures-${name}-`));
  after(() => rmSync(path, { recursive: true }));
  return {
    path,
    file(file, content) {
      writeFileSync(join(path, file), content);
      return join(path, file);
    },
  };
}

/** @param {string[]} args @param {{ cwd: string, env?: Record<string, string> }} options */
export function start(args, { cwd, env = {} }) {
  const { FORCE_COLOR: _, NO_COLOR: __, KNOWN_FAILURES_TOKEN: ___, ...bare } = process.env;
  return spawn(process.execPath, [PROGRAM, ...args], { cwd, env: { ...bare, COLUMNS: '80', ...env } });
}

/** Runs it to its end. `stdin`: what it reads; `until`: closes its standard output after so many bytes. */
export async function run(args, { cwd, env, stdin = '', until } = {}) {
  const child = start(args, { cwd, env });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
      if (name === 'stdout' && output.stdout.length >= until) child.stdout.destroy();
    });
  }
  // a program that does not read its input closes it
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [status] = await once(child, 'close');
  return { status, ...output };
}

/**
 * Starts a server on a free port.
 *
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess, stderr: () => string, stop: (signal?: string) => Promise<number | null> }>}
 */
export async function serve(args, { cwd, env } = {}) {
  const child = start(['serve', ...args, '--port', '0', '--json'], { cwd, env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  if (typeof line[0] !== 'string') throw new Error(`serve ended with ${line[0]}: ${stderr}`);
  return {
    ...JSON.parse(line[0]),
    child,
    stderr: () => stderr,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

/**
 * The steps of a console session in a page: what is typed behind `$ `, and what the page says that it prints.
 *
 * @param {string} page a path from the root
 * @param {string} heading that the session stands below
 * @returns {{ typed: string, printed: string }[]}
 */
export function sessionOf(page, heading) {
  const markdown = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
  const section = markdown.slice(markdown.indexOf(`# ${heading}\n`));
  const [, session] = /^```console\n([\s\S]*?)^```/m.exec(section);
  return session
    .split(/^\$ /m)
    .slice(1)
    .map((step) => ({ typed: step.slice(0, step.indexOf('\n')), printed: step.slice(step.indexOf('\n') + 1) }));
}
