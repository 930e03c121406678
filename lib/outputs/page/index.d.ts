import type { RunReport } from '../../recorder/run-report.js';

/**
 * The page of a run, as one self-contained HTML file: no other file, no network. It runs no script but its own, whatever the report's texts say.
 *
 * @param report as a recorder gives it
 * @returns HTML, to be written as UTF-8
 */
export function renderPage(report: RunReport): string;
