// @ts-check
import { el, emit, fill, newId } from './dom.js';
import { strings } from './strings.js';
import { levelOf } from './tree-level.js';

/** @import { ListedFile, TreeNode } from './tree-level.js' */

/** Files as a tree: sends `open` and `leave-out` with a path, and `current` when another item is gone to. */
export class FileTree {
  /** @type {ListedFile[]} */
  #files = [];
  /** @type {Set<string>} */
  #expanded = new Set();
  #current = '';
  /** @type {WeakMap<Element, TreeNode>} */
  #nodes = new WeakMap();
  #typed = '';
  #typedAt = 0;
  element;

  /** @param {string} heading  The id of what names it. */
  constructor(heading) {
    this.element = el('ul', { className: 'plain tree', role: 'tree', 'aria-labelledby': heading });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#click(event));
  }

  /** The path of the item that was last gone to. */
  get current() {
    return this.#current;
  }

  /** The place of that item among those that are seen. */
  get place() {
    return this.#items().findIndex((item) => item.tabIndex === 0);
  }

  /** @param {number} place  Where to go when the item that was last gone to is not there any more. */
  focus(place) {
    const items = this.#items();
    this.#focus(items.find((item) => this.#nodes.get(item)?.path === this.#current) ?? items[place] ?? items.at(-1));
  }

  /** Forgets what was opened. */
  clear() {
    this.#expanded.clear();
    this.#current = '';
  }

  /** @param {ListedFile[]} files */
  set files(files) {
    this.#files = files;
    const children = levelOf(files, { from: 0, to: files.length });
    // One folder alone is opened at once.
    if (children.length === 1 || this.#expanded.size === 0) {
      for (const child of children.slice(0, 8))
        if (child.folder && levelOf(files, child, child.path).length <= 40) this.#expanded.add(child.path);
    }
    fill(
      this.element,
      children.map((child, index) => this.#item(child, 1, index + 1, children.length)),
    );
    const items = this.#items();
    const current = items.find((item) => this.#nodes.get(item)?.path === this.#current) ?? items[0];
    if (current) current.tabIndex = 0;
  }

  /**
   * @param {TreeNode} node
   * @param {number} level
   * @param {number} position
   * @param {number} count
   * @returns {HTMLLIElement}
   */
  #item(node, level, position, count) {
    const item = el(
      'span',
      {
        role: 'treeitem',
        tabIndex: -1,
        className: 'item',
        'aria-level': level,
        'aria-setsize': count,
        'aria-posinset': position,
        'aria-selected': 'false',
      },
      label(node.folder ? `${node.name}/` : node.name, node),
    );
    const row = el('li', { role: 'none' }, item);
    this.#nodes.set(item, node);
    if (node.to > node.from) this.#setExpanded(item, this.#expanded.has(node.path));
    return row;
  }

  /**
   * @param {HTMLElement} item
   * @param {boolean} open
   */
  #setExpanded(item, open) {
    const node = this.#nodes.get(item);
    if (!node || node.to === node.from) return;
    item.setAttribute('aria-expanded', String(open));
    if (open) this.#expanded.add(node.path);
    else this.#expanded.delete(node.path);
    item.nextElementSibling?.remove();
    item.removeAttribute('aria-owns');
    if (!open) return;
    // Made only when opened: a tree may have thousands of files.
    const level = Number(item.getAttribute('aria-level')) + 1;
    const children = levelOf(this.#files, node, node.path);
    const group = el(
      'ul',
      { role: 'group', className: 'plain', id: newId('group') },
      children.map((child, index) => this.#item(child, level, index + 1, children.length)),
    );
    item.setAttribute('aria-owns', group.id);
    item.after(group);
  }

  /** @returns {HTMLElement[]} */
  #items() {
    return [...this.element.querySelectorAll('[role=treeitem]')].map((item) => /** @type {HTMLElement} */ (item));
  }

  /** @param {HTMLElement | undefined} item */
  #focus(item) {
    if (!item) return;
    for (const other of this.#items()) other.tabIndex = other === item ? 0 : -1;
    this.#current = this.#nodes.get(item)?.path ?? '';
    emit(this.element, 'current');
    item.focus();
  }

  /** @param {HTMLElement} item */
  #activate(item) {
    const node = this.#nodes.get(item);
    if (!node) return;
    if (node.folder) this.#setExpanded(item, item.getAttribute('aria-expanded') !== 'true');
    else emit(this.element, 'open', node.path);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const item = event.target instanceof Element ? event.target.closest('[role=treeitem]') : null;
    if (!(item instanceof HTMLElement)) return;
    this.#focus(item);
    this.#activate(item);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const item =
      event.target instanceof HTMLElement && event.target.getAttribute('role') === 'treeitem' ? event.target : null;
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = this.#items();
    const at = items.indexOf(item);
    const expanded = item.getAttribute('aria-expanded');
    /** @type {Record<string, () => void>} */
    const moves = {
      ArrowDown: () => this.#focus(items[at + 1]),
      ArrowUp: () => this.#focus(items[at - 1]),
      Home: () => this.#focus(items[0]),
      End: () => this.#focus(items.at(-1)),
      ArrowRight: () =>
        expanded === 'false' ? this.#setExpanded(item, true) : expanded === 'true' && this.#focus(items[at + 1]),
      ArrowLeft: () => (expanded === 'true' ? this.#setExpanded(item, false) : this.#focus(parentOf(item))),
      Enter: () => this.#activate(item),
      ' ': () => this.#activate(item),
      Delete: () => emit(this.element, 'leave-out', this.#current),
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move) move();
    else if (event.key.length === 1) this.#typeAhead(event.key, event.timeStamp, items, at);
    else return;
    event.preventDefault();
  }

  /**
   * @param {string} key
   * @param {number} now
   * @param {HTMLElement[]} items
   * @param {number} at
   */
  #typeAhead(key, now, items, at) {
    this.#typed = now - this.#typedAt < 700 ? this.#typed + key : key;
    this.#typedAt = now;
    const from = this.#typed.length === 1 ? at + 1 : at;
    const typed = this.#typed.toLowerCase();
    this.#focus(
      [...items.slice(from), ...items.slice(0, from)].find((item) =>
        this.#nodes.get(item)?.name.toLowerCase().startsWith(typed),
      ),
    );
  }
}

/**
 * The item of the folder that this one is in.
 * @param {HTMLElement} item
 */
function parentOf(item) {
  const parent = item.closest('[role=group]')?.previousElementSibling;
  return parent instanceof HTMLElement ? parent : undefined;
}

/**
 * @param {string} name
 * @param {{ size: number, state: ListedFile['state'], folder: boolean, wheel?: string }} file
 */
export function label(name, { size, state, folder, wheel }) {
  return [
    el('span', { className: 'name' }, name),
    ' ',
    el(
      'span',
      { className: 'muted' },
      [!folder && strings.size(size), strings.state[state], wheel && strings.fromWheel(wheel)]
        .filter(Boolean)
        .join(', '),
    ),
  ];
}
