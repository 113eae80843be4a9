import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PackagerError } from '../../www/core/errors.js';
import { Builder } from '../../www/worker/builder.js';

const job = (number, files = [number]) => ({ number, files, sizes: [], bytes: 10, records: null, large: false });
const pieceOf = (number, offset, from = 0, to = 2) => ({
  offset,
  bytes: new Uint8Array(),
  job: number,
  file: null,
  from,
  to,
  files: 1,
  read: 10,
});

/** A session whose jobs are asked for once, unless they fail, and a pool that does them. */
function builder({ jobs, pieces, files = {}, run = async ({ input }) => made(`<${input}>`) }) {
  const log = [];
  const left = [...jobs];
  const session = {
    jobs: () => left.splice(0),
    jobDone: (number) => log.push(`done ${number}`),
    jobFailed: (number) => (log.push(`failed ${number}`), left.push(jobs.find((own) => own.number === number))),
    beginBuild: () => ({ name: 'shop.zip', files: 3, bytes: 30 }),
    nextPiece: (
      (rest) => () =>
        rest.shift()
    )([...pieces]),
  };
  const source = {
    whole: (numbers) => numbers.join('+'),
    checkUnchanged() {},
    stillThere: async (numbers) => void log.push(`looked at ${numbers}`),
    guilty: () => null,
    ...files,
  };
  const pool = { hurry: false, run: (message, onBytes) => run(message(), onBytes), stop: () => log.push('stopped') };
  const verifier = { verify: async () => void log.push('verified') };
  return { own: new Builder(session, source, pool, verifier), log };
}
const made = (text) => ({ made: new Blob([text]), records: null });
const watch = () => ({ stopped: () => false, end: new Promise(() => {}), tell() {} });

test('what was made ahead is only put together, and files are looked at before it is given out', async () => {
  const { own, log } = builder({ jobs: [job(0), job(1)], pieces: [pieceOf(1, 0, 0, 3), pieceOf(0, 3, 0, 3)] });
  own.begin();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ['done 0', 'done 1']);
  const { blob, name, compressed } = await own.build({}, watch(), false);
  assert.deepEqual([await blob.text(), name, compressed], ['<1><0>', 'shop.zip', 2]);
  assert.deepEqual(log.slice(2), ['verified', 'looked at 0,1']);
});

test('a small part of what was made is copied, a whole one is not', async () => {
  const { own } = builder({ jobs: [job(0)], pieces: [pieceOf(0, 0, 1, 2)] });
  const { blob } = await own.build({}, watch(), false);
  assert.equal(await blob.text(), '0');
});

test('a failure without a reason is tried once more', async () => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    if (runs === 1) throw new Error('NotReadableError');
    return made('ok');
  };
  const { own } = builder({ jobs: [job(0)], pieces: [pieceOf(0, 0)], run });
  assert.equal(await (await own.build({}, watch(), false)).blob.text(), 'ok');
  assert.equal(runs, 2);
});

test('the file that cannot be read is named when the package is asked for, and it can be asked for again', async () => {
  let broken = true;
  const { own, log } = builder({
    jobs: [job(0)],
    pieces: [pieceOf(0, 0)],
    files: { guilty: () => (broken ? new PackagerError('changed', 'a.py has changed', 'a.py') : null) },
    run: async () => {
      if (broken) throw new Error('NotReadableError');
      return made('ok');
    },
  });
  own.begin();
  await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(own.build({}, watch(), false), { code: 'changed', path: 'a.py' });
  assert.deepEqual(log, ['failed 0', 'failed 0']);
  broken = false;
  assert.equal(await (await own.build({}, watch(), false)).blob.text(), 'ok');
});

test('who stops does not wait for the workers', async () => {
  const { own } = builder({ jobs: [job(0)], pieces: [], run: () => new Promise(() => {}) });
  let stopped = false;
  const building = own.build(
    {},
    { stopped: () => stopped, end: Promise.resolve().then(() => void (stopped = true)), tell() {} },
    false,
  );
  await assert.rejects(building, { code: 'aborted' });
});

test('a file that was taken away may be gone', async () => {
  const gone = new PackagerError('changed', 'x.sql has changed', 'x.sql');
  const { own, log } = builder({
    jobs: [job(0), job(1)],
    pieces: [pieceOf(0, 0, 0, 3)],
    files: { guilty: (numbers) => (numbers.includes(1) ? gone : null) },
    run: async ({ input }) => {
      if (input === '1') throw new Error('NotReadableError');
      return made(`<${input}>`);
    },
  });
  own.begin();
  own.leave(1);
  assert.equal(await (await own.build({}, watch(), true)).blob.text(), '<0>');
  assert.ok(log.includes('looked at 0') && log.includes('failed 1'), log.join());
});

test('what was under way when another input had the workers is made at the next beginning', async () => {
  let stop = () => {};
  let runs = 0;
  const run = ({ input }) => {
    runs += 1;
    if (runs > 1) return Promise.resolve(made(`<${input}>`));
    return new Promise((_, reject) => (stop = () => reject(new PackagerError('aborted', 'Stopped.'))));
  };
  const { own, log } = builder({ jobs: [job(0)], pieces: [pieceOf(0, 0, 0, 3)], run });
  own.begin();
  own.pause();
  stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([runs, log], [1, ['stopped', 'failed 0']]);
  assert.equal(await (await own.build({}, watch(), false)).blob.text(), '<0>');
});
