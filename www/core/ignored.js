// @ts-check
// The rules that a person wants to hear no more of, remembered from visit to visit.

const KEY = 'gallery-packager-ignored';

/** @returns {string[]} */
export function rememberedRules() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((rule) => typeof rule === 'string') : [];
  } catch {
    return []; // storage throws where a browser or a frame forbids it
  }
}

/** @param {string[]} rules */
export function rememberRules(rules) {
  try {
    if (rules.length > 0) localStorage.setItem(KEY, JSON.stringify(rules));
    else localStorage.removeItem(KEY);
  } catch {
    // They are ignored for this visit.
  }
}
