// Mistakes that users make when they load rules, and what they read then: the code, and what to do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, classifyAll, loadRules } from '../index.js';
import { assertRejects } from './support.mjs';

const RULES = [{ issue: 'A-1', error: 'boom' }];
const shape = 'The list of rules must be an array, or an object with an array `rules`, but is';
const notJson = 'The list of rules is not valid JSON: expected a value (line 1, offset 0, near';

test('an option or a field that does not exist is refused with the nearest one', async () => {
  for (const [options, message] of [
    [{ feilds: {} }, 'options has no `feilds`: did you mean `fields`?'],
    [{ stict: true }, 'options has no `stict`: did you mean `strict`?'],
    [{ Ansi: 'keep' }, 'options has no `Ansi`: did you mean `ansi`?'],
    [{ flag: 'i' }, 'options has no `flag`: did you mean `flags`?'],
    [{ stirct: undefined }, 'options has no `stirct`: did you mean `strict`?'],
    [{ fields: {}, nonsense: 1 }, 'options has no `nonsense`: it may have `fields`, `strict`, `ansi`, `stackFrames`, `flags`'],
    [{ fields: { isue: 'ticket' } }, 'options.fields has no `isue`: did you mean `issue`?'],
    [
      { fields: { pattern: 'error' } },
      'options.fields has no `pattern`: it may have `issue`, `error`, `test`, `flags`, `id`, `url`, `enabled`, `expires`, `also`, `unless`, `examples`',
    ],
    [{ flags: 7 }, 'options.flags must be a string, but is a number'],
    [
      { flags: 'xi' },
      "options.flags: Invalid flags supplied to RegExp constructor 'xi': there is no flag x, only d, g, i, m, s, u, v and y",
    ],
  ]) {
    await assertRejects(loadRules(RULES, options), TypeError, 'ERR_INVALID_ARG', message);
  }
  const { signal } = new AbortController();
  for (const call of [(options) => classify('', 'boom', options), (options) => classifyAll([], options)]) {
    await assertRejects(
      call({ singal: signal }),
      TypeError,
      'ERR_INVALID_ARG',
      'options has no `singal`: did you mean `signal`?',
    );
    await assertRejects(
      call(signal),
      TypeError,
      'ERR_INVALID_ARG',
      'options must be an object, but is a signal: pass `{ signal }`',
    );
    await call({ signal });
  }
  // inherited keys and symbols are nobody's spelling
  await loadRules(RULES, Object.create({ feilds: 1 }, { strict: { value: true } }));
  await loadRules(RULES, { [Symbol('feilds')]: 1 });
});

test('what is at hand instead of a list says what to pass', async () => {
  const view = (name) => `${shape} ${name}: pass \`new Uint8Array(array.buffer, array.byteOffset, array.byteLength)\``;
  const response = `${shape} a Response: \`await\` its \`text()\`, or pass \`new Uint8Array(await response.arrayBuffer())\``;
  for (const [rules, message] of [
    [Promise.resolve(RULES), `${shape} a Promise: \`await\` it`],
    [Object.fromEntries([['then', () => {}]]), `${shape} a Promise: \`await\` it`],
    [new Response('[]'), response],
    [new Blob(['[]']), `${shape} a Blob: \`await\` its \`text()\``],
    [new ArrayBuffer(2), `${shape} an ArrayBuffer: pass \`new Uint8Array(buffer)\``],
    [new SharedArrayBuffer(2), `${shape} a SharedArrayBuffer: pass \`new Uint8Array(buffer)\``],
    [
      new DataView(new ArrayBuffer(2)),
      `${shape} a DataView: pass \`new Uint8Array(view.buffer, view.byteOffset, view.byteLength)\``,
    ],
    [new Uint8ClampedArray(2), view('a Uint8ClampedArray')],
    [new Int8Array(2), view('an Int8Array')],
    [new Uint16Array(2), view('a Uint16Array')],
    [new Map(), `${shape} a Map: pass \`[...map.values()]\``],
    [new Set(), `${shape} a Set: pass \`[...set]\``],
    [new URL('https://example.com'), `${shape} a URL: fetch it, and pass the answer's text`],
    [new Response('[]').body, `${shape} a ReadableStream: pass \`await new Response(stream).text()\``],
    [RULES.values(), `${shape} an Array Iterator: pass \`[...iterator]\``],
    [{ data: RULES, status: 200 }, `${shape} an object without \`rules\`. It has \`data\`, \`status\``],
  ]) {
    const error = await assertRejects(loadRules(rules), Error, 'ERR_RULES_SHAPE', message);
    assert.ok(!('rejected' in error));
  }
});

