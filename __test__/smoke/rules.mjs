// Watches lists at a URL, from a function and in a file, says what came of it, and ends by itself, its watchers open.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { classify } from '../../index.js';
import { watchRules } from '../../lib/rules/index.js';

const folder = mkdtempSync(join(tmpdir(), 'known-failures-smoke-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const list = (issue) => JSON.stringify([{ issue, error: 'boom' }]);
const issue = async () => (await classify('a test', 'boom')).issue;
const onWarning = ({ code }) => console.log(code);

let down = false;
const server = createServer((request, response) => {
  response.setHeader('connection', 'close');
  response.setHeader('etag', '"1"');
  if (down) response.writeHead(503).end();
  else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
  else response.end(list('URL'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/list.json`;
const options = { cacheFile: join(folder, 'list.cache'), backoffMs: 1, onWarning };

const first = watchRules(url, options);
console.log((await first.ready).state, await issue());
console.log((await first.refresh()).state, first.status.fetches);
const second = await watchRules(url, options).ready;
console.log(second.state, second.from, second.fetches);
down = true;
console.log((await first.refresh()).state, await issue());
await new Promise((resolve) => server.close(resolve));

console.log((await watchRules(() => list('FUNCTION'), { onWarning }).ready).state, await issue());

const file = join(folder, 'list.json');
writeFileSync(file, list('FILE'));
const watcher = watchRules(file, { onWarning });
console.log((await watcher.ready).state, await issue());
const changed = new Promise((resolve) => watcher.once('load', resolve));
writeFileSync(file, list('CHANGED'));
await Promise.all([changed, watcher.refresh()]);
console.log(await issue());
