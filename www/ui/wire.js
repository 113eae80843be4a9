// @ts-check
// Which event of which widget leads to which deed of the one who owns the state.

import { detailOf } from './dom.js';

/**
 * @import { Deeds } from '../deeds.js'
 * @import { Screens } from './screens.js'
 */

/**
 * @param {Screens} screens
 * @param {Deeds} deeds
 */
export function wire(screens, deeds) {
  const { drop, samples, progress, detection, dependencies, extras, problems, files, save } = screens;
  on(drop, 'add', (detail) => deeds.add(detail));
  on(samples, 'open', () => deeds.prepare());
  on(samples, 'sample', (sample) => deeds.add({ sample }));
  on(progress, 'cancel', () => deeds.cancel());
  for (const part of [detection, extras, files]) on(part, 'answer', (detail) => deeds.answer(detail));
  for (const part of [dependencies, extras]) on(part, 'remove', (detail) => deeds.remove(detail));
  on(detection, 'profile', (detail) => deeds.profile(detail));
  on(files, 'include', (detail) => deeds.include(detail));
  on(files, 'exclude', (detail) => deeds.exclude(detail));
  on(screens, 'edit', (detail) => deeds.edit(detail));
  on(screens, 'reset', () => deeds.startOver(null));
  on(problems, 'fix', (detail) => deeds.fix(detail));
  on(problems, 'fix-all', () => deeds.fixAll());
  on(problems, 'undo', () => deeds.undo());
  on(problems, 'review', (detail) => deeds.review(detail));
  on(problems, 'correct', () => deeds.correct());
  on(problems, 'ignore', (detail) => deeds.ignore(detail));
  on(problems, 'show-again', (detail) => deeds.showAgain(detail));
  on(save, 'save', () => deeds.save());
  on(save, 'save-to', () => deeds.saveTo());
  on(save, 'again', () => deeds.saveAgain());
  on(save.reports, 'report', (detail) => deeds.saveReport(detail));
}

/**
 * @param {{ element: Element }} widget
 * @param {string} type
 * @param {(detail: any) => void} listener
 */
const on = ({ element }, type, listener) => element.addEventListener(type, (event) => listener(detailOf(event)));
