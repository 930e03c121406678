// Do worker threads that are terminated with calls in flight use freed memory, overflow or leak? workers.mjs under AddressSanitizer.
//
// No suppressions: Node itself leaves nothing behind here. Rust's sanitizers need its nightly compiler; an addon cannot bring the runtime
// along, so GCC's is loaded before Node.

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cacheFile, root } from '../harness/lists.mjs';

const bench = fileURLToPath(new URL('../main.mjs', import.meta.url));
const FLAGS = '-Zsanitizer=address -Cforce-frame-pointers=yes';

/** What a command prints; null if it cannot run or fails. */
function outputOf(command, args, env = {}) {
  try {
    const stdio = ['ignore', 'pipe', 'inherit'];
    return execFileSync(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio,
    });
  } catch {
    return null;
  }
}

/** @returns {{ host: string, runtime: string } | { missing: string }} */
function tools() {
  if (process.platform !== 'linux') return { missing: 'Linux' };
  const host = /^host: (.*)$/m.exec(outputOf('rustc', ['+nightly', '-vV']) ?? '')?.[1];
  if (!host) return { missing: 'a nightly Rust compiler: rustup toolchain install nightly --profile minimal' };
  const runtime = outputOf('gcc', ['-print-file-name=libasan.so'])?.trim() ?? '';
  if (!existsSync(runtime)) return { missing: "GCC's libasan: apt-get install gcc" };
  return { host, runtime };
}

/** The addon, instrumented. @returns {string} where it is */
function build(host) {
  const args = ['+nightly', 'build', '--lib', '--target', host, '--message-format', 'json-render-diagnostics'];
  const messages = outputOf('cargo', args, { RUSTFLAGS: FLAGS, CARGO_PROFILE_DEV_OPT_LEVEL: '1' });
  if (messages === null) throw new Error('cargo could not build the addon with AddressSanitizer');
  const artifacts = messages.split('\n').flatMap((line) => (line ? JSON.parse(line) : []));
  const { filenames } = artifacts.findLast(({ target }) => target?.kind.includes('cdylib'));
  const addon = cacheFile('asan', 'known-failures.node');
  copyFileSync(
    filenames.find((name) => name.endsWith('.so')),
    addon,
  );
  return addon;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times = quick ? 10 : 50, tell }) {
  const figure = `AddressSanitizer: runs with an error or a leak, ${times} terminated workers`;
  const found = tools();
  if ('missing' in found) {
    tell(`AddressSanitizer: skipped. To have it: ${found.missing}`);
    return [{ figure, value: null, limit: 0 }];
  }
  const env = {
    ...process.env,
    NAPI_RS_NATIVE_LIBRARY_PATH: build(found.host),
    LD_PRELOAD: found.runtime,
    ASAN_OPTIONS: 'detect_leaks=1',
  };
  const args = [bench, 'loop', 'workers', '--times', String(times)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) tell(`${stdout}\n${stderr}`);
  return [{ figure, value: status === 0 ? 0 : 1, limit: 0 }];
}
