// A worker thread that watches the list of the main thread.

import { parentPort, workerData } from 'node:worker_threads';
import { classify } from 'known-failures';
import { watchRules } from 'known-failures/rules';

const { url, cacheFile } = workerData;
const { state, version } = await watchRules(url, { cacheFile }).ready;
const { issue } = await classify('a test', 'boom');
parentPort.postMessage({ state, version, issue });
