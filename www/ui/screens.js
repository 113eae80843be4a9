// @ts-check
// The widgets on their places. Wires no work: every event goes to the one who owns the state.

import { DependencyView } from './dependency-view.js';
import { DetectionView } from './detection-view.js';
import { DropZone } from './drop-zone.js';
import { button, detailOf, el, emit, fill, newId, prose } from './dom.js';
import { ExtrasView } from './extras-view.js';
import { FileList } from './file-list.js';
import { FileView } from './file-view.js';
import { ParameterForm } from './parameter-form.js';
import { ProblemList, summaryOf } from './problem-list.js';
import { ProgressView } from './progress-view.js';
import { SamplesMenu } from './samples-menu.js';
import { SaveBar } from './save-bar.js';
import { SECRET_RULES } from './secrets.js';
import { strings } from './strings.js';
import { Tabs } from './tabs.js';

/**
 * @import { Report, Verified } from 'core'
 * @import { Skipped } from '../core/walk.js'
 * @typedef {'empty' | 'reading' | 'checked' | 'writing' | 'done' | 'failed'} State
 */

const PROBLEMS = 'problems';
const FORM = 'install-form';
const EXTRAS = 'extras';

/** Everything that is seen. Sends `edit` {path, text}; the widgets send the rest. */
export class Screens {
  samples = new SamplesMenu();
  drop = new DropZone(this.samples.element);
  progress = new ProgressView();
  detection = new DetectionView();
  dependencies = new DependencyView();
  problems = new ProblemList();
  form = new ParameterForm();
  extras = new ExtrasView();
  files = new FileList();
  save = new SaveBar();
  #tabs = new Tabs(strings.details);
  /** @type {Map<string, FileView>} */
  #views = new Map();
  #status = el('div', { role: 'status', className: 'visually-hidden' });
  #alert = el('div', { role: 'alert', className: 'failure' });
  #addHeading = el('h2', { id: newId('add') }, strings.add);
  #reading = el('section', { 'aria-label': strings.reading(''), hidden: true }, this.progress.element);
  #verified = el('p', { className: 'muted', hidden: true });
  #resultHeading = el('h2', { id: newId('result'), tabIndex: -1 }, strings.check);
  #result;
  #saving;
  #again = button(strings.addAnother, () => emit(this.element, 'reset'));
  element;

