// The storm as a chart: how many log events wait, over time.

import { escapeXml, page, WIDTH } from '../../harness/svg.mjs';

const HEIGHT = 400;
const LEFT = 72;
const RIGHT = 214;
const TOP = 66;
const BOTTOM = 48;
const LABEL_HEIGHT = 34;
const TICKS = [0, 1, 10, 100, 1000, 10_000, 100_000];

/** Legible on both surfaces, and apart for the colour-blind. */
const COLOURS = {
  light: { ideal: '#6e7781', loop: '#cf222e', fork: '#a35200', piscina: '#8250df', addon: '#1a7f37' },
  dark: { ideal: '#9198a1', loop: '#ff7b72', fork: '#d98c33', piscina: '#bc8cff', addon: '#3fb950' },
};

const strokes = (colours) =>
  Object.entries(colours)
    .map(([name, colour]) => `.${name} { stroke: ${colour} } .${name}-name { fill: ${colour} }`)
    .join(' ');

/**
 * @typedef {{ name: string, label: string, small: string, peak: number, series: { at: number, backlog: number }[] }} Line
 *   `small`: what became of it with a small heap; `peak`: the largest backlog, between two samples, too
 */

/** Places labels near the ends of their lines without overlaps. */
function spread(ends, floor) {
  ends.sort((a, b) => a.at - b.at);
  for (let n = 1; n < ends.length; n++) ends[n].at = Math.max(ends[n].at, ends[n - 1].at + LABEL_HEIGHT);
  for (let n = ends.length - 1, lowest = floor; n >= 0; n--, lowest -= LABEL_HEIGHT) ends[n].at = Math.min(ends[n].at, lowest);
  return ends;
}

/**
 * @param {Line[]} lines
 * @param {typeof import('./scenario.mjs').defaults} scenario
 */
export function chart(lines, { seconds, badPairMs }) {
  const lastMs = Math.max(...lines.flatMap(({ series }) => series.map(({ at }) => at)));
  const most = Math.max(10, ...lines.flatMap(({ series }) => series.map(({ backlog }) => backlog)));
  const x = (ms) => LEFT + (ms / lastMs) * (WIDTH - LEFT - RIGHT);
  const y = (count) => HEIGHT - BOTTOM - (Math.log10(1 + count) / Math.log10(1 + most)) * (HEIGHT - TOP - BOTTOM);
  const text = (kind, at, content, more = '') =>
    `<text class="${kind}" x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${escapeXml(content)}</text>`;
  const rows = TICKS.filter((tick) => tick <= most).flatMap((tick) => [
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/>`,
    text('muted', [LEFT - 8, y(tick) + 4], tick.toLocaleString('en'), 'text-anchor="end"'),
  ]);
  const axis = Array.from({ length: Math.floor(lastMs / 5000) + 1 }, (_, n) =>
    text('muted', [x(n * 5000), HEIGHT - BOTTOM + 20], `${n * 5} s`, 'text-anchor="middle"'),
  );
  const moments = [
    [badPairMs, 'the bad pair'],
    [seconds * 1000, 'the grid is done'],
  ].flatMap(([at, words]) => [
    `<line class="grid" stroke-dasharray="3 3" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>`,
    text('muted', [x(at) + 5, TOP + 10], words, 'font-size="11"'),
  ]);
  const paths = lines.map(({ name, series }) => {
    const points = series.map(({ at, backlog }) => `${x(at).toFixed(1)},${y(backlog).toFixed(1)}`);
    return `<polyline class="${name}" points="${points.join(' ')}" fill="none" stroke-width="${name === 'addon' ? 2.4 : 1.6}" stroke-linejoin="round"/>`;
  });
  const middle = ({ series }) => series[Math.floor(series.length / 2)].backlog;
  const ends = lines.map((line) => ({ ...line, at: y(middle(line)) }));
  const labels = spread(ends, HEIGHT - BOTTOM - 14).flatMap(({ name, label, small, peak, at }) => [
    text(`${name}-name`, [WIDTH - RIGHT + 12, at], label, 'font-weight="600"'),
    text(
      'muted',
      [WIDTH - RIGHT + 12, at + 14],
      `${peak.toLocaleString('en')} at most${small === 'out of memory' ? '; out of memory*' : ''}`,
      'font-size="11"',
    ),
  ]);
  return page(
    {
      height: HEIGHT,
      title: 'Log events that wait to be handled',
      subtitle: 'over time, logarithmic scale, lower is better. * with a heap of 256 MB, in a run of its own',
      figures: ends.map(({ label, peak }) => `${label}: ${peak.toLocaleString('en')} at most`).join('; '),
      own: { light: strokes(COLOURS.light), dark: strokes(COLOURS.dark) },
    },
    [...rows, ...axis, ...moments, ...paths, ...labels],
  );
}
