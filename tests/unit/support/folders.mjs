// Folders that stand for those of a drop, a picker or a handle.

export const junk = {
  names: { venv: 'virtual environment', '.git': 'version control' },
  markers: { 'pyvenv.cfg': 'virtual environment' },
};

/** A tree as an object: strings are files, objects folders, errors what cannot be read. */
export function handle(name, content) {
  if (content instanceof Error || typeof content === 'string') {
    const getFile = async () => {
      if (content instanceof Error) throw content;
      return new File([content], name, { lastModified: 0 });
    };
    return { kind: 'file', name, getFile };
  }
  const values = async function* () {
    handle.listed.push(name);
    for (const [child, inside] of Object.entries(content)) yield handle(child, inside);
  };
  const getDirectoryHandle = async (child) => handle(child, content[child]);
  return { kind: 'directory', name, values, getDirectoryHandle };
}
handle.listed = [];

/** The older kind, which gives its children in batches. */
export function entry(name, content, batchSize = 100) {
  if (typeof content === 'string') {
    return { name, isDirectory: false, file: (resolve) => resolve(new File([content], name)) };
  }
  const createReader = () => {
    const left = Object.entries(content);
    const readEntries = (resolve, reject) => {
      if (content.failure) return reject(content.failure);
      resolve(left.splice(0, batchSize).map(([child, inside]) => entry(child, inside, batchSize)));
    };
    return { readEntries };
  };
  return { name, isDirectory: true, createReader };
}

export const dropped = (...roots) => roots.map((root) => ({ handle: Promise.resolve(root), entry: null, file: null }));
export const droppedEntry = (root) => ({ handle: Promise.resolve(null), entry: root, file: null });
export const paths = ({ entries }) => entries.map(({ path, folder }) => (folder ? `${path}/` : path));
export const file = (path, text = 'x') => ({ path, file: new File([text], path.split('/').at(-1)) });
