import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pool, workersFor } from '../../www/worker/pool.js';

/** Workers that answer when told to. */
function crew(most) {
  const made = [];
  const pool = new Pool(() => {
    const worker = { sent: [], closed: false, answer: () => {} };
    made.push(worker);
    return {
      post: (message) => worker.sent.push(message),
      listen: (receive) => (worker.answer = receive),
      close: () => (worker.closed = true),
    };
  }, most);
  return { made, pool, run: (name) => pool.run(() => ({ name })) };
}
const names = ({ sent }) => sent.map(({ name }) => name);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a machine gets as many workers as it has cores, at least one and at most eight', () => {
  assert.deepEqual([undefined, NaN, -1, 0, 1, 2, 5, 64, Infinity].map(workersFor), [1, 1, 1, 1, 1, 2, 5, 8, 8]);
});

test('every worker has something before one has two', () => {
  const { made, pool, run } = crew(2);
  pool.hurry = true;
  for (const name of ['a', 'b', 'c', 'd', 'e']) run(name);
  assert.deepEqual(made.map(names), [
    ['a', 'c'],
    ['b', 'd'],
  ]);
  assert.equal(pool.tasks, 5);
});

test('who is done gets the next, and its message is made only then', async () => {
  const { made, pool } = crew(1);
  let late = 'no';
  const first = pool.run(() => ({ name: 'a' }));
  pool.run(() => ({ name: 'b' }));
  pool.run(() => ({ name: late }));
  late = 'yes';
  made[0].answer({ id: made[0].sent[0].id, result: 7 });
  assert.equal(await first, 7);
  assert.deepEqual(names(made[0]), ['a', 'b', 'yes']);
});

test('in the background one core is left to the person', () => {
  const { made, pool, run } = crew(4);
  for (let index = 0; index < 12; index += 1) run(index);
  assert.equal(made.length, 3);
  pool.hurry = true;
  assert.equal(made.length, 4);
});

test('on a low battery one works in the background, and all when somebody waits', () => {
  const { made, pool, run } = crew(4);
  pool.spare();
  for (let index = 0; index < 12; index += 1) run(index);
  assert.equal(made.length, 1);
  pool.hurry = true;
  assert.equal(made.length, 4);
  pool.hurry = false;
  assert.equal(pool.tasks, 12);
  made[0].answer({ id: made[0].sent[0].id, result: 1 });
  made[3].answer({ id: made[3].sent[0].id, result: 1 });
  assert.deepEqual(
    made.map(({ sent }) => sent.length),
    [3, 2, 2, 2],
  );
});

test('progress and errors find their task', async () => {
  const { made, pool } = crew(1);
  const bytes = [];
  const task = pool.run(
    () => ({}),
    (more) => bytes.push(more),
  );
  const { id } = made[0].sent[0];
  made[0].answer({ id, bytes: 3 });
  made[0].answer({ id, bytes: 4 });
  made[0].answer({ id, error: { code: 'changed', message: 'a.py has changed', path: 'a.py' } });
  await assert.rejects(task, { code: 'changed', path: 'a.py' });
  assert.deepEqual(bytes, [3, 4]);
});

test('what a trapped worker had is given to another', async () => {
  const { made, pool, run } = crew(1);
  const [lost, kept] = [run('a'), run('b')];
  made[0].answer({ id: made[0].sent[0].id, error: { code: 'internal', message: 'unreachable', fatal: true } });
  await assert.rejects(lost, { code: 'internal' });
  assert.deepEqual([made[0].closed, names(made[1])], [true, ['b']]);
  made[1].answer({ id: made[1].sent[0].id, result: 'done' });
  assert.equal(await kept, 'done');
  assert.equal(pool.tasks, 0);
});

test('stopping ends who works, keeps who does not, and rejects everything', async () => {
  const { made, pool, run } = crew(2);
  pool.prepare();
  const task = run('a');
  pool.stop();
  await assert.rejects(task, { code: 'aborted' });
  assert.deepEqual(
    made.map(({ closed }) => closed),
    [true, false],
  );
  run('b');
  await turn();
  assert.deepEqual(names(made[1]), ['b']);
});

test('a message that cannot be made rejects its task alone', async () => {
  const { made, pool, run } = crew(1);
  const broken = pool.run(() => {
    throw new Error('changed');
  });
  run('b');
  await assert.rejects(broken, { message: 'changed' });
  assert.deepEqual(names(made[0]), ['b']);
});

test('what can wait comes after everything else, and is counted and ended with it', async () => {
  const { made, pool, run } = crew(1);
  const later = ['x', 'y', 'z'].map((name) => pool.run(() => ({ name }), undefined, { later: true }));
  run('a');
  assert.deepEqual(names(made[0]), ['x', 'y']);
  assert.equal(pool.tasks, 4);
  made[0].answer({ id: made[0].sent[0].id, result: 1 });
  assert.equal(await later[0], 1);
  assert.deepEqual(names(made[0]), ['x', 'y', 'a']);
  made[0].answer({ id: made[0].sent[1].id, result: 2 });
  assert.deepEqual(names(made[0]), ['x', 'y', 'a', 'z']);
});
