// `stackFrames: 'strip'`: lines that are V8 stack frames are not matched, and offsets are in the text that was.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, errorText } from '../index.js';
import { ANYTHING, assertRejects, load } from './support.mjs';

const FRAMES = [
  '    at f (/srv/tests/login.spec.js:10:5)',
  '    at async Grid › session deleted behind our back (file:///srv/grid.mjs:1:2)',
  '    at new Promise (<anonymous>)',
  '    at async Promise.all (index 0)',
].join('\n');

test('frames are matched unless they are to be stripped', async () => {
  const error = `Error: hub\n${FRAMES}\nCaused by:\nError: tab\n${FRAMES}`;
  const rules = [
    { issue: 'FALSE', error: 'login|session deleted' },
    { issue: 'HUB', error: '^Error: tab$', flags: 'm' },
  ];
  for (const options of [undefined, { stackFrames: 'keep' }, { stackFrames: null }]) {
    await load(rules, options);
    assert.equal((await classify('', error)).issue, 'FALSE');
    assert.equal(errorText(error), error);
  }
  await load(rules, { stackFrames: 'strip' });
  const text = 'Error: hub\nCaused by:\nError: tab\n';
  assert.equal(errorText(error), text);
  const { issue, match } = await classify('', error);
  assert.equal(issue, 'HUB');
  assert.deepEqual(match, { start: text.indexOf('Error: tab'), end: text.length - 1, text: 'Error: tab' });
});

test('a frame in colours is one, unless colours are kept', async () => {
  const error = 'Error: ü\n\u001b[2m    at f (a.js:1:2)\u001b[22m\nend';
  await load([{ issue: 'any', error: ANYTHING }], { stackFrames: 'strip' });
  assert.equal((await classify('', error)).match.text, 'Error: ü\nend');
  assert.equal(errorText(error), 'Error: ü\nend');
  await load([{ issue: 'any', error: ANYTHING }], { stackFrames: 'strip', ansi: 'keep' });
  assert.equal((await classify('', error)).match.text, error);
});

test('the stack of a real error is stripped whole', async () => {
  await load([{ issue: 'any', error: ANYTHING }], { stackFrames: 'strip' });
  const error = new TypeError('boom', { cause: new Error('bang') });
  assert.equal(errorText(error), 'TypeError: boom\nCaused by:\nError: bang\n');
  const [first] = await Promise.all([Promise.reject(new RangeError('async'))]).catch((thrown) => [thrown]);
  assert.equal(errorText(first), 'RangeError: async\n');
});

test('the version tells lists apart that are loaded with other options', async () => {
  const hashes = new Set();
  for (const ansi of ['strip', 'keep']) {
    for (const stackFrames of ['strip', 'keep']) {
      const { version } = await load([{ issue: 'any', error: ANYTHING }], { ansi, stackFrames });
      hashes.add(version.split('-')[1]);
    }
  }
  assert.equal(hashes.size, 4);
});

test('other values are refused', async () => {
  const message = "options.stackFrames must be 'strip' or 'keep', but is 'Strip'";
  await assertRejects(load([], { stackFrames: 'Strip' }), TypeError, 'ERR_INVALID_ARG', message);
  await assertRejects(load([], { stackFrames: true }), TypeError, 'ERR_INVALID_ARG', /'strip' or 'keep', but is a boolean/);
});
