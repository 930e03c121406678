// Answers as JSON.
'use strict';

/** A client that still sends when it is refused gets this long to read why. Closing at once would throw the answer away. */
const LINGER_MS = 1000;

/** @param {import('node:http').ServerResponse} response @param {number} status @param {unknown} value @param {Record<string, string>} [headers] */
function sendJson(response, status, value, headers = {}) {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  writeHead(response, status, body, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

function sendText(response, text, contentType) {
  const body = Buffer.from(text);
  writeHead(response, 200, body, { 'content-type': contentType });
  response.end(body);
}

function writeHead(response, status, body, headers) {
  response.writeHead(status, { 'content-length': body.length, 'cache-control': 'no-store', ...headers });
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response whose head is not sent yet
 * @param {import('./http-error.js').HttpError} error
 */
function sendError(request, response, { status, code, message, headers, details }) {
  const answer = { error: { code, message, ...details } };
  if (!hasBody(request) || request.complete) return sendJson(response, status, answer, headers);
  const body = Buffer.from(`${JSON.stringify(answer)}\n`);
  writeHead(response, status, body, { 'content-type': 'application/json', connection: 'close', ...headers });
  response.write(body);
  const end = () => response.end();
  const timer = setTimeout(end, LINGER_MS);
  response.once('close', () => clearTimeout(timer));
  request.once('end', end);
  request.resume();
}

const hasBody = ({ headers }) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

module.exports = { sendError, sendJson, sendText };
