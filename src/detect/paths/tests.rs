//! What expressions of paths come to.

use super::*;
use crate::testing::files;

/// What `X` of `site/conf/settings.py` comes to.
fn place_of(settings: &str) -> Option<Place> {
    let list = [
        ("manage.py", "import site_\n"),
        ("site/__init__.py", ""),
        ("site/conf/__init__.py", ""),
        (
            "site/conf/base.py",
            "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent.parent\nNAME = 'media'\n",
        ),
        ("site/conf/settings.py", settings),
    ];
    let files = files(&list);
    let contents = files.contents();
    let project = Project::new(&contents);
    let told = project.told(&PackagePath::new("site/conf/settings.py").unwrap(), "X")?;
    project.place(&told)
}

fn inside(path: &str) -> Place {
    Place::Inside(PackagePath::new(path).ok())
}

#[test]
fn reads_the_ways_in_which_people_join_paths() {
    for (settings, path) in [
        (
            "import os\nB = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\nX = os.path.join(B, 'static')\n",
            "site/static",
        ),
        (
            "from os.path import abspath, dirname, join\nX = join(dirname(abspath(__file__)), '..', 'a', '').replace('\\\\', '/')\n",
            "site/a",
        ),
        ("from pathlib import Path\nB = Path(__file__).resolve().parent\nX = B / 'a' / 'b'\n", "site/conf/a/b"),
        ("from pathlib import Path\nX = str(Path(__file__).resolve().parents[1].joinpath('a', 'b'))\n", "site/a/b"),
        ("from .base import BASE_DIR\nX = BASE_DIR / 'static'\n", "static"),
        ("from .base import BASE_DIR\nX = BASE_DIR.joinpath('static')\n", "static"),
        ("from .base import *\nX = f'{BASE_DIR}/{NAME}'\n", "media"),
        ("from site.conf import base\nX = base.BASE_DIR / 'a'\n", "a"),
        ("import environ\nROOT = environ.Path(__file__) - 3\nX = str(ROOT.path('a'))\n", "a"),
        ("import environ\nROOT = environ.Path(__file__) - 3\nX = ROOT('a', 'b')\n", "a/b"),
        ("from unipath import Path\nX = Path(__file__).ancestor(2).child('a')\n", "site/a"),
        ("import os\nX = os.environ.get('A', 'b/c')\n", "b/c"),
        ("import os\nX = os.getenv('A') or os.path.join(os.getcwd(), 'c')\n", "c"),
        ("from decouple import config\nX = config('A', default='./d/')\n", "d"),
        ("import os\nX = '%s/e' % os.path.dirname(__file__)\n", "site/conf/e"),
        ("import os\nX = os.path.dirname(__file__) + '/f'\n", "site/conf/f"),
        (
            "import os\nB = os.path.dirname(__file__)\nB = os.path.join(B, os.pardir)\nX = os.path.join(B, 'g')\n",
            "site/g",
        ),
        ("import os\nX = os.path.join(os.path.split(__file__)[0], 'h')\n", "site/conf/h"),
        ("X = 'h'\nif a:\n    X = 'i'\n", "i"),
    ] {
        assert_eq!(place_of(settings), Some(inside(path)), "{settings}");
    }
}

#[test]
fn tells_what_lies_outside() {
    for settings in [
        "X = '/var/www/static'\n",
        "X = r'C:\\site\\static'\n",
        "import os\nX = os.path.join(os.path.dirname(__file__), '../../../static')\n",
        "from .base import BASE_DIR\nX = BASE_DIR.parent / 'static'\n",
    ] {
        assert!(matches!(place_of(settings), Some(Place::Outside(_))), "{settings}{:?}", place_of(settings));
    }
}

#[test]
fn says_nothing_of_what_only_running_would_tell() {
    for settings in
        ["X = find()\n", "import os\nX = os.environ['A']\n", "X = Y\nY = X\n", "X = X + 'a'\n", "X = ''\n", ""]
    {
        assert_eq!(place_of(settings), None, "{settings}");
    }
}
