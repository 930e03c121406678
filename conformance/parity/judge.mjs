// `RegExp` as an oracle: answers the requests of `frames.mjs` with what `new RegExp(pattern, flags).exec(text)` gives. Node runs it
// to ask V8, Bun to ask JavaScriptCore.
//
// It is a process of its own because some patterns end the process they run in (`/[^\P{Any}]/v` on V8 11.3), and because the
// second opinions need other V8 options. It answers as two engines: V8 as it is, and V8 made to start its search where ECMA-262
// starts it (AdvanceStringIndex): under u and v all V8s so far also try the middle of a surrogate pair, where `(?!.)` and `\B` may match.
//
// Catastrophic backtracking is cut off by the timeout of `vm`, which interrupts a running `exec`.

import vm from 'node:vm';
import { encodeResponse, FrameReader, Outcome, Refusal } from './frames.mjs';

/** Milliseconds of one pattern on one text before it is `tooSlow`. */
const PAIR_MS = Number(process.env.JUDGE_PAIR_MS ?? 400);

const NONE = { outcome: Outcome.noMatch, start: 0, end: 0 };
const THREW = { outcome: Outcome.threw, start: 0, end: 0 };
const TOO_SLOW = { outcome: Outcome.tooSlow, start: 0, end: 0 };

// The requests under way and how far they are. Kept outside `step`, so that an interrupted step is taken up where it was; one step
// does many requests, because a timeout costs a thread.
let jobs = [];
let job = 0;

globalThis.step = () => {
  for (; job < jobs.length; job++) {
    const { regexp, texts, response } = jobs[job];
    if (response.refused) continue;
    while (response.results.length < texts.length) {
      const text = texts[response.results.length];
      const found = search(regexp, text);
      response.results.push([found, splitsPair(regexp, text, found) ? searchFromCodePoints(regexp, text, found) : found]);
    }
  }
};
const script = new vm.Script('step()');

function search(regexp, text, from = 0) {
  regexp.lastIndex = from;
  try {
    const match = regexp.exec(text);
    return match === null ? NONE : { outcome: Outcome.match, start: match.index, end: match.index + match[0].length };
  } catch (error) {
    // a stack overflow (RangeError), or "Regular expression too large" found out by the first exec
    if (error instanceof RangeError || error instanceof SyntaxError) return THREW;
    throw error;
  }
}

function splitsPair({ unicode, unicodeSets }, text, { outcome, start }) {
  return (unicode || unicodeSets) && outcome === Outcome.match && start > 0 && text.codePointAt(start - 1) > 0xffff;
}

/** What follows V8's match inside a pair: every code point from there on is tried by itself. */
function searchFromCodePoints({ source, flags }, text, { start }) {
  const sticky = new RegExp(source, flags.includes('y') ? flags : `${flags}y`);
  for (let at = start + 1; at <= text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) {
    const found = search(sticky, text, at);
    if (found.outcome !== Outcome.noMatch) return found;
  }
  return NONE;
}

/** A string from a UTF-16 buffer is two bytes a unit in V8 even where one would do, which is not the code path programs take. */
function narrowed(text) {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return text;
  return Buffer.from(text, 'latin1').toString('latin1');
}

function prepare({ pattern, flags, texts }) {
  try {
    const regexp = new RegExp(pattern, flags);
    return { regexp, texts: texts.map(narrowed), response: { engines: 2, results: [] } };
  } catch ({ message }) {
    let kind = Refusal.syntax;
    if (message.startsWith('Invalid flags')) kind = Refusal.flags;
    if (/Regular expression too large|Maximum call stack/.test(message)) kind = Refusal.tooLarge;
    return { response: { refused: { kind, offset: 0, message } } };
  }
}

function judgeAll(requests) {
  jobs = requests.map(prepare);
  job = 0;
  let interrupted = '';
  while (job < jobs.length) {
    try {
      script.runInThisContext({ timeout: PAIR_MS });
    } catch (error) {
      if (error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      // the step may have been long without this pair being so: only a pair interrupted twice running is slow
      const { results } = jobs[job].response;
      const pair = `${job}/${results.length}`;
      if (pair === interrupted) results.push([TOO_SLOW, TOO_SLOW]);
      interrupted = pair;
    }
  }
  return jobs.map(({ response }) => response);
}

const reader = new FrameReader();
process.stdin.on('data', (chunk) => {
  reader.push(chunk);
  const requests = [];
  let request = reader.readRequest();
  while (request !== undefined) {
    requests.push(request);
    request = reader.readRequest();
  }
  if (requests.length > 0) process.stdout.write(Buffer.concat(judgeAll(requests).map(encodeResponse)));
});
