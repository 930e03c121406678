// The worker threads of workers.mjs once more under AddressSanitizer: no use of freed memory, no overflow, and with LeakSanitizer nothing
// left behind by what was terminated. No suppressions: Node itself leaves nothing behind here.
//
// Rust's sanitizers need its nightly compiler; an addon cannot bring the runtime along, so that of GCC is loaded before Node.

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const main = fileURLToPath(new URL('main.mjs', import.meta.url));
const FLAGS = '-Zsanitizer=address -Cforce-frame-pointers=yes';

/** What a command prints, null if it cannot be run. */
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
  const addon = join(root, '.cache', 'bench', 'asan', 'known-failures.node');
  mkdirSync(join(addon, '..'), { recursive: true });
  copyFileSync(
    filenames.find((name) => name.endsWith('.so')),
    addon,
  );
  return addon;
}

/** @returns {Promise<boolean>} that nothing was found, or that it was skipped */
export async function asan(tell, { count = 50 } = {}) {
  const found = tools();
  if ('missing' in found) {
    tell(`AddressSanitizer: skipped. To have it: ${found.missing}`);
    return true;
  }
  const env = {
    ...process.env,
    NAPI_RS_NATIVE_LIBRARY_PATH: build(found.host),
    LD_PRELOAD: found.runtime,
    ASAN_OPTIONS: 'detect_leaks=1',
  };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [main, 'workers', '--times', String(count)], {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const ok = status === 0 && /the next verdict is right: true/.test(stdout);
  if (!ok) tell(stderr);
  tell(
    `under AddressSanitizer: ${stdout.trim()}: ${ok ? 'no error, no leak' : `ended with ${status ?? signal}`} (must: neither)`,
  );
  return ok;
}
