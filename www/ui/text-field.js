// @ts-check
import { el } from './dom.js';

/**
 * A field with its label, for names and paths.
 * @param {string} label
 * @param {string} [placeholder]
 */
export function textField(label, placeholder = '') {
  const input = el('input', { type: 'text', spellcheck: false, autocapitalize: 'off', placeholder });
  return {
    input,
    label: el('label', { className: 'field' }, el('span', {}, label), input),
    get text() {
      return input.value.trim();
    },
  };
}

/** A path as a person types it: `.\a\b\` is `a/b`. @param {string} text */
export const pathOf = (text) =>
  text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^\.?\/+|\/+$/g, '');
