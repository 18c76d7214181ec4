// Which versions of events the reader has seen. Kept in this browser alone, and sent only as `since` of a request.
// @ts-check

const KEY = "newsweave-visits";
const MOST = 300;

/** @typedef {Record<string, [version: number, time: number]>} Visits By event; times in ms since 1970. */

/** @returns {Visits} */
function read() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
    return Object.fromEntries(kept.filter(([, visit]) => Array.isArray(visit) && visit.every(Number.isFinite)));
  } catch {
    return {}; // storage is off, or holds something else
  }
}

/**
 * @param {string} eventId
 * @returns {number | undefined}
 */
export function versionOfLastVisit(eventId) {
  return read()[eventId]?.[0];
}

/**
 * The oldest visits are forgotten.
 *
 * @param {string} eventId
 * @param {number} version
 */
export function noteVisit(eventId, version) {
  const visits = { ...read(), [eventId]: [version, Date.now()] };
  const latest = Object.entries(visits).sort(([, a], [, b]) => b[1] - a[1]).slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(latest)));
  } catch {
    // Storage is off or full: the next visit is a first one.
  }
}
