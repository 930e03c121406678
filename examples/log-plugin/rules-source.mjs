// Fetches the list of known failures.

import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} FetchOptions
 * @property {number} [attempts] requests in all; 4 by default
 * @property {number} [backoffMs] the pause after the first attempt; it doubles after each further one; 250 by default
 * @property {number} [timeoutMs] for each attempt, body included; 10,000 by default
 * @property {AbortSignal} [signal] stops it
 * @property {typeof globalThis.fetch} [fetch] for proxies and credentials; the global one by default
 */

/**
 * Returns the bytes that the API sent. Parsing 300 KB of JSON here would block the event loop; the addon parses on another thread.
 *
 * Retries if the API cannot be reached, is too slow, or answers 408, 429 or 5xx. Any other status is final.
 *
 * @param {string | URL} url
 * @param {FetchOptions} [options]
 * @returns {Promise<Uint8Array>}
 */
export async function fetchRules(
  url,
  { attempts = 4, backoffMs = 250, timeoutMs = 10_000, signal, fetch = globalThis.fetch } = {},
) {
  for (let attempt = 1; ; attempt++) {
    try {
      const limit = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, {
        headers: { accept: 'application/json' },
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new StatusError(response.status);
      }
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      const final = error instanceof StatusError && !error.temporary;
      if (final || signal?.aborted || attempt >= attempts) throw error;
      // Half of the pause is random, so that the machines of a grid do not retry at the same moment.
      await sleep(backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
}

class StatusError extends Error {
  constructor(status) {
    super(`the API answered ${status}`);
    this.temporary = status === 408 || status === 429 || status >= 500;
  }
}
