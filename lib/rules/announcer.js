// What a watcher says: events to its listeners, warnings to whoever gets them, each trouble once.
'use strict';

const { failureMessage, othersMessage, rejectedMessage } = require('./messages.js');
const { warn } = require('./warn.js');

/** The same reason of a failure is told again after this long. */
const TELL_AGAIN_MS = 10 * 60_000;

class Announcer {
  #emitter;
  #label;
  #onWarning;
  /** The reason that was told last, and when. */
  #told = { reason: null, at: 0 };
  /** Version of the other rules that were told last. */
  #others = null;

  /**
   * @param {import('node:events').EventEmitter} emitter
   * @param {string} label of the source
   * @param {(warning: Error) => void} [onWarning]
   */
  constructor(emitter, label, onWarning) {
    this.#emitter = emitter;
    this.#label = label;
    this.#onWarning = onWarning;
  }

  /** A listener that throws must not end a refresh. */
  emit(event, value) {
    try {
      this.#emitter.emit(event, value);
    } catch (error) {
      warn('WARN_LISTENER', `a listener of '${event}' threw: ${error?.message ?? error}`, this.#onWarning);
    }
  }

  warn(code, message) {
    this.emit('warning', warn(code, `${this.#label}${message}`, this.#onWarning));
  }

  cacheTrouble(message) {
    this.warn('WARN_CACHE', `: ${message}`);
  }

  loaded(report) {
    this.emit('load', report);
    if (report.rejected.length > 0) this.warn('WARN_RULES_REJECTED', rejectedMessage(report));
  }

  /** @param {import('../../index.js').LoadReport | null} others the rules in force if they are not the watcher's */
  succeeded(others) {
    this.#told.reason = null;
    if (others === null || others.version === this.#others) return;
    this.#others = others.version;
    this.warn('WARN_OTHER_RULES', othersMessage(others));
  }

  /** @param {Parameters<failureMessage>[0] & { kind: string }} failure kind: the reason without what differs each time */
  failed({ kind, ...failure }) {
    if (kind === this.#told.reason && failure.now - this.#told.at < TELL_AGAIN_MS) return;
    this.#told = { reason: kind, at: failure.now };
    this.warn('WARN_LIST', failureMessage(failure));
  }
}

module.exports = { Announcer };
