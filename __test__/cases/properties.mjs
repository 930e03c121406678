// \p{…} and \P{…}: names and values as ECMA-262 spells them, nothing looser.

import { cases, r } from './table.mjs';

const LETTERS = ['a', 'A', 'ß', 'ǅ', 'é', '中', '1', '_', ' ', '😀', '𝒜', '\u0301', '\ud800'];

export default [
  ...cases('general categories', [
    ...['L', 'Lu', 'Ll', 'Lt', 'LC', 'Lo', 'M', 'Mn', 'N', 'Nd', 'P', 'Pc', 'S', 'So', 'Z', 'Zs', 'C', 'Cs', 'Cn', 'Letter', 'Cased_Letter', 'punct', 'digit', 'cntrl', 'Combining_Mark'].flatMap((name) => [
      [`^\\p{${name}}$`, 'u', ...LETTERS],
      [`^\\P{${name}}$`, 'v', ...LETTERS],
    ]),
    [r`^\p{General_Category=Lu}$`, 'u', ...LETTERS],
    [r`^\p{gc=Uppercase_Letter}$`, 'v', ...LETTERS],
  ]),
  ...cases('scripts', [
    [r`^\p{Script=Latin}+$`, 'u', 'aé', 'aα'],
    [r`^\p{sc=Latn}+$`, 'u', 'aé', 'aα'],
    [r`^\p{Script=Qaac}$`, 'u', 'ⲁ'],
    [r`^\p{Script_Extensions=Greek}$`, 'u', 'α', '\u0342', 'a'],
    [r`^\p{scx=Grek}$`, 'u', '\u0342'],
    [r`^\p{sc=Grek}$`, 'u', '\u0342'],
    [r`^\p{scx=Zyyy}$`, 'u', '!', 'a'],
    [r`^\p{scx=Zinh}$`, 'u', '\u0301', '\u0342'],
    [r`^\p{Script=Han}$`, 'u', '中', '〇', 'ー'],
    [r`^\p{Script_Extensions=Hira}$`, 'u', 'ー', 'あ'],
    [r`\p{Script=Katakana_Or_Hiragana}`, 'u'],
  ]),
  ...cases('binary properties', [
    ...['Any', 'ASCII', 'Assigned', 'Alphabetic', 'Alpha', 'AHex', 'ASCII_Hex_Digit', 'Bidi_C', 'Bidi_M', 'CI', 'Case_Ignorable', 'Cased', 'CWCF', 'CWCM', 'CWKCF', 'CWL', 'CWT', 'CWU', 'Dash', 'DI', 'Dep', 'Dia', 'Emoji', 'EComp', 'EMod', 'EBase', 'EPres', 'ExtPict', 'Ext', 'Gr_Base', 'Gr_Ext', 'Hex', 'IDSB', 'IDST', 'IDC', 'IDS', 'Ideo', 'Join_C', 'LOE', 'Lower', 'Math', 'NChar', 'Pat_Syn', 'Pat_WS', 'QMark', 'Radical', 'RI', 'STerm', 'SD', 'Term', 'UIdeo', 'Upper', 'VS', 'space', 'White_Space', 'XIDC', 'XIDS'].map((name) => [
      `^\\p{${name}}$`,
      'u',
      ...LETTERS,
      '#',
    ]),
  ]),
  ...cases('names refused or accepted', [
    ...['l', 'lu', 'LU', 'letter', 'Latin', 'Greek', 'latin', 'Script', 'Script=', 'Script=latin', 'sc=greek', 'Block=Basic_Latin', 'InLatin', 'IsL', 'L ', ' L', 'gc', 'gc=', 'gc=l', 'gc=Latin', 'General_Category', 'Lu=', '=Lu', 'emoji', 'Any=Y', 'ASCII=Yes', 'White-Space', 'whitespace', 'Line_Break', 'Hyphen', 'Other_Alphabetic', 'Grapheme_Link', 'Composition_Exclusion', 'Expands_On_NFC', 'FC_NFKC_Closure', 'Prepended_Concatenation_Mark', 'IDS_Unary_Operator', 'ID_Compat_Math_Start', 'Name=X', 'Age=1.1', 'Is_L', 'scx=Unknown', 'sc=Zzzz', 'Script=Unknown', 'sc=Inherited', 'isc=x', 'Assigned', 'Unassigned', 'Any', 'LC', 'L&', 'L_', '^L', 'P{L}'].flatMap((name) => [
      [`\\p{${name}}`, 'u'],
      [`[\\p{${name}}]`, 'v'],
    ]),
    [r`\p`, 'u'],
    [r`\pL`, 'u'],
    [r`\p{`, 'u'],
    [r`\p{L`, 'u'],
    [r`\p{}`, 'u'],
    [r`\P{}`, 'v'],
    [r`[\p]`, 'u'],
    [r`\p{L}`, '', 'p{L}', 'a'],
    [r`\P{L}{2}`, '', 'P{L}}', 'aa'],
    [r`[\p{L}]`, '', 'p', 'L', 'a'],
    [r`[\p{L}-z]`, 'u'],
    [r`[a-\p{L}]`, 'u'],
    [r`[a-\p{L}]`, '', 'a', 'p', 'z'],
  ]),
];
