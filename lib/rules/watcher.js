// A list that is watched: refreshes one after the other, the state that they leave, and what is said about it.
'use strict';

const { EventEmitter } = require('node:events');
const { dateOf } = require('../api/primordials.js');
const { Cache, noCache } = require('./cache.js');
const { cacheKey, defaultCacheFile, makeFolder, makePrivateFolder } = require('./cache-place.js');
const { InForce } = require('./in-force.js');
const { failureMessage, labelOf, othersMessage, reasonOf, rejectedMessage } = require('./messages.js');
const { Refresher } = require('./refresh.js');
const { nextRefresh } = require('./schedule.js');
const { warn } = require('./warn.js');

/** The same trouble is told again after this long. */
const TELL_AGAIN_MS = 10 * 60_000;

class RulesWatcher extends EventEmitter {
  #spec;
  #options;
  #clock;
  #label;
  #inForce;
  #refresher;
  #closing = new AbortController();
  #stopWatching;
  #cancelTimer = () => {};
  /** The refresh that runs, and the one that waits for it to end. */
  #running = Promise.resolve();
  #waiting = null;
  #failures = 0;
  #state = { state: 'none', since: 0, reason: 'the first attempt has not ended yet', confirmedAt: 0, from: null };
  /** What was told last, and when. */
  #told = { reason: null, at: 0, others: null };

