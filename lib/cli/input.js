// What a command reads: files, plain or gzip, and standard input as `-`.
'use strict';

const { readFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
const { fileError, InputError } = require('./errors.js');

/** What messages call standard input. */
const nameOf = (path) => (path === '-' ? 'standard input' : path);

/**
 * @param {string} path `-`: standard input
 * @param {{ stdin: NodeJS.ReadableStream }} io
 * @returns {Promise<string>} the text, without a byte order mark
 * @throws {InputError}
 */
async function readText(path, { stdin }) {
  const bytes = path === '-' ? await readAll(stdin) : readBytes(path);
  return decode(isGzip(bytes) ? unzip(bytes, path) : bytes, path);
}

function readBytes(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

async function readAll(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

function unzip(bytes, path) {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`${nameOf(path)}: cannot be unzipped: ${error.message}`);
  }
}

function decode(bytes, path) {
  if (bytes.length === 0) throw new InputError(`${nameOf(path)}: is empty`);
  try {
    // drops a byte order mark
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${nameOf(path)}: is not UTF-8`);
  }
}

/** @param {string} text @param {string} path for the message */
function parseJson(text, path) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${nameOf(path)}: is not JSON: ${error.message.replace(/\s+/g, ' ')}`);
  }
}

module.exports = { nameOf, parseJson, readText };
