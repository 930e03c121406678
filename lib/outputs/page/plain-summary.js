// What the page says where scripts do not run (a CI server that serves artifacts in a sandbox): the counts, the unknown failures
// and the known issues, as plain HTML.
'use strict';

const { escapeHtml } = require('./escape.js');

/** Groups, and issues, that are listed. */
const MAX_LISTED = 100;

/** @param {import('../../recorder/run-report.js').RunReport} report */
function plainSummary(report) {
  const { counts } = report;
  return `<main>
<h1>${escapeHtml(report.title)}</h1>
<p>${counts.total} tests: ${counts.failed} unknown failures, ${counts.broken} known failures, ${counts.unfinished} unfinished,
${counts.passed} passed (${counts.flaky} flaky), ${counts.skipped} skipped. This page needs JavaScript to show more.</p>
<h2>Unknown failures</h2>
${list(report.unknown, ({ signature, tests }) => `${tests.length} × <code>${escapeHtml(signature)}</code>`)}
<h2>Known failures</h2>
${list(report.issues, ({ issue, tests }) => `${tests.length} × ${escapeHtml(issue)}`)}
</main>`;
}

function list(entries, line) {
  if (entries.length === 0) return '<p>None.</p>';
  const more = entries.length > MAX_LISTED ? `\n<li>${entries.length - MAX_LISTED} more</li>` : '';
  return `<ul>\n${entries
    .slice(0, MAX_LISTED)
    .map((entry) => `<li>${line(entry)}</li>`)
    .join('\n')}${more}\n</ul>`;
}

module.exports = { plainSummary };
