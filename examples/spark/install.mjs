// PySpark in a virtual environment of its own, below `.cache`. It brings all of Spark but Java.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../scripts/lib/command.mjs';

const PINS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.cache/spark', import.meta.url));

/** @returns {{ python: string, sparkHome: string }} */
export function installSpark() {
  if (process.platform === 'win32') throw new UsageError('the demo runs on Linux and macOS: Spark needs more on Windows');
  const python = join(FOLDER, 'bin', 'python');
  const pins = readFileSync(PINS, 'utf8');
  // what was installed, written last
  const stamp = join(FOLDER, 'installed.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== pins) {
    console.log('Installing PySpark into .cache/spark: some 500 MB, once');
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    execFileSync('python3', ['-m', 'venv', FOLDER], { stdio: 'inherit' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    execFileSync(python, [...pip, '--requirement', PINS], { stdio: 'inherit' });
    writeFileSync(stamp, pins);
  }
  const find = 'import os, pyspark; print(os.path.dirname(pyspark.__file__))';
  return { python, sparkHome: execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim() };
}

/** What is missing, with how to get it. @throws {UsageError} */
export function requirePrograms() {
  for (const [program, args, how] of [
    ['python3', ['--version'], 'Python 3.10 or newer'],
    ['java', ['-version'], 'Java 17 or newer, such as Debian’s openjdk-17-jre-headless'],
  ]) {
    try {
      execFileSync(program, args, { stdio: 'ignore' });
    } catch {
      throw new UsageError(`there is no ${program}; install ${how}`);
    }
  }
}
