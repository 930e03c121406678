// A file as chunks of text: unzips gzip, decodes, counts bytes.
'use strict';

const { createReadStream } = require('node:fs');
const { Readable } = require('node:stream');
const { createGunzip } = require('node:zlib');
const { fileError, InputError } = require('../errors.js');
const { nameOf } = require('../input.js');

const CHUNK_BYTES = 256 * 1024;

/**
 * @param {string} path `-`: standard input
 * @param {{ stdin: NodeJS.ReadableStream }} io
 * @param {{ bytes: number }} progress
 * @returns {Promise<{ head: string, chunks: AsyncGenerator<string> }>} `head`: the first chunk, which `chunks` has, too
 * @throws {InputError} also while the chunks are read
 */
async function openText(path, { stdin }, progress) {
  const raw = path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const bytes = unzipped(counted(raw, progress), path)[Symbol.asyncIterator]();
  const text = decoded(bytes, path)[Symbol.asyncIterator]();
  const { done, value: head } = await text.next();
  if (done) throw new InputError(`${nameOf(path)}: is empty`);
  return { head, chunks: withHead(head, text) };
}

async function* withHead(head, rest) {
  try {
    yield head;
    yield* rest;
  } finally {
    // closes the file when the consumer has seen enough
    await rest.return();
  }
}

async function* counted(stream, progress) {
  for await (const chunk of stream) {
    progress.bytes += chunk.length;
    yield chunk;
  }
}

/** What begins with gzip's magic number, unzipped. */
async function* unzipped(bytes, path) {
  const iterator = bytes[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  while (begin.length < 2) {
    const { done, value } = await readFrom(iterator, path);
    if (done) break;
    begin = begin.length === 0 ? value : Buffer.concat([begin, value]);
  }
  const whole = (async function* () {
    try {
      if (begin.length > 0) yield begin;
      for (let next = await readFrom(iterator, path); !next.done; next = await readFrom(iterator, path)) yield next.value;
    } finally {
      await iterator.return();
    }
  })();
  if (begin[0] !== 0x1f || begin[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const source = Readable.from(whole);
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    if (error.exitCode !== undefined) throw error;
    throw new InputError(`${nameOf(path)}: cannot be unzipped: ${error.message}`);
  } finally {
    source.destroy();
  }
}

async function readFrom(iterator, path) {
  try {
    return await iterator.next();
  } catch (error) {
    throw fileError(nameOf(path), error);
  }
}

/** Drops a byte order mark. Bytes that are no text become U+FFFD: a failure with one of them is better than none. */
async function* decoded(iterator, path) {
  let decoder;
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      decoder ??= decoderFor(next.value, path);
      const text = decoder.decode(next.value, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } finally {
    await iterator.return();
  }
}

/** UTF-16 by its byte order mark (PowerShell's `>`), what an XML declaration says, else UTF-8. */
function decoderFor(bytes, path) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  const declaration = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  const encoding = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new InputError(`${nameOf(path)}: its encoding ${encoding} is not known; write it as UTF-8`);
  }
}

module.exports = { openText };
