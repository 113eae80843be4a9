// @ts-check
import { button, detailOf, el, emit, fill, newId } from './dom.js';
import { FileTree, label } from './file-tree.js';
import { LeftOutList } from './left-out-list.js';
import { strings } from './strings.js';

/**
 * @import { Answers, Report } from 'core'
 * @import { ListedFile } from './file-tree.js'
 */

/** Shorter lists need no tree. */
const PLAIN_BELOW = 8;

/** What the package holds and what it does not: sends `open`, `include` and `exclude` with a path, and `answer`. */
export class FileList {
  #heading = el('h3', { id: newId('files') });
  #tree = new FileTree(this.#heading.id);
  #plain = el('ul', { className: 'plain', 'aria-labelledby': this.#heading.id, hidden: true });
  /** Beside the tree: an item of a tree holds no button. */
  #leaveOut = button('', () => this.#exclude(this.#tree.current));
  #leaveOutRow = el('p', { className: 'row', hidden: true }, this.#leaveOut);
  #leftOut = new LeftOutList();
  /** @type {Map<string, string>} what can be left out, and its path in what was added */
  #own = new Map();
  element = el(
    'div',
    { className: 'files' },
    this.#heading,
    this.#tree.element,
    this.#plain,
    this.#leaveOutRow,
    this.#leftOut.element,
  );

  constructor() {
    const tree = this.#tree.element;
    tree.addEventListener('open', (event) => emit(this.element, 'open', detailOf(event)));
    tree.addEventListener('leave-out', (event) => this.#exclude(detailOf(event)));
    tree.addEventListener('current', () => this.#offerLeaveOut());
    for (const type of ['include', 'answer'])
      this.#leftOut.element.addEventListener(type, (event) => emit(this.element, type, detailOf(event)));
  }

  /** @param {Report} report */
  set report(report) {
    const { files, shown } = report;
    this.#own = ownFiles(report);
    this.#heading.textContent = strings.filesInPackage(files.reduce((sum, file) => sum + file.size, 0));
    const inside = [this.#tree.element, this.#plain, this.#leaveOutRow];
    const focused = inside.some((part) => part.matches(':focus-within'));
    const place = this.#tree.place;
    const pressed = this.#plainButtons().findIndex((one) => one.matches(':focus'));
    this.#plain.hidden = files.length >= PLAIN_BELOW;
    this.#tree.element.hidden = !this.#plain.hidden;
    this.#tree.files = this.#plain.hidden ? files : [];
    this.#showPlain(this.#plain.hidden ? [] : files, new Set(shown.map(({ path }) => path)));
    this.#offerLeaveOut();
    // The row that had the focus may be gone: the next one takes it.
    const kept = !this.#leaveOutRow.hidden && inside.some((part) => part.matches(':focus-within'));
    if (focused && this.#plain.hidden && !kept) this.#tree.focus(place);
    if (pressed >= 0) (this.#plainButtons()[pressed] ?? this.#plainButtons().at(-1))?.focus();
    this.#leftOut.report = report;
  }

  /** @param {Answers} answers */
  set answers(answers) {
    this.#leftOut.answers = answers;
  }

  /** Forgets what was opened. */
  clear() {
    this.#tree.clear();
    this.#own.clear();
    this.#offerLeaveOut();
    this.#leftOut.clear();
  }

  /**
   * @param {ListedFile[]} files
   * @param {Set<string>} shown  What can be opened.
   */
  #showPlain(files, shown) {
    fill(
      this.#plain,
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
    return this.#plain.hidden ? [] : [...this.#plain.querySelectorAll('button')];
  }

  /** @param {string} path */
  #exclude(path) {
    const own = this.#own.get(path);
    if (own !== undefined) emit(this.element, 'exclude', own);
  }

  /** For the file of the tree that was last gone to. */
  #offerLeaveOut() {
    const { current } = this.#tree;
    const offered = !this.#tree.element.hidden && this.#own.has(current);
    this.#leaveOutRow.hidden = !offered;
    this.#leaveOut.textContent = offered ? strings.leaveOutPath(current) : '';
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
  for (const { path, folder, state, wheel } of files) {
    if (folder || wheel !== undefined || state === 'new' || written.has(path) || !path.startsWith(`${appFolder}/`))
      continue;
    const inside = path.slice(appFolder.length + 1);
    own.set(path, input.root ? `${input.root}/${inside}` : inside);
  }
  return own;
}
