// `errorText`: the text of whatever a runner hands over, and that `classify` and `classifyAll` match that very text.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { classify, classifyAll, errorText } from '../index.js';
import limits from '../lib/api/limits.js';
import * as cases from './error-texts.mjs';
import { ANYTHING, assertText, load } from './support.mjs';

for (const [kind, table] of Object.entries(cases)) {
  test(`error texts: ${kind.toLowerCase()}`, async (t) => {
    await load([{ issue: 'any', error: ANYTHING }], { ansi: 'keep' });
    for (const [what, make, text] of table) {
      await t.test(what, async () => {
        const error = make();
        const expected = typeof text === 'function' ? text(error) : text;
        assert.equal(errorText(error), expected);
        assert.equal(errorText(error), expected, 'the same again');
        if (expected === null) assert.equal((await classify('', error)).reason, 'no-error');
        else await assertText(error, expected);
        const [verdict] = await classifyAll([{ test: '', error }]);
        assert.deepEqual(verdict, await classify('', error));
      });
    }
  });
}

test('the limits of what is read are those of the documentation', async () => {
  const page = await readFile(new URL('../docs/limits.md', import.meta.url), 'utf8');
  const documented = (name) => Number(page.match(new RegExp(`^\\| ${name} \\| ([\\d,]+) `, 'm'))?.[1].replaceAll(',', ''));
  const names = {
    MAX_CAUSES: 'causes of an error',
    MAX_ELEMENTS: 'array of errors',
    MAX_DEPTH: 'errors and arrays within each other',
    MAX_TITLES: 'array of titles',
  };
  for (const [limit, value] of Object.entries(limits)) assert.equal(documented(names[limit]), value, limit);
});
