import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchored } from '../../www/core/anchored.js';

/** What the expression finds, and what stands in its place then. */
function found(line, value, later) {
  const start = line.indexOf(value);
  const expression = new RegExp(anchored(line, start, start + value.length) ?? '(?!)', 'gi');
  assert.deepEqual(line.match(expression), [value], String(expression));
  const other = line.replace(expression, () => later);
  assert.equal(other, line.slice(0, start) + later + line.slice(start + value.length));
  return other.match(expression);
}

test('a quoted value is found by what stands around it, and found again', () => {
  assert.deepEqual(found("x = 1\nSECRET = 'change me'\ny = 'change me'\n", 'change me', 'other'), ['other']);
  assert.deepEqual(found('<add key="A" value="1" />\r\n<add key="B" value="1" />', '1', '22'), ['22']);
});
test('the rest of a line is found again when it is the same', () =>
  assert.deepEqual(found('[server]\nhost = localhost\n', 'localhost', 'localhost'), ['localhost']));
test('signs of expressions are text', () => assert.deepEqual(found('a.b[0] = (1+2);', '(1+2)', '3'), ['3']));
test('a sign of classes after the value ends it', () => {
  for (const sign of ['\\', ']', '^', '-'])
    assert.deepEqual(found(`path = server${sign}data\n`, 'server', 'errand'), ['errand']);
});
test('what is alone in its line is found by itself', () => assert.equal(anchored('a\n  10.0  \nb', 4, 8), '10\\.0'));
test('nothing, blanks and several lines are no value', () => {
  assert.equal(anchored('a b', 1, 1), null);
  assert.equal(anchored('a b', 1, 2), null);
  assert.equal(anchored('a\nb', 0, 3), null);
});
