// What build.mjs puts in place of these names.

declare module 'packed-module' {
  /** Base64 of the xz of the module's streams. */
  const packed: string;
  export default packed;
}

declare module 'worker-source' {
  const source: string;
  export default source;
}

declare module '*.css' {
  const text: string;
  export default text;
}

/** Exists in workers; the DOM types leave it out. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
