// The documents: every JavaScript sample runs and prints what the document says, and every relative link leads somewhere.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
);

/** What a sample needs around it, by the heading above it: names that the reader has, and checks of what is not printed. */
const surroundings = {
  'A list that stays fresh': {
    before: `
      process.env.TMPDIR = process.env.TEMP = process.cwd(); // the cache of a list is no other test's
      globalThis.fetch = async () => new Response('[{ "issue": "SHOP-1432", "error": "Timeout" }]');`,
    after: '',
  },
  'In an allure-js adapter': {
    // static imports come first, but the list is read later
    before: `
      import { writeFileSync } from 'node:fs';
      writeFileSync('known-failures.json', '[{"issue":"SHOP-1432","error":"Timeout"}]');`,
    after: `
      const result = { name: 'pays', status: 'failed', statusDetails: { message: 'Timeout' }, labels: [], links: [] };
      allureListener({ rules }).beforeTestResultWrite(result);
      if (!result.statusDetails.known) throw new Error('not marked');
      await rules.close();`,
  },
  'How do I use it in a log plugin?': {
    before: `
      process.env.TMPDIR = process.env.TEMP = process.cwd(); // the cache of a list is no other test's
      globalThis.fetch = async () => new Response('[{ "issue": "SHOP-1432", "error": "Timeout" }]');`,
    after: `
      const plugin = new LogPlugin();
      const failed = { fullName: 'Cart › pays by card' };
      await plugin.onTestFailed(failed, new Error('Timeout'));
      if (failed.status !== 'Broken' || failed.issue !== 'SHOP-1432') throw new Error('not the verdict of the list');
      await plugin.onRunEnd();`,
  },
  'How do I use it in my test runner?': {
    before: 'const module = {};',
    after: `
      if (module.exports.reporter !== 'known-failures/mocha') throw new Error('no configuration');`,
  },
  'How do I replay old failures and find dead rules?': {
    before: `
      import { writeFile } from 'node:fs/promises';
      await writeFile('rules.json', '[{"issue":"A","error":"boom"},{"issue":"B","error":"never"}]');
      await writeFile('failures.jsonl', '{"test":"t","error":"boom"}\\n'.repeat(2500));
      let saved = 0;
      async function save(failure, verdict) {
        if (failure.error !== 'boom' || verdict.issue !== 'A') throw new Error('not the verdict of this failure');
        saved += 1;
      }`,
    after: `if (saved !== 2500) throw new Error('saved ' + saved + ' of 2500');`,
  },
};

/** The fenced blocks of a page in one language, each with the heading above it. */
function blocksOf(markdown, language) {
  const blocks = [];
  let heading = '';
  let block = null;
  for (const line of markdown.split('\n')) {
    if (block) {
      if (line === '```') block = null;
      else block.lines.push(line);
    } else if (line.startsWith('```')) {
      block = { heading, lines: [] };
      if (line === `\`\`\`${language}`) blocks.push(block);
    } else if (/^#+ /.test(line)) {
      heading = line.replace(/^#+ /, '');
    }
  }
  return blocks;
}

/** What a sample says that it prints: the comments behind `console.log(…);`. */
const printedBy = (lines) => lines.flatMap((line) => line.match(/console\.log\(.*\);?\)?; \/\/ (.*)$/)?.[1] ?? []);

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-failures-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/known-failures'), 'junction');
});

after(() => rm(folder, { recursive: true }));

for (const page of pages) {
  const markdown = await readFile(join(root, page), 'utf8');

  for (const [index, { heading, lines }] of blocksOf(markdown, 'js').entries()) {
    test(`${page}, sample ${index + 1} (${heading}) runs and prints what it says`, async () => {
      const around = surroundings[heading] ?? { before: '', after: '' };
      const file = join(folder, `${page.replaceAll('/', '-')}-${index}.mjs`);
      await writeFile(file, [around.before, ...lines, around.after].join('\n'));
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
      assert.deepEqual(stdout.split('\n').slice(0, -1), printedBy(lines));
      assert.equal(stderr, '');
    });
  }

  test(`${page}: links lead to files and headings`, async () => {
    const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
    const missing = [];
    for (const link of links) {
      if (/^https?:/.test(link)) continue;
      const [path, anchor] = link.split('#');
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      if (!existsSync(target)) missing.push(link);
      else if (anchor !== undefined && !(await anchorsOf(target)).includes(anchor)) missing.push(link);
    }
    assert.deepEqual(missing, []);
  });

  test(`${page}: commands of npm exist`, async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const named = [...markdown.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
}

/** The anchors of a page's headings, as GitHub makes them. */
async function anchorsOf(file) {
  const headings = (await readFile(file, 'utf8')).match(/^#+ .*$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Not `recursive`: that follows links, and a package that is installed in a folder of the tests can be a link to this checkout. */
async function namesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const own = entries.filter(({ name }) => name !== 'node_modules' && name !== 'target');
  const names = await Promise.all(
    own.map((entry) => (entry.isDirectory() ? namesBelow(join(folder, entry.name)) : [entry.name])),
  );
  return names.flat();
}

test('files that ARCHITECTURE.md and CONTRIBUTING.md name exist', async () => {
  const roots = ['src', 'lib', 'crates', '__test__', 'conformance', 'bench', 'examples', 'fuzz', 'scripts', 'docs', '.ci'];
  const files = await Promise.all(roots.map((name) => namesBelow(join(root, name))));
  const names = new Set([...files.flat(), ...(await readdir(root))]);
  for (const page of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    const markdown = await readFile(join(root, page), 'utf8');
    const named = [...markdown.matchAll(/`([\w./*-]+)`/g)].map(([, name]) => name);
    // A path from the root up to its first wildcard, or a file by its name alone
    const missing = named.filter((name) =>
      roots.includes(name.split('/')[0])
        ? !existsSync(join(root, name.split('*')[0]))
        : /\.(?:rs|mjs|js|bin)$/.test(name) && !names.has(basename(name)),
    );
    assert.deepEqual(missing, [], page);
  }
});

test('every surrounding belongs to a heading of a page', async () => {
  const markdowns = await Promise.all(pages.map((page) => readFile(join(root, page), 'utf8')));
  const headings = markdowns.flatMap((markdown) => blocksOf(markdown, 'js').map(({ heading }) => heading));
  assert.deepEqual(
    Object.keys(surroundings).filter((heading) => !headings.includes(heading)),
    [],
  );
});
