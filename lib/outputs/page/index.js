// A run report as one self-contained HTML file.
'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { writeOutput } = require('../../shared/atomic-write.js');
const { bundleScript, bundleStyle } = require('./bundle.js');
const { contentSecurityPolicy } = require('./csp.js');
const { pageData } = require('./data.js');
const { escapeHtml, scriptJson } = require('./escape.js');
const { plainSummary } = require('./plain-summary.js');

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/** The heading of a run that has no title: adapters have none unless they are given one. */
const NO_TITLE = 'Test run';

/** What does not depend on the report. Read when the first page is rendered. */
let fixed;

/**
 * The page of a run. It needs no other file and no network, and runs no script but its own, whatever the report says.
 *
 * @param {RunReport} report
 * @returns {string} HTML, to be written as UTF-8
 */
function renderPage(report) {
  const titled = report.title === '' ? { ...report, title: NO_TITLE } : report;
  fixed ??= readFixed();
  const mark = tabMark(report.counts);
  return fill(fixed.template, {
    policy: fixed.policy,
    title: escapeHtml(`${mark.text} ${titled.title}`),
    icon: escapeHtml(favicon(mark.colour)),
    style: `<style>${fixed.style}</style>`,
    summary: plainSummary(titled),
    data: `<script type="application/json" id="data">${scriptJson(pageData(titled))}</script>`,
    script: `<script>${fixed.script}</script>`,
  });
}

/** Writes the page of a run. A reader of `path` sees the page that was there before or the whole new one. Makes the folder. */
async function writePage(path, report) {
  await writeOutput(path, renderPage(report));
}

function readFixed() {
  const script = bundleScript();
  const style = bundleStyle();
  const template = readFileSync(join(__dirname, 'template.html'), 'utf8');
  return { script, style, template, policy: escapeHtml(contentSecurityPolicy({ script, style })) };
}

/** Fills the places of the template: `<!--name-->` and, in attributes and the title, `{{name}}`. What is filled in stays as it is. */
function fill(template, values) {
  return template.replace(/<!--(\w+)-->|\{\{(\w+)\}\}/g, (_, part, text) => values[part ?? text]);
}

function favicon(colour) {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="${colour}"/><path d="M4 5h8M4 8h5M4 11h7" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

/** What a tab shows first: the tests that need attention, else the known failures, else that all is well. */
function tabMark({ failed, unfinished, broken }) {
  if (failed + unfinished > 0) return { text: `✕ ${failed + unfinished}`, colour: '#b3261e' };
  return broken > 0 ? { text: `◆ ${broken}`, colour: '#855600' } : { text: '✓', colour: '#1a7038' };
}

module.exports = { renderPage, writePage };
