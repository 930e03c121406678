// What a run leaves behind: a page and a chart.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digits, median, ns, sum } from '../../scripts/lib/figures.mjs';
import { PEERS, PROFILES } from '../peers.mjs';
import { barChart } from './chart.mjs';
import { limitsTable } from './limits.mjs';
import { inWords } from './machine.mjs';
import { markdownTable } from './table.mjs';

const mb = (bytes) => `${digits(bytes / 1e6)} MB`;
const ms = (value) => (value === null ? '–' : ns(value * 1e6));
/** A table whose first column is text and whose others are figures. */
const table = (head, rows) =>
  markdownTable(
    [head, ...rows],
    head.map((_, i) => (i ? 'end' : 'start')),
  );

const SHORT_NAMES = {
  engine: 'known-failures, the engine alone',
  classifyAll: 'known-failures, classifyAll',
  vectorscan: 'Vectorscan, without what it refuses',
  vectorscanAndJavascript: 'Vectorscan, and a loop over the rest',
  re2Set: 'node-re2, RE2.Set',
  re2: 'node-re2, loop',
  javascript: 'JavaScript, loop',
};

/** @param {string} folder @param {object} run `date`, `machine`, `settings`, `rows`, and the results of each benchmark */
export function writeReport(folder, run) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.md'), markdown(run));
  if (run.peers) writeFileSync(join(folder, 'time-per-error.svg'), chart(run.peers));
}

function chart({ summary, lists }) {
  const seeds = new Set(lists.map(({ seed }) => seed)).size;
  const measured = Object.keys(PEERS).filter((name) => PROFILES.some((profile) => summary[profile].nsPerError[name] !== null));
  return barChart({
    title: 'CPU time to classify one failed test',
    subtitle: `${lists[0].rules.toLocaleString('en')} rules, errors of about 2 KB; ${seeds > 1 ? `median of ${seeds} seeds` : 'one seed'}; logarithmic scale, shorter is better`,
    series: PROFILES.map((profile) => (profile === 'plain' ? 'plain list' : 'typical list')),
    groups: measured.map((name) => ({
      label: SHORT_NAMES[name],
      own: name === 'engine' || name === 'classifyAll',
      values: PROFILES.map((profile) => summary[profile].nsPerError[name]),
    })),
  });
}

function markdown({ date, machine, settings, rows, workloads, peers, scaling, loading }) {
  const parts = [
    '# Benchmark results',
    `Written by \`npm run bench\` on ${date.slice(0, 10)}. Machine: ${inWords(machine)}. Seeds ${settings.seeds.join(', ')}.`,
    '## What must be shown',
    limitsTable(rows),
  ];
  if (workloads) parts.push(...workloadsPart(workloads));
  if (peers) parts.push(...peersPart(peers));
  if (scaling) parts.push(...scalingPart(scaling));
  if (loading) parts.push(...loadingPart(loading));
  return `${parts.join('\n\n')}\n`;
}

/** The results of all seeds, by list. @returns {[string, any[]][]} */
function byList(results) {
  const lists = new Map();
  for (const result of results) {
    const name = `${result.workload}, ${result.profile}`;
    lists.set(name, [...(lists.get(name) ?? []), result]);
  }
  return [...lists];
}

function workloadsPart({ results, growth }) {
  const lists = byList(results);
  const seeds = (these, get) => these.map((result) => digits(get(result))).join(', ');
  const middle = (these, name) => ns(median(these.map((result) => result.ns[name] ?? Number.NaN)) || null);
  const rows = lists.map(([name, these]) => [
    name,
    these[0].rules,
    digits(median(these.map(({ textBytes }) => textBytes))),
    ...['engine', 'classifyAll', 'vectorscan', 'javascript'].map((peer) => middle(these, peer)),
    seeds(these, ({ figures }) => figures.engineToVectorscan),
    digits(median(these.map(({ figures }) => figures.classifyAllToVectorscan ?? Number.NaN))),
    digits(median(these.map(({ figures }) => figures.nsPerByte))),
    these.map(({ refused }) => refused ?? '–').join(', '),
    sum(these.map(({ judged }) => judged)),
    these[0].disagreements.vectorscan === undefined ? '–' : sum(these.map(({ disagreements }) => disagreements.vectorscan)),
  ]);
  return [
    '## Workloads',
    'Lists and texts that have little in common; what each is like is in `bench/data/workloads/`. CPU time per text, the median of the seeds; the ratio of each seed. *Compared*: texts whose answers were held against those of the JavaScript loop, with `classifyAll` and with every kernel of the engine.',
    table(
      [
        'list',
        'rules',
        'bytes',
        'engine',
        'classifyAll',
        'Vectorscan',
        'JavaScript',
        'engine / Vectorscan',
        'classifyAll / Vectorscan',
        'ns/byte',
        'refused by Vectorscan',
        'compared',
        'wrong in Vectorscan',
      ],
      rows,
    ),
    `Ten times the rules and ten times the text, the larger one of the engine's and \`classifyAll\`'s, by seed:`,
    table(
      ['list', 'rules', 'text'],
      byList(growth).map(([name, these]) => [
        name,
        ...['rulesTenfold', 'textTenfold'].map((key) =>
          these.map(({ figures }) => (figures[key] === null ? '–' : `×${figures[key].toFixed(2)}`)).join(', '),
        ),
      ]),
    ),
  ];
}

