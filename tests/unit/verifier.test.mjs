import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PackagerError } from '../../www/core/errors.js';
import { Verifier } from '../../www/worker/verifier.js';

const order = (number) => ({ number, file: 0, from: number * 10, to: number * 10 + 10, records: `records ${number}` });

/** A ZIP of some orders, and a pool that does them. */
function verifier({ count = 2, run, guilty = () => null }) {
  const log = [];
  const left = Array.from({ length: count }, (_, number) => order(number));
  let files = 0;
  const verified = () => ({ done: files === count, files, totalFiles: count, bytes: files * 5, damaged: 0 });
  const session = {
    verifyOrders: () => left.splice(0),
    verifyDone: (number, faults) => (log.push(`done ${number} ${faults}`), (files += 1), verified()),
    verifyFailed: (number) => (log.push(`failed ${number}`), left.push(order(number))),
    verifyNext: verified,
  };
  const source = { whole: () => 'zip', checkUnchanged() {}, guilty };
  const pool = { run: (message, tell, how) => run({ ...message(), ...how }, tell), stop: () => log.push('stopped') };
  return {
    own: new Verifier(/** @type {any} */ (session), /** @type {any} */ (source), /** @type {any} */ (pool)),
    log,
  };
}
const watch = (tell = (_) => {}) => ({ stopped: () => false, end: new Promise(() => {}), tell });

test('workers get the ranges of the file, after everything else, and all who ask hear the same', async () => {
  const sent = [];
  const told = [];
  const run = async (message, tell) => {
    sent.push(message);
    tell(3);
    return { faults: `of ${message.from}`, bytes: 5 };
  };
  const { own, log } = verifier({ run });
  const [one, other] = await Promise.all([own.verify(watch((now) => told.push(now.bytes))), own.verify(watch())]);
  assert.deepEqual([one.done, one.files, other], [true, 2, one]);
  assert.deepEqual(sent[1], { kind: 'check', records: 'records 1', from: 10, to: 20, input: 'zip', later: true });
  assert.deepEqual(log, ['done 0 of 0', 'done 1 of 10']);
  assert.equal(told.at(-1), 10);
  assert.equal((await own.verify(watch())).done, true, 'and it is not done again');
  assert.equal(sent.length, 2);
});

test('a file that changed is named, and who asks again gets what is left', async () => {
  let broken = true;
  const run = async ({ from }) => {
    if (broken && from === 10) throw new Error('NotReadableError');
    return { faults: '', bytes: 5 };
  };
  const guilty = () => new PackagerError('changed', 'shop.zip has changed', 'shop.zip');
  const { own, log } = verifier({ run, guilty });
  await assert.rejects(own.verify(watch()), { code: 'changed', path: 'shop.zip' });
  assert.deepEqual(log, ['done 0 ', 'failed 1']);
  broken = false;
  assert.equal((await own.verify(watch())).files, 2);
});

test('who stops does not wait for the workers, and the end of the input ends them', async () => {
  const { own, log } = verifier({ run: () => new Promise(() => {}) });
  let stopped = false;
  const end = Promise.resolve().then(() => void (stopped = true));
  await assert.rejects(own.verify({ stopped: () => stopped, end, tell() {} }), { code: 'aborted' });
  own.stop();
  assert.deepEqual(log, ['stopped']);
});
