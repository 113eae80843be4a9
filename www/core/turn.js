// @ts-check
// Taking turns with whoever else uses a thread.

/** Lets the page do what waits; a timer would be slowed down to 4 ms. */
export function turn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** How long a thread is taken before others have it again. */
const TURN_MS = 12;
/** So many are sorted at once. */
const SORTED_AT_ONCE = 4096;

/**
 * Does something with each of many, and lets the page do what waits in between.
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => void} act
 * @param {() => void} [rest]  Before others have their turn.
 */
export async function each(items, act, rest) {
  let began = performance.now();
  for (const item of items) {
    act(item);
    if (performance.now() - began < TURN_MS) continue;
    rest?.();
    await turn();
    began = performance.now();
  }
}

/**
 * As `toSorted`, with turns for others.
 * @template T
 * @param {T[]} items
 * @param {(a: T, b: T) => number} compare
 * @returns {Promise<T[]>}
 */
export async function sorted(items, compare) {
  /** @type {T[][]} */
  let runs = [];
  const starts = Array.from({ length: Math.ceil(items.length / SORTED_AT_ONCE) }, (_, index) => index * SORTED_AT_ONCE);
  await each(starts, (at) => runs.push(items.slice(at, at + SORTED_AT_ONCE).sort(compare)));
  while (runs.length > 1) {
    const merged = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

/**
 * @template T
 * @param {T[]} one
 * @param {T[]} other
 * @param {(a: T, b: T) => number} compare
 */
async function merge(one, other, compare) {
  /** @type {T[]} */
  const all = [];
  let next = 0;
  await each(one, (item) => {
    for (let before = other[next]; before !== undefined && compare(before, item) < 0; before = other[next]) {
      all.push(before);
      next += 1;
    }
    all.push(item);
  });
  await each(other.slice(next), (item) => all.push(item));
  return all;
}
