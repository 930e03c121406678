// What do the automata and the prefilter give, each in its turn?
//
// CPU time per error of the loop over the list, every rule in list order until the first that matches: by the exact engine only, by the
// engine that each pattern chooses, and the same for the rules that the prefilter leaves; and the JavaScript loop. Every answer is
// compared with the JavaScript loop's. Exit code 1: some differ. README.md tells the bias.
//
//   npm run bench -- list-loop --rounds 9

import { command, integer, someOf, text } from '../../scripts/lib/command.mjs';
import { digits, median, ns } from '../../scripts/lib/figures.mjs';
import { readAnswers } from '../harness/files.mjs';
import { cleanUp, writeList } from '../harness/lists.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { buildEngine, start } from '../harness/peers.mjs';
import { ratio } from '../harness/rounds.mjs';
import { writeDemoList } from './demo-list.mjs';

const USAGE = `usage: npm run bench -- list-loop [options]
  --lists LIST     of demo, plain, typical (default: all)
  --seed SEED      of lists and texts (default 1)
  --texts N        texts without a log (default 40)
  --logs N         texts with a log of 40 KB (default 1); plain lists have none
  --rounds N       how often they take turns (default 5)`;

/** In the order of the report. */
const PEERS = {
  exact: 'the exact engine only, every rule',
  pattern: "each pattern's own choice of engine, every rule",
  matcher: 'the same behind the prefilter: the matcher',
  loop: 'the JavaScript loop',
};
const BYTES = 300_000;
/** CPU time of a peer in a round, at least. */
const SLICE_NS = 50e6;

const LISTS = {
  demo: (seed, texts) => writeDemoList(seed, texts),
  plain: (seed, { count }) => generated('plain', seed, count, 0),
  typical: (seed, { count, logs }) => generated('typical', seed, count, logs),
};

const generated = (profile, seed, count, logs) =>
  writeList(`list-loop-${profile}`, { seed, profile, bytes: BYTES }, { count: count + logs, logs: logs / (count + logs) });

const OPTIONS = {
  lists: someOf(Object.keys(LISTS)),
  seed: text('1'),
  texts: integer(40),
  logs: integer(1, { least: 0 }),
  rounds: integer(5),
};

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, (given) => measureLists(given).finally(cleanUp));

async function measureLists({ lists, seed, texts, logs, rounds }) {
  const counts = { count: texts, logs };
  const binaries = { listLoop: buildEngine('list_loop'), engine: buildEngine('classify') };
  console.log(`${inWords(describeMachine())}\nseed ${seed}`);
  let disagreements = 0;
  for (const name of lists) {
    disagreements += await runList(name, await LISTS[name](seed, counts), binaries, rounds);
  }
  console.log(`\n${disagreements === 0 ? 'all answers agree' : `${disagreements} answers differ`}`);
  return disagreements === 0 ? 0 : 1;
}

/** @returns {Promise<number>} how many answers differ from the JavaScript loop's */
async function runList(name, list, { listLoop, engine }, rounds) {
  const children = new Map();
  try {
    children.set('exact', await start.listLoop(listLoop, list, 'exact'));
    children.set('pattern', await start.listLoop(listLoop, list, 'pattern'));
    children.set('matcher', await start.engine(engine, list));
    children.set('loop', await start.javascript(list));
    for (const child of children.values()) await child.ask(`texts ${list.textsFile}`);

    const { rules } = list.list;
    const { regular, refused } = children.get('pattern').loaded;
    const active = rules.length - refused.length;
    const share = ((100 * regular) / active).toFixed(1);
    console.log(`\n# ${name}: ${active} rules, of which ${regular} are regular (${share} %)`);
    const differing = await compare(children, list);
    await measurePart(children, 'texts', 0, list.counts.ordinary, rounds);
    await measurePart(children, 'texts with a log', list.counts.ordinary, list.counts.logs, rounds);
    return differing;
  } finally {
    for (const child of children.values()) await child.end();
  }
}

/** Every text once, which also builds every engine that they need. */
async function compare(children, list) {
  const { ordinary, logs } = list.counts;
  const answers = new Map();
  for (const [name, child] of children) {
    const path = list.file('answers');
    await child.ask(`first 0 ${ordinary + logs} ${path}`);
    answers.set(name, readAnswers(path));
  }
  const judged = answers.get('loop');
  console.log(`${judged.length} texts, of which ${judged.filter((rule) => rule !== null).length} match a rule`);
  let differing = 0;
  for (const [name, own] of answers) {
    own.forEach((rule, text) => {
      if (rule === judged[text]) return;
      differing++;
      console.log(`DIFFERS: text ${text}: ${PEERS[name]} says rule ${rule}, the JavaScript loop ${judged[text]}`);
    });
  }
  return differing;
}

async function measurePart(children, what, from, count, rounds) {
  if (count === 0) return;
  const passes = new Map();
  for (const [name, child] of children) {
    const { cpuNs } = await child.ask(`pass ${from} ${count} 1`);
    passes.set(name, Math.max(1, Math.round(SLICE_NS / cpuNs)));
  }
  const measured = new Map([...children.keys()].map((name) => [name, []]));
  const names = [...children.keys()];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const { cpuNs } = await children.get(name).ask(`pass ${from} ${count} ${passes.get(name)}`);
      measured.get(name).push(cpuNs / count / passes.get(name));
    }
  }
  const figures = new Map([...measured].map(([name, each]) => [name, { rounds: each, nsPerError: median(each) }]));
  const times = (name, figure) => `×${digits(ratio(figures.get(name), figure))}`;
  console.log(line(`${what}: ${count}`, 'CPU time per error', 'exact / it', 'loop / it'));
  for (const [name, figure] of figures)
    console.log(line(`  ${PEERS[name]}`, ns(figure.nsPerError), times('exact', figure), times('loop', figure)));
}

function line(first, ...cells) {
  return first.padEnd(50) + cells.map((cell) => cell.padStart(20)).join('');
}
