import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineOpener } from '../../www/core/engine.js';

/** Workers that answer one thing, and an opener that tells where it opened the engine. */
function opener(t, ...answers) {
  const workers = [];
  /** @type {any} */ (globalThis).navigator ??= {}; // Node 20 has none
  t.after(() => delete (/** @type {any} */ (globalThis).Worker));
  /** @type {any} */ (globalThis).Worker = class {
    ended = false;
    constructor() {
      workers.push(this);
    }
    postMessage() {
      const answer = answers.shift();
      if (answer) queueMicrotask(() => /** @type {any} */ (this).onmessage({ data: answer }));
    }
    terminate() {
      this.ended = true;
    }
  };
  const open = engineOpener({
    workerSource: '',
    module: async () => /** @type {any} */ ({}),
    local: async () => /** @type {any} */ ({ hello: 'on this thread' }),
  });
  return { open, workers };
}

test('a worker that may read files is used', async (t) => {
  const { open, workers } = opener(t, { ready: 'in a worker' });
  assert.equal((await open()).hello, 'in a worker');
  assert.equal(workers[0].ended, false);
});

test('a worker that may not read files is ended, and none is tried again', async (t) => {
  const { open, workers } = opener(t, { error: { code: 'internal', message: 'The I/O read operation failed.' } });
  assert.equal((await open()).hello, 'on this thread');
  assert.equal((await open()).hello, 'on this thread');
  assert.deepEqual(
    workers.map(({ ended }) => ended),
    [true],
  );
});

test('a worker that says nothing is ended, and another is tried', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t, null, { ready: 'in a worker' });
  const opened = open();
  await new Promise(setImmediate);
  t.mock.timers.tick(3000);
  assert.equal((await opened).hello, 'in a worker');
  assert.deepEqual(
    workers.map(({ ended }) => ended),
    [true, false],
  );
});

test('where no worker ever says anything, the page works by itself', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t);
  const opened = open();
  for (let time = 0; time < 3; time++) {
    await new Promise(setImmediate);
    t.mock.timers.tick(12_000);
  }
  assert.equal((await opened).hello, 'on this thread');
  assert.equal(workers.length, 3);
});
