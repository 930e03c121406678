// The program `known-failures`, as a shell runs it.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { run as runProgram } from './cli-program.mjs';
import { sampleReport } from './page/sample-report.mjs';

const require = createRequire(import.meta.url);
const manifest = require('known-failures/package.json');
const { COMMANDS } = require('../lib/cli/commands.js');
const { formatTable } = require('../lib/cli/table.js');
const { terminalOf } = require('../lib/cli/terminal.js');
const folder = mkdtempSync(join(tmpdir(), 'known-failures-cli-'));
after(() => rmSync(folder, { recursive: true }));

const report = sampleReport({ tests: 40, failing: 200 });
const json = JSON.stringify(report);

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Runs the program in the folder. */
const run = (args, options) => runProgram(args, { cwd: folder, ...options });

/** Runs what has to fail, in one line on standard error. */
async function runFailing(args, options) {
  const { status, stdout, stderr } = await run(args, options);
  assert.equal(stdout, '');
  assert.match(stderr, /^known-failures: [^\n]+\n$/);
  assert.doesNotMatch(stderr, / {4}at /);
  return { status, message: stderr.slice('known-failures: '.length, -1) };
}

describe('help', () => {
  test('lists every command', async () => {
    for (const flag of ['--help', '-h', 'help']) {
      const { status, stdout, stderr } = await run([flag]);
      assert.deepEqual([status, stderr], [0, '']);
      for (const name of Object.keys(COMMANDS)) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    }
  });

  for (const name of Object.keys(COMMANDS)) {
    test(`${name} has a help with its options and examples`, async () => {
      const { status, stdout } = await run([name, '--help']);
      assert.equal(status, 0);
      const { options, examples } = COMMANDS[name].load();
      for (const option of [...Object.keys(options), 'json', 'help']) assert.ok(stdout.includes(`--${option}`), option);
      assert.ok(examples.length > 0);
      for (const [line] of examples) {
        assert.ok(line.includes(`known-failures ${name}`), line);
        assert.ok(stdout.includes(line), line);
      }
      assert.equal((await run(['help', name])).stdout, stdout);
      const tooWide = stdout.split('\n').filter((line) => line.length > 80 && !examples.some(([one]) => line.includes(one)));
      assert.deepEqual(tooWide, []);
    });
  }

  test('--version is the package’s', async () => {
    assert.deepEqual(await run(['--version']), { status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });
});

describe('a wrong command line ends with 2 and says what to write', () => {
  for (const [args, message] of [
    [[], 'which command? known-failures --help lists them'],
    [['reprot'], 'unknown command reprot; did you mean report?'],
    [['constructor'], 'unknown command constructor; known-failures --help lists what there is'],
    [['--versoin'], 'unknown option --versoin; did you mean --version?'],
    [['report'], 'which run report? write known-failures report RUN.json, or - for standard input'],
    [
      ['report', 'x', '--outptu', 'y'],
      'unknown option --outptu; did you mean --output?; known-failures report --help shows examples',
    ],
    [['report', 'x', '--__proto__'], 'unknown option --__proto__; known-failures report --help shows examples'],
    [['report', 'x', '-o'], '-o needs a value; write -o FILE; known-failures report --help shows examples'],
    [['report', 'x', '-o', '--json'], /^-o needs a value, but --json follows; write --output=--json if that is the value/],
    [['report', 'x', '--json=yes'], /^--json takes no value; write --json alone/],
  ]) {
    test(args.join(' ') || '(nothing)', async () => {
      const failed = await runFailing(args);
      assert.equal(failed.status, 2);
      if (typeof message === 'string') assert.equal(failed.message, message);
      else assert.match(failed.message, message);
    });
  }
});

describe('a file that cannot be read ends with 3 and says why', () => {
  for (const [name, content, message] of [
    ['missing.json', null, /^missing\.json: no such file or folder$/],
    ['empty.json', '', /^empty\.json: is empty$/],
    ['broken.json', '{"format":', /^broken\.json: a run report is JSON, but this cannot be parsed: /],
    ['latin.json', Buffer.from([0x22, 0xfc, 0x22]), /^latin\.json: is not UTF-8$/],
    ['cut.json.gz', gzipSync(json).subarray(0, 200), /^cut\.json\.gz: cannot be unzipped: /],
    ['other.json', '[]', /^other\.json: a run report is a JSON object, but this is an array$/],
    ['null.json', 'null', /^null\.json: a run report is a JSON object, but this is null$/],
    [
      'newer.json',
      JSON.stringify({ ...report, formatVersion: 2 }),
      /^newer\.json: this reads `formatVersion` 1 of a run report, but it is 2\. Update known-failures to read it$/,
    ],
    [
      'damaged.json',
      JSON.stringify({ ...report, tests: {} }),
      /^damaged\.json: the report: `tests` must be an array, but is an object$/,
    ],
  ]) {
    test(name, async () => {
      if (content !== null) file(name, content);
      const failed = await runFailing(['report', name]);
      assert.equal(failed.status, 3);
      assert.match(failed.message, message);
    });
  }

  test('a folder, and standard input', async () => {
    assert.deepEqual(await runFailing(['report', '.']), { status: 3, message: '.: is a folder; name a file' });
    assert.deepEqual(await runFailing(['report', '-']), { status: 3, message: 'standard input: is empty' });
  });

  test('a page that cannot be written', async () => {
    file('run.json', json);
    file('file', '');
    const failed = await runFailing(['report', 'run.json', '-o', 'file/page.html']);
    assert.equal(failed.status, 3);
    assert.match(failed.message, /^file\/page\.html: /);
  });
});

test('a fault of the program ends with 4, in one line', async () => {
  const fault = file('fault.cjs', "require('node:util').parseArgs = () => { throw new Error('two\\nlines'); };");
  const failed = await runFailing(['report', 'run.json'], { env: { NODE_OPTIONS: `--require=${JSON.stringify(fault)}` } });
  assert.deepEqual(failed, { status: 4, message: 'a fault of known-failures, please report it: two lines' });
});

describe('report', () => {
  const sentence = `Shop, end to end, ${report.counts.failed} unknown and ${report.counts.broken} known failures in 40 tests\n`;
  const isPage = (html) => html.startsWith('<!doctype html>') && html.endsWith('</html>\n');

  test('writes a page', async () => {
    file('run.json', `\ufeff${json}`);
    assert.deepEqual(await run(['report', 'run.json']), { status: 0, stdout: `report.html: ${sentence}`, stderr: '' });
    assert.ok(isPage(readFileSync(join(folder, 'report.html'), 'utf8')));
  });

  test('names a run by its title only if it has one', async () => {
    file('untitled.json', JSON.stringify({ ...report, title: '' }));
    const { stdout } = await run(['report', 'untitled.json', '-o', 'untitled.html']);
    assert.equal(stdout, `untitled.html: ${sentence.replace('Shop, end to end, ', '')}`);
  });

  test('reads gzip, makes the folder, prints JSON', async () => {
    file('run.json.gz', gzipSync(json));
    const { status, stdout } = await run(['report', 'run.json.gz', '--output=pages/one.html', '--json']);
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), { page: 'pages/one.html', counts: report.counts });
    assert.ok(isPage(readFileSync(join(folder, 'pages/one.html'), 'utf8')));
  });

  test('makes one page of several shards', async () => {
    file('shard-1.json', json);
    file('shard-2.json', JSON.stringify(sampleReport({ tests: 20, seed: 2 })));
    const { status, stdout, stderr } = await run(['report', 'shard-1.json', 'shard-2.json', '--json']);
    assert.deepEqual([status, stderr, JSON.parse(stdout).counts.total], [0, '', 60]);
  });

  test('is a filter', async () => {
    const { status, stdout, stderr } = await run(['report', '-', '-o', '-'], { stdin: json });
    assert.deepEqual([status, stderr, isPage(stdout)], [0, '', true]);
  });

  test('is quiet when its reader has seen enough', async () => {
    const large = JSON.stringify(sampleReport({ tests: 5000 }));
    const { status, stderr } = await run(['report', '-', '-o', '-'], { stdin: large, until: 10 });
    assert.deepEqual([status, stderr], [0, '']);
  });

  test('a hostile title does not reach the terminal', async () => {
    file('hostile.json', JSON.stringify({ ...report, title: 'a\u001b]0;b\u0007c\u202ed' }));
    const { stdout } = await run(['report', 'hostile.json', '-o', 'x.html']);
    assert.match(stdout, /^x\.html: a�\]0;b�c�d, /);
  });
});

