// The configurations in docs/runners.md are those of the examples, which `npm run test:runners` runs against the real runners.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { examples } from './runners/examples/index.mjs';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const folders = readdirSync(new URL('../examples/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The samples: the first line names the file. */
const samples = [...read('docs/runners.md').matchAll(/^```javascript\n\/\/ (\S+)\n((?:.|\n)*?)^```$/gm)].map(
  ([, file, text]) => ({
    file,
    text,
  }),
);

/** An example's list may come from the environment, so that its test can count requests. */
const asDocumented = (text) =>
  text.replaceAll("process.env.KNOWN_FAILURES ?? '../known-failures.json'", "'https://example.com/known-failures.json'");
/** Formatting depends on the length of the list's address. */
const withoutLayout = (text) => text.replaceAll(/\s+|,(?=\s*[\]}])/g, '');

for (const { file, text } of samples) {
  test(`docs/runners.md: ${file} is that of an example`, () => {
    const paths = folders
      .map((name) => `examples/${name}/${file}`)
      .filter((path) => existsSync(new URL(`../${path}`, import.meta.url)));
    assert.equal(
      paths.some((path) => withoutLayout(asDocumented(read(path))) === withoutLayout(text)),
      true,
      `it differs from ${paths.join(', ') || 'any file'}:\n${text}`,
    );
  });
}

for (const { name, config } of examples) {
  test(`docs/runners.md has ${config} of examples/${name}`, () => {
    assert.equal(
      samples.some(({ file }) => file === config),
      true,
    );
  });
}
