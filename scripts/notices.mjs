// Writes THIRD_PARTY_NOTICES.md: the licences of what is in the published binaries. Each package that has a binary contains the file.
//
//   npm run notices [-- --check]
//
// cargo-about is not used: it counts procedural macros in, which are in no binary, and has no text for crates that are published
// without one (napi), where this fails unless `scripts/notices` has it.
//
// Exit code 0: written, or up to date. 1: with `--check`, the file is out of date. 2: a crate has no licence that is known here.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, flag, UsageError } from './lib/command.mjs';
import { linkedCrates } from './lib/linked-crates.mjs';

const USAGE = `usage: npm run notices -- [options]
  --check    write nothing, and fail if the file is out of date`;

const NOTICES = fileURLToPath(new URL('../THIRD_PARTY_NOTICES.md', import.meta.url));
const TEXTS = fileURLToPath(new URL('./notices/', import.meta.url));

/** The licences that we take a crate under, the preferred first, and the files that may have the text. deny.toml allows more. */
const LICENCES = [
  { id: 'MIT', file: /^licen[cs]e(-mit)?(\.txt|\.md)?$/i },
  { id: 'ISC', file: /^licen[cs]e(-isc)?(\.txt|\.md)?$/i },
];
/** Crates that are published without a licence text, and the file that has their repository's. */
const WITHOUT_TEXT = { napi: 'napi.txt', 'napi-sys': 'napi.txt' };

await command({ usage: USAGE, options: { check: flag() } }, async ({ check }) => {
  const notices = render(linkedCrates().filter(({ own }) => !own));
  if (!check) {
    writeFileSync(NOTICES, notices);
    return 0;
  }
  if (readFileSync(NOTICES, 'utf8') === notices) return 0;
  console.error('THIRD_PARTY_NOTICES.md is out of date; run: npm run notices');
  return 1;
});

/** @param {ReturnType<typeof linkedCrates>} crates */
function render(crates) {
  const byText = new Map();
  const rows = [];
  for (const crate of crates) {
    const { id, text } = licenceOf(crate);
    rows.push(`| ${crate.name} | ${crate.version} | ${id} |`);
    byText.set(text, [...(byText.get(text) ?? []), crate.name]);
  }
  const texts = [...byText].map(([text, names]) => section(`### ${names.join(', ')}`, text));
  return `# Third-party notices

The binaries of known-failures contain code and data of others. \`npm run notices\` writes this file from \`Cargo.lock\`.

${section(
  `## The Rust standard library

It contains crates of the Rust project and others, such as addr2line, compiler_builtins, gimli, hashbrown, libc, miniz_oxide, object and
rustc-demangle. All are used under the MIT license. compiler_builtins also has parts of LLVM, whose exception to Apache-2.0 asks for no notice
in binaries.`,
  ownText('rust.txt'),
)}
${section('## Unicode data\n\nThe tables of properties and case foldings are made from the Unicode Character Database.', ownText('unicode.txt'))}
## Crates

| crate | version | used under |
| --- | --- | --- |
${rows.join('\n')}

${texts.join('\n')}`;
}

function section(heading, text) {
  return `${heading}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
}

function licenceOf({ name, version, license, folder }) {
  const offered = (license ?? '').split(/ OR |\//);
  const licence = LICENCES.find(({ id }) => offered.includes(id));
  if (!licence)
    throw new UsageError(`${name} ${version} is licensed as ${license}; add what we take it under to scripts/notices.mjs`);
  if (name in WITHOUT_TEXT) return { id: licence.id, text: ownText(WITHOUT_TEXT[name]) };
  const file = readdirSync(folder)
    .filter((entry) => licence.file.test(entry))
    // of `LICENSE` and `LICENSE-MIT` the one with the name
    .sort((one, other) => other.length - one.length)[0];
  if (file === undefined)
    throw new UsageError(`${name} ${version} has no text of its licence; add its repository's to scripts/notices`);
  return { id: licence.id, text: tidy(readFileSync(join(folder, file), 'utf8')) };
}

function ownText(file) {
  return tidy(readFileSync(join(TEXTS, file), 'utf8'));
}

/** Texts that differ in line ends only are one. */
function tidy(text) {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}
