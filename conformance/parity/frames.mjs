// The binary protocol that `conformance/oracle` and `judge.mjs` speak on stdin and stdout, little endian throughout.
//
// request   u32 length + u16 units of the pattern, the same of the flags, u32 number of texts, each u32 length + u16 units
// response  u8 status
//           status 1, refused: u8 kind, u32 offset, u32 byte length + UTF-8 message
//           status 0, accepted: u8 number of engines, then per text, per engine: u8 outcome, u32 start, u32 end, and if the
//           oracle runs one engine only, u64 nanoseconds of its search
//
// UTF-16 units travel raw: lone surrogates are legal in patterns and texts, and UTF-8 could not carry them.

/** Why a pattern is refused. `syntax` to `limit` are the engine's; `tooLarge` is V8 giving up on a legal pattern. */
export const Refusal = { syntax: 0, flags: 1, limit: 2, tooLarge: 3 };

/** What a search ended with. The first four are the engine's; V8 also throws (stack overflow, code too large) and runs for ever. */
export const Outcome = { noMatch: 0, match: 1, undecided: 2, notRun: 3, threw: 4, tooSlow: 5 };

/** The start and end of a match that an engine only decides. */
export const UNTOLD = 0xffff_ffff;

const RESULT_BYTES = 9;

/** One buffer holding all the requests (`{ pattern, flags, texts }`). */
export function encodeRequests(requests) {
  let bytes = 0;
  for (const { pattern, flags, texts } of requests) {
    bytes += 12 + 2 * (pattern.length + flags.length);
    for (const text of texts) bytes += 4 + 2 * text.length;
  }
  const buffer = Buffer.allocUnsafe(bytes);
  let at = 0;
  const writeUnits = (units) => {
    at = buffer.writeUInt32LE(units.length, at);
    at += buffer.write(units, at, 'utf16le');
  };
  for (const { pattern, flags, texts } of requests) {
    writeUnits(pattern);
    writeUnits(flags);
    at = buffer.writeUInt32LE(texts.length, at);
    for (const text of texts) writeUnits(text);
  }
  return buffer;
}

/** One response (`{ refused }` or `{ engines, results }`, as `decodeResponse` gives it) as a buffer. */
export function encodeResponse({ refused, engines, results }) {
  if (refused) {
    const message = Buffer.from(refused.message, 'utf8');
    const head = Buffer.alloc(10);
    head[0] = 1;
    head[1] = refused.kind;
    head.writeUInt32LE(refused.offset, 2);
    head.writeUInt32LE(message.length, 6);
    return Buffer.concat([head, message]);
  }
  const buffer = Buffer.allocUnsafe(2 + results.length * engines * RESULT_BYTES);
  buffer[0] = 0;
  buffer[1] = engines;
  let at = 2;
  for (const perEngine of results) {
    for (const { outcome, start, end } of perEngine) {
      at = buffer.writeUInt8(outcome, at);
      at = buffer.writeUInt32LE(start, at);
      at = buffer.writeUInt32LE(end, at);
    }
  }
  return buffer;
}

/** Collects the chunks of a pipe and gives back whole frames. */
export class FrameReader {
  #buffer = Buffer.alloc(0);
  #at = 0;
  #timed;

  /** @param {{ timed?: boolean }} [options] `timed`: responses tell nanoseconds */
  constructor({ timed = false } = {}) {
    this.#timed = timed;
  }

  push(chunk) {
    const rest = this.#buffer.subarray(this.#at);
    this.#buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#at = 0;
  }

  /** The next request, or `undefined` until the rest of it has arrived. */
  readRequest() {
    return this.#readWhole((cursor) => {
      const pattern = cursor.units();
      const flags = cursor.units();
      const texts = Array.from({ length: cursor.u32() }, () => cursor.units());
      return { pattern, flags, texts };
    });
  }

  /** The next response, or `undefined`. `textCount`: that of the request it answers. */
  readResponse(textCount) {
    return this.#readWhole((cursor) => {
      if (cursor.u8() === 1) {
        const kind = cursor.u8();
        const offset = cursor.u32();
        return { refused: { kind, offset, message: cursor.utf8() } };
      }
      const engines = cursor.u8();
      const results = [];
      for (let text = 0; text < textCount; text++) {
        const perEngine = [];
        for (let engine = 0; engine < engines; engine++) {
          const result = { outcome: cursor.u8(), start: cursor.u32(), end: cursor.u32() };
          if (this.#timed) result.ns = cursor.u64();
          perEngine.push(result);
        }
        results.push(perEngine);
      }
      return { engines, results };
    });
  }

  #readWhole(read) {
    const cursor = new Cursor(this.#buffer, this.#at);
    try {
      const frame = read(cursor);
      this.#at = cursor.at;
      return frame;
    } catch (error) {
      if (error === INCOMPLETE) return undefined;
      throw error;
    }
  }
}

// thrown, and caught above, once per chunk of the pipe: cheaper than a check of every field by every reader
const INCOMPLETE = new Error('the frame has not arrived whole');

class Cursor {
  constructor(buffer, at) {
    this.buffer = buffer;
    this.at = at;
  }

  #take(bytes) {
    const start = this.at;
    if (start + bytes > this.buffer.length) throw INCOMPLETE;
    this.at += bytes;
    return start;
  }

  u8() {
    return this.buffer[this.#take(1)];
  }

  u32() {
    return this.buffer.readUInt32LE(this.#take(4));
  }

  u64() {
    return Number(this.buffer.readBigUInt64LE(this.#take(8)));
  }

  units() {
    const bytes = 2 * this.u32();
    const start = this.#take(bytes);
    return this.buffer.toString('utf16le', start, start + bytes);
  }

  utf8() {
    const bytes = this.u32();
    const start = this.#take(bytes);
    return this.buffer.toString('utf8', start, start + bytes);
  }
}
