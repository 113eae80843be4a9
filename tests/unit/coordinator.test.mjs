import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';

// The core is a module that only a build makes; a small one stands in for it.
const core = `
  export const initSync = () => {};
  export const samples = () => [];
  export const sampleFiles = (id) => (id === 'one' ? [{ path: 'app.py', bytes: new Uint8Array(1) }] : []);
  export class Digest {}
  export class GalleryDigest {}
  export class Press {}
  export class Session {
    static junk() {
      return { names: {}, markers: {} };
    }
    static rules() {
      return [];
    }
    constructor() {
      globalThis.session = this;
      this.calls = [];
    }
    openFolder() {}
    setAnswers() {}
    applyFix(id) {
      this.calls.push('applyFix');
      return id === '0.0';
    }
    undo() {
      this.calls.push('undo');
    }
    check() {
      this.calls.push('check');
      if (this.failing && this.calls.at(-2) === 'applyFix') throw Object.assign(new Error('no'), { code: 'changed' });
      return { checks: this.calls.length };
    }
  }`;
const hooks = `
  export const resolve = (name, context, next) =>
    name === 'core'
      ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(core)}`)}, shortCircuit: true }
      : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { Coordinator } = await import('../../www/worker/coordinator.js');

/** Answers one request after another. */
function coordinator() {
  const waiting = new Map();
  const own = new Coordinator(
    /** @type {any} */ ({}),
    () => /** @type {any} */ ({}),
    (message) => waiting.get(message.id)?.(message),
  );
  let id = 0;
  return (action, argument) => {
    const answer = new Promise((resolve) => waiting.set(++id, resolve));
    own.receive({ id, action, argument });
    return answer;
  };
}

test('a preview that fails leaves no fix behind', async () => {
  const ask = coordinator();
  await ask('open', { kind: 'sample', name: 'one' });
  const { session } = /** @type {any} */ (globalThis);
  session.failing = true;
  const { error } = await ask('preview', { id: '0.0', options: {} });
  assert.equal(error.code, 'changed');
  assert.deepEqual(session.calls, ['applyFix', 'check', 'undo', 'check']);
});

test('a sample that there is not is said so', async () => {
  const { error } = await coordinator()('open', { kind: 'sample', name: 'none' });
  assert.deepEqual([error.code, error.message], ['unknown-input', 'There is no sample none.']);
});
