// What only this company's products say: error codes, user interface texts in its customers' languages, logs, screenshots.

import { literal, pattern } from '../author.mjs';
import { entities, kebab, parts, projects, sentences, snake } from '../words.mjs';
import { drawElement, drawHabit } from './template.mjs';

const drawSentence = (random) => {
  const sentence = random.pick(sentences);
  return {
    ...drawElement(random),
    locale: sentence.locale,
    text: sentence.text.replace('{c}', `${random.pick(projects)}-${random.int(100, 9999)}`),
  };
};

const sentencePattern = (d) =>
  d.text
    .split('{n}')
    .map((text) => literal(text, d.habit))
    .join('\\d+');

/** @type {import('./template.mjs').Template[]} */
export const product = [
  {
    name: 'product.code',
    weight: 9,
    draw: (random) => ({
      ...drawHabit(random),
      code: `${random.pick(projects)}-${random.int(1000, 9999)}`,
      component: kebab(random.pick(entities) + random.pick(parts)),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`Error code: ${d.code}\b.*${d.component}[\s\S]*?correlation id`,
        pattern(d.habit)`[Ee]rror code:? ${d.code} \(${d.component}\)`,
        pattern(d.habit)`ApplicationError: (?:.*: )?[^\n]*${d.code} \(${d.component}\)[\s\S]*?correlation id: [0-9a-f-]{36}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'ApplicationError',
      message: `the operation failed. Error code: ${d.code} (${d.component})\n  correlation id: ${random.uuid()}\n  time: ${random.timestamp()}`,
    }),
  },
  {
    name: 'product.localisedText',
    weight: 8,
    draw: drawSentence,
    pattern: (d) =>
      [
        `${pattern(d.habit)`#${d.id} \(${d.locale}\): expected ".*" but (?:found|was) "`}${sentencePattern(d)}"`,
        sentencePattern(d) + pattern(d.habit)`[\s\S]*?${d.id}`,
        pattern(d.habit)`${d.id} .*"` + sentencePattern(d),
      ][d.variant],
    fail: (d, random) => ({
      name: 'AssertionError',
      message: `#${d.id} (${d.locale}): expected "${random.pick(entities)}" but found "${d.text.replace('{n}', String(random.int(2, 60)))}"\n  at #${d.id}`,
    }),
  },
  {
    name: 'product.log',
    weight: 5,
    draw: (random) => ({
      ...drawHabit(random),
      app: `${kebab(random.pick(entities))}-ui`,
      component: random.pick(entities) + random.pick(parts),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`\[${d.app}\] ERROR Failed to hydrate component <${d.component}>`,
        pattern(d.habit)`ERROR .*(?:hydrate|mount|render) component <${d.component}>`,
        pattern(d.habit)`^\d{4}-\d\d-\d\dT[\d:.]+Z \[${d.app}\] (?:ERROR|FATAL) .*<${d.component}>`,
      ][d.variant],
    flags: 'm',
    fail: (d, random) => ({
      name: 'BrowserLogError',
      message: `the browser's console has errors:\n${random.timestamp()} [${d.app}] ERROR Failed to hydrate component <${d.component}>`,
    }),
  },
  {
    name: 'product.chunk',
    weight: 3,
    draw: (random) => ({ ...drawHabit(random), chunk: `${kebab(random.pick(entities))}-${kebab(random.pick(parts))}` }),
    pattern: (d) =>
      [
        pattern(d.habit)`ChunkLoadError: Loading chunk \d+ failed\.\s*\(error: .*/${d.chunk}\.[0-9a-f]{8,20}\.js\)`,
        pattern(d.habit)`Loading (?:CSS )?chunk [\w-]+ failed[\s\S]*?/${d.chunk}\.[0-9a-f]+\.(?:js|css)`,
        pattern(d.habit)`ChunkLoadError.*[\s\S]*?/assets/${d.chunk}\.\w+\.js`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'ChunkLoadError',
      message: `Loading chunk ${random.int(1, 900)} failed.\n(error: https://cdn.shop.example/assets/${d.chunk}.${random.hex(16)}.js)`,
    }),
  },
  {
    name: 'product.screenshot',
    weight: 4,
    draw: (random) => ({
      ...drawHabit(random),
      image: `${kebab(random.pick(entities))}-${kebab(random.pick(parts))}-${random.pick(['mobile', 'desktop', 'tablet', 'dark', 'print'])}`,
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`Screenshot "${d.image}" differs: \d+(?:\.\d+)? ?% of pixels`,
        pattern(d.habit)`VisualRegressionError: .*${d.image}.*\d+\.\d+ ?%`,
        pattern(d.habit)`Screenshot "${d.image}(?:\.png)?" differs: \d+\.\d+ % of pixels \(\d+\)`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'VisualRegressionError',
      message: `Screenshot "${d.image}" differs: ${random.int(0, 40)}.${random.digits(2)} % of pixels (${random.int(100, 99_999)}), threshold 0.10 %`,
    }),
  },
  {
    name: 'product.download',
    weight: 3,
    draw: (random) => ({
      ...drawHabit(random),
      file: `${snake(random.pick(entities))}_${snake(random.pick(parts))}`,
      extension: random.pick(['pdf', 'csv', 'xlsx', 'zip']),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`File ${d.file}_\d{8}_[A-Z]{2}\.${d.extension} not found in .*downloads after \d+ seconds`,
        pattern(d.habit)`DownloadError: File ${d.file}_[0-9]+_(?:DE|FR|EN|PL)\.${d.extension} not found`,
        pattern(d.habit)`File ${d.file}_\d+_\w\w\.${d.extension} not found in \/home\/seluser\/`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'DownloadError',
      message: `File ${d.file}_202503${random.int(10, 28)}_${random.pick(['DE', 'FR', 'EN', 'PL'])}.${d.extension} not found in /home/seluser/Downloads/downloads after ${random.int(10, 60)} seconds`,
    }),
  },
  {
    name: 'product.accessibility',
    weight: 3,
    draw: (random) => ({
      ...drawElement(random),
      check: random.pick(['color-contrast', 'aria-required-attr', 'label', 'button-name', 'image-alt', 'landmark-one-main']),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`axe: ${d.check} violation on #${d.id} > \.\w+`,
        pattern(d.habit)`\d+ accessibility violations?[\s\S]*?${d.check}.*#${d.id}\b`,
        pattern(d.habit)`axe: ${d.check} violation on #${d.id}(?: > [.#\w-]+)*`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'AccessibilityError',
      message: `${random.int(1, 9)} accessibility violations\n  axe: ${d.check} violation on #${d.id} > .${random.pick(['price', 'label', 'value', 'close'])}`,
    }),
  },
];
