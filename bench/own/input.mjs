// A user's own list and failures, read strictly: what is wrong is said with file and line.

import { readFileSync } from 'node:fs';
import { errorText } from '../../index.js';
import { UsageError } from '../../scripts/lib/command.mjs';

/** Mentioned one by one; of more, only the number. */
const MENTIONED = 5;

function readText(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: cannot be read (${error.code ?? error.message})`);
  }
  text = text.replace(/^\ufeff/, '');
  if (text.trim() === '') throw new UsageError(`${path}: is empty`);
  return text;
}

/** The line of a position that a message of `JSON.parse` tells, as `line 7: `; nothing if it tells none. */
function lineOf(message, text) {
  const at = /at position (\d+)/.exec(message)?.[1] ?? (/end of JSON input/.test(message) ? text.length : null);
  return at === null ? '' : `line ${text.slice(0, Number(at)).split('\n').length}: `;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string' || typeof value === 'number';
const isFlags = (value) => value === undefined || value === null || typeof value === 'string';
const isPattern = (value) =>
  typeof value === 'string' || (isObject(value) && typeof value.source === 'string' && isFlags(value.flags));

/** @returns {string | null} why an entry is no rule */
function wrongWith(rule) {
  if (!isObject(rule)) return 'is not an object';
  if (!isText(rule.issue)) return 'has no `issue`';
  if (!isPattern(rule.error)) return 'has no `error`: a pattern source or { source, flags }';
  if (rule.test !== undefined && rule.test !== null && !isPattern(rule.test)) return 'has a `test` that is no pattern';
  return isFlags(rule.flags) ? null : 'has `flags` that are no text';
}

function compiles({ error, flags, test }) {
  const compile = (pattern, own) =>
    typeof pattern === 'object' ? new RegExp(pattern.source, pattern.flags ?? '') : new RegExp(pattern, own ?? '');
  try {
    compile(error, flags);
    if (test) compile(test);
    return true;
  } catch {
    return false;
  }
}

/**
 * The rules that every peer gets, reduced to what matters to matching. An entry that is no rule is left out, and so is a rule that V8
 * refuses: there is no answer to compare with.
 *
 * @param {string} path JSON: an array of rules, or `{ rules: [...] }`
 * @param {Record<string, string>} fields the keys of the list by their usual names, such as `{ error: 'pattern' }`
 * @returns {{ rules: object[], refused: number, notes: string[] }} `refused`: by V8
 */
export function readRules(path, fields) {
  const text = readText(path);
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: ${lineOf(error.message, text)}not JSON: ${error.message}`);
  }
  const list = Array.isArray(parsed) ? parsed : parsed?.rules;
  if (!Array.isArray(list)) throw new UsageError(`${path}: must be an array of rules, or { "rules": [...] }`);
  const entries = list.map((entry) => {
    if (!isObject(entry)) return entry;
    const [issue, error, flags, test] = ['issue', 'error', 'flags', 'test'].map((key) => entry[fields[key] ?? key] ?? undefined);
    return { issue, error, flags, test };
  });
  const sound = entries.filter((rule) => wrongWith(rule) === null);
  const rules = sound.filter(compiles).map((rule) => ({ ...rule, issue: String(rule.issue) }));
  const wrong = entries.length - sound.length;
  const first = entries.findIndex((rule) => wrongWith(rule) !== null);
  if (rules.length === 0) {
    const why = wrong
      ? `entry ${first} ${wrongWith(entries[first])}`
      : sound.length
        ? 'V8 refuses every pattern'
        : 'the list is empty';
    throw new UsageError(`${path}: no rule to compare with: ${why}`);
  }
  const refused = sound.length - rules.length;
  const notes = [];
  if (wrong) notes.push(`${wrong} entries of the list are no rules and left out: entry ${first} ${wrongWith(entries[first])}.`);
  if (refused) notes.push(`V8 refuses ${refused} rules, which are left out.`);
  return { rules, refused, notes };
}

/** An error of this realm from its copy as JSON. */
function toError({ name, message, stack, cause }) {
  const error = new Error(message ?? '');
  Object.assign(error, { stack });
  if (name !== undefined) error.name = name;
  if (cause !== undefined && cause !== null) error.cause = isObject(cause) ? toError(cause) : cause;
  return error;
}

/** @returns {string | null} why a line is no failure */
function wrongFailure(failure) {
  if (!isObject(failure)) return 'must be an object { "test": …, "error": … }';
  const { test, error } = failure;
  if (test !== undefined && test !== null && typeof test !== 'string') return '`test` must be text';
  if (typeof error === 'string') return null;
  if (!isObject(error)) return '`error` must be text, or an object with `stack` or `message`';
  const parts = [error.stack, error.message].filter((part) => part !== undefined && part !== null);
  if (parts.length === 0) return '`error` has neither `stack` nor `message`';
  return parts.every((part) => typeof part === 'string') ? null : '`stack` and `message` of `error` must be text';
}

/**
 * The failures as the texts that `classify` matches: without ANSI sequences, lone surrogates replaced.
 *
 * @param {string} path a JSON object `{ test, error }` a line
 * @returns {{ texts: { test: string, error: string }[], notes: string[] }}
 */
export function readFailures(path) {
  const problems = [];
  let changed = 0;
  const texts = readText(path)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      let failure;
      try {
        failure = JSON.parse(line);
      } catch (error) {
        problems.push(`${path}: line ${index + 1}: not JSON: ${error.message}`);
        return [];
      }
      const wrong = wrongFailure(failure);
      if (wrong) {
        problems.push(`${path}: line ${index + 1}: ${wrong}`);
        return [];
      }
      const { test, error } = failure;
      const raw = typeof error === 'string' ? error : toError(error);
      // an escape that starts no sequence would still be one to some peer
      const text = errorText(raw).replaceAll('\u001b', '').replaceAll('\u009b', '').toWellFormed();
      if (typeof raw === 'string' && text !== raw) changed++;
      return { test: (test ?? '').toWellFormed(), error: text };
    });
  if (problems.length > MENTIONED) problems.splice(MENTIONED, Infinity, `and ${problems.length - MENTIONED} more lines`);
  if (problems.length) throw new UsageError(problems.join('\n'));
  const notes = changed ? [`${changed} texts had ANSI sequences or lone surrogates: they are compared without.`] : [];
  return { texts, notes };
}
