// @ts-check
// Hands a finished file to the person. Owns every object URL it makes.

/** Safari still reads the URL long after the click. */
const KEEP_MS = 40_000;

/** Saves one file, and again on request, for as long as it is not replaced. */
export class Saver {
  /** @type {{ blob: Blob, name: string } | null} */
  #file = null;
  /** @type {string | null} */
  #url = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #click;

  /** @param {(url: string, name: string) => void} [click]  Follows a link that saves. */
  constructor(click = clickLink) {
    this.#click = click;
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  save(blob, name) {
    this.release();
    this.#file = { blob, name };
    this.again();
  }

  /** Saves the last file once more. */
  again() {
    if (!this.#file) return;
    this.#revoke();
    this.#url = URL.createObjectURL(this.#file.blob);
    this.#timer = setTimeout(() => this.#revoke(), KEEP_MS);
    // @ts-ignore only Node has unref, and only the unit tests run there
    this.#timer.unref?.();
    this.#click(this.#url, this.#file.name);
  }

  /** Forgets the file. */
  release() {
    this.#revoke();
    this.#file = null;
  }

  #revoke() {
    clearTimeout(this.#timer);
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}

/**
 * @param {string} url
 * @param {string} name
 */
function clickLink(url, name) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * Where a person wants a file, asked before it is made: a browser asks only right after a click.
 * @param {string} suggestedName
 * @returns {Promise<FileSystemFileHandle | 'nowhere' | 'unable'>}
 */
export async function askWhere(suggestedName) {
  const types = [{ description: 'ZIP', accept: { 'application/zip': ['.zip'] } }];
  try {
    return await Reflect.get(globalThis, 'showSaveFilePicker')({ suggestedName, types });
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'nowhere' : 'unable';
  }
}

/**
 * Writes a file to the disk as it is read.
 * @param {Blob} blob
 * @param {FileSystemFileHandle} handle
 */
export async function writeTo(blob, handle) {
  await blob.stream().pipeTo(await handle.createWritable());
}
