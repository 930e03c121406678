// What do this addon and its alternatives cost on your own rules and failures, and do they agree?
//
//   npm run bench -- own --rules rules.json --failures failures.jsonl
//
// All peers get the same rules and texts, in one run and in turns. Every peer's answers are compared with the JavaScript loop's; where
// the loop would take too long, a random sample is. Exit code 1: this addon disagrees. 2: the files are not what they should be.

import { writeFileSync } from 'node:fs';
import { command, integer, someOf, text, UsageError } from '../../scripts/lib/command.mjs';
import { digits, mean, ns } from '../../scripts/lib/figures.mjs';
import { Random } from '../../scripts/lib/random.mjs';
import { readAnswers } from '../harness/files.mjs';
import { judge, warm } from '../harness/judge.mjs';
import { cleanUp, writeTextsOf } from '../harness/lists.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { buildEngine, buildVectorscan, hasRe2, skip, start } from '../harness/peers.mjs';
import { measure, together } from '../harness/rounds.mjs';
import { printTable, printWrapped } from '../harness/table.mjs';
import { readFailures, readRules } from './input.mjs';

/** In the order of the report. */
const PEERS = {
  engine: 'the engine of this addon alone: UTF-8 in, rule index out',
  classifyAll: 'this addon whole: JavaScript strings in, verdicts out',
  vectorscan: 'Vectorscan, without the rules that it refuses',
  vectorscanAndJavascript: 'Vectorscan, and the JavaScript loop over the rules that it refuses',
  re2Set: 'node-re2, RE2.Set; V8 for the rules that it refuses',
  re2: 'node-re2, a loop; V8 for the rules that it refuses',
  javascript: 'the JavaScript loop',
};

const USAGE = `usage: npm run bench -- own --rules FILE --failures FILE [options]
  --rules FILE      JSON: an array of rules { issue, error, flags?, test? }, or { "rules": [...] }
  --failures FILE   a JSON object { "test": …, "error": … } a line; error: text, or an object with stack or message
  --fields MAP      the keys of your list, such as error=pattern,issue=ticket
  --peers LIST      of ${Object.keys(PEERS).join(', ')} (default: all)
  --rounds N        how often the peers take turns (default 7)
  --slice-ms N      CPU time of a peer in a round (default 200)
  --judge-s N       how long the JavaScript loop may judge, in seconds (default 60)
  --json FILE       writes { peers: { [name]: { cpuUs, loadMs, refused, disagreements } } }`;

const OPTIONS = {
  rules: text(null),
  failures: text(null),
  fields: text(''),
  peers: someOf(Object.keys(PEERS)),
  rounds: integer(7),
  'slice-ms': integer(200),
  'judge-s': integer(60),
  json: text(null),
};

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, (given) => compare(given).finally(cleanUp));

async function compare({ rules: rulesFile, failures: failuresFile, fields, peers, rounds, json, ...given }) {
  if (!rulesFile || !failuresFile) throw new UsageError(`--rules and --failures are needed\n\n${USAGE}`);
  const own = readRules(rulesFile, readFields(fields));
  const failures = readFailures(failuresFile);
  printWrapped(inWords(describeMachine()));
  const binaries = buildPeers(peers);
  // in a random order, so that any number of the first texts are a fair sample
  const texts = new Random('own').shuffle([...failures.texts]);
  console.log(`${digits(own.rules.length)} rules, ${digits(texts.length)} failures; the JavaScript loop judges …`);
  const { answers, cpuNs, tooSlow } = await judge(write(own.rules, texts), given['judge-s'] * 1000);
  if (answers.size === 0) throw new Error('the JavaScript loop was too slow for every text that it was asked about');

  // those that were judged come first
  const order = [...answers.keys(), ...[...texts.keys()].filter((text) => !answers.has(text))];
  const list = write(
    own.rules,
    order.map((text) => texts[text]),
  );
  const judged = [...answers.values()];
  const children = new Map();
  try {
    await startPeers(children, peers, binaries, list);
    const counts = new Map(
      [...children.keys()].map((name) => [name, { ordinary: BOUNDED.includes(name) ? texts.length : judged.length, logs: 0 }]),
    );
    const disagreements = await countDisagreements(children, judged, list);
    const figures = await measure(children, counts, { rounds, sliceMs: given['slice-ms'], sampledLogs: 0 });
    if (figures.has('vectorscan') && figures.has('refused')) {
      figures.set('vectorscanAndJavascript', together(figures.get('vectorscan'), figures.get('refused')));
    }
    const javascript = figures.get('javascript');
    // the judge has run the loop over more texts than the rounds, once each
    if (javascript?.sampled < cpuNs.length) figures.set('javascript', { nsPerError: mean(warm(cpuNs)), sampled: cpuNs.length });
    const result = {};
    for (const name of Object.keys(PEERS)) {
      if (!peers.includes(name) || !figures.has(name)) continue;
      const { compileMs, refused } = children.get(name === 'vectorscanAndJavascript' ? 'vectorscan' : name).loaded;
      result[name] = {
        cpuUs: figures.get(name).nsPerError / 1000,
        loadMs: compileMs,
        refused: name === 'javascript' ? own.refused : refused.length,
        disagreements: disagreements.get(name),
      };
    }
    report(result, figures, { judged: judged.length, tooSlow, texts: texts.length });
    for (const note of [...own.notes, ...failures.notes]) printWrapped(note);
    if (json) writeFileSync(json, `${JSON.stringify({ peers: result }, null, 1)}\n`);
    return result.engine?.disagreements || result.classifyAll?.disagreements ? 1 : 0;
  } finally {
    for (const child of children.values()) await child.end();
  }
}

