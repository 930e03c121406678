// How late the event loop was over the run: an area of the longest delays, drawn with as many points as the chart has room for.
'use strict';

const { element, svg } = require('./dom.js');
const { duration, plural } = require('./format.js');

/** Of the picture's own units, which the page stretches. */
const WIDTH = 1000;
const HEIGHT = 100;
const MAX_POINTS = 280;

/** @param {[number, number][]} samples `[atMs, delayMs]` in order */
function loopChart(samples) {
  const points = longestOf(samples, MAX_POINTS);
  const end = samples.at(-1)[0];
  const top = niceTop(Math.max(...points.map(([, delay]) => delay), 1));
  const x = (at) => ((WIDTH * at) / (end || 1)).toFixed(1);
  const y = (delay) => (HEIGHT - (HEIGHT * delay) / top).toFixed(1);
  const sentence = sentenceOf(samples);
  const line = points.map(([at, delay]) => `${x(at)} ${y(delay)}`).join('L');
  const picture = svg(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': `Event-loop delay over the run. ${sentence}`,
    },
    ...[0, top / 2, top].map((delay) => svg('line', { class: 'grid-line', x1: 0, x2: WIDTH, y1: y(delay), y2: y(delay) })),
    svg('path', { class: 'loop-area', d: `M${x(points[0][0])} ${HEIGHT}L${line}L${x(points.at(-1)[0])} ${HEIGHT}Z` }),
    svg('path', { class: 'loop-line', d: `M${line}` }),
  );
  const chart = element(
    'div',
    { class: 'loop-chart' },
    labels('loop-delays', [top, top / 2, 0]),
    picture,
    labels('loop-times', [0, end / 2, end]),
  );
  return [chart, element('p', { class: 'muted' }, sentence)];
}

/** Labels of an axis, which the sentence makes superfluous for a screen reader. */
function labels(className, values) {
  return element(
    'div',
    { class: className, 'aria-hidden': 'true' },
    ...values.map((value) => element('span', null, duration(value))),
  );
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
