// @ts-check
// The unpacker, which is src/unpacker, and its memory: places in it are taken one after another, and none is
// given back.

/**
 * The functions that src/unpacker/src/lib.rs describes.
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {WebAssembly.Global} __heap_base
 * @property {(packed: number, length: number, stream: number, size: number, properties: number) => void} unpack
 * @property {(sorted: number, sizes: number, module: number, size: number) => void} join
 */

const PAGE = 65536;

export class Unpacker {
  #exports;
  #free;

  /** @param {WebAssembly.Exports} exports */
  constructor(exports) {
    this.#exports = /** @type {Exports} */ (/** @type {unknown} */ (exports));
    this.#free = this.#exports.__heap_base.value;
  }

  /**
   * One stream of LZMA.
   * @param {Uint8Array} packed
   * @param {number} size
   * @param {number} properties  As a file of LZMA begins with.
   */
  unpack(packed, size, properties) {
    const [from, to] = [this.#give(packed), this.#take(size)];
    this.#exports.unpack(from, packed.length, to, size, properties);
    return this.#at(to, size).slice();
  }

  /**
   * @param {Uint8Array[]} streams
   * @param {number} size  Of the module.
   */
  join(streams, size) {
    const sizes = Uint32Array.from(streams, ({ length }) => length);
    const sorted = this.#take(sizes.reduce((sum, length) => sum + length, 0));
    let end = sorted;
    for (const stream of streams) {
      this.#at(end, stream.length).set(stream);
      end += stream.length;
    }
    const [lengths, module] = [this.#give(new Uint8Array(sizes.buffer)), this.#take(size)];
    this.#exports.join(sorted, lengths, module, size);
    return this.#at(module, size).slice();
  }

  /** @param {number} count  Of bytes. */
  #take(count) {
    const at = this.#free;
    this.#free += (count + 7) & ~7;
    const { memory } = this.#exports;
    const missing = this.#free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** @param {Uint8Array} bytes */
  #give(bytes) {
    const at = this.#take(bytes.length);
    this.#at(at, bytes.length).set(bytes);
    return at;
  }

  /** @param {number} at @param {number} count */
  #at(at, count) {
    return new Uint8Array(this.#exports.memory.buffer, at, count);
  }
}
