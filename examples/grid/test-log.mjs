// The log of one test. Steps and messages travel as events, as in the frameworks that this stands for.

export class TestLog {
  #count = 0;
  /** Ids of the steps that are open, from the outside. */
  #open = [];
  #test;
  #events;

  /**
   * @param {string} test its id
   * @param {import('../demo/event-stream.mjs').EventStream} events
   */
  constructor(test, events) {
    this.#test = test;
    this.#events = events;
  }

  /**
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} body
   */
  async step(title, body) {
    const step = String(++this.#count);
    this.#emit({ type: 'start', step, parent: this.#open.at(-1), title });
    this.#open.push(step);
    let status = /** @type {'passed' | 'failed'} */ ('failed');
    try {
      const result = await body();
      status = 'passed';
      return result;
    } finally {
      this.#open.pop();
      this.#emit({ type: 'end', step, status });
    }
  }

  message(text) {
    this.#emit({ type: 'message', step: this.#open.at(-1), text });
  }

  #emit(event) {
    this.#events.emit({ test: this.#test, at: performance.now(), ...event });
  }
}
