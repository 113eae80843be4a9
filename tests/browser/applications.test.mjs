// Small applications of many frameworks, packaged by the command for each kind of host, really answer.
// APPLICATION=NAME runs only those with NAME in their name.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ANSWER, QUERY } from './support/applications.mjs';
import { ask, build, cases, interpreter, prepare, secrets, variable } from './support/cases.mjs';
import { SKIPPED, hasShared, root } from './support/places.mjs';

/** @typedef {import('./support/cases.mjs').Case} Case */
/** @typedef {import('./support/cases.mjs').Ask} Ask */

const all = cases();
const chosen = all.filter(({ name }) => name.includes(process.env['APPLICATION'] ?? ''));

/**
 * What every application of ours answers.
 * @type {Ask[]}
 */
const COMMON = [
  { url: `/?${QUERY}`, body: ANSWER },
  { url: '/deep/path/', body: 'path=/deep/path/' },
  { url: `/deep/path/?${QUERY}`, body: 'path=/deep/path/' },
  { url: '/page/', contains: 'Größe &' },
  { url: '/handler.fcgi', status: 404 },
  { url: '/nowhere/at/all', status: 404 },
  { url: '/form/', post: 'name=Stra%C3%9Fe', body: 'Hello, Straße' },
];

/** @type {string[][]} */
const table = [];
after(() => {
  const rows = [['application', 'framework', 'host', 'starts at', 'answered'], ...table.sort()];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log(rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n'));
  const count = (/** @type {string} */ word) => table.filter((row) => row[4]?.startsWith(word)).length;
  console.log(`${count('yes')} of ${table.length} packages answered, ${count('not run')} were not run`);
});

describe('Packages that answer', { concurrency: 2 }, () => {
  for (const one of chosen) {
    /** @type {Promise<string> | undefined} */
    let folder;
    for (const target of [...(one.unfit ? [] : [undefined]), ...(one.targets ?? [])]) {
      const host = target ?? one.target;
      test(
        `${one.name} on ${host}${target ? '' : ', which the packager chose'}`,
        { todo: one.todo ?? false },
        async (t) => {
          const row = [one.name, one.framework, host, '-', 'NO'];
          table.push(row);
          const skip = (/** @type {string} */ why) => {
            row[4] = `not run: ${why}`;
            t.skip(why);
          };
          if (!hasShared) return skip(SKIPPED);
          const python = await interpreter(one.python);
          if (!python) return skip(`there is no Python ${one.python}`);
          folder ??= prepare(one);
          const made = await folder.catch((/** @type {Error} */ error) => error);
          if (made instanceof Error) {
            if (/No matching distribution|Connection|timed out|ETIMEDOUT/i.test(made.message))
              return skip('its packages could not be fetched');
            throw made;
          }
          const built = await build(one, made, target);
          row[3] = startsAt(built.webConfig);
          const count = await judgeAnswers(one, made, built.out, python);
          row[4] = `yes, ${count} times`;
          judgePackage(one, host, built);
        },
      );
    }
  }
});

test('README tells how many applications there are', () => {
  const frameworks = new Set(all.map(({ framework }) => framework).filter((name) => name !== 'WSGI'));
  const said = `${all.length} applications of ${frameworks.size} frameworks`;
  assert.ok(fs.readFileSync(path.join(root, 'README.md'), 'utf8').includes(said), said);
});

/** @param {string} webConfig */
const startsAt = (webConfig) =>
  variable(webConfig, 'WSGI_HANDLER') ?? /\barguments="([^"]*)"/.exec(webConfig)?.[1] ?? '';

/**
 * Pages, forms and static files come back, and nothing else does.
 * @param {Case} one
 * @param {string} folder
 * @param {string} file
 * @param {string} python
 */
async function judgeAnswers(one, folder, file, python) {
  const served = one.served ?? ['/static/site.css'];
  /** @type {Ask[]} */
  const asks = [
    ...(one.common === false ? [] : COMMON.filter(({ url }) => !one.asks?.some((own) => own.url === url))),
    ...(one.asks ?? []),
    ...served.map((url) => ({ url, contains: 'margin' })),
    ...(one.open ? [] : secrets(one, folder, served)).map((url) => ({ url, status: one.refusals ?? [404] })),
  ];
  const answers = await ask(file, asks, python);
  for (const { url, post, status = 200, body, contains } of asks) {
    const method = post === undefined ? 'GET' : 'POST';
    const answer = answers.find((other) => other.url === url && other.method === method);
    assert.ok(answer, `${method} ${url} was not answered; the last was ${JSON.stringify(answers.at(-1))}`);
    const said = `${method} ${url}: ${JSON.stringify(answer)}`;
    assert.ok([status].flat().includes(Number(answer.status)), said);
    if (body !== undefined) assert.equal(answer.body, body, said);
    if (contains !== undefined) assert.ok(answer.body?.includes(contains), said);
  }
  return answers.length;
}

/**
 * The way to start is the one that a reader of the code gives, and no rule cries wolf.
 * @param {Case} one
 * @param {string} host
 * @param {{ report: any, webConfig: string }} built
 */
function judgePackage(one, host, { report, webConfig }) {
  assert.equal(report.target.id, host);
  assert.equal(report.detection.framework, one.framework);
  const found = startsAt(webConfig);
  const isWritten = report.files.some(
    (/** @type {{ path: string, state: string }} */ { path, state }) => state === 'new' && path.endsWith('.py'),
  );
  assert.equal(isWritten, one.loader ?? false, `a module is ${isWritten ? '' : 'not '}written for ${found}`);
  if (host === 'iis-httpplatform') assert.ok(found.includes(one.server ?? ''), found);
  else if (!one.loader) assert.equal(found, one.handler);
  assert.equal(variable(webConfig, 'DJANGO_SETTINGS_MODULE'), one.settings);
  if (one.pythonPath) assert.deepEqual(report.detection.pythonPath, [one.pythonPath]);
  if (host.startsWith('iis'))
    assert.ok(webConfig.includes(one.interpreter ?? ''), `not ${one.interpreter}:\n${webConfig}`);
  for (const text of one.keeps ?? []) assert.ok(webConfig.includes(text), `${text} is gone from\n${webConfig}`);
  const rules = report.diagnostics.map((/** @type {{ rule: string }} */ { rule }) => rule);
  const said = report.diagnostics.map((/** @type {any} */ { rule, message }) => `${rule}: ${message}`).join('\n');
  assert.deepEqual(rules.sort(), one.findings?.[host] ?? [], said);
}
