// `known-failures serve`: classification over HTTP, for runners that are not Node.
'use strict';

const { EXIT, InputError, UsageError } = require('../errors.js');
const { inUsage, readHeaders, readLoadOptions, RULES_OPTIONS } = require('../rules-file.js');
const { EarlyWarnings } = require('../serve/early-warnings.js');
const { Guard, isLoopback } = require('../serve/guard.js');
const { ServedRules } = require('../serve/rules.js');
const { Server } = require('../serve/server.js');

const MB = 1024 * 1024;
const MIN_TOKEN_LENGTH = 16;
const TOKEN_VARIABLE = 'KNOWN_FAILURES_TOKEN';

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'serve [RULES]',
  description:
    'Answers over HTTP whether a failed test is a known failure: POST /classify and /classify-all, GET and PUT /rules, /healthz, ' +
    '/metrics. The list is refreshed when its file changes, or every five minutes from its URL. SIGTERM and SIGINT end it ' +
    'when what was asked is answered.',
  operands: [['RULES', 'the list of rules: a JSON file or a URL. Without it, lists come by PUT /rules only']],
  options: {
    host: {
      type: 'string',
      value: 'ADDRESS',
      default: '127.0.0.1',
      description: 'Address to listen on; not loopback: needs --token',
    },
    port: { type: 'string', value: 'PORT', default: '7357', description: 'Port to listen on; 0: any that is free' },
    token: { type: 'string', value: 'TOKEN', description: `What clients have to send. It can also be in ${TOKEN_VARIABLE}` },
    'allow-host': {
      type: 'string',
      value: 'NAME',
      multiple: true,
      description: 'A name that Host and Origin headers may have, too',
    },
    refresh: {
      type: 'string',
      value: 'SECONDS',
      description: 'Seconds between two looks at the list. Default: 300; for a file 5',
    },
    'max-body': { type: 'string', value: 'MB', default: '8', description: 'Megabytes of one failure; a larger one is a 413' },
    'max-requests': { type: 'string', value: 'N', default: '1024', description: 'Requests at a time; one more is a 429' },
    'max-connections': { type: 'string', value: 'N', default: '4096', description: 'Connections at a time; one more is closed' },
    timeout: {
      type: 'string',
      value: 'SECONDS',
      default: '30',
      description: 'How long a request may take; a stream, 20 times that',
    },
    grace: {
      type: 'string',
      value: 'SECONDS',
      default: '10',
      description: 'How long requests may take that are there at SIGTERM',
    },
    ...RULES_OPTIONS,
  },
  examples: [
    ['known-failures serve rules.json', 'On http://127.0.0.1:7357.'],
    ['known-failures serve https://example.com/rules.json --port 0 --json', 'Prints the address as JSON.'],
    [`${TOKEN_VARIABLE}=… known-failures serve rules.json --host 0.0.0.0`, 'For other machines.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  const [source, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one list of rules, but ${rest[0]} follows; write known-failures serve RULES`);
  const { host, port, token, limits, graceMs, watch } = readOptions(values, source);
  const guard = new Guard({ host, token, allowedHosts: values['allow-host'] ?? [] });
  const warnings = new EarlyWarnings(io.warn);
  const onWarning = ({ message }) => warnings.add(message);
  const rules = inUsage(() => new ServedRules(source, { ...watch, onWarning }));
  const server = new Server({ rules, guard, limits, onFault: (error) => io.warn(`a fault of known-failures: ${error?.stack}`) });
  const stopped = signalled();
  try {
    await startRules(rules, warnings);
    const url = await listen(server, { host, port });
    const { report } = rules.describe();
    io.print(
      values.json ? `${JSON.stringify({ url, rules: report?.active ?? 0 })}\n` : `listening on ${url}, ${ruleCount(report)}\n`,
    );
    await stopped;
    await server.stop(graceMs);
  } finally {
    await rules.close();
  }
  return EXIT.ok;
}

function readOptions(values, source) {
  const { host } = values;
  // an empty variable is one that is not set
  const token = values.token ?? (process.env[TOKEN_VARIABLE] || undefined);
  if (token === undefined && !isLoopback(host)) {
    throw new UsageError(`--host ${host}: other machines can reach it; write --token TOKEN, or set ${TOKEN_VARIABLE}`);
  }
  if (token === undefined && source === undefined) {
    throw new UsageError('which rules? write known-failures serve RULES; or --token TOKEN, for lists that come by PUT /rules');
  }
  if (token !== undefined && token.length < MIN_TOKEN_LENGTH) {
    throw new UsageError(`the token is too short to be a secret; take at least ${MIN_TOKEN_LENGTH} characters`);
  }
  const maxBodyBytes = readNumber(values, 'max-body', 1, 1024) * MB;
  const limits = {
    maxBodyBytes,
    maxRulesBytes: 64 * MB,
    maxStreamBytes: 1024 * MB,
    maxMemoryBytes: Math.max(256 * MB, 2 * maxBodyBytes),
    maxRequests: readNumber(values, 'max-requests', 1, 1e6),
    maxConnections: readNumber(values, 'max-connections', 1, 1e6),
    timeoutMs: readNumber(values, 'timeout', 1, 3600) * 1000,
  };
  const watch = {
    load: readLoadOptions(values),
    headers: readHeaders(values.header ?? []),
    ...(values.refresh !== undefined && { refreshMs: readNumber(values, 'refresh', 1, 86_400) * 1000 }),
  };
  return {
    host,
    port: readNumber(values, 'port', 0, 65_535),
    token,
    limits,
    graceMs: readNumber(values, 'grace', 0, 3600) * 1000,
    watch,
  };
}

function readNumber(values, name, least, most) {
  const number = Number(values[name]);
  if (values[name].trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`--${name} must be an integer from ${least} to ${most}, not ${values[name]}`);
}

/** A file that is missing or wrong is a mistake of whoever starts the server; a URL may come back. */
async function startRules(rules, warnings) {
  const status = await rules.ready();
  const isFile = !/^https?:/.test(status?.source ?? 'http:');
  if (isFile && status.state === 'none') throw new InputError(status.reason);
  return warnings.flush();
}

async function listen(server, address) {
  try {
    return await server.listen(address);
  } catch (error) {
    const where = `${address.host}:${address.port}`;
    if (error.code === 'EADDRINUSE') throw new InputError(`${where} is taken; write --port with another one, or 0`);
    throw new InputError(`cannot listen on ${where}: ${error.message}`);
  }
}

const ruleCount = (report) => (report === null ? 'no rules yet' : `${report.active} ${report.active === 1 ? 'rule' : 'rules'}`);

/** Resolves at the first signal. The second one ends the process, as it always does. */
function signalled() {
  const signals = ['SIGTERM', 'SIGINT'];
  return new Promise((resolve) => {
    const heard = () => {
      for (const signal of signals) process.off(signal, heard);
      resolve();
    };
    for (const signal of signals) process.on(signal, heard);
  });
}
