// What CHANGELOG.md says of a version, for the notes of its release.

/**
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined} the section without its heading; `undefined` if there is none, or it is empty
 */
export function changesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  // `0.1.0 - 2026-11-30`, `[0.1.0] - 2026-11-30`
  const section = sections.find((text) => /^\[?([^\s\]]+)/.exec(text)?.[1] === version);
  return section?.slice(section.indexOf('\n')).trim() || undefined;
}
