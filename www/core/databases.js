// @ts-check
// What the answers say of the scripts for databases, after a person chose something. The page edits only a part of an
// answer: the rest of it, which the one who embeds the page may have given, stays.

/**
 * @import { Answers } from 'core'
 * @typedef {NonNullable<Answers['databases']>[number]} Database
 */

/**
 * One script gets what runs it, or nothing. A script that is new takes the key that is typed.
 * @param {Database[]} databases
 * @param {string} script
 * @param {string} engine
 * @param {string} setting
 * @returns {Database[]}
 */
export function chosen(databases, script, engine, setting) {
  if (engine !== 'SQL' && engine !== 'MySQL') return databases.filter((own) => own.script !== script);
  if (databases.some((own) => own.script === script))
    return databases.map((own) => (own.script === script ? { ...own, engine } : own));
  return [...databases, { script, engine, setting: setting || undefined }];
}

/**
 * The key that is typed takes the place of the one that was shown, which is the first; a script with another keeps it.
 * @param {Database[]} databases
 * @param {string} setting
 * @returns {Database[]}
 */
export function named(databases, setting) {
  const before = shownSetting(databases);
  return databases.map((own) => ((own.setting ?? '') === before ? { ...own, setting: setting || undefined } : own));
}

/**
 * The key that is shown for all of them.
 * @param {Database[]} databases
 */
export const shownSetting = (databases) => databases.find(({ setting }) => setting)?.setting ?? '';
