// What a load report says of the rules.
'use strict';

const { finding } = require('./finding.js');

/**
 * @param {Pick<import('../../../index.js').LoadReport, 'rejected' | 'warnings' | 'literals'>} report
 * @param {any[]} rules
 */
function fromReport({ rejected, warnings, literals }, rules) {
  const matchesAll = new Set(warnings.filter(({ code }) => code === 'WARN_MATCHES_EMPTY').map(({ index }) => index));
  const slow = literals.none.filter((index) => !matchesAll.has(index));
  return [
    ...rejected.map((one) => about(one, 'error', rules)),
    ...warnings.map((one) => about(one, 'warning', rules)),
    ...slow.map((index) =>
      finding({
        index,
        level: 'info',
        code: 'LINT_NO_LITERAL',
        field: 'error',
        message:
          'it requires nothing that could be looked for, so it is matched against every error; add a word that its errors always have',
      }),
    ),
  ];
}

function about({ index, field, code, message, offset }, level, rules) {
  const [, number] = /^At index (\d+): /.exec(message) ?? [];
  const given = number === undefined ? rules[index]?.[field] : rules[index]?.[field]?.[number];
  const other = code === 'WARN_DUPLICATE' ? Number(/^Rule (\d+) /.exec(message)?.[1] ?? Number.NaN) : Number.NaN;
  return finding({
    index,
    level,
    code,
    field: field === 'rule' ? null : number === undefined ? field : `${field}[${number}]`,
    message: number === undefined ? message : message.slice(`At index ${number}: `.length),
    pattern: offset === null ? null : shownText(given, rules[index], code),
    offset,
    other: Number.isNaN(other) ? null : other,
  });
}

/** The text that the offset is in. */
function shownText(given, rule, code) {
  const text =
    code === 'ERR_PATTERN_FLAGS' ? (given?.flags ?? (typeof given === 'string' ? given : rule?.flags)) : (given?.source ?? given);
  return typeof text === 'string' ? text : null;
}

module.exports = { fromReport };
