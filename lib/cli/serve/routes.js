// What the server answers, by path and method.
'use strict';

const { once } = require('node:events');
const { classify } = require('../../../index.js');
const { answerLines } = require('../json-lines/answer.js');
const { InvalidItem, readItem } = require('../json-lines/item.js');
const { chunksOf, readBody } = require('./body.js');
const { HttpError } = require('./http-error.js');
const { CONTENT_TYPE } = require('./metrics.js');
const { sendJson, sendText } = require('./reply.js');

/**
 * Answers that a client has not read yet, in bytes, above which no more of its body is read. So much that a client may send some
 * thousands of lines before it reads the first answer.
 */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {import('./server.js').Server} server
 * @property {AbortSignal} signal aborts when the request has ended, well or not
 *
 * @typedef {object} Route
 * @property {(exchange: Exchange) => Promise<void> | void} handle
 * @property {boolean} [isOpen] needs no token
 * @property {boolean} [isWork] counts as a request that is being worked on
 * @property {boolean} [isStream] may take as long as a stream
 * @property {boolean} [needsTokenSet] is refused if the server has no token
 */

/** @type {Record<string, Record<string, Route>>} */
const ROUTES = {
  '/classify': { POST: { handle: classifyOne, isWork: true } },
  '/classify-all': { POST: { handle: classifyStream, isWork: true, isStream: true } },
  '/rules': { GET: { handle: showRules }, PUT: { handle: putRules, isWork: true, needsTokenSet: true } },
  '/healthz': { GET: { handle: showHealth, isOpen: true } },
  '/metrics': { GET: { handle: showMetrics } },
};

async function classifyOne({ request, response, server, signal }) {
  const { limits, metrics, memory } = server;
  const body = await readBody(request, { maxBytes: limits.maxBodyBytes, memory, signal });
  needRules(server);
  const { test, error } = itemOf(body);
  const verdict = await classify(test, error, { signal });
  metrics.verdicts([verdict]);
  sendJson(response, 200, verdict);
}

function itemOf(body) {
  try {
    return readItem(body.toString());
  } catch (error) {
    if (error instanceof InvalidItem) throw new HttpError(400, 'ERR_BODY', `the body ${error.message}`);
    throw error;
  }
}

async function classifyStream({ request, response, server, signal }) {
  const { limits, metrics } = server;
  needRules(server);
  const begin = () => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  };
  const write = async (text) => {
    begin();
    response.write(text);
    if (response.writableLength > MAX_UNREAD_BYTES) await once(response, 'drain', { signal });
  };
  await answerLines(chunksOf(request, limits.maxStreamBytes), write, {
    maxLineBytes: limits.maxBodyBytes,
    signal,
    onBatch: (verdicts, invalid) => metrics.verdicts(verdicts, invalid),
  });
  begin();
  response.end();
}

/** Without a list each failure would be an unknown one, which is not true. */
function needRules({ rules }) {
  if (!rules.areThere) throw new HttpError(503, 'ERR_NO_RULES', 'there is no list of rules yet', { 'retry-after': '5' });
}

function showRules({ response, server }) {
  sendJson(response, 200, server.rules.describe());
}

async function putRules({ request, response, server, signal }) {
  const { limits, memory, rules } = server;
  const json = await readBody(request, { maxBytes: limits.maxRulesBytes, memory, signal });
  let report;
  try {
    report = await rules.put(json);
  } catch (error) {
    if (!error.code?.startsWith('ERR_RULES_')) throw error;
    const { offset, rejected } = error;
    throw new HttpError(422, error.code, error.message, {}, { offset, rejected });
  }
  sendJson(response, 200, report);
}

function showHealth({ response, server }) {
  const { rules, isStopping } = server;
  const status = isStopping ? 'stopping' : rules.areThere ? 'ok' : 'no rules';
  sendJson(response, status === 'ok' ? 200 : 503, { status });
}

function showMetrics({ response, server }) {
  sendText(response, server.metrics.text(server.rules.status), CONTENT_TYPE);
}

module.exports = { ROUTES };
