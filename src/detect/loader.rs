//! Modules that are written because nothing in an application can be called as it is.

use crate::path::PackagePath;

/// A module to write into the application's root; it binds `application`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loader {
    /// Its name, free in the application's root.
    pub module: String,
    /// Where it gets the application from.
    pub load: Load,
}

/// Where a loader gets the application from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    /// A factory that is called with what a file of the application gives it.
    Call {
        /// The module of the factory.
        module: String,
        /// The factory; may have dots.
        object: String,
        /// What it is given, as Python writes it.
        arguments: String,
    },
    /// A file of `PasteDeploy`.
    Paste {
        /// The file, below the application's root.
        file: PackagePath,
        /// The section's name; nothing for `main`.
        name: Option<String>,
    },
    /// The factory that a file of `PasteDeploy` names through the application's own package, which
    /// `PasteDeploy` only finds once it is installed.
    PasteFactory {
        /// The file, below the application's root.
        file: PackagePath,
        /// The section with its settings: `app:main`.
        section: String,
        /// The module of `main(global_config, **settings)`.
        module: String,
        /// The factory.
        object: String,
    },
    /// Bottle's default application, to which modules add their routes when they are imported.
    Bottle {
        /// The modules that have to be imported.
        modules: Vec<String>,
    },
    /// A program that makes its application and starts a server of its own with it.
    Program {
        /// The program, below the application's root.
        file: PackagePath,
        /// The package that it belongs to; empty for none.
        package: String,
        /// What starts the server.
        starter: Starter,
    },
    /// A script for Apache's `mod_wsgi`, which is no module.
    Script {
        /// The script, below the application's root.
        file: PackagePath,
        /// Whether it has to believe that it lies in the root.
        in_root: bool,
    },
    /// A project of Django's first years, whose root is itself the package that its settings name.
    OldDjango {
        /// The package that the root is.
        package: String,
        /// The settings module.
        settings: String,
    },
    /// An ASGI application behind the adapter of `a2wsgi`.
    Asgi {
        /// The module.
        module: String,
        /// The application, or what makes it; may have dots.
        object: String,
        /// Whether it is called to make the application.
        call: bool,
    },
    /// An application that its own framework serves: the module is started, and never imported.
    Serve {
        /// The module.
        module: String,
        /// The application, or what makes it; may have dots.
        object: String,
        /// Whether it is called to make the application.
        call: bool,
        /// The framework.
        framework: Served,
    },
    /// A module that cannot be imported under its name, because it is no name of Python or Python has
    /// another module of that name.
    File {
        /// The module, below the application's root.
        file: PackagePath,
        /// What it is called once it is loaded.
        name: String,
        /// The application in it, or what makes it; may have dots.
        object: String,
        /// Whether it is called to make the application.
        call: bool,
    },
}

/// A framework that serves its applications itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// aiohttp.
    Aiohttp,
    /// Tornado.
    Tornado,
}

/// What starts a server with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// A function that takes the application: its module, its name, and which argument it is.
    Function {
        /// Such as `wsgiref.simple_server`.
        module: &'static str,
        /// Such as `make_server`.
        name: &'static str,
        /// From 0.
        position: usize,
        /// The argument's name.
        keyword: &'static str,
    },
    /// A method of the application.
    Method {
        /// The module of the class: `web`.
        module: &'static str,
        /// The class: `application`.
        class: &'static str,
        /// The method: `run`.
        name: &'static str,
        /// What makes an application for WSGI of the object: `.wsgifunc()`, or nothing.
        finish: &'static str,
    },
    /// `cherrypy.quickstart`, or `cherrypy.engine.block` after mounting.
    CherryPy,
    /// `bottle.run`, which serves the default application when it is given none.
    Bottle,
}

impl Loader {
    /// The file, in the application's root.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.py", self.module)
    }

    /// The package that it needs beside what the application needs itself.
    #[must_use]
    pub const fn needs(&self) -> Option<&'static str> {
        match self.load {
            Load::Asgi { .. } => Some("a2wsgi"),
            Load::Paste { .. } => Some("PasteDeploy"),
            _ => None,
        }
    }
}
