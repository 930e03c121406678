// Results of real adapters, and what Allure 3 makes of them.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expected } from './expected.mjs';
import { cli, path, run } from './install.mjs';

const ISSUE_URL = 'https://bugs.example/browse/%s';

/** allure-mocha writes the results, the command marks them. */
export async function annotated(folder) {
  const results = join(folder, 'mocha-results');
  await run('mocha', ['--reporter', 'allure-mocha', '--reporter-option', `resultsDir=${results}`, 'suites/cart.mocha.cjs']);
  const mark = async (rules) =>
    JSON.parse(await cli(['allure', results, '--rules', path(rules), '--issue-url', ISSUE_URL, '--json']));
  const before = await readResults(results);
  const first = await mark('rules.json');
  assert.deepEqual([first.known, first.unknown, first.unreadable], [2, 2, 0]);
  assert.equal((await mark('rules.json')).changed, 0, 'the second time nothing changes');
  const marked = await readResults(results);
  // a list that knows nothing takes all marks away
  await mark('rules-none.json');
  const withoutStatus = (all) => all.map(({ status, ...result }) => result);
  assert.deepEqual(withoutStatus(await readResults(results)), withoutStatus(before));
  await mark('rules.json');
  assert.deepEqual(await readResults(results), marked);
  return checkReport(results, join(folder, 'mocha-report'));
}

/** allure-vitest writes the results, with the listener. */
export async function listened(folder) {
  const results = join(folder, 'vitest-results');
  const { output } = await run('vitest', ['run', '--config', 'vitest.config.mjs'], { ALLURE_RESULTS: results });
  assert.doesNotMatch(output, /KnownFailuresWarning/);
  return checkReport(results, join(folder, 'vitest-report'));
}

async function readResults(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('-result.json')).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

/** Generates the report, and checks each test of it, the category and the resolutions. */
async function checkReport(results, report) {
  const { output, code } = await run('allure', ['generate', results, '--config', path('allurerc.mjs'), '--output', report]);
  assert.equal(code, 0, output);
  const tests = await readFolder(join(report, 'data/test-results'));
  const failures = tests.filter(({ status }) => status === 'failed' || status === 'broken');
  assert.deepEqual(failures.map(({ name }) => name).sort(), Object.keys(expected).sort());
  for (const test of failures) checkTest(test, expected[test.name]);
  await checkCategory(report);
  const resolutions = JSON.parse(await readFile(join(report, 'widgets/resolution-categories.json'), 'utf8'));
  const accepted = resolutions.groups.filter(({ resolution }) => resolution === 'accepted').flatMap((group) => group.testResults);
  const known = Object.keys(expected).filter((name) => expected[name] !== null);
  assert.deepEqual(accepted.map(({ name }) => name).sort(), known.sort());
  return { failures: failures.length, known: known.length, where: 'category, resolution, status, label, link' };
}

async function readFolder(folder) {
  return Promise.all((await readdir(folder)).map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

function checkTest(test, known) {
  const shown = {
    status: test.status,
    known: test.known,
    resolution: test.resolution,
    labels: test.labels.filter(({ name }) => name === 'known-failure').map(({ value }) => value),
    links: test.links,
    category: test.categories[0].name,
  };
  const marks =
    known === null
      ? { status: 'failed', known: false, resolution: undefined, labels: [], links: [], category: 'Product errors' }
      : {
          status: 'broken',
          known: true,
          resolution: 'accepted',
          labels: [known.issue],
          links: [{ name: known.issue, url: known.url, type: 'issue' }],
          category: 'Known failures',
        };
  assert.deepEqual(shown, marks, test.name);
}

async function checkCategory(report) {
  const { nodes } = JSON.parse(await readFile(join(report, 'widgets/categories.json'), 'utf8'));
  const category = Object.values(nodes).find(({ name }) => name === 'Known failures');
  const issues = category.childrenIds.map((id) => nodes[id].value);
  const known = Object.values(expected).flatMap((one) => one?.issue ?? []);
  assert.deepEqual(issues.sort(), known.sort());
}
