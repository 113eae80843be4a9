import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Packager } from '../../www/core/packager.js';

const junk = { names: { node_modules: 'packages of Node' }, markers: {} };
const file = (path) => ({ path, file: new File(['x'], path.split('/').at(-1)) });
const FILES = ['m/app.py', 'm/node_modules/x/y.js', 'm/node_modules/x/z.js'].map(file);

/** A packager with an engine that refuses the target "moon" and notes what it is asked. */
function packager({ refused = '' } = {}) {
  const calls = [];
  const report = (answers) => ({
    input: { root: '', kind: 'application' },
    leftOut: [],
    answers,
    diagnostics: [{ rule: 'a/b', file: 'web.config', fixes: [{ id: `${calls.length}.0`, title: 'Mend it' }] }],
  });
  const act = (action, argument) => {
    calls.push({ action, argument });
    if (action === refused) throw { code: 'too-large', message: 'no' };
    if (action !== 'check') return action === 'applySafeFixes' ? 1 : null;
    if (argument.answers.target === 'moon') throw { code: 'unknown-answer', message: 'there is no target moon' };
    return report(argument.answers);
  };
  const open = async () => {
    let receive = () => {};
    const post = ({ id, action, argument }) => {
      try {
        receive({ id, result: act(action, argument) });
      } catch (error) {
        receive({ id, error });
      }
    };
    return {
      port: { post: (message) => queueMicrotask(() => post(message)), listen: (own) => (receive = own), close() {} },
      hello: { junk, samples: [], rules: [] },
    };
  };
  return { own: new Packager(open), calls };
}

const actions = (calls) => calls.map(({ action }) => action);
const opened = (calls) =>
  calls
    .filter(({ action }) => action === 'open')
    .at(-1)
    .argument.entries.map(({ path }) => path);

test('refused answers give way to the last that were accepted', async () => {
  const { own } = packager();
  await own.add(FILES);
  own.answers = { appFolder: 'store' };
  await own.check();
  own.answers = { ...own.answers, target: 'moon' };
  await assert.rejects(own.check(), { code: 'unknown-answer' });
  assert.deepEqual(own.answers, { appFolder: 'store' });
  own.answers = { ...own.answers, entryPoint: 'app:application' };
  assert.deepEqual((await own.check()).answers, { appFolder: 'store', entryPoint: 'app:application' });
});

test('answers that are set before anything is added count, and those for what was added before do not', async () => {
  const { own, calls } = packager();
  own.answers = { appFolder: 'store', includes: ['node_modules/x/y.js'] };
  assert.equal((await own.add(FILES)).answers.appFolder, 'store');
  assert.deepEqual(opened(calls), ['app.py', 'node_modules', 'node_modules/x', 'node_modules/x/y.js']);
  assert.deepEqual((await own.add(FILES)).answers, {});
});

test('a file in a folder that was left out is walked when it is asked for, once', async () => {
  const { own, calls } = packager();
  await own.add(FILES);
  assert.deepEqual(opened(calls), ['app.py']);
  own.answers = { includes: ['node_modules/x/y.js'] };
  await own.check();
  assert.ok(opened(calls).includes('node_modules/x/y.js') && !opened(calls).includes('node_modules/x/z.js'));
  await own.check();
  assert.equal(actions(calls).filter((action) => action === 'open').length, 2);
  own.answers = { includes: ['node_modules/x/y.js', 'node_modules'] };
  await own.check();
  assert.ok(opened(calls).includes('node_modules/x/z.js'));
});

test('texts and fixes are made again when the input is walked again, but not what was taken back', async () => {
  const { own, calls } = packager();
  const report = await own.add(FILES);
  await own.fix(report.diagnostics[0].fixes[0].id);
  await own.fixSafely();
  await own.undo();
  await own.setText('m/web.config', 'mine');
  await own.setText('m/Manifest.xml', 'mine');
  await own.setText('m/Manifest.xml', null);
  calls.length = 0;
  own.answers = { includes: ['node_modules'] };
  await own.check();
  assert.deepEqual(
    actions(calls).filter((action) => action !== 'check'),
    ['open', 'setText', 'applyFix'],
  );
  const { argument } = calls.find(({ action }) => action === 'setText');
  assert.deepEqual(argument, { path: 'm/web.config', text: 'mine' });
});

test('wheels are added to what is open and taken away again, and it is not opened anew', async () => {
  const { own, calls } = packager();
  const wheel = new File(['x'], 'a-1-py3-none-any.whl');
  await assert.rejects(own.add([wheel]), { code: 'unknown-input' });
  await own.add(FILES);
  await own.setText('shop/web.config', '<configuration/>');
  calls.length = 0;
  await own.add([wheel]);
  assert.deepEqual(
    calls[0].argument.map(({ path }) => path),
    ['a-1-py3-none-any.whl'],
  );
  await own.removeAdded('a-1-py3-none-any.whl');
  assert.deepEqual(actions(calls), ['add', 'check', 'takeAway', 'check']);
  assert.equal(calls[2].argument, 'a-1-py3-none-any.whl');
  await own.add([wheel]);
  // What is walked again gets its wheels again.
  own.answers = { includes: ['node_modules/x/y.js'] };
  await own.check();
  const added = () => calls.findLast(({ action }) => action === 'open').argument.added.map(({ path }) => path);
  assert.deepEqual(added(), ['a-1-py3-none-any.whl']);
  await own.add(FILES);
  assert.deepEqual(added(), []);
});

