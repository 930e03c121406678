// known-failures/allure: known failures in an Allure report.
'use strict';

const { annotateResults } = require('./annotate.js');
const { allureListener } = require('./listener.js');
const { LABEL } = require('./marks.js');

/** The category of Allure 3 that has the known failures, by issue. JSON: it may stand in a file. */
function allureCategories() {
  return [
    {
      id: 'known-failures',
      name: 'Known failures',
      matchers: { labels: { [LABEL]: '.' } },
      groupBy: [{ label: LABEL }],
    },
  ];
}

module.exports = { allureCategories, allureListener, annotateResults };
