// @ts-check
// What a person does with their own hands: failures are shown, not thrown, and the focus goes where they go on.

import { scriptsOf } from './core/additions.js';
import { rememberRules } from './core/ignored.js';
import { moved } from './core/moved.js';
import { Saver, askWhere, writeTo } from './core/saver.js';
import { changesBetween } from './ui/changes.js';
import { strings } from './ui/strings.js';

/**
 * @import { Answers, CheckOptions, Finished, Report } from 'core'
 * @import { Input } from './core/inputs.js'
 * @import { Packager } from './core/packager.js'
 * @import { PackageChanges } from './ui/changes.js'
 * @import { ReportFormat } from './ui/report-menu.js'
 * @import { Screens, State } from './ui/screens.js'
 * @typedef {{ rule: string, code: string }} OfRule
 */

/**
 * The one who owns the state.
 * @typedef {object} Owner
 * @property {Packager} packager
 * @property {Screens} screens
 * @property {State} state
 * @property {Report | null} report
 * @property {Finished | null} finished
 * @property {(input: Input) => Promise<Report>} add
 * @property {() => void} prepare
 * @property {(work: () => Promise<Report>) => Promise<Report>} change
 * @property {() => Promise<{ blob: Blob, name: string }>} write
 * @property {(path: string, text: string | null) => void} setText
 * @property {() => void} reset
 * @property {() => void} stopWriting
 * @property {(work: Promise<unknown>) => void} quietly  Failures were shown and sent already.
 */

/** One deed for each event of a widget; `wire` says which. */
export class Deeds {
  #owner;
  #saver = new Saver();
  #reportSaver = new Saver();

  /** @param {Owner} owner */
  constructor(owner) {
    this.#owner = owner;
  }

  /** Lets go of what was saved. */
  release() {
    this.#saver.release();
    this.#reportSaver.release();
  }

  prepare() {
    this.#owner.prepare();
  }

  /** @param {Input} input */
  add(input) {
    const { packager, add, quietly } = this.#owner;
    const scripts = packager.takesMore ? scriptsOf(input) : []; // at once: a drop is empty afterwards
    quietly(add(input).then(() => this.#owner.screens.focusResult(scripts)));
  }

  /** @param {string} path  Of a file that was added on top. */
  remove(path) {
    const { packager, change, quietly } = this.#owner;
    quietly(change(() => packager.removeAdded(path)));
  }

  /** @param {Answers} answers */
  answer(answers) {
    const { packager } = this.#owner;
    packager.answers = { ...packager.answers, ...answers };
    this.#check();
  }

  /** @param {string} path */
  include(path) {
    this.answer(moved(this.#owner.packager.answers, 'includes', 'excludes', path));
  }

  /** @param {string} path */
  exclude(path) {
    this.answer(moved(this.#owner.packager.answers, 'excludes', 'includes', path));
  }

  /** @param {CheckOptions['profile']} profile */
  profile(profile) {
    const { packager } = this.#owner;
    packager.options = { ...packager.options, profile };
    this.#check();
  }

  #check() {
    const { packager, change, quietly } = this.#owner;
    quietly(change(() => packager.check()));
  }

  /** @param {{ path: string, text: string | null }} edit */
  edit({ path, text }) {
    this.#owner.setText(path, text);
  }

  /** @param {{ id: string, title: string }} fix */
  fix({ id, title }) {
    const work = () => this.#owner.packager.fix(id);
    this.#mend(work, () => strings.fixed(title), true);
  }

  fixAll() {
    let count = 0;
    const work = async () => {
      const { fixed, report } = await this.#owner.packager.fixSafely();
      count = fixed;
      return report;
    };
    this.#mend(work, () => strings.fixedMany(count), true);
  }

  undo() {
    const work = () => this.#owner.packager.undo();
    this.#mend(work, () => strings.undone, false);
  }

  /** @param {{ id: string, show: (changes: PackageChanges) => void }} fix */
  review({ id, show }) {
    const { packager, report: before, quietly } = this.#owner;
    quietly(packager.preview(id).then((after) => before && show(changesBetween(before, after))));
  }

  /** @param {OfRule} rule */
  ignore({ rule, code }) {
    this.#turnOff([...this.#without(rule), rule], strings.ignoring(code));
  }

  /** @param {OfRule} rule */
  showAgain({ rule, code }) {
    this.#turnOff(this.#without(rule), strings.shownAgain(code));
  }

  /** Everything that can be mended without asking, and the mended copy. */
  correct() {
    this.#owner.quietly(this.#correct());
  }

  save() {
    this.#owner.quietly(this.#save());
  }

  saveAgain() {
    this.#saver.again();
  }

  /** Saves where the person says, without a copy on the way. */
  saveTo() {
    this.#owner.quietly(this.#saveTo());
  }

  /** @param {ReportFormat} format */
  saveReport(format) {
    this.#owner.quietly(this.#saveReport(format));
  }

  cancel() {
    const { screens, state, stopWriting } = this.#owner;
    if (state !== 'writing') return this.startOver(strings.stopped);
    stopWriting();
    screens.say(strings.stoppedWriting);
    screens.save.focus();
  }

  /** @param {string | null} text */
  startOver(text) {
    const { screens, reset } = this.#owner;
    reset();
    screens.drop.focus();
    if (text !== null) screens.say(text);
  }

  /**
   * @param {() => Promise<Report>} work
   * @param {() => string} text
   * @param {boolean} canUndo
   */
  #mend(work, text, canUndo) {
    const { screens, change, quietly } = this.#owner;
    const { problems } = screens;
    const { place } = problems;
    quietly(
      change(work).then((report) => {
        if (report !== this.#owner.report) return; // something newer is shown
        problems.notice(text(), canUndo);
        problems.focus(place);
        screens.say(text());
      }),
    );
  }

  /** The rules that are off, without one. @param {string} rule */
  #without(rule) {
    return this.#owner.packager.ignored.filter((other) => other !== rule);
  }

  /**
   * @param {string[]} rules  Those that are off, and no others.
   * @param {string} text
   */
  #turnOff(rules, text) {
    const { packager } = this.#owner;
    packager.ignored = rules;
    rememberRules(rules);
    this.#mend(
      () => packager.check(),
      () => text,
      false,
    );
  }

  async #correct() {
    const { packager, screens, change } = this.#owner;
    let count = 0;
    await change(async () => {
      const { fixed, report } = await packager.fixSafely();
      count = fixed;
      return report;
    });
    screens.problems.notice(strings.fixedMany(count), count > 0);
    await this.#save();
  }

  async #save() {
    const { screens, state, write } = this.#owner;
    if (state === 'writing') return;
    const { blob, name } = await write();
    this.#saver.save(blob, name);
    screens.say(strings.saved(name));
  }

  async #saveTo() {
    const { screens, state, report, write } = this.#owner;
    if (state === 'writing' || !report) return;
    const where = await askWhere(report.package.name);
    if (where === 'unable') return this.#save();
    if (where === 'nowhere') return;
    const { blob } = await write();
    await writeTo(blob, where);
    screens.say(strings.saved(where.name));
  }

  /** @param {ReportFormat} format */
  async #saveReport(format) {
    const { packager, report, finished } = this.#owner;
    const name = `${report?.package.name.replace(/\.zip$/i, '')}-report`;
    const text =
      format === 'json'
        ? `${JSON.stringify(await packager.reportForOthers(), null, 2)}\n`
        : await packager.render(format, finished);
    const { file, type } = strings.formats[format];
    this.#reportSaver.save(new Blob([text], { type }), `${name}${file}`);
  }
}
