/**
 * The first texts, as many as have `most` bytes.
 *
 * @template {{ error: string }} Text
 * @param {Text[]} texts
 * @param {number} most
 */
export function fitting(texts, most) {
  let bytes = 0;
  for (const [index, { error }] of texts.entries()) {
    bytes += Buffer.byteLength(error);
    if (bytes > most) return texts.slice(0, index);
  }
  return texts;
}
