// Every contender as a job in the page: a list of files in, the Blob of a ZIP out.

/* global fflate, JSZip, zip */

import { downloadZip } from './client-zip.js';
import { createZip } from './littlezipper.js';

const LEVEL = 6;
const BATCH_FILES = 256;
const BATCH_BYTES = 4 * 1024 * 1024;

const element = () => document.querySelector('gallery-packager');

/** What of the package is not as it was given, by the packager's own words. */
function described({ package: { appFolder }, files, leftOut }) {
  const prefix = `${appFolder}/`;
  const changed = files.filter(({ state, folder }) => state === 'changed' && !folder);
  return {
    prefix,
    except: [...leftOut.map(({ path }) => path), ...changed.map(({ path }) => path.slice(prefix.length))],
  };
}

/** Until the page says that every file is whole. */
async function whole() {
  while (!element().shadowRoot.textContent.includes('is whole')) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** As fast as a library can that reads each file by itself: 32 at once. */
async function readAll(files) {
  const queue = [...files];
  const contents = [];
  const read = async () => {
    for (let file = queue.pop(); file; file = queue.pop())
      contents.push({ path: file.webkitRelativePath, bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  await Promise.all(Array.from({ length: 32 }, read));
  return contents;
}

const jobs = {
  async product(files) {
    const begin = performance.now();
    const report = await element().add(files);
    const reported = performance.now() - begin;
    const { blob } = await element().build({ sha256: false });
    return { blob, reported, ...described(report) };
  },

  /** The report is read for longer than the work takes; the time is from pressing Save. */
  async ahead(files) {
    const report = await element().add(files);
    await new Promise((resolve) => setTimeout(resolve, files.length * 3 + 3000));
    const begin = performance.now();
    const { blob } = await element().build({ sha256: false });
    return { blob, milliseconds: performance.now() - begin, ...described(report) };
  },

  /** Reading alone, the fastest way there is: no contender can be faster. */
  async floor(files) {
    const batches = [];
    let [batch, bytes] = [[], 0];
    for (const file of files) {
      if (batch.length > 0 && (batch.length === BATCH_FILES || bytes + file.size > BATCH_BYTES)) {
        batches.push(batch);
        [batch, bytes] = [[], 0];
      }
      batch.push(file);
      bytes += file.size;
    }
    batches.push(batch);
    let read = 0;
    const work = async () => {
      for (let next = batches.pop(); next; next = batches.pop())
        for await (const part of new Blob(next).stream()) read += part.length;
    };
    await Promise.all([work(), work(), work(), work()]);
    return { blob: new Blob([]), read };
  },

  async littlezipper(files) {
    const entries = await readAll(files);
    return { blob: new Blob([await createZip(entries.map(({ path, bytes }) => ({ path, data: bytes })))]) };
  },

  async fflate(files) {
    const contents = Object.fromEntries((await readAll(files)).map(({ path, bytes }) => [path, bytes]));
    const bytes = await new Promise((resolve, reject) =>
      fflate.zip(contents, { level: LEVEL }, (error, data) => (error ? reject(error) : resolve(data))),
    );
    return { blob: new Blob([bytes]) };
  },

  async zipjs(files) {
    const writer = new zip.ZipWriter(new zip.BlobWriter('application/zip'), { level: LEVEL });
    await Promise.all([...files].map((file) => writer.add(file.webkitRelativePath, new zip.BlobReader(file))));
    return { blob: await writer.close() };
  },

  async clientzip(files) {
    const entries = [...files].map((file) => ({
      name: file.webkitRelativePath,
      lastModified: file.lastModified,
      input: file,
    }));
    return { blob: await downloadZip(entries).blob() };
  },

  async jszip(files) {
    const writer = new JSZip();
    for (const file of files) writer.file(file.webkitRelativePath, file);
    return {
      blob: await writer.generateAsync({ type: 'blob', compression: 'DEFLATE', compressionOptions: { level: LEVEL } }),
    };
  },

  /** An existing ZIP until its first report, and until it is written again. */
  async zipReport([file]) {
    await element().add([file]);
    return { blob: new Blob([]) };
  },
  /** The same when the engine has worked before: what is compiled is compiled. */
  async zipSecond([file]) {
    await element().add([file]);
    await whole();
    const begin = performance.now();
    await element().add([file]);
    return { blob: new Blob([]), milliseconds: performance.now() - begin };
  },
  /** Every byte of it, from the first report on. */
  async zipCheck([file]) {
    await element().add([file]);
    const begin = performance.now();
    await whole();
    return { blob: new Blob([]), milliseconds: performance.now() - begin };
  },
  async zipRepack([file]) {
    const report = await element().add([file]);
    await whole();
    const begin = performance.now();
    const { blob } = await element().build({ sha256: false });
    return { blob, milliseconds: performance.now() - begin, prefix: report.package.appFolder, except: [] };
  },
  async zipjsList([file]) {
    await new zip.ZipReader(new zip.BlobReader(file)).getEntries();
    return { blob: new Blob([]) };
  },
  async zipCopy([file]) {
    const parts = [];
    for (let at = 0; at < file.size; at += BATCH_BYTES)
      parts.push(new Blob([await file.slice(at, at + BATCH_BYTES).arrayBuffer()]));
    return { blob: new Blob(parts) };
  },
};

/** Longest task of the page since the last question, in milliseconds. */
let longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: 'longtask' });

globalThis.runJob = async (name, argument) => {
  const files =
    argument ?? document.querySelector(name.startsWith('zip') && name !== 'zipjs' ? '#zip' : '#folder').files;
  await new Promise((resolve) => setTimeout(resolve, 200)); // tasks of choosing the files are not its own
  return run(name, files);
};

/** Does a job with what is dropped next, which can only be taken while it is. */
globalThis.expectDrop = (name) => {
  globalThis.dropped = new Promise((resolve, reject) => {
    const take = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      run(name, event.dataTransfer).then(resolve, reject);
    };
    addEventListener('dragover', (event) => event.preventDefault());
    addEventListener('drop', take, { capture: true, once: true });
  });
};

async function run(name, files) {
  longest = 0;
  const begin = performance.now();
  const { blob, ...rest } = await jobs[name](files);
  const milliseconds = performance.now() - begin;
  await new Promise((resolve) => setTimeout(resolve, 100)); // the observer is told late
  globalThis.result = blob;
  return { milliseconds, longest, bytes: blob.size, files: files.length, ...rest };
}

globalThis.saveResult = () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(globalThis.result);
  link.download = 'result.zip';
  link.click();
};
