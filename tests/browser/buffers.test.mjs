// What the workers read must arrive whatever a browser's collector does meanwhile.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { EXECUTABLE, FLAGS } from './support/page.mjs';

const SOURCE = new URL('../../www/worker/buffers.js', import.meta.url);

/** @type {import('playwright-core').Browser | undefined} */
let browser;
after(() => browser?.close());

test('No read is lost when the collector runs while it is under way', async () => {
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, '--js-flags=--expose-gc'] });
  const page = await browser.newPage();
  await page.goto('about:blank');
  const ended = await page.evaluate(
    async (source) => {
      const { Buffers } = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
      const buffers = new Buffers(4 * 1024 * 1024);
      let ended = 0;
      for (let index = 0; index < 20; index += 1) {
        const blob = new Blob([new Uint8Array(3_000_000)]);
        buffers.read(blob).then((bytes) => (ended += Number(bytes.length === blob.size)));
        await new Promise((resolve) => setTimeout(resolve, index % 4));
        globalThis.gc();
      }
      const limit = performance.now() + 20_000;
      while (ended < 20 && performance.now() < limit) await new Promise((resolve) => setTimeout(resolve, 50));
      return ended;
    },
    fs.readFileSync(SOURCE, 'utf8'),
  );
  assert.equal(ended, 20);
});
