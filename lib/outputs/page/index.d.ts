import type { RunReport } from '../../recorder/run-report.js';

/**
 * The page of a run, as one self-contained HTML file: no other file, no network. It runs no script but its own, whatever the report's texts say.
 *
 * @param report as a recorder gives it
 * @returns HTML, to be written as UTF-8
 */
export function renderPage(report: RunReport): string;

/**
 * Writes the page of a run. Someone who opens `path` meanwhile gets the page that was there before or the whole new one. Makes the folder of `path`.
 *
 * @returns Rejects with the error of `node:fs` if `path` cannot be written.
 */
export function writePage(path: string, report: RunReport): Promise<void>;
