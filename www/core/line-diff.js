// @ts-check
// What changed between two texts, line by line.

/**
 * @typedef {{ kind: 'same' | 'removed' | 'added', text: string }} DiffLine
 */

/** Above this many comparisons the middle is shown as replaced. */
const MOST_CELLS = 4_000_000;

/**
 * @param {string} before
 * @param {string} after
 * @returns {DiffLine[]}
 */
export function lineDiff(before, after) {
  const old = lines(before);
  const now = lines(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let oldEnd = old.length;
  let nowEnd = now.length;
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  return [
    ...mark('same', old.slice(0, start)),
    ...middle(old.slice(start, oldEnd), now.slice(start, nowEnd)),
    ...mark('same', old.slice(oldEnd)),
  ];
}

/**
 * Keeps the longest common run of lines.
 * @param {string[]} old
 * @param {string[]} now
 * @returns {DiffLine[]}
 */
function middle(old, now) {
  if (old.length * now.length > MOST_CELLS) return [...mark('removed', old), ...mark('added', now)];
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const cell = (/** @type {number} */ i, /** @type {number} */ j) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === now[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  /** @type {DiffLine[]} */
  const out = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      out.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (cell(i + 1, j) >= cell(i, j + 1)) out.push({ kind: 'removed', text: old[i++] ?? '' });
    else out.push({ kind: 'added', text: now[j++] ?? '' });
  }
  return [...out, ...mark('removed', old.slice(i)), ...mark('added', now.slice(j))];
}

/**
 * @param {DiffLine['kind']} kind
 * @param {string[]} texts
 * @returns {DiffLine[]}
 */
const mark = (kind, texts) => texts.map((text) => ({ kind, text }));

/**
 * @param {string} text
 */
function lines(text) {
  const all = text.split(/\r\n|\r|\n/);
  if (all.at(-1) === '') all.pop(); // the end of the last line is not a line
  return all;
}
