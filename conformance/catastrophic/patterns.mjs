// Patterns that take a backtracker exponential or polynomial time, each with the text that makes it so, for any size in code units.

const r = String.raw;
const A = (n) => 'a'.repeat(n);
/** `unit` over and over, cut to n code units. */
const fill = (unit) => (n) => unit.repeat(Math.ceil(n / unit.length)).slice(0, n);
/** The same between two ends. */
const between = (before, unit, behind) => (n) => before + fill(unit)(Math.max(0, n - before.length - behind.length)) + behind;
const row = (pattern, text, flags = '') => ({ pattern, flags, text });

/** Without back-references: time has to grow as the text does. */
export const LINEAR = [
  // loops in loops
  row('(a+)+$', between('', 'a', '!')),
  row('^(a+)+$', between('', 'a', '!')),
  row('(a*)*b', A),
  row('(a*)*$', between('', 'a', '!')),
  row('(a+)*b', A),
  row('(?:a*?)*?b', A),
  row('(a?)*b', A),
  row('((a+)+)+b', A),
  row('(?:(?:a+b?)+c?)+d', fill('aab')),
  row('(x+x+)+y', fill('x')),
  row('(?:a*a*)*b', A),
  row('^(([a-z])+.)+[A-Z]([a-z])+$', A),
  row('^(?:[a-z]+)*[A-Z]$', A),
  row(r`^(\w+\s?)*$`, between('', 'word ', '!')),
  row(r`(\w*\d*)*!`, fill('a1')),
  // alternatives that overlap
  row('(a|a)*b', A),
  row('^(a|a)*$', between('', 'a', '!')),
  row('(a|aa)+$', between('', 'a', '!')),
  row('(?:a|b|ab)*c', fill('ab')),
  row(r`(?:\w|_|[a-z])*!`, fill('a_')),
  row('(.*|a)*b', A),
  row('(?:|a)*b', A),
  row('(?:a||aa)*?b', A),
  // one loop after another: polynomial
  row('.*.*=.*', fill('x')),
  row('a*a*a*a*b', A),
  row(r`\s+$`, between('', ' ', 'x')),
  row(r`^\s+|\s+$`, between('x', ' ', 'x')),
  row(r`[ \t]*\n`, fill(' ')),
  row(r`\d+(?:\.\d+)*px`, fill('1.')),
  row('a.*b.*c.*d', fill('abc')),
  row('(?:.*,){3}x', fill('a,')),
  // counted
  row('(a{1,30}){1,30}$', between('', 'a', '!')),
  row('(?:a{0,10}){0,10}b', A),
  row('(?:a?){20}a{20}b', A),
  row('(?:a{2,}){2,}b', A),
  row('(?:.{1,20}){1,20}x', A),
  row('^(?:(?:a|b){1,5},?){10,}$', between('', 'ab', '!')),
  // lookarounds
  row(r`(?=[\s\S]*x)a`, A),
  row('(?=(a+)+$)b', between('', 'a', '!')),
  row('(?:(?=.*x)a)*b', A),
  row('(?:(?!.*x)a)*b', A),
  row('(?:(?=(?:(?=.*y)a)*x)a)*b', A),
  row('^(?:(?!.*x.*y).)*$', between('', 'x', '')),
  row('(?<=a*)b', A),
  row('(?<=x[^]*)b', fill('ab')),
  row('(?<=^.*)b', between('\n', 'ab', '')),
  row('(?<!^.*)b', fill('ab')),
  row('(?:a(?<=(?:a|aa)*))*b', A),
  row('(?:(?<=.*)(?=.*x)a)*b', A),
  row('(?=(?:a|a)*b)a', A),
  // from advisories about widely used packages, or like them
  row(r`^([a-zA-Z0-9_.\-])+@(([a-zA-Z0-9\-])+\.)+([a-zA-Z0-9]{2,4})+$`, between('a@a.', 'a', '!')),
  row(r`^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$`, A),
  row(r`^(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}(?:\/[\w./-]*)*\/?$`, between('http://a.bc/', 'a/', '!'), 'i'),
  row(r`<[^>]*>[^<]*<\/[^>]*>`, fill('<')),
  row(r`<!--[^]*?-->`, fill('<!--')),
  row(r`<(\w+)(?:\s+\w+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*\s*\/?>`, between('<a', ' b=c', '<')),
  row(r`"(?:\\.|[^"\\])*"`, fill('\\"')),
  row(r`\/\*(?:[^*]|\*[^/])*\*\/`, fill('/* ')),
  row(r`^(?:\s*\S+\s*=\s*\S+\s*,?)*$`, between('', 'a=a', ' !')),
  row(r`(?:\n\s*at .*)+$`, between('Error', '\n    at f (x:1:1)', '\nend'), ''),
  row(r`^[^]*Error:[^]*at [^]*\.spec\.js[^]*$`, fill('Error: at ')),
  row(r`(?:(?:\d{1,3}\.){3}\d{1,3}[, ]*)+;`, fill('10.0.0.1, ')),
  row(r`^(?:\p{L}+\s?)+$`, between('', 'ä', '1'), 'u'),
  row(r`(?:[\q{aa|a}])*b`, A, 'v'),
  row('(?:A|a)*B', A, 'i'),
  row('(?:^a*$\\n?)*b', fill('aaaa\n'), 'm'),
];

/** With back-references: no linear time is known. They have to answer, or be undecided, within a bounded time. */
export const BOUNDED = [
  row(r`(a*)\1*b`, A),
  row(r`^(a+)\1+$`, between('', 'a', '!')),
  row(r`^(?:(a+)\1?)+$`, between('', 'a', '!')),
  row(r`(a+)+\1b`, A),
  row(r`(?:(a|aa)\1)*b`, A),
  row(r`^(.*)(.*)(.*)\1\2\3x$`, fill('ab')),
  row(r`(?<x>a*)*\k<x>b`, A),
  row(r`(?=(a+)+)\1b`, A),
  row(r`(?<=\1(a+))b`, fill('aab')),
  row(r`(\w+)\s(?:\1\s?)+!`, fill('ab ')),
  row(r`^(?:(a)|(b)|\1|\2)*c$`, fill('ab')),
  row(r`(["'])(?:(?!\1).|\\\1)*\1x`, fill(`"'`)),
];
