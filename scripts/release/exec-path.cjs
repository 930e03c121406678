// Preloaded into an emulated Node: the host's kernel cannot start what it takes for its own executable, but the wrapper that started it.
'use strict';

process.execPath = process.env.EMULATED_NODE;
