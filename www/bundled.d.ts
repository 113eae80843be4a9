// What build.mjs puts in place of these names.

declare module 'packed-module' {
  /** Base64 of the module, packed by streams.mjs. */
  const packed: string;
  export default packed;
}

declare module 'engine-source' {
  export const workerSource: string;
  export { openLocal, unpack } from './worker/main.js';
}

declare module 'unpacker' {
  /** Base64 of the module that src/unpacker makes. */
  const unpacker: string;
  export default unpacker;
}

declare module '*.css' {
  const text: string;
  export default text;
}

/** Exists in workers; the DOM types leave it out. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
