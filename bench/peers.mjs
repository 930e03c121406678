// What does one error cost in CPU time against 300 KB of rules, with this addon and with what a user would pick instead?
//
// Two kinds of lists, *plain* and *typical* (see data/rules.mjs), each with several seeds. All peers get the same rules and texts, in
// one run and in turns (harness/rounds.mjs). Every peer's answers are compared with the JavaScript loop's. README.md tells the bias.

import { writeFileSync } from 'node:fs';
import { median, ns } from '../scripts/lib/figures.mjs';
import { readAnswers } from './harness/files.mjs';
import { writeList } from './harness/lists.mjs';
import { buildEngine, buildVectorscan, hasRe2, start } from './harness/peers.mjs';
import { measure, ratio, together } from './harness/rounds.mjs';

export const PROFILES = ['plain', 'typical'];

/** In the order of the report. */
export const PEERS = {
  engine: 'this engine alone (bytes in, rule index out)',
  classifyAll: 'this addon, classifyAll (strings in, verdicts out)',
  vectorscan: 'Vectorscan (without what it refuses)',
  vectorscanAndJavascript: 'Vectorscan, and a JavaScript loop over what it refuses',
  re2Set: 'node-re2, RE2.Set',
  re2: 'node-re2, a loop',
  javascript: 'the JavaScript loop',
};

/** @param {{ seeds: string[], texts: number, rounds: number, sliceMs: number, sampledLogs: number, bytes: number }} settings */
export async function run(settings) {
  const programs = { engine: buildEngine('classify'), vectorscan: buildVectorscan(), re2: hasRe2() };
  const lists = [];
  for (const profile of PROFILES) {
    for (const seed of settings.seeds) {
      const result = await runList(profile, seed, programs, settings);
      print(result);
      lists.push(result);
    }
  }
  return { lists, summary: summarize(lists) };
}

async function runList(profile, seed, programs, settings) {
  const list = writeList(`${profile}-${seed}`, { seed, profile, bytes: settings.bytes }, { count: settings.texts });
  const children = new Map();
  try {
    children.set('engine', await start.engine(programs.engine, list));
    children.set('classifyAll', await start.classifyAll(list));
    if (programs.vectorscan) {
      const child = await start.vectorscan(programs.vectorscan, list);
      children.set('vectorscan', child);
      const only = list.file('refused.json');
      writeFileSync(only, JSON.stringify(child.loaded.refused));
      children.set('refused', await start.javascript(list, '--only', only));
    }
    if (programs.re2) {
      children.set('re2Set', await start.re2Set(list));
      children.set('re2', await start.javascript(list, '--re2'));
    }
    children.set('javascript', await start.javascript(list));

    for (const child of children.values()) await child.ask(`texts ${list.textsFile}`);
    const figures = await measure(children, list.counts, settings);
    if (figures.has('vectorscan')) {
      figures.set('vectorscanAndJavascript', together(figures.get('vectorscan'), figures.get('refused')));
    }
    const { checked, disagreements } = await compare(children, list, settings);
    const peers = Object.keys(PEERS).filter((name) => figures.has(name));
    return {
      profile,
      seed,
      rules: list.list.rules.length,
      patternBytes: list.list.patternBytes,
      texts: list.counts,
      checked,
      peers: Object.fromEntries(
        peers.map((name) => [
          name,
          {
            ...figures.get(name),
            loadMs: children.get(name)?.loaded.compileMs ?? null,
            refused: children.get(name)?.loaded.refused.length ?? null,
            disagreements: disagreements.get(name) ?? null,
          },
        ]),
      ),
      ratios: {
        engineToVectorscan: ratio(figures.get('engine'), figures.get('vectorscan')),
        classifyAllToVectorscan: ratio(figures.get('classifyAll'), figures.get('vectorscan')),
        javascriptToClassifyAll: ratio(figures.get('javascript'), figures.get('classifyAll')),
      },
    };
  } finally {
    for (const child of children.values()) await child.end();
  }
}

/** Every peer's answers on a sample against the JavaScript loop's. */
async function compare(children, list, { checkedTexts }) {
  const ranges = [
    [0, Math.min(checkedTexts, list.counts.ordinary)],
    [list.counts.ordinary, Math.min(1, list.counts.logs)],
  ].filter(([, count]) => count > 0);
  const answers = new Map();
  for (const [name, child] of children) {
    const own = [];
    for (const [from, count] of ranges) {
      const path = list.file('answers');
      await child.ask(`first ${from} ${count} ${path}`);
      own.push(...readAnswers(path));
    }
    answers.set(name, own);
  }
  const refused = answers.get('refused');
  const vectorscan = answers.get('vectorscan');
  if (vectorscan) {
    const earlier = (a, b) => (a === null ? b : b === null ? a : Math.min(a, b));
    answers.set(
      'vectorscanAndJavascript',
      vectorscan.map((rule, i) => earlier(rule, refused[i])),
    );
    // alone it does not have all rules
    answers.delete('vectorscan');
  }
  const judged = answers.get('javascript');
  return {
    checked: judged.length,
    disagreements: new Map([...answers].map(([name, own]) => [name, own.filter((rule, i) => rule !== judged[i]).length])),
  };
}

/** The median over the seeds of each profile. */
function summarize(lists) {
  return Object.fromEntries(
    PROFILES.map((profile) => {
      const these = lists.filter((list) => list.profile === profile);
      const over = (get) => {
        const values = these.map(get).filter((value) => value !== null && value !== undefined);
        return values.length ? median(values) : null;
      };
      return [
        profile,
        {
          nsPerError: Object.fromEntries(Object.keys(PEERS).map((name) => [name, over((list) => list.peers[name]?.nsPerError)])),
          coldNsPerError: Object.fromEntries(
            Object.keys(PEERS).map((name) => [name, over((list) => list.peers[name]?.coldNsPerError)]),
          ),
          loadMs: Object.fromEntries(Object.keys(PEERS).map((name) => [name, over((list) => list.peers[name]?.loadMs)])),
          ratios: Object.fromEntries(
            ['engineToVectorscan', 'classifyAllToVectorscan', 'javascriptToClassifyAll'].map((name) => [
              name,
              over((list) => list.ratios[name]),
            ]),
          ),
        },
      ];
    }),
  );
}

function print({ profile, seed, rules, texts, checked, peers }) {
  console.log(
    `\n${profile}, seed ${seed}: ${rules} rules, ${texts.ordinary} texts and ${texts.logs} with a log; ${checked} answers compared`,
  );
  for (const [name, { nsPerError, coldNsPerError, sampled, loadMs, refused, disagreements }] of Object.entries(peers)) {
    const notes = [
      coldNsPerError && `${ns(coldNsPerError)} in the first pass`,
      loadMs !== null && `loaded in ${ns(loadMs * 1e6)}`,
      refused > 0 && `refuses ${refused} rules`,
      sampled && `sampled, ${sampled} texts`,
      disagreements !== null && name !== 'javascript' && `${disagreements} disagreements`,
    ].filter(Boolean);
    console.log(`  ${PEERS[name].padEnd(56)} ${ns(nsPerError).padStart(8)} per error  ${notes.join(', ')}`);
  }
}
