// @ts-check
import { button, el, emit, fill, newId, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Report } from 'core'
 * @typedef {Report['files'][number]} ListedFile
 * @typedef {Report['leftOut'][number]} LeftOut
 * @typedef {{ name: string, path: string, folder: boolean, size: number, state: ListedFile['state'], children: Map<string, TreeNode> }} TreeNode
 */

/** Shorter lists need no tree. */
const PLAIN_BELOW = 8;
/** So many of one name, as of `__pycache__`, become one row. */
const GROUP_FROM = 4;

/** What the package holds and what it does not: sends `open`, `include` and `exclude` with a path. */
export class FileList {
  #heading = el('h3', { id: newId('files') });
  #tree = el('ul', { className: 'plain tree', 'aria-labelledby': this.#heading.id });
  #leftOutSummary = el('summary', {});
  #leftOutList = el('ul', { className: 'plain' });
  #leftOut = el('details', {}, this.#leftOutSummary, this.#leftOutList);
  /** @type {Set<string>} */
  #expanded = new Set();
  #current = '';
  /** Beside the tree: an item of a tree holds no button. */
  #leaveOut = button('', () => this.#exclude(this.#current));
  #leaveOutRow = el('p', { className: 'row', hidden: true }, this.#leaveOut);
  /** @type {Map<string, string>} what can be left out, and its path in what was added */
  #own = new Map();
  /** @type {WeakMap<Element, TreeNode>} */
  #nodes = new WeakMap();
  #typed = '';
  #typedAt = 0;
  element = el('div', { className: 'files' }, this.#heading, this.#tree, this.#leaveOutRow, this.#leftOut);

  constructor() {
    this.#tree.addEventListener('keydown', (event) => this.#key(event));
    this.#tree.addEventListener('click', (event) => this.#click(event));
  }

  /** @param {Report} report */
  set report(report) {
    const { files, leftOut, shown } = report;
    this.#own = ownFiles(report);
    this.#heading.textContent = strings.filesInPackage(files.reduce((sum, file) => sum + file.size, 0));
    const focused = this.element.matches(':focus-within') && !this.#leftOut.matches(':focus-within');
    const at = this.#items().findIndex((item) => item.tabIndex === 0);
    const place = this.#plainButtons().findIndex((one) => one.matches(':focus'));
    const top = makeTree(files);
    if (files.length < PLAIN_BELOW) this.#showPlain(files, new Set(shown.map(({ path }) => path)));
    else this.#showTree(top);
    this.#offerLeaveOut();
    // The row that had the focus may be gone: the next one takes it.
    if (focused && (this.#leaveOutRow.hidden || !this.element.matches(':focus-within'))) {
      const items = this.#items();
      this.#focus(items.find((item) => this.#nodes.get(item)?.path === this.#current) ?? items[at] ?? items.at(-1));
    }
    if (place >= 0) (this.#plainButtons()[place] ?? this.#plainButtons().at(-1))?.focus();
    this.#leftOut.hidden = leftOut.length === 0;
    this.#leftOutSummary.textContent = strings.leftOut(leftOut.length);
    fill(
      this.#leftOutList,
      groupsOf(leftOut).flatMap((items) =>
        items.length < GROUP_FROM ? items.map((item) => this.#leftOutItem(item)) : [this.#leftOutGroup(items)],
      ),
    );
  }

  /** Forgets what was opened. */
  clear() {
    this.#expanded.clear();
    this.#current = '';
    this.#own.clear();
    this.#offerLeaveOut();
    this.#leftOut.open = false;
  }

  /** @param {LeftOut[]} items  Of one name and for one reason. */
  #leftOutGroup(items) {
    const [{ path, folder, reason }] = /** @type {[LeftOut]} */ (items);
    const name = nameOf(path);
    return el(
      'li',
      {},
      el(
        'details',
        {},
        el(
          'summary',
          {},
          el('code', {}, folder ? `${name}/` : name),
          ' ',
          el('span', { className: 'muted' }, prose(strings.inFolders(items.length, reason))),
        ),
        el(
          'ul',
          { className: 'plain' },
          items.map((item) => this.#leftOutItem(item)),
        ),
      ),
    );
  }

  /** @param {LeftOut} item */
  #leftOutItem({ path, folder, size, reason, canInclude }) {
    return el(
      'li',
      { className: 'left-out' },
      el(
        'span',
        {},
        el('code', {}, folder ? `${path}/` : path),
        ' ',
        el('span', { className: 'muted' }, prose(size === null ? reason : `${strings.size(size)}, ${reason}`)),
      ),
      canInclude && button(strings.includeAnyway(path), () => emit(this.element, 'include', path)),
    );
  }

  /**
   * @param {ListedFile[]} files
   * @param {Set<string>} shown  What can be opened.
   */
  #showPlain(files, shown) {
    this.#tree.removeAttribute('role');
    fill(
      this.#tree,
      files.map((file) => {
        const content = label(file.folder ? `${file.path}/` : file.path, file);
        if (this.#own.has(file.path))
          return el('li', { className: 'left-out' }, el('span', {}, content), this.#leaver(file));
        if (!shown.has(file.path)) return el('li', {}, content);
        const open = button('', () => emit(this.element, 'open', file.path), { className: 'link' });
        open.append(...content);
        return el('li', {}, open);
      }),
    );
  }

  /** @param {ListedFile} file */
  #leaver({ path }) {
    return button(strings.leaveOut, () => this.#exclude(path), { 'aria-label': strings.leaveOutPath(path) });
  }

  #plainButtons() {
    return this.#tree.getAttribute('role') === 'tree' ? [] : [...this.#tree.querySelectorAll('button')];
  }

  /** @param {string} path */
  #exclude(path) {
    const own = this.#own.get(path);
    if (own !== undefined) emit(this.element, 'exclude', own);
  }

  /** For the file of the tree that was last gone to. */
  #offerLeaveOut() {
    const offered = this.#tree.getAttribute('role') === 'tree' && this.#own.has(this.#current);
    this.#leaveOutRow.hidden = !offered;
    this.#leaveOut.textContent = offered ? strings.leaveOutPath(this.#current) : '';
  }

  /** @param {TreeNode} top */
  #showTree(top) {
    this.#tree.setAttribute('role', 'tree');
    const children = sorted(top);
    // One folder alone is opened at once.
    if (children.length === 1 || this.#expanded.size === 0) {
      for (const child of children.slice(0, 8))
        if (child.folder && child.children.size <= 40) this.#expanded.add(child.path);
    }
    fill(
      this.#tree,
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
    if (node.folder && node.children.size > 0) this.#setExpanded(item, this.#expanded.has(node.path));
    return row;
  }

  /**
   * @param {HTMLElement} item
   * @param {boolean} open
   */
  #setExpanded(item, open) {
    const node = this.#nodes.get(item);
    if (!node || node.children.size === 0) return;
    item.setAttribute('aria-expanded', String(open));
    if (open) this.#expanded.add(node.path);
    else this.#expanded.delete(node.path);
    item.nextElementSibling?.remove();
    item.removeAttribute('aria-owns');
    if (!open) return;
    // Made only when opened: a tree may have thousands of files.
    const level = Number(item.getAttribute('aria-level')) + 1;
    const children = sorted(node);
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
    return [...this.#tree.querySelectorAll('[role=treeitem]')].map((item) => /** @type {HTMLElement} */ (item));
  }

  /** @param {HTMLElement | undefined} item */
  #focus(item) {
    if (!item) return;
    for (const other of this.#items()) other.tabIndex = other === item ? 0 : -1;
    this.#current = this.#nodes.get(item)?.path ?? '';
    this.#offerLeaveOut();
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
      Delete: () => this.#exclude(this.#current),
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
 * The files of an application that are packed as they are, and where each lies in what was added.
 * @param {Report} report
 * @returns {Map<string, string>}
 */
function ownFiles({ files, shown, input, package: { appFolder } }) {
  const written = new Set(shown.map(({ path }) => path));
  const own = new Map();
  if (input.kind !== 'application') return own; // a package is checked as it is
  for (const { path, folder, state } of files) {
    if (folder || state === 'new' || written.has(path) || !path.startsWith(`${appFolder}/`)) continue;
    const inside = path.slice(appFolder.length + 1);
    own.set(path, input.root ? `${input.root}/${inside}` : inside);
  }
  return own;
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/**
 * What has one name and one reason, in the order of the first of each.
 * @param {LeftOut[]} leftOut
 */
function groupsOf(leftOut) {
  /** @type {Map<string, LeftOut[]>} */
  const groups = new Map();
  for (const item of leftOut) {
    const key = JSON.stringify([nameOf(item.path), item.reason]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
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
 * @param {{ size: number, state: ListedFile['state'], folder: boolean }} file
 */
function label(name, { size, state, folder }) {
  return [
    el('span', { className: 'name' }, name),
    ' ',
    el(
      'span',
      { className: 'muted' },
      [!folder && strings.size(size), strings.state[state]].filter(Boolean).join(', '),
    ),
  ];
}

/**
 * @param {ListedFile[]} files
 * @returns {TreeNode}
 */
function makeTree(files) {
  /** @type {TreeNode} */
  const top = { name: '', path: '', folder: true, size: 0, state: 'input', children: new Map() };
  for (const { path, folder, size, state } of files) {
    let node = top;
    const names = path.split('/').filter(Boolean);
    for (const [index, name] of names.entries()) {
      const last = index === names.length - 1;
      let child = node.children.get(name);
      if (!child) {
        const isFolder = !last || folder;
        child = {
          name,
          path: names.slice(0, index + 1).join('/'),
          folder: isFolder,
          size: last ? size : 0,
          state: last ? state : 'input',
          children: new Map(),
        };
        node.children.set(name, child);
      }
      node = child;
    }
  }
  return top;
}

/**
 * Folders first.
 * @param {TreeNode} node
 */
const sorted = ({ children }) =>
  [...children.values()].sort((a, b) => Number(b.folder) - Number(a.folder) || (a.name < b.name ? -1 : 1));
