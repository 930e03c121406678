// `loadRules`: the forms that a list comes in, what is refused, and in which words.

import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { classify, loadRules } from '../index.js';
import { assertRejects, hostile, load, revokedProxy } from './support.mjs';

const LIST = [
  { issue: 'A-1', error: 'boom', id: 'r1', owner: 'somebody' },
  { issue: 'A-2', error: 'BANG', flags: 'i', test: '^Cart' },
];

/** The code units of `text` as UTF-8. */
const bytes = (text) => new TextEncoder().encode(text);

test('a list may be a text, bytes, an array, or any of them in `rules`', async () => {
  const json = JSON.stringify(LIST);
  const inObject = JSON.stringify({ updated: '2025-01-01', rules: LIST });
  const forms = {
    text: json,
    'text with white space': ` \n\t\r${json}\n`,
    'text of an object': inObject,
    Uint8Array: bytes(json),
    'text with a byte order mark': `\ufeff${json}`,
    'Uint8Array with a byte order mark': new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(json)]),
    'Uint8Array that is a part of its buffer': bytes(`xx${json}yy`).subarray(2, 2 + json.length),
    Buffer: Buffer.from(inObject),
    array: LIST,
    object: { rules: LIST },
    'frozen array': Object.freeze(LIST.map((rule) => Object.freeze(rule))),
    'proxy of an array': new Proxy(LIST, {}),
    'array of proxies': LIST.map((rule) => new Proxy(rule, {})),
    'proxy of an object': new Proxy({ rules: new Proxy(LIST, {}) }, {}),
    'array of another realm': vm.runInNewContext(`(${json})`),
    'class instances': [
      new (class {
        issue = 'A-1';
        get error() {
          return 'boom';
        }
        id = 'r1';
      })(),
      LIST[1],
    ],
  };
  for (const [form, rules] of Object.entries(forms)) {
    const report = await loadRules(rules);
    assert.deepEqual([form, report.total, report.active, report.scoped], [form, 2, 2, 1]);
    const { issue, id } = await classify('', 'boom');
    assert.deepEqual([form, issue, id], [form, 'A-1', 'r1']);
    assert.equal((await classify('Cart: add', 'bang')).issue, 'A-2', form);
    assert.equal((await classify('the Cart', 'bang')).issue, null, form);
  }
});

test('bytes are copied: what is written into them later does not matter', async () => {
  const list = bytes(JSON.stringify(LIST));
  const loaded = load(list);
  list.fill(0);
  assert.equal((await loaded).active, 2);
});

test('an array is read when the call is made', async () => {
  const list = LIST.map((rule) => ({ ...rule }));
  const loaded = load(list);
  list[0].error = 'nonsense';
  list.pop();
  assert.equal((await loaded).active, 2);
  assert.equal((await classify('', 'boom')).issue, 'A-1');
});

test('a pattern may be an object or a RegExp of any realm', async () => {
  const lying = Object.defineProperties(/boom/i, { source: { value: 'bang' } });
  const tagged = { [Symbol.toStringTag]: 'RegExp', source: 'boom', flags: 'i' };
  for (const error of [
    /boom/i,
    /boom/dgi,
    vm.runInNewContext('/boom/i'),
    new (class extends RegExp {})('boom', 'i'),
    lying,
    tagged,
    { source: 'boom', flags: 'i' },
    new Proxy({ source: 'boom', flags: 'i' }, {}),
  ]) {
    await load([{ issue: 'A-1', error }]);
    assert.equal((await classify('', 'a BOOM')).issue, 'A-1', String(error));
    await load([{ issue: 'A-1', error: '', test: error }]);
    assert.equal((await classify('a BOOM', '')).issue, 'A-1', String(error));
  }
  await load([{ issue: 'A-1', error: /a\/b\n/ }]);
  assert.equal((await classify('', 'a/b\n')).issue, 'A-1');
});

