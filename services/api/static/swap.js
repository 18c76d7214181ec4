// Puts a newer version of a part of the page in the place of the older one, under a reader who is in the middle of it.
// @ts-check

/**
 * Open folds stay open, the keyboard stays where it is, and what the reader looks at stays where it stands.
 *
 * @param {HTMLElement} older
 * @param {HTMLElement} newer
 */
export function swap(older, newer) {
  const open = new Set(Array.from(older.querySelectorAll("details[open]"), keyOf));
  const focused = older.contains(document.activeElement) ? keyOf(/** @type {Element} */ (document.activeElement)) : null;
  const anchor = window.scrollY > 0 ? Array.from(older.querySelectorAll("[id]")).find(isAnchor) : undefined;
  const top = anchor?.getBoundingClientRect().top ?? 0;
  const scrolled = sideOf(older)?.scrollTop ?? 0;

  older.replaceWith(newer);

  for (const details of newer.querySelectorAll("details")) details.open ||= open.has(keyOf(details));
  if (focused) {
    const again = Array.from(newer.querySelectorAll("a, summary, [tabindex]")).find((each) => keyOf(each) === focused);
    /** @type {HTMLElement | undefined} */ (again)?.focus({ preventScroll: true });
  }
  const there = anchor && document.getElementById(anchor.id);
  if (there) window.scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
  sideOf(newer)?.scrollTo({ top: scrolled, behavior: "instant" });
}

/**
 * The column at the side, which scrolls by itself on wide screens.
 *
 * @param {Element} part
 */
function sideOf(part) {
  return part.querySelector(".side");
}

/**
 * Whether it begins in the window, and stays where it is on the page.
 *
 * @param {Element} element
 */
function isAnchor(element) {
  const { top, height } = element.getBoundingClientRect();
  const side = element.closest(".side");
  const goesAlong = side && getComputedStyle(side).position === "sticky";
  return height > 1 && top >= 0 && !goesAlong; // what is folded up has no height, what is for screen readers alone one pixel
}

/**
 * What an element is known by in both versions: where it stands, and its words without the numbers in them.
 *
 * @param {Element} element
 */
function keyOf(element) {
  const own = element.id || element.getAttribute("href") || (element.querySelector("summary") ?? element).textContent;
  return [element.tagName, element.parentElement?.closest("[id]")?.id, own?.replace(/\d+/g, "").trim()].join(" ");
}
