// The page of an event: what is new about it behind a button, and what is new since the reader's last visit.
// @ts-check
import { leaveButton, sayConnection, sayNews } from "./news_bar.js";
import { swap } from "./swap.js";
import { followUpdates } from "./updates.js";
import { noteVisit, versionOfLastVisit } from "./visits.js";

const article = () => /** @type {HTMLElement} */ (document.getElementById("event"));
const eventId = () => article().dataset.event ?? "";
const version = () => Number(article().dataset.version);
const address = () => `/events/${encodeURIComponent(eventId())}`;

/** The version since which changes are told: that of the last visit, unless the page lists them already. */
let seen = version();
if (!document.getElementById("since")) seen = Math.min(seen, versionOfLastVisit(eventId()) ?? seen);
noteVisit(eventId(), version());

/** Asks what has changed. */
async function check() {
  const shown = version();
  const answer = await fetch(`${address()}/news?since=${seen}&shown=${shown}`).catch(() => undefined);
  if (!answer?.ok || shown !== version()) return;
  const words = await answer.text();
  if (words) sayNews(words, "Show", show);
}

/** Puts the page as it is now in the place of the one that is there; what changed is listed on it. */
async function show() {
  const page = `${address()}?since=${seen}`;
  const answer = await fetch(page).catch(() => undefined);
  const newer = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = newer && newer.getElementById("event");
  if (!part) {
    sayNews("The page could not be loaded.", "Try again", show);
    return;
  }
  swap(article(), part);
  document.title = newer.title;
  history.replaceState(null, "", page + location.hash);
  seen = version();
  noteVisit(eventId(), seen);
  sayNews("This page is up to date.", "See what changed", goToChanges);
}

function goToChanges() {
  leaveButton();
  sayNews("");
  const heading = document.getElementById("since");
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ behavior: "instant" });
}

followUpdates("", ({ events }) => !events.length || events.includes(eventId()), check, sayConnection);
