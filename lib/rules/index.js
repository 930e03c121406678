// `known-failures/rules`: a list that is loaded, kept fresh, and shared by the processes of a run.
'use strict';

const { clock } = require('./clock.js');
const { readWatchOptions } = require('./options.js');
const { readSource } = require('./source.js');
const { RulesWatcher } = require('./watcher.js');

/** See `index.d.ts`. */
function watchRules(source, options) {
  const spec = readSource(source);
  return new RulesWatcher(spec, readWatchOptions(options, spec.kind), clock);
}

module.exports = { watchRules };
