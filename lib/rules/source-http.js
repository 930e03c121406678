// A list at a URL. One call is one request: conditional if an earlier answer is known, with a time limit, a size limit and
// redirects that take no secrets to another server.
'use strict';

const { withTimeLimit } = require('./clock.js');
const { ListProblem, wordsOf } = require('./problem.js');

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/** An HTTP status that a later attempt may change: the server is busy, slow or broken. */
const isPassing = (status) => status === 408 || status === 429 || status >= 500;

/**
 * @param {URL} url
 * @param {ReturnType<import('./options.js').readWatchOptions>} options
 * @param {import('./clock.js').Clock} clock
 * @returns {import('./source.js').Source}
 */
function httpSource(url, { headers, fetch, timeoutMs, maxBytes }, clock) {
  const [address, secrets] = withoutCredentials(url, headers);

  /** Follows redirects by hand: `fetch` would send headers like `x-api-key` to any server that an answer names. */
  async function request(known, signal) {
    let at = address;
    let mine = secrets;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await fetch(at.href, { headers: headersOf(mine, known), redirect: 'manual', signal });
      if (!REDIRECTS.includes(response.status)) return response;
      await response.body?.cancel?.();
      at = target(response, at);
      if (at.origin !== address.origin) mine = [];
    }
    throw new ListProblem(`redirects more than ${MAX_REDIRECTS} times`);
  }

  return {
    read(known, outer) {
      const reason = () => new ListProblem(`did not answer within ${timeoutMs} ms`, { retryable: true });
      return withTimeLimit(clock, { limitMs: timeoutMs, outer, reason }, async (signal) => {
        try {
          return await listOf(await request(known, signal), isConditional(known), maxBytes, clock);
        } catch (error) {
          throw error instanceof ListProblem
            ? error
            : new ListProblem(`could not be fetched: ${wordsOf(error)}`, { retryable: true, cause: error });
        }
      });
    },
  };
}

/** `fetch` refuses a URL with a user and a password. */
function withoutCredentials(url, headers) {
  const address = new URL(url);
  if (url.username === '' && url.password === '') return [address, headers];
  address.username = address.password = '';
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return [address, headers.some(([name]) => name === 'authorization') ? headers : [...headers, ['authorization', basic]]];
}

const isConditional = (known) => Boolean(known?.etag || known?.lastModified);

function headersOf(mine, known) {
  const headers = new Headers([
    ['accept', 'application/json'],
    ['user-agent', 'known-failures'],
  ]);
  for (const [name, value] of mine) headers.set(name, value);
  if (known?.etag) headers.set('if-none-match', known.etag);
  if (known?.lastModified) headers.set('if-modified-since', known.lastModified);
  return headers;
}

function target(response, from) {
  const location = response.headers.get('location');
  if (!location || !URL.canParse(location, from)) throw new ListProblem(`answered ${response.status} without a usable Location`);
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new ListProblem(`redirects to ${to.protocol}, which is refused`);
  // a redirect's credentials are none that the caller gave
  to.username = to.password = '';
  return to;
}

/** The list of an answer; null if it says that the known one is still the list. */
async function listOf(response, mayBeKnown, maxBytes, clock) {
  const { status, headers } = response;
  if (status === 304 && mayBeKnown) return null;
  if (status !== 200 && status !== 203) {
    await response.body?.cancel?.();
    throw new ListProblem(`answered ${status} ${response.statusText}`.trim(), {
      retryable: isPassing(status),
      retryAfterMs: retryAfter(headers.get('retry-after'), clock),
    });
  }
  const rules = await bodyOf(response, maxBytes);
  return { rules, etag: headers.get('etag'), lastModified: headers.get('last-modified') };
}

/** Milliseconds of a Retry-After, which has seconds or a date; 0 if it has neither. */
function retryAfter(text, clock) {
  if (text === null) return 0;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.now();
  return Number.isFinite(waitMs) ? Math.max(waitMs, 0) : 0;
}

async function bodyOf(response, maxBytes) {
  const tooLarge = () => new ListProblem(`is larger than ${maxBytes} bytes (\`maxBytes\`)`);
  if (!response.body) return Buffer.from(await response.arrayBuffer());
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body.cancel?.();
    throw tooLarge();
  }
  const chunks = [];
  let length = 0;
  // leaving the loop cancels the body
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

module.exports = { httpSource };
