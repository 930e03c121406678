// Prints V8's message for each pattern: `new RegExp(source, flags)`. A line of input is a JSON array of the two.

import { readFileSync } from 'node:fs';

for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const [source, flags] = JSON.parse(line);
  let message = 'none';
  try {
    new RegExp(source, flags);
  } catch (error) {
    const head = `Invalid regular expression: /${source}/${flags}: `;
    message = error.message.startsWith(head) ? error.message.slice(head.length) : error.message;
  }
  console.log(message);
}
