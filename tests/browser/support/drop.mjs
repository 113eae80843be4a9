// A real drop, as the system's file manager makes it.

/**
 * @param {import('playwright-core').Page} page
 * @param {string[]} files  Absolute paths.
 * @param {{ x: number, y: number }} [at]
 */
export async function drop(page, files, at = { x: 30, y: 30 }) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await session.detach();
}