test('a path, an address, a web page: the text says what it looks like', async () => {
  const path = 'It looks like a path: read the file, and pass what is in it';
  for (const [text, near, hint] of [
    ['known.json', 'known.json', path],
    ['./lists/known failures.txt', './lists/known failur', path],
    ['https://example.com/known.json', 'https://example.com/', "It looks like an address: fetch it, and pass the answer's text"],
    ['<html></html>', '<html></html>', 'It looks like a web page: check the address of the list, and the login'],
  ]) {
    await assertRejects(loadRules(text), Error, 'ERR_RULES_JSON', `${notJson} "${near}"). ${hint}`);
  }
  await assertRejects(loadRules(String({})), Error, 'ERR_RULES_JSON', /It looks like an object as text: pass the object itself$/);
  await assertRejects(loadRules("[{'issue':'A'}]"), Error, 'ERR_RULES_JSON', /Strings and keys of JSON are in double quotes$/);
  await assertRejects(loadRules('[] // none'), Error, 'ERR_RULES_JSON', /JSON has no comments$/);
  await assertRejects(
    loadRules('{"issue":"A"}\n{"issue":"B"}'),
    Error,
    'ERR_RULES_JSON',
    /JSON Lines: make an array of the lines$/,
  );
});

test('a byte order mark does no harm', async () => {
  for (const list of [`\ufeff${JSON.stringify(RULES)}`, Buffer.from(`\ufeff${JSON.stringify({ rules: RULES })}`)]) {
    assert.equal((await loadRules(list)).active, 1);
  }
});

test('a list of which every rule is refused leaves the rules in force', async () => {
  const { version } = await loadRules(RULES);
  const list = [
    { ticket: 'A-1', pattern: 'boom', owner: 'me' },
    { ticket: 'A-2', pattern: 'bang' },
  ];
  for (const rules of [list, JSON.stringify(list), { rules: list }]) {
    for (const options of [undefined, { fields: { issue: 'tiket' } }]) {
      const key = options?.fields.issue ?? 'issue';
      const missing = `\`${key}\` is missing: a rule needs the name of its issue`;
      const error = await assertRejects(
        loadRules(rules, options),
        Error,
        'ERR_RULES_UNUSABLE',
        `All 2 rules were refused; the first is rule 0: ${missing}. This rule has \`ticket\`, \`pattern\`, \`owner\`. ` +
          '`options.fields` says which keys your list has for the fields',
      );
      assert.deepEqual(
        error.rejected.map(({ index, code, message }) => [index, code, message]),
        [
          [0, 'ERR_RULE_MISSING', `${missing}. This rule has \`ticket\`, \`pattern\`, \`owner\``],
          [1, 'ERR_RULE_MISSING', `${missing}. This rule has \`ticket\`, \`pattern\``],
        ],
      );
      assert.equal((await classify('', 'boom')).rulesVersion, version);
    }
  }
  const only = await assertRejects(
    loadRules([{ issue: 'A-1', error: 'a (b' }]),
    Error,
    'ERR_RULES_UNUSABLE',
    /^The only rule was refused: Unterminated group/,
  );
  assert.deepEqual([only.rejected.length, only.rejected[0].offset], [1, 2]);
  await assertRejects(loadRules([7], { strict: true }), Error, 'ERR_RULES_STRICT', /^1 of 1 rules was refused/);
  assert.equal((await classify('', 'boom')).status, 'Broken');
  assert.equal((await loadRules([])).active, 0);
  assert.equal((await classify('', 'boom')).reason, 'no-rules');
});

