// Preloaded into a Node with musl that runs beside this machine's files. `native.js` asks /usr/bin/ldd which libc there is, and that
// would be the ldd of this machine.
'use strict';

const fs = require('node:fs');

const { readFileSync } = fs;
fs.readFileSync = (path, ...options) => (path === '/usr/bin/ldd' ? 'musl libc' : readFileSync(path, ...options));
