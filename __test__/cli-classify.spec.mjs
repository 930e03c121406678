// `known-failures classify`: a line for each line, in order, whatever the lines are.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { classifyAll, loadRules } from 'known-failures';
import { Random } from '../scripts/lib/random.mjs';
import { run as runIn, sessionOf, specFolder, start } from './cli-program.mjs';

const { answerLines } = createRequire(import.meta.url)('../lib/cli/json-lines/answer.js');

const RULES = [
  { issue: 'SHOP-1', error: 'Timeout of \\d+ms', test: '^Cart › ' },
  { issue: 'SHOP-2', error: 'Gerät .* weg' },
  { issue: 'SHOP-3', error: '^💥$' },
];
const folder = specFolder('classify');
folder.file('rules.json', JSON.stringify(RULES));
const run = (args, options) => runIn(['classify', ...args], { cwd: folder.path, ...options });

const lines = (text) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** What comes of each line: an issue, the reason why there is none, or what is wrong with the line. */
const briefly = (answers) => answers.map(({ issue, reason, message }) => issue ?? reason ?? message);

describe('a line gives', () => {
  for (const [line, expected] of [
    ['{"test":"Cart › pays","error":"Timeout of 5ms"}', 'SHOP-1'],
    ['{"test":["Cart","pays"],"error":"Timeout of 5ms"}', 'SHOP-1'],
    ['{"test":"Cart \\u203a pays","error":"Timeout of 5ms"}', 'SHOP-1'],
    ['{"test":"Other","error":"Timeout of 5ms"}', 'no-match'],
    ['{"error":"Gerät 7 weg"}', 'SHOP-2'],
    ['{"error":"Ger\\u00e4t ä weg"}', 'SHOP-2'],
    ['{"error":"💥"}', 'SHOP-3'],
    ['{"error":"\\ud83d\\udca5"}', 'SHOP-3'],
    ['{"error":"\\ud83d"}', 'no-match'],
    ['{"error":{"name":"Error","message":"Gerät ist weg","stack":"    at f (a.js:1:1)"}}', 'SHOP-2'],
    ['{"test":"Cart › ä","error":[{"message":"x"},"Timeout of 7ms"]}', 'SHOP-1'],
    ['{"test":null,"error":null}', 'no-error'],
    ['  {"error":"x", "other": 1}\t\r', 'no-match'],
    ['{"__proto__":{"error":"Gerät ist weg"},"error":"x"}', 'no-match'],
    ['', 'is empty'],
    ['   ', 'is empty'],
    ['{"test":"ä"}', 'has no key "error"; a failed test without an error has "error": null'],
    ['{"toString":1}', 'has no key "error"; a failed test without an error has "error": null'],
    ['"ä"', 'must be an object { "test": …, "error": … }, but is a string'],
    ['[{"error":"x"}]', 'must be an object { "test": …, "error": … }, but is an array'],
    ['null', 'must be an object { "test": …, "error": … }, but is null'],
    ['7', 'must be an object { "test": …, "error": … }, but is a number'],
    // what the message shows of it is decoded
    ['ä', /^is no JSON: .*ä/],
    ['{"error":"x"} {"error":"y"}', /^is no JSON: /],
    [`${'['.repeat(100_000)}`, /^is no JSON: /],
  ]) {
    test(`${line.slice(0, 60)}: ${expected}`, async () => {
      await loadRules(RULES);
      let text = '';
      const counts = await answerLines([Buffer.from(`${line}\n{"error":"Gerät 1 weg"}`)], (more) => (text += more), {
        maxLineBytes: 1e6,
      });
      const [answer, next] = lines(text);
      const [brief] = briefly([answer]);
      if (typeof expected === 'string') assert.equal(brief, expected);
      else assert.match(brief, expected);
      assert.equal(next.issue, 'SHOP-2');
      assert.equal(counts.lines, 2);
      if (answer.status === 'Invalid') assert.deepEqual([answer.line, counts.invalid, counts.firstInvalid], [1, 1, 1]);
    });
  }

  test('U+FFFD for bytes that are no UTF-8', async () => {
    const stdin = Buffer.concat([Buffer.from('{"error":"Ger'), Buffer.from([0xff, 0xc3]), Buffer.from('t ist weg"}\n')]);
    folder.file('replaced.json', '[{"issue":"A","error":"Ger\\ufffd\\ufffdt"}]');
    const { status, stdout } = await run(['replaced.json'], { stdin });
    assert.deepEqual([status, briefly(lines(stdout))], [0, ['A']]);
  });
});

