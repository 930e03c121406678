// The page's script and style as one text each. A file of `client/` is a CommonJS module like the rest of the package, so tests
// can require it; here each becomes a function, behind a `require` of a few lines. Nothing is parsed or rewritten.
'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const CLIENT = join(__dirname, 'client');
const STYLE = join(__dirname, 'style');
/** In the order of the cascade. */
const SHEETS = ['theme.css', 'base.css', 'summary.css', 'lists.css', 'tests.css', 'charts.css', 'media.css'];

const LOADER = `const loaded = {};
function require(name) {
  if (!(name in loaded)) {
    const module = { exports: {} };
    loaded[name] = module;
    files[name](module, require);
  }
  return loaded[name].exports;
}
require('./main.js');`;

function bundleScript() {
  const files = readdirSync(CLIENT)
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => `'./${name}'(module, require) {\n${readFileSync(join(CLIENT, name), 'utf8')}\n}`);
  const script = `(() => {\n'use strict';\nconst files = {\n${files.join(',\n')}\n};\n${LOADER}\n})();`;
  return checked(script, '</script');
}

function bundleStyle() {
  return checked(SHEETS.map((name) => readFileSync(join(STYLE, name), 'utf8')).join('\n'), '</style');
}

/** The contents of an inline element, which must not hold what ends it, and have the line ends that its hash was made of. */
function checked(content, end) {
  if (content.toLowerCase().includes(end)) throw new Error(`the page's own source contains ${end}`);
  return content.replaceAll('\r\n', '\n');
}

module.exports = { bundleScript, bundleStyle };
