import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { firstSentence, markdown, rulePages } from '../../www/rules.mjs';

const root = new URL('../../', import.meta.url);
const HEADINGS = ['What it does', 'Why it matters', 'Example', 'Use instead', 'Fix', 'References'];
/** All that the pages are made of; anything else came out of a text. */
const TAGS =
  /^<(?:!doctype html|\/?(?:html|head|body|header|main|title|h[12]|p|a|code|pre|ul|ol|li|em|strong|span|table|thead|tbody|tr|t[hd])(?: [^<>]*)?|(?:meta|link) [^<>]*|hr)>/;

const read = (path) => fs.readFileSync(new URL(path, root), 'utf8');
const rules = JSON.parse(read('target/rules.json'));
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'";
const pages = rulePages(rules, policy);

/** What is markup in a page but not of ours. */
const foreign = (html) =>
  [...html.matchAll(/</g)].map(({ index }) => html.slice(index)).filter((rest) => !TAGS.test(rest));

test('every rule file has a page with the six headings', () => {
  const folder = new URL('src/rules/', root);
  const areas = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ids = areas.flatMap(({ name }) =>
    fs
      .readdirSync(new URL(`${name}/`, folder))
      .map((file) => `${name}/${file.replace('.rs', '')}`.replaceAll('_', '-')),
  );
  assert.deepEqual([...pages.keys()].sort(), ['index.html', ...ids.map((id) => `${id}.html`)].sort());
  for (const id of ids) {
    for (const heading of HEADINGS)
      assert.ok(pages.get(`${id}.html`).includes(`<h2>${heading}</h2>`), `${id}: ${heading}`);
  }
});

test('the index names every rule with what it does', () => {
  const index = pages.get('index.html');
  for (const { id, code, page } of rules) {
    assert.ok(index.includes(`<a href="${id}.html">${code}</a>`), id);
    assert.ok(firstSentence(page).length > 10, id);
  }
});

test('no markup comes out of a text', () => {
  for (const [name, html] of pages) assert.deepEqual(foreign(html), [], name);
  const hostile =
    '<script>alert(1)</script> a<b> `<i>` ![<u>](x"y) [<s>](javascript:alert(1)) <!-- c -->\n\n<div onclick="x">\n\n```text\n</pre><p>\n```\n';
  assert.deepEqual(foreign(markdown(hostile)), []);
  const rule = {
    id: 'a"b/c',
    code: '<b>',
    gallery: 'error',
    webdeploy: 'off',
    strict: 'off',
    page: ` ## <b>\n ${hostile}`,
  };
  for (const html of rulePages([rule], policy).values()) {
    assert.deepEqual(foreign(html), []);
    assert.ok(!/href="javascript:/.test(html));
  }
});

test('a page has the policy of the packager without its script', () => {
  const html = pages.get('index.html');
  assert.ok(html.includes(`content="default-src 'none'; style-src 'self'; connect-src 'none'"`));
  assert.ok(!html.includes('<script'));
});
