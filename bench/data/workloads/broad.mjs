// Rules from foreign texts can be so broad that they match everything: nobody keeps such a rule in a list.

/**
 * @template {{ pattern: string, flags?: string }} Drawn
 * @param {Drawn[]} candidates
 * @param {string[]} texts
 * @param {number} most of the texts that a rule may match
 * @returns {Drawn[]} those that V8 takes, and that match no more
 */
export function withoutBroad(candidates, texts, most) {
  return candidates.filter(({ pattern, flags }) => {
    let regExp;
    try {
      regExp = new RegExp(pattern, flags);
    } catch {
      return false;
    }
    let matches = 0;
    return texts.every((text) => {
      if (regExp.test(text)) matches++;
      return matches <= most;
    });
  });
}
