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

/**
 * From now on folders that are dropped are listed only when the returned function is called, and
 * one file cannot be read. (The tests may run as root, whom no file refuses.)
 * @param {import('playwright-core').Page} page
 * @param {{ locked?: string, hold?: boolean }} options
 */
export async function tamper(page, { locked = '', hold = false }) {
  const go = await page.evaluateHandle(
    ({ locked, hold }) => {
      const { promise, resolve: go } = Promise.withResolvers();
      if (!hold) go();
      const original = DataTransferItem.prototype.webkitGetAsEntry;
      DataTransferItem.prototype.webkitGetAsEntry = function () {
        return changed(original.call(this));
      };
      // The worker that goes by the handle would read the file: here there is none.
      if (locked) DataTransferItem.prototype.getAsFileSystemHandle = async () => null;
      const changed = (entry) => {
        if (entry.name === locked) entry.file = (_, reject) => reject(new DOMException('no', 'NotReadableError'));
        if (!entry.isDirectory) return entry;
        const createReader = entry.createReader.bind(entry);
        entry.createReader = () => {
          const reader = createReader();
          const read = reader.readEntries.bind(reader);
          reader.readEntries = (resolve, reject) =>
            promise.then(() => read((entries) => resolve(entries.map(changed)), reject));
          return reader;
        };
        return entry;
      };
      return go;
    },
    { locked, hold },
  );
  return () => go.evaluate((go) => go());
}
