// Writes a cache file again and again, each time another list, until it is killed.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Cache } = require('../lib/rules/cache.js');
const { clock } = require('../lib/rules/clock.js');
const { NOTHING } = require('../lib/rules/entry.js');
const { makeFolder } = require('../lib/rules/cache-place.js');

const [, , file, name] = process.argv;
const onTrouble = (message) => console.error(message);
const cache = new Cache({ file, key: 'key', maxBytes: 2 ** 20, makeFolder, clock, onTrouble });
for (let count = 1; ; count++) {
  const repeated = 1 + ((count * 997) % 50_000);
  const rules = Buffer.from(JSON.stringify({ name, count: repeated, filler: name.repeat(repeated) }));
  await cache.write({ ...NOTHING, rules, confirmedAt: count });
  if (count === 1) process.send('written');
}
