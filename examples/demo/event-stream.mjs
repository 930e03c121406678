// How log events travel in a framework: whoever emits one goes on, and the event loop hands it to the plugin later.

import { Distribution } from './distribution.mjs';

export class EventStream {
  /** Events handed over so far. */
  count = 0;
  /** The most that waited at one time. */
  peakBacklog = 0;
  /** How long each waited for the event loop, in milliseconds. */
  wait = new Distribution();
  #backlog = 0;
  #deliver;
  #drained = () => {};

  /** @param {(event: object) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  emit(event) {
    this.#backlog += 1;
    this.peakBacklog = Math.max(this.peakBacklog, this.#backlog);
    const emittedAt = performance.now();
    setImmediate(() => {
      this.wait.record(performance.now() - emittedAt);
      this.#deliver(event);
      this.count += 1;
      this.#backlog -= 1;
      if (this.#backlog === 0) this.#drained();
    });
  }

  /** Resolves when all that was emitted is handed over. */
  async drain() {
    if (this.#backlog === 0) return;
    await new Promise((resolve) => {
      this.#drained = () => resolve(undefined);
    });
  }
}
