// The storm as a chart: how many log events wait, over time. SVG, readable on light and dark.

const width = 860;
const height = 360;
const left = 64;
const right = 200;
const top = 44;
const bottom = 44;
const colours = { ideal: '#8a8f98', loop: '#d1495b', fork: '#c47f17', piscina: '#7b5ea7', addon: '#1b8a5a' };
const ticks = [1, 10, 100, 1000, 10_000, 100_000];

/**
 * @param {{ name: string, label: string, series: { at: number, backlog: number }[] }[]} lines
 * @param {string} title
 */
export function chart(lines, title) {
  const seconds = Math.max(...lines.flatMap(({ series }) => series.map(({ at }) => at))) / 1000;
  const most = Math.max(10, ...lines.flatMap(({ series }) => series.map(({ backlog }) => backlog)));
  const x = (ms) => left + (ms / 1000 / seconds) * (width - left - right);
  const y = (count) => height - bottom - (Math.log10(1 + count) / Math.log10(1 + most)) * (height - top - bottom);
  const text = (at, content, more = '') => `<text x="${at[0]}" y="${at[1]}" ${more}>${content}</text>`;
  const grid = ticks
    .filter((tick) => tick <= most)
    .map(
      (tick) =>
        `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#8884"/>${text([left - 8, y(tick) + 4], tick.toLocaleString('en'), 'text-anchor="end"')}`,
    );
  const axis = Array.from({ length: Math.floor(seconds / 5) + 1 }, (_, n) =>
    text([x(n * 5000), height - bottom + 20], `${n * 5} s`, 'text-anchor="middle"'),
  );
  // labels must not lie on each other
  const ends = lines
    .map(({ name, label, series }) => ({ name, label, at: y(series.at(-1).backlog) }))
    .sort((a, b) => a.at - b.at);
  for (let n = 1; n < ends.length; n++) ends[n].at = Math.max(ends[n].at, ends[n - 1].at + 17);
  for (let n = ends.length - 1, floor = height - bottom; n >= 0; n--, floor -= 17) ends[n].at = Math.min(ends[n].at, floor);
  const labels = ends.map(({ name, label, at }) =>
    text([width - right + 10, at + 4], label, `fill="${colours[name]}" style="fill:${colours[name]};font-weight:600"`),
  );
  const paths = lines.map(({ name, series }) => {
    const points = series.map(({ at, backlog }) => `${x(at).toFixed(1)},${y(backlog).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colours[name]}" stroke-width="2.2" stroke-linejoin="round"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${title}</title>
<style>text{font:12px system-ui,sans-serif;fill:#777}</style>
${text([left, 24], title, 'style="font-size:14px;font-weight:600"')}
${[...grid, ...axis, ...paths, ...labels].join('\n')}
</svg>
`;
}
