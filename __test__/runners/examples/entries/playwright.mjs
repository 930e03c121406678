import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { cart } from '../expected.mjs';

const expected = {
  ...cart,
  // two soft assertions
  'Cart › shows the total': 'Failed no-match, SHOP-1600',
  // a hook of a suite fails its first test
  'Cart › stock › counts': 'Broken SHOP-1600',
  'Cart › stock › orders': 'skipped',
  'Cart › gives change': 'passed',
};

/** With the project in the names, a rule about `^Cart › ` is about other tests. */
const inProject = (project) =>
  Object.entries({ ...expected, 'Cart › pays by card': 'Failed no-match' }).map(([name, outcome]) => [
    `${project} › ${name}`,
    outcome,
  ]);

const ISSUES = ['SHOP-1203', 'SHOP-1432', 'SHOP-1501', 'SHOP-1600', 'SHOP-1777'];

/** The issues in texts of a report, each once. */
const issuesIn = (text, pattern) => [...new Set(Array.from(text.matchAll(pattern), ([, issue]) => issue))].sort();

/** The files of the archive within the HTML report, inflated and joined. */
function dataOfHtml(html) {
  const bytes = Buffer.from(/data:application\/zip;base64,([^"<]+)/.exec(html)[1], 'base64');
  let data = '';
  for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const header = bytes.readUInt32LE(at + 42);
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    data += inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString();
  }
  return data;
}

/** @type {import('../index.mjs').Example} */
export default {
  name: 'playwright',
  package: '@playwright/test',
  inCi: true,
  config: 'playwright.config.mjs',
  shows: 'console, run.json; annotations in HTML, JSON, JUnit',
  exitCode: 1,
  runs: [
    { label: 'one project', expected },
    {
      label: 'two projects',
      args: ['--config', 'projects.config.mjs', '--workers', '2'],
      expected: Object.fromEntries(['guest', 'member'].flatMap(inProject)),
      issues: ISSUES.filter((issue) => issue !== 'SHOP-1432'),
    },
    { label: 'shards, merged', script: 'npm run --silent test:shards', exitCode: 0, expected },
    {
      label: 'broken file',
      args: ['--config', 'broken.config.mjs'],
      expected: { 'broken/cart.spec.mjs': 'file: Broken SHOP-1650' },
      issues: [],
    },
  ],
  check({ folder }, { issues = ISSUES }) {
    const json = readFileSync(join(folder, 'report.json'), 'utf8');
    assert.deepEqual(issuesIn(json, /"type": "issue",\s+"description": "(SHOP-\d+)/g), issues, 'report.json');
    const html = dataOfHtml(readFileSync(join(folder, 'playwright-report/index.html'), 'utf8'));
    assert.deepEqual(issuesIn(html, /"type":"issue","description":"(SHOP-\d+)/g), issues, 'the HTML report');
    // JUnit has no attempts
    const ofTests = issues.filter((issue) => issue !== 'SHOP-1203');
    const junit = readFileSync(join(folder, 'report.xml'), 'utf8');
    assert.deepEqual(issuesIn(junit, /<property name="issue" value="(SHOP-\d+)/g), ofTests, 'report.xml');
  },
};
