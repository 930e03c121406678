// `errorText`: the text of whatever a runner hands over, and that `classify` and `classifyAll` match that very text.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, classifyAll, errorText } from '../index.js';
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
