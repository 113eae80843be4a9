// @ts-check
import { el, emit, newId } from './dom.js';

/**
 * @typedef {{ key: string, title: string, panel: HTMLElement }} Tab
 */

/** Panels of which one is shown: sends `change` with its key. */
export class Tabs {
  #list;
  #panels = el('div', {});
  /** @type {Map<string, { button: HTMLButtonElement, panel: HTMLElement }>} */
  #tabs = new Map();
  #selected = '';

  /** @param {string} label */
  constructor(label) {
    this.#list = el('div', { role: 'tablist', 'aria-label': label, className: 'tabs' });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.element = el('div', {}, this.#list, this.#panels);
  }

  /** @param {Tab[]} tabs  Tabs that stay keep their nodes, and so the focus. */
  set tabs(tabs) {
    const keys = new Set(tabs.map(({ key }) => key));
    for (const [key, { button, panel }] of this.#tabs) {
      if (keys.has(key)) continue;
      button.remove();
      panel.remove();
      this.#tabs.delete(key);
    }
    for (const { key, title, panel } of tabs) {
      const known = this.#tabs.get(key) ?? this.#add(key, panel);
      if (known.button.textContent !== title) known.button.textContent = title;
    }
    if (!keys.has(this.#selected)) this.select(tabs[0]?.key ?? '');
  }

  get selected() {
    return this.#selected;
  }

  /** @param {string} key */
  select(key) {
    this.#selected = key;
    for (const [other, { button, panel }] of this.#tabs) {
      const chosen = other === key;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      panel.hidden = !chosen;
    }
  }

  focus() {
    this.#tabs.get(this.#selected)?.button.focus();
  }

  /**
   * @param {string} key
   * @param {HTMLElement} content
   */
  #add(key, content) {
    const id = newId('tab');
    const panel = el(
      'div',
      { role: 'tabpanel', id: `${id}-panel`, tabIndex: 0, 'aria-labelledby': id, hidden: true },
      content,
    );
    const button = el('button', {
      type: 'button',
      role: 'tab',
      id,
      'aria-controls': panel.id,
      'aria-selected': 'false',
      tabIndex: -1,
      onclick: () => this.#choose(key),
    });
    this.#list.append(button);
    this.#panels.append(panel);
    const tab = { button, panel };
    this.#tabs.set(key, tab);
    return tab;
  }

  /** @param {string} key */
  #choose(key) {
    this.select(key);
    this.focus();
    emit(this.element, 'change', key);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const keys = [...this.#tabs.keys()];
    const at = keys.indexOf(this.#selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#choose(keys.at(to % keys.length) ?? this.#selected);
  }
}
