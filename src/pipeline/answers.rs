//! What a person decides, and which answers mean something for an input.

use std::fmt;

use crate::detect::EntryPoint;
use crate::path::{self, PackagePath};
use crate::pipeline::extras::Extras;
use crate::select::Choice;
use crate::target::{self, Hosting, Target};
use crate::tree::FileTree;

/// What a person decides; everything that is not said is decided by what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Where it will run.
    pub target: Option<&'static Target>,
    /// A version of Python, or the path of `python.exe` on the server.
    pub interpreter: Option<String>,
    /// The folder of the server that the application is installed to.
    pub site_root: Option<String>,
    /// What `HttpPlatformHandler` starts: arguments for the interpreter, or a program and its arguments.
    pub command: Option<String>,
    /// The application's folder in the package.
    pub app_folder: Option<String>,
    /// The folder of the input that is packed; empty for all of it.
    pub root: Option<String>,
    /// `module:object`, or `module:factory()`.
    pub entry_point: Option<String>,
    /// The settings module of Django.
    pub settings: Option<String>,
    /// Folders below the application's root that Python imports from.
    pub python_path: Option<Vec<String>>,
    /// Whether files that a package lacks are written: an application always gets them.
    pub complete: Option<bool>,
    /// What is left out and what is not.
    pub choice: Choice,
    /// What the package does beyond copying the application.
    pub extras: Extras,
}

/// An answer that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAnswer(pub String);

impl fmt::Display for UnknownAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Answers {
    pub(super) fn validate(&self, tree: &FileTree) -> Result<(), UnknownAnswer> {
        let bad = |text: String| Err(UnknownAnswer(text));
        if let Some(root) = self.root.as_deref().filter(|root| !root.is_empty()) {
            let known = PackagePath::new(root).is_ok_and(|root| tree.has_folder(&root));
            if !known {
                return bad(format!("there is no folder `{root}` to take as the root"));
            }
        }
        if let Some(name) = &self.app_folder {
            let fine = PackagePath::new(name).is_ok_and(|path| {
                path.segments().all(|segment| path::windows_problem(segment).is_none()) && path.as_str() == name
            });
            if !fine {
                return bad(format!("`{name}` cannot be the name of a folder on Windows"));
            }
        }
        for folder in self.python_path.iter().flatten().filter(|folder| !folder.is_empty()) {
            let path = PackagePath::new(folder).ok();
            let known = path.is_some_and(|path| {
                let below =
                    self.root.as_deref().and_then(|root| PackagePath::new(root).ok()).map(|root| path.below(&root));
                tree.has_folder(&path) || below.is_some_and(|path| tree.has_folder(&path)) || ends_in(tree, &path)
            });
            if !known {
                return bad(format!("there is no folder `{folder}` to import from"));
            }
        }
        self.validate_host().map_err(UnknownAnswer)?;
        let dotted = |name: &str| EntryPoint::parse(&format!("{name}:x")).is_some();
        if let Some(settings) = self.settings.as_deref().filter(|name| !name.is_empty() && !dotted(name)) {
            return bad(format!("`{settings}` is not the name of a module"));
        }
        if let Some(entry_point) = &self.entry_point
            && EntryPoint::parse(entry_point).is_none()
        {
            return bad(format!("`{entry_point}` is not an entry point: write `module:object` or `module:factory()`"));
        }
        Ok(())
    }

    /// What is said about the server.
    fn validate_host(&self) -> Result<(), String> {
        if let Some(interpreter) = &self.interpreter {
            target::check(interpreter).map_err(|problem| problem.to_string())?;
            if let Some(target) = self.target {
                target.has(interpreter).map_err(|problem| problem.to_string())?;
            }
        }
        if let Some(root) = &self.site_root {
            let absolute = root.get(1..3) == Some(":\\") || root.starts_with('%') || root.starts_with(r"\\");
            let broken = root.contains(['<', '>', '"', '|', '?', '*', ';']) || root.chars().any(char::is_control);
            if !absolute || broken {
                return Err(format!(
                    "`{root}` is not a folder of a server: write it whole, such as `C:\\inetpub\\wwwroot\\shop`"
                ));
            }
        }
        if self.command.as_ref().is_some_and(|command| command.chars().any(char::is_control)) {
            return Err("the command for the server has to be one line".to_owned());
        }
        let by_process = |target: &Target| target.hosting == Hosting::HttpPlatform;
        if let (Some(_), Some(target)) = (&self.command, self.target.filter(|target| !by_process(target))) {
            return Err(format!(
                "a command is for the target `iis-httpplatform`; on `{}` wfastcgi starts the application",
                target.id
            ));
        }
        Ok(())
    }

    /// The target with an id.
    pub fn target_by_id(id: &str) -> Result<&'static Target, UnknownAnswer> {
        target::by_id(id).ok_or_else(|| {
            let known: Vec<&str> = target::ALL.iter().map(|target| target.id).collect();
            UnknownAnswer(format!("there is no target `{id}`; there is {}", known.join(", ")))
        })
    }
}

/// Whether some folder of a tree ends in a path: the root may have been found, not given.
fn ends_in(tree: &FileTree, path: &PackagePath) -> bool {
    let inside = format!("/{path}/");
    tree.files().any(|entry| format!("/{}", entry.path).contains(&inside))
}
