// What build.mjs puts in place of these names.

declare module 'packed-module' {
  /** Base64 of the module, packed by streams.mjs. */
  const packed: string;
  export default packed;
}

declare module 'engine-source' {
  export const workerSource: string;
  export { openLocal } from './worker/main.js';
}

declare module '*.css' {
  const text: string;
  export default text;
}

/** Exists in workers; the DOM types leave it out. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
