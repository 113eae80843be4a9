import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Packager } from '../../www/core/packager.js';
import { Lister } from '../../www/worker/lister.js';

const junk = { names: { node_modules: 'packages of Node', venv: 'virtual environment' }, markers: {} };
const file = (path) => ({ path, file: new File(['x'], path.split('/').at(-1)) });
const FILES = ['m/app.py', 'm/node_modules/x/y.js', 'm/node_modules/x/z.js'].map(file);

/**
 * A packager with an engine that refuses the target "moon", and an action when told so, and notes what it is asked. Folders
 * are listed as they are; that is not noted.
 */
function packager(engine = { refused: '' }) {
  const calls = [];
  const report = (answers) => ({
    input: { root: '', kind: 'application' },
    leftOut: [],
    answers,
    diagnostics: [{ rule: 'a/b', file: 'web.config', fixes: [{ id: `${calls.length}.0`, title: 'Mend it' }] }],
  });
  const act = (action, argument) => {
    calls.push({ action, argument });
    if (action === engine.refused) throw { code: 'too-large', message: 'no' };
    if (action !== 'check') return action === 'applySafeFixes' ? 1 : null;
    if (argument.answers.target === 'moon') throw { code: 'unknown-answer', message: 'there is no target moon' };
    return report(argument.answers);
  };
  const open = async () => {
    let receive = () => {};
    const lister = new Lister();
    const post = async ({ id, action, argument }) => {
      if (id === undefined) return;
      const tell = (progress) => receive({ id, progress });
      try {
        if (action === 'walk') await lister.walk(argument, { stopped: () => false, tell });
        if (action === 'children') await lister.list(argument, { stopped: () => false, tell });
        if (['walk', 'children'].includes(action)) return receive({ id, result: null });
        if (Array.isArray(argument?.entries)) lister.handOver(argument.entries);
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
/** What the engine was given last. */
const given = (calls, action = 'open') =>
  calls.findLast((call) => call.action === action).argument.entries.map(({ path }) => path);
const count = (calls, action) => actions(calls).filter((own) => own === action).length;

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
  assert.deepEqual(given(calls), ['app.py', 'node_modules', 'node_modules/x', 'node_modules/x/y.js']);
  assert.deepEqual((await own.add(FILES)).answers, {});
});

test('a file in a folder that was left out is walked when it is asked for, once, and nothing else is', async () => {
  const { own, calls } = packager();
  await own.add(FILES);
  assert.deepEqual(given(calls), ['app.py']);
  own.answers = { includes: ['node_modules/x/y.js'] };
  await own.check();
  assert.deepEqual(given(calls, 'grow'), ['node_modules', 'node_modules/x', 'node_modules/x/y.js']);
  await own.check();
  own.answers = {};
  await own.check();
  own.answers = { includes: ['node_modules/x/y.js'] };
  await own.check();
  assert.equal(count(calls, 'grow'), 1, 'what was walked stays walked');
  own.answers = { includes: ['node_modules/x/y.js', 'node_modules'] };
  await own.check();
  assert.deepEqual(given(calls, 'grow'), ['node_modules/x/z.js']);
  assert.equal(count(calls, 'open'), 1);
});

test('texts and fixes stay when more is walked, and are made again where the input is opened again', async () => {
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
  assert.deepEqual(actions(calls), ['grow', 'check']);
  calls.length = 0;
  await own.goBack(own.opened);
  assert.deepEqual(
    actions(calls).filter((action) => action !== 'check'),
    ['forget', 'open', 'setText', 'applyFix'],
  );
  const { argument } = calls.find(({ action }) => action === 'setText');
  assert.deepEqual(argument, { path: 'm/web.config', text: 'mine' });
  assert.ok(given(calls).includes('node_modules/x/y.js'));
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
  // What is opened again gets its wheels again.
  await own.goBack(own.opened);
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

/**
 * A folder with so many files, and two more that are listed when they are asked for, as they are told.
 * @param {() => AsyncIterable<object> | Iterable<object>} list
 */
function folder(list, files = 10) {
  const names = Array.from({ length: files }, (_, index) => `f${index}.py`);
  const inside = { name: 'node_modules', kind: 'directory', values: list };
  const venv = { name: 'venv', kind: 'directory', values: () => [entry('v.py')] };
  const getDirectoryHandle = async (name) => (name === 'venv' ? venv : inside);
  const values = () => [...names.map((name) => entry(name)), inside, venv];
  return { name: 'm', kind: 'directory', values, getDirectoryHandle };
}
const entry = (name, getFile = async () => new File(['x'], name)) => ({ name, kind: 'file', getFile });
const many = (length) => Array.from({ length }, (_, index) => entry(`y${index}.js`));
const moment = () => new Promise((resolve) => setTimeout(resolve, 20));
/** What is listed only when it is let go. */
function held() {
  let go = () => {};
  const until = new Promise((resolve) => (go = () => resolve(undefined)));
  return { until, go: () => go() };
}

test('a folder that cannot be listed is told, and is in the way of nothing', async () => {
  const { own, calls } = packager();
  await own.add(
    folder(async function* () {
      throw new DOMException('gone', 'NotFoundError');
    }),
  );
  own.answers = { includes: ['node_modules', 'venv'] };
  await own.check();
  assert.deepEqual(given(calls, 'grow'), ['venv', 'venv/v.py']);
  assert.deepEqual(
    own.unreadable.map(({ path }) => path),
    ['node_modules'],
  );
  const { skipped } = calls.findLast(({ action }) => action === 'grow').argument;
  assert.deepEqual(skipped, own.unreadable);
  await own.check();
  assert.equal(count(calls, 'grow'), 1, 'it would fail again');
});

test('what the engine refuses is not asked for any more, and can be asked for again', async () => {
  const engine = { refused: 'grow' };
  const { own, calls } = packager(engine);
  await own.add(folder(() => many(3)));
  own.answers = { includes: ['node_modules'], excludes: ['a'] };
  await assert.rejects(own.check(), { code: 'too-large' });
  assert.equal(actions(calls).at(-1), 'giveUp');
  assert.deepEqual(own.answers, { includes: [], excludes: ['a'] });
  await own.check();
  assert.equal(actions(calls).at(-1), 'check');
  engine.refused = '';
  own.answers = { includes: ['node_modules'] };
  await own.check();
  assert.equal(given(calls, 'grow').length, 4, 'all of it comes, as if nothing had been tried');
});

test('a large folder is sent in parts, and only the last takes it', async () => {
  const { own, calls } = packager();
  await own.add(folder(() => many(250), 150));
  own.answers = { includes: ['node_modules'] };
  await own.check();
  const parts = calls.filter(({ action }) => action === 'grow').map(({ argument }) => argument);
  assert.deepEqual(
    parts.map(({ first, entries, skipped }) => [first, entries.length, skipped?.map(({ path }) => path)]),
    [
      [true, 100, undefined],
      [false, 100, undefined],
      [false, 51, ['venv']],
    ],
  );
});

test('a newer walk ends the older one, and begins where it began', async () => {
  const { until, go } = held();
  const { own, calls } = packager();
  let walks = 0;
  const slow = async function* () {
    yield* many(250);
    if ((walks += 1) === 1) await until;
  };
  await own.add(folder(slow));
  own.answers = { includes: ['node_modules'] };
  const first = own.check();
  await moment();
  own.answers = { includes: ['node_modules', 'venv'] };
  const second = own.check();
  go();
  await assert.rejects(first, { code: 'aborted' });
  await second;
  const parts = calls.filter(({ action }) => action === 'grow').map(({ argument }) => argument);
  const last = parts.slice(parts.findLastIndex(({ first }) => first));
  assert.equal(last.flatMap(({ entries }) => entries).length, 253, 'both folders and what is in them, once');
  assert.ok(last.at(-1).skipped && !actions(calls).includes('giveUp'));
  assert.deepEqual([actions(calls).at(-1), count(calls, 'open')], ['check', 1]);
});

test('what an older walk learns too late goes into no folder', async () => {
  const { until, go } = held();
  const { own, calls } = packager();
  let walks = 0;
  const late = () => {
    const files = many(150);
    if ((walks += 1) > 1) return files;
    return files.map((own, index) => (index < 64 ? own : entry(own.name, () => until.then(own.getFile))));
  };
  await own.add(folder(late));
  own.answers = { includes: ['node_modules'] };
  const first = own.check();
  await moment();
  own.answers = { includes: ['node_modules', 'venv'] };
  await own.check();
  const before = calls.length;
  go();
  await assert.rejects(first, { code: 'aborted' });
  await moment();
  assert.deepEqual(actions(calls.slice(before)), []);
});

test('what the engine takes at the moment is not walked again', async () => {
  const { own, calls } = packager();
  await own.add(folder(() => many(3)));
  own.answers = { includes: ['node_modules'] };
  const first = own.check();
  while (count(calls, 'grow') === 0) await new Promise((resolve) => setImmediate(resolve));
  own.answers = { includes: ['node_modules', 'venv'] };
  await Promise.all([first, own.check()]);
  const sent = calls.filter(({ action }) => action === 'grow').map(({ argument }) => argument.entries.length);
  assert.deepEqual(sent, [4, 2]);
});

test('who ends everything in the middle of a walk hears nothing more of it', async () => {
  const { until, go } = held();
  const { own, calls } = packager();
  await own.add(
    folder(async function* () {
      await until;
      yield* many(250);
    }),
  );
  own.answers = { includes: ['node_modules'] };
  const walk = own.check();
  await moment();
  own.reset();
  go();
  await assert.rejects(walk, { code: 'aborted' });
  await moment();
  assert.deepEqual([count(calls, 'grow'), own.opened], [0, null]);
  await own.add(FILES);
  own.answers = { includes: ['node_modules'] };
  await own.check();
  assert.equal(given(calls, 'grow').length, 4, 'of the new folder');
});

test('what is added while more is walked lies on top of what was open', async () => {
  const { until, go } = held();
  const { own, calls } = packager();
  await own.add(
    folder(async function* () {
      await until;
      yield entry('y.js');
    }),
  );
  own.answers = { includes: ['node_modules'] };
  const walk = own.check();
  await moment();
  const adding = own.add([file('x.whl')]);
  go();
  await Promise.all([walk, adding]);
  assert.deepEqual([count(calls, 'add'), count(calls, 'grow'), count(calls, 'open')], [1, 1, 1]);
  assert.deepEqual(
    own.opened?.added.map(({ path }) => path),
    ['x.whl'],
  );
});

test('what cannot be added on top is not opened with the input again', async () => {
  const { own, calls } = packager({ refused: 'add' });
  await own.add(FILES);
  await assert.rejects(own.add([file('x.whl')]), { code: 'too-large' });
  await own.goBack(own.opened);
  assert.deepEqual(calls.findLast(({ action }) => action === 'open')?.argument.added, []);
});
