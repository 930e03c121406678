const Agent = require('@reportportal/agent-js-mocha');
const { withKnownFailures } = require('known-failures/reportportal');

module.exports = class extends Agent {
  constructor(runner, options) {
    super(runner, options);
    withKnownFailures(this.rpClient, {
      rules: process.env.KNOWN_FAILURES,
      issueUrl: 'https://bugs.example/browse/%s',
      btsUrl: 'https://bugs.example',
      btsProject: 'SHOP',
    });
  }
};
