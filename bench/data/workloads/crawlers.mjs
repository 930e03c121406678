// Names of crawlers in user agents: short patterns, short texts.

import { literal } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';

const heads =
  'Acme Blue Seo Link Site Page Web Net Data Meta Open Quick Deep Mega Semantic Rank Price News Feed Image Video Domain Brand Trend Media Social Market Archive Index Scan Ping Check Fetch Crawl Green Silver Nova Terra Kilo Lambda'.split(
    ' ',
  );
const middles = [
  '',
  '',
  'Rank',
  'Spy',
  'Dex',
  'Mojo',
  'Lytics',
  'Radar',
  'Hub',
  'Scope',
  'Watch',
  'Guard',
  'Trust',
  'Graph',
  'Finder',
  'Monitor',
  'Preview',
  'Checker',
];
const tails = [
  'bot',
  'Bot',
  'Bot',
  'Spider',
  'spider',
  'Crawler',
  'crawler',
  '-crawler',
  'Fetcher',
  'Agent',
  ' Monitoring',
  '-Robot',
  'Scraper',
];
const tools =
  'curl Wget python-requests Go-http-client Java okhttp axios node-fetch libwww-perl HTTPie Scrapy PycURL aiohttp lua-resty-http RestSharp Faraday GuzzleHttp'.split(
    ' ',
  );

const name = (random) => random.pick(heads) + random.pick(middles) + random.pick(tails);
const version = (random) => `${random.int(1, 9)}.${random.int(0, 20)}`;
const site = (random) => `https://${random.pick(heads).toLowerCase()}${random.lower(4)}.example/bot.html`;
const polite = (random, name) =>
  random.pick([
    `Mozilla/5.0 (compatible; ${name}/${version(random)}; +${site(random)})`,
    `${name}/${version(random)} (+${site(random)})`,
    `Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ${name}/${version(random)}; +${site(random)}) Chrome/12${random.int(0, 9)}.0.0.0 Safari/537.36`,
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/12${random.int(0, 9)}.0.${random.digits(4)}.${random.digits(2)} Mobile Safari/537.36 (compatible; ${name}/${version(random)}; +${site(random)})`,
  ]);

const named = (write) => (random) => {
  const own = name(random);
  return { pattern: write(literal(own)), text: (random) => polite(random, own) };
};

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [5, named((name) => `${name}\\/`)],
  [4, named((name) => name)],
  [2, named((name) => `\\b${name}\\b`)],
  [1, named((name) => `${name}[ /]\\d`)],
  [1, named((name) => `compatible; ?${name}|^${name}`)],
  [
    2,
    (random) => {
      const tool = `${random.pick(tools)}/${random.int(0, 9)}.${random.int(0, 40)}`;
      return { pattern: `^${literal(tool)}`, text: (random) => `${tool}.${random.int(0, 9)}` };
    },
  ],
  [
    1,
    (random) => {
      const id = random.lower(6);
      return {
        pattern: `\\+https?:\\/\\/${id}\\.`,
        text: (random) => `Mozilla/5.0 (+https://${id}.example/about) ${random.lower(8)}`,
      };
    },
  ],
];

/** Broad ones too, as in every such list: they stand somewhere in it. @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b[a-z]{${random.int(3, 6)}}bot\\b`,
    flags: 'i',
    text: (random) => polite(random, `${random.lower(4)}bot`),
  }),
  () => ({ pattern: '\\bspider\\b', flags: 'i', text: (random) => `${random.lower(5)} spider ${version(random)}` }),
  (random) => ({ pattern: `^\\w{${random.int(2, 9)}}$`, text: (random) => random.lower(5) }),
  (random) => ({
    pattern: `^[A-Za-z]+\\/\\d+(?:\\.\\d+){${random.int(3, 5)}}$`,
    text: (random) => `Fetcher/${version(random)}.1.2.3`,
  }),
  () => ({ pattern: '[a-z]+-?crawl(?:er|ing)', flags: 'i', text: (random) => polite(random, `${random.lower(4)}-crawler`) }),
  (random) => ({ pattern: `^$|^-$|^\\s{${random.int(1, 9)}}$`, text: () => '-' }),
];

const browser = (random) => {
  const chrome = `Chrome/12${random.int(0, 9)}.0.${random.digits(4)}.${random.digits(2)}`;
  return random.pick([
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ${chrome} Safari/537.36 Edg/12${random.int(0, 9)}.0.${random.digits(4)}.${random.digits(2)}`,
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_${random.int(1, 7)}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${random.int(0, 6)} Safari/605.1.15`,
    `Mozilla/5.0 (X11; Linux x86_64; rv:12${random.int(0, 9)}.0) Gecko/20100101 Firefox/12${random.int(0, 9)}.0`,
    `Mozilla/5.0 (Linux; Android 1${random.int(0, 5)}; SM-${random.upper(1)}${random.digits(3)}${random.upper(1)}) AppleWebKit/537.36 (KHTML, like Gecko) ${chrome} Mobile Safari/537.36`,
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_${random.int(0, 6)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E${random.digits(3)} [FBAN/FBIOS;FBAV/4${random.digits(2)}.0.0.31.93;FBDV/iPhone1${random.int(2, 6)},${random.int(1, 8)};FBSN/iOS]`,
  ]);
};

export const crawlers = vocabularyWorkload({
  name: 'crawlers',
  about: 'user agents, 100 to 250 bytes; patterns of 5 to 20 bytes',
  rules: 900,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.007, lookaround: 0.02, backReference: 0, ignoringCase: 0.3, scoped: 0 },
  other: browser,
  wrap: (piece) => piece,
});
