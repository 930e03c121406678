// Which flags are accepted, and which of them change nothing in a search from 0.

import { cases } from './table.mjs';

const ORDERS = ['', 'd', 'g', 'i', 'm', 's', 'u', 'v', 'y', 'dgimsuy', 'yusmigd', 'dgimsvy', 'vi', 'iv', 'ug', 'ym'];
const BAD = [
  'uv',
  'vu',
  'dgimsuvy',
  'ii',
  'gg',
  'dd',
  'yy',
  'uu',
  'vv',
  'x',
  'n',
  'l',
  'a',
  'I',
  'G',
  ' ',
  'i ',
  ' i',
  ',',
  'i,m',
  '\0',
  'i\0',
  'ı',
  'ſ',
  '😀',
  '\ud83d',
  'i-m',
  'null',
  'undefined',
  '0',
  '/',
];

export default [
  ...cases(
    'accepted',
    ORDERS.map((flags) => ['a.b', flags, 'ba\nb', 'a-b', 'A-B', 'xa-b']),
  ),
  ...cases(
    'refused',
    BAD.map((flags) => ['a', flags]),
  ),
  ...cases('a bad pattern under bad flags', [
    ['(', 'x'],
    ['(', 'uv'],
    ['(', 'gg'],
  ]),
];
