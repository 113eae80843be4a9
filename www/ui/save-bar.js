// @ts-check
import { button, el, emit } from './dom.js';
import { ReportMenu } from './report-menu.js';
import { filesWithSecrets } from './secrets.js';
import { strings } from './strings.js';

/**
 * @import { Report } from 'core'
 */

/**
 * Sends `save`, `save-to`, `again`, `secrets` to look at them, and `say` for those who listen; its menu sends `report`
 * with a format.
 */
export class SaveBar {
  reports = new ReportMenu();
  #save = button('', () => emit(this.element, 'save'), { className: 'primary' });
  /** Where the browser can write a file as it comes; elsewhere it saves a link. */
  #saveTo = button(strings.saveTo, () => emit(this.element, 'save-to'), {
    hidden: !Reflect.has(globalThis, 'showSaveFilePicker'),
  });
  #secretsText = el('span', { className: 'severity warning' });
  #lookAtThem = button(strings.lookAtThem, () => emit(this.element, 'secrets'));
  #secrets = el('p', { className: 'row', hidden: true }, this.#secretsText, this.#lookAtThem);
  #saved = el('span', {});
  #again = button(strings.saveAgain, () => emit(this.element, 'again'));
  #done = el('p', { className: 'row', hidden: true }, this.#saved, this.#again);
  #sum = el('code', {});
  #copy = button(strings.copy, () => this.#copySum(), { 'aria-label': `${strings.copy} ${strings.sha256}` });
  #sumRow = el(
    'p',
    { className: 'row', hidden: true },
    el('span', { className: 'label' }, strings.sha256),
    this.#sum,
    this.#copy,
  );
  element = el(
    'div',
    { className: 'save', part: 'save-bar' },
    this.#secrets,
    el('div', { className: 'row' }, this.#save, this.#saveTo, this.reports.element),
    this.#done,
    this.#sumRow,
  );

  /** @param {Report} report */
  set report(report) {
    const {
      package: { name },
      counts,
      files,
    } = report;
    const secrets = filesWithSecrets(report).length;
    this.#secrets.hidden = secrets === 0;
    this.#secretsText.textContent = `▲ ${strings.filesWithSecrets(secrets)}`;
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    this.#save.textContent =
      counts.errors > 0
        ? strings.saveAnyway(name, strings.errors(counts.errors))
        : strings.saveAs(name, strings.ofFiles(bytes));
    this.#done.hidden = true;
    this.#sumRow.hidden = true;
  }

  /** @param {{ blob: Blob, name: string }} built */
  set built({ blob, name }) {
    this.#save.textContent = strings.saveAs(name, strings.size(blob.size));
    this.#saved.textContent = strings.saved(name);
    this.#done.hidden = false;
    this.sha256 = null;
  }

  /** @param {string | null} sum  Of the package that was saved; nothing while it is computed. */
  set sha256(sum) {
    this.#sum.textContent = sum ?? strings.summing;
    this.#copy.hidden = sum === null;
    this.#sumRow.hidden = false;
  }

  /** @param {boolean} value */
  set busy(value) {
    // Not `disabled`, which would lose the focus.
    for (const one of [this.#save, this.#saveTo]) one.setAttribute('aria-disabled', String(value));
  }

  focus() {
    this.#save.focus();
  }

  async #copySum() {
    const text = this.#sum.textContent ?? '';
    try {
      await navigator.clipboard.writeText(text);
      emit(this.element, 'say', strings.copied);
    } catch {
      emit(this.element, 'say', strings.notCopied);
      getSelection()?.selectAllChildren(this.#sum);
    }
  }
}
