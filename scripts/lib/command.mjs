// What the commands of bench/ have in common: exit code 2 is for a run that failed itself, not for what it found out.

/**
 * @template {{ help: boolean }} Options
 * @param {string} usage what `--help` prints
 * @param {Options} options
 * @param {(options: Options) => Promise<number>} run gives the exit code
 */
export async function command(usage, options, run) {
  if (options.help) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await run(options);
  } catch (error) {
    console.error(error);
    process.exitCode = 2;
  }
}
