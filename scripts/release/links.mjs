// Links of a README, where its repository is not beside it: on the registry's page, and in node_modules.

/** Code, which stays; `](path)` of Markdown; `src="path"`, `srcset="path"` and `href="path"` of HTML. */
const CODE_OR_LINK =
  /(?<code>(?<ticks>`+)[\s\S]*?(?<!`)\k<ticks>(?!`))|(?<bang>!?)\[(?<text>(?:\[[^\]]*\]\([^)]*\)|[^\]])*)\]\((?<path>[^)\s]+)\)|\b(?<attribute>src|srcset|href)="(?<value>[^"\s]+)"/g;

/**
 * The text with absolute links in the place of relative ones, to the files of one version. A link to a file of the package stays.
 *
 * @param {string} markdown a file of the repository's root
 * @param {{ home: string, tag: string, files: ReadonlySet<string> }} of `home`: the repository's address, on GitHub; `files`: the
 *   paths of the package
 */
export function withAbsoluteLinks(markdown, { home, tag, files }) {
  const absolute = (path, isImage) => {
    if (/^([a-z][a-z+.-]*:|#|\/)/i.test(path) || files.has(path.replace(/#.*/, ''))) return path;
    return `${home}/${isImage ? 'raw' : 'blob'}/${tag}/${path}`;
  };
  return markdown.replace(CODE_OR_LINK, (whole, ...rest) => {
    const { code, bang, text, path, attribute, value } = rest.at(-1);
    if (code !== undefined) return whole;
    if (attribute !== undefined) return `${attribute}="${absolute(value, attribute !== 'href')}"`;
    return `${bang}[${withAbsoluteLinks(text, { home, tag, files })}](${absolute(path, bang === '!')})`;
  });
}
