// A list in a file, however it is written.

import assert from 'node:assert/strict';
import { appendFile, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { classify, ruleStats } from 'known-failures';
import { RULES, temporaryFolder, until, watching } from './rules-server.mjs';

const named = (issue) => JSON.stringify([{ issue, error: 'boom' }]);
const issue = async () => (await classify('a test', 'boom')).issue;

/** So long that what happens in a test comes from the watch, not from looking now and then. */
const NEVER = 10_000_000;

test('a path, a relative path and a URL are the same file', async (t) => {
  const file = join(await temporaryFolder(t), 'list #1.json');
  await writeFile(file, JSON.stringify(RULES));
  for (const source of [file, relative(process.cwd(), file), pathToFileURL(file), pathToFileURL(file).href]) {
    const { state, source: shown, from, fetches } = await watching(t, source).ready;
    assert.deepEqual([state, shown, from, fetches], ['fresh', file, 'source', 1]);
  }
});

for (const [name, change] of [
  ['written over', (file, text) => writeFile(file, text)],
  [
    'replaced by another one, as editors do',
    async (file, text) => {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    },
  ],
  [
    'deleted and written anew',
    async (file, text) => {
      await rm(file);
      await writeFile(file, text);
    },
  ],
  [
    'written in pieces',
    async (file, text) => {
      await writeFile(file, '');
      for (const letter of text) await appendFile(file, letter);
    },
  ],
]) {
  for (const [how, refreshMs] of [
    ['the watch sees', NEVER],
    ['a look sees', 10],
  ]) {
    test(`${how} a file that is ${name}`, async (t) => {
      const folder = await temporaryFolder(t);
      const file = join(folder, 'list.json');
      await writeFile(file, named('OLD'));
      // a link, because what happens to the file then happens in a folder that is not watched
      const source = refreshMs === NEVER ? file : join(folder, 'links/list.json');
      if (source !== file) {
        await mkdir(join(folder, 'links'));
        await symlink(file, source);
      }
      const watcher = watching(t, source, { refreshMs });
      await watcher.ready;
      assert.equal(await issue(), 'OLD');
      await change(file, named('NEW'));
      await until(async () => (await issue()) === 'NEW');
      await until(() => watcher.status.state === 'fresh');
    });
  }
}

test('a file that is deleted leaves its list in force, stale, until it is back', async (t) => {
  const file = join(await temporaryFolder(t), 'list.json');
  await writeFile(file, JSON.stringify(RULES));
  const watcher = watching(t, file, { refreshMs: 10 });
  await watcher.ready;
  await rm(file);
  await until(() => watcher.status.state === 'stale');
  assert.equal(await issue(), 'SHOP-1');
  assert.equal(watcher.warnings.length, 1);
  assert.match(
    watcher.warnings[0],
    /^WARN_LIST: The list of known failures in .*list\.json does not exist\. In force: the list of \d+ s ago \(1 rule\)\./,
  );
  await writeFile(file, JSON.stringify(RULES));
  await until(() => watcher.status.state === 'fresh');
  assert.equal(ruleStats().rules[0].matches, 1, 'the same list is not loaded again');
});

test('a file that is not there yet is found when it comes, and so is its folder', async (t) => {
  const folder = join(await temporaryFolder(t), 'later');
  const watcher = watching(t, join(folder, 'list.json'), { refreshMs: 10 });
  assert.equal((await watcher.ready).state, 'none');
  await mkdir(folder);
  await writeFile(join(folder, 'list.json'), named('LATER'));
  await until(async () => (await issue()) === 'LATER');
});

test('a file with a bad list is told, and read again when it has changed', async (t) => {
  const file = join(await temporaryFolder(t), 'list.json');
  await writeFile(file, named('GOOD'));
  const watcher = watching(t, file, { refreshMs: 10 });
  await watcher.ready;
  await writeFile(file, '{');
  await until(() => watcher.status.state === 'stale');
  assert.equal(await issue(), 'GOOD');
  assert.match(watcher.warnings[0], /was refused: .* not valid JSON/);
  await writeFile(file, named('BETTER'));
  await until(async () => (await issue()) === 'BETTER');
});

test('a file that was only touched is read, and its list not loaded again', async (t) => {
  const file = join(await temporaryFolder(t), 'list.json');
  await writeFile(file, JSON.stringify(RULES));
  const watcher = watching(t, file, { refreshMs: 10 });
  const { version } = await watcher.ready;
  await utimes(file, 1, 1);
  const { confirmedAt } = watcher.status;
  await until(() => watcher.status.confirmedAt > confirmedAt);
  assert.deepEqual([watcher.status.state, watcher.status.version], ['fresh', version]);
});

test('a file that is too large, and a folder, are told', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'list.json'), ' '.repeat(1001));
  const large = await watching(t, join(folder, 'list.json'), { maxBytes: 1000 }).ready;
  assert.match(large.reason, /is larger than 1000 bytes \(`maxBytes`\)$/);
  assert.match((await watching(t, folder).ready).reason, /could not be read: EISDIR/);
});
