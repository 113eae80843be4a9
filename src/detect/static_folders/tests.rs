//! Which static folders small applications have.

use super::*;
use crate::detect::detect;
use crate::testing::files;

/// `url=folder` of each, and what keeps Django's files from being served.
fn found(list: &[(&str, &str)]) -> (Vec<String>, Option<Why>) {
    let files = files(list);
    let found = detect(&files.contents());
    let folders = found.static_folders.iter().map(|own| format!("{}={}", own.url, own.folder));
    (folders.collect(), found.uncollected.map(|trouble| trouble.why))
}

fn django(settings: &str, more: &[(&str, &str)]) -> (Vec<String>, Option<Why>) {
    let settings = format!("from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n{settings}");
    let mut list = vec![
        ("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"),
        ("shop/__init__.py", ""),
        ("shop/settings.py", settings.as_str()),
    ];
    list.extend(more);
    found(&list)
}

#[test]
fn reads_the_settings_of_django() {
    let settings = "STATIC_URL = 'static/'\nSTATIC_ROOT = BASE_DIR / 'collected'\nSTATICFILES_DIRS = [BASE_DIR / 'assets', ('x', BASE_DIR / 'more'), BASE_DIR / 'gone']\n\
                    MEDIA_URL = '/media/'\nMEDIA_ROOT = BASE_DIR / 'media'\n";
    let more = [("assets/a.css", ""), ("more/b.css", ""), ("collected/c.css", "")];
    let folders = ["/static/=collected", "/static/=assets", "/static/x/=more", "/media/=media"].map(str::to_owned);
    assert_eq!(
        django(settings, &more),
        (folders.to_vec(), Some(Why::Elsewhere(PackagePath::new("collected").unwrap())))
    );
}

#[test]
fn tells_what_has_to_be_collected() {
    let path = |name| PackagePath::new(name).unwrap();
    let url = "STATIC_URL = '/static/'\n";
    assert_eq!(django(url, &[]).1, Some(Why::NoRoot));
    assert_eq!(django(&format!("{url}STATIC_ROOT = BASE_DIR / 'out'\n"), &[]).1, Some(Why::Empty(path("out"))));
    let gone = format!("{url}STATIC_ROOT = BASE_DIR / 'out'\n");
    assert_eq!(django(&gone, &[("out/.gitkeep", "")]).1, Some(Why::Empty(path("out"))));
    assert_eq!(django(&gone, &[("out/a.css", "")]).1, Some(Why::Elsewhere(path("out"))));
    let noise = format!("{gone}MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\n");
    assert_eq!(django(&noise, &[("out/a.css", "")]).1, None);
    let direct = format!("{url}STATIC_ROOT = BASE_DIR / 'static'\n");
    assert_eq!(django(&direct, &[("static/a.css", "")]).1, None);
    let outside = format!("{url}STATIC_ROOT = '/var/www/static'\n");
    assert_eq!(django(&outside, &[]).1, Some(Why::Outside("/var/www/static".to_owned())));
    // Only running would tell, or another site has them.
    assert_eq!(django(&format!("{url}STATIC_ROOT = find()\n"), &[]).1, None);
    assert_eq!(django("STATIC_URL = 'https://cdn.example.com/'\n", &[]), (Vec::new(), None));
    assert_eq!(django("", &[]).1, None);
}

#[test]
fn reads_flask_and_its_blueprints() {
    let app = "from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    from .admin import bp\n    \
               app.register_blueprint(bp, url_prefix='/admin')\n    return app\n";
    let list = [
        ("shop/__init__.py", app),
        ("shop/static/a.css", ""),
        (
            "shop/admin/__init__.py",
            "from flask import Blueprint\nbp = Blueprint('admin', __name__, static_folder='files')\n",
        ),
        ("shop/admin/files/b.css", ""),
    ];
    assert_eq!(found(&list).0, ["/static/=shop/static", "/admin/files/=shop/admin/files"]);
    for (call, folders) in [
        ("Flask(__name__)", vec!["/static/=static"]),
        ("Flask(__name__, static_folder='public')", vec!["/public/=public"]),
        ("Flask(__name__, static_url_path='/s', static_folder='public')", vec!["/s/=public"]),
        ("Flask(__name__, static_url_path='')", vec!["/=static"]),
        ("Flask(__name__, static_folder=None)", vec![]),
        ("Flask(__name__, static_folder=os.path.join(os.path.dirname(__file__), 'public'))", vec!["/public/=public"]),
        ("Flask(__name__, static_folder='gone')", vec![]),
    ] {
        let app = format!("import os\nfrom flask import Flask\napp = {call}\n");
        assert_eq!(found(&[("app.py", &app), ("static/a", ""), ("public/a", "")]).0, folders, "{call}");
    }
}

#[test]
fn reads_the_calls_of_other_frameworks() {
    let pyramid = "from pyramid.config import Configurator\ndef main(global_config, **settings):\n    \
                   config = Configurator(settings=settings)\n    config.add_static_view('static', 'static')\n    \
                   config.add_static_view(name='deform', path='shop:forms/')\n    return config.make_wsgi_app()\n";
    let list = [("shop/__init__.py", pyramid), ("shop/static/a", ""), ("shop/forms/a", "")];
    assert_eq!(found(&list).0, ["/static/=shop/static", "/deform/=shop/forms"]);
    let falcon =
        "import falcon\nimport os\napp = falcon.App()\napp.add_static_route('/files', os.path.abspath('web'))\n";
    assert_eq!(found(&[("app.py", falcon), ("web/a", "")]).0, ["/files/=web"]);
    let bottle = "import bottle\napp = bottle.Bottle()\n";
    assert_eq!(found(&[("app.py", bottle), ("static/a", "")]).0, ["/static/=static"]);
    assert_eq!(found(&[("app.py", bottle), ("web/a", "")]).0, Vec::<String>::new());
}
