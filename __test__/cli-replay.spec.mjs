// `known-failures replay` and `stats`, as a shell runs them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createRecorder } from 'known-failures/recorder';
import { generateErrors, generateRules, Random } from '../bench/data/index.mjs';

const require = createRequire(import.meta.url);
const { ProgressBar } = require('../lib/cli/progress.js');
const program = fileURLToPath(new URL('../lib/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'known-failures-replay-test-'));
after(() => rmSync(folder, { recursive: true }));

function file(name, content) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return name;
}

const jsonLines = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** Runs the program in the folder. */
function run(args, { stdin = '', signalAfter } = {}) {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _, NO_COLOR: __, ...bare } = process.env;
    const env = { ...bare, COLUMNS: '100', TMPDIR: folder, TEMP: folder };
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text;
      });
    }
    child.stdin.on('error', () => {});
    if (signalAfter === undefined) child.stdin.end(stdin);
    else {
      child.stdin.write(stdin);
      signalAfter(child).then(() => child.kill('SIGINT'));
    }
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...output }));
  });
}

async function runJson(args, options) {
  const { status, stdout, stderr } = await run([...args, '--json'], options);
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout);
}

const spools = () => readdirSync(folder).filter((name) => name.startsWith('known-failures-replay-') && !name.includes('test'));

file(
  'old.json',
  `[
  { "issue": "SHOP-1432", "id": "payment-timeout", "error": "Timeout of \\\\d+ms exceeded" },
  { "issue": "GRID-88", "error": "invalid session id" }
]`,
);
file(
  'new.json',
  `[
  { "issue": "SHOP-1432", "id": "payment-timeout", "test": "^Checkout", "error": "Timeout of \\\\d+ms exceeded" },
  { "issue": "GRID-91", "error": "invalid session id: [\\\\da-f]+" },
  { "issue": "INFRA-207", "id": "dns", "error": "getaddrinfo (?:ENOTFOUND|EAI_AGAIN)" }
]`,
);
const past = jsonLines([
  { test: 'Checkout › pays by card', error: 'Error: Timeout of 5000ms exceeded.' },
  { test: 'Checkout › pays by invoice', error: 'Error: Timeout of 5000ms exceeded.' },
  { test: 'Search › finds by article number', error: 'Error: Timeout of 8000ms exceeded.' },
  { test: 'Account › changes the password', error: 'NoSuchSessionError: invalid session id: 5af3' },
  { test: 'Returns › prints a label', error: 'Error: getaddrinfo EAI_AGAIN api.staging.example\n    at GetAddrInfoReqWrap' },
  { test: 'Cart › shows the total with tax', error: 'AssertionError: expected 119 to equal 120' },
]);
file('past.jsonl', past);
const replay = ['replay', 'new.json', '--against', 'old.json'];

