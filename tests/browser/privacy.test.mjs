// Nothing leaves: proven by the server, by the browser's own protocol and by the policy.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bounded, open } from './support/page.mjs';
import { dist, temporary } from './support/places.mjs';
import { project } from './support/projects.mjs';
import { serve } from './support/server.mjs';
import { testWithUnzip } from './support/packages.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

test('After loading, a whole run makes not one request, neither the page nor its worker', async () => {
  const packager = await open(server.origin);
  await packager.page.getByRole('button', { name: 'Try a sample' }).click();
  await packager.page.locator('.menu-item').first().waitFor(); // the worker runs
  await packager.page.keyboard.press('Escape');
  const loaded = [...server.hits];
  const requests = await watchNetwork(packager.page);
  await packager.report(() => packager.drop(project('quiet')));
  testWithUnzip(await packager.save(temporary()));
  await packager.sample('A package with mistakes');
  await packager.save(temporary());
  assert.deepEqual(server.hits, loaded);
  assert.deepEqual(
    requests.filter((url) => !/^(blob|data):/.test(url)),
    [],
  );
  assert.ok(packager.page.workers().length >= 1, 'it ran in a worker');
  assert.deepEqual((await packager.seen()).violations, []);
  await packager.close();
});

test('The page loads from its own server alone', async () => {
  const before = server.hits.length;
  const packager = await open(server.origin);
  assert.deepEqual(server.hits.slice(before).sort(), ['GET /', 'GET /page.css', 'GET /page.js']);
  await packager.close();
});

test('The policy is part of the page and shown as text', async () => {
  const packager = await open(server.origin);
  const policy = await packager.page.locator('meta[http-equiv]').getAttribute('content');
  for (const directive of ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"])
    assert.ok(policy?.includes(directive), policy ?? 'no policy');
  const shown = await packager.page.locator('.privacy pre').innerText();
  assert.equal(shown.replaceAll(/;\s*/g, '; '), policy);
  await packager.close();
});

test('The test request is refused, and the page says by what', async () => {
  const packager = await open(server.origin);
  const hits = server.hits.length;
  await packager.page.getByRole('button', { name: 'Send a test request' }).click();
  await packager.page.getByText('Your browser refused it: connect-src').waitFor();
  assert.equal(server.hits.length, hits);
  await packager.close();
});

test('fetch() is refused in the page and in its worker', async () => {
  const packager = await open(server.origin);
  await packager.sample('A Django project');
  const hits = server.hits.length;
  const ask = (/** @type {string} */ url) =>
    fetch(url).then(
      () => 'answered',
      (error) => error.name,
    );
  assert.equal(await packager.page.evaluate(ask, `${server.origin}/leak`), 'TypeError');
  const [worker] = packager.page.workers();
  assert.ok(worker);
  assert.equal(await bounded(worker.evaluate(ask, `${server.origin}/leak`)), 'TypeError');
  assert.equal(server.hits.length, hits);
  await packager.close();
});

test('The page works from a disk, with a dropped folder', async () => {
  const packager = await open(pathToFileURL(`${dist}/index.html`).href);
  const report = await packager.report(() => packager.drop(project('offline')));
  assert.equal(report.detection.entryPoint, 'app:application');
  testWithUnzip(await packager.save(temporary()));
  assert.deepEqual(packager.complaints, []);
  await packager.close();
});

/**
 * Every address that the page, its frames and its workers ask for, from now on.
 * @param {import('playwright-core').Page} page
 */
async function watchNetwork(page) {
  /** @type {string[]} */
  const urls = [];
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ request }) => urls.push(request.url));
  await session.send('Network.enable');
  page.context().on('request', (request) => urls.push(request.url()));
  return urls;
}
