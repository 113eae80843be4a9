// The core is a module that only a build makes; a small one stands in for it, and nothing for what unpacks it.

import { register } from 'node:module';

/** Before anything that imports the core. @param {string} source  What it exports. */
export function standIn(source) {
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const hooks = `
    export const resolve = (name, context, next) =>
      name === 'core'
        ? { url: ${JSON.stringify(url)}, shortCircuit: true }
        : name === 'unpacker'
          ? { url: 'data:text/javascript,export default ""', shortCircuit: true }
          : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