describe('replay', () => {
  test('is the difference of two JavaScript loops, on generated lists and failures', async () => {
    const seed = Number(process.env.SEED) || Math.trunc(Math.random() * 2 ** 31);
    const list = generateRules({ seed, rules: 400 });
    const random = new Random(seed);
    const changed = list.rules
      .filter(() => random.next() > 0.1)
      .map((rule) => (random.next() < 0.1 ? { ...rule, issue: `${rule.issue}, moved` } : rule));
    // cut, because the loops take seconds for a rule that opens with [\s\S]* on a long text
    const failures = generateErrors(list, { count: 3000, matching: 0.7 }).map(({ test: name, error }) => ({
      test: name,
      error: error.slice(0, 500),
    }));
    file('generated/old.json', { rules: list.rules });
    file('generated/new.json', { rules: changed });
    file('generated/failures.jsonl.gz', gzipSync(jsonLines(failures)));
    const loop = (rules) => {
      const compiled = rules.map(({ issue, error, test: scope, flags }) => ({
        issue,
        error: new RegExp(error, flags),
        scope: scope ? new RegExp(scope) : /^/,
      }));
      return ({ test: name, error }) => compiled.find((rule) => rule.scope.test(name) && rule.error.test(error))?.issue ?? null;
    };
    const [before, afterwards] = [loop(list.rules), loop(changed)];
    const expected = { failures: 3000, newlyBroken: 0, newlyFailed: 0, changedIssue: 0, unchanged: 0 };
    const issues = new Map();
    const add = (issue, when) => {
      if (issue === null) return;
      issues.set(issue, { before: 0, after: 0, ...issues.get(issue) });
      issues.get(issue)[when] += 1;
    };
    for (const failure of failures) {
      const [was, is] = [before(failure), afterwards(failure)];
      add(was, 'before');
      add(is, 'after');
      expected[was === is ? 'unchanged' : was === null ? 'newlyBroken' : is === null ? 'newlyFailed' : 'changedIssue'] += 1;
    }
    const outcome = await runJson([
      'replay',
      'generated/new.json',
      '-a',
      'generated/old.json',
      'generated/failures.jsonl.gz',
      '--samples',
      '1',
    ]);
    const message = `SEED=${seed}`;
    const { failures: all, newlyBroken, newlyFailed, changedIssue, unchanged } = outcome.counts;
    assert.deepEqual({ failures: all, newlyBroken, newlyFailed, changedIssue, unchanged }, expected, message);
    assert.ok(expected.newlyFailed > 0 && expected.changedIssue > 0, message);
    const different = [...issues]
      .filter(([, counts]) => counts.before !== counts.after)
      .map(([issue, counts]) => ({ issue, ...counts }));
    const byName = (a, b) => (a.issue < b.issue ? -1 : 1);
    assert.deepEqual(outcome.issues.toSorted?.(byName) ?? [...outcome.issues].sort(byName), different.sort(byName), message);
    for (const { kind, before: was, after: is, failures: count, samples } of outcome.changes) {
      assert.equal(samples.length, 1, message);
      assert.ok(count > 0);
      const line = Number(/:(\d+)$/.exec(samples[0].source)[1]);
      const failure = failures[line - 1];
      assert.deepEqual([before(failure), afterwards(failure)], [was?.issue ?? null, is?.issue ?? null], `${message} ${kind}`);
    }
  });

  test('reads standard input by way of a file that is gone afterwards', async () => {
    const direct = await runJson([...replay, 'past.jsonl']);
    const piped = await runJson([...replay, '-'], { stdin: gzipSync(past) });
    assert.deepEqual(JSON.parse(JSON.stringify(piped).replaceAll('standard input:', 'past.jsonl:')), direct);
    assert.deepEqual(spools(), []);
    const failed = await run([...replay, '-'], { stdin: '<html/>' });
    assert.deepEqual([failed.status, failed.stdout], [3, '']);
    assert.match(failed.stderr, /^known-failures: standard input: is XML, but no JUnit report/);
    assert.deepEqual(spools(), []);
  });

  test('an interrupt leaves no file behind', { skip: process.platform === 'win32' }, async () => {
    const until = async (child) => {
      const isRunning = () => child.exitCode === null && child.signalCode === null;
      while (spools().length === 0 && isRunning()) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const { signal } = await run([...replay, '-'], { stdin: past, signalAfter: until });
    assert.deepEqual([signal, spools()], ['SIGINT', []]);
  });

  test('the old list may be standard input', async () => {
    const { counts } = await runJson(['replay', 'new.json', '--against', '-', 'past.jsonl'], {
      stdin: readFileSync(join(folder, 'old.json')),
    });
    assert.deepEqual([counts.newlyBroken, counts.newlyFailed, counts.changedIssue, counts.unchanged], [1, 1, 1, 3]);
  });

  test('options of lists are for both', async () => {
    file('tickets-old.json', [{ ticket: 'A', error: 'timeout' }]);
    file('tickets-new.json', [{ ticket: 'B', error: 'TIMEOUT' }]);
    const args = [
      'replay',
      'tickets-new.json',
      '-a',
      'tickets-old.json',
      'past.jsonl',
      '--fields',
      'issue=ticket',
      '--flags',
      'i',
    ];
    const { changes } = await runJson(args);
    assert.deepEqual(
      changes.map(({ kind, failures, before, after: is }) => [kind, failures, before.issue, before.place, is.issue]),
      [['changedIssue', 3, 'A', 'tickets-old.json[0]', 'B']],
    );
  });

  test('--exit-code ends with 1 if a verdict differs', async () => {
    assert.equal((await run([...replay, 'past.jsonl', '--exit-code'])).status, 1);
    const same = await run(['replay', 'old.json', '-a', 'old.json', 'past.jsonl', '--exit-code']);
    assert.deepEqual(same, { status: 0, signal: null, stdout: 'None of 6 failures gets another verdict\n', stderr: '' });
  });

  test('says what is not as it seems: another rule, cut texts, skipped lines, refused rules', async () => {
    file('renamed.json', [
      { issue: 'GRID-88', id: 'session', error: 'invalid session' },
      { issue: 'X', error: '(' },
    ]);
    file('notes.jsonl', `${past}oops\n`);
    const { status, stdout, stderr } = await run(['replay', 'renamed.json', '-a', 'old.json', 'notes.jsonl', '--samples', '0']);
    assert.equal(status, 0);
    assert.match(stdout, /^ {2}1 unchanged by a rule with another id\n {2}1 line or file could not be read\n/m);
    assert.ok(!stdout.includes('notes.jsonl:'));
    assert.match(stderr, /^known-failures: renamed\.json: 1 of its rules refused, the first at index 1: Unterminated group/m);
    assert.equal(stderr.match(/notes\.jsonl:7: is not JSON/g).length, 1);
  });

  test('Markdown shows hostile texts as they are', async () => {
    file('hostile.jsonl', jsonLines([{ test: '<img src=x>\n\n# @you', error: 'getaddrinfo ENOTFOUND </code>\u001b[31m' }]));
    const { stdout } = await run([...replay, 'hostile.jsonl', '--markdown']);
    assert.ok(stdout.startsWith('<h3>🔎 1 of 1 failure gets another verdict</h3>\n'));
    assert.ok(stdout.includes('<li>&lt;img src=x&gt; # @you<br><code>getaddrinfo ENOTFOUND &lt;/code&gt;</code>'), stdout);
  });

  test('Markdown fits into a comment', async () => {
    const rules = Array.from({ length: 400 }, (_, at) => ({ issue: `${at} ${'i'.repeat(150)}`, error: `^${at}$` }));
    file('many.json', rules);
    file('none.json', []);
    file('many.jsonl', jsonLines(rules.map((_, at) => ({ test: 't'.repeat(190), error: `${at}` }))));
    const { stdout } = await run(['replay', 'many.json', '-a', 'none.json', 'many.jsonl', '--markdown']);
    assert.ok(stdout.length > 20_000 && stdout.length < 65_536, `${stdout.length}`);
    assert.match(stdout, /… and \d+ more/);
  });

  for (const [args, message] of [
    [['replay'], 'which list? write known-failures replay RULES --against OLD FAILURES…'],
    [['replay', 'new.json', 'past.jsonl'], 'which list is the old one? write --against OLD'],
    [['replay', 'new.json', '-a', 'old.json'], 'which failures? write known-failures replay RULES --against OLD FAILURES…'],
    [['replay', '-', '-a', '-', 'past.jsonl'], 'standard input, -, can be only one of RULES, OLD and FAILURES'],
    [[...replay, 'past.jsonl', '--samples', '1x'], '--samples cannot be "1x"; write a number from 0 to 100'],
    [[...replay, 'past.jsonl', '--json', '--markdown'], '--markdown and --json both want standard output; choose one'],
    [['stats'], 'which run reports? write known-failures stats REPORTS…, files or folders'],
    [['stats', 'runs', '--last', '0'], '--last cannot be "0"; write a number of at least 1'],
  ]) {
    test(`${args.join(' ')} is refused`, async () => {
      const { status, stdout, stderr } = await run(args);
      assert.deepEqual([status, stdout, stderr], [2, '', `known-failures: ${message}\n`]);
    });
  }
});

/** A run report of failures: the issue of each, null for an unknown one. */
async function reportOf(day, issues, { rules, passed = 0 }) {
  const recorder = createRecorder({ title: 'Shop', rules: async () => rules });
  for (const [index, issue] of issues.entries()) {
    recorder.startTest({ id: `${index}`, suites: [], title: `fails ${index}` });
    await recorder.endTest({ id: `${index}`, status: 'failed', errors: [issue === null ? 'unknown' : `of ${issue}.`] });
  }
  for (let index = 0; index < passed; index++) {
    recorder.startTest({ id: `p${index}`, suites: [], title: 'passes' });
    await recorder.endTest({ id: `p${index}`, status: 'passed' });
  }
  return { ...(await recorder.endRun()), startedAt: `2026-03-0${day}T10:00:00.000Z` };
}

describe('stats', () => {
  const list = [
    { issue: 'SHOP-1432', id: 'payment-timeout', error: 'of SHOP-1432\\.' },
    { issue: 'GRID-88', error: 'of GRID-88\\.' },
    { issue: 'INFRA-207', id: 'dns', error: 'of INFRA-207\\.' },
  ];
  const runs = [
    [1, ['GRID-88', 'SHOP-1432', null]],
    [2, ['GRID-88']],
    [3, ['SHOP-1432']],
    [4, ['SHOP-1432', 'SHOP-1432', 'SHOP-1432']],
  ];
  const written = (async () => {
    file('list.json', `[\n${list.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n')}\n]\n`);
    for (const [day, issues] of runs) {
      const report = JSON.stringify(await reportOf(day, issues, { rules: list, passed: day === 4 ? 0 : 2 }));
      // names in another order than the runs
      file(`runs/${9 - day}.json${day === 2 ? '.gz' : ''}`, day === 2 ? gzipSync(report) : report);
    }
  })();

  test('counts runs, issues and rules, in the order of time', async () => {
    await written;
    const { runs: all, window, issues, rules, unused } = await runJson(['stats', 'runs', '--last', '2']);
    assert.deepEqual(all, {
      ...{ count: 4, first: '2026-03-01T10:00:00.000Z', last: '2026-03-04T10:00:00.000Z' },
      ...{ tests: 14, broken: 7, failed: 1 },
    });
    assert.deepEqual(window, { runs: 2, trendRuns: 2 });
    assert.deepEqual(
      issues.map(({ issue, tests, runs: count, trend, grows }) => [issue, tests, count, trend, grows]),
      [
        ['SHOP-1432', 5, 3, { earlier: 0.5, recent: 2 }, true],
        ['GRID-88', 2, 2, { earlier: 1, recent: 0 }, false],
      ],
    );
    assert.deepEqual(
      rules.map(({ id, failures, lastSeen }) => [id, failures, lastSeen.slice(0, 10)]),
      [
        ['payment-timeout', 5, '2026-03-04'],
        [null, 2, '2026-03-02'],
      ],
    );
    assert.deepEqual(
      unused.map(({ issue, lastSeen }) => [issue, lastSeen.slice(0, 10)]),
      [['GRID-88', '2026-03-02']],
    );
  });

  test('of a list: rules that never matched, but not those that are not in force', async () => {
    await written;
    const out = [
      { issue: 'OFF', error: 'x', enabled: false },
      { issue: 'PAST', error: 'x', expires: '2020-01-01' },
      { issue: 'BAD', error: '(' },
    ];
    file('longer.json', [...out, ...list]);
    const { unused } = await runJson(['stats', 'runs', '--rules', 'longer.json', '--last', '2']);
    // GRID-88 has no id, and another place now
    assert.deepEqual(
      unused.map(({ issue, place, lastSeen }) => [issue, place, lastSeen?.slice(0, 10) ?? null]),
      [
        ['INFRA-207', 'longer.json:1', null],
        ['GRID-88', 'longer.json:1', '2026-03-02'],
      ],
    );
    const wide = await runJson(['stats', 'runs', '--rules', 'longer.json', '--last', '3']);
    assert.deepEqual(
      wide.unused.map(({ issue }) => issue),
      ['INFRA-207'],
    );
  });

  test('one run has no trend', async () => {
    await written;
    const { stdout } = await run(['stats', 'runs/8.json']);
    assert.match(stdout, /^1 run, 2026-03-01: 2 known and 1 unknown failures in 5 tests\n/);
    assert.ok(!stdout.includes('grows'));
    assert.match(stdout, /^Every rule matched in the last run$/m);
  });

  test('what is no run report is skipped in a folder, and an error by its name', async () => {
    await written;
    file('mixed/other.json', '{}');
    file('mixed/run.json', readFileSync(join(folder, 'runs/8.json')));
    const { status, stdout, stderr } = await run(['stats', 'mixed']);
    assert.deepEqual([status, stdout.slice(0, 6)], [0, '1 run,']);
    assert.match(stderr, /^known-failures: mixed.other\.json: a run report has .*; skipped\n$/);
    assert.equal((await run(['stats', 'mixed/other.json'])).status, 3);
  });

  test('docs/cli.md shows what replay and stats print', async () => {
    await written;
    const page = readFileSync(new URL('../docs/cli.md', import.meta.url), 'utf8');
    const sessions = [...page.matchAll(/```console\n([\s\S]*?)```/g)].map(([, session]) => session);
    const steps = sessions
      .flatMap((session) => session.split(/^\$ known-failures /m).slice(1))
      .filter((step) => /^(?:replay|stats) /.test(step));
    assert.equal(steps.length, 2);
    for (const step of steps) {
      const [line, ...printed] = step.split('\n');
      const { stdout, stderr } = await run(line.split(' '));
      assert.deepEqual([stdout, stderr], [printed.join('\n'), ''], line);
    }
  });
});

describe('a progress bar', () => {
  function draw(stream, steps) {
    let now = 0;
    const bar = new ProgressBar('failures', { stream, now: () => now });
    for (const [at, count, fraction] of steps) {
      now = at;
      bar.update(count, fraction);
    }
    bar.end();
  }

  test('is drawn on a terminal, now and then, and removed', () => {
    const written = [];
    draw({ isTTY: true, write: (text) => written.push(text) }, [
      [100, 10, 0.1],
      [1000, 1500, 0.5],
      [1100, 2000, 0.6],
      [2000, 4_000_000, null],
    ]);
    assert.deepEqual(written, [
      '\r\u001b[K████████████░░░░░░░░░░░░  50 % 1,500 failures, 1,500/s',
      '\r\u001b[K4,000,000 failures, 2,000,000/s',
      '\r\u001b[K',
    ]);
  });

  test('is nothing anywhere else', () => {
    draw({ isTTY: false, write: assert.fail }, [[1000, 1500, 0.5]]);
  });
});
