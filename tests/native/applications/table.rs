//! The applications, and what a reader of their code answers.

use std::fmt;

/// One application.
pub(super) struct Application {
    pub(super) from: From,
    /// The folder of it that is dropped.
    pub(super) root: &'static str,
    pub(super) expected: Expected,
}

/// Where it is from.
pub(super) enum From {
    /// A requirement of `PyPI`, and the folder in its source archive.
    PyPi(&'static str, &'static str),
    /// A public repository and the commit: `owner/name@commit`.
    Repository(&'static str),
}

/// What has to be found.
pub(super) enum Expected {
    /// Handler, settings module, folders on the path.
    Handler(&'static str, Option<&'static str>, &'static [&'static str]),
    /// Nothing that can be called as it is; a loader is offered, and a sentence has this piece.
    Loader(&'static str),
    /// Nothing that wfastcgi could call; a sentence has this piece.
    Nothing(&'static str),
}

impl Application {
    pub(super) fn named(&self) -> String {
        let name = match self.from {
            From::PyPi(requirement, _) => requirement,
            From::Repository(name) => name,
        };
        if self.root.is_empty() { name.to_owned() } else { format!("{name} {}", self.root) }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler(handler, settings, path) => {
                write!(f, "`{handler}`")?;
                settings.iter().try_for_each(|settings| write!(f, ", `{settings}`"))?;
                path.iter().try_for_each(|folder| write!(f, ", in `{folder}`"))
            }
            Self::Loader(_) => f.write_str("nothing direct, a loader"),
            Self::Nothing(_) => f.write_str("nothing, and why"),
        }
    }
}

use Expected::{Handler, Loader, Nothing};
use From::{PyPi, Repository};

const fn row(from: From, root: &'static str, expected: Expected) -> Application {
    Application { from, root, expected }
}

/// Microsoft's own test sites: each has the handler in its web.config.
const SITES: &str = "microsoft/PTVS@68a2f94";

const fn site(root: &'static str, handler: &'static str, settings: Option<&'static str>) -> Application {
    row(Repository(SITES), root, Handler(handler, settings, &[]))
}

const DJANGO: &str = "django.core.wsgi.get_wsgi_application()";

pub(super) const APPLICATIONS: [Application; 35] = [
    row(Repository("pallets/flask@2ac8988"), "examples/tutorial", Handler("flaskr.create_app()", None, &[])),
    row(Repository("miguelgrinberg/microblog@a975ef6"), "", Handler("microblog.app", None, &[])),
    row(Repository("falconry/falcon@ce0a35b"), "examples/look", Handler("look.app.get_app()", None, &[])),
    row(PyPi("pypiserver==2.4.2", "pypiserver-2.4.2"), "", Handler("pypiserver.app()", None, &[])),
    row(PyPi("Trac==1.6", "Trac-1.6"), "", Handler("trac.web.main.dispatch_request", None, &[])),
    row(
        Repository("django-cms/django-cms-quickstart@aa65b1d"),
        "",
        Handler("backend.wsgi.application", Some("backend.settings"), &[]),
    ),
    row(
        Repository("wagtail/bakerydemo@8e2b625"),
        "",
        Handler("bakerydemo.wsgi.application", Some("bakerydemo.settings.production"), &[]),
    ),
    row(
        Repository("netbox-community/netbox@43fe81f"),
        "",
        Handler("netbox.wsgi.application", Some("netbox.settings"), &["netbox"]),
    ),
    row(
        PyPi("graphite-web==1.1.10", "graphite-web-1.1.10"),
        "",
        Handler("graphite.wsgi.application", Some("graphite.settings"), &["webapp"]),
    ),
    row(Repository("web2py/web2py@e2df4a3"), "", Handler("wsgihandler.application", None, &[])),
    row(PyPi("moin==1.9.11", "moin-1.9.11"), "", Handler("MoinMoin.web.serving.make_application()", None, &[])),
    row(PyPi("Kotti==2.0.9", "Kotti-2.0.9"), "", Loader("app.ini")),
    row(PyPi("Zope==6.3", "zope-6.3"), "", Nothing("PasteDeploy")),
    row(PyPi("mercurial==7.2.4", "mercurial-7.2.4"), "", Nothing("contrib/hgweb.wsgi")),
    row(
        Repository("nsidnev/fastapi-realworld-example-app@029eb77"),
        "",
        Nothing("is a FastAPI application, which is ASGI"),
    ),
    row(PyPi("flower==2.2.0", "flower-2.2.0"), "", Nothing("Tornado")),
    row(Repository("ckan/ckan@2dbe2c1"), "", Handler("wsgi.application", None, &[])),
    row(PyPi("apache-superset==4.1.1", "apache-superset-4.1.1"), "", Handler("superset.app.create_app()", None, &[])),
    row(PyPi("Mezzanine==6.1.1", "mezzanine-6.1.1"), "", Nothing("is a template that a project is made from")),
    row(PyPi("django-oscar==4.2.1", "django_oscar-4.2.1"), "", Nothing("looks like a library")),
    row(Repository(SITES), "BadHandler6", Nothing("No module binds a WSGI application")),
    site("BadHeaders", "myapp.handler", None),
    site("DjangoApp", DJANGO, Some("DjangoApp.settings")),
    site("DjangoAppUrlRewrite", "DjangoApplication.wsgi.application", Some("DjangoApplication.settings")),
    site("DjangoSimpleApp", "DjangoApplication.wsgi.application", Some("DjangoApplication.settings")),
    row(Repository(SITES), "DjangoTestApp", Loader("`DjangoTestApp`")),
    site("Environment", "myapp.handler", None),
    site("EnvironmentUrlRewrite", "myapp.handler", None),
    site("ExpandPathEnvironmentVariables", "myapp.handler", None),
    site("FileSystemChanges", "myapp.handler", None),
    site("FileSystemChangesDisabled", "myapp.handler", None),
    site("FileSystemChangesPackage", "myapp.handler", None),
    site("HelloWorld", "myapp.handler", None),
    site("HelloWorldCallable", "myapp.handler()", None),
    site("StreamingHandler", "myapp.handler", None),
];
