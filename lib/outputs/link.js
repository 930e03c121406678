// Links to issues. A list may come from anywhere, so nothing but a web address becomes a link that a person can click.
'use strict';

const { invalidArgument } = require('../api/invalid-argument.js');

/** @param {unknown} url @returns {string | null} it, normalised; null unless it is one of `http:` or `https:` */
function webUrl(url) {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const { href, protocol } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

/**
 * Where the issue is: the rule's own `url`, else made by the template.
 *
 * @param {{ issue: string | null, url?: string | null }} verdict
 * @param {string | null} template with `%s` for the issue
 */
function linkOf({ issue, url }, template) {
  const own = webUrl(url);
  if (own !== null || template === null || issue === null) return own;
  // a function, because `$&` means something in a string
  return webUrl(template.replaceAll('%s', () => encodeURIComponent(issue.toWellFormed())));
}

/** The option `issueUrl`. @type {import('../shared/options.js').OptionSpec} */
const ISSUE_URL = {
  type: 'string',
  default: null,
  read(value, place) {
    if (value.includes('%s') && webUrl(value.replaceAll('%s', 'x')) !== null) return value;
    throw invalidArgument(`${place} must be a web address with %s for the issue, like https://bugs.example/browse/%s`);
  },
};

module.exports = { ISSUE_URL, linkOf, webUrl };
