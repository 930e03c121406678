// Java back ends whose stack traces reach the test through a log or a remote exception.

import { pattern } from '../author.mjs';
import { camel, entities, kebab, layers, parts, verbs } from '../words.mjs';
import { drawHabit } from './template.mjs';

const drawClass = (random) => ({
  ...drawHabit(random),
  package: `com.example.shop.${random.pick(entities).toLowerCase()}.${random.pick(layers)}`,
  class: `${random.pick(entities)}${random.pick(parts)}${random.pick(['Service', 'Repository', 'Controller', 'Mapper', 'Validator', 'Listener'])}`,
  method: random.pick(verbs) + random.pick(parts),
});

const frame = (d, random) => `\tat ${d.package}.${d.class}.${d.method}(${d.class}.java:${random.int(12, 900)})`;

/** @type {import('./template.mjs').Template[]} */
export const java = [
  {
    name: 'java.nullPointer',
    weight: 6,
    draw: drawClass,
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`java\.lang\.NullPointerException: Cannot invoke "${d.package}\.${d.class}\.${d.method}\(\)" because "this\.\w+" is null`,
        pattern(d.habit)`NullPointerException[\s\S]*?at ${d.package}\.${d.class}\.${d.method}\(${d.class}\.java:\d+\)`,
        pattern(d.habit)`java\.lang\.NullPointerException: .*${d.class}\.${d.method}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'java.lang.NullPointerException',
      message: `Cannot invoke "${d.package}.${d.class}.${d.method}()" because "this.${camel(random.pick(entities))}" is null\n${frame(d, random)}`,
      stack: 'java',
    }),
  },
  {
    name: 'java.illegalState',
    weight: 6,
    draw: (random) => ({
      ...drawClass(random),
      exception: random.pick(['IllegalStateException', 'IllegalArgumentException', 'UnsupportedOperationException']),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`java\.lang\.${d.exception}: .*[\s\S]*?at ${d.package}\.${d.class}\.${d.method}`,
        pattern(d.habit)`${d.exception}[\s\S]{0,400}?${d.class}\.${d.method}\(${d.class}\.java:\d+`,
        pattern(d.habit)`^\s+at ${d.package}\.${d.class}\.${d.method}\(${d.class}\.java:[0-9]+\)$`,
      ][d.variant],
    flags: 'm',
    fail: (d, random) => ({
      name: `java.lang.${d.exception}`,
      message: `${random.pick(entities)} ${random.int(1, 99_999)} must not be ${random.pick(['null', 'empty', 'closed'])}\n${frame(d, random)}`,
      stack: 'java',
    }),
  },
  {
    name: 'java.bean',
    weight: 4,
    draw: drawClass,
    pattern: (d) =>
      [
        pattern(d.habit)`Error creating bean with name '${camel(d.class)}'[\s\S]*?Caused by: .*${d.package}`,
        pattern(d.habit)`UnsatisfiedDependencyException: Error creating bean with name '${camel(d.class)}'`,
        pattern(d.habit)`Error creating bean with name '${camel(d.class)}'(?: defined in file \[.*?\])?: Unsatisfied dependency`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'org.springframework.beans.factory.UnsatisfiedDependencyException',
      message: `Error creating bean with name '${camel(d.class)}': Unsatisfied dependency expressed through constructor parameter ${random.int(0, 5)}\nCaused by: org.springframework.beans.factory.NoSuchBeanDefinitionException: No qualifying bean of type '${d.package}.${d.class}' available`,
      stack: 'java',
    }),
  },
  {
    name: 'java.remote',
    weight: 5,
    draw: (random) => ({ ...drawClass(random), topic: `${kebab(random.pick(entities))}.${kebab(random.pick(parts))}.events` }),
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`org\.apache\.kafka\.common\.errors\.TimeoutException: Topic ${d.topic} not present in metadata after \d+ ms`,
        pattern(d.habit)`TimeoutException: Topic ${d.topic} not present in metadata`,
        pattern(d.habit)`TimeoutException: .*${d.topic}[\s\S]*?${d.class}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'org.apache.kafka.common.errors.TimeoutException',
      message: `Topic ${d.topic} not present in metadata after ${random.int(1000, 60_000)} ms.\n${frame(d, random)}`,
      stack: 'java',
    }),
  },
];