test('the flags of a rule are those of a source, and replace those of a RegExp', async () => {
  for (const [rule, error, matches] of [
    [{ error: 'boom', flags: 'i' }, 'BOOM', true],
    [{ error: { source: 'boom' }, flags: 'i' }, 'BOOM', true],
    [{ error: { source: 'boom', flags: null }, flags: 'i' }, 'BOOM', true],
    [{ error: { source: 'boom', flags: '' }, flags: 'i' }, 'BOOM', false],
    [{ error: /boom/, flags: 'i' }, 'BOOM', true],
    [{ error: /boom/, flags: null }, 'BOOM', false],
    [{ error: /boom/i, flags: '' }, 'BOOM', false],
    [{ error: /boom/i, flags: 'm' }, 'BOOM', false],
    [{ error: { source: 'boom', flags: 'i' }, flags: '' }, 'BOOM', true],
    [{ error: '', test: 'case', flags: 'i' }, 'BOOM', false],
  ]) {
    for (const list of [[{ issue: 'A-1', ...rule }], JSON.stringify([{ issue: 'A-1', ...rule }])]) {
      if (typeof list === 'string' && rule.error instanceof RegExp) continue;
      await load(list);
      assert.equal((await classify('CASE', error)).issue !== null, matches, JSON.stringify(rule));
    }
  }
});

test('fields may have other names', async () => {
  const fields = { issue: 'ticket', error: 'pattern', test: 'only', flags: 'mode', id: 'ticket' };
  const list = [{ ticket: 'A-1', pattern: 'boom', only: 'Cart', mode: 'i', issue: 7, error: 7 }];
  for (const rules of [list, JSON.stringify(list), { rules: list }]) {
    await load(rules, { fields });
    const { issue, id } = await classify('Cart', 'BOOM');
    assert.deepEqual([issue, id], ['A-1', 'A-1']);
  }
  await load([{ issue: 'A-1', pattern: 'boom' }], { fields: { error: 'pattern', issue: undefined, id: null } });
  assert.equal((await classify('', 'boom')).issue, 'A-1');
  const good = { issue: 'A-1', pattern: '' };
  const { rejected } = await loadRules([{ issue: 'A-1' }, good], { fields: { error: 'pattern' } });
  assert.deepEqual([rejected[0].field, rejected[0].message.includes('`pattern`')], ['error', true]);
});

test('ANSI sequences are removed, unless they are to be kept', async () => {
  const error = '\u001b[31mbo\u001b[1mom\u001b[0m';
  for (const [options, matches] of [
    [undefined, true],
    [{ ansi: 'strip' }, true],
    [{ ansi: null }, true],
    [{ ansi: 'keep' }, false],
  ]) {
    await loadRules([{ issue: 'A-1', error: '^boom$' }], options);
    assert.equal((await classify('', error)).status, matches ? 'Broken' : 'Failed');
  }
});

test('arguments of no use are refused with a TypeError that names them', async () => {
  const list = 'rules must be JSON text (a string or a Uint8Array), an array of rules or an object { rules }, but is';
  const option = (name, value) => [[], { [name]: value }];
  for (const [args, message] of [
    [[], `${list} undefined`],
    [[null], `${list} null`],
    [[7], `${list} a number`],
    [[7n], `${list} a bigint`],
    [[true], `${list} a boolean`],
    [[Symbol('s')], `${list} a symbol`],
    [[() => []], `${list} a function`],
    [[[], 'strict'], 'options must be an object, but is a string'],
    [option('fields', 'pattern'), 'options.fields must be an object, but is a string'],
    [option('fields', { error: 7 }), 'options.fields.error must be a string, but is a number'],
    [option('fields', { id: ['id'] }), 'options.fields.id must be a string, but is an array'],
    [option('fields', hostile('test')), 'options.fields.test could not be read: Error: test is private'],
    [option('fields', revokedProxy()), /^options\.fields\.issue could not be read: TypeError: Cannot perform 'get' on a proxy/],
    [option('strict', 'yes'), 'options.strict must be a boolean, but is a string'],
    [option('strict', 1), 'options.strict must be a boolean, but is a number'],
    [option('ansi', true), "options.ansi must be 'strip' or 'keep', but is a boolean"],
    [option('ansi', 'Keep'), "options.ansi must be 'strip' or 'keep', but is 'Keep'"],
    [[[], hostile('strict')], 'options.strict could not be read: Error: strict is private'],
    [[[], hostile('ansi', {}, Symbol('s'))], 'options.ansi could not be read: Symbol(s)'],
    [[[], hostile('ansi', {}, Object.create(null))], 'options.ansi could not be read: [unreadable error]'],
  ]) {
    await assertRejects(loadRules(...args), TypeError, 'ERR_INVALID_ARG', message);
  }
});

