// The same from a CommonJS module.

import knownFailures = require('known-failures');

export async function main(bytes: Uint8Array): Promise<knownFailures.Verdict> {
  const { version }: knownFailures.LoadReport = await knownFailures.loadRules(bytes);
  return knownFailures.classify('a test', new Error(version));
}
