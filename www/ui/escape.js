// @ts-check
// The Escape key, for those whose hands are on the keyboard.

/**
 * Calls back on Escape within an element, and where nothing on the page has the focus.
 * @param {HTMLElement} element
 * @param {() => void} escape
 * @returns {() => void} ends it
 */
export function listenForEscape(element, escape) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (event.target === document.body || event.composedPath().includes(element)) escape();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
