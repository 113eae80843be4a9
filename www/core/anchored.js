// @ts-check

/** How much of a line stands for the place of a value. */
const CONTEXT = 60;

/**
 * The expression of .NET that finds a value by what stands around it in its line, also when the value is another by
 * then: an installed application can be published again.
 * @param {string} text
 * @param {number} start  Of the value.
 * @param {number} end
 * @returns {string | null}  Null when nothing is chosen, or more than one line.
 */
export function anchored(text, start, end) {
  const value = text.slice(start, end);
  if (value.trim() === '' || /[\r\n]/.test(value)) return null;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trimStart();
  const after = text.slice(end).split(/\r?\n/, 1)[0] ?? '';
  if (before === '' && after.trim() === '') return escaped(value); // the line has nothing to find it by
  const quote = /^["']/.exec(after)?.[0];
  const ends = quote ?? (after.trim() === '' ? '' : (after[0] ?? ''));
  const inside =
    ends === '' || /[\w\s]/.test(ends) ? escaped(value) : `[^${/[\]^\\]/.test(ends) ? `\\${ends}` : ends}\\r\\n]*`;
  const left = before === '' ? '' : `(?<=${escaped(before.slice(-CONTEXT))})`;
  const right = ends === '' ? '' : `(?=${escaped(ends)})`;
  return `${left}${inside}${right}`;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|#]/g, '\\$&');
