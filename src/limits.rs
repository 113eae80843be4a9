//! Every cap in one place, each with its reason.

/// Largest single file that the Web Deploy package provider takes, in bytes.
/// Source: "Web Deploy package Provider", dd569019.
pub const FILE_BYTES: u64 = 2_147_483_647;

/// Most files that the Web Deploy package provider takes. Source: dd569019.
pub const PACKAGE_FILES: usize = 65_536;

/// Most entries, folders with them, that a ZIP without Zip64 can count; whether Web Deploy reads
/// Zip64 is documented nowhere.
pub const PACKAGE_ENTRIES: usize = 65_535;

/// Longest name of an entry, in bytes: the format counts it in 16 bits, and the `zip` crate wants
/// the header to fit with it.
pub const NAME_BYTES: usize = 65_000;

/// Most entries of a ZIP that is opened: four packages full, for what is left out of it.
pub const INPUT_ENTRIES: u64 = 262_144;

/// Largest directory of a ZIP that is opened, in bytes: `INPUT_ENTRIES` with paths as long as
/// Windows allows nearly fill it, and it is held in memory while it is read.
pub const DIRECTORY_BYTES: u64 = 64 * 1024 * 1024;

/// Largest ZIP that lies compressed in another one and is opened all the same, in bytes: it is held in
/// memory, and few wheels are larger.
pub const NESTED_BYTES: u64 = 64 * 1024 * 1024;

/// How many bytes of such ZIPs are held in memory together: WebAssembly has four gigabytes for everything,
/// and browsers on small machines much less.
pub const NESTED_TOTAL: u64 = 256 * 1024 * 1024;

/// Largest wheel, unpacked, whose files are compared with the sums in its RECORD when it is opened, in
/// bytes: some tenths of a second.
pub const SUMMED_BYTES: u64 = 64 * 1024 * 1024;

/// Largest package, in bytes: beyond it Web Deploy says `ERROR_PACKAGE_TOO_LARGE`, and a ZIP
/// without Zip64 cannot hold it.
pub const PACKAGE_BYTES: u64 = 4_294_967_295;

/// Largest text that the core parses, in bytes: no configuration file or module that a person
/// wrote comes near, and a parser needs a multiple of it in memory.
pub const TEXT_BYTES: u64 = 4 * 1024 * 1024;

/// Largest file that is searched for secrets, in bytes: code and settings that a person wrote are
/// smaller, and what is larger was made by a program.
pub const SECRET_BYTES: u64 = 512 * 1024;

/// How many files are searched for secrets, and how many bytes together: the applications seen have a
/// tenth of it. The words of LAY030 have these numbers too, and a test of its own holds both to them.
pub const SECRET_FILES: usize = 4_000;
/// See `SECRET_FILES`.
pub const SECRET_TOTAL: u64 = 32 * 1024 * 1024;

/// How much of a database is looked at for tables with rows, in bytes: the first pages of the tables
/// lie in front.
pub const DATABASE_BYTES: u64 = 4 * 1024 * 1024;

/// How deep XML elements may nest: web.config needs about ten.
pub const XML_DEPTH: usize = 200;

/// How deep brackets may nest in Python: `CPython` itself takes 200 ("too many nested parentheses").
pub const PYTHON_BRACKETS: usize = 200;

/// How deep blocks may be indented in Python: `CPython` itself takes 100 levels.
pub const PYTHON_INDENTS: usize = 100;

/// How many operators one Python expression may chain: each can be one step down in the tree, and
/// the stack in the browser has one megabyte.
pub const PYTHON_CHAIN: usize = 1_000;

/// How much is read from a file at once, in bytes: large enough that the round trip to the
/// browser's file process does not count, small enough that memory stays flat.
pub const CHUNK_BYTES: usize = 4 * 1024 * 1024;

/// How many small files one read takes together (see `CHUNK_BYTES`).
pub const BATCH_FILES: usize = 256;

/// How many modules of an application are read to find its entry point and the Python that it
/// needs: enough for every application seen, and bounded for a dropped home folder.
pub const MODULES: usize = 4_000;

/// How many diagnostics of one rule a report carries; the rest is counted.
pub const DIAGNOSTICS_PER_RULE: usize = 50;

/// How many parameters, and how many pairs of an entry and a provider, are compared with one
/// another: the largest real package has a hundred, and the work grows with the square.
pub const PARAMETERS: usize = 1_000;
/// See `PARAMETERS`.
pub const COMPARISONS: usize = 100_000;

/// How many references are followed from one parameter: real ones go three deep.
pub const REFERENCES: usize = 100;

/// Longest expression of a parameter entry that is judged, in bytes: the longest seen has 80.
pub const EXPRESSION_BYTES: usize = 4_000;

/// Largest expression once it is compiled, in bytes: every byte of text may cost a step for each part
/// of it.
pub const COMPILED_BYTES: usize = 64 * 1024;

/// Most steps that a backtracking engine may need for an expression: some seconds in the worst case,
/// which no expression that a person wrote comes near.
pub const EXPRESSION_STEPS: u64 = 1_000_000_000;

/// Largest text that a parameter entry is searched in, in bytes: configuration files and scripts are
/// far smaller, and every entry with it in its scope searches it anew.
pub const SEARCHED_BYTES: usize = 1024 * 1024;

/// How many files of its scope a parameter entry is run on; a scope has one or two as a rule.
pub const SCOPE_FILES: usize = 40;

/// How many places that a parameter entry hits a report carries.
pub const HITS: usize = 100;

/// How many bytes all parameter entries search together in one check, names of files among them.
pub const SEARCHED_TOTAL: usize = 32 * 1024 * 1024;

/// How deep an XPath may nest; each level is one step down in the stack.
pub const XPATH_DEPTH: usize = 40;

/// How many nodes an XPath may visit: enough for every expression on a file of a hundred kilobytes.
pub const XPATH_STEPS: u32 = 2_000_000;
