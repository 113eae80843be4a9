// @ts-check
// The module travels inside the script, so that a page with `connect-src 'none'` can load it.

/**
 * @param {string} packed  Base64 of raw deflate.
 * @returns {Promise<WebAssembly.Module>}
 */
export async function unpackModule(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}