test('the program answers a file and standard input, and ends with 1 if lines are wrong', async () => {
  const stdin = '{"test":"Cart › a","error":"Timeout of 1ms"}\n\n{"error":"x"}\nnope\n{"error":"Gerät 1 weg"}';
  const expected = ['SHOP-1', 'is empty', 'no-match', 'is no JSON', 'SHOP-2'];
  folder.file('failures.jsonl', stdin);
  for (const [args, options, name] of [
    [['rules.json'], { stdin }, 'standard input'],
    [['rules.json', '-'], { stdin }, 'standard input'],
    [['rules.json', 'failures.jsonl'], {}, 'failures.jsonl'],
    [['-', 'failures.jsonl'], { stdin: JSON.stringify(RULES) }, 'failures.jsonl'],
  ]) {
    const { status, stdout, stderr } = await run(args, options);
    const brief = briefly(lines(stdout)).map((text) => text.replace(/^(is no JSON): .*/, '$1'));
    assert.deepEqual(
      [status, brief, stderr],
      [1, expected, `known-failures: ${name}: 2 of 5 lines are no failures, the first is line 2\n`],
    );
    assert.deepEqual(
      lines(stdout).map(({ line }) => line),
      [undefined, 2, undefined, 4, undefined],
    );
  }
});

test('answers are the verdicts of classifyAll, however the bytes are cut', async () => {
  const seed = process.env.SEED ?? `${Date.now()}`;
  console.log(`seed ${seed}`);
  const random = new Random(`classify ${seed}`);
  const report = await loadRules(RULES);
  const maxLineBytes = 300;
  for (let round = 0; round < 200; round++) {
    const given = Array.from({ length: random.int(1, 40) }, () => drawLine(random));
    // what ends with a line feed has no line after it
    while (given.at(-1)?.line === '') given.pop();
    const end = given.length > 0 && random.chance(0.5) ? '\n' : '';
    const bytes = Buffer.from(given.map(({ line }) => line).join('\n') + end);
    const chunks = [];
    for (let at = 0; at < bytes.length; ) {
      const length = random.int(1, random.chance(0.5) ? 20 : 2000);
      chunks.push(bytes.subarray(at, at + length));
      at += length;
    }
    let text = '';
    await answerLines(chunks, (more) => (text += more), { maxLineBytes });
    const items = given.flatMap(({ item }) => item ?? []);
    const verdicts = await classifyAll(items);
    const answers = given.map(({ item, line }, index) =>
      Buffer.byteLength(line) > maxLineBytes ? `${index + 1} is too long` : item ? verdicts.shift() : index + 1,
    );
    const got = lines(text).map((answer) => {
      if (answer.status !== 'Invalid') return answer;
      return answer.message === 'is too long' ? `${answer.line} is too long` : answer.line;
    });
    assert.deepEqual(got, answers, `seed ${seed}, round ${round}`);
  }
  assert.equal(report.active, 3);
});

function drawLine(random) {
  const parts = ['Cart › ', 'Timeout of 5ms', 'Gerät 1 weg', '💥', 'é', '\\', '"', '\n', ' at f (x.js:1:1)', '\ud83d'];
  const draw = () => Array.from({ length: random.int(0, 8) }, () => random.pick(parts)).join('');
  const kind = random.int(0, 9);
  if (kind === 0) return { line: random.pick(['', '{', 'é', '[]', '{"test":"x"}', 'null']) };
  // too long for the limit, with an end that would be a line of its own
  if (kind === 1) return { line: `{"error":"${'é'.repeat(200)}"}` };
  const error = kind === 2 ? { message: draw() } : kind === 3 ? null : draw();
  const item = { test: draw(), error };
  const json = JSON.stringify(item);
  // escapes as Python writes them
  const line = random.chance(0.3)
    ? json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
  return Buffer.byteLength(line) > 300 ? { line } : { line, item };
}

