// @ts-check
// Tables in the module that no packing makes smaller, and that are computed in a moment: they are left
// out of the download, and put back when the module is unpacked.

/** What the standard library reads decimal numbers with: 5 ** -342 to 5 ** 308, 128 bits of each. */
function powersOfFive() {
  const table = new DataView(new ArrayBuffer(651 * 16));
  for (let exponent = -342; exponent <= 308; exponent++) {
    const power = 5n ** BigInt(Math.abs(exponent));
    let bits = power;
    // Parts are rounded up, small ones before most of their bits are cut off.
    const length = power.toString(2).length;
    if (exponent < 0) bits = (1n << BigInt(exponent < -27 ? 2 * length + 128 : length + 127)) / power + 1n;
    const more = BigInt(bits.toString(2).length - 128);
    bits = more < 0 ? bits << -more : bits >> more;
    const at = 16 * (exponent + 342);
    table.setBigUint64(at, bits >> 64n, true);
    table.setBigUint64(at + 8, BigInt.asUintN(64, bits), true);
  }
  return new Uint8Array(table.buffer);
}

/** CRC-32 as `zlib-rs` computes it, four bytes at a time. */
function checkSums() {
  const sums = [0, 1, 2, 3].map(() => new Uint32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (const table of sums) {
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
      table[byte] = sum;
    }
  }
  const table = new DataView(new ArrayBuffer(5 * 1024));
  const order = [0, 3, 2, 1, 0].flatMap((number) => [.../** @type {Uint32Array} */ (sums[number])]);
  order.forEach((sum, index) => table.setUint32(4 * index, sum, true));
  return new Uint8Array(table.buffer);
}

/** In the order in which they are taken out. */
export const TABLES = [powersOfFive, checkSums];

/** The place of a table that is not there. */
export const NOWHERE = 0xffffffff;

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number[]} places  Where each of the tables was taken out.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function putBack(bytes, places) {
  for (let index = places.length - 1; index >= 0; index--) {
    const place = /** @type {number} */ (places[index]);
    if (place === NOWHERE) continue;
    const table = /** @type {() => Uint8Array} */ (TABLES[index])();
    const whole = new Uint8Array(bytes.length + table.length);
    whole.set(bytes.subarray(0, place));
    whole.set(table, place);
    whole.set(bytes.subarray(place), place + table.length);
    bytes = whole;
  }
  return bytes;
}
