// @ts-check
// Nodes with text in them. There is no way here to turn a string into markup.

/**
 * @typedef {Node | string | null | undefined | false} Content
 */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [properties]  `on…` listens, known properties are set, others become attributes.
 * @param {...(Content | Content[])} content
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, properties = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name in element && !name.startsWith('aria')) Reflect.set(element, name, value);
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...nodes(content));
  return element;
}

/** @param {(Content | Content[])[]} content */
const nodes = (content) =>
  content
    .flat()
    .filter((item) => item instanceof Node || (typeof item === 'string' && item !== ''))
    .map((item) => /** @type {Node | string} */ (item));

/**
 * A sentence with `code` in it.
 * @param {string} sentence
 * @returns {Content[]}
 */
export const prose = (sentence) =>
  sentence.split('`').map((part, index, { length }) => {
    if (index % 2 === 0) return part;
    return index < length - 1 ? el('code', {}, part) : `\`${part}`; // the last backtick has no partner
  });

/**
 * @param {Element} element
 * @param {...(Content | Content[])} content
 */
export const fill = (element, ...content) => element.replaceChildren(...nodes(content));

/**
 * @param {string | Content[]} text
 * @param {() => void} onclick
 * @param {Record<string, unknown>} [properties]
 */
export const button = (text, onclick, properties = {}) =>
  el('button', { type: 'button', onclick, ...properties }, text);

/**
 * Tells whoever owns the widget.
 * @param {Element} element
 * @param {string} type
 * @param {unknown} [detail]
 */
export const emit = (element, type, detail) => void element.dispatchEvent(new CustomEvent(type, { detail }));

/**
 * What a widget told.
 * @param {Event} event
 * @returns {any}
 */
export const detailOf = (event) => (event instanceof CustomEvent ? event.detail : null);

let lastId = 0;
/** An id that is used once. @param {string} prefix */
export const newId = (prefix) => `${prefix}-${++lastId}`;
