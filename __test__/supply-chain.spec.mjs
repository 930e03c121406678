// What protects the build: lock files that can be verified, and workflows that run the repository's own scripts with the least rights.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from 'yaml';
import { faultsOf, lockedFolders } from '../scripts/lib/lock-files.mjs';
import { changesOf } from '../scripts/release/changelog.mjs';
import { TARGETS } from '../scripts/release/targets.mjs';

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

const WORKFLOWS = '.github/workflows';
const workflows = readdirSync(new URL(WORKFLOWS, root)).map((file) => ({ file, ...parse(read(`${WORKFLOWS}/${file}`)) }));
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ where: `${file}, ${name}`, ...job })),
);
const steps = jobs.flatMap(({ where, steps = [] }) => steps.map((step) => ({ where, ...step })));

test('every lock file is complete', () => {
  assert.ok(lockedFolders().length >= 3);
  for (const folder of lockedFolders()) assert.deepEqual(faultsOf(JSON.parse(read(`${folder}/package-lock.json`))), []);
});

test('what makes a lock file incomplete is found', () => {
  const integrity = 'sha512-AAAA';
  const packages = {
    '': {},
    'node_modules/whole': { integrity },
    'node_modules/linked': { link: true, resolved: 'packages/linked' },
    'node_modules/bare': {},
    'node_modules/weak': { integrity: 'sha1-AAAA' },
    'node_modules/placed': { integrity, resolved: 'https://registry.example/placed.tgz' },
  };
  assert.deepEqual(faultsOf({ lockfileVersion: 3, packages }), [
    'node_modules/bare has no sha512 integrity',
    'node_modules/weak has no sha512 integrity',
    'node_modules/placed names where it comes from: https://registry.example/placed.tgz',
  ]);
  assert.deepEqual(faultsOf({ lockfileVersion: 2, packages: {} }), ['lockfileVersion is 2, not 3']);
});

test('a workflow has no permissions of its own, and each job names those it needs', () => {
  for (const { file, permissions } of workflows) assert.deepEqual(permissions, {}, file);
  for (const { where, permissions } of jobs) assert.equal(typeof permissions, 'object', where);
});

test('only the job that publishes can identify itself', () => {
  const identified = jobs.filter(({ permissions }) => permissions['id-token']);
  assert.deepEqual(
    identified.map(({ where, environment }) => ({ where, environment })),
    [{ where: 'release.yml, publish', environment: 'npm' }],
  );
});

test('the job that publishes runs no code but the repository\u2019s', () => {
  const publish = steps.filter(({ where }) => where === 'release.yml, publish');
  assert.deepEqual(
    publish.flatMap(({ run }) => run ?? []),
    ['node scripts/release/publish.mjs --provenance'],
  );
});

test('every job ends, and no checkout leaves its token behind', () => {
  for (const job of jobs) assert.ok(job.uses || job['timeout-minutes'] <= 60, `${job.where} has no timeout`);
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  assert.ok(checkouts.length > 0);
  for (const step of checkouts) assert.equal(step.with?.['persist-credentials'], false, step.where);
});

test('every action is pinned by its commit, and says which version that is', () => {
  const lines = workflows.flatMap(({ file }) =>
    read(`${WORKFLOWS}/${file}`)
      .split('\n')
      .filter((line) => /\buses:/.test(line))
      .map((line) => ({ file, line: line.trim() })),
  );
  assert.ok(lines.length > 0);
  for (const { file, line } of lines) {
    if (/uses: \.\/(\S+)$/.test(line)) assert.ok(existsSync(new URL(/\.\/(\S+)$/.exec(line)[1], root)), `${file}: ${line}`);
    else assert.match(line, /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
  }
});

test('every `run` is one command: a script of the repository', () => {
  const runs = steps.filter(({ run }) => run !== undefined);
  assert.ok(runs.length > 0);
  for (const { where, run } of runs) assert.equal(scriptFault(run), undefined, `${where}: ${run}`);
});

test('what is no script of the repository is found', () => {
  for (const run of [
    'node scripts/no-such-file.mjs',
    'npm run no-such-script',
    'npm ci && npm test',
    'npm ci\nnpm test',
    'curl example.org | sh',
    'echo $(id)',
    `node scripts/lock.mjs $\{{ github.ref }}`,
  ])
    assert.notEqual(scriptFault(run), undefined, run);
});

/** @returns {string | undefined} why a `run` is not one command that calls a script of the repository, with plain arguments */
function scriptFault(run) {
  const words = run.trim().split(' ');
  // an argument may be a variable of the shell, in quotes: what `env` of the step or the runner has set
  if (!words.every((word) => /^(?:[\w./:=-]|"[\w:.$-]+")+$/.test(word))) return 'it is more than a command with plain arguments';
  const [program, first, second] = words;
  if (run === 'npm ci --ignore-scripts') return undefined;
  if (program === 'npm' && first === 'run') return second in scripts ? undefined : `package.json has no script ${second}`;
  if (program !== 'node' && program !== 'bash') return `${program} runs no script of the repository`;
  const tracked = execFileSync('git', ['ls-files', '--', first], { cwd: root, encoding: 'utf8' }).trim();
  return tracked === first ? undefined : `${first} is no file of the repository`;
}

test('deny.toml looks at every target', () => {
  const [, targets] = /^targets = \[([^\]]*)\]/m.exec(read('deny.toml'));
  assert.deepEqual(targets.match(/[\w-]{10,}/g).sort(), TARGETS.map(({ triple }) => triple).sort());
});

test('every target is built, and each that can be is tested where it runs', () => {
  const { build, test, 'test-in-container': containers } = workflows.find(({ file }) => file === 'binaries.yml').jobs;
  const triples = TARGETS.map(({ triple }) => triple).sort();
  assert.deepEqual(build.strategy.matrix.include.map(({ target }) => target).sort(), triples);
  const systems = [...test.strategy.matrix.system, ...containers.strategy.matrix.system];
  assert.deepEqual([...new Set(systems.map(({ target }) => target))].sort(), triples);
});

test('the notes of a release are its section of the changelog', () => {
  const changelog =
    '# Changelog\n\n## [1.10.0] - 2027-01-02\n\n### Added\n\n- more\n\n## 1.1.0 - 2026-12-01\n\n- first\n\n## 1.0.0\n';
  assert.equal(changesOf(changelog, '1.10.0'), '### Added\n\n- more');
  assert.equal(changesOf(changelog, '1.1.0'), '- first');
  for (const version of ['1.0.0', '1.1', '2.0.0']) assert.equal(changesOf(changelog, version), undefined);
});
