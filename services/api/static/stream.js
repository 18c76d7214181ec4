// One stream of updates, opened again for as long as the page stands. Used by whichever tab or worker reads it for all.
// @ts-check

/**
 * @typedef {object} Update
 * @property {string} position Place in the update log; empty: not known.
 * @property {string[]} events Ids of the events that changed; none: any may have.
 */
/** @typedef {(update: Update) => void} OnUpdate */
/** @typedef {(isOpen: boolean) => void} OnState Called when the stream opens, and when it stays away. */

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const FAILURES_TO_SAY = 2;

/**
 * @param {string} after Position to go on after; empty: now.
 * @param {OnUpdate} onUpdate
 * @param {OnState} onState
 */
export function keepStream(after, onUpdate, onState) {
  let position = after;
  let failures = 0;

  const address = () => "/v1/events/stream" + (position && `?last_event_id=${encodeURIComponent(position)}`);

  function open() {
    const source = new EventSource(address());
    source.addEventListener("position", (message) => {
      position = message.lastEventId;
      failures = 0;
      onState(true);
      onUpdate({ position, events: [] });
    });
    source.addEventListener("event", (message) => {
      position = message.lastEventId;
      const { event, merged_into } = JSON.parse(message.data);
      onUpdate({ position, events: merged_into ? [event.event_id, merged_into] : [event.event_id] });
    });
    source.addEventListener("error", () => {
      source.close(); // the browser's own retries have no growing pause
      void openAgain();
    });
  }

  async function openAgain() {
    failures += 1;
    if (failures === FAILURES_TO_SAY) onState(false);
    if (failures >= FAILURES_TO_SAY) {
      onUpdate({ position: "", events: [] }); // where only streams are refused, tabs can still ask
      if (await isRefused()) position = "";
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    setTimeout(open, pause * (0.5 + Math.random() / 2)); // not all readers at once
  }

  /** Whether the position is held no more: then the stream begins anew, and each tab asks for what it lacks. */
  async function isRefused() {
    const answer = await fetch(address(), { method: "HEAD" }).catch(() => undefined);
    return answer?.status === 410 || answer?.status === 400;
  }

  open();
}
