// known-failures/reportportal: known failures as issues of test items.
'use strict';

const { withKnownFailures } = require('./client.js');
const { reportPortalIssue } = require('./issue.js');

module.exports = { reportPortalIssue, withKnownFailures };
