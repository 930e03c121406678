// Prints what `require` of its first argument takes in this process. `time`: CPU time of the thread, and wall time. `memory`: what it adds;
// Linux tells of what the memory is. Two processes, because to read the memory is to use some.
'use strict';

const { readFileSync } = require('node:fs');

const [target, what] = process.argv.slice(2);
const read = what === 'time' ? readTime : readMemory;
// what the reading itself compiles and allocates, it has by then
for (let i = 0; i < 5; i++) read();

const before = read();
require(target);
const wallAfter = performance.now();
const after = read();
if ('wallMs' in after) after.wallMs = wallAfter;
const added = Object.entries(after).map(([key, value]) => [key, value === null ? null : value - before[key]]);
console.log(JSON.stringify(Object.fromEntries(added)));

function readTime() {
  const cpuMs = threadCpuMs();
  return { cpuMs, wallMs: performance.now() };
}

/** Null where the system does not tell. */
function threadCpuMs() {
  if (process.platform !== 'linux') return null;
  // Linux accounts for a running thread at its ticks, some milliseconds apart, and for one that goes to sleep at once
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0.05);
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
}

function readMemory() {
  const mappings = readMappings();
  const total = (key, of = mappings) => of?.reduce((sum, mapping) => sum + mapping[key], 0) ?? null;
  return {
    rssBytes: process.memoryUsage.rss(),
    /** in no file: V8's heap, the allocator's, pages that were written to */
    anonymousBytes: total('Anonymous'),
    binaryBytes: total(
      'Rss',
      mappings?.filter(({ file }) => file.endsWith('.node')),
    ),
  };
}

function readMappings() {
  if (process.platform !== 'linux') return null;
  const mappings = [];
  for (const line of readFileSync('/proc/self/smaps', 'utf8').split('\n')) {
    const [, range, file] = /^([0-9a-f]+-[0-9a-f]+) \S+ \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
    const [, key, kilobytes] = /^(Rss|Anonymous): +(\d+) kB$/.exec(line) ?? [];
    if (range) mappings.push({ file, Rss: 0, Anonymous: 0 });
    else if (key) mappings.at(-1)[key] = Number(kilobytes) * 1024;
  }
  return mappings;
}
