// The HTTP server: from a request to its route and back, within limits of number and time, until it is stopped.
'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { BodyMemory } = require('./body.js');
const { busy, HttpError } = require('./http-error.js');
const { Metrics } = require('./metrics.js');
const { sendError } = require('./reply.js');
const { ROUTES } = require('./routes.js');

/** How often Node looks for connections whose head does not come. */
const CHECK_MS = 1000;
const KEEP_ALIVE_MS = 65_000;
/** A stream may take so many times what another request may, if bytes move meanwhile. */
const STREAM_TIMES = 20;
const BACKLOG = 1024;

/**
 * @typedef {object} Limits
 * @property {number} maxBodyBytes of a failure
 * @property {number} maxRulesBytes of a list
 * @property {number} maxStreamBytes of all lines of a request
 * @property {number} maxMemoryBytes of all bodies that are kept at a time
 * @property {number} maxRequests that are worked on at a time
 * @property {number} maxConnections
 * @property {number} timeoutMs of a request
 */

class Server {
  #http;
  #guard;
  #onFault;
  #working = 0;
  /** Responses that count as given though their client goes on sending until the connection is closed. */
  #refused = new WeakSet();
  isStopping = false;
  metrics = new Metrics();

  /**
   * @param {object} parts
   * @param {import('./rules.js').ServedRules} parts.rules
   * @param {import('./guard.js').Guard} parts.guard
   * @param {Limits} parts.limits
   * @param {(error: Error) => void} parts.onFault gets what must not happen
   */
  constructor({ rules, guard, limits, onFault }) {
    this.rules = rules;
    this.limits = limits;
    this.memory = new BodyMemory(limits.maxMemoryBytes);
    this.#guard = guard;
    this.#onFault = onFault;
    this.#http = createServer({
      headersTimeout: limits.timeoutMs,
      // ends the request whatever becomes of it here; ours are shorter
      requestTimeout: limits.timeoutMs * STREAM_TIMES * 2,
      connectionsCheckingInterval: CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
    });
    this.#http.maxConnections = limits.maxConnections;
    this.#http.timeout = limits.timeoutMs > KEEP_ALIVE_MS ? limits.timeoutMs : KEEP_ALIVE_MS + CHECK_MS;
    this.#http.on('request', (request, response) => this.#answer(request, response));
  }

  /** @param {{ host: string, port: number }} address port 0: any @returns {Promise<string>} the URL */
  async listen({ host, port }) {
    this.#http.listen({ host, port, backlog: BACKLOG });
    await once(this.#http, 'listening');
    const { address, family, port: actual } = this.#http.address();
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
  }

  /** Answers what has been asked, takes no more, and ends what is not done by then. @param {number} graceMs */
  async stop(graceMs) {
    this.isStopping = true;
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeIdleConnections();
    const timer = setTimeout(() => this.#http.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }

  async #answer(request, response) {
    const path = request.url.split('?', 1)[0];
    const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
    // HEAD is a GET whose body Node leaves out
    const route = methods?.[request.method === 'HEAD' ? 'GET' : request.method];
    const signal = this.#follow(request, response, methods === undefined ? 'other' : path, route);
    try {
      this.#check(request, response, { path, methods, route });
      await route.handle({ request, response, server: this, signal });
    } catch (error) {
      this.#fail(request, response, error, signal);
    }
  }

  /** Counts a request and limits its time. The signal that it gives aborts when the request has ended, well or not. */
  #follow(request, response, name, route) {
    const ended = new AbortController();
    const startedAt = performance.now();
    const { timeoutMs } = this.limits;
    const limitMs = route?.isStream ? timeoutMs * STREAM_TIMES : timeoutMs;
    const deadline = setTimeout(() => {
      ended.abort();
      this.#expire(request, response);
    }, limitMs);
    if (route?.isStream) {
      request.socket.setTimeout(timeoutMs);
      // otherwise the limit would stay with the connection
      response.once('close', () => request.socket.setTimeout(this.#http.timeout));
    }
    this.metrics.inFlight++;
    response.once('close', () => {
      clearTimeout(deadline);
      this.metrics.inFlight--;
      const isAnswered = response.writableFinished || this.#refused.has(response);
      const status = isAnswered ? response.statusCode : 'aborted';
      this.metrics.request(name, status, (performance.now() - startedAt) / 1000);
      ended.abort();
      if (this.isStopping) setImmediate(() => this.#http.closeIdleConnections());
    });
    request.on('error', () => {});
    return ended.signal;
  }

  #expire(request, response) {
    if (response.headersSent) return request.socket.destroy();
    this.#refuse(request, response, new HttpError(408, 'ERR_TIMEOUT', 'the request took too long', { connection: 'close' }));
  }

  /** @throws {HttpError} */
  #check(request, response, { path, methods, route }) {
    if (this.isStopping) response.setHeader('connection', 'close');
    this.#guard.checkNames(request);
    if (!route?.isOpen) this.#guard.checkToken(request);
    if (methods === undefined) {
      throw new HttpError(404, 'ERR_NOT_FOUND', `there is no such path; there are ${Object.keys(ROUTES).join(', ')}`);
    }
    if (route === undefined) {
      const allow = Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      throw new HttpError(405, 'ERR_METHOD', `${path} takes ${allow.join(', ')}`, { allow: allow.join(', ') });
    }
    if (route.needsTokenSet && !this.#guard.hasToken) {
      throw new HttpError(403, 'ERR_NO_TOKEN', `${request.method} ${path} needs a server that was started with --token`);
    }
    if (route.isWork) this.#takeSlot(response);
  }

  #takeSlot(response) {
    if (this.#working >= this.limits.maxRequests) throw busy(`${this.limits.maxRequests} requests are being answered`);
    this.#working++;
    response.once('close', () => this.#working--);
  }

  #fail(request, response, error, signal) {
    // the client has gone, or its time was up
    if (signal.aborted || response.destroyed || response.writableEnded) return;
    const isOurs = !(error instanceof HttpError) && request.errored === null;
    if (isOurs) this.#onFault(error);
    if (response.headersSent) return void request.socket.destroy();
    const answer = isOurs ? new HttpError(500, 'ERR_INTERNAL', 'a fault of known-failures, please report it') : error;
    this.#refuse(request, response, answer);
  }

  #refuse(request, response, error) {
    this.#refused.add(response);
    sendError(request, response, error);
  }
}

module.exports = { Server };