/** Their time is bounded for every pattern and text: they get texts that the JavaScript loop has not judged, too. */
const BOUNDED = ['engine', 'classifyAll', 'vectorscan'];

/** @param {string} fields `error=pattern,issue=ticket` */
function readFields(fields) {
  const pairs = fields ? fields.split(',').map((pair) => pair.split('=')) : [];
  const wrong = pairs.find((pair) => pair.length !== 2 || !['issue', 'error', 'flags', 'test'].includes(pair[0]) || !pair[1]);
  if (wrong) throw new UsageError(`--fields: issue, error, flags or test, and your key after a =; not ${wrong.join('=')}`);
  return Object.fromEntries(pairs);
}

const write = (rules, texts) => writeTextsOf('own', { rules }, texts, () => false);

/** @param {string[]} peers those that are asked for */
function buildPeers(peers) {
  const wants = (...names) => names.some((name) => peers.includes(name));
  return {
    engine: wants('engine') ? buildOwnEngine() : null,
    vectorscan: wants('vectorscan', 'vectorscanAndJavascript') ? buildVectorscan() : null,
    re2: wants('re2', 're2Set') && hasRe2(),
  };
}

function buildOwnEngine() {
  try {
    return buildEngine('classify');
  } catch (error) {
    if (error.cause !== 'ENOENT') throw error;
    skip('engine', 'cargo is not installed', 'a Rust toolchain, https://rustup.rs');
    return null;
  }
}

async function startPeers(children, peers, { engine, vectorscan, re2 }, list) {
  if (engine) children.set('engine', await start.engine(engine, list));
  if (peers.includes('classifyAll')) children.set('classifyAll', await start.classifyAll(list));
  if (vectorscan) {
    console.log('Vectorscan compiles …');
    const child = await start.vectorscan(vectorscan, list);
    children.set('vectorscan', child);
    const refused = list.file('refused.json');
    writeFileSync(refused, JSON.stringify(child.loaded.refused));
    children.set('refused', await start.javascript(list, '--only', refused));
  }
  if (re2 && peers.includes('re2Set')) children.set('re2Set', await start.re2Set(list));
  if (re2 && peers.includes('re2')) children.set('re2', await start.javascript(list, '--re2'));
  if (peers.includes('javascript')) children.set('javascript', await start.javascript(list));
  for (const child of children.values()) await child.ask(`texts ${list.textsFile}`);
}

/** @returns {Promise<Map<string, number>>} by peer, of the texts that the JavaScript loop has judged */
async function countDisagreements(children, judged, list) {
  const answersOf = async (child, from, count) => {
    const path = list.file('answers');
    await child.ask(`first ${from} ${count} ${path}`);
    return readAnswers(path);
  };
  const disagreements = new Map();
  const count = (name, answers, expected) =>
    disagreements.set(name, answers.filter((rule, text) => rule !== expected[text]).length);
  for (const name of ['engine', 'classifyAll', 're2Set', 're2', 'javascript']) {
    if (children.has(name)) count(name, await answersOf(children.get(name), 0, judged.length), judged);
  }
  const vectorscan = children.get('vectorscan');
  if (!vectorscan) return disagreements;
  const [alone, rest] = [
    await answersOf(vectorscan, 0, judged.length),
    await answersOf(children.get('refused'), 0, judged.length),
  ];
  const earlier = (a, b) => (a === null ? b : b === null ? a : Math.min(a, b));
  count(
    'vectorscanAndJavascript',
    alone.map((rule, text) => earlier(rule, rest[text])),
    judged,
  );
  // alone it is compared with a loop over the rules that it takes: another answer only where the first match is a rule that it refuses
  const refused = new Set(vectorscan.loaded.refused);
  const taken = list.file('taken.json');
  writeFileSync(taken, JSON.stringify([...list.list.rules.keys()].filter((rule) => !refused.has(rule))));
  const loop = await start.javascript(list, '--only', taken);
  await loop.ask(`texts ${list.textsFile}`);
  const expected = [];
  for (const [text, rule] of judged.entries()) {
    expected.push(refused.has(rule) ? (await answersOf(loop, text, 1))[0] : rule);
  }
  await loop.end();
  count('vectorscan', alone, expected);
  return disagreements;
}

function report(peers, figures, { judged, tooSlow, texts }) {
  const [fastest] = Object.values(peers).map(({ cpuUs }) => cpuUs);
  console.log();
  printTable(
    [
      ['peer', 'CPU per error', 'times', 'load', 'refused', 'disagrees'],
      ...Object.entries(peers).map(([name, { cpuUs, loadMs, refused, disagreements }]) => [
        name,
        ns(cpuUs * 1000),
        `×${digits(cpuUs / fastest)}`,
        ns(loadMs * 1e6),
        digits(refused),
        name === 'javascript' ? 'the judge' : digits(disagreements),
      ]),
    ],
    ['start', 'end', 'end', 'end', 'end', 'end'],
  );
  console.log();
  for (const name of Object.keys(peers)) {
    const { sampled } = figures.get(name);
    const measured = sampled ?? (BOUNDED.includes(name) ? texts : judged);
    printWrapped(`${name}: ${PEERS[name]}${measured < texts ? `; measured on ${digits(measured)} of the texts` : ''}`);
  }
  printWrapped(
    judged === texts
      ? `All ${digits(texts)} texts were compared.`
      : `The JavaScript loop judged a random sample of ${digits(judged)} of ${digits(texts)} texts${tooSlow ? `, and was cut off after 5 s at ${digits(tooSlow)} more` : ''}: only these were compared.`,
  );
}
