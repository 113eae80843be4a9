import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standIn } from './support/core.mjs';
import { handle, junk } from './support/folders.mjs';

standIn(`
  export const initSync = () => {};
  export const coreMemory = () => new WebAssembly.Memory({ initial: 1 });
  export const samples = () => [];
  export const sampleFiles = (id) => (id === 'one' ? [{ path: 'app.py', bytes: new Uint8Array(1) }] : []);
  export class Digest {}
  export class GalleryDigest {}
  export class Checker {}
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
    list(name, entries) {
      this.calls.push('list ' + entries.length);
    }
    openFolder(name, entries) {
      this.calls.push('open ' + entries.length);
    }
    setAdded(files) {
      this.calls.push('added ' + files.map(({ number, path }) => number + ' ' + path));
    }
    grow(entries, numbers, skipped) {
      const listed = entries.map(({ path }, index) => numbers[index] + ' ' + path);
      this.calls.push('grow ' + listed + ' without ' + skipped.map(({ path }) => path));
    }
    free() {
      this.calls.push('free');
    }
    jobs() {
      globalThis.begun = this;
      return [];
    }
    setAnswers() {}
    ahead() {
      return new Float64Array();
    }
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
  }`);
const { Coordinator } = await import('../../www/worker/coordinator.js');
const { FileSource, MemorySource } = await import('../../www/worker/source.js');

/** Answers one request after another. */
function coordinator({ makeSource = () => new FileSource(), pool = null, told = [] } = {}) {
  const waiting = new Map();
  const own = new Coordinator(
    /** @type {any} */ ({}),
    makeSource,
    (message) => (message.progress ? told.push(message.progress) : waiting.get(message.id)?.(message)),
    () => pool,
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
  assert.deepEqual(session.calls, ['open 1', 'applyFix', 'check', 'undo', 'check']);
});

test('the end of a folder of which the beginning is gone is not taken for all of it', async () => {
  const { error } = await coordinator()('open', { kind: 'folder', name: 'shop', entries: [], skipped: [], given: 300 });
  assert.equal(error.code, 'empty');
});

test('a sample that there is not is said so', async () => {
  const { error } = await coordinator()('open', { kind: 'sample', name: 'none' });
  assert.deepEqual([error.code, error.message], ['unknown-input', 'There is no sample none.']);
});

const file = (path) => ({ path, file: new File(['x'], path), folder: false, size: 1, modified: 0 });
const rest = { kind: 'folder', name: 'm', skipped: [], unreadable: [], partial: [], given: 0 };

test('a folder that is sent in parts is one input, and a new one takes its place', async () => {
  const ask = coordinator();
  await ask('list', { first: true, name: 'm', entries: [file('a.py'), file('b.py')] });
  await ask('list', { first: false, name: 'm', entries: [file('c.py')] });
  const { session: whole } = /** @type {any} */ (globalThis);
  await ask('open', { ...rest, given: 3, entries: [file('d.py')] });
  assert.deepEqual(whole.calls, ['list 2', 'list 1', 'open 1']);
  await ask('list', { first: true, name: 'm', entries: [file('a.py')] });
  await ask('open', { kind: 'sample', name: 'one' });
  const { session: sample } = /** @type {any} */ (globalThis);
  assert.deepEqual(sample.calls, ['open 1']);
});

test('a folder that is listed here is told by its names, and its files are at hand for who opens it', async () => {
  const told = [];
  const ask = coordinator({ told });
  // To be forgotten waits for its turn; what was listed for the next meanwhile stays.
  const before = [ask('open', { kind: 'sample', name: 'one' }), ask('forget')];
  await ask('walk', { root: 1, handle: handle('m', { 'a.py': 'x', venv: {} }), junk });
  await Promise.all(before);
  const [names, files] = told.flat().filter((part) => part.path === '');
  assert.deepEqual(names.children, [
    { name: 'a.py', folder: false },
    { name: 'venv', folder: true },
  ]);
  const entry = { ...file('a.py'), file: files.files[0] };
  assert.deepEqual(entry.file, { held: 2 ** 32 + 1, size: 1, lastModified: 0 });
  assert.equal((await ask('open', { ...rest, entries: [entry] })).error, undefined);
  const { session } = /** @type {any} */ (globalThis);
  assert.deepEqual(session.calls, ['open 1']);
  const again = await ask('open', { ...rest, entries: [{ ...entry, file: files.files[0] }] });
  assert.deepEqual([again.error.code, again.error.path], ['changed', 'a.py'], 'it was taken');
});

test('what is added on top and taken away leaves the input open', async () => {
  const ask = coordinator();
  await ask('open', { ...rest, entries: [file('a.py')], added: [file('x.whl')] });
  await ask('add', [file('y.whl')]);
  await ask('add', [file('x.whl')]);
  await ask('takeAway', 'y.whl');
  const { session } = /** @type {any} */ (globalThis);
  const [opened, ...added] = session.calls;
  assert.deepEqual(
    [opened, ...added],
    ['open 1', 'added 1 x.whl', 'added 1 x.whl,2 y.whl', 'added 2 y.whl,3 x.whl', 'added 3 x.whl'],
  );
});

