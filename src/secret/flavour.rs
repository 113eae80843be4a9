//! How a file writes its values, by its name; and which files are not looked into.

/// How a file writes its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Values stand in quotes, as in Python.
    Code,
    /// Values may stand without quotes, as in `.env` or YAML.
    Settings,
    /// What a browser gets anyway: only the tokens of services are looked for, since `password: "..."`
    /// is a label there.
    Script,
}

const CODE: &[&str] = &["py", "pyw", "wsgi", "fcgi", "rb", "php", "ps1", "sh", "bash"];
const SETTINGS: &[&str] = &[
    "env",
    "ini",
    "cfg",
    "cnf",
    "conf",
    "config",
    "toml",
    "yml",
    "yaml",
    "properties",
    "json",
    "xml",
    "bat",
    "cmd",
    "tf",
    "tfvars",
    "ovpn",
];
const SCRIPT: &[&str] = &["js", "mjs", "cjs", "ts", "jsx", "tsx", "ipynb"];

/// Names without an extension that tells anything.
const NAMED: &[&str] = &[
    ".netrc",
    "_netrc",
    ".pypirc",
    ".npmrc",
    ".yarnrc",
    ".pgpass",
    ".git-credentials",
    ".dockercfg",
    ".s3cfg",
    ".boto",
    ".flaskenv",
    ".htpasswd",
    "credentials",
    "kubeconfig",
    "procfile",
    "pipfile",
    "dockerfile",
    "uwsgi",
    "config",
    "requirements.txt",
    "pip.conf",
    ".pip",
];

/// Files for people or with sums and names of other people's packages: nothing in them is used.
const APART: &[&str] = &[
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "composer.lock",
    "composer.json",
    "pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "yarn.lock",
    "pnpm-lock.yaml",
    "record",
    "direct_url.json",
    "tsconfig.json",
    // Other rules look at these.
    "manifest.xml",
    "parameters.xml",
];

impl Flavour {
    /// Of a file by its name; nothing for a file that is not looked into.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if APART.contains(&name.as_str()) || name.ends_with(".min.js") || is_example(&name) {
            return None;
        }
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if NAMED.contains(&name.as_str()) || name == ".env" || name.starts_with(".env.") {
            Some(Self::Settings)
        } else if CODE.contains(&extension) {
            Some(Self::Code)
        } else if SETTINGS.contains(&extension) {
            Some(Self::Settings)
        } else if SCRIPT.contains(&extension) {
            Some(Self::Script)
        } else {
            // A key may be called anything: it is told by its first line.
            matches!(extension, "pem" | "key" | "ppk" | "asc" | "pub" | "crt").then_some(Self::Script)
        }
    }
}

/// What is in other files with such names is an example.
const EXAMPLES: &[&str] =
    &["example", "sample", "template", "dist", "test", "testing", "tests", "dummy", "fake", "snakeoil", "tmpl"];

/// Whether a name says that the file is an example, or there for tests.
#[must_use]
pub fn is_example(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut words = name.split(['.', '-', '_', ' ']);
    words.any(|word| EXAMPLES.contains(&word) || word.starts_with("dummy") || word == "defaults" || word == "conftest")
}
