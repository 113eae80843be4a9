// @ts-check
// Reads Blobs into buffers that are used again. What is read once and left to the collector adds up to
// hundreds of megabytes before a browser collects it.

/** Whoever knows which file it is says it better. */
export const OTHER_LENGTH = 'a file has another length than it had';

/** Buffers of one size, as many as were needed at the same time. */
export class Buffers {
  #size;
  /** @type {ArrayBuffer[]} */
  #free = [];
  /** A reader that nobody holds is collected in Chromium while it reads, and the read never ends. */
  #reading = new Set();

  /** @param {number} size */
  constructor(size) {
    this.#size = size;
  }

  /**
   * @param {Blob} blob
   * @returns {Promise<Uint8Array<ArrayBuffer>>} all of it, or what there is of a file that was cut off
   */
  async read(blob) {
    const reader = blob.size <= this.#size ? byobReader(blob) : null;
    if (!reader) return new Uint8Array(await blob.arrayBuffer());
    this.#reading.add(reader);
    try {
      return await this.#fill(reader, blob.size);
    } finally {
      this.#reading.delete(reader);
    }
  }

  /**
   * @param {ReadableStreamBYOBReader} reader
   * @param {number} size
   */
  async #fill(reader, size) {
    let buffer = this.#free.pop() ?? new ArrayBuffer(this.#size);
    let filled = 0;
    while (filled < size) {
      const { value, done } = await reader.read(new Uint8Array(buffer, filled, size - filled));
      if (value) buffer = value.buffer;
      if (!value || done) break;
      filled += value.length;
    }
    const more = filled === size && !(await reader.read(new Uint8Array(1))).done;
    await reader.cancel();
    if (more) throw new RangeError(OTHER_LENGTH); // in Firefox, which reads a file as it is now
    return new Uint8Array(buffer, 0, filled);
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes  That were read here and are not looked at any more. */
  free({ buffer }) {
    if (buffer.byteLength === this.#size) this.#free.push(buffer);
  }
}

/** @param {Blob} blob */
function byobReader(blob) {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null; // not every browser's Blob can be read into a buffer
  }
}
