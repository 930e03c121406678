// The tree of a run: run → suites → tests → steps.
//
// The start and the end of a step are separate events. They may be late, out of order and mixed with those of other tests. So nothing
// here depends on the order of events: a step has an id, an end may precede its start, and a child may precede its parent.

/**
 * @typedef {'running' | 'passed' | 'failed' | 'skipped' | 'unfinished' | 'Broken' | 'Failed'} Status `Broken` and `Failed` are
 *   verdicts on a failed test
 *
 * @typedef {object} Step
 * @property {'step'} type
 * @property {string} title
 * @property {Status} status
 * @property {number | null} durationMs
 * @property {string[]} messages logged within it
 * @property {Step[]} children
 *
 * @typedef {object} Test
 * @property {'test'} type
 * @property {string} title
 * @property {string} fullName suites and title, joined by ` > `
 * @property {Status} status
 * @property {number | null} durationMs
 * @property {Record<string, unknown>} metadata
 * @property {string[]} messages logged outside of all steps
 * @property {Step[]} children
 *
 * @typedef {{ type: 'suite', title: string, children: (Suite | Test)[] }} Suite
 * @typedef {{ type: 'run', title: string, status: Status, durationMs: number | null, metadata: Record<string, unknown>, children: (Suite | Test)[] }} Run
 *
 * @typedef {object} LogEvent
 * @property {string} test the test's id
 * @property {'start' | 'end' | 'message'} type
 * @property {string} [step] the step's id, unique within its test; without it, a message belongs to the test
 * @property {string} [parent] `start`: the id of the enclosing step
 * @property {string} [title] `start`
 * @property {'passed' | 'failed'} [status] `end`
 * @property {string} [text] `message`
 * @property {number} at the time in milliseconds, by any monotonic clock
 */

export class RunTree {
  /** @type {Run} */
  run;
  #startedAt;
  /** @type {Map<string, Suite>} by path */
  #suites = new Map();
  /** @type {Map<string, TestEntry>} */
  #tests = new Map();

  /**
   * @param {string} title
   * @param {number} at
   */
  constructor(title, at) {
    this.run = { type: 'run', title, status: 'running', durationMs: null, metadata: {}, children: [] };
    this.#startedAt = at;
  }

  /**
   * @param {string} id unique within the run
   * @param {{ suites: string[], title: string, at: number }} test
   * @returns {Test}
   */
  startTest(id, { suites, title, at }) {
    const fullName = [...suites, title].join(' > ');
    const entry = this.#entry(id);
    Object.assign(entry.node, { title, fullName });
    entry.startedAt = at;
    this.#suite(suites).children.push(entry.node);
    return entry.node;
  }

  /** @param {string} id @returns {Test} */
  test(id) {
    return this.#entry(id).node;
  }

  /**
   * @param {string} id
   * @param {{ status: Status, at: number }} end
   */
  endTest(id, { status, at }) {
    const { node, startedAt } = this.#entry(id);
    node.status = status;
    node.durationMs = at - startedAt;
  }

  /** @param {LogEvent} event */
  log(event) {
    const test = this.#entry(event.test);
    if (event.type === 'message') {
      const owner = event.step === undefined ? test.node : test.step(event.step).node;
      owner.messages.push(event.text ?? '');
      return;
    }
    const step = test.step(event.step ?? '');
    if (event.type === 'start') {
      step.node.title = event.title ?? '';
      step.startedAt = event.at;
      const parent = event.parent === undefined ? test.node : test.step(event.parent).node;
      parent.children.push(step.node);
    } else {
      step.node.status = event.status ?? 'passed';
      step.endedAt = event.at;
    }
    if (step.startedAt !== null && step.endedAt !== null) step.node.durationMs = step.endedAt - step.startedAt;
  }

  /** @param {number} at @returns {Run} */
  endRun(at) {
    for (const entry of this.#tests.values()) {
      entry.adoptOrphans();
      settle(entry.node);
    }
    this.run.status = [...this.#tests.values()].some(({ node }) => failing.has(node.status)) ? 'failed' : 'passed';
    this.run.durationMs = at - this.#startedAt;
    return this.run;
  }

  /** All tests, in the order of their start. @returns {Test[]} */
  tests() {
    return Array.from(this.#tests.values(), (entry) => entry.node);
  }

  #entry(id) {
    let entry = this.#tests.get(id);
    if (!entry) {
      entry = new TestEntry(id);
      this.#tests.set(id, entry);
    }
    return entry;
  }

  #suite(path) {
    /** @type {Run | Suite} */
    let parent = this.run;
    let key = '';
    for (const title of path) {
      key += `${title}\0`;
      let suite = this.#suites.get(key);
      if (!suite) {
        suite = { type: 'suite', title, children: [] };
        this.#suites.set(key, suite);
        parent.children.push(suite);
      }
      parent = suite;
    }
    return parent;
  }
}

const failing = new Set(['Broken', 'Failed', 'failed']);

/** What never ended did not pass. Walks without recursion, because steps may nest to any depth. */
function settle(test) {
  const open = [test];
  while (open.length > 0) {
    const node = open.pop();
    if (node.status === 'running') node.status = 'unfinished';
    open.push(...node.children);
  }
}

class TestEntry {
  startedAt = 0;
  /** @type {Map<string, { node: Step, startedAt: number | null, endedAt: number | null }>} */
  #steps = new Map();

  /** @param {string} id serves as the title until the start arrives */
  constructor(id) {
    /** @type {Test} */
    this.node = {
      type: 'test',
      title: id,
      fullName: id,
      status: 'running',
      durationMs: null,
      metadata: {},
      messages: [],
      children: [],
    };
  }

  /** Steps whose start never arrived go below the test, so that their messages are not lost. */
  adoptOrphans() {
    for (const [id, { node, startedAt }] of this.#steps) {
      if (startedAt !== null) continue;
      node.title = `step ${id} (its start is missing)`;
      this.node.children.push(node);
    }
  }

  step(id) {
    let step = this.#steps.get(id);
    if (!step) {
      /** @type {Step} */
      const node = { type: 'step', title: '', status: 'running', durationMs: null, messages: [], children: [] };
      step = { node, startedAt: null, endedAt: null };
      this.#steps.set(id, step);
    }
    return step;
  }
}
