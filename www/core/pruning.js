// @ts-check
// Which folders are left out before they are entered, and which are entered all the same.

/**
 * The reason that a table of names gives. Names compare as Windows compares them.
 * @param {Record<string, string>} table
 * @param {string} name
 * @returns {string | undefined}
 */
export function reasonFor(table, name) {
  let reasons = lowered.get(table);
  if (!reasons) {
    reasons = new Map(Object.entries(table).map(([known, reason]) => [known.toLowerCase(), reason]));
    lowered.set(table, reasons);
  }
  return reasons.get(name.toLowerCase());
}

/** Tables are asked for every file. @type {WeakMap<Record<string, string>, Map<string, string>>} */
const lowered = new WeakMap();

/**
 * The reason that a marker among the files of a folder gives. Where somebody's own modules lie beside
 * it, the folder is the application's as well: the core takes out what is not.
 * @param {Record<string, string>} markers
 * @param {string[]} names  Of the files directly in the folder.
 * @returns {string | undefined}
 */
export function markerReason(markers, names) {
  const reason = names.map((name) => reasonFor(markers, name)).find((found) => found !== undefined);
  return reason !== undefined && names.some((name) => name.toLowerCase().endsWith('.py')) ? undefined : reason;
}

/**
 * How much of a file or folder somebody asked for; `part` when only something in it was.
 * @param {readonly string[] | undefined} includes  Paths, or names with `*` in them.
 * @param {string} path
 * @returns {'all' | 'part' | null}
 */
export function asked(includes, path) {
  let part = false;
  for (const include of includes ?? []) {
    const wanted = include.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    if (wanted !== '' && isMeant(wanted, path)) return 'all';
    part ||= leadsTo(wanted, path);
  }
  return part ? 'part' : null;
}

/**
 * Whether a path or a folder above it is meant.
 * @param {string} wanted
 * @param {string} path
 */
function isMeant(wanted, path) {
  if (!wanted.includes('*')) return path === wanted || path.startsWith(`${wanted}/`);
  const parts = wanted.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's');
  const names = path.split('/');
  return names.some((name, index) => pattern.test(wanted.includes('/') ? names.slice(0, index + 1).join('/') : name));
}

/**
 * Whether what is wanted may lie in a folder. A name without a folder counts everywhere, but is no
 * reason to search what is left out.
 * @param {string} wanted
 * @param {string} folder
 */
function leadsTo(wanted, folder) {
  const star = wanted.indexOf('*');
  if (star < 0) return wanted.startsWith(`${folder}/`);
  const fixed = wanted.slice(0, wanted.lastIndexOf('/', star) + 1);
  return fixed !== '' && (fixed.startsWith(`${folder}/`) || `${folder}/`.startsWith(fixed));
}
