//! Which folders small applications write to.

use crate::detect::detect;
use crate::testing::files;

/// The folders, `.` for the root, with `!` behind those that hold code.
fn found(list: &[(&str, &str)]) -> Vec<String> {
    let files = files(list);
    let found = detect(&files.contents()).writable;
    let show = |own: &super::Writable| {
        let folder = own.folder.as_ref().map_or(".", |folder| folder.as_str());
        format!("{folder}{}", if own.code { "!" } else { "" })
    };
    found.iter().map(show).collect()
}

fn settings(text: &str) -> Vec<String> {
    let text =
        format!("import os\nfrom pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n{text}");
    found(&[("manage.py", ""), ("shop/__init__.py", ""), ("shop/settings.py", &text)])
}

#[test]
fn reads_the_settings_of_django() {
    for (text, folders) in [
        ("MEDIA_ROOT = BASE_DIR / 'media'\n", vec!["media"]),
        ("MEDIA_ROOT = '/var/media'\n", vec![]),
        (
            "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'data' / 'db.sqlite3'}}\n",
            vec!["data"],
        ),
        (
            "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'}}\n",
            vec![".!"],
        ),
        ("DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql', 'NAME': 'shop'}}\n", vec![]),
        (
            "LOGGING = {'version': 1, 'handlers': {'file': {'class': 'logging.FileHandler', 'filename': os.path.join(BASE_DIR, 'logs/shop.log')}}}\n",
            vec!["logs"],
        ),
        ("EMAIL_FILE_PATH = os.path.join(BASE_DIR, 'sent')\n", vec!["sent"]),
    ] {
        assert_eq!(settings(text), folders, "{text}");
    }
}

#[test]
fn reads_what_flask_is_configured_with() {
    for (text, folders) in [
        ("app.config['UPLOAD_FOLDER'] = 'uploads'\n", vec!["uploads"]),
        ("app.config.update(UPLOAD_FOLDER=os.path.join(app.root_path, 'static', 'up'))\n", vec!["static/up"]),
        ("app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///data/shop.db'\n", vec!["data"]),
        (
            "class Config:\n    SQLALCHEMY_DATABASE_URI = os.environ.get('URL') or 'sqlite:///' + os.path.join(here, 'app.db')\n",
            vec![".!"],
        ),
        ("app.config.from_mapping(DATABASE=os.path.join(app.instance_path, 'shop.sqlite'))\n", vec!["instance"]),
        ("os.makedirs(app.instance_path)\n", vec!["instance"]),
        ("handler = logging.handlers.RotatingFileHandler('logs/shop.log', maxBytes=10)\n", vec!["logs"]),
        ("logging.basicConfig(filename='log/a.txt')\n", vec!["log"]),
        ("db = sqlite3.connect('data/a.db')\n", vec!["data"]),
        ("engine = create_engine('sqlite:///var/a.db')\n", vec!["var"]),
        ("engine = create_engine('mysql://a/b')\n", vec![]),
    ] {
        let text = format!(
            "import logging.handlers\nimport os\nimport sqlite3\nfrom flask import Flask\nfrom sqlalchemy import create_engine\n\
             here = os.path.abspath(os.path.dirname(__file__))\napp = Flask(__name__)\n{text}"
        );
        assert_eq!(found(&[("app.py", &text)]), folders, "{text}");
    }
    let text = "from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n\
                app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n";
    assert_eq!(found(&[("app.py", text)]), ["instance"]);
}

#[test]
fn knows_some_folders_by_their_names() {
    let list = [("app.py", "x = 1\n"), ("uploads/a", ""), ("Media/a", ""), ("static/a", "")];
    assert_eq!(found(&list), ["Media", "uploads"]);
}
