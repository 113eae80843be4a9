// @ts-check
// Every word a person sees. Words: add, check, save; never upload, process, artifact.

const LANGUAGE = 'en';
const rules = new Intl.PluralRules(LANGUAGE);
const numbers = new Intl.NumberFormat(LANGUAGE);
const sizes = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 3 });

/**
 * @param {number} count
 * @param {string} one
 * @param {string} other
 */
const plural = (count, one, other) => `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`;

/** @param {number} bytes */
export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  while (value >= 999.5 && units.length > 1) {
    value /= 1000;
    units.shift();
  }
  return `${sizes.format(value)} ${units[0]}`;
}

const FIELDS = {
  text: 'A line of text',
  password: 'A password',
  'new-password': 'A new password, typed twice',
  choice: 'One of several',
  'yes-no': 'Yes or no',
  hidden: 'Hidden',
};
const lists = new Intl.ListFormat(LANGUAGE);

/** @param {number[]} lines */
const lineNumbers = (lines) =>
  `${rules.select(lines.length) === 'one' ? 'line' : 'lines'} ${lists.format(lines.map((line) => numbers.format(line)))}`;

export const strings = {
  // Add
  add: 'Add your application',
  addPackage: 'Add a package to check',
  dropHere: 'Drop a project folder or a ZIP here',
  dropAnywhere: 'Drop a project folder or a ZIP anywhere on this page',
  dropNow: 'Drop to add',
  chooseFolder: 'Choose folder…',
  chooseZip: 'Choose ZIP…',
  folderInput: 'Folder to add',
  zipInput: 'ZIP to add',
  trySample: 'Try a sample',
  samples: 'Samples',
  noSamples: 'There are no samples.',
  frameworks: 'Django, Flask, Bottle, Pyramid and other WSGI applications.',
  staysHere: 'Your browser may say “upload”; the files stay on this device.',
  whatYouGet: 'What you get: Manifest.xml, Parameters.xml, web.config, handler.fcgi, and one ZIP with everything.',
  addAnother: 'Start over',

  // Read
  reading: (/** @type {string} */ name) => (name ? `Reading ${name}` : 'Reading'),
  checking: 'Checking',
  writing: (/** @type {string} */ name) => `Writing ${name}`,
  summing: 'being computed…',
  counted: (/** @type {number} */ files, /** @type {number | null} */ total, /** @type {number} */ bytes) =>
    `${total === null ? strings.files(files) : `${numbers.format(files)} of ${strings.files(total)}`}, ${size(bytes)}`,
  left: (/** @type {number} */ seconds) => `, about ${numbers.format(seconds)} s left`,
  percent: (/** @type {string} */ what, /** @type {number} */ percent) => `${what}, ${percent} percent`,
  notRead: (/** @type {string[]} */ names) =>
    `Not read: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${numbers.format(names.length - 6)} more` : ''}`,
  cancel: 'Cancel',
  stopped: 'Stopped. Nothing was kept.',
  stoppedWriting: 'Stopped. No file was saved.',
  files: (/** @type {number} */ count) => plural(count, 'file', 'files'),
  size,

  // Check
  check: 'Check',
  verifying: (/** @type {number} */ files, /** @type {number} */ total) =>
    `Checking every byte: ${numbers.format(files)} of ${strings.files(total)}`,
  whole: 'Every file is whole',
  damaged: (/** @type {number} */ count) => plural(count, 'file is damaged', 'files are damaged'),
  finished: (/** @type {string} */ counts) => `Check finished: ${counts}`,
  errors: (/** @type {number} */ count) => plural(count, 'error', 'errors'),
  warnings: (/** @type {number} */ count) => plural(count, 'warning', 'warnings'),
  notes: (/** @type {number} */ count) => plural(count, 'note', 'notes'),
  allGood: 'No problems found',
  severity: { error: 'Error', warning: 'Warning', note: 'Note' },
  kind: {
    'gallery-package': 'Web App Gallery package',
    'web-deploy-package': 'Web Deploy package',
    'set-parameters': 'Values for the parameters of a package',
    'publish-profile': 'Publish profile',
    'command-line': 'Command line of msdeploy',
  },
  unknownFramework: 'No framework recognised',
  entryPoint: 'Entry point',
  settings: 'Settings module',
  appFolder: 'Folder in the package',
  target: 'Runs on',
  retiredTarget: (/** @type {string} */ name) => `${name} (retired)`,
  interpreter: 'Python on the server',
  interpreterHint: (/** @type {string} */ now) => `3.12, or the path of python.exe; now ${now}`,
  siteRoot: 'Folder on the server',
  command: 'Server command',
  onServer: 'On the server',
  lineCopied: 'The line is copied',
  lineNotCopied: 'Copying is not allowed here. The line is selected.',
  because: (/** @type {string} */ target, /** @type {string} */ reason) => `${target}, ${reason}`,
  profile: 'Checked as',
  profiles: {
    gallery: 'Web App Gallery package',
    webdeploy: 'Any Web Deploy package',
    strict: 'Gallery package, as strictly as its own validator',
  },
  noEntryPoint: 'no entry point found',
  complete: 'Add the files that this package lacks',
  why: 'Why',
  change: 'Change what was found',
  candidate: 'Application to start',
  writesLoader: (/** @type {string} */ file, /** @type {string | null} */ needs) =>
    needs ? `writes ${file}, and ${needs} must be in the application` : `writes ${file}`,
  otherServer: 'needs a host that starts servers, such as HttpPlatformHandler',
  entryPointHint: 'module:object or module:factory()',
  nested: (/** @type {string} */ path) => `Your application may be in ${path || 'the top folder'}.`,
  useIt: (/** @type {string} */ path) => `Use ${path || 'the top folder'}`,
  evidence: (/** @type {string} */ file, /** @type {number | null} */ line, /** @type {string} */ text) =>
    `${file}${line === null ? '' : `, line ${numbers.format(line)}`}: ${text}`,
  unreadable: (/** @type {string[]} */ paths) =>
    `${plural(paths.length, 'file or folder', 'files or folders')} could not be read and will be missing: ${paths.slice(0, 8).join(', ')}${paths.length > 8 ? ', …' : ''}`,

  // Packages that it needs
  packageColumns: ['Package', 'Needed by', 'In the application'],
  packages: (/** @type {number} */ count, /** @type {number} */ missing) =>
    `Needs ${plural(count, 'package', 'packages')}: ${missing === 0 ? 'all in the application' : `${numbers.format(missing)} missing`}`,
  bundled: 'yes',
  missing: 'missing',
  copyCommand: 'Copy the command',
  unpacked: (/** @type {number} */ files) => `unpacked, ${plural(files, 'file', 'files')}`,
  notUnpacked: (/** @type {string} */ why) => `not unpacked: ${why}`,
  takeAway: 'Take away',
  takeAwayFile: (/** @type {string} */ file) => `Take away ${file}`,
  fromWheel: (/** @type {string} */ wheel) => `from ${wheel}`,
  dropMore: 'Wheels (`.whl`) and scripts for a database (`.sql`) that you drop now are added to this application.',

  // Problems
  problems: (/** @type {number} */ count) => `Problems (${numbers.format(count)})`,
  show: 'Show',
  all: 'all',
  fix: (/** @type {string} */ title) => `Fix: ${title}`,
  review: (/** @type {string} */ title) => `Review: ${title}`,
  byHand: (/** @type {string} */ title) => `By hand: ${title}`,
  fixAll: (/** @type {number} */ count) => `Fix ${numbers.format(count)} automatically`,
  fixed: (/** @type {string} */ title) => `Fixed: ${title}`,
  fixedMany: (/** @type {number} */ count) => `${plural(count, 'problem', 'problems')} fixed`,
  correct: 'Make a corrected copy',
  ignore: 'Ignore this',
  ignoreLabel: (/** @type {string} */ code) => `Ignore this: ${code}, everywhere and from now on`,
  ignoring: (/** @type {string} */ code) => `${code} is ignored`,
  ignored: (/** @type {number} */ count) => `Ignored: ${plural(count, 'rule', 'rules')}`,
  showAgain: 'Show again',
  showAgainLabel: (/** @type {string} */ code) => `Show again: ${code}`,
  shownAgain: (/** @type {string} */ code) => `${code} is shown again`,
  undo: 'Undo',
  undone: 'Taken back',
  apply: 'Make this change',
  dismiss: 'Leave as it is',
  theChange: 'This would change:',
  noTextChange: 'No shown file changes; only the list of files does.',
  noChange: 'Nothing that is shown here changes.',
  addedFile: (/** @type {string} */ path) => `New: ${path}`,
  removedFile: (/** @type {string} */ path) => `Gone: ${path}`,
  moreFiles: (/** @type {number} */ count) => `and ${numbers.format(count)} more`,
  masked: 'Passwords are hidden here, so this file cannot be edited on this page.',
  consequence: 'What happens',
  about: (/** @type {string} */ code) => `About ${code}`,
  at: (/** @type {string} */ file, /** @type {number | null} */ line) =>
    line === null ? file : `${file}, line ${numbers.format(line)}`,
  marked: (/** @type {string} */ text) => `Marked: ${text}`,

  // Install form
  installForm: 'Install form',
  asked: (/** @type {number} */ count) =>
    count === 0
      ? 'An installer asks nothing.'
      : `An installer asks ${plural(count, 'question', 'questions')}, in this order.`,
  notAsked: 'Not asked',
  unnamed: '(no name)',
  field: (/** @type {keyof typeof FIELDS} */ kind, /** @type {string[]} */ choices) =>
    kind === 'choice' ? `One of: ${choices.join(', ')}` : FIELDS[kind],
  required: 'required',
  optional: 'may stay empty',
  defaultValue: 'At first:',
  noDefault: 'Empty at first',
  value: 'Value:',
  noValue: 'No value',
  tags: (/** @type {string[]} */ tags) => `Tags: ${tags.join(', ')}`,
  goesNowhere: 'Used by other parameters only, or by none.',
  replaces: (/** @type {number} */ count, /** @type {string} */ file, /** @type {number[]} */ lines) =>
    `Replaces ${plural(count, 'place', 'places')} in ${file}: ${lineNumbers(lines)}`,
  setsPath: (
    /** @type {string} */ provider,
    /** @type {string | null} */ path,
    /** @type {string} */ file,
    /** @type {number[]} */ lines,
  ) => `Sets where ${path === null ? provider : `${provider} ${path}`} goes: ${file}, ${lineNumbers(lines)}`,
  setsConnection: (
    /** @type {string} */ provider,
    /** @type {string | null} */ path,
    /** @type {string} */ file,
    /** @type {number[]} */ lines,
  ) =>
    `Is the connection string of ${path === null ? provider : `${provider} ${path}`}: ${file}, ${lineNumbers(lines)}`,
  andMore: 'And more places',
  notChecked: (/** @type {string} */ kind, /** @type {string} */ match, /** @type {string} */ why) =>
    `${kind} \`${match}\` was not checked: ${why}`,
  hitsNothing: (/** @type {string} */ kind, /** @type {string} */ match) =>
    `${kind} \`${match}\` finds nothing in this package`,

  // Files
  filesInPackage: (/** @type {number} */ bytes) => `Files in the package (${size(bytes)})`,
  state: { input: '', new: 'new', changed: 'changed' },
  leftOut: (/** @type {number} */ count) => `Left out: ${plural(count, 'file or folder', 'files and folders')}`,
  inFolders: (/** @type {number} */ count, /** @type {string} */ reason) =>
    `in ${plural(count, 'folder', 'folders')}: ${reason}`,
  offers: {
    gitignore: 'Leave out what `.gitignore` names',
    leaveOutTests: 'Leave out the tests of bundled packages',
  },
  leaveOut: 'Leave out',
  leaveOutPath: (/** @type {string} */ path) => `Leave out ${path}`,
  leaveOutFolder: (/** @type {string} */ path, /** @type {number} */ files) =>
    `Leave out ${path}/ with ${strings.files(files)}`,
  includeAgain: (/** @type {string} */ path) => `Include ${path} again`,
  includeAnyway: (/** @type {string} */ path) => `Include ${path} anyway`,
  details: 'Problems and files',
  extras: {
    title: 'Rights and questions',
    add: 'Add',
    writable: 'Folders to write to',
    writableWhy: 'An installed application may only read its files. Chosen folders get the right “Modify”.',
    anotherFolder: 'Another folder',
    besideCode: (/** @type {string} */ folder, /** @type {string} */ why) =>
      `${why}, in ${folder === '' ? "the application's root" : `\`${folder}\``}, where code is. Put it into a folder of its own: with rights there the application could change itself.`,
    databases: 'Database scripts',
    databasesWhy:
      'A chosen script is moved beside the application and sets up its database; the installer asks for the server, the database and the users.',
    notRun: 'Not run',
    runBy: (/** @type {string} */ engine, /** @type {boolean} */ likely) =>
      `${engine === 'SQL' ? 'SQL Server' : engine}${likely ? ' (by its words)' : ''}`,
    databaseSetting: 'Setting that gets the address of the database',
    questions: 'Questions of the installer',
    questionsWhy: 'The answer is put into a setting of web.config, or into a file, when the package is installed.',
    askFor: (/** @type {string} */ key) => `Ask the installer for ${key}`,
    doNotAsk: (/** @type {string} */ name) => `Do not ask for ${name}`,
    askMore: 'Ask for something',
    askSelection: 'Ask the installer for the selection',
    selectFirst: 'Select the value in one line of the text first.',
    ask: 'Ask the installer',
    name: 'Name of the parameter',
    target: 'The answer replaces',
    targets: {
      appSetting: 'a setting in web.config',
      match: 'text in a file',
      xpath: 'an element or attribute in an XML file',
    },
    key: 'Key of the setting',
    file: 'File, below the application’s root',
    expression: 'Expression or XPath that finds it',
    default: 'Default',
    password: 'It is a password or another secret',
    static: 'Folders that are served as they are',
    staticWhy:
      'The web server sends the files of these folders itself: anyone can fetch them. Everything else goes to the application.',
    servedFrom: 'from',
    staticUrl: 'Addresses begin with',
    staticFolder: 'Folder with the files',
    staticMore: 'Serve another folder',
    addStatic: 'Serve it',
    staticFound: 'Serve the folders that were found',
    aliases: 'Copies',
    aliasesWhy:
      'A file is copied while the package is installed, before the answers are put into files: a sample of the settings becomes the settings.',
    copied: 'Copied:',
    aliasFrom: 'File to copy',
    aliasTo: 'Name of the copy',
    aliasMore: 'Copy a file',
    addAlias: 'Copy it',
    doNotCopy: (/** @type {string} */ to) => `Do not make the copy ${to}`,
    runtime: 'runtime.txt',
    runtimeWhy: 'Only a publication with Git reads it; a package of Web Deploy runs without.',
    writeRuntime: 'Write runtime.txt',
    runtimeNot: 'It is not written:',
  },
  edit: 'Edit',
  doneEditing: 'Done',
  changes: 'Changes',
  reset: 'Reset',
  editing: (/** @type {string} */ path) => `Text of ${path}`,
  content: (/** @type {string} */ path) => `Content of ${path}`,
  changesOf: (/** @type {string} */ path) => `Changes of ${path}`,
  emptyFile: 'This file is empty, and has to be.',
  removedLine: 'removed',
  addedLine: 'added',

  // Save
  save: 'Save',
  filesWithSecrets: (/** @type {number} */ count) =>
    `${plural(count, 'file with secrets or data goes', 'files with secrets or data go')} into the package`,
  lookAtThem: 'Look at them',
  saveAs: (/** @type {string} */ name, /** @type {string} */ detail) => `Save ${name} (${detail})`,
  saveAnyway: (/** @type {string} */ name, /** @type {string} */ errors) => `Save ${name} anyway (${errors})`,
  ofFiles: (/** @type {number} */ bytes) => `${size(bytes)} of files`,
  saved: (/** @type {string} */ name) => `Saved ${name}. Nothing there?`,
  saveAgain: 'Save again',
  saveTo: 'Choose where…',
  sha256: 'SHA-256',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser did not allow it; select the text instead',
  saveReport: 'Save report',
  reportFormats: 'Formats of the report',
  formats: {
    text: { title: 'Text', use: 'as a terminal shows it', file: '.txt', type: 'text/plain' },
    html: { title: 'HTML', use: 'one page, to read and to print', file: '.html', type: 'text/html' },
    markdown: { title: 'Markdown', use: 'for a comment or an issue', file: '.md', type: 'text/markdown' },
    sarif: { title: 'SARIF', use: 'for code hosts and editors', file: '.sarif', type: 'application/sarif+json' },
    json: { title: 'JSON', use: 'everything, for a program', file: '.json', type: 'application/json' },
  },

  // Failures
  failed: 'That did not work:',

  // Privacy
  policyIs: 'The policy of this page, which your browser enforces:',
  noPolicy: 'The page around this one sets the policy.',
  sendTest: 'Send a test request',
  refused: (/** @type {string} */ directive) => `Your browser refused it: ${directive}.`,
  notRefused: 'No policy refused it; the request itself failed or went through.',
  cannotStop: 'A policy cannot stop a link that you follow, or an extension of your browser.',
};
