// @ts-check

/**
 * @import { Answers } from 'core'
 */

/**
 * A path in one list of the answers and no longer in the other. What only leaves the other is decided
 * again as if nobody had said anything.
 * @param {Answers} answers
 * @param {'includes' | 'excludes'} to
 * @param {'includes' | 'excludes'} from
 * @param {string} path
 * @returns {Answers}
 */
export function moved(answers, to, from, path) {
  const left = answers[from]?.filter((other) => other !== path);
  const was = left !== undefined && left.length < (answers[from]?.length ?? 0);
  return was ? { [from]: left } : { [to]: [...(answers[to] ?? []), path] };
}