function peersPart({ summary, lists }) {
  const parts = [
    '## CPU time per error, by peer',
    'All peers in the same run and in turns; a ratio is the median of those within each round. *First pass*: with whatever is built at first use; the other figures are without. The disagreements of Vectorscan are its own: in a list of thousands, some patterns that begin with `^ +` or `^\\s+` under `m` miss texts that they match when compiled alone. *Plain*: every rule has a long literal. *Typical*: 0.5 % without literals, 2 % lookaround, 0.2 % back-references, 15 % ignoring case, 10 % test-scoped; 1 % of the errors with a 40 KB log.',
    '![CPU time per error by peer](time-per-error.svg)',
  ];
  for (const profile of PROFILES) {
    const these = lists.filter((list) => list.profile === profile);
    const measured = Object.keys(PEERS).filter((name) => summary[profile].nsPerError[name] !== null);
    parts.push(`### ${profile}`);
    parts.push(
      table(
        ['peer', 'median', 'first pass', ...these.map(({ seed }) => `seed ${seed}`), 'load', 'refused rules', 'disagreements'],
        measured.map((name) => [
          PEERS[name],
          ns(summary[profile].nsPerError[name]),
          ns(summary[profile].coldNsPerError[name]),
          ...these.map((list) => ns(list.peers[name].nsPerError)),
          ms(summary[profile].loadMs[name]),
          these.map((list) => list.peers[name].refused ?? '–').join(', '),
          name === 'javascript' ? 'the judge' : disagreementsOf(these, name),
        ]),
      ),
    );
    const [{ texts }] = these;
    parts.push(
      `${these.map(({ rules }) => rules).join(', ')} rules; ${texts.ordinary + texts.logs} texts each, of which ${these.map(({ checked }) => checked).join(', ')} are compared with the JavaScript loop. The slow peers are sampled: ${sampledOf(these)}.`,
    );
  }
  return parts;
}

function disagreementsOf(lists, name) {
  const counts = lists.map((list) => list.peers[name].disagreements);
  return counts[0] === null ? '–' : String(counts.reduce((a, b) => a + b, 0));
}

function sampledOf(lists) {
  const sampled = Object.entries(lists[0].peers).filter(([, peer]) => peer.sampled);
  return sampled.map(([name, peer]) => `${PEERS[name]} ${peer.sampled} texts per list`).join('; ') || 'none was slow enough';
}

function scalingPart({ seed, profiles }) {
  const parts = [
    '## Scaling',
    `CPU time per error, seed ${seed}. The lists of 1, 3 and 10 MB begin with that of 300 KB, and have its texts.`,
  ];
  for (const [what, unit] of [
    ['rules', (bytes) => `${bytes / 1e6} MB`],
    ['texts', (length) => `${length / 1e3} KB`],
  ]) {
    const { steps } = Object.values(profiles)[0][what].engine;
    parts.push(
      table(
        [what, ...steps.map(({ label }) => unit(label)), 'ten times'],
        PROFILES.flatMap((profile) =>
          Object.entries(profiles[profile][what]).map(([entry, figures]) => [
            `${profile}, ${entry === 'engine' ? 'engine alone' : 'classifyAll'}`,
            ...figures.steps.map(({ nsPerError }) => ns(nsPerError)),
            figures.tenfold.map(({ ratio }) => `×${ratio.toFixed(2)}`).join(', '),
          ]),
        ),
      ),
    );
  }
  return parts;
}

function loadingPart({ seed, profiles, workloads }) {
  const loads = PROFILES.flatMap((profile) =>
    profiles[profile].loading.map(({ bytes, rules, forms, vectorscanMs }) => [
      `${profile}, ${mb(bytes)}`,
      rules,
      ms(forms.bytes.wallMs),
      ms(forms.string.wallMs),
      ms(forms.bytes.mainThreadMs),
      ms(forms.string.mainThreadMs),
      ms(vectorscanMs),
    ]),
  );
  const kb = (bytes) => `${digits(bytes / 1e3)} KB`;
  const memory = PROFILES.map((profile) => {
    const { memory: rss, own } = profiles[profile];
    return [
      profile,
      mb(rss.loadedBytes),
      mb(rss.classifiedBytes),
      mb(rss.highestBytes),
      `${Math.round(own.loadedBytes / own.rules)} bytes`,
      `${kb(own.engine.mean)} (median ${kb(own.engine.median)}, at most ${kb(own.engine.max)})`,
    ];
  });
  return [
    '## Loading',
    `Wall time of the first \`loadRules\` of a fresh process, seed ${seed}; the call itself keeps the main thread for as long as the two columns after it say.`,
    table(['list', 'rules', 'from bytes', 'from a string', 'call (bytes)', 'call (string)', "Vectorscan's compile (CPU)"], loads),
    'The first 300 KB of longer lists of the workloads: the longer one of the two wall times, and resident memory above a process that has loaded nothing.',
    table(
      ['list', 'rules', 'wall', 'memory'],
      workloads.map(({ workload, profile, rules, wallMs, loadedBytes }) => [
        `${workload}, ${profile}`,
        rules,
        ms(wallMs),
        mb(loadedBytes),
      ]),
    ),
    '## Memory',
    'Resident memory above a process that has loaded nothing, with 300 KB of rules; per rule and per built engine, what the allocator counts.',
    table(
      [
        'list',
        'loaded',
        `after ${profiles[PROFILES[0]].memory.texts.toLocaleString('en')} errors`,
        'highest',
        'per loaded rule',
        'per built engine',
      ],
      memory,
    ),
  ];
}
