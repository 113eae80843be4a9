//! `appSettings`, which wfastcgi makes environment variables of.

use super::Plan;
use super::lines::indent;
use crate::xml::escape;

const PYTHONPATH: &str = "\
<!-- Where Python looks for modules: the root of the site, where the application and the
     frameworks that come with it are. -->";

const WSGI_HANDLER: &str = "\
<!-- The WSGI application: the name of a module, a dot, and the name of an object in it.
     Parentheses at the end mean that the object is called and returns the application. -->";

const DJANGO_SETTINGS: &str = "\
<!-- The settings that Django starts with. -->";

const APP_SETTINGS: &str = "\
<!-- wfastcgi makes an environment variable of each key. -->";

/// A variable of the application: its name, its value, and what is said about it.
pub(super) type Setting = (&'static str, String, &'static str);

/// The folders that Python imports from.
pub(super) fn python_path(plan: &Plan<'_>) -> String {
    let root = plan.site_root.as_str();
    let below = plan.python_path.iter().map(|path| format!("{root}\\{}", path.as_str().replace('/', "\\")));
    std::iter::once(root.to_owned()).chain(below).collect::<Vec<_>>().join(";")
}

/// What wfastcgi has to be told.
pub(super) fn all(plan: &Plan<'_>) -> Vec<Setting> {
    let mut settings = vec![("PYTHONPATH", python_path(plan), PYTHONPATH)];
    settings.extend(plan.wsgi_handler.clone().map(|handler| ("WSGI_HANDLER", handler, WSGI_HANDLER)));
    settings.extend(django(plan));
    settings
}

/// The settings of Django, when it is Django.
pub(super) fn django(plan: &Plan<'_>) -> Option<Setting> {
    plan.settings.map(|name| ("DJANGO_SETTINGS_MODULE", name.to_owned(), DJANGO_SETTINGS))
}

pub(super) fn section(plan: &Plan<'_>) -> String {
    let lines = indent(&lines(&all(plan)), 1);
    format!("{APP_SETTINGS}\n<appSettings>\n{lines}</appSettings>\n")
}

pub(super) fn lines(settings: &[Setting]) -> String {
    let line =
        |(key, value, comment): &Setting| format!("{comment}\n<add key=\"{key}\" value=\"{}\" />\n", escape(value));
    settings.iter().map(line).collect::<String>().trim_end().to_owned()
}
