// @ts-check
// Which problems are about secrets: nothing is saved before they were pointed out.

/**
 * @import { Report } from 'core'
 */

/** The rules, by id. */
export const SECRET_RULES = ['layout/secret', 'layout/written-secret', 'layout/database-with-data'];

/**
 * The files that hold secrets, each once.
 * @param {Report} report
 */
export const filesWithSecrets = ({ diagnostics }) => [
  ...new Set(
    diagnostics
      .filter(({ rule, severity }) => SECRET_RULES.includes(rule) && severity !== 'note')
      .map(({ file }) => file),
  ),
];
