// At least 10,000 distinct regular expressions from the source of well-known packages, each against texts that match, nearly match and
// do not, V8 as the judge.
//
//   npm run parity:real
//
// The packages are installed into .cache, without their scripts; the test is __test__/real-patterns.spec.mjs.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Parsers, highlighters, linters, validators, date and user-agent readers: what lives by regular expressions. */
const PACKAGES = [
  '@babel/core',
  '@babel/standalone',
  'ace-builds',
  'ajv-formats',
  'browserslist',
  'chevrotain',
  'codemirror@5',
  'cspell-lib',
  'date-fns',
  'device-detector-js',
  'eslint',
  'eslint-plugin-unicorn',
  'highlight.js',
  'isbot',
  'jsdom',
  'less',
  'linkify-it',
  'markdown-it',
  'marked',
  'mocha',
  'moment',
  'natural',
  'ngx-device-detector',
  'postcss',
  'prettier',
  'prismjs',
  'sass',
  'selenium-webdriver',
  'showdown',
  'stylus',
  'terser',
  'ua-parser-js',
  'validator',
  'webpack',
  'yaml',
];

const root = fileURLToPath(new URL('../../', import.meta.url));
const directory = join(root, '.cache', 'real-packages');
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', ...PACKAGES], { cwd: directory });
run(process.execPath, ['--test', '--test-reporter', 'spec', join(root, '__test__', 'real-patterns.spec.mjs')], {
  cwd: root,
  env: { ...process.env, REAL_PATTERNS_DIRS: join(directory, 'node_modules'), REAL_PATTERNS_FEWEST: '10000' },
});

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