test('goes back to what was open, with what was done to it', async () => {
  const { own, calls } = packager();
  assert.equal(own.opened, null);
  await own.add(FILES);
  own.answers = { appFolder: 'store' };
  await own.check();
  const report = await own.setText('web.config', '<a/>');
  await own.fix(report.diagnostics[0].fixes[0].id);
  await own.add([new File(['x'], 'six-1.0-py3-none-any.whl')]);
  const before = own.opened;
  own.reset();
  assert.deepEqual([own.opened, own.answers], [null, {}]);
  calls.length = 0;
  assert.deepEqual((await own.goBack(before)).answers, { appFolder: 'store' });
  assert.deepEqual(actions(calls), ['forget', 'open', 'check', 'setText', 'check', 'applyFix', 'check']);
  assert.deepEqual(
    calls[1].argument.added.map(({ path }) => path),
    ['six-1.0-py3-none-any.whl'],
  );
});

/** A folder of which the first walk succeeds, and those after it as they are told. */
function folder(walks) {
  const entry = (name) => ({ name, kind: 'file', getFile: async () => new File(['x'], name) });
  const names = Array.from({ length: 150 }, (_, index) => `f${index}.py`);
  const inside = { name: 'node_modules', kind: 'directory', values: () => walks.shift()?.() ?? [entry('y.js')] };
  return { name: 'm', kind: 'directory', values: () => [...names.map(entry), inside] };
}

test('a folder that cannot be walked again leaves open what was', async () => {
  const fails = async function* () {
    throw new DOMException('gone', 'NotFoundError');
  };
  const { own, calls } = packager();
  const handle = folder([]);
  await own.add(handle);
  handle.values = fails;
  own.answers = { includes: ['node_modules'] };
  await assert.rejects(own.check());
  assert.ok(actions(calls).includes('giveUp'), actions(calls).join(' '));
  assert.deepEqual(own.answers, { includes: [] }, 'what cannot be walked is not asked for again');
  await own.check();
  assert.equal(actions(calls).filter((action) => action === 'open').length, 1);
});

test('a newer walk of the same folder ends the older one', async () => {
  let go = () => {};
  const held = new Promise((resolve) => (go = resolve));
  const { own, calls } = packager();
  const slow = async function* () {
    await held;
    yield { name: 'y.js', kind: 'file', getFile: async () => new File(['x'], 'y.js') };
  };
  await own.add(folder([slow]));
  own.answers = { includes: ['node_modules'] };
  const first = own.check();
  await new Promise((resolve) => setTimeout(resolve, 20));
  own.answers = { includes: ['node_modules'], excludes: ['a'] };
  const second = own.check();
  go();
  await assert.rejects(first, { code: 'aborted' });
  await second;
  assert.deepEqual(actions(calls).slice(-3), ['list', 'open', 'check']);
  assert.ok(!actions(calls).includes('giveUp'));
});

test('what an older walk learns too late goes into no folder', async () => {
  let go = () => {};
  const held = new Promise((resolve) => (go = resolve));
  const { own, calls } = packager();
  const handle = folder([]);
  await own.add(handle);
  const { values } = handle;
  const late = (entry, index) => (index < 64 ? entry : { ...entry, getFile: () => held.then(entry.getFile) });
  handle.values = () => values().map(late);
  own.answers = { includes: ['node_modules'] };
  const first = own.check();
  await new Promise((resolve) => setTimeout(resolve, 20));
  handle.values = values;
  own.answers = { includes: ['node_modules'], excludes: ['a'] };
  await own.check();
  const before = calls.length;
  go();
  await assert.rejects(first, { code: 'aborted' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(actions(calls.slice(before)), []);
});

test('what is added while a folder is walked again is opened with it', async () => {
  let go = () => {};
  const held = new Promise((resolve) => (go = resolve));
  const { own, calls } = packager();
  const slow = async function* () {
    await held;
  };
  await own.add(folder([slow]));
  own.answers = { includes: ['node_modules'] };
  const walk = own.check();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const adding = own.add([file('x.whl')]);
  go();
  await Promise.all([walk, adding]);
  const added = calls.findLast(({ action }) => action === 'open')?.argument.added;
  assert.deepEqual(
    added.map(({ path }) => path),
    ['x.whl'],
  );
});

test('what cannot be added on top is not opened with the input again', async () => {
  const { own, calls } = packager({ refused: 'add' });
  await own.add(FILES);
  await assert.rejects(own.add([file('x.whl')]), { code: 'too-large' });
  own.answers = { includes: ['node_modules'] };
  await own.check();
  assert.deepEqual(calls.findLast(({ action }) => action === 'open')?.argument.added, []);
});
