// @ts-check
// The page around the element: drops anywhere, the mode, the theme, the privacy box.

import { GalleryPackager } from './element.js';
import { PrivacyBox } from './ui/privacy-box.js';

const THEME = 'gallery-packager-theme';

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
function find(selector, type) {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the page has no ${selector}`);
  return element;
}

const packager = find('gallery-packager', GalleryPackager);
packager.anywhere = true;
packager.prepare();

// A drop that nobody handles would make the browser leave the page.
document.addEventListener('dragover', (event) => {
  if (!event.defaultPrevented && !isOver(event)) event.preventDefault();
});
document.addEventListener('dragenter', () => setDragging(true));
document.addEventListener('dragleave', (event) => event.relatedTarget === null && setDragging(false));
document.addEventListener('drop', (event) => {
  setDragging(false);
  if (event.defaultPrevented || isOver(event)) return; // the element took it
  event.preventDefault();
  if (event.dataTransfer?.types.includes('Files')) packager.addHere(event.dataTransfer);
});

/**
 * The element decides about events on itself.
 * @param {DragEvent} event
 */
const isOver = (event) => event.composedPath().includes(packager);

/** @param {boolean} dragging */
function setDragging(dragging) {
  document.documentElement.toggleAttribute('data-dragging', dragging);
  packager.dragging = dragging;
}

const mode = find('#mode', HTMLFieldSetElement);
mode.addEventListener('change', (event) => {
  if (event.target instanceof HTMLInputElement) packager.setAttribute('mode', event.target.value);
});

const theme = find('#theme', HTMLSelectElement);
theme.value = remembered() ?? 'auto';
theme.addEventListener('change', () => {
  remember(theme.value);
  setTheme();
});
setTheme();

function setTheme() {
  document.documentElement.dataset.theme = theme.value;
  packager.setAttribute('theme', theme.value);
}

/** Storage throws where a browser or a frame forbids it. */
function remembered() {
  try {
    const value = localStorage.getItem(THEME);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

/** @param {string} value */
function remember(value) {
  try {
    localStorage.setItem(THEME, value);
  } catch {
    // The choice holds for this visit.
  }
}

const policy = document.querySelector('meta[http-equiv="Content-Security-Policy" i]');
find('footer', HTMLElement).append(new PrivacyBox(policy?.getAttribute('content') ?? null).element);
