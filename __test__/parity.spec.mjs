// The differential test, briefly, and the tool behind it: that it finds what is wrong, shows it small, and survives judges that die.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Blame } from '../conformance/parity/blame.mjs';
import { startV8 } from '../conformance/parity/engines.mjs';
import { encodeRequests, encodeResponse, FrameReader, Outcome } from '../conformance/parity/frames.mjs';
import { generatePattern } from '../conformance/parity/grammar.mjs';
import { newerSyntax } from '../conformance/parity/newer-syntax.mjs';
import { OracleClient } from '../conformance/parity/oracle-client.mjs';
import { shrink } from '../conformance/parity/shrink.mjs';
import { textsFor } from '../conformance/parity/texts.mjs';
import { FAULTS } from '../conformance/parity/v8-faults.mjs';
import { Random } from '../scripts/lib/random.mjs';

const FOLDER = new URL('../conformance/parity/', import.meta.url);
const MAIN = fileURLToPath(new URL('main.mjs', FOLDER));

/** Runs the tool; gives its exit code and what it printed. */
async function parity(...args) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, output };
}

/** An oracle that is V8 with `sabotage(request, response)` done to its answers, as a file. */
function sabotaged(sabotage) {
  const at = (name) => JSON.stringify(new URL(name, FOLDER).href);
  return `
    import { encodeResponse, FrameReader } from ${at('frames.mjs')};
    import { startV8 } from ${at('engines.mjs')};
    const v8 = startV8();
    const reader = new FrameReader();
    const sabotage = ${sabotage};
    process.stdin.on('data', async (chunk) => {
      reader.push(chunk);
      const requests = [];
      for (let next = reader.readRequest(); next; next = reader.readRequest()) requests.push(next);
      const responses = await v8.judgeAll(requests);
      process.stdout.write(Buffer.concat(responses.map((response, at) => {
        sabotage(requests[at], response);
        return encodeResponse(response);
      })));
    });
    process.stdin.on('end', () => v8.close());`;
}

describe('parity', () => {
  test('20,000 pairs through the engine, none in disagreement', async () => {
    const { code, output } = await parity('--pairs', '20000', '--seed', '20250');
    assert.equal(code, 0, output);
    assert.match(output, /seed 20250/);
    assert.match(output, /no disagreement/);
  });

  test('2,000 pairs through the public surface, none in disagreement', async () => {
    const { code, output } = await parity('--pairs', '2000', '--seed', '20251', '--surface');
    assert.equal(code, 0, output);
  });

  test('a bad option is refused', async () => {
    const { code, output } = await parity('--pairs', 'many');
    assert.equal(code, 2);
    assert.match(output, /--pairs must be an integer/);
  });
});

