// One process fetches, the others wait: a file that only one can create. It is a courtesy and no guarantee: what it saves is
// requests. Two owners at once do no harm, for the cache file is replaced as a whole; so nobody waits longer than for a while.
'use strict';

const { randomBytes } = require('node:crypto');
const { readFile, rm, stat, utimes, writeFile } = require('node:fs/promises');
const { hostname } = require('node:os');
const { sleep } = require('./clock.js');

/** The owner touches its file this often. */
const HEARTBEAT_MS = 1000;
/** A file that was not touched for this long has no owner. */
const ABANDONED_MS = 10_000;
/** Between two looks of one that waits. */
const POLL_MS = 50;

/**
 * Waits until the lock is ours, or not needed, or `waitMs` is over.
 *
 * @param {string} path
 * @param {object} options
 * @param {() => Promise<boolean>} options.isDone whether another owner has done the work
 * @param {number} options.waitMs
 * @param {import('./clock.js').Clock} options.clock
 * @param {AbortSignal} options.signal
 * @returns {Promise<(() => Promise<void>) | null>} releases the lock. Null: it is not ours
 */
async function acquireLock(path, { isDone, waitMs, clock, signal }) {
  const token = `${process.pid} ${randomBytes(8).toString('hex')} ${hostname()}\n`;
  const deadline = clock.now() + waitMs;
  while (!(await create(path, token))) {
    await removeAbandoned(path, clock);
    if (clock.now() >= deadline || (await isDone())) return null;
    await sleep(clock, POLL_MS * (0.5 + clock.random()), signal);
  }
  return keep(path, token, clock);
}

/** Whether the file was created. What else is wrong with it (a folder without write permission) is thrown. */
async function create(path, token) {
  try {
    await writeFile(path, token, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    // EPERM: on Windows, a file that is being deleted
    if (error.code === 'EEXIST' || (error.code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}

function keep(path, token, clock) {
  let released = false;
  let cancel = () => {};
  const beat = () => {
    cancel = clock.later(async () => {
      const now = new Date(clock.now());
      await utimes(path, now, now).catch(() => {});
      if (!released) beat();
    }, HEARTBEAT_MS);
  };
  beat();
  return async () => {
    released = true;
    cancel();
    // another may have taken it over while this process was suspended
    if ((await read(path)) === token) await rm(path, { force: true }).catch(() => {});
  };
}

/**
 * Deletes the lock of an owner that is no more. Of two processes that do so at once, one may delete the other's new lock; it
 * reads the file once more to make that unlikely, and what it costs is one more request.
 */
async function removeAbandoned(path, clock) {
  const token = await read(path);
  if (token === null || !(isDead(token) || (await isOld(path, clock)))) return;
  if ((await read(path)) === token) await rm(path, { force: true }).catch(() => {});
}

const read = (path) => readFile(path, 'utf8').catch(() => null);

async function isOld(path, clock) {
  try {
    return clock.now() - (await stat(path)).mtimeMs > ABANDONED_MS;
  } catch {
    return false;
  }
}

/** Whether the owner was a process of this machine that has ended. Of others, and of this process's threads, the age tells. */
function isDead(token) {
  const [pid, , host] = token.trim().split(' ');
  if (host !== hostname() || !(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

module.exports = { acquireLock };
