//! Projects by what Python imports of them, where the two names differ or where a project is known.

/// Modules and the projects that bring them.
const MODULES: [(&str, &str); 84] = [
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "Pillow"),
    ("aiohttp", "aiohttp"),
    ("alembic", "alembic"),
    ("allauth", "django-allauth"),
    ("apiflask", "APIFlask"),
    ("attr", "attrs"),
    ("babel", "Babel"),
    ("bcrypt", "bcrypt"),
    ("bleach", "bleach"),
    ("boto3", "boto3"),
    ("bottle", "bottle"),
    ("bs4", "beautifulsoup4"),
    ("celery", "celery"),
    ("chameleon", "Chameleon"),
    ("channels", "channels"),
    ("cherrypy", "CherryPy"),
    ("ckeditor", "django-ckeditor"),
    ("cloudinary", "cloudinary"),
    ("compressor", "django_compressor"),
    ("corsheaders", "django-cors-headers"),
    ("crispy_forms", "django-crispy-forms"),
    ("cryptography", "cryptography"),
    ("dateutil", "python-dateutil"),
    ("debug_toolbar", "django-debug-toolbar"),
    ("decouple", "python-decouple"),
    ("dj_database_url", "dj-database-url"),
    ("django", "Django"),
    ("django_extensions", "django-extensions"),
    ("django_filters", "django-filter"),
    ("docutils", "docutils"),
    ("dotenv", "python-dotenv"),
    ("environ", "django-environ"),
    ("falcon", "falcon"),
    ("fastapi", "fastapi"),
    ("feedparser", "feedparser"),
    ("flask", "Flask"),
    ("genshi", "Genshi"),
    ("httpx", "httpx"),
    ("itsdangerous", "itsdangerous"),
    ("jinja2", "Jinja2"),
    ("jose", "python-jose"),
    ("jwt", "PyJWT"),
    ("lxml", "lxml"),
    ("magic", "python-magic"),
    ("mako", "Mako"),
    ("markdown", "Markdown"),
    ("marshmallow", "marshmallow"),
    ("mongoengine", "mongoengine"),
    ("numpy", "numpy"),
    ("pandas", "pandas"),
    ("paste", "Paste"),
    ("peewee", "peewee"),
    ("psycopg", "psycopg"),
    ("psycopg2", "psycopg2-binary"),
    ("pydantic", "pydantic"),
    ("pygments", "Pygments"),
    ("pymongo", "pymongo"),
    ("pymysql", "PyMySQL"),
    ("pyodbc", "pyodbc"),
    ("pyramid", "pyramid"),
    ("pytz", "pytz"),
    ("quart", "Quart"),
    ("redis", "redis"),
    ("requests", "requests"),
    ("rest_framework", "djangorestframework"),
    ("sanic", "sanic"),
    ("serial", "pyserial"),
    ("six", "six"),
    ("slugify", "python-slugify"),
    ("sqlalchemy", "SQLAlchemy"),
    ("starlette", "starlette"),
    ("storages", "django-storages"),
    ("tornado", "tornado"),
    ("trac", "Trac"),
    ("waitress", "waitress"),
    ("web", "web.py"),
    ("webob", "WebOb"),
    ("werkzeug", "Werkzeug"),
    ("whitenoise", "whitenoise"),
    ("wtforms", "WTForms"),
    ("yaml", "PyYAML"),
    ("zmq", "pyzmq"),
];

/// Extensions whose module is the project's name with another line: `flask_login` of `Flask-Login`.
const FAMILIES: [&str; 1] = ["flask_"];

/// The frameworks that [`super::Candidate::framework`] names, by their projects.
const FRAMEWORKS: [(&str, &str); 24] = [
    ("APIFlask", "APIFlask"),
    ("Bottle", "bottle"),
    ("CherryPy", "CherryPy"),
    ("Django", "Django"),
    ("Falcon", "falcon"),
    ("FastAPI", "fastapi"),
    ("Flask", "Flask"),
    ("Hug", "hug"),
    ("Litestar", "litestar"),
    ("Mercurial", "mercurial"),
    ("PasteDeploy", "PasteDeploy"),
    ("Pecan", "pecan"),
    ("Pyramid", "pyramid"),
    ("Quart", "Quart"),
    ("Sanic", "sanic"),
    ("Spyne", "spyne"),
    ("Starlette", "starlette"),
    ("Tornado", "tornado"),
    ("Trac", "Trac"),
    ("TurboGears", "TurboGears2"),
    ("Werkzeug", "Werkzeug"),
    ("a2wsgi", "a2wsgi"),
    ("web.py", "web.py"),
    ("webapp2", "webapp2"),
];

/// The project that brings a module, as far as it is known.
pub(super) fn project_of(module: &str) -> Option<String> {
    let known = MODULES.iter().find(|(own, _)| *own == module).map(|(_, project)| (*project).to_owned());
    let family = || FAMILIES.iter().any(|family| module.starts_with(family)).then(|| module.replace('_', "-"));
    known.or_else(family)
}

/// The project of a framework.
pub(super) fn project_of_framework(name: &str) -> Option<&'static str> {
    FRAMEWORKS.iter().find(|(own, _)| *own == name).map(|(_, project)| *project)
}

/// Names under which a project may be imported, the likeliest first; `project` is its name in small
/// letters with dashes.
#[must_use]
pub fn modules_of(project: &str) -> Vec<String> {
    let same = |own: &str| crate::python::project_name(own) == project;
    let mut names: Vec<String> =
        MODULES.iter().filter(|(_, own)| same(own)).map(|(module, _)| (*module).to_owned()).collect();
    match project {
        "psycopg2" | "psycopg2-binary" => names.push("psycopg2".to_owned()),
        "mysql-python" => names.push("MySQLdb".to_owned()),
        _ => {}
    }
    let plain = project.replace('-', "_");
    names.push(plain.clone());
    names.push(project.replace('-', "/"));
    names.push(project.replace('-', ""));
    for prefix in ["python_", "django_", "py"] {
        names.extend(plain.strip_prefix(prefix).filter(|rest| rest.len() > 2).map(str::to_owned));
    }
    names
}
