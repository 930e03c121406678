// The list of known failures as a run has it: a watcher's, one that the recorder makes of a source, or nobody's.
'use strict';

const { dateOf } = require('../api/primordials.js');
const { property } = require('../api/property.js');
const { within } = require('../shared/within.js');
const { reasonOf, textOf } = require('./values.js');

/** @typedef {import('./run-report.d.ts').RunRules} RunRules */

class RuleList {
  #given;
  #options;
  #waitMs;
  #warnings;
  #watcher = null;
  #isOwn = false;
  /** Why there is no watcher. @type {string | null} */
  #reason = null;
  /** @type {Promise<void> | null} */
  #ready = null;

  /**
   * @param {unknown} given a watcher, a source of `watchRules`, or null
   * @param {{ options: object | undefined, waitMs: number, warnings: import('./warnings.js').Warnings }} settings
   */
  constructor(given, { options, waitMs, warnings }) {
    this.#given = given;
    this.#options = options;
    this.#waitMs = waitMs;
    this.#warnings = warnings;
    if (!isWatcher(given)) return;
    this.#watcher = given;
    // the caller's watcher has warned; the report has it, too
    this.#listen('warning', (warning) => warnings.note(textOf(property(warning, 'message'))));
  }

  #listen(event, listener) {
    try {
      this.#watcher.on?.(event, listener);
    } catch {
      // a watcher without events
    }
  }

  /** Starts loading. Nothing waits for it but verdicts. */
  start() {
    if (this.#given === null || this.#watcher !== null) return;
    try {
      const { watchRules } = require('../rules/index.js');
      const onWarning = (warning) => {
        this.#warnings.add(warning.message);
        this.#options?.onWarning?.(warning);
      };
      this.#watcher = watchRules(this.#given, { ...this.#options, onWarning });
      this.#isOwn = true;
      // nobody waits for it until a test fails
      void Promise.resolve(property(this.#watcher, 'ready')).catch(() => {});
    } catch (error) {
      this.#reason = reasonOf(error);
      this.#warnings.add(`no known failures for this run: ${this.#reason}`);
    }
  }

  /** Resolves when the list is loaded, or there will be none, or `waitMs` are over. Never rejects. */
  ready() {
    this.#ready ??= this.#watcher === null ? Promise.resolve() : this.#wait();
    return this.#ready;
  }

  async #wait() {
    try {
      // it keeps the process alive: a run that awaits verdicts must get them
      if (await within(this.#waitMs, property(this.#watcher, 'ready'))) return;
      this.#warnings.add(`no known failures after ${this.#waitMs / 1000} s: verdicts wait no longer`);
    } catch (error) {
      this.#warnings.add(`no known failures for this run: ${reasonOf(error)}`);
    }
  }

  /** What the report says of it, but for the hits. @returns {Omit<RunRules, 'hits'>} */
  describe() {
    const report = loadedRules();
    const status = this.#watcher === null ? {} : (property(this.#watcher, 'status') ?? {});
    return {
      source: textOf(property(status, 'source'), this.#sourceName()),
      version: report?.version ?? null,
      state: this.#stateOf(property(status, 'state'), report !== null),
      confirmedAt: timeOf(property(status, 'confirmedAt')),
      reason: textOf(property(status, 'reason'), this.#reason),
      total: report?.total ?? 0,
      active: report?.active ?? 0,
      rejected: report?.rejected ?? [],
      warnings: report?.warnings ?? [],
    };
  }

  #stateOf(told, isLoaded) {
    if (!isLoaded) return 'none';
    // the source gave none, but somebody else's list is in force
    if (told === 'none' || (this.#given !== null && this.#watcher === null)) return 'stale';
    return told === 'stale' ? 'stale' : 'fresh';
  }

  /** Rules are the process's: a second list takes the place of this one, and whose verdicts are whose nobody can tell. */
  warnOfOthers() {
    const mine = property(property(this.#watcher, 'status'), 'report');
    const there = loadedRules();
    if (there === null || !mine || identityOf(there) === identityOf(mine)) return;
    const others = `${there.active} of ${there.total} rules`;
    this.#warnings.add(
      `at the end of the run another list than its own is in force (${others}): a process has one list. Load one list only`,
    );
  }

  /** A list of the recorder's own is not refreshed any longer; a watcher of the caller's goes on. */
  close() {
    if (!this.#isOwn) return;
    try {
      void Promise.resolve(this.#watcher.close()).catch(() => {});
    } catch {
      // it is not needed any longer
    }
  }

  #sourceName() {
    const isName = typeof this.#given === 'string' || this.#given instanceof URL;
    return isName ? withoutSecrets(String(this.#given)) : null;
  }
}

function isWatcher(value) {
  return typeof value === 'object' && value !== null && property(value, 'ready') !== undefined;
}

/** A URL without user and query, which may hold a token. A report is shown to many people. */
function withoutSecrets(source) {
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(source)) return source;
  try {
    const { protocol, host, pathname } = new URL(source);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return null;
  }
}

/** The same for the same list, however often it was loaded: a version begins with a number that counts loads. */
const identityOf = ({ version, total }) => `${String(version).replace(/^\d+-/, '')}-${total}`;

function loadedRules() {
  try {
    return require('../../index.js').loadedRules();
  } catch {
    return null;
  }
}

/** A time as ISO 8601, of a date, milliseconds or such a text. */
function timeOf(value) {
  if (value === null || value === undefined) return null;
  try {
    return dateOf(value);
  } catch {
    return null;
  }
}

module.exports = { RuleList };
