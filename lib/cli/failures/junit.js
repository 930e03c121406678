// Failures of JUnit XML, as the many programs write it that call it so.
'use strict';

const { InputError } = require('../errors.js');

/** Elements of a test case that are an error of it; Surefire's are those of attempts. */
const FAILURES = new Set(['failure', 'error', 'rerunFailure', 'rerunError', 'flakyFailure', 'flakyError']);
/** What stands in such an element and is not the error. */
const OUTPUTS = new Set(['system-out', 'system-err']);
/** A class name that is the path of a test file. */
const TEST_FILE = /\.(?:[cm]?[jt]sx?|feature|vue|svelte|py|rb|php)$/;
/** Of one attribute or text, in UTF-16 code units. The parser's default of 64 Ki is less than a long message. */
const MAX_PART = 2 ** 24;

/** @typedef {import('./index.js').Failure} Failure */

/**
 * @param {AsyncGenerator<string>} chunks
 * @param {string} name the file's
 * @param {import('./troubles.js').Troubles} troubles
 * @returns {AsyncGenerator<Failure[]>}
 * @throws {InputError} it is XML, but not JUnit's
 */
async function* junitFailures(chunks, name, troubles) {
  const reader = new Reader(name);
  for await (const chunk of chunks) yield reader.read(chunk);
  reader.end();
  if (reader.fault !== null) troubles.note(`${name}:${reader.fault}; what comes after it may be missing`);
}

class Reader {
  /** Where the XML is wrong first, and why. @type {string | null} */
  fault = null;
  #name;
  #parser;
  /** @type {Failure[]} */
  #failures = [];
  #isRoot = true;
  /** The attributes of the test case that the parser is in. */
  #test = null;
  /** The error that the parser is in. @type {{ element: string, attributes: any, line: number, text: string, outputs: number } | null} */
  #error = null;

  constructor(name) {
    this.#name = name;
    // loaded here: only who reads XML needs it
    const sax = require('sax');
    sax.MAX_BUFFER_LENGTH = MAX_PART;
    this.#parser = sax.parser(true, { position: true });
    this.#parser.onopentag = (tag) => this.#open(tag);
    this.#parser.onclosetag = (name) => this.#close(name);
    this.#parser.ontext = (text) => this.#text(text);
    this.#parser.oncdata = (text) => this.#text(text);
    this.#parser.onerror = (error) => this.#fail(error);
  }

  /** @returns {Failure[]} those that end in the chunk */
  read(chunk) {
    this.#failures = [];
    this.#parser.write(chunk);
    return this.#failures;
  }

  end() {
    this.#parser.close();
  }

  #open({ name, attributes }) {
    if (this.#isRoot && name !== 'testsuites' && name !== 'testsuite') {
      throw new InputError(
        `${this.#name}: is XML, but no JUnit report: it begins with <${name.slice(0, 40)}>, not <testsuites> or <testsuite>`,
      );
    }
    this.#isRoot = false;
    if (name === 'testcase') this.#test = attributes;
    else if (this.#test !== null && this.#error === null && FAILURES.has(name)) {
      this.#error = { element: name, attributes, line: this.#parser.line + 1, text: '', outputs: 0 };
    } else if (this.#error !== null && OUTPUTS.has(name)) this.#error.outputs += 1;
  }

  #close(name) {
    if (name === 'testcase') this.#test = null;
    else if (this.#error !== null && OUTPUTS.has(name)) this.#error.outputs -= 1;
    else if (this.#error !== null && name === this.#error.element) {
      const { attributes, line, text } = this.#error;
      const source = `${this.#name}:${line}`;
      this.#failures.push({ test: nameOfTest(this.#test), error: errorOf(attributes, text.trim()), source });
      this.#error = null;
    }
  }

  #text(text) {
    if (this.#error !== null && this.#error.outputs === 0) this.#error.text += text;
  }

  /** Many reports are not quite XML. The parser can go on. */
  #fail(error) {
    const [message] = error.message.split('\n');
    this.fault ??= `${this.#parser.line + 1}: ${message}`;
    this.#parser.error = null;
    this.#parser.resume();
  }
}

/** Titles, as far as the class name has some: in many reports it is the file or the whole name. */
function nameOfTest({ name = '', classname = '', file }) {
  const isTitle = classname !== '' && classname !== file && classname !== name && !TEST_FILE.test(classname);
  return isTitle ? [classname, name] : name;
}

/** The body of an element is the stack. It is the whole text if it has the message, too. */
function errorOf({ message = '', type = '' }, body) {
  // the message of this package's own output begins with the issue
  if (body !== '' && (type === 'known-failure' || hasMessage(body, message))) return body;
  if (body === '' && message === '') return type === '' ? null : type;
  const name = /(?:Error|Exception)$/.test(type) && !message.includes(type) ? type : undefined;
  return { name, message, ...(body !== '' && { stack: body }) };
}

/** An attribute has blanks for line breaks, and some programs cut it. */
function hasMessage(body, message) {
  return message === '' || squeezed(body).includes(squeezed(message).replace(/(?:…|\.\.\.)$/, ''));
}

const squeezed = (text) => text.replace(/\s+/g, ' ').trim();

module.exports = { junitFailures };
