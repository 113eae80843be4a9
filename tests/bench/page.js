// Every contender as a job in the page: a list of files in, the Blob of a ZIP out.

/* global fflate, JSZip */

const LEVEL = 6;

const jobs = {
  async product(files) {
    const element = document.querySelector('gallery-packager');
    const begin = performance.now();
    const report = await element.add(files);
    const reported = performance.now() - begin;
    const { blob } = await element.build();
    const prefix = `${report.package.appFolder}/`;
    const changed = report.files.filter(({ state, folder }) => state === 'changed' && !folder);
    const leftOut = report.leftOut.map(({ path }) => path);
    return { blob, reported, prefix, except: [...leftOut, ...changed.map(({ path }) => path.slice(prefix.length))] };
  },

  async fflate(files) {
    const contents = {};
    const queue = [...files];
    const read = async () => {
      for (let file = queue.pop(); file; file = queue.pop())
        contents[file.webkitRelativePath] = new Uint8Array(await file.arrayBuffer());
    };
    await Promise.all(Array.from({ length: 32 }, read));
    const bytes = await new Promise((resolve, reject) =>
      fflate.zip(contents, { level: LEVEL }, (error, data) => (error ? reject(error) : resolve(data))),
    );
    return { blob: new Blob([bytes]) };
  },

  async jszip(files) {
    const zip = new JSZip();
    for (const file of files) zip.file(file.webkitRelativePath, file);
    return {
      blob: await zip.generateAsync({ type: 'blob', compression: 'DEFLATE', compressionOptions: { level: LEVEL } }),
    };
  },
};

/** Longest task of the page since the last question, in milliseconds. */
let longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: 'longtask' });

globalThis.runJob = async (name) => {
  const { files } = document.querySelector('input');
  await new Promise((resolve) => setTimeout(resolve, 200)); // tasks of choosing the files are not its own
  longest = 0;
  const begin = performance.now();
  const { blob, ...rest } = await jobs[name](files);
  const milliseconds = performance.now() - begin;
  await new Promise((resolve) => setTimeout(resolve, 100)); // the observer is told late
  globalThis.result = blob;
  return { milliseconds, longest, bytes: blob.size, files: files.length, ...rest };
};

globalThis.saveResult = () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(globalThis.result);
  link.download = 'result.zip';
  link.click();
};
