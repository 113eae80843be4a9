// @ts-check
// Taking turns with whoever else uses a thread.

/** When others had the last turn. */
let rested = 0;

/** Lets the page do what waits; a timer would be slowed down to 4 ms. */
export function turn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      rested = performance.now();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** How long a thread is taken before others have it again. */
const TURN_MS = 12;
/** So many are sorted at once. */
const SORTED_AT_ONCE = 4096;

/** Gives others their turn when it is time. */
export async function turnIfDue() {
  if (performance.now() - rested >= TURN_MS) await turn();
}

/**
 * Does something with each of many, and lets the page do what waits in between.
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => void} act
 * @param {() => void} [rest]  Before others have their turn.
 */
export async function each(items, act, rest) {
  for (const item of items) {
    act(item);
    // What came before in the same task counts too.
    if (performance.now() - rested < TURN_MS) continue;
    rest?.();
    await turn();
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
    const longer = [];
    for (let index = 0; index < runs.length; index += 2) {
      /** @type {T[]} */
      const both = [];
      await each(merged(runs[index] ?? [], runs[index + 1] ?? [], compare), (item) => both.push(item));
      longer.push(both);
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

/**
 * Two lists that are in order, as one.
 * @template T
 * @param {T[]} one
 * @param {T[]} other
 * @param {(a: T, b: T) => number} compare
 * @returns {Iterable<T>}
 */
function* merged(one, other, compare) {
  let next = 0;
  for (const item of one) {
    for (let before = other[next]; before !== undefined && compare(before, item) < 0; before = other[next]) {
      yield before;
      next += 1;
    }
    yield item;
  }
  yield* other.slice(next);
}
