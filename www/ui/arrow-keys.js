// @ts-check

/**
 * Arrow keys, Home and End in a list of things to choose from, whose opener is above it.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} items
 * @param {() => void} [open]  Called for a key that begins outside of the list.
 */
export function moveByArrows(event, items, open = () => {}) {
  const at = items.findIndex((item) => item === event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined || (at < 0 && !event.key.startsWith('Arrow'))) return;
  event.preventDefault();
  if (at < 0) open();
  items.at(to % items.length)?.focus();
}
