// The bar at the foot of the window: what waits to be shown, and a button that shows it. It covers, and moves nothing.
// @ts-check

const bar = /** @type {HTMLElement} */ (document.getElementById("news"));
const words = /** @type {HTMLElement} */ (document.getElementById("news-words"));
const button = /** @type {HTMLButtonElement} */ (document.getElementById("news-show"));
/** @type {() => void} */
let onPress = () => {};
let isOffline = false;

button.addEventListener("click", () => onPress());

/**
 * Says that something waits, in a region that screen readers read when they have time; empty words: nothing does.
 *
 * @param {string} text
 * @param {string} [label] Of the button.
 * @param {() => void} [action] What the button does.
 */
export function sayNews(text, label = "", action = () => {}) {
  const line = text || (isOffline ? "Live updates are interrupted. Trying again." : "");
  if (words.textContent !== line) words.textContent = line;
  button.textContent = label;
  button.hidden = !text || !label;
  bar.classList.toggle("shown", line !== "");
  onPress = action;
}

/**
 * Says once that the connection is lost; where something waits, that stays.
 *
 * @param {boolean} isOpen
 */
export function sayConnection(isOpen) {
  isOffline = !isOpen;
  if (button.hidden) sayNews("");
}

/** Keeps the keyboard where it was when the button goes. */
export function leaveButton() {
  if (document.activeElement === button) document.getElementById("content")?.focus({ preventScroll: true });
}