test('a list of another shape is refused', async () => {
  const lengthless = new Proxy([], {
    get() {
      throw new Error('no length');
    },
  });
  const shape = 'The list of rules must be an array, or an object with an array `rules`, but is';
  for (const [rules, found] of [
    ['7', 'a number'],
    ['null', 'null'],
    ['"boom"', 'a string'],
    ['{}', 'an object without `rules`'],
    ['{"rules":{}}', 'an object whose `rules` is an object'],
    ['{"rules":null}', 'an object whose `rules` is null'],
    [bytes('true'), 'a boolean'],
    [{}, 'an object without `rules`'],
    [{ rules: null }, 'an object whose `rules` is null'],
    [{ rules: '[]' }, 'an object whose `rules` is a string'],
    [{ rules: { rules: [] } }, 'an object whose `rules` is an object'],
    ['{"data":[],"total":0}', 'an object without `rules`. It has `data`, `total`'],
    [{ data: [], total: 0 }, 'an object without `rules`. It has `data`, `total`'],
    [hostile('rules'), 'an object that could not be read: Error: rules is private'],
    [new Array(4294967295), 'an array of 4294967295 elements, more than 1000000'],
    [lengthless, 'an object that could not be read: Error: no length'],
    [revokedProxy(), /an object that could not be read: TypeError: Cannot perform/],
  ]) {
    const message = typeof found === 'string' ? `${shape} ${found}` : found;
    const error = await assertRejects(loadRules(rules), Error, 'ERR_RULES_SHAPE', message);
    assert.ok(!('offset' in error) && !('rejected' in error));
  }
});

test('a text that is not JSON is refused, with the place', async () => {
  for (const [json, offset] of [
    ['', 0],
    [' ', 1],
    ['[', 1],
    ['[{"issue":"A-1","error":"boom"},', 32],
    ['[{"issue":"A-1","error":"boom"}', 31],
    ['[] []', 3],
    ['[,]', 1],
    ["['boom']", 1],
    ['[{issue:"A-1"}]', 2],
    ['\ufeff\ufeff[]', 1],
    ['\ufeff[1,]', 4],
    ['["é\u0001"]', 3],
    ['["\\x"]', 3],
    ['[01]', 2],
    ['undefined', 0],
  ]) {
    assert.throws(() => JSON.parse(json), SyntaxError, `JSON.parse takes ${json}`);
    const error = await assertRejects(
      loadRules(json),
      Error,
      'ERR_RULES_JSON',
      /^The list of rules is not valid JSON: .*offset \d+/,
    );
    assert.equal(error.offset, offset, `${JSON.stringify(json)}: ${error.message}`);
  }
  const error = await assertRejects(loadRules(bytes('["é", nul]')), Error, 'ERR_RULES_JSON', /^The list of rules/);
  assert.ok(error.offset >= 7, 'in bytes');
});

test('what JSON.parse takes is taken', async () => {
  const rule = '"issue":"A-1","error":"boom"';
  for (const json of [
    `[{${rule},"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`,
    `[{${rule},"big":1e999,"long":${'9'.repeat(1000)},"escape":"\\ud83d"}]`,
    `[{"issue":"B","error":"x",${rule}}]`,
    `{"rules":[],"rules":[{${rule}}]}`,
    `[{"\\u0069ssue":"A-1","error":"boom"}]`,
    `[{${rule},"raw":"\ud83d"}]`,
  ]) {
    JSON.parse(json);
    await load(json);
    assert.equal((await classify('', 'boom')).issue, 'A-1', json.slice(0, 60));
  }
});

test('bad UTF-8 is read as Response.json() reads it', async () => {
  const list = [...bytes('[{"issue":"A'), 0xff, ...bytes('","error":"b'), 0xed, 0xa0, 0x80, ...bytes('"}]')];
  const [{ issue, error }] = await new Response(new Uint8Array(list)).json();
  await load(new Uint8Array(list));
  const verdict = await classify('', error);
  assert.deepEqual([verdict.issue, verdict.match.text], [issue, error]);
});

test('lone surrogates, NULs and emoji pass through unchanged', async () => {
  for (const text of ['\ud83d', '\udca9\ud83d', '\ud83d\udca9', 'a\0b', '\0', '', '\ufeff', '\u2028']) {
    const rule = { issue: `issue ${text}`, id: `id ${text}`, error: `^x${text}y` };
    const escaped = `[${JSON.stringify(rule)}]`;
    const raw = escaped.replaceAll(/\\u(d[0-9a-f]{3})/g, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)));
    for (const rules of [[rule], escaped, raw, bytes(escaped)]) {
      await load(rules);
      const { issue, id, match } = await classify('', `x${text}y!`);
      assert.deepEqual([issue, id, match?.text], [rule.issue, rule.id, `x${text}y`]);
    }
    const { rejected } = await loadRules([{ ...rule, error: '(' }, rule]);
    assert.deepEqual([rejected[0].issue, rejected[0].id], [rule.issue, rule.id]);
  }
});

