// How log events travel in a framework: `emit` returns at once, and the event loop delivers the event to the plugin later.

import { Distribution } from './distribution.mjs';

export class EventStream {
  /** Events delivered so far. */
  count = 0;
  /** The largest number of events that waited at one time. */
  peakBacklog = 0;
  /** How long each event waited for the event loop, in milliseconds. */
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

  /** Resolves when every emitted event is delivered. */
  async drain() {
    if (this.#backlog === 0) return;
    await new Promise((resolve) => {
      this.#drained = () => resolve(undefined);
    });
  }
}
