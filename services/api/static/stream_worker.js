// Runs once for all tabs of a browser: a browser opens six connections to a host over HTTP/1.1, and a stream holds one.
// @ts-check
import { keepStream } from "./stream.js";

/** @type {Set<MessagePort>} */
const tabs = new Set();
let position = "";
let isOpen = true;
let isStarted = false;

/** @param {object} message */
function tell(message) {
  for (const tab of tabs) tab.postMessage(message);
}

/** @param {string} after */
function start(after) {
  isStarted = true;
  position = after;
  keepStream(
    after,
    (update) => {
      position = update.position || position;
      tell({ update });
    },
    (open) => {
      isOpen = open;
      tell({ isOpen });
    },
  );
}

self.addEventListener("connect", (event) => {
  const [tab] = /** @type {MessageEvent} */ (event).ports;
  tabs.add(tab);
  tab.onmessage = ({ data }) => {
    if (data.leaves) {
      tabs.delete(tab);
    } else if (isStarted) {
      tab.postMessage({ isOpen });
      tab.postMessage({ update: { position, events: [] } });
    } else {
      start(data.after);
    }
  };
});
