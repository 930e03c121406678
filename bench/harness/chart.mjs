// A bar chart on a logarithmic scale, as an SVG without anything from elsewhere. Legible on a light page and on a dark one: the page's
// scheme is asked for, and where nobody answers the light colours stand on a surface of their own.

import { ns } from './stats.mjs';

/** Checked against both surfaces, also as the colour-blind see them: the second series is darker, too. */
const COLOURS = {
  light: { surface: '#ffffff', ink: '#1f2328', muted: '#59636e', grid: '#d1d9e0', series: ['#2f81f7', '#a35200'] },
  dark: { surface: '#0d1117', ink: '#f0f6fc', muted: '#9198a1', grid: '#30363d', series: ['#4493f8', '#d98c33'] },
};

const WIDTH = 860;
const LABELS = 330;
const RIGHT = 84;
const TOP = 78;
const BAR = 15;
const BAR_GAP = 2;
const GROUP_GAP = 14;

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function style({ surface, ink, muted, grid, series }) {
  const bars = series.map((colour, i) => `.s${i} { fill: ${colour} }`).join(' ');
  return `.surface { fill: ${surface} } .ink { fill: ${ink} } .muted { fill: ${muted} } .grid { stroke: ${grid} } ${bars}`;
}

/**
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.subtitle
 * @param {string[]} chart.series names, two at most
 * @param {{ label: string, own: boolean, values: (number | null)[] }[]} chart.groups nanoseconds; null: not measured
 */
export function barChart({ title, subtitle, series, groups }) {
  const values = groups.flatMap((group) => group.values).filter((value) => value > 0);
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const x = (value) => LABELS + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LABELS - RIGHT);
  const groupHeight = series.length * (BAR + BAR_GAP) + GROUP_GAP;
  const bottom = TOP + groups.length * groupHeight;
  const height = bottom + 34;
  const parts = [];
  for (let power = low; power <= high; power++) {
    const at = x(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${bottom - 4}"/>`);
    parts.push(`<text class="muted" x="${at}" y="${bottom + 14}" text-anchor="middle">${ns(10 ** power)}</text>`);
  }
  for (const [i, { label, own, values: bars }] of groups.entries()) {
    const top = TOP + i * groupHeight;
    const middle = top + (groupHeight - GROUP_GAP) / 2 + 4;
    const weight = own ? ' font-weight="600"' : '';
    parts.push(`<text class="ink" x="${LABELS - 12}" y="${middle}" text-anchor="end"${weight}>${escapeXml(label)}</text>`);
    for (const [j, value] of bars.entries()) {
      const y = top + j * (BAR + BAR_GAP);
      if (value === null) {
        parts.push(`<text class="muted" x="${LABELS + 6}" y="${y + 12}">not measured</text>`);
        continue;
      }
      const end = x(value);
      // square at the axis, rounded where the figure is
      parts.push(
        `<path class="s${j}" d="M${LABELS} ${y}H${(end - 3).toFixed(1)}q3 0 3 3v${BAR - 6}q0 3 -3 3H${LABELS}z"><title>${escapeXml(`${label}, ${series[j]}: ${ns(value)}`)}</title></path>`,
        `<text class="muted" x="${(end + 6).toFixed(1)}" y="${y + 12}">${ns(value)}</text>`,
      );
    }
  }
  const legend = series.map((name, i) => {
    const at = LABELS + i * 150;
    return `<rect class="s${i}" x="${at}" y="52" width="11" height="11" rx="2"/><text class="ink" x="${at + 17}" y="62">${escapeXml(name)}</text>`;
  });
  const label = escapeXml(
    `${title}. ${groups.map((group) => `${group.label}: ${group.values.map(ns).join(' and ')}`).join('; ')}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${label.replaceAll('"', '&quot;')}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
<style>${style(COLOURS.light)} @media (prefers-color-scheme: dark) { ${style(COLOURS.dark)} }</style>
<rect class="surface" width="${WIDTH}" height="${height}" rx="6"/>
<text class="ink" x="16" y="26" font-size="16" font-weight="600">${escapeXml(title)}</text>
<text class="muted" x="16" y="44">${escapeXml(subtitle)}</text>
${legend.join('\n')}
${parts.join('\n')}
</svg>
`;
}
