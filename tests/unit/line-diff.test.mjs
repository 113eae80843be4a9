import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineDiff } from '../../www/core/line-diff.js';

const SIGNS = { same: ' ', removed: '-', added: '+' };
const diff = (before, after) =>
  lineDiff(before, after)
    .map(({ kind, text }) => SIGNS[kind] + text)
    .join('\n');

test('equal texts have no changes', () => assert.equal(diff('a\nb\n', 'a\nb\n'), ' a\n b'));
test('a changed line is removed and added', () => assert.equal(diff('a\nb\nc\n', 'a\nx\nc\n'), ' a\n-b\n+x\n c'));
test('an added line leaves its neighbours alone', () => assert.equal(diff('a\nc', 'a\nb\nc'), ' a\n+b\n c'));
test('a removed line leaves its neighbours alone', () => assert.equal(diff('a\nb\nc', 'a\nc'), ' a\n-b\n c'));
test('a new file is all added', () => assert.equal(diff('', 'a\nb\n'), '+a\n+b'));
test('line ends of any kind are line ends', () => assert.equal(diff('a\r\nb\rc', 'a\nb\nc'), ' a\n b\n c'));
test('lines in the middle that both have stay', () =>
  assert.equal(diff('1\na\n2\nb\n3', 'x\na\ny\nb\nz'), '-1\n+x\n a\n-2\n+y\n b\n-3\n+z'));

test('very long texts are shown as replaced, quickly', () => {
  const lines = (from) => Array.from({ length: 5000 }, (_, index) => from + index).join('\n');
  const all = lineDiff(lines(0), lines(10_000));
  assert.deepEqual([all.length, all[0].kind, all.at(-1).kind], [10_000, 'removed', 'added']);
});
