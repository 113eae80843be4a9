import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Messenger } from '../../www/core/messenger.js';

/** Engines that answer when told to. */
function engines() {
  const made = [];
  const open = async () => {
    const engine = { sent: [], closed: false, answer: () => {} };
    made.push(engine);
    const port = {
      post: (message) => engine.sent.push(message),
      listen: (receive) => (engine.answer = receive),
      close: () => (engine.closed = true),
    };
    return { port, hello: { number: made.length } };
  };
  return { made, open };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('answers find their requests in any order', async () => {
  const { made, open } = engines();
  const messenger = new Messenger(open);
  const first = messenger.call('one');
  const second = messenger.call('two');
  await turn();
  const [a, b] = made[0].sent;
  made[0].answer({ id: b.id, result: 'second' });
  made[0].answer({ id: a.id, result: 'first' });
  assert.deepEqual(await Promise.all([first, second]), ['first', 'second']);
});

test('an error comes back as an Error with its code and path', async () => {
  const { made, open } = engines();
  const call = new Messenger(open).call('check');
  await turn();
  made[0].answer({ id: made[0].sent[0].id, error: { code: 'changed', message: 'a.py has changed', path: 'a.py' } });
  const error = await call.catch((caught) => caught);
  assert.ok(error instanceof Error);
  assert.deepEqual([error.code, error.path, error.message], ['changed', 'a.py', 'a.py has changed']);
});

test('progress goes to its own request', async () => {
  const { made, open } = engines();
  const seen = [];
  const call = new Messenger(open).call('build', null, { onProgress: (progress) => seen.push(progress) });
  await turn();
  const { id } = made[0].sent[0];
  made[0].answer({ id, progress: { files: 1 } });
  made[0].answer({ id: id + 1, progress: { files: 9 } });
  made[0].answer({ id, result: null });
  await call;
  assert.deepEqual(seen, [{ files: 1 }]);
});

test('what needs nothing that is open does not make the engine busy', async () => {
  const { made, open } = engines();
  const messenger = new Messenger(open);
  const sums = messenger.call('sums', null, { beside: true });
  const check = messenger.call('check');
  await turn();
  const [a, b] = made[0].sent;
  assert.equal(messenger.busy, true);
  made[0].answer({ id: b.id, result: null });
  assert.equal(messenger.busy, false);
  made[0].answer({ id: a.id, result: 'sum' });
  assert.deepEqual(await Promise.all([sums, check]), ['sum', null]);
});

test('a large report that comes in parts is whole again', async () => {
  const { made, open } = engines();
  const call = new Messenger(open).call('check');
  await turn();
  const { id } = made[0].sent[0];
  made[0].answer({ id, rows: [1, 2] });
  made[0].answer({ id: id + 1, rows: [9] });
  made[0].answer({ id, rows: [3] });
  made[0].answer({ id, result: { files: [4], input: 'zip' } });
  assert.deepEqual(await call, { files: [1, 2, 3, 4], input: 'zip' });
});

test('an abort rejects what is awaited, ends the engine and starts another', async () => {
  const { made, open } = engines();
  const messenger = new Messenger(open);
  const controller = new AbortController();
  const call = messenger.call('open', null, { signal: controller.signal });
  await turn();
  controller.abort();
  await assert.rejects(call, { name: 'AbortError', code: 'aborted' });
  await turn();
  assert.equal(made[0].closed, true);
  assert.equal((await messenger.start()).number, 2);
});

test('a gentle abort asks the engine and keeps it', async () => {
  const { made, open } = engines();
  const controller = new AbortController();
  const call = new Messenger(open).call('build', null, { signal: controller.signal, gentle: true });
  await turn();
  controller.abort();
  await assert.rejects(call, { code: 'aborted' }, 'without waiting for the engine');
  const { id } = made[0].sent[0];
  assert.deepEqual(made[0].sent[1], { cancel: id });
  made[0].answer({ id, result: 'the package, which was done already' });
  assert.equal(made[0].closed, false);
});

test('an engine that was ended is not listened to', async () => {
  const { made, open } = engines();
  const messenger = new Messenger(open);
  messenger.call('a').catch(() => {});
  await turn();
  messenger.abort();
  const call = messenger.call('b');
  await turn();
  made[0].answer({ id: made[1].sent[0].id, result: 'old' });
  made[1].answer({ id: made[1].sent[0].id, result: 'new' });
  assert.equal(await call, 'new');
});

test('an engine that trapped is replaced', async () => {
  const { made, open } = engines();
  const messenger = new Messenger(open);
  const call = messenger.call('check');
  await turn();
  made[0].answer({ id: made[0].sent[0].id, error: { code: 'internal', message: 'unreachable', fatal: true } });
  await assert.rejects(call, { code: 'internal' });
  assert.equal((await messenger.start()).number, 2);
});

test('an engine that cannot start fails the call, and the next call tries again', async () => {
  let tries = 0;
  const messenger = new Messenger(async () => {
    tries += 1;
    throw new Error('blocked');
  });
  await assert.rejects(messenger.call('a'), { message: 'blocked' });
  await assert.rejects(messenger.call('b'), { message: 'blocked' });
  assert.equal(tries, 2);
});

test('a request that was aborted before it was made is never sent', async () => {
  const { made, open } = engines();
  await assert.rejects(new Messenger(open).call('a', null, { signal: AbortSignal.abort() }), { code: 'aborted' });
  await turn();
  assert.deepEqual(made[0]?.sent ?? [], []);
});
