// The verdicts of the JavaScript loop.
//
// A line holds a list as JSON, then test names and errors in turn, all in hexadecimal, by spaces.
// The answer: how many rules compile, then for each test `rule:start-end` or `-`.

import { stripVTControlCharacters } from 'node:util';
import { fromHex, lines } from './hex.mjs';

function compiles(source, flags) {
  try {
    return Boolean(new RegExp(source, flags));
  } catch {
    return false;
  }
}

/** @param {({ error: string, flags?: string, test?: string } | null)[]} rules `null`: a refused one */
function classify(rules, test, error) {
  const text = stripVTControlCharacters(error);
  for (const [index, rule] of rules.entries()) {
    if (rule === null || (rule.test && !new RegExp(rule.test).test(test))) continue;
    const match = new RegExp(rule.error, rule.flags).exec(text);
    if (match) return `${index}:${match.index}-${match.index + match[0].length}`;
  }
  return '-';
}

for (const line of lines()) {
  const [list, ...texts] = line.split(' ').map(fromHex);
  const rules = JSON.parse(list).map((rule) => (compiles(rule.error, rule.flags) && compiles(rule.test ?? '') ? rule : null));
  const answers = [rules.filter((rule) => rule !== null).length];
  for (let i = 0; i < texts.length; i += 2) answers.push(classify(rules, texts[i], texts[i + 1]));
  process.stdout.write(`${answers.join(' ')}\n`);
}
