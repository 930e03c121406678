// Tables of text cells.

/** @typedef {'start' | 'end'} Alignment */

/** A table that fits the terminal: the first column gives way where it has to. @param {string[][]} lines @param {Alignment[]} align */
export function printTable(lines, align) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const over = widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1)) - terminalWidth();
  if (over > 0) widths[0] = Math.max(12, widths[0] - over);
  for (const line of lines) {
    const cells = line.map((cell, column) => {
      const width = widths[column];
      const shown = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
      return align[column] === 'end' ? shown.padStart(width) : shown.padEnd(width);
    });
    console.log(cells.join('  ').trimEnd());
  }
}

/** In Markdown; the first line is the head. @param {string[][]} lines @param {Alignment[]} align */
export function markdownTable([head, ...lines], align) {
  const rule = align.map((side) => (side === 'end' ? '---:' : '---'));
  const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [head, rule, ...lines].map(row).join('\n');
}

/** Prints a paragraph that fits the terminal. */
export function printWrapped(text) {
  const width = terminalWidth();
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      console.log(line);
      line = '';
    }
    line += line ? ` ${word}` : word;
  }
  console.log(line);
}

/** A pipe or a file has no width of its own. */
const terminalWidth = () => process.stdout.columns || Number(process.env.COLUMNS) || 120;
