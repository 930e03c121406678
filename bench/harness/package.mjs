// The package that is measured: this checkout's, or the one whose `index.js` the variable KNOWN_FAILURES names, as `compare` does for
// its other side.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** @type {typeof import('../../index.js')} */
export const addon = require(process.env.KNOWN_FAILURES ?? fileURLToPath(new URL('../../index.js', import.meta.url)));
