// Writes the software bills of materials of a release, as CycloneDX, into `artifacts/sbom`: `binary.cdx.json`, the crates that the
// binaries are built from; `package.cdx.json`, the npm package with what it
// depends on.
//
//   npm run sbom
//
// Both are held to the schema of CycloneDX, and the first to Cargo.lock. Exit code 0: written. 2: one is not as it should be.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Validation } from '@cyclonedx/cyclonedx-library';
import { runCargoTool } from '../lib/cargo-tools.mjs';
import { command } from '../lib/command.mjs';
import { linkedCrates } from '../lib/linked-crates.mjs';

const USAGE = 'usage: npm run sbom';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, 'artifacts', 'sbom');
/** The newest that cargo-cyclonedx and npm both write. */
const SPECIFICATION = '1.5';

await command({ usage: USAGE, options: {} }, async () => {
  const { name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const binary = ofBinary(name);
  checkComplete(binary);
  mkdirSync(FOLDER, { recursive: true });
  await write('binary.cdx.json', binary);
  await write('package.cdx.json', ofPackage(name));
  return 0;
});

/** cargo-cyclonedx writes a file beside the manifest of every crate of the workspace; one of them is wanted. */
function ofBinary(name) {
  const args = ['metadata', '--no-deps', '--locked', '--format-version', '1'];
  const { packages } = JSON.parse(execFileSync('cargo', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const files = packages.map((crate) => join(dirname(crate.manifest_path), `${crate.name}.cdx.json`));
  try {
    const status = runCargoTool('cyclonedx', [
      ...['--quiet', '--format', 'json', '--spec-version', SPECIFICATION],
      ...['--target', 'all', '--no-build-deps'],
    ]);
    if (status !== 0) throw new Error(`cargo cyclonedx ended with ${status}`);
    const folder = pathToFileURL(ROOT).href.slice(0, -1);
    // references name the crates of this repository by their folders
    return readFileSync(join(ROOT, `${name}.cdx.json`), 'utf8').replaceAll(folder, `file:///${name}`);
  } finally {
    for (const file of files) rmSync(file, { force: true });
  }
}

/** npm takes the package's name from its folder. */
function ofPackage(name) {
  const scratch = mkdtempSync(join(tmpdir(), 'sbom-'));
  const folder = join(scratch, name);
  try {
    mkdirSync(folder);
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, file), join(folder, file));
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only', '--omit', 'dev'];
    return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkComplete(sbom) {
  const { metadata, components } = JSON.parse(sbom);
  const listed = new Set([metadata.component, ...components].map(({ name, version }) => `${name} ${version}`));
  const missing = linkedCrates().filter(({ name, version }) => !listed.has(`${name} ${version}`));
  if (missing.length > 0) throw new Error(`cargo cyclonedx has left out ${missing.map(({ name }) => name).join(', ')}`);
}

async function write(file, sbom) {
  const fault = await new Validation.JsonStrictValidator(SPECIFICATION).validate(sbom);
  if (fault !== null) throw new Error(`${file} is not CycloneDX ${SPECIFICATION}: ${JSON.stringify(fault)}`);
  writeFileSync(join(FOLDER, file), sbom);
  console.log(`artifacts/sbom/${file}: ${JSON.parse(sbom).components.length} components`);
}
