// @ts-check
import { el, emit, prose } from './dom.js';
import { Menu } from './menu.js';
import { strings } from './strings.js';

/**
 * @import { SampleInfo } from 'core'
 */

/** Sends `open` when it needs its samples, and `sample` with an id. */
export class SamplesMenu {
  #shown = '';
  #menu = new Menu(strings.trySample, strings.samples, () => emit(this.element, 'open'));
  element = this.#menu.element;

  /** @param {SampleInfo[]} samples */
  set samples(samples) {
    const key = JSON.stringify(samples);
    if (key === this.#shown) return; // keeps the focus
    this.#shown = key;
    const items = samples.map(({ id, title, description }) =>
      this.#menu.item(
        () => emit(this.element, 'sample', id),
        el('strong', {}, title),
        ' ',
        el('span', { className: 'muted' }, prose(description)),
      ),
    );
    this.#menu.items = samples.length > 0 ? items : [strings.noSamples];
  }
}
