// @ts-check
// One level of the tree of files. There may be a hundred thousand of them: what lies deeper is passed in few steps.

/**
 * @import { Report } from 'core'
 * @typedef {Report['files'][number]} ListedFile
 * @typedef {{ from: number, to: number }} Range  Of the files of a report: `to` is the first that is not in it.
 * @typedef {Range & { name: string, path: string, folder: boolean, size: number, state: ListedFile['state'], wheel?: string }} TreeNode
 *   `from` and `to`: everything below it
 */

/**
 * What lies directly in a folder, folders first.
 * @param {ListedFile[]} files  In tree order: a folder right before what it holds.
 * @param {Range} inside  Everything below the folder.
 * @param {string} [folder]  Nothing: the top.
 * @returns {TreeNode[]}
 */
export function levelOf(files, { from, to }, folder = '') {
  const start = folder === '' ? 0 : folder.length + 1;
  /** @type {TreeNode[]} */
  const level = [];
  for (let at = from; at < to; at = level.at(-1)?.to ?? to) {
    const file = /** @type {ListedFile} */ (files[at]);
    const end = file.path.indexOf('/', start);
    const own = end < 0;
    const path = own ? file.path : file.path.slice(0, end);
    const inside = { from: own ? at + 1 : at, to };
    inside.to = endOf(files, inside, `${path}/`);
    level.push({
      ...inside,
      name: path.slice(start),
      path,
      folder: !own || file.folder || inside.to > inside.from,
      size: own ? file.size : 0,
      state: own ? file.state : 'input',
      wheel: own ? file.wheel : undefined,
    });
  }
  return level.sort((a, b) => Number(b.folder) - Number(a.folder) || (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/**
 * The first file whose path does not begin so.
 * @param {ListedFile[]} files
 * @param {Range} range
 * @param {string} prefix
 */
function endOf(files, { from, to }, prefix) {
  if (!files[from]?.path.startsWith(prefix)) return from; // as of every file
  while (from < to) {
    const middle = (from + to) >> 1;
    if (files[middle]?.path.startsWith(prefix)) from = middle + 1;
    else to = middle;
  }
  return from;
}
