// What `readOptions` makes of a caller's options, and what it says of those it refuses.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';

const { readOptions } = createRequire(import.meta.url)('../lib/shared/options.js');

const SPEC = {
  errors: { oneOf: ['any', 'all'], default: 'any' },
  timeoutMs: { type: 'number', min: 1, max: 1000, default: 10 },
  attempts: { type: 'integer', min: 1 },
  cacheFile: { type: 'string', oneOf: [false], default: null },
  source: { type: ['string', 'object', 'function'] },
  tags: { type: 'array', read: (tags, place) => (tags.length > 2 ? fail(place) : tags.join()) },
};

function fail(place) {
  throw new TypeError(`${place} must be short`);
}

for (const given of [undefined, null, {}, { errors: null, timeoutMs: undefined }]) {
  test(`defaults: ${JSON.stringify(given)}`, () => {
    assert.deepEqual(readOptions(given, SPEC, 'f'), {
      errors: 'any',
      timeoutMs: 10,
      attempts: undefined,
      cacheFile: null,
      source: undefined,
      tags: undefined,
    });
  });
}

test('good values are taken', () => {
  const source = () => {};
  const given = { errors: 'all', timeoutMs: 0.5 + 1, attempts: 3, cacheFile: false, source, tags: ['a', 'b'] };
  assert.deepEqual(readOptions(given, SPEC, 'f'), { ...given, tags: 'a,b' });
});

for (const [given, message] of [
  [7, 'f: options must be an object, but is a number'],
  [[], 'f: options must be an object, but is an array'],
  [{ errors: 'some' }, "f: options.errors must be 'any' or 'all', but is 'some'"],
  [{ errors: 1 }, "f: options.errors must be 'any' or 'all', but is a number"],
  [{ timeoutMs: 0 }, 'f: options.timeoutMs must be a number from 1 to 1000, but is 0'],
  [{ timeoutMs: NaN }, 'f: options.timeoutMs must be a number from 1 to 1000, but is NaN'],
  [{ timeoutMs: '10' }, 'f: options.timeoutMs must be a number from 1 to 1000, but is a string'],
  [{ attempts: 1.5 }, 'f: options.attempts must be an integer of at least 1, but is 1.5'],
  [{ cacheFile: true }, 'f: options.cacheFile must be a string or false, but is true'],
  [{ source: [] }, 'f: options.source must be a string, an object or a function, but is an array'],
  [{ tags: [1, 2, 3] }, 'f: options.tags must be short'],
  [{ atempts: 1 }, 'f: options has no `atempts`: did you mean `attempts`?'],
  [{ cachefile: 'a' }, 'f: options has no `cachefile`: did you mean `cacheFile`?'],
  [{ zzz: 1 }, 'f: options has no `zzz`: it may have `errors`, `timeoutMs`, `attempts`, `cacheFile`, `source`, `tags`'],
]) {
  test(message, () => {
    assert.throws(
      () => readOptions(given, SPEC, 'f'),
      (error) => {
        assert.equal(error.message, message);
        if (given.tags === undefined) assert.equal(error.code, 'ERR_INVALID_ARG');
        return error instanceof TypeError;
      },
    );
  });
}

test('options within options have their own place', () => {
  assert.throws(() => readOptions({ strct: 1 }, { strict: {} }, 'f', 'options.load'), {
    message: 'f: options.load has no `strct`: did you mean `strict`?',
  });
});
