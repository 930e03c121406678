// The report as the page embeds it. A run of 10,000 tests repeats its suites, files and error texts, and most of its tests only
// passed: repeated texts are kept once, keys with their usual value are left out. `client/model.js` reads it.
'use strict';

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/** @param {RunReport} report */
function pageData(report) {
  const files = new Interner();
  const texts = new Interner();
  const suites = new Suites();
  const tests = report.tests.map((test) => compactTest(test, { files, texts, suites }));
  const { title, runner, startedAt, durationMs, status, counts, rules, issues, unknown, eventLoop, warnings } = report;
  return {
    run: { title, runner, startedAt, durationMs, status, counts, rules, warnings },
    issues,
    unknown,
    eventLoop: eventLoop?.map(({ atMs, delayMs }) => [Math.round(atMs), round(delayMs)]),
    files: files.values,
    texts: texts.values,
    suites: suites.nodes,
    tests,
  };
}

/** Each text once. */
class Interner {
  values = [];
  #indexes = new Map();

  /** @param {string} text @returns {number} its index in `values` */
  add(text) {
    let index = this.#indexes.get(text);
    if (index === undefined) {
      index = this.values.push(text) - 1;
      this.#indexes.set(text, index);
    }
    return index;
  }
}

/** The tree of suites: `[title, index of the suite around it or -1]` for each. */
class Suites {
  nodes = [];
  #children = new Map();

  /** @param {string[]} titles @returns {number} the innermost suite. -1: none */
  add(titles) {
    let parent = -1;
    let children = this.#children;
    for (const title of titles) {
      let child = children.get(title);
      if (child === undefined) {
        child = { index: this.nodes.push([title, parent]) - 1, children: new Map() };
        children.set(title, child);
      }
      parent = child.index;
      children = child.children;
    }
    return parent;
  }
}

function compactTest(test, { files, texts, suites }) {
  return {
    id: test.id,
    title: test.title,
    suite: suites.add(test.suites),
    status: test.status,
    kind: test.kind === 'test' ? undefined : test.kind,
    file: test.file === null ? undefined : files.add(test.file),
    flaky: test.flaky || undefined,
    issue: test.issue ?? undefined,
    url: test.url ?? undefined,
    startedMs: round(test.startedMs),
    durationMs: round(test.durationMs),
    attempts: isPlain(test) ? undefined : test.attempts.map((attempt) => compactAttempt(attempt, texts)),
    messages: unlessEmpty(test.messages),
    steps: unlessEmpty(test.steps.map(compactStep)),
  };
}

/** Whether the only attempt says nothing that the test does not say. */
function isPlain({ attempts, status, durationMs }) {
  if (attempts.length === 0) return true;
  const [{ failures, status: only, durationMs: took }] = attempts;
  return attempts.length === 1 && failures.length === 0 && only === status && took === durationMs;
}

function compactAttempt(attempt, texts) {
  return {
    status: attempt.status,
    durationMs: round(attempt.durationMs),
    failures: attempt.failures.map((failure) => compactFailure(failure, texts)),
  };
}

function compactFailure(failure, texts) {
  const { text, cut, status, issue, url, reason, rule, id, match, signature } = failure;
  return {
    text: texts.add(text),
    cut: cut || undefined,
    status,
    reason,
    issue: issue ?? undefined,
    url: url ?? undefined,
    rule: rule ?? undefined,
    id: id ?? undefined,
    match: match === null ? undefined : [match.start, match.end],
    signature: signature ?? undefined,
  };
}

function compactStep(step) {
  return {
    title: step.title,
    status: step.status,
    durationMs: round(step.durationMs),
    messages: unlessEmpty(step.messages),
    steps: unlessEmpty(step.steps.map(compactStep)),
  };
}

const unlessEmpty = (list) => (list.length === 0 ? undefined : list);

/** Milliseconds to a hundredth. */
const round = (milliseconds) => (milliseconds === null ? undefined : Math.round(milliseconds * 100) / 100);

module.exports = { pageData };
