// When the source is asked again.
'use strict';

/** The first pause after a refresh that failed; it doubles with each that follows. */
const FIRST_PAUSE_MS = 15_000;
/** The longest pause after failures of a list that is loaded once. */
const LONGEST_PAUSE_MS = 300_000;
/** A source that asks to be left alone for longer is asked all the same. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Part of a pause by which processes that started together are spread. */
const SPREAD = 0.1;

/**
 * Milliseconds until the next refresh; null: there is none.
 *
 * @param {object} after
 * @param {number} after.failures refreshes that have failed since the last good one
 * @param {number} after.refreshMs 0: a good list is not refreshed
 * @param {number} after.ageMs since the list in force was confirmed, maybe by another process
 * @param {number} after.retryAfterMs what the source asked for
 * @param {() => number} random
 */
function nextRefresh({ failures, refreshMs, ageMs, retryAfterMs }, random) {
  if (failures === 0 && refreshMs === 0) return null;
  const spread = 1 + SPREAD * random();
  if (failures === 0) return Math.max(refreshMs - ageMs, 0) + refreshMs * (spread - 1);
  const pauseMs = Math.min(refreshMs || LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return Math.max(pauseMs, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS)) * spread;
}

module.exports = { nextRefresh };
