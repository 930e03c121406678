// What ReportPortal takes as the issue of a test item.
'use strict';

const { readOptions } = require('../../shared/options.js');
const { ISSUE_URL, linkOf, webUrl } = require('../link.js');
const { cut, plainLine } = require('../text.js');

/** ReportPortal refuses a longer comment, and with it the end of the item. Its limit has been 2,048. */
const COMMENT_UNITS = 1000;

/** Options of an issue. A defect type may be one of the project's own: two letters and a locator. */
const ISSUE_OPTIONS = {
  issueType: { type: ['string', 'function'], default: 'pb001' },
  comment: { type: ['string', 'function'], default: null },
  ignoreAnalyzer: { type: 'boolean', default: true },
  issueUrl: ISSUE_URL,
  btsUrl: { type: 'string', default: null },
  btsProject: { type: 'string', default: null },
};

/**
 * @param {import('./index.d.ts').KnownVerdict} verdict
 * @param {import('./index.d.ts').IssueOptions} [options]
 * @returns {import('./index.d.ts').ReportPortalIssue | null}
 */
function reportPortalIssue(verdict, options) {
  return issueOf(verdict, readOptions(options, ISSUE_OPTIONS, 'reportPortalIssue'));
}

/** The same with options that were read. */
function issueOf(verdict, options) {
  if (verdict?.status !== 'Broken' || typeof verdict.issue !== 'string') return null;
  const url = linkOf(verdict, options.issueUrl);
  const external = externalIssue(verdict.issue, url, options);
  return {
    issueType: textOf(options.issueType, verdict),
    comment: cut(options.comment === null ? commentOf(verdict, url) : textOf(options.comment, verdict), COMMENT_UNITS),
    ignoreAnalyzer: options.ignoreAnalyzer,
    ...(external !== null && { externalSystemIssues: [external] }),
  };
}

const textOf = (option, verdict) => `${typeof option === 'function' ? option(verdict) : option}`;

function commentOf({ issue, rule, id, match }, url) {
  const name = id ?? rule;
  const parts = [
    `Known failure ${plainLine(issue)}`,
    name === null || name === undefined ? '' : ` by rule ${plainLine(name)}`,
    match?.text ? `: ${plainLine(match.text)}` : '',
    url === null ? '' : `\n${url}`,
  ];
  return parts.join('');
}

/** The server refuses one that lacks a field, so it is all of them or none. */
function externalIssue(issue, url, { btsUrl, btsProject }) {
  if (url === null || webUrl(btsUrl) === null || !btsProject || issue.trim() === '') return null;
  return { ticketId: issue, url, btsUrl, btsProject, submitDate: Date.now() };
}

module.exports = { ISSUE_OPTIONS, issueOf, reportPortalIssue };