  /**
   * @param {import('./source.js').SourceSpec} spec
   * @param {ReturnType<import('./options.js').readWatchOptions>} options
   * @param {import('./clock.js').Clock} clock
   */
  constructor(spec, options, clock) {
    super();
    this.#spec = spec;
    this.#options = options;
    this.#clock = clock;
    this.#label = labelOf(spec);
    this.#state.since = clock.now();
    this.#inForce = new InForce(options.load);
    const source = spec.open(spec.identity, options, clock);
    this.#refresher = new Refresher({
      source,
      cache: this.#openCache(),
      inForce: this.#inForce,
      options,
      clock,
      onList: (confirmedAt, from) => this.#onList(confirmedAt, from),
    });
    if (options.refreshMs > 0) this.#stopWatching = source.watch?.(() => this.#request(false));
    const { signal } = options;
    if (signal?.aborted) this.#end();
    else signal?.addEventListener('abort', this.#end);
    this.ready = this.#held(this.#request(false));
  }

  get status() {
    const { state, since, reason, confirmedAt, from } = this.#state;
    const report = this.#inForce.report;
    return {
      state,
      since: dateOf(since),
      reason,
      source: this.#spec.name,
      version: report?.version ?? null,
      confirmedAt: report === null ? null : dateOf(confirmedAt),
      from,
      fetches: this.#refresher.fetches,
      report,
    };
  }

  refresh() {
    return this.#held(this.#request(true));
  }

  async close() {
    this.#end();
    await this.#running;
  }

  #end = () => {
    this.#cancelTimer();
    this.#stopWatching?.();
    this.#options.signal?.removeEventListener('abort', this.#end);
    this.#closing.abort();
  };

  #openCache() {
    const { cacheFile, headers, load, maxBytes } = this.#options;
    const { kind, identity } = this.#spec;
    const isShared = kind === 'http' ? cacheFile !== false : typeof cacheFile === 'string';
    if (!isShared) return noCache;
    const key = cacheKey(kind === 'http' ? identity.href : kind, { headers, load });
    return new Cache({
      file: cacheFile ?? defaultCacheFile(key),
      key,
      maxBytes,
      makeFolder: cacheFile === undefined ? makePrivateFolder : makeFolder,
      clock: this.#clock,
      onTrouble: (message) => this.#warn('WARN_CACHE', `${this.#label}: ${message}`),
    });
  }

  /** The process stays alive for what somebody may be waiting for. */
  async #held(work) {
    const release = this.#clock.hold();
    try {
      await work;
      return this.status;
    } finally {
      release();
    }
  }

  /** Calls while a refresh runs share the next one: what they want to see may have come too late for the one that runs. */
  #request(force) {
    if (this.#waiting !== null) {
      this.#waiting.force ||= force;
      return this.#waiting.done;
    }
    const waiting = { force, done: null };
    this.#waiting = waiting;
    waiting.done = this.#running.then(() => {
      this.#waiting = null;
      this.#running = this.#refresh(waiting.force);
      return this.#running;
    });
    this.#running = waiting.done;
    return waiting.done;
  }

  async #refresh(force) {
    const { signal } = this.#closing;
    this.#cancelTimer();
    try {
      signal.throwIfAborted();
      this.#settle(await this.#refresher.run({ force, signal }));
    } catch (error) {
      if (!signal.aborted)
        return this.#settle({ failure: { reason: `failed: ${error?.message}`, attempts: 1, retryAfterMs: 0 }, isOwn: true });
      if (this.#state.state === 'none') this.#state.reason = 'the watcher was closed before it had a list';
    }
  }

  #onList(confirmedAt, from) {
    this.#state.confirmedAt = confirmedAt;
    this.#state.from = from;
    if (from === 'cache' && this.#state.state === 'none') this.#enter('stale', 'its source has not answered yet');
    const report = this.#inForce.report;
    this.#tell('load', report);
    if (report.rejected.length > 0) this.#warn('WARN_RULES_REJECTED', rejectedMessage(this.#label, report));
  }

  /** Takes the outcome of a refresh, and plans the next. */
  #settle({ confirmedAt, failure, isOwn }) {
    const now = this.#clock.now();
    this.#failures = failure === null ? 0 : this.#failures + 1;
    if (this.#inForce.report !== null && confirmedAt !== undefined) this.#state.confirmedAt = confirmedAt;
    const nextMs = nextRefresh(
      {
        failures: this.#failures,
        refreshMs: this.#options.refreshMs,
        ageMs: now - this.#state.confirmedAt,
        retryAfterMs: failure?.retryAfterMs ?? 0,
      },
      this.#clock.random,
    );
    if (nextMs !== null && !this.#closing.signal.aborted)
      this.#cancelTimer = this.#clock.later(() => this.#request(false), nextMs);
    if (failure === null) this.#succeeded();
    else this.#failed(reasonOf(failure, isOwn, now), failure.reason, nextMs);
  }

  #succeeded() {
    this.#told.reason = null;
    const { others } = this.#inForce;
    if (others !== null && others.version !== this.#told.others) {
      this.#told.others = others.version;
      this.#warn('WARN_OTHER_RULES', othersMessage(this.#label, others));
    }
    this.#enter('fresh', null);
  }

  #failed(reason, kind, nextMs) {
    const now = this.#clock.now();
    const { report: mine, others } = this.#inForce;
    this.#enter(mine === null ? 'none' : 'stale', `${this.#label} ${reason}`);
    if (kind === this.#told.reason && now - this.#told.at < TELL_AGAIN_MS) return;
    this.#told.reason = kind;
    this.#told.at = now;
    const { confirmedAt, from } = this.#state;
    this.#warn('WARN_LIST', failureMessage({ label: this.#label, reason, mine, others, confirmedAt, from, now, nextMs }));
  }

  #enter(state, reason) {
    const isOther = state !== this.#state.state;
    if (isOther) this.#state.since = this.#clock.now();
    Object.assign(this.#state, { state, reason });
    if (isOther) this.#tell('status', this.status);
  }

  #warn(code, message) {
    const warning = warn(code, message, this.#options.onWarning);
    this.#tell('warning', warning);
  }

  /** A listener that throws is not ours to fail for. */
  #tell(event, value) {
    try {
      this.emit(event, value);
    } catch (error) {
      warn('WARN_LISTENER', `a listener of '${event}' threw: ${error?.message ?? error}`);
    }
  }
}

if (Symbol.asyncDispose) {
  Object.defineProperty(RulesWatcher.prototype, Symbol.asyncDispose, {
    value: RulesWatcher.prototype.close,
    writable: true,
    configurable: true,
  });
}

module.exports = { RulesWatcher };
