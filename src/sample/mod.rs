//! Applications to try the packager with. They need nothing but Python, so their packages start.

/// A small application.
#[derive(Debug)]
pub struct Sample {
    /// Its name in calls, and of its folder.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows; a sentence.
    pub description: &'static str,
    /// Paths and texts.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($folder:literal, $($path:literal)*) => {
        &[$(($path, include_str!(concat!($folder, "/", $path))),)*]
    };
}

/// Every sample, the plainest first.
pub const ALL: &[Sample] = &[
    Sample {
        id: "guestbook",
        title: "A WSGI application",
        description: "Plain Python without a framework; the package starts as it is.",
        files: files!("guestbook", "app.py" "guestbook/__init__.py" "guestbook/pages.py" "static/style.css" "README.txt"),
    },
    Sample {
        id: "polls",
        title: "A Django project",
        description: "A project as `django-admin startproject` makes it, without Django itself.",
        files: files!("polls", "manage.py" "polls/__init__.py" "polls/settings.py" "polls/urls.py" "polls/wsgi.py" "requirements.txt"),
    },
    Sample {
        id: "bookshelf",
        title: "A Flask application",
        description: "An application factory in a package, without Flask itself.",
        files: files!("bookshelf", "bookshelf/__init__.py" "bookshelf/shelf.py" "requirements.txt"),
    },
    Sample {
        id: "broken",
        title: "A package with mistakes",
        description: "A gallery package that would not start: see what the check says, and mend it.",
        files: files!("broken", "Manifest.xml" "Parameters.xml" "shop/app.py" "shop/web.config"),
    },
];
