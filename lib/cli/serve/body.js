// Bodies of requests, with their limits.
'use strict';

const { busy, HttpError, tooLarge } = require('./http-error.js');

/** Bytes of all bodies that are in memory at a time. */
class BodyMemory {
  #used = 0;
  #max;

  /** @param {number} maxBytes */
  constructor(maxBytes) {
    this.#max = maxBytes;
  }

  /** @throws {HttpError} */
  take(bytes) {
    if (this.#used + bytes > this.#max) throw busy('the bodies of other requests fill the memory');
    this.#used += bytes;
  }

  give(bytes) {
    this.#used -= bytes;
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {{ maxBytes: number, memory: BodyMemory, signal: AbortSignal }} options signal: aborts when the request has ended, well or not
 * @returns {Promise<Buffer>}
 * @throws {HttpError}
 */
async function readBody(request, { maxBytes, memory, signal }) {
  const chunks = [];
  let taken = 0;
  signal.addEventListener('abort', () => memory.give(taken), { once: true });
  for await (const chunk of chunksOf(request, maxBytes)) {
    // what comes after the end of the request's time is thrown away
    signal.throwIfAborted();
    memory.take(chunk.length);
    taken += chunk.length;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as it comes. @throws {HttpError} */
async function* chunksOf(request, maxBytes) {
  if (request.headers['content-encoding'] !== undefined) {
    throw new HttpError(415, 'ERR_ENCODING', 'send the body without Content-Encoding');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  let bytes = 0;
  // a request that is refused stays there to be answered
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

module.exports = { BodyMemory, chunksOf, readBody };
