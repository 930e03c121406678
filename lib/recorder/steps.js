// The steps and messages of one attempt of a test.
//
// The start and the end of a step are separate events. They may be late, doubled, out of order and mixed with those of other tests.
// So nothing here depends on the order of events: a step has an id, an end may precede its start, and a child its parent.
'use strict';

const { MAX_STEP_DEPTH } = require('./limits.js');

/**
 * @typedef {object} Step
 * @property {string | null} title null until its start arrives
 * @property {'passed' | 'failed' | null} status null until its end arrives
 * @property {number | null} startedAt
 * @property {number | null} endedAt
 * @property {string | null} parent id
 * @property {string[]} messages
 */

class Steps {
  /** @type {Map<string, Step>} by id, in the order in which they are first heard of */
  #steps = new Map();
  /** Messages outside of all steps. @type {string[]} */
  #messages = [];

  get isEmpty() {
    return this.#steps.size === 0 && this.#messages.length === 0;
  }

  /** Entries that an event with this step and parent adds. @param {(string | null)[]} ids */
  unknownOf(ids) {
    return ids.filter((id) => id !== null && !this.#steps.has(id)).length;
  }

  /** @param {string} id @param {{ title: string, parent: string | null, at: number }} start */
  start(id, { title, parent, at }) {
    const step = this.#step(id);
    if (step.title !== null) return;
    step.title = title;
    step.startedAt = at;
    if (parent !== null) {
      this.#step(parent);
      step.parent = parent;
    }
  }

  /** Of several ends, one that failed counts. @param {string} id @param {{ status: 'passed' | 'failed', at: number }} end */
  end(id, { status, at }) {
    const step = this.#step(id);
    if (step.status === null) step.endedAt = at;
    if (step.status !== 'failed') step.status = status;
  }

  /** @param {string | null} id @param {string} text */
  message(id, text) {
    (id === null ? this.#messages : this.#step(id).messages).push(text);
  }

  /**
   * The steps as a tree. Of one level, in the order of their start.
   *
   * @param {number} origin the run's start
   * @returns {{ messages: string[], steps: import('./run-report.d.ts').RecordedStep[] }}
   */
  record(origin) {
    const holders = this.#holders();
    /** @type {Map<Step, import('./run-report.d.ts').RecordedStep>} */
    const recorded = new Map();
    for (const [id, step] of this.#steps) recorded.set(step, recordStep(id, step, origin));
    const roots = [];
    const byStart = [...recorded.keys()].sort((a, b) => (a.startedAt ?? Infinity) - (b.startedAt ?? Infinity) || 0);
    for (const step of byStart) {
      const holder = holders.get(step)?.holder ?? null;
      (holder === null ? roots : recorded.get(holder).steps).push(recorded.get(step));
    }
    return { messages: [...this.#messages], steps: roots };
  }

  /**
   * The step that holds each step: its parent, unless that is too deep, or part of a circle of parents. Without recursion,
   * because steps may nest to any depth.
   */
  #holders() {
    /** @type {Map<Step, { holder: Step | null, depth: number }>} */
    const places = new Map();
    for (const step of this.#steps.values()) {
      const chain = new Set();
      let next = step;
      while (next !== undefined && !places.has(next) && !chain.has(next)) {
        chain.add(next);
        next = next.parent === null ? undefined : this.#steps.get(next.parent);
      }
      let holder = next !== undefined && places.has(next) ? next : null;
      for (const link of [...chain].reverse()) {
        const above = holder === null ? null : places.get(holder);
        if (above === null) places.set(link, { holder: null, depth: 1 });
        else if (above.depth < MAX_STEP_DEPTH) places.set(link, { holder, depth: above.depth + 1 });
        else places.set(link, above);
        holder = link;
      }
    }
    return places;
  }

  #step(id) {
    let step = this.#steps.get(id);
    if (step === undefined) {
      step = { title: null, status: null, startedAt: null, endedAt: null, parent: null, messages: [] };
      this.#steps.set(id, step);
    }
    return step;
  }
}

function recordStep(id, { title, status, startedAt, endedAt, messages }, origin) {
  return {
    title: title ?? `step ${id} (its start is missing)`,
    status: status ?? 'unfinished',
    startedMs: startedAt === null ? null : Math.max(0, startedAt - origin),
    durationMs: startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt),
    messages: [...messages],
    steps: [],
  };
}

module.exports = { Steps };
