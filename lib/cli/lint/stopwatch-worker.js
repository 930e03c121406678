// Runs patterns in the engine of JavaScript, on a thread that can be ended when one does not come back.
'use strict';

const { parentPort } = require('node:worker_threads');

parentPort.on('message', ({ source, flags, texts }) => {
  let pattern;
  try {
    pattern = new RegExp(source, flags);
  } catch {
    // a construct that this runtime does not know yet
    return parentPort.postMessage({ isDone: true });
  }
  for (const [at, text] of texts.entries()) {
    parentPort.postMessage({ isDone: false, at });
    pattern.lastIndex = 0;
    pattern.test(text);
  }
  parentPort.postMessage({ isDone: true });
});
