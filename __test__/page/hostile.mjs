// Texts that would run something, or break a page, if they were taken for more than text.

export const PAYLOADS = [
  '<script>window.ran = 1</script>',
  '</script><script>window.ran = 2</script>',
  '<!--<script>window.ran = 3</script>',
  '--><img src=x onerror="window.ran = 4">',
  '<img src=x onerror=window.ran=5>',
  '"><svg onload="window.ran = 6">',
  "' onmouseover='window.ran = 7' x='",
  '</noscript><iframe srcdoc="<script>parent.ran = 8</script>"></iframe>',
  '</title></style><script>window.ran = 9</script>',
  'javascript:window.ran=10',
  ' \tjAvAsCrIpT:window.ran=11',
  'java\nscript:window.ran=12',
  'data:text/html,<script>opener.ran = 13</script>',
  'vbscript:window.ran=14',
  'https://issues.example/"onclick="window.ran=15',
  '<a href="javascript:window.ran=16" autofocus onfocus="window.ran=16">x</a>',
  '<meta http-equiv="refresh" content="0;url=javascript:window.ran=17">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>x</button></form>',
  "{{script}} <!--script--> $& $` $' $1 $<part>",
  '\u2028window.ran = 19\u2029',
  '&lt;script&gt;window.ran = 20&lt;/script&gt; &amp; &#60;',
  '\u202e\u2066gnihton\u2069',
  'a\ud800b\udc00c',
  'nul \u0000 bell \u0007 escape \u001b[31m',
  '__proto__',
  'constructor',
  '%',
  '</script',
  '<![CDATA[ ]]> <?xml version="1.0"?>',
];

/** Keys whose values are one of a few words; a report with other ones is refused or damaged, not hostile. */
const WORDS = new Set(['format', 'status', 'state', 'kind', 'reason']);

/** A copy of a report with every text in it replaced. Ids stay different. */
export function hostileReport(report, payload) {
  let ids = 0;
  const replace = (value, key) => {
    if (typeof value === 'string') return WORDS.has(key) ? value : key === 'id' ? `${payload}${ids++}` : payload;
    if (Array.isArray(value)) return value.map((entry) => replace(entry, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, replace(entry, name)]));
  };
  return {
    ...replace(report, ''),
    warnings: [payload],
    rules: { ...replace(report.rules, ''), reason: payload, state: 'stale' },
  };
}
