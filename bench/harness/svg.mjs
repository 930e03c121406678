// The page that a chart is drawn on: an SVG that loads nothing. It follows the reader's colour scheme, and without one uses the light colours
// on a surface of its own.

export const WIDTH = 860;

const SCHEMES = {
  light: { surface: '#ffffff', ink: '#1f2328', muted: '#59636e', grid: '#d1d9e0' },
  dark: { surface: '#0d1117', ink: '#f0f6fc', muted: '#9198a1', grid: '#30363d' },
};

export const escapeXml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function style(scheme, own) {
  const { surface, ink, muted, grid } = SCHEMES[scheme];
  return `.surface { fill: ${surface} } .ink { fill: ${ink} } .muted { fill: ${muted} } .grid { stroke: ${grid} } ${own[scheme]}`;
}

/**
 * @param {object} page
 * @param {number} page.height
 * @param {string} page.title
 * @param {string} page.subtitle
 * @param {string} page.figures what the chart says, for those who cannot see it
 * @param {{ light: string, dark: string }} page.own the rules of the chart's own classes; `ink`, `muted` and `grid` are the page's
 * @param {string[]} parts
 */
export function page({ height, title, subtitle, figures, own }, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(`${title}. ${figures}`)}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
<style>${style('light', own)} @media (prefers-color-scheme: dark) { ${style('dark', own)} }</style>
<rect class="surface" width="${WIDTH}" height="${height}" rx="6"/>
<text class="ink" x="16" y="26" font-size="16" font-weight="600">${escapeXml(title)}</text>
<text class="muted" x="16" y="44">${escapeXml(subtitle)}</text>
${parts.join('\n')}
</svg>
`;
}