test('a rule of no use is refused alone: which, what, why and where', async () => {
  const issue = 'A-1';
  const error = 'boom';
  const type = 'ERR_RULE_TYPE';
  const pattern = 'a string, a RegExp or an object { source, flags }';
  // rule, [field, code, message, offset]; the same from JSON where JSON can say it
  const cases = [
    [null, ['rule', type, 'A rule must be an object, but this one is null', null]],
    [7, ['rule', type, 'A rule must be an object, but this one is a number', null]],
    ['boom', ['rule', type, 'A rule must be an object, but this one is a string', null]],
    [[], ['rule', type, 'A rule must be an object, but this one is an array', null]],
    [undefined, ['rule', type, 'A rule must be an object, but this one is undefined', null], 'no JSON'],
    [() => {}, ['rule', type, 'A rule must be an object, but this one is a function', null], 'no JSON'],
    [Symbol('s'), ['rule', type, 'A rule must be an object, but this one is a symbol', null], 'no JSON'],
    [{}, ['issue', 'ERR_RULE_MISSING', '`issue` is missing: a rule needs the name of its issue', null]],
    [
      { error },
      ['issue', 'ERR_RULE_MISSING', '`issue` is missing: a rule needs the name of its issue. This rule has `error`', null],
    ],
    [
      { issue, owner: 'me' },
      [
        'error',
        'ERR_RULE_MISSING',
        '`error` is missing: a rule needs a pattern that the error must match. This rule has `issue`, `owner`',
        null,
      ],
    ],
    [
      { issue, error: null },
      [
        'error',
        'ERR_RULE_MISSING',
        '`error` is missing: a rule needs a pattern that the error must match. This rule has `issue`, `error`',
        null,
      ],
    ],
    [{ issue: true, error }, ['issue', type, '`issue` must be a string or a number, but is a boolean', null]],
    [{ issue: 7n, error }, ['issue', type, '`issue` must be a string or a number, but is a bigint', null], 'no JSON'],
    [{ issue: {}, error }, ['issue', type, '`issue` must be a string or a number, but is an object', null]],
    [{ issue, error: 7 }, ['error', type, `\`error\` must be ${pattern}, but is a number`, null]],
    [{ issue, error: ['boom'] }, ['error', type, `\`error\` must be ${pattern}, but is an array`, null]],
    [{ issue, error: {} }, ['error', type, `\`error\` must be ${pattern}, but is an object without a string \`source\``, null]],
    [
      { issue, error: { source: 'x', flags: 7 } },
      ['error', type, `\`error\` must be ${pattern}, but is an object whose \`flags\` is not a string`, null],
    ],
    [{ issue, error, test: false }, ['test', type, `\`test\` must be ${pattern}, but is a boolean`, null]],
    [{ issue, error, flags: 7 }, ['flags', type, '`flags` must be a string, but is a number', null]],
    [{ issue, error, id: [7] }, ['id', type, '`id` must be a string or a number, but is an array', null]],
    [{ issue, error: 'a (b' }, ['error', 'ERR_PATTERN_SYNTAX', /^Unterminated group: /, 2]],
    [{ issue, error: 'a**' }, ['error', 'ERR_PATTERN_SYNTAX', /^Nothing to repeat: /, 2]],
    [{ issue, error, test: '[z-a]' }, ['test', 'ERR_PATTERN_SYNTAX', /^Range out of order in character class: /, 1]],
    [{ issue, error, flags: 'x' }, ['flags', 'ERR_PATTERN_FLAGS', /^Invalid flags supplied to RegExp constructor 'x': /, 0]],
    [{ issue, error, flags: 'imi' }, ['flags', 'ERR_PATTERN_FLAGS', /'imi': a flag is repeated$/, 2]],
    [
      hostile('error', { issue }),
      ['error', 'ERR_RULE_READ', '`error` could not be read: Error: error is private', null],
      'no JSON',
    ],
    [
      hostile('issue', { error }),
      ['issue', 'ERR_RULE_READ', '`issue` could not be read: Error: issue is private', null],
      'no JSON',
    ],
    [
      hostile('test', { issue, error }),
      ['test', 'ERR_RULE_READ', '`test` could not be read: Error: test is private', null],
      'no JSON',
    ],
    [
      { issue, error: hostile('source') },
      ['error', 'ERR_RULE_READ', '`error` could not be read: Error: source is private', null],
      'no JSON',
    ],
    [
      { issue, error: hostile('flags', /x/) },
      ['error', 'ERR_RULE_READ', '`error` could not be read: Error: flags is private', null],
      'no JSON',
    ],
    [{ issue, error: Symbol('s') }, ['error', type, `\`error\` must be ${pattern}, but is a symbol`, null], 'no JSON'],
    [{ issue: /x/, error }, ['issue', type, '`issue` must be a string or a number, but is an object', null], 'no JSON'],
    [
      revokedProxy(),
      ['issue', 'ERR_RULE_READ', /^`issue` could not be read: TypeError: Cannot perform 'get' on a proxy/, null],
      'no JSON',
    ],
  ];
  for (const [rule, [field, code, message, offset], noJson] of cases) {
    const list = [{ issue: 'good', error: 'first' }, rule, { issue: 'good', error: 'last' }];
    for (const rules of noJson ? [list] : [list, JSON.stringify(list), Buffer.from(JSON.stringify({ rules: list }))]) {
      const report = await loadRules(rules);
      assert.deepEqual([report.total, report.active, report.rejected.length], [3, 2, 1]);
      const [rejected] = report.rejected;
      assert.deepEqual(
        [rejected.index, rejected.field, rejected.code, rejected.offset],
        [1, field, code, offset],
        rejected.message,
      );
      if (message instanceof RegExp) assert.match(rejected.message, message);
      else assert.equal(rejected.message, message);
      assert.equal((await classify('', 'the last')).rule, 2, 'the others are in force, and the index is that of the list');
    }
  }
});

