// A bar chart on a logarithmic scale.

import { ns } from '../../scripts/lib/figures.mjs';
import { escapeXml, page, WIDTH } from './svg.mjs';

/** Legible on both surfaces, and apart for the colour-blind: the second series is darker, too. */
const COLOURS = { light: ['#2f81f7', '#a35200'], dark: ['#4493f8', '#d98c33'] };

const LABELS = 330;
const RIGHT = 84;
const TOP = 78;
const BAR = 15;
const BAR_GAP = 2;
const GROUP_GAP = 14;

const bars = (colours) => colours.map((colour, i) => `.s${i} { fill: ${colour} }`).join(' ');

/**
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.subtitle
 * @param {string[]} chart.series names, two at most
 * @param {{ label: string, own: boolean, values: (number | null)[] }[]} chart.groups nanoseconds; null: not measured
 */
export function barChart({ title, subtitle, series, groups }) {
  const measured = groups.flatMap((group) => group.values).filter((value) => value > 0);
  const [low, high] = [Math.floor(Math.log10(Math.min(...measured))), Math.ceil(Math.log10(Math.max(...measured)))];
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
  for (const [i, { label, own, values }] of groups.entries()) {
    const top = TOP + i * groupHeight;
    const middle = top + (groupHeight - GROUP_GAP) / 2 + 4;
    const weight = own ? ' font-weight="600"' : '';
    parts.push(`<text class="ink" x="${LABELS - 12}" y="${middle}" text-anchor="end"${weight}>${escapeXml(label)}</text>`);
    for (const [j, value] of values.entries()) {
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
  const figures = groups.map((group) => `${group.label}: ${group.values.map(ns).join(' and ')}`).join('; ');
  const own = { light: bars(COLOURS.light), dark: bars(COLOURS.dark) };
  return page({ height, title, subtitle, figures, own }, [...legend, ...parts]);
}