  constructor() {
    const saveHeading = el('h2', { id: newId('save') }, strings.save);
    this.#result = el(
      'section',
      { 'aria-labelledby': this.#resultHeading.id, hidden: true },
      el('div', { className: 'row' }, this.#resultHeading, this.#again),
      this.detection.element,
      this.dependencies.element,
      this.#verified,
      el('div', { className: 'columns' }, this.files.element, this.#tabs.element),
    );
    this.#saving = el('section', { 'aria-labelledby': saveHeading.id, hidden: true }, saveHeading, this.save.element);
    this.element = el(
      'div',
      { className: 'packager', 'data-state': 'empty', part: 'packager' },
      el('section', { 'aria-labelledby': this.#addHeading.id }, this.#addHeading, this.drop.element),
      this.#reading,
      this.#alert,
      this.#result,
      this.#saving,
      this.#status,
    );
    this.progress.element.addEventListener('say', (event) => this.say(detailOf(event)));
    this.detection.server.element.addEventListener('say', (event) => this.say(detailOf(event)));
    this.dependencies.element.addEventListener('say', (event) => this.say(detailOf(event)));
    this.save.element.addEventListener('say', (event) => this.say(detailOf(event)));
    this.save.element.addEventListener('secrets', () => {
      this.#tabs.select(PROBLEMS);
      this.problems.focusRule(SECRET_RULES);
    });
    for (const { element } of [this.problems, this.form, this.files]) {
      element.addEventListener('open', (event) => this.#openFile(detailOf(event)));
    }
  }

  /** @param {State} state */
  set state(state) {
    this.element.dataset.state = state;
    this.#reading.hidden = state !== 'reading' && state !== 'writing';
    this.save.busy = state === 'writing';
    if (state === 'empty') this.#clear();
  }

  /** @param {'package' | 'check' | 'both'} mode */
  set mode(mode) {
    this.#addHeading.textContent = mode === 'check' ? strings.addPackage : strings.add;
    this.drop.checkOnly = mode === 'check';
  }

  /** @param {Report | null} report */
  set report(report) {
    this.#result.hidden = report === null;
    this.#saving.hidden = report === null;
    if (!report) return;
    this.detection.report = report;
    this.dependencies.report = report;
    this.problems.report = report;
    this.form.report = report;
    this.extras.report = report;
    this.files.report = report;
    this.save.report = report;
    const shown = report.shown.map((file) => {
      const view = this.#views.get(file.path) ?? this.#makeView(file.path);
      view.shown = file;
      return { key: file.path, title: file.path.split('/').at(-1) ?? file.path, panel: view.element };
    });
    const count = report.diagnostics.length;
    const form = { key: FORM, title: strings.installForm, panel: this.form.element };
    const extras = { key: EXTRAS, title: strings.extras.title, panel: this.extras.element };
    this.#tabs.tabs = [
      { key: PROBLEMS, title: strings.problems(count), panel: this.problems.element },
      ...(report.parameters.length > 0 ? [form] : []),
      ...(report.package.appFolder !== '' && report.form !== null ? [extras] : []),
      ...shown,
    ];
    this.say(strings.finished(summaryOf(report.counts)));
  }

  /** @param {Verified} verified  How far the check of every byte is. */
  set verified({ done, files, totalFiles, damaged }) {
    this.#verified.hidden = false;
    this.#verified.textContent = !done
      ? strings.verifying(files, totalFiles)
      : damaged > 0
        ? strings.damaged(damaged)
        : strings.whole;
  }

  /** @param {Skipped[]} unreadable */
  set unreadable(unreadable) {
    if (unreadable.length > 0) this.fail(strings.unreadable(unreadable.map(({ path }) => path)));
  }

  /** @param {string} text  For those who listen. */
  say(text) {
    this.#status.textContent = text.replaceAll('`', '');
  }

  /** @param {string | null} message */
  fail(message) {
    fill(this.#alert, message !== null && [el('strong', {}, strings.failed), ' ', ...prose(message)]);
  }

  /** @param {string[]} [scripts]  Those that were added now: the person says what runs them. */
  focusResult(scripts = []) {
    this.#resultHeading.focus();
    if (scripts.length === 0) return;
    this.#tabs.select(EXTRAS);
    this.extras.scripts.focus(scripts);
  }

  /** Sends what is being typed without waiting for a rest. */
  flush() {
    for (const view of this.#views.values()) view.flush();
  }

  /** Stops timers. */
  release() {
    for (const view of this.#views.values()) view.release();
  }

  #clear() {
    this.release();
    this.#views.clear();
    this.#tabs.tabs = [];
    this.files.clear();
    this.detection.clear();
    this.dependencies.clear();
    this.extras.clear();
    this.#verified.hidden = true;
    this.problems.notice(null);
    this.report = null;
  }

  /** @param {string} path */
  #makeView(path) {
    const view = new FileView(path);
    view.element.addEventListener('edit', (event) => emit(this.element, 'edit', { path, text: detailOf(event) }));
    view.element.addEventListener('ask', (event) => this.#ask(path, detailOf(event)));
    this.#views.set(path, view);
    return view;
  }

  /**
   * @param {string} path
   * @param {string} match
   */
  #ask(path, match) {
    this.#tabs.select(EXTRAS);
    this.extras.ask.askFor(path.slice(path.indexOf('/') + 1), match);
  }

  /** @param {string} path */
  #openFile(path) {
    if (!this.#views.has(path)) return;
    this.#tabs.select(path);
    this.#tabs.focus();
  }
}
