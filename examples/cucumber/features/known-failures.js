const { After } = require('@cucumber/cucumber');
const { attachIssue } = require('known-failures/cucumber');

After(attachIssue({ rules: process.env.KNOWN_FAILURES ?? '../known-failures.json' }));