test('a line that comes alone is answered before the next one comes', async () => {
  const child = start(['classify', 'rules.json'], { cwd: folder.path });
  const answers = createInterface({ input: child.stdout });
  for (const [error, issue] of [
    ['Gerät 1 weg', 'SHOP-2'],
    ['x', null],
    ['💥', 'SHOP-3'],
  ]) {
    child.stdin.write(`${JSON.stringify({ error })}\n`);
    const [answer] = await once(answers, 'line');
    assert.equal(JSON.parse(answer).issue, issue);
  }
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('no more is read than a few batches while nobody takes the answers', async () => {
  await loadRules(RULES);
  let read = 0;
  async function* source() {
    for (; read < 1000; read++) yield Buffer.from('{"error":"x"}\n');
  }
  let take;
  const taken = new Promise((resolve) => {
    take = resolve;
  });
  let written = 0;
  const done = answerLines(source(), () => void written++ || taken, { maxLineBytes: 100 });
  while (written === 0) await turn();
  for (let n = 0; n < 100; n++) await turn();
  assert.ok(read < 20, `${read} chunks are read`);
  take();
  assert.equal((await done).lines, 1000);
});

test('what cannot be written, or read, ends it', async () => {
  const chunk = Buffer.from('{"error":"x"}\n');
  const gone = new Error('gone');
  const many = Array.from({ length: 100 }, () => chunk);
  await assert.rejects(
    answerLines(many, () => Promise.reject(gone), { maxLineBytes: 100 }),
    gone,
  );
  async function* broken() {
    yield chunk;
    throw gone;
  }
  await assert.rejects(
    answerLines(broken(), () => {}, { maxLineBytes: 100 }),
    gone,
  );
  const stopped = AbortSignal.abort(gone);
  await assert.rejects(
    answerLines(many, () => {}, { maxLineBytes: 100, signal: stopped }),
    gone,
  );
});

test('is quiet when its reader has seen enough', async () => {
  const { status, stderr } = await run(['rules.json'], { stdin: '{"error":"x"}\n'.repeat(50_000), until: 10 });
  assert.deepEqual([status, stderr], [0, '']);
});

describe('what is wrong with the command line or a file', () => {
  folder.file('bad.json', '[{"issue":"A","error":"("}]');
  folder.file('half.json', '[{"issue":"A","error":"("},{"issue":"B","error":"x"}]');
  for (const [args, status, message] of [
    [[], 2, 'which rules? write known-failures classify RULES < FAILURES'],
    [['-'], 2, 'both rules and failures want standard input; name a file for one of them'],
    [['a', 'b', 'c'], 2, 'one file of failures, but c follows; write cat FILES | known-failures classify'],
    [['missing.json'], 3, 'missing.json: no such file or folder'],
    [['rules.json', 'missing.jsonl'], 3, 'missing.jsonl: no such file or folder'],
    [['rules.json', '.'], 3, '.: is a folder; name a file'],
    [['bad.json'], 3, /^bad\.json: /],
    [['half.json'], 0, 'half.json: 1 of 2 rules were refused; known-failures lint shows them'],
  ]) {
    test(args.join(' ') || '(nothing)', async () => {
      const failed = await run(args);
      assert.deepEqual([failed.status, failed.stdout], [status, '']);
      const said = failed.stderr.replace(/^known-failures: (.*)\n$/, '$1');
      if (typeof message === 'string') assert.equal(said, message);
      else assert.match(said, message);
    });
  }
});

test('docs/cli.md shows what the program prints', async () => {
  const docs = specFolder('classify-docs');
  const steps = sessionOf('docs/cli.md', 'classify');
  for (const { typed, printed } of steps) {
    const [program, ...args] = typed.split(' ');
    if (program === 'cat') docs.file(args[0], printed);
    else {
      const { stdout, stderr } = await runIn(args, { cwd: docs.path });
      assert.equal(stdout + stderr, printed);
    }
  }
  assert.equal(steps.length, 3);
});