test('a rule that lacks a field names up to eight keys that it has', async () => {
  const rule = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`key${at}`, at]));
  for (const list of [[...RULES, rule], JSON.stringify([...RULES, rule])]) {
    const { rejected } = await loadRules(list);
    assert.match(rejected[0].message, /\. This rule has `key0`, .*`key7`, …$/);
  }
});

test('flags beside a RegExp are those of new RegExp(regexp, flags)', async () => {
  const upperCase = String.raw`^\p{Lu}`;
  for (const [error, flags, text] of [
    [/timeout/, 'i', 'TIMEOUT'],
    [/timeout/i, '', 'TIMEOUT'],
    [/timeout/i, 'm', 'TIMEOUT'],
    [/^b/, 'm', 'a\nb'],
    [/a.b/, 's', 'a\nb'],
    [new RegExp(upperCase), 'u', 'Éa'],
    [/timeout/i, undefined, 'TIMEOUT'],
    [/timeout/i, null, 'TIMEOUT'],
  ]) {
    await loadRules([{ issue: 'A', error, flags }], { flags: 'y' });
    const expected = new RegExp(error, flags ?? undefined).test(text) ? 'Broken' : 'Failed';
    assert.equal((await classify('', text)).status, expected, `${error} with ${flags}`);
  }
  for (const [error, flags] of [
    [/x/, 'zz'],
    [/x/u, 'uv'],
  ]) {
    assert.throws(() => new RegExp(error, flags), SyntaxError);
    const { rejected } = await loadRules([...RULES, { issue: 'A', error, flags }]);
    assert.deepEqual([rejected[0].index, rejected[0].field, rejected[0].code], [1, 'flags', 'ERR_PATTERN_FLAGS']);
  }
});

test('the flags of the list are for patterns without any of their own', async () => {
  for (const [rule, text, matches] of [
    [{ error: 'command failed' }, 'Command failed', true],
    [{ error: { source: 'command failed' } }, 'Command failed', true],
    [{ error: 'command failed', flags: '' }, 'Command failed', false],
    [{ error: { source: 'command failed', flags: '' } }, 'Command failed', false],
    [{ error: /command failed/ }, 'Command failed', false],
    [{ error: '', test: 'command' }, 'Command failed', false],
  ]) {
    await loadRules([{ issue: 'A', ...rule }], { flags: 'i' });
    assert.equal((await classify('Command', text)).status === 'Broken', matches, JSON.stringify(rule));
  }
  await loadRules([{ issue: 'data', error: '.*user.*already exists.*' }], { flags: 's' });
  assert.equal((await classify('', 'Error: user a@b.c\nalready exists')).issue, 'data');
  // through each rule's own flags into the hash
  const hash = async (rules, options) => (await loadRules(rules, options)).version.split('-')[1];
  const explicit = await hash([{ issue: 'A', error: 'a', flags: 'i' }]);
  assert.equal(await hash([{ issue: 'A', error: 'a' }], { flags: 'i' }), explicit);
  assert.notEqual(await hash([{ issue: 'A', error: 'a' }]), explicit);
});

test('a number as issue or id is its text', async () => {
  const numbers = [
    '1',
    '12',
    '-7',
    '0',
    '-0',
    '1e3',
    '0.50',
    '1e21',
    '123456789012345678901',
    '1e-7',
    '1.5E-9',
    '1e999',
    '9007199254740993',
  ];
  for (const number of numbers) {
    const text = String(JSON.parse(number));
    const json = `[{"issue":${number},"id":${number},"error":"x"}]`;
    for (const rules of [json, Buffer.from(json), JSON.parse(json)]) {
      await loadRules(rules);
      const { issue, id } = await classify('', 'x');
      assert.deepEqual([issue, id], [text, text], number);
    }
  }
  const fields = { issue: 'name', error: 'value' };
  await loadRules([{ id: 12, name: 'hub', type: 'REGEX', enabled: true, value: 'session not created.*' }], { fields });
  const { issue, id } = await classify('', 'session not created: x');
  assert.deepEqual([issue, id], ['hub', '12']);
});
