// How much longer does `process.exit` take with a call at work on a text of 50 or 200 MB than with the same text and no call?
//
// One exit is one child process; an idle one and a busy one take turns. Kinds of texts and rules keep different passes at work: the
// prefilter, the conversion of a text beyond ASCII, the removal of ANSI sequences, either engine.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median } from '../../scripts/lib/figures.mjs';

const addon = new URL('../../index.js', import.meta.url).href;
/** Until the call is at work. */
const WAIT_MS = 5;

const named = (patterns) => patterns.map((error, n) => ({ issue: `R-${n}`, error }));
/** No rule matches a text. */
const RULES = {
  literals: named(Array.from({ length: 1000 }, (_, n) => `Session ${n} not created: .*`)),
  withoutLiterals: named(['\\d[a-f]{3}\\d', '[^\\n]\\d{9}$', '[a-z]\\d[A-Z]\\d']),
  lookarounds: named(['(?<=\\d)[b-f]+(?=\\d)', '[a-f](?!\\w)(?<!at )\\d', '(?=[b-q]{9})[a-z]+\\d']),
  // backtracking gives up, and the automaton runs
  automaton: named(['at (?:[a-z]+ ?)+(?:[a-z.]+:?)+[0-9]+#']),
};

const LINE = '    at Object.click (file.js:12:7) of some text\n';
const RED = '\u001b[31mred\u001b[39m';

/** `before`, `repeated` and `after` make the text. */
const CASES = {
  ASCII: { rules: RULES.literals, repeated: LINE },
  'beyond ASCII': { rules: RULES.literals, repeated: `${LINE}é ü\n` },
  'ANSI sequences all over': { rules: RULES.literals, repeated: LINE + RED },
  'an ANSI sequence at the end': { rules: RULES.literals, repeated: LINE, after: RED },
  'an ANSI string without an end': { rules: RULES.literals, before: '\u001b]0;', repeated: 'title ' },
  'rules without literals': { rules: RULES.withoutLiterals, repeated: LINE },
  'rules without literals, beyond ASCII': { rules: RULES.withoutLiterals, repeated: `${LINE}é ü\n` },
  'rules with lookarounds': { rules: RULES.lookarounds, repeated: LINE },
  'the automaton': { rules: RULES.automaton, repeated: LINE },
};

const source = ({ rules, before = '', repeated, after = '' }, bytes, busy) => `
  import { writeSync } from 'node:fs';
  import { classify, loadRules } from ${JSON.stringify(addon)};
  await loadRules(${JSON.stringify(rules)});
  await classify('', 'a short one');
  const repeated = ${JSON.stringify(repeated)};
  const whole = ${JSON.stringify(before)} + repeated.repeat(${bytes} / repeated.length) + ${JSON.stringify(after)};
  // flat, as a text that was read or thrown is
  const text = Buffer.from(whole).toString();
  if (${busy}) classify('', text);
  await new Promise((resolve) => setTimeout(resolve, ${WAIT_MS}));
  writeSync(1, String(performance.timeOrigin + performance.now()));
  process.exit(7);`;

/** @returns {Promise<number>} milliseconds from `process.exit` to the end of the process */
async function exit(given, bytes, busy) {
  const args = ['--input-type=module', '--eval', source(given, bytes, busy)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [output, ended] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.once('exit', () => (ended = performance.timeOrigin + performance.now()));
  const [code] = await once(child, 'close');
  if (code !== 7) throw new Error(`a process ended with ${code} before it should`);
  return ended - Number(output);
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times = quick ? 1 : 5, tell }) {
  const rows = [];
  for (const megabytes of quick ? [20] : [50, 200]) {
    let worst = Number.NEGATIVE_INFINITY;
    for (const [name, given] of Object.entries(CASES)) {
      const [idle, busy] = [[], []];
      for (let round = 0; round < times; round++) {
        idle.push(await exit(given, megabytes * 1e6, false));
        busy.push(await exit(given, megabytes * 1e6, true));
      }
      worst = Math.max(worst, median(busy) - median(idle));
      const ms = (values) => `${median(values).toFixed(1)} ms`;
      tell(`${megabytes} MB, ${name}: ${ms(busy)}, idle ${ms(idle)}`);
    }
    rows.push({
      figure: `process.exit with a text of ${megabytes} MB at work, longer than idle, worst of ${Object.keys(CASES).length} kinds`,
      value: worst,
      limit: 50,
      unit: ' ms',
    });
  }
  return rows;
}
