// What was recognised of each hook's failures, what should have been, and the table of it.

import suite from './bodies.cjs';

const issues = new Map(suite.all.map(([title, issue]) => [title, issue]));

/**
 * Whether each failure was recognised as the issue that it is: `due` says how many have a text that a rule knows.
 *
 * @param {{ hook: string, lost: Record<string, string>, before: number[], measured?: number[] }} hook
 * @param {{ title: string, issue: string | null, text: string }[]} records
 */
export function judgeHook({ hook, lost, measured = [] }, records) {
  const faults = [];
  const counts = { failures: records.length, due: 0, right: 0, nothing: 0 };
  for (const { title, issue, text } of records) {
    const expected = issues.get(title);
    const due = lost[title] ? null : expected;
    if (due) counts.due++;
    if (issue === 'NOTHING') counts.nothing++;
    else if (issue && issue === expected) counts.right++;
    if (issue !== due) faults.push(`${hook}, ${title}: ${issue} instead of ${due}, of the text ${JSON.stringify(text)}`);
  }
  const [of, , prototype] = measured;
  if (counts.right / counts.failures < prototype / of) {
    faults.push(
      `${hook}: ${counts.right} of ${counts.failures}, a smaller share than the ${prototype} of ${of} of the prototype`,
    );
  }
  return { ...counts, faults };
}

const WIDTHS = [30, 8, 9, 6, 7, 5, 9, 5, 10, 6, 5];

const line = (cells) =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : `${cell ?? ''}`.padStart(WIDTHS[index]))).join('');

const HEAD = `The same failures in each runner, judged in its own hook by \`classify(test, error)\`.

failures    that the hook was called with; rules of the list know all but two of the suite
due         of those, the ones whose text reaches the hook; Mocha's workers, say, send no \`cause\`
recognised  as the right issue, by version 0.1.0 and now
nothing     texts that are \`[object Object]\` or \`[unreadable error]\`, by version 0.1.0 and now
earlier     failures of an earlier, larger suite, and what 0.1.0 and a prototype of today's rule
            recognised of them (2026-11-28)

Of errors that went through JSON in Jest's child processes, \`failureDetails\` has empty objects: \`{}\` is all they say.
`;

/** `rows` are `[hook, judged]`; those of runners that are not installed, whose shapes were replayed, come last. */
export function table(run, replayed) {
  const row = ([{ hook, version, before, measured = [] }, { failures, due, right, nothing }]) =>
    line([hook, version, failures, due, before[0], right, before[1], nothing, ...measured]);
  return [
    HEAD,
    `${' '.repeat(WIDTHS[0] + 26)}recognised       nothing             earlier`,
    line(['hook', 'version', 'failures', 'due', '0.1.0', 'now', '0.1.0', 'now', 'failures', '0.1.0', 'pro.']),
    ...run.map(row),
    '',
    'Shapes replayed without the runner:',
    ...replayed.map(row),
  ].join('\n');
}
