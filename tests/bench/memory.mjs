// @ts-check
// How much memory the processes of a browser take.

import fs from 'node:fs';

/** The memory of all processes below this one, above what it is now. */
export function watchMemory() {
  const idle = memoryBelow(process.pid);
  let peak = idle;
  const timer = setInterval(() => (peak = Math.max(peak, memoryBelow(process.pid))), 100);
  return {
    stop() {
      clearInterval(timer);
      return peak - idle;
    },
  };
}

/**
 * RssAnon of the processes that this one started, and of theirs, in bytes.
 * @param {number} ancestor
 */
function memoryBelow(ancestor) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  /** @type {Map<number, number>} */
  const memory = new Map();
  for (const name of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = fs.readFileSync(`/proc/${name}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
      memory.set(Number(name), Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (/** @type {number} */ id) =>
    (children.get(id) ?? []).reduce((total, child) => total + (memory.get(child) ?? 0) + below(child), 0);
  return below(ancestor);
}
