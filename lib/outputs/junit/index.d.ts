import type { RunReport } from '../../recorder/run-report.js';

/**
 * A run report as JUnit XML. Each known failure has the properties `issue`, `url` and `rule` (the rule's id, else its index), and
 * `type="known-failure"`; it is a failure all the same. Hooks, files and crashes are errors, and so are tests that never ended. The option
 * `junit` of every adapter writes it.
 *
 * @returns XML, to be written as UTF-8. Characters that XML cannot have are left out.
 */
export declare function formatJUnit(report: RunReport): string;
