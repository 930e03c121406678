// The data of the benchmarks and the demo: seeded rule lists and failed tests for them.
//
//   const list = generateRules({ seed: 1, profile: 'typical', bytes: 300_000 })
//   const json = toJson(list)                                        // what loadRules takes
//   const failed = generateErrors(list, { count: 10_000, matching: 0.5 }) // [{ test, error, kind, rule, … }]

export { Random } from '../../scripts/lib/random.mjs';
export { generateErrors } from './errors.mjs';
export { generateRules, toJson, withConditions } from './rules.mjs';
export { browserLog } from './stacks.mjs';
export { separator, testName } from './test-names.mjs';
