// What changes, told to one tab: through a stream that all tabs of the browser share.
// @ts-check
import { keepStream } from "./stream.js";

/** @import { OnState, OnUpdate, Update } from "./stream.js" */

const NAME = "newsweave-updates";
const FIRST_PAUSE_MS = 2000; // between two questions of a tab
const LONGEST_PAUSE_MS = 15_000; // where changes come all the time
const POLL_MS = 30_000;
/** @type {Update} */
const ANYTHING = { position: "", events: [] };

/**
 * Calls `check` when something that concerns the tab may have changed: not while nobody looks at it, and not too often.
 *
 * @param {string} after Position that the page was made at; empty: now.
 * @param {(update: Update) => boolean} concerns
 * @param {() => void} check
 * @param {OnState} onState
 */
export function followUpdates(after, concerns, check, onState) {
  let isWaiting = false;
  let pause = FIRST_PAUSE_MS;
  let lastAsked = -LONGEST_PAUSE_MS;

  function ask() {
    if (isWaiting || document.hidden) return;
    isWaiting = true;
    const past = performance.now() - lastAsked;
    pause = past > pause ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2);
    setTimeout(run, Math.max(0, pause - past));
  }

  function run() {
    isWaiting = false;
    lastAsked = performance.now();
    check();
  }

  document.addEventListener("visibilitychange", ask); // whatever came while nobody looked, or while the machine slept
  const follow = "SharedWorker" in window ? followShared : hasLocks() ? followElected : poll;
  follow(after, (update) => concerns(update) && ask(), onState);
}

/** Locks are missing where the page did not come safely (`http:` from another machine). */
function hasLocks() {
  return "locks" in navigator && "BroadcastChannel" in window;
}

/** @type {(after: string, onUpdate: OnUpdate, onState: OnState) => void} */
function followShared(after, onUpdate, onState) {
  const worker = new SharedWorker(new URL("stream_worker.js", import.meta.url), { type: "module", name: NAME });
  worker.onerror = () => (hasLocks() ? followElected : poll)(after, onUpdate, onState);
  worker.port.onmessage = ({ data }) => (data.update ? onUpdate(data.update) : onState(data.isOpen));
  worker.port.postMessage({ after });
  window.addEventListener("pagehide", (event) => event.persisted || worker.port.postMessage({ leaves: true }));
}

/**
 * The tab that has the lock reads the stream for the others. When it is closed another one gets the lock, and goes on
 * after the last position that it was told.
 *
 * @type {(after: string, onUpdate: OnUpdate, onState: OnState) => void}
 */
function followElected(after, onUpdate, onState) {
  const channel = new BroadcastChannel(NAME);
  let position = after;
  /** @param {{update?: Update, isOpen?: boolean}} message */
  const hear = ({ update, isOpen = false }) => {
    if (!update) return onState(isOpen);
    position = update.position || position;
    onUpdate(update);
  };
  /** @param {{update?: Update, isOpen?: boolean}} message */
  const tell = (message) => {
    channel.postMessage(message);
    hear(message);
  };
  channel.onmessage = ({ data }) => hear(data);
  onUpdate(ANYTHING); // what was told before this tab came
  void navigator.locks.request(NAME, () => {
    keepStream(position, (update) => tell({ update }), (isOpen) => tell({ isOpen }));
    return new Promise(() => {}); // held until the tab is closed
  });
}

/** @type {(after: string, onUpdate: OnUpdate, onState: OnState) => void} */
function poll(_after, onUpdate) {
  onUpdate(ANYTHING);
  setInterval(() => onUpdate(ANYTHING), POLL_MS);
}
