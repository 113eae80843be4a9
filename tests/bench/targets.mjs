// @ts-check
// What is to be reached, as ratios of one run, and whether it was.

/**
 * @typedef {Record<string, Record<string, number> | undefined>} Medians  contender -> figure -> median
 * @typedef {{ what: string, reached: number, wanted: number, least?: boolean }} Target  `least`: more is better
 */

/** @type {Record<string, { peer: number, zipjs?: number, floor: number, native: number, memory: number }>} */
const WANTED = {
  a: { peer: 3, zipjs: 10, floor: 1.4, native: 1, memory: 150e6 },
  b: { peer: 2, zipjs: 6, floor: 1.6, native: 1, memory: 300e6 },
  c: { peer: 4, floor: 1.6, native: 2.5, memory: 300e6 },
};

/** Peers that compress in the browser. */
const PEERS = ['littlezipper', 'fflate', 'zipjs', 'jszip'];

/**
 * @param {string} corpus
 * @param {Medians} medians
 * @returns {Target[]}
 */
export function targetsOf(corpus, medians) {
  const wanted = WANTED[corpus] ?? WANTED.a;
  const { product, ahead, floor, zip } = medians;
  if (!wanted || !product) return [];
  const time = (/** @type {Record<string, number> | undefined} */ of) => of?.milliseconds ?? NaN;
  const known = PEERS.map((name) => medians[name]).filter((of) => of !== undefined);
  const fastest = known.toSorted((one, other) => time(one) - time(other))[0];
  const own = time(product);
  /** @type {Target[]} */
  const list = [
    {
      what: 'times as fast as the fastest peer that compresses',
      reached: time(fastest) / own,
      wanted: wanted.peer,
      least: true,
    },
    {
      what: 'output, of that of the fastest peer',
      reached: (product.bytes ?? NaN) / (fastest?.bytes ?? NaN),
      wanted: 1,
    },
    { what: 'times as fast as native zip -6', reached: time(zip) / own, wanted: wanted.native, least: true },
    { what: 'times the reading alone', reached: own / time(floor), wanted: wanted.floor },
    { what: 'Save after the report was read, of the whole job', reached: time(ahead) / own, wanted: 0.2 },
    { what: 'memory above idle, of what is allowed', reached: (product.memory ?? NaN) / wanted.memory, wanted: 1 },
    { what: 'longest task of the page, of 50 ms', reached: (product.longest ?? NaN) / 50, wanted: 1 },
  ];
  if (wanted.zipjs)
    list.push({
      what: 'times as fast as zip.js',
      reached: time(medians.zipjs) / own,
      wanted: wanted.zipjs,
      least: true,
    });
  return list;
}

/**
 * @param {Medians} medians
 * @returns {Target[]}
 */
export function zipTargets({ zipReport, zipSecond, zipjsList, unzipList, zipCheck, unzipTest, zipRepack, zipCopy }) {
  const time = (/** @type {Record<string, number> | undefined} */ of) => of?.milliseconds ?? NaN;
  return [
    {
      what: 'first report, times as fast as zip.js lists',
      reached: time(zipjsList) / time(zipReport),
      wanted: 10,
      least: true,
    },
    { what: 'first report, times unzip -Z1', reached: time(zipReport) / time(unzipList), wanted: 2 },
    {
      what: 'report of a second input, times as fast as zip.js lists',
      reached: time(zipjsList) / time(zipSecond),
      wanted: 10,
      least: true,
    },
    { what: 'report of a second input, times unzip -Z1', reached: time(zipSecond) / time(unzipList), wanted: 2 },
    { what: 'CRC of all entries, times unzip -t', reached: time(zipCheck) / time(unzipTest), wanted: 1 },
    { what: 'repackaging, times copying the bytes', reached: time(zipRepack) / time(zipCopy), wanted: 2 },
  ];
}

/**
 * @param {number} milliseconds  From the first use of a page that was loaded before.
 * @returns {Target}
 */
export const startTarget = (milliseconds) => ({
  what: 'from the first use to a ready engine, of 150 ms',
  reached: milliseconds / 150,
  wanted: 1,
});

/** @param {Target} target */
export function told({ what, reached, wanted, least = false }) {
  const met = Number.isNaN(reached)
    ? 'not measured'
    : (least ? reached >= wanted : reached <= wanted)
      ? 'met'
      : 'not met';
  const number = Number.isNaN(reached) ? '-' : reached.toFixed(2);
  return `${met.padEnd(12)}  ${number.padStart(8)}  ${least ? 'at least' : 'at most '} ${wanted}  ${what}`;
}
