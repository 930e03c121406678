// Calls that keep the addon busy, and the memory of the process.

const IN_FLIGHT = 60;

/** Resident megabytes when nothing is left to collect. */
export async function residentMb() {
  for (let n = 0; n < 3; n++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return process.memoryUsage.rss() / 2 ** 20;
}

/** Texts as they are read from a log: flat strings, each of its own. */
export const flat = (value) => JSON.parse(JSON.stringify(value));

/**
 * Makes `count` calls, 60 at a time, unless `isOver` comes first.
 *
 * @param {number} count
 * @param {(n: number) => Promise<unknown>} call
 */
export async function drive(count, call, isOver = () => false) {
  let made = 0;
  const one = async () => {
    while (made < count && !isOver()) await call(made++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}
