// Random interleavings of the events of many tests, against a simple model. A report may not depend on their order.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createRecorder } from 'known-failures/recorder';
import { Random } from '../bench/data/index.mjs';
import { loadRules } from '../index.js';

const seed = process.env.SEED ?? `${Date.now()}`;
const rounds = 40;

const rules = [
  { issue: 'A', error: 'alpha' },
  { issue: 'B', error: 'beta', test: 'odd' },
];

before(() => loadRules(rules, { strict: true }));

/** One test: its events, and what the report must have of it. */
function planTest(random, id) {
  const suites = random.pick([[], ['S'], ['S', 'odd'], ['T']]);
  const title = `${random.pick(['odd', 'even'])} ${id}`;
  const name = [...suites, title].join(' › ');
  const attempts = Array.from({ length: random.int(1, 3) }, (_, attempt) => planAttempt(random, name, attempt));
  const events = attempts.flatMap(({ ended, errors, steps }, attempt) => [
    ['startTest', { id, suites, title, attempt }],
    ...steps.map((event) => ['onLog', { test: id, attempt, ...event }]),
    ...(ended === null ? [] : [['endTest', { id, attempt, status: ended, errors }]]),
  ]);
  const logged = attempts.filter(({ steps }) => steps.length > 0);
  const last = attempts.at(-1).status;
  const expected = {
    name,
    status: last,
    flaky: last === 'passed' && attempts.some(({ status }) => /Broken|Failed|unfinished/.test(status)),
    issue: last === 'Broken' ? attempts.at(-1).issues[0] : null,
    attempts: attempts.map(({ status, issues }) => [status, issues]),
    steps: logged.length === 1 ? logged[0].tree : logged.map(({ tree, number }) => [`attempt ${number + 1}`, tree]),
  };
  return { id: `${id}`, events, expected };
}

/** Of an ended attempt, each error with its issue; the loop over the rules is the judge. */
function planAttempt(random, name, number) {
  const ended = random.pick(['passed', 'failed', 'failed', 'failed', 'skipped', null]);
  const drawn = ended === 'failed' ? Array.from({ length: random.int(0, 3) }, () => random.pick(['alpha', 'beta', 'gamma'])) : [];
  const errors = [...new Set(drawn)];
  const issues = errors.map((error) => {
    const rule = rules.find((rule) => error.includes(rule.error) && (!rule.test || name.includes(rule.test)));
    return rule?.issue ?? null;
  });
  const isKnown = errors.length > 0 && !issues.includes(null);
  const status = ended === null ? 'unfinished' : ended !== 'failed' ? ended : isKnown ? 'Broken' : 'Failed';
  return {
    number,
    ended,
    errors,
    status,
    issues: ended === 'failed' && errors.length === 0 ? [null] : issues,
    ...planSteps(random),
  };
}

/** A random tree of steps, whose times are those of its order, and its events. */
function planSteps(random) {
  const steps = [];
  const tree = [];
  let at = 0;
  const grow = (parent, nodes, depth) => {
    for (let count = random.int(0, depth === 0 ? 3 : 2); count > 0; count--) {
      const step = `${++at}`;
      const below = [];
      nodes.push([`step ${step}`, below]);
      steps.push({ type: 'start', step, parent, title: `step ${step}`, at }, { type: 'end', step, at: at + 0.5 });
      if (depth < 3) grow(step, below, depth + 1);
    }
  };
  grow(undefined, tree, 0);
  return { steps, tree };
}

const treeOf = (steps) => steps.map(({ title, steps: below }) => [title, treeOf(below)]);

function outline({ name, status, flaky, issue, attempts, steps }) {
  const listed = attempts.map((attempt) => [attempt.status, attempt.failures.map((failure) => failure.issue)]);
  return { name, status, flaky, issue, attempts: listed, steps: treeOf(steps) };
}

for (const mode of ['shuffled', 'interleaved', 'doubled and shuffled']) {
  test(`${mode} events give the report of the model (SEED=${seed})`, async () => {
    const random = new Random(`${seed}/${mode}`);
    for (let round = 0; round < rounds; round++) {
      const plans = Array.from({ length: random.int(1, 12) }, (_, index) => planTest(random, index + 1));
      let events = plans.flatMap((plan) => plan.events);
      if (mode === 'doubled and shuffled') events = [...events, ...events];
      if (mode === 'interleaved') events = interleave(random, plans);
      else events = random.shuffle(events);
      const recorder = createRecorder({ warn: (message) => assert.fail(message) });
      for (const [hook, event] of events) {
        void recorder[hook](event);
        if (random.chance(0.05)) await null;
      }
      const { tests, counts, issues, unknown } = await recorder.endRun();
      const found = Object.fromEntries(tests.map((recorded) => [recorded.id, outline(recorded)]));
      // errors that come in another order have their issues in another order
      const sorted = (outlines) =>
        Object.entries(outlines).map(([id, { issue, ...rest }]) => [id, sortIssues(rest), issue !== null]);
      const expected = Object.fromEntries(plans.map((plan) => [plan.id, plan.expected]));
      const order = (a, b) => Number(a[0]) - Number(b[0]);
      assert.deepEqual(sorted(found).sort(order), sorted(expected).sort(order), `round ${round}`);
      const statuses = plans.map((plan) => plan.expected.status);
      for (const status of ['passed', 'skipped', 'Broken', 'Failed', 'unfinished']) {
        assert.equal(counts[status.toLowerCase()], statuses.filter((other) => other === status).length, `round ${round}`);
      }
      const inGroups = (groups) => new Set(groups.flatMap((group) => group.tests)).size;
      assert.deepEqual([inGroups(issues), inGroups(unknown)], [counts.broken, counts.failed], `round ${round}`);
    }
  });
}

function sortIssues(rest) {
  return { ...rest, attempts: rest.attempts.map(([status, issues]) => [status, [...issues].sort()]) };
}

/** The events of each test in their order, those of all tests mixed. */
function interleave(random, plans) {
  const queues = plans.map(({ events }) => [...events]);
  const mixed = [];
  while (queues.some((queue) => queue.length > 0)) mixed.push(random.pick(queues.filter((queue) => queue.length > 0)).shift());
  return mixed;
}