test('holes of an array are refused alone', async () => {
  const rules = new Array(3);
  rules[1] = { issue: 'A-1', error: 'boom' };
  const { total, rejected } = await loadRules(rules);
  assert.deepEqual(
    [total, rejected.map(({ index, field }) => [index, field])],
    [
      3,
      [
        [0, 'rule'],
        [2, 'rule'],
      ],
    ],
  );
});

test('strict refuses the whole list and leaves the rules in force', async () => {
  await load(LIST);
  const rules = [{ issue: 'B-1', error: 'x' }, { issue: 'B-2', error: '(', id: 'bad' }, { issue: 'B-3' }];
  for (const list of [rules, JSON.stringify(rules)]) {
    const error = await assertRejects(
      loadRules(list, { strict: true }),
      Error,
      'ERR_RULES_STRICT',
      /^2 of 3 rules were refused; the first is rule 1 \(B-2\): ./,
    );
    const lenient = (await loadRules(list)).rejected;
    assert.deepEqual(error.rejected, lenient);
    await load(LIST);
  }
  const { version } = await load(LIST);
  for (const args of [['['], ['7'], [7], [rules, { strict: true }]]) {
    await loadRules(...args).catch(() => {});
    assert.equal((await classify('', 'boom')).rulesVersion, version);
  }
});

test('of several loads under way the last one called wins', async () => {
  const long = JSON.stringify(Array.from({ length: 3000 }, (_, index) => ({ issue: 'long', error: `boom|${index}` })));
  for (let round = 0; round < 10; round++) {
    const calls = [long, [{ issue: 'short', error: 'boom' }], '[', long, [{ issue: 'last', error: 'boom' }]].map((rules) =>
      loadRules(rules).catch((error) => error),
    );
    const reports = await Promise.all(calls);
    assert.equal(reports[2].code, 'ERR_RULES_JSON');
    assert.equal(reports[4].superseded, false);
    const { issue, rulesVersion } = await classify('', 'boom');
    assert.deepEqual([issue, rulesVersion], ['last', reports[4].version]);
  }
});

test('a getter that loads rules itself is the later call', async () => {
  let inner;
  const outer = loadRules([
    {
      issue: 'outer',
      get error() {
        inner = loadRules([{ issue: 'inner', error: 'boom' }]);
        return 'boom';
      },
    },
  ]);
  await Promise.all([outer, inner]);
  assert.equal((await classify('', 'boom')).issue, 'inner');
});
