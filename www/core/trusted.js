// @ts-check
// The one address that a Trusted Types policy has to pass: the worker's own.

/** @type {{ createScriptURL(url: string): any } | null | undefined} */
let policy;

/**
 * @param {string} url
 * @returns {any}
 */
export function trusted(url) {
  if (policy === undefined) {
    try {
      const types = Reflect.get(globalThis, 'trustedTypes');
      policy =
        types?.createPolicy('gallery-packager', { createScriptURL: (/** @type {string} */ ours) => ours }) ?? null;
    } catch {
      policy = null; // the site allows no policy of this name; the worker may still be allowed
    }
  }
  return policy ? policy.createScriptURL(url) : url;
}