test('docs/report.md shows what the program prints', async () => {
  const page = readFileSync(new URL('../docs/report.md', import.meta.url), 'utf8');
  const session = /```console\n([\s\S]*?)```/.exec(page)[1];
  const all = sampleReport({ tests: 400 });
  file('run.json', JSON.stringify(all));
  // a run in two shards: all its tests, and none
  file('shard-1.json', JSON.stringify(all));
  file('shard-2.json', JSON.stringify({ ...all, counts: { ...all.counts, total: 0 }, issues: [], unknown: [], tests: [] }));
  for (const step of session.split(/^\$ known-failures /m).slice(1)) {
    const [line, ...printed] = step.split('\n');
    const { status, stdout } = await run(line.split(' '));
    assert.deepEqual([status, stdout], [0, printed.join('\n')], line);
  }
});

describe('colours', () => {
  for (const [stream, env, hasColours] of [
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
    [{}, {}, false],
    [{}, { FORCE_COLOR: '1' }, true],
    [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ]) {
    test(`${JSON.stringify(stream)}, ${JSON.stringify(env)}: ${hasColours}`, () => {
      assert.equal(terminalOf(stream, env).hasColours, hasColours);
    });
  }

  test('a pipe gets none, unless they are forced', async () => {
    assert.ok(!(await run(['--help'])).stdout.includes('\u001b'));
    assert.ok((await run(['--help'], { env: { FORCE_COLOR: '1' } })).stdout.includes('\u001b[1mCommands\u001b[22m'));
  });
});

describe('a table', () => {
  const columns = [{ title: 'Rule' }, { title: 'Errors', align: 'right' }, { title: 'Text', overflow: 'cut' }];
  const rows = [
    ['a', '7', 'short'],
    ['bcd', '12', 'a text that is longer than there is room'],
  ];

  test('has aligned columns', () => {
    const expected = 'Rule  Errors  Text\na          7  short\nbcd       12  a text that is longer than there is room\n';
    assert.equal(formatTable(rows, { columns, width: 80 }), expected);
  });

  test('is cut to the width', () => {
    assert.equal(
      formatTable(rows, { columns, width: 30 }),
      'Rule  Errors  Text\na          7  short\nbcd       12  a text that is…\n',
    );
  });

  test('breaks lines where it shall not cut', () => {
    const wrapped = columns.with(2, { title: 'Text', overflow: 'wrap' });
    const expected = 'Rule  Errors  Text\nbcd       12  a text that is\n              longer than\n              there is room\n';
    assert.equal(formatTable(rows.slice(1), { columns: wrapped, width: 30 }), expected);
  });

  test('knows wide and combining characters, and shows no control characters', () => {
    const plain = [{ overflow: 'cut' }, {}];
    assert.equal(
      formatTable(
        [
          ['日本', '|'],
          ['e\u0301x', '|'],
          ['a\u001bb\nc', '|'],
        ],
        { columns: plain, width: 80 },
      ),
      '日本    |\ne\u0301x      |\na�b c  |\n'.replace('日本    ', '日本   ').replace('e\u0301x      ', 'e\u0301x     '),
    );
  });
});
