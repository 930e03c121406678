// Who may ask. On loopback, a page in a browser of the same machine could: by a name of its own that it lets resolve to 127.0.0.1
// (DNS rebinding), which the Host header shows, or across origins, which the Origin header shows. Elsewhere, only who has the token.
'use strict';

const { createHash, timingSafeEqual } = require('node:crypto');
const { isIP } = require('node:net');
const { HttpError } = require('./http-error.js');

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** @param {string} host as `--host` has it */
function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

class Guard {
  #names;
  #tokenHash;

  /** @param {{ host: string, token?: string, allowedHosts: string[] }} options */
  constructor({ host, token, allowedHosts }) {
    const names = isLoopback(host) ? [...LOOPBACK_NAMES, isIP(host) === 6 ? `[${host}]` : host, ...allowedHosts] : allowedHosts;
    // elsewhere than on loopback it has names that nobody here knows, and the token is what counts
    this.#names = names.length > 0 ? new Set(names.map((name) => name.toLowerCase())) : null;
    this.#tokenHash = token === undefined ? null : hash(token);
  }

  get hasToken() {
    return this.#tokenHash !== null;
  }

  /** @param {import('node:http').IncomingMessage} request @throws {HttpError} */
  checkNames({ headers }) {
    if (this.#names === null) return;
    if (!this.#names.has(nameOf(`http://${headers.host}`))) {
      throw new HttpError(403, 'ERR_HOST', 'the Host header is none of this server; start it with --allow-host NAME to allow it');
    }
    if (headers.origin !== undefined && !this.#names.has(nameOf(headers.origin))) {
      throw new HttpError(403, 'ERR_ORIGIN', 'pages of other origins may not ask; start with --allow-host NAME to allow one');
    }
  }

  /** @param {import('node:http').IncomingMessage} request @throws {HttpError} */
  checkToken({ headers }) {
    if (this.#tokenHash === null) return;
    const [, token] = /^Bearer +(.+)$/i.exec(headers.authorization ?? '') ?? [];
    // hashes have one length, so that the time of the comparison tells nothing of the token
    if (token !== undefined && timingSafeEqual(hash(token), this.#tokenHash)) return;
    throw new HttpError(401, 'ERR_TOKEN', 'send the token of the server: Authorization: Bearer TOKEN', {
      'www-authenticate': 'Bearer realm="known-failures"',
    });
  }
}

/** Of `http://localhost:7357`: `localhost`; null of what is no URL. */
function nameOf(url) {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function hash(text) {
  return createHash('sha256').update(text).digest();
}

module.exports = { Guard, isLoopback };
