// Counts for Prometheus, in its text format: https://prometheus.io/docs/instrumenting/exposition_formats/
'use strict';

const { loadedRules, queueSize } = require('../../../index.js');

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** Upper bounds of the histogram, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

class Metrics {
  #requests = new Map();
  #durations = new Map();
  #verdicts = new Map();
  #invalidLines = 0;
  inFlight = 0;

  /** A request has ended. @param {string} route @param {number | 'aborted'} status @param {number} seconds */
  request(route, status, seconds) {
    increment(this.#requests, labels({ route, status }));
    const duration = this.#durations.get(route) ?? { counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
    this.#durations.set(route, duration);
    for (const [index, bound] of BUCKETS.entries()) if (seconds <= bound) duration.counts[index]++;
    duration.sum += seconds;
    duration.count++;
  }

  /** @param {import('../../../index.js').Verdict[]} verdicts @param {number} [invalid] lines without a verdict */
  verdicts(verdicts, invalid = 0) {
    for (const { status, reason } of verdicts) increment(this.#verdicts, labels({ status, reason }));
    this.#invalidLines += invalid;
  }

  /** @param {import('../../rules/index.js').RulesStatus | null} status of the list's source, if there is one */
  text(status) {
    const report = loadedRules();
    const families = [
      ['http_requests_total', 'counter', 'Requests that have ended.', samplesOf(this.#requests)],
      ['http_request_duration_seconds', 'histogram', 'From the head of a request to the end of its answer.', this.#histogram()],
      ['http_requests_in_flight', 'gauge', 'Requests that are being answered.', [['', this.inFlight]]],
      ['verdicts_total', 'counter', 'Verdicts by status and reason.', samplesOf(this.#verdicts)],
      ['invalid_lines_total', 'counter', 'Lines of /classify-all that are no failures.', [['', this.#invalidLines]]],
      ['queue_size', 'gauge', 'Failures that have no verdict yet.', [['', queueSize()]]],
      ['rules_active', 'gauge', 'Rules in force.', [['', report?.active ?? 0]]],
      ['rules_rejected', 'gauge', 'Rules of the list that were refused.', [['', report?.rejected.length ?? 0]]],
      ['rules_info', 'gauge', 'The rules in force, by their version.', [[labels({ version: report?.version ?? '0' }), 1]]],
    ];
    if (status !== null) {
      const confirmed = status.confirmedAt === null ? 0 : Date.parse(status.confirmedAt) / 1000;
      families.push(
        ['rules_fresh', 'gauge', '1 if the source of the list answered last time.', [['', status.state === 'fresh' ? 1 : 0]]],
        ['rules_confirmed_timestamp_seconds', 'gauge', 'When the source last gave or confirmed the list.', [['', confirmed]]],
      );
    }
    const { user, system } = process.cpuUsage();
    return [
      ...families.map(([name, ...rest]) => formatFamily(`known_failures_${name}`, ...rest)),
      formatFamily('process_cpu_seconds_total', 'counter', 'CPU time of the process.', [['', (user + system) / 1e6]]),
      formatFamily('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [['', process.memoryUsage.rss()]]),
    ].join('');
  }

  #histogram() {
    return [...this.#durations].flatMap(([route, { counts, sum, count }]) => [
      ...BUCKETS.map((le, index) => [labels({ route, le }), counts[index], '_bucket']),
      [labels({ route, le: '+Inf' }), count, '_bucket'],
      [labels({ route }), sum, '_sum'],
      [labels({ route }), count, '_count'],
    ]);
  }
}

function increment(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const samplesOf = (counts) => [...counts];

/** Values are ours: none has a character that would have to be escaped. */
function labels(values) {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
}

function formatFamily(name, type, help, samples) {
  const lines = samples.map(([labelled, value, suffix = '']) => `${name}${suffix}${labelled} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

module.exports = { CONTENT_TYPE, Metrics };