describe('an engine with a fault', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parity-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function run(sabotage, ...args) {
    const engine = join(folder, `${Math.random()}.mjs`);
    await writeFile(engine, sabotaged(sabotage));
    return parity('--pairs', '4000', '--seed', '3', '--engine', engine, ...args);
  }

  test('a wrong span is found and shown small', async () => {
    const { code, output } = await run(`({ pattern }, { results }) => {
      for (const [found] of results ?? []) if (pattern.includes('(?<=') && found.outcome === ${Outcome.match}) found.end++;
    }`);
    assert.equal(code, 1, output);
    assert.match(output, /span \(exact\): new RegExp\("\(\?<=\)[^"]{0,3}", ""\)\.exec\(""\)/);
    assert.match(output, /from: --seed 3 --from \d+/);
  });

  test('a pattern refused for nothing is found', async () => {
    const { code, output } = await run(`({ pattern }, response) => {
      if (pattern.includes('\\\\b')) response.refused = { kind: 0, offset: 0, message: 'no' };
    }`);
    assert.equal(code, 1, output);
    assert.match(output, /acceptance: new RegExp\("\\\\b", ""\)\n {4}V8: {3}accepted\n {4}ours: refused: no/);
  });

  test('an engine that dies is named with the pattern it died of', async () => {
    const { code, output } = await run(
      "({ pattern }) => pattern.includes('[^') && process.exit(3)",
      '--pairs',
      '160',
      '--show',
      '1',
    );
    assert.equal(code, 1, output);
    assert.match(output, /died: new RegExp\("\[\^[^"]{0,3}", ""\)/);
  });
});

describe('whose fault it is', () => {
  // an engine that finds nothing, where V8 finds a match
  const ours = { judge: async () => ({ engines: 1, results: [[{ outcome: Outcome.noMatch, start: 0, end: 0 }]] }) };
  const at = (words) => FAULTS.findIndex(({ name }) => name.startsWith(words));
  const found = { kind: 'match', engine: 'exact', v8: 'match 0..1' };
  const listed = { pattern: '[a--b]', flags: 'iv', text: 'a' };
  const unlisted = { pattern: 'a', flags: 'i', text: 'a' };

  async function blamed(question, options) {
    const blame = new Blame({ ours, faults: [at('operands of sets')], ...options });
    const fault = await question(blame);
    await blame.close();
    return fault;
  }

  test("a fault of the list is V8's if nobody else is asked", async () => {
    const fault = await blamed((blame) => blame.listedFault(found, listed));
    assert.deepEqual(fault, { name: 'operands of sets are not folded under iv', jsc: undefined });
    assert.equal(await blamed((blame) => blame.listedFault(found, unlisted)), undefined);
  });

  test('it is not if the second engine sides with V8', async () => {
    // V8 itself in the place of the second engine
    assert.equal(await blamed((blame) => blame.listedFault(found, listed), { bun: process.execPath }), undefined);
  });

  test('a broad fault has to be confirmed', async () => {
    const modified = { pattern: '(?i:a)', flags: '', text: 'a' };
    const faults = [at('an i modifier')];
    assert.equal(await blamed((blame) => blame.listedFault(found, modified), { faults }), undefined);
  });

  test('it is not the optimiser that all modes of V8 contradict the engine', async () => {
    assert.equal(await blamed((blame) => blame.optimiserFault({ ...found, original: listed })), undefined);
  });
});

describe('judges as processes', () => {
  test('V8 backtracking for ever costs its own pair only', async () => {
    const v8 = startV8({ pairMs: 100 });
    const texts = [`${'a'.repeat(40)}!`];
    const requests = ['a', '(?:a|a)*$', 'b'].map((pattern) => ({ pattern, flags: '', texts }));
    const answers = await v8.judgeAll(requests);
    await v8.close();
    assert.deepEqual(
      answers.map(({ results }) => results[0][0].outcome),
      [Outcome.match, Outcome.tooSlow, Outcome.noMatch],
    );
  });

  test('one that dies is started anew, and what killed it is known', async () => {
    const dying = `process.stdin.on('data', (chunk) => chunk.includes('x\\0') ? process.exit(1) : process.stdout.write(Buffer.from([0, 1].concat(Array(9).fill(0)))))`;
    const client = new OracleClient(process.execPath, ['-e', dying]);
    const answers = [];
    for (const pattern of ['a', 'x', 'b']) answers.push(await client.judge({ pattern, flags: '', texts: [''] }));
    await client.close();
    assert.equal(answers[0].engines, 1);
    assert.equal(answers[1].failed.how, 'died');
  });

  test('one that says nothing is given up', async () => {
    const client = new OracleClient(process.execPath, ['-e', 'process.stdin.resume()'], { stallMs: 300 });
    const answer = await client.judge({ pattern: 'a', flags: '', texts: [] });
    await client.close();
    assert.equal(answer.failed.how, 'stalled');
  });
});

describe('frames', () => {
  test('lone surrogates, NUL and empty strings survive, however the pipe cuts them', () => {
    const requests = [
      { pattern: '\ud83d', flags: '', texts: ['\ude00', '', '\0', '😀'] },
      { pattern: '', flags: 'ſ', texts: [] },
    ];
    const bytes = encodeRequests(requests);
    for (const piece of [1, 3, bytes.length]) {
      const reader = new FrameReader();
      const read = [];
      for (let at = 0; at < bytes.length; at += piece) {
        reader.push(bytes.subarray(at, at + piece));
        for (let next = reader.readRequest(); next; next = reader.readRequest()) read.push(next);
      }
      assert.deepEqual(read, requests);
    }
  });

  test('responses survive', () => {
    const responses = [
      {
        engines: 2,
        results: [
          [
            { outcome: 1, start: 2, end: 0xffff_ffff },
            { outcome: 3, start: 0, end: 0 },
          ],
        ],
      },
      { refused: { kind: 1, offset: 7, message: 'ü' } },
    ];
    const reader = new FrameReader();
    reader.push(Buffer.concat(responses.map(encodeResponse)));
    assert.deepEqual([reader.readResponse(1), reader.readResponse(1)], responses);
    assert.equal(reader.readResponse(1), undefined);
  });
});

describe('the generator', () => {
  const made = (seed, index) => {
    const random = Random.at(seed, index);
    const { pattern, flags, tree, palette, loops } = generatePattern(random);
    return { pattern, flags, texts: textsFor(random, { tree, palette, flags, loops }, 4) };
  };

  test('gives the same for the same seed and index, and something else for others', () => {
    assert.deepEqual(made(7, 42), made(7, 42));
    assert.notDeepEqual(made(7, 42), made(8, 42));
    assert.notDeepEqual(made(7, 42), made(7, 43));
  });

  test('makes patterns of which most are legal and every piece of syntax occurs', () => {
    const sample = Array.from({ length: 4000 }, (_, index) => made(1, index));
    const legal = sample.filter(({ pattern, flags }) => {
      try {
        return new RegExp(pattern, flags);
      } catch {
        return false;
      }
    });
    assert.ok(legal.length > 0.85 * sample.length && legal.length < 0.98 * sample.length, `${legal.length} legal`);
    const pieces = [
      '(?=',
      '(?!',
      '(?<=',
      '(?<!',
      '(?:',
      '(?<',
      '\\k<',
      '\\1',
      '\\b',
      '\\B',
      '^',
      '$',
      '[^',
      '\\p{',
      '\\P{',
      '\\q{',
      '&&',
      '--',
      '*?',
      '{2,}',
      '\\c',
      '\\u{',
      '(?i',
    ];
    for (const piece of pieces)
      assert.ok(
        sample.some(({ pattern }) => pattern.includes(piece)),
        `${piece} never occurs`,
      );
    for (const flag of 'dgimsuvy')
      assert.ok(
        sample.some(({ flags }) => flags.includes(flag)),
        `flag ${flag} never occurs`,
      );
  });
});

describe('newer syntax', () => {
  for (const [source, expected] of [
    ['(?i:a)', { uses: true, legal: true, rewritten: '(?:a)' }],
    ['(?i-ms:a)', { uses: true, legal: true, rewritten: '(?:a)' }],
    ['(?-:a)', { uses: false, legal: true, rewritten: '(?-:a)' }],
    ['(?ii:a)', { uses: false, legal: true, rewritten: '(?ii:a)' }],
    ['[(?i:a]', { uses: false, legal: true, rewritten: '[(?i:a]' }],
    ['\\(?i:a', { uses: false, legal: true, rewritten: '\\(?i:a' }],
    ['(?<a>x)|(?<a>y)', { uses: true, legal: true, rewritten: '(?<a>x)|(?<a$again1>y)' }],
    ['(?<a>x)(?<a>y)', { uses: true, legal: false, rewritten: '(?<a>x)(?<a$again1>y)' }],
    ['(?:(?<a>x)|z)(?<a>y)', { uses: true, legal: false, rewritten: '(?:(?<a>x)|z)(?<a$again1>y)' }],
    ['(?:(?<a>x)|(?<\\u0061>y))', { uses: true, legal: true, rewritten: '(?:(?<a>x)|(?<\\u0061$again1>y))' }],
    ['(?<=a)(?<!b)', { uses: false, legal: true, rewritten: '(?<=a)(?<!b)' }],
  ]) {
    test(source, () => assert.deepEqual(newerSyntax(source, false), expected));
  }
});

test('shrinking leaves what it takes to disagree', async () => {
  const found = { pattern: '(?:x|y)+(a[bc]*)\\b(?=d)z', flags: 'gimu', text: 'some long text with a Q in it' };
  const small = await shrink(found, async ({ pattern, flags, text }) => {
    return pattern.includes('a[') && flags.includes('i') && text.includes('Q');
  });
  assert.deepEqual(small, { pattern: 'a[', flags: 'i', text: 'Q' });
});
