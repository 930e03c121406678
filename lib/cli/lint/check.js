// All checks of a list, in the order of their cost.
'use strict';

const { loadRulesFile } = require('../rules-file.js');
const { tooBroad } = require('./breadth.js');
const { catastrophic } = require('./backtracking.js');
const { inOrder } = require('./finding.js');
const { withoutUrl } = require('./hygiene.js');
const { fromReport } = require('./report.js');
const { shadowed } = require('./shadows.js');

/** For measuring patterns in the engine of JavaScript. */
const MEASURE_MS = 20_000;

const MATCHES_TOO_MUCH = ['WARN_MATCHES_EMPTY', 'LINT_MATCHES_MOST'];

/**
 * @param {import('../rules-file.js').RulesFile} file
 * @returns {Promise<{ findings: import('./finding.js').Finding[], unmeasured: number }>}
 */
async function checkRules(file) {
  const { rules, loadOptions } = file;
  const report = await loadOrRefusals(file);
  const findings = [...fromReport(report, rules), ...withoutUrl(rules)];
  const indexesOf = (codes) => new Set(findings.filter(({ code }) => codes.includes(code)).map(({ index }) => index));
  // nothing is in force if every rule was refused
  if (report.isInForce) {
    findings.push(...(await tooBroad(indexesOf(['WARN_MATCHES_EMPTY']))));
    const duplicates = indexesOf(['WARN_DUPLICATE']);
    const shadows = await shadowed(rules, loadOptions.flags, indexesOf(MATCHES_TOO_MUCH));
    findings.push(...shadows.filter(({ index }) => !duplicates.has(index)));
  }
  const refused = new Set(report.rejected.map(({ index }) => index));
  const measured = await catastrophic(rules, refused, { defaultFlags: loadOptions.flags, budgetMs: MEASURE_MS });
  return { findings: inOrder([...findings, ...measured.findings]), unmeasured: measured.unmeasured };
}

async function loadOrRefusals(file) {
  try {
    return { isInForce: true, ...(await loadRulesFile(file)) };
  } catch (error) {
    const { rejected } = error.cause ?? {};
    if (rejected === undefined) throw error;
    return { isInForce: false, rejected, warnings: [], literals: { none: [], short: [] } };
  }
}

module.exports = { checkRules };
