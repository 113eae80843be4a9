// @ts-check
import { moveByArrows } from './arrow-keys.js';
import { button, el, fill, newId } from './dom.js';

/**
 * @typedef {import('./dom.js').Content} Content
 */

/** A button that opens a list of things to do. */
export class Menu {
  #list;
  #button;
  #opened;
  element;

  /**
   * @param {string} title
   * @param {string} label
   * @param {() => void} [opened]
   */
  constructor(title, label, opened = () => {}) {
    this.#opened = opened;
    this.#list = el('ul', { id: newId('menu'), className: 'menu plain', hidden: true, 'aria-label': label });
    this.#button = button(title, () => this.#toggle(this.#list.hidden !== false), {
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
    });
    this.element = el(
      'div',
      {
        className: 'menu-holder',
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          moveByArrows(event, [...this.#list.querySelectorAll('button')], () => this.#toggle(true));
          if (event.key !== 'Escape' || this.#list.hidden) return;
          event.preventDefault(); // it is not meant for what is under way
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
  }

  /** @param {Content[]} items  What stands in the list, an item each. */
  set items(items) {
    fill(
      this.#list,
      items.map((item) => el('li', {}, item)),
    );
  }

  /**
   * An item that closes the list.
   * @param {() => void} act
   * @param {...(Content | Content[])} content
   */
  item(act, ...content) {
    const item = button(
      '',
      () => {
        this.#toggle(false);
        act();
      },
      { className: 'menu-item' },
    );
    fill(item, ...content);
    return item;
  }

  focus() {
    this.#button.focus();
  }

  /** @param {boolean} open */
  #toggle(open) {
    if (open) this.#opened();
    this.#list.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
  }
}
