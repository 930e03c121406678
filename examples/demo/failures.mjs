// Throws real failures: from V8, Node's modules, node:assert, and page objects as a Selenium client throws them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { drawFailureKind } from './failure-kinds.mjs';

/** @typedef {import('../../bench/data/errors.mjs').FailedTest} FailedTest */

/** What a WebDriver client throws: name and message of the remote error, with a local stack. */
class RemoteError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
    // Captured again, because the stack starts with the name that the error has at the capture.
    Error.captureStackTrace(this, RemoteError);
  }
}

/** An object whose method appears in stack traces as `type.method`, like a page object's. */
function pageObject(type, method, body) {
  return Object.create({ [Symbol.toStringTag]: type, [method]: body });
}

/** What chromedriver appends to each message. */
function driverStack(random) {
  let text = '\nStacktrace:';
  for (let i = 0; i < 24; i++) text += `\n#${i} 0x${random.hex(12)} <unknown>`;
  return text;
}

/** Throws from within the frames that the failure needs, if any. */
function throwRemote({ failure, error, origin }, random) {
  let { message } = failure;
  if (origin.template.startsWith('webdriver.')) message += driverStack(random);
  // An exception of a back end has the remote stack trace in its message.
  if (failure.stack === 'java') message = error.slice(failure.name.length + 2);
  /** @type {() => unknown} */
  let run = () => {
    throw new RemoteError(failure.name, message);
  };
  for (const { type, method } of failure.frames ?? []) {
    const inner = run;
    const page = pageObject(type, method, () => inner());
    run = () => page[method]();
  }
  run();
}

/** The same with colours, as test runners write their messages. */
function throwColoured({ failure }) {
  const coloured = failure.message.replace(/'[^']*'|"[^"]*"/g, (part) => `\u001b[31m${part}\u001b[39m`);
  throw new RemoteError(failure.name, `\u001b[1m${coloured}\u001b[22m`);
}

/** @type {Record<string, (failed: FailedTest, random: import('../../bench/data/index.mjs').Random) => unknown>} */
const throwers = {
  remote: throwRemote,
  coloured: throwColoured,
  undefinedProperty({ origin }) {
    const page = {};
    return page.element[origin.details.property];
  },
  strictEqual({ origin: { details } }) {
    assert.equal(`${details.field}: ${details.actual}`, `${details.field}: ${details.expected}`);
  },
  deepStrictEqual({ origin: { details } }, random) {
    const id = random.int(1, 99_999);
    const items = [1, 2, 3].map((n) => ({ sku: `sku-${n}`, quantity: n }));
    assert.deepEqual({ id, items, [details.field]: details.actual }, { id, items, [details.field]: details.expected });
  },
  withCause(failed, random) {
    try {
      throwRemote(failed, random);
    } catch (cause) {
      throw new Error(`step "${failed.origin.template}" failed`, { cause });
    }
  },
  string: ({ failure }) => Promise.reject(`${failure.name}: ${failure.message}`),
  aggregate: (failed, random) =>
    Promise.any([1, 2].map(async (attempt) => (attempt === 1 ? throwRemote(failed, random) : readFile('/no/such/file')))),
  abort: () => AbortSignal.abort().throwIfAborted(),
  dataClone: () => structuredClone({ callback() {} }),
  json: ({ failure }) => JSON.parse(`{"message": ${failure.message}`),
  url: ({ origin }) => new URL(`https://${origin.template}:port`),
  range: () => (12.5).toFixed(101),
  missingFile: () => readFile('/no/such/file.json'),
  rejects: ({ failure }) =>
    assert.rejects(async () => {
      throw new TypeError(failure.message);
    }, RangeError),
  nothing: () => Promise.reject(undefined),
};

/**
 * Throws what `failed` describes.
 * @param {FailedTest} failed
 * @param {import('../../bench/data/index.mjs').Random} random
 * @returns {Promise<never>}
 */
export async function fail(failed, random) {
  await throwers[drawFailureKind(failed, random)](failed, random);
  throw new Error('the failure did not fail');
}
