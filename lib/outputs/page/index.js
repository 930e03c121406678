// A run report as one self-contained HTML file.
'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { bundleScript, bundleStyle } = require('./bundle.js');
const { contentSecurityPolicy } = require('./csp.js');
const { pageData } = require('./data.js');
const { escapeHtml, scriptJson } = require('./escape.js');
const { plainSummary } = require('./plain-summary.js');

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/** What does not depend on the report. Read when the first page is rendered. */
let fixed;

/**
 * The page of a run. It needs no other file and no network, and runs no script but its own, whatever the report says.
 *
 * @param {RunReport} report
 * @returns {string} HTML, to be written as UTF-8
 */
function renderPage(report) {
  fixed ??= readFixed();
  return fill(fixed.template, {
    policy: fixed.policy,
    title: escapeHtml(`${titleMark(report)} ${report.title}`),
    icon: escapeHtml(favicon(report.status === 'passed' ? '#1a7038' : '#b3261e')),
    style: `<style>${fixed.style}</style>`,
    summary: plainSummary(report),
    data: `<script type="application/json" id="data">${scriptJson(pageData(report))}</script>`,
    script: `<script>${fixed.script}</script>`,
  });
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

/** What a tab shows first: the tests that need attention, or that none does. */
function titleMark({ counts, status }) {
  return status === 'passed' ? '✓' : `✕ ${counts.failed + counts.unfinished || counts.broken}`;
}

module.exports = { renderPage };
