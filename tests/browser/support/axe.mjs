// Accessibility and width, measured.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';

const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * @param {import('playwright-core').Page} page
 * @param {string} stage
 */
export async function assertAccessible(page, stage) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(async (tags) => {
    const { violations } = await Reflect.get(globalThis, 'axe').run(document, {
      runOnly: tags,
      resultTypes: ['violations'],
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
    );
  }, TAGS);
  assert.deepEqual(violations, [], stage);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} stage
 */
export async function assertNoSidewaysScroll(page, stage) {
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= room, `${stage}: ${wide} px in ${room} px`);
}
