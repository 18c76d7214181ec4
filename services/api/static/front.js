// The front page: the list while somebody types, and new events behind a button.
// @ts-check
import { leaveButton, sayConnection, sayNews } from "./news_bar.js";
import { followUpdates } from "./updates.js";

const TYPING_PAUSE_MS = 250;
const form = /** @type {HTMLFormElement} */ (document.getElementById("filters"));
const found = document.getElementById("found");
let typing = 0;
/** @type {AbortController | undefined} */
let running;

const results = () => /** @type {HTMLElement | null} */ (document.getElementById("results"));

/** What the form asks for, without its empty fields. */
function asked() {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (String(value).trim()) given.append(name, String(value));
  return given.toString();
}

/** Puts the list that is asked for in the place of the one that is there. An older question is dropped. */
async function search() {
  clearTimeout(typing);
  if (!found || !form.checkValidity()) return;
  running?.abort();
  const { signal } = (running = new AbortController());
  const query = asked();
  try {
    const answer = await fetch(`/list?${query}`, { signal });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    show(await answer.text());
    history.replaceState(null, "", query ? `/?${query}` : "/");
  } catch (error) {
    if (!signal.aborted) found.textContent = `The list could not be loaded. ${wordsOf(error)}`;
  }
}

/** @param {unknown} error Of the server, in our words; any other is the browser's about the network or a proxy's answer. */
function wordsOf(error) {
  const isOurs = error instanceof Error && error.constructor === Error && error.message;
  return isOurs ? error.message : "Press Search to try again.";
}

/** @param {string} html */
function show(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const list = /** @type {HTMLElement} */ (template.content.querySelector("#results"));
  results()?.replaceWith(list);
  if (found) found.textContent = list.dataset.count ?? "";
  sayNews("");
}

/** Asks how many events of the list have changed since it was made. */
async function check() {
  const list = results();
  const after = list?.dataset.position;
  if (!after) return;
  const query = new URLSearchParams(location.search);
  query.set("after", after);
  const answer = await fetch(`/news?${query}`).catch(() => undefined);
  if (!answer?.ok || list !== results()) return;
  const words = await answer.text();
  if (words) sayNews(words, "Show", showNewest);
  else list.dataset.position = answer.headers.get("Newsweave-Position") ?? after; // nothing up to there is asked for again
}

async function showNewest() {
  await search();
  leaveButton();
  const list = results();
  if (list && list.getBoundingClientRect().top < 0) list.scrollIntoView({ behavior: "instant" });
}

// Where a field was wrong there is no list, and the form is sent as without scripts.
if (found) {
  form.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, TYPING_PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void search();
  });
}
followUpdates(results()?.dataset.position ?? "", () => true, check, sayConnection);
