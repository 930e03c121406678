// A list that is watched: refreshes one after the other, the state that they leave, and what is said about it.
'use strict';

const { EventEmitter } = require('node:events');
const { dateOf } = require('../api/primordials.js');
const { Announcer } = require('./announcer.js');
const { openCache } = require('./cache.js');
const { InForce } = require('./in-force.js');
const { labelOf, reasonOf } = require('./messages.js');
const { Refresher } = require('./refresh.js');
const { nextRefresh } = require('./schedule.js');

class RulesWatcher extends EventEmitter {
  #spec;
  #options;
  #clock;
  #label;
  #announcer;
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
    this.#announcer = new Announcer(this, this.#label, options.onWarning);
    this.#state.since = clock.now();
    this.#inForce = new InForce(options.load);
    const source = spec.open(spec.identity, options, clock);
    this.#refresher = new Refresher({
      source,
      cache: openCache(spec, options, clock, (message) => this.#announcer.cacheTrouble(message)),
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
      if (!signal.aborted) this.#settle({ ...this.#state, failure: faultOf(error), isOwn: true });
      else if (this.#state.state === 'none') this.#state.reason = 'the watcher was closed before it had a list';
    }
  }

  #onList(confirmedAt, from) {
    Object.assign(this.#state, { confirmedAt, from });
    if (from === 'cache' && this.#state.state === 'none') this.#enter('stale', 'its source has not answered yet');
    this.#announcer.loaded(this.#inForce.report);
  }

  /** Takes the outcome of a refresh, and plans the next. */
  #settle({ confirmedAt, failure, isOwn }) {
    const now = this.#clock.now();
    if (this.#inForce.report !== null) this.#state.confirmedAt = confirmedAt;
    this.#failures = failure === null ? 0 : this.#failures + 1;
    const nextMs = this.#schedule(now, failure?.retryAfterMs ?? 0);
    const { report: mine, others } = this.#inForce;
    if (failure === null) {
      this.#announcer.succeeded(others);
      this.#enter('fresh', null);
    } else {
      const reason = reasonOf(failure, isOwn, now);
      this.#enter(mine === null ? 'none' : 'stale', `${this.#label} ${reason}`);
      const { from } = this.#state;
      this.#announcer.failed({ kind: failure.reason, reason, mine, others, confirmedAt, from, now, nextMs });
    }
  }

  /** Milliseconds until the next refresh; null if there is none. */
  #schedule(now, retryAfterMs) {
    const { refreshMs } = this.#options;
    const after = { failures: this.#failures, refreshMs, ageMs: now - this.#state.confirmedAt, retryAfterMs };
    const nextMs = nextRefresh(after, this.#clock.random);
    if (nextMs === null || this.#closing.signal.aborted) return null;
    this.#cancelTimer = this.#clock.later(() => this.#request(false), nextMs);
    return nextMs;
  }

  #enter(state, reason) {
    const isOther = state !== this.#state.state;
    if (isOther) this.#state.since = this.#clock.now();
    Object.assign(this.#state, { state, reason });
    if (isOther) this.#announcer.emit('status', this.status);
  }
}

/** A fault of ours: a refresh does not throw. */
function faultOf(error) {
  return { reason: `was not refreshed: ${error?.message ?? error}`, attempts: 1, retryAfterMs: 0 };
}

if (Symbol.asyncDispose) {
  Object.defineProperty(RulesWatcher.prototype, Symbol.asyncDispose, {
    value: RulesWatcher.prototype.close,
    writable: true,
    configurable: true,
  });
}

module.exports = { RulesWatcher };