test('an input that does not become whole leaves open what was', async () => {
  const ask = coordinator();
  await ask('open', { ...rest, entries: [file('a.py')] });
  const { session: whole } = /** @type {any} */ (globalThis);
  await ask('list', { first: true, name: 'm', entries: [file('a.py'), file('b.py')] });
  await ask('check', { answers: {}, options: {} });
  assert.deepEqual(whole.calls, ['open 1', 'check'], 'it is what is asked about until then');
  await ask('giveUp');
  const { error } = await ask('list', { first: false, name: 'm', entries: [file('c.py')] });
  assert.equal(error.code, 'empty');
  await ask('check', { answers: {}, options: {} });
  assert.equal(whole.calls.length, 3);
  await ask('open', { ...rest, entries: [file('d.py')] });
  const { session: fresh } = /** @type {any} */ (globalThis);
  assert.deepEqual(fresh.calls, ['open 1'], 'what was given up is no part of it');
});

test('what the page walks besides goes into the session that is open, by the numbers of its files', async () => {
  const ask = coordinator();
  await ask('open', { ...rest, entries: [file('a.py')], added: [file('x.whl')] });
  const { session } = /** @type {any} */ (globalThis);
  await ask('grow', { first: true, entries: [file('v/b.py')], skipped: null });
  await ask('add', [file('y.whl')]);
  assert.ok(!session.calls.some((call) => call.startsWith('grow')), 'it is not whole yet');
  await ask('grow', { first: false, entries: [file('v/c.py')], skipped: [{ path: 'w', reason: '', folder: true }] });
  assert.equal(session.calls.at(-1), 'grow 2 v/b.py,4 v/c.py without w');
  assert.equal(/** @type {any} */ (globalThis).session, session);
});

test('a walk that is given up, and one that a newer one ended, leave nothing behind', async () => {
  const left = [];
  const source = new FileSource();
  source.leave = (numbers) => left.push(...numbers);
  const ask = coordinator({ makeSource: () => source });
  await ask('open', { ...rest, entries: [file('a.py')] });
  const { session } = /** @type {any} */ (globalThis);
  await ask('grow', { first: true, entries: [file('v/b.py')], skipped: null });
  await ask('giveUp');
  await ask('grow', { first: true, entries: [file('v/c.py')], skipped: null });
  await ask('grow', { first: true, entries: [file('v/d.py')], skipped: [] });
  assert.deepEqual(left, [1, 2]);
  assert.equal(session.calls.at(-1), 'grow 3 v/d.py without ');
  const { error } = await coordinator()('grow', { first: true, entries: [], skipped: [] });
  assert.equal(error.code, 'empty');
});

test('an input that makes way is freed at once, and one that nobody needs any more', async () => {
  const ask = coordinator();
  const own = /** @type {any} */ (globalThis);
  const freed = (session) => session.calls.filter((call) => call === 'free').length;
  await ask('open', { kind: 'sample', name: 'one' });
  const first = own.session;
  await ask('list', { first: true, name: 'm', entries: [file('a.py')] });
  const given = own.session;
  await ask('giveUp');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([freed(first), freed(given)], [0, 1]);
  await ask('open', { kind: 'sample', name: 'one' });
  const second = own.session;
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([freed(first), freed(second)], [1, 0]);
  await ask('forget');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(freed(second), 1);
});

test('an input is freed only when nobody works at it any more', async () => {
  let stop = () => {};
  const work = new Promise((_, reject) => (stop = () => reject(Object.assign(new Error(), { code: 'aborted' }))));
  const pool = /** @type {any} */ ({ prepare() {}, stop() {}, run: () => work });
  const ask = coordinator({ pool });
  await ask('open', { ...rest, entries: [file('a.py')] });
  const { session } = /** @type {any} */ (globalThis);
  const job = { number: 0, files: [0], bytes: 1, records: null, large: false };
  let begun = false;
  session.jobs = () => (begun ? [] : ((begun = true), [job]));
  await ask('check', { answers: {}, options: {} });
  while (!begun) await new Promise((resolve) => setTimeout(resolve, 5));
  await ask('forget');
  assert.ok(!session.calls.includes('free'), 'a worker has not answered yet');
  stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(session.calls.at(-1), 'free');
});

test('workers get work when nobody asks for anything, whatever was asked last', async () => {
  const own = /** @type {any} */ (globalThis);
  const ask = coordinator({ pool: /** @type {any} */ ({ prepare() {}, stop() {} }) });
  await ask('open', { ...rest, entries: [file('a.py')] });
  const check = ask('check', { answers: {}, options: {} });
  const undo = ask('undo');
  await Promise.all([check, undo]);
  own.begun = null;
  while (own.begun === null) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(own.begun, own.session);
});

test('where everything is read on one thread, it is counted over all parts of a folder', async () => {
  const told = [];
  const ask = coordinator({ makeSource: () => new MemorySource(), told });
  const folder = { path: 'd', folder: true, size: 0, modified: undefined };
  await ask('list', { first: true, name: 'm', entries: [file('a.py'), folder, file('b.py')] });
  await ask('list', { first: false, name: 'm', entries: [file('c.py')] });
  await ask('open', { ...rest, given: 4, entries: [file('d.py')] });
  assert.deepEqual(
    told.map(({ files, totalFiles, bytes }) => [files, totalFiles, bytes]),
    [
      [1, null, 1],
      [1, null, 1],
      [2, null, 2],
      [3, null, 3],
      [4, 4, 4],
    ],
  );
});

test('a package that reads longer than it is has a file in it that grew', async () => {
  const stream = () => new Blob(['package and more']).stream();
  const blob = Object.assign(new Blob(['package']), { stream });
  const { error } = await coordinator()('sums', blob);
  assert.equal(error.code, 'changed');
  assert.match(error.message, /not whole/);
});
