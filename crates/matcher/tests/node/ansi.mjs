// Each line without control sequences, as Node strips them. In and out: hexadecimal.

import { stripVTControlCharacters } from 'node:util';
import { fromHex, lines, toHex } from './hex.mjs';

for (const line of lines()) process.stdout.write(`${toHex(stripVTControlCharacters(fromHex(line)))}\n`);
