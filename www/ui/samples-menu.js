// @ts-check
import { moveByArrows } from './arrow-keys.js';
import { button, el, emit, fill, newId, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { SampleInfo } from 'core'
 */

/** Sends `open` when it needs its samples, and `sample` with an id. */
export class SamplesMenu {
  #shown = '';
  #list = el('ul', { id: newId('samples'), className: 'menu plain', hidden: true, 'aria-label': strings.samples });
  #button = button(strings.trySample, () => this.#toggle(this.#list.hidden !== false), {
    'aria-expanded': 'false',
    'aria-controls': this.#list.id,
  });
  element = el(
    'div',
    {
      className: 'menu-holder',
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        moveByArrows(event, [...this.#list.querySelectorAll('button')], () => this.#toggle(true));
        if (event.key !== 'Escape' || this.#list.hidden) return;
        this.#toggle(false);
        this.#button.focus();
      },
      onfocusout: (/** @type {FocusEvent} */ event) => {
        const to = event.relatedTarget;
        if (to instanceof Node && !this.element.contains(to)) this.#toggle(false);
      },
    },
    this.#button,
    this.#list,
  );

  /** @param {SampleInfo[]} samples */
  set samples(samples) {
    const key = JSON.stringify(samples);
    if (key === this.#shown) return; // keeps the focus
    this.#shown = key;
    const items = samples.map(({ id, title, description }) => {
      const item = button('', () => this.#choose(id), { className: 'menu-item' });
      item.append(el('strong', {}, title), ' ', el('span', { className: 'muted' }, prose(description)));
      return el('li', {}, item);
    });
    fill(this.#list, samples.length > 0 ? items : el('li', {}, strings.noSamples));
  }

  /** @param {string} id */
  #choose(id) {
    this.#toggle(false);
    emit(this.element, 'sample', id);
  }

  /** @param {boolean} open */
  #toggle(open) {
    if (open) emit(this.element, 'open');
    this.#list.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
  }
}
