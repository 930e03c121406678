// A server of a list, on loopback, whose answers a spec chooses; and what specs of `known-failures/rules` share.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchRules } from 'known-failures/rules';

/**
 * `server.answer` is called for each request; `server.requests` has them all.
 *
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} answer
 */
export async function startServer(answer) {
  const http = createServer((request, response) => {
    server.requests.push(request);
    server.answer(request, response);
  });
  const server = {
    answer,
    requests: [],
    url: '',
    origin: '',
    /** Ends the server and all its connections. */
    stop: async () => {
      http.closeAllConnections();
      if (http.listening) await new Promise((resolve) => http.close(resolve));
    },
    start: async (port = 0) => {
      http.listen(port, '127.0.0.1');
      await once(http, 'listening');
      server.port = http.address().port;
      server.origin = `http://127.0.0.1:${server.port}`;
      server.url = `${server.origin}/list.json`;
    },
  };
  await server.start();
  return server;
}

/** Answers with a list, and with 304 if it is known. */
export const list =
  (rules, etag = `"${Buffer.from(JSON.stringify(rules)).toString('base64')}"`) =>
  (request, response) => {
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(JSON.stringify(rules));
  };

export const status =
  (code, headers = {}) =>
  (_, response) =>
    response.writeHead(code, headers).end('trouble');

export const text = (body) => (_, response) => response.end(body);

export const RULES = [{ issue: 'SHOP-1', error: 'boom' }];

/** Watches without pauses, without a cache, and with the warnings in an array; closed when the test ends. */
export function watching(context, source, options) {
  const warnings = [];
  const watcher = watchRules(source, {
    backoffMs: 0,
    cacheFile: typeof source === 'function' || !`${source}`.startsWith('http') ? undefined : false,
    onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
    ...options,
  });
  context.after(() => watcher.close());
  return Object.assign(watcher, { warnings });
}

export async function temporaryFolder(context) {
  const folder = await mkdtemp(join(tmpdir(), 'known-failures-rules-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Resolves when `check` gives something. It looks every few milliseconds; the test's own time limit ends it. */
export async function until(check) {
  for (;;) {
    const found = await check();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
