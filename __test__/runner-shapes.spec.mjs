// What hooks of runners hand over, replayed without the runners: recordings of `npm run test:runners -- --record`, and shapes made by
// hand. Each is judged as it was in the hook; none of the texts is that of an object which was not read.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { classify, errorText, loadRules } from '../index.js';
import suite from './runners/bodies.cjs';
import { hooks } from './runners/hooks.mjs';
import recorder from './runners/record.cjs';
import { firstLineOf, readRecordings } from './runners/recordings.mjs';
import rules from './runners/rules.cjs';
import shape from './runners/shape.cjs';
import { shapes } from './runners/shapes/index.mjs';
import { judgeHook } from './runners/table.mjs';

/** What has no text but that of an object, or of nothing. */
const SAYS_NOTHING = /\[object \w+\]|\[unreadable error\]|^(?:\{\}|Error|)$/;

before(() => loadRules(rules, { strict: true }));

describe('recordings of real runners', () => {
  const recordings = readRecordings();

  test('there is one of each hook', () => {
    assert.equal(recordings.length, hooks.length);
  });

  for (const [hook, records] of recordings) {
    test(hook, async (t) => {
      for (const record of records) {
        await t.test(record.title, async () => {
          const error = shape.buildShape(record.shape);
          const text = errorText(error);
          const { issue } = await classify(record.name, error);
          assert.equal(issue, record.issue, text);
          assert.equal(firstLineOf(text), stripVTControlCharacters(record.firstLine));
          // an error goes through the JSON of Jest's workers without message and stack: all that is left is an empty object
          if (hook !== 'jest-workers-failuredetails') assert.doesNotMatch(text, SAYS_NOTHING);
        });
      }
    });
  }
});

describe('shapes of runners that are not installed', () => {
  for (const hook of shapes) {
    test(hook.hook, async () => {
      const records = [];
      for (const [title, name, error] of hook.failures) records.push(await recorder.judge(hook.hook, name, error, title));
      assert.deepEqual(judgeHook(hook, records).faults, []);
      for (const { text } of records) assert.doesNotMatch(text, SAYS_NOTHING);
    });
  }
});

describe('what the suites rely on', () => {
  test('titles are short and differ, so that none is within another', () => {
    const titles = suite.all.map(([title]) => title);
    assert.equal(new Set(titles).size, titles.length);
    for (const title of titles) assert.match(title, /^[abc]\d\d$/);
  });

  test('a failure that is not recognised, or as another, is a fault', () => {
    const hook = { hook: 'hook', lost: { a07: 'no cause' }, measured: [4, 0, 4] };
    const { faults, ...counts } = judgeHook(hook, [
      { title: 'a02', issue: 'BACKEND' },
      { title: 'a04', issue: null },
      { title: 'a05', issue: 'NOTHING' },
      { title: 'a07', issue: 'CAUSE' },
    ]);
    assert.deepEqual(counts, { failures: 4, due: 3, right: 2, nothing: 1 });
    assert.deepEqual(
      faults.map((fault) => fault.replace(/, of the text.*/, '')),
      [
        'hook, a04: null instead of TYPE',
        'hook, a05: NOTHING instead of ASSERTION',
        'hook, a07: CAUSE instead of null',
        'hook: 2 of 4, a smaller share than the 4 of 4 of the prototype',
      ],
    );
  });

  test('a shape that was described and made again has the same shape', () => {
    for (const [, records] of readRecordings()) {
      for (const record of records)
        assert.deepEqual(shape.describeShape(shape.buildShape(record.shape)), record.shape, record.title);
    }
  });
});
