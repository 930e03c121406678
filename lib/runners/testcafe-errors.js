// TestCafe's errors. They have a code and parameters; only their own `formatMessage` makes a text, with the browser and a frame of
// source code: the neighbouring tests, which no rule must match. So only the message is taken of it.
'use strict';

/** TestCafe shortens selectors to the width of a terminal. */
const WIDTH = 1000;

/**
 * What a rule is matched with: the message, where it happened, and the causes of what the test threw.
 *
 * @param {any} error
 * @returns {unknown} in a form that `classify` takes
 */
function judgeable(error) {
  try {
    const message = messageOf(error);
    if (message === null) return error;
    const { filename, lineNum } = error.callsite ?? {};
    const frame = typeof filename === 'string' && Number.isInteger(lineNum) ? `\n    at ${filename}:${lineNum + 1}` : '';
    const { cause, errors } = error.originError ?? {};
    return { message, stack: `${message}${frame}`, cause, errors };
  } catch {
    // an error of another kind
    return error;
  }
}

function messageOf(error) {
  let message = null;
  const decorator = {
    'div message': (text) => {
      message = text;
      return text;
    },
  };
  error.formatMessage(decorator, WIDTH);
  // it indents with no-break spaces
  return message?.replaceAll('\u00a0', ' ') ?? null;
}

module.exports = { judgeable };
