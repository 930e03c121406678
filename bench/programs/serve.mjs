// The JavaScript peers' side of harness/child.mjs.

import { createInterface } from 'node:readline';
import { readTexts, writeAnswers } from '../harness/files.mjs';

/**
 * @param {object} loaded what loading cost
 * @param {object} peer
 * @param {(text: { test: string, error: string }) => any} [peer.prepare] what of a text is not the peer's work
 * @param {(texts: any[]) => (number | null)[] | Promise<(number | null)[]>} peer.first the first rule of each text
 */
export async function serve(loaded, { prepare = (text) => text, first }) {
  let texts = [];
  const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  say(loaded);
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split(' ');
    if (command === 'texts') {
      texts = readTexts(words.join(' ')).map(prepare);
      say({ texts: texts.length });
      continue;
    }
    const [from, count] = words.map(Number);
    const these = texts.slice(from, from + count);
    const started = process.cpuUsage();
    const cpuNs = () => {
      const { user, system } = process.cpuUsage(started);
      return (user + system) * 1e3;
    };
    if (command === 'pass') {
      for (let pass = 0; pass < Number(words[2]); pass++) await first(these);
      say({ cpuNs: cpuNs() });
    } else if (command === 'first') {
      const answers = await first(these);
      const answer = { cpuNs: cpuNs() };
      writeAnswers(words.slice(2).join(' '), answers);
      say(answer);
    } else {
      throw new Error(`unknown command: ${line}`);
    }
  }
}
