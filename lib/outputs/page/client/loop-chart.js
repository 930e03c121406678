// How late the event loop was over the run: an area of the longest delays, drawn with as many points as the chart has room for.
'use strict';

const { element, svg } = require('./dom.js');
const { duration, plural } = require('./format.js');

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 12;
const RIGHT = 12;
const MAX_POINTS = 280;

/** @param {[number, number][]} samples `[atMs, delayMs]` in order */
function loopChart(samples) {
  const points = longestOf(samples, MAX_POINTS);
  const end = samples.at(-1)[0];
  const top = niceTop(Math.max(...points.map(([, delay]) => delay), 1));
  const x = (at) => LEFT + ((WIDTH - LEFT - RIGHT) * at) / (end || 1);
  const y = (delay) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * delay) / top;
  const sentence = sentenceOf(samples);
  const line = points.map(([at, delay]) => `${x(at).toFixed(1)} ${y(delay).toFixed(1)}`).join('L');
  const base = y(0).toFixed(1);
  const chart = svg(
    'svg',
    {
      class: 'loop-chart',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: 'img',
      'aria-label': `Event-loop delay over the run. ${sentence}`,
    },
    ...[0, top / 2, top].map((delay) => gridLine(delay, y(delay))),
    ...[0, end / 2, end].map((at, index) => timeLabel(at, x(at), ['start', 'middle', 'end'][index])),
    svg('path', {
      class: 'loop-area',
      d: `M${x(points[0][0]).toFixed(1)} ${base}L${line}L${x(points.at(-1)[0]).toFixed(1)} ${base}Z`,
    }),
    svg('path', { class: 'loop-line', d: `M${line}` }),
  );
  return [chart, element('p', { class: 'muted' }, sentence)];
}

function gridLine(delay, at) {
  return svg(
    'g',
    null,
    svg('line', { class: 'grid-line', x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at }),
    svg('text', { class: 'axis', x: LEFT - 8, y: at + 4, 'text-anchor': 'end' }, duration(delay)),
  );
}

function timeLabel(ms, at, anchor) {
  return svg('text', { class: 'axis', x: at, y: HEIGHT - 6, 'text-anchor': anchor }, duration(ms));
}

/** At most so many samples: of neighbours the one with the longest delay. */
function longestOf(samples, most) {
  const size = Math.ceil(samples.length / most);
  const points = [];
  for (let start = 0; start < samples.length; start += size) {
    points.push(samples.slice(start, start + size).reduce((longest, sample) => (sample[1] > longest[1] ? sample : longest)));
  }
  return points;
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= value);
}

function sentenceOf(samples) {
  const delays = samples.map(([, delay]) => delay).sort((a, b) => a - b);
  const longest = samples.reduce((found, sample) => (sample[1] > found[1] ? sample : found));
  const at = (share) => duration(delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]);
  return `${plural(samples.length, 'sample')}: half within ${at(0.5)}, 99% within ${at(0.99)}; the longest, ${duration(longest[1])}, ${duration(longest[0])} into the run.`;
}

module.exports = { loopChart };
