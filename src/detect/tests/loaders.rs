//! What is found where nothing can be called as it is.

use super::*;

#[test]
fn pyramid_is_started_through_its_description() {
    let main = "from pyramid.config import Configurator\ndef main(global_config, **settings):\n    \
                config = Configurator(settings=settings)\n    return config.make_wsgi_app()\n";
    let ini =
        "[app:main]\nuse = egg:tutorial\npyramid.reload_templates = false\n\n[server:main]\nuse = egg:waitress#main\n";
    let setup = "from setuptools import setup\nsetup(name='tutorial', entry_points={'paste.app_factory': ['main = tutorial:main']})\n";
    let list = [("production.ini", ini), ("development.ini", ini), ("tutorial/__init__.py", main), ("setup.py", setup)];
    assert_eq!(
        best(&list),
        "Pyramid gallery_loader.application by PasteFactory { file: \"production.ini\", section: \"app:main\", module: \"tutorial\", object: \"main\" }"
    );
    assert!(missing(&list).contains("`gallery_loader.py` is written"), "{}", missing(&list));
    assert_eq!(all(&list).len(), 2);
    // Once it is installed, PasteDeploy finds it.
    let installed = [list[0], list[2], ("tutorial.egg-info/PKG-INFO", "Name: tutorial\n")];
    assert!(best(&installed).contains("by Paste {"), "{}", best(&installed));
    // A template of a description describes nothing.
    let template = [("app/__init__.py", main), ("skel/etc/app.ini.in", ini)];
    assert!(missing(&template).contains("`skel/etc/app.ini.in` line 1 describes"), "{}", missing(&template));
}

#[test]
fn bottles_default_application_wants_its_routes() {
    let routes = "from bottle import route, run\n@route('/')\ndef index():\n    return 'x'\n\
                  if __name__ == '__main__':\n    run(port=8080)\n";
    let found = best(&[("hello.py", routes)]);
    assert_eq!(found, "Bottle gallery_loader.application by Bottle { modules: [\"hello\"] }");
    // Importing this one would start a server.
    let blocks = routes.replace("if __name__ == '__main__':\n    ", "");
    let found = best(&[("hello.py", blocks.as_str())]);
    assert!(found.starts_with("Bottle gallery_loader.application by Program { file: \"hello.py\""), "{found}");
    let bound = format!("{routes}import bottle\napp = bottle.default_app()\n");
    assert_eq!(best(&[("hello.py", bound.as_str())]), "Bottle hello.app");
}

#[test]
fn programs_are_run_up_to_their_server() {
    for (product, text) in [
        (
            "CherryPy",
            "import cherrypy\nclass Root:\n    pass\nif __name__ == '__main__':\n    cherrypy.quickstart(Root())\n",
        ),
        (
            "CherryPy",
            "import cherrypy\ncherrypy.tree.mount(object(), '/')\ncherrypy.engine.start()\ncherrypy.engine.block()\n",
        ),
        (
            "web.py",
            "import web\nurls = ('/', 'x')\nif __name__ == '__main__':\n    app = web.application(urls, globals())\n    app.run()\n",
        ),
        (
            "Pyramid",
            "from wsgiref.simple_server import make_server\nfrom pyramid.config import Configurator\n\
             if __name__ == '__main__':\n    with Configurator() as config:\n        app = config.make_wsgi_app()\n    \
             make_server('', 6543, app).serve_forever()\n",
        ),
        ("WSGI", "import waitress\ndef main():\n    waitress.serve(make())\nmain()\n"),
    ] {
        let found = best(&[("hello.py", text)]);
        assert!(found.starts_with(&format!("{product} gallery_loader.application by Program")), "{found}");
    }
    // A module that only a program uses is none.
    let part = "import waitress\ndef serve(app):\n    waitress.serve(app)\n";
    assert!(best(&[("part.py", part)]).starts_with("none: "));
}

#[test]
fn an_application_of_web_py_is_finished_by_the_handler() {
    let code = "import web\nurls = ('/', 'x')\napp = web.application(urls, globals())\n\
                if __name__ == '__main__':\n    app.run()\n";
    assert_eq!(best(&[("code.py", code)]), "web.py code.app.wsgifunc()");
}

#[test]
fn an_asgi_application_is_offered_and_never_taken() {
    let list = [("main.py", "from fastapi import FastAPI\napp = FastAPI()\n")];
    let files = files(&list);
    let found = detect(&files.contents());
    assert_eq!(found.best(), None);
    let shown: Vec<String> = found.candidates.iter().map(show).collect();
    assert_eq!(
        shown,
        [
            "FastAPI main.app",
            "FastAPI gallery_loader.application by Asgi { module: \"main\", object: \"app\", call: false }"
        ]
    );
    assert_eq!(found.candidates[1].loader.as_ref().and_then(Loader::needs), Some("a2wsgi"));
    let missing = found.missing.join(" ");
    assert!(missing.contains("uvicorn") && missing.contains("a2wsgi"), "{missing}");
}

#[test]
fn a_factory_gets_the_arguments_that_a_file_names() {
    let init = "from flask import Flask\ndef create_app(config):\n    app = Flask(__name__)\n    return app\n";
    let list = [(".flaskenv", "FLASK_APP=shop:create_app('prod')\n"), ("shop/__init__.py", init)];
    assert_eq!(
        best(&list),
        "Flask gallery_loader.application by Call { module: \"shop\", object: \"create_app\", arguments: \"'prod'\" }"
    );
    // What a machine gives is not known here.
    let list = [(".flaskenv", "FLASK_APP=shop:create_app(os.environ['X'])\n"), ("shop/__init__.py", init)];
    assert!(best(&list).starts_with("none: "));
    let procfile = [("Procfile", "web: gunicorn --workers 3 \"shop:create_app('live')\" -b 0.0.0.0\n"), list[1]];
    assert!(best(&procfile).contains("arguments: \"'live'\""), "{}", best(&procfile));
}

#[test]
fn other_hosts_say_which_application_it_is() {
    let two = [("one.py", FLASK), ("two.py", FLASK)];
    assert_eq!(best(&two), "Flask one.app");
    for (file, text) in [
        ("Procfile", "web: gunicorn two:app --log-file -\n"),
        ("Dockerfile", "FROM python\nCMD [\"gunicorn\", \"-b\", \"0.0.0.0:80\", \"two:app\"]\n"),
        ("deploy/site.wsgi", "from two import app as application\n"),
        (
            "web.config",
            "<configuration><appSettings><add key=\"WSGI_HANDLER\" value=\"two.app\"/></appSettings></configuration>",
        ),
    ] {
        assert_eq!(best(&[two[0], two[1], (file, text)]), "Flask two.app", "{file}");
    }
}

#[test]
fn a_script_for_apache_is_run_as_it_is() {
    let script = "import os\ndef application(environ, start_response):\n    return []\n";
    assert!(best(&[("site.wsgi", script)]).contains("by Script"), "{}", best(&[("site.wsgi", script)]));
    let placed = format!("import sys\nsys.path.insert(0, '/var/www/shop')\n{script}");
    let list = [("site.wsgi", placed.as_str())];
    assert!(best(&list).starts_with("none: "), "{}", best(&list));
    assert_eq!(all(&list).len(), 1);
}

#[test]
fn a_django_project_may_be_the_folder_itself() {
    let manage = "from django.core.management import execute_manager\nimport settings\nif __name__ == \"__main__\":\n    execute_manager(settings)\n";
    let settings = "ROOT_URLCONF = 'shop.urls'\nINSTALLED_APPS = ()\n";
    let list = [("__init__.py", ""), ("manage.py", manage), ("settings.py", settings), ("urls.py", "")];
    assert_eq!(
        best(&list),
        "Django gallery_loader.application shop.settings by OldDjango { package: \"shop\", settings: \"shop.settings\" }"
    );
}

#[test]
fn a_loader_takes_a_free_name_and_is_not_made_twice() {
    let main = "from fastapi import FastAPI\napp = FastAPI()\n";
    let list = [("main.py", main), ("Gallery_Loader.py", "")];
    assert!(all(&list).iter().any(|line| line.contains("gallery_loader_2.application")), "{:?}", all(&list));
    let written = "import bottle\n\nimport hello  # noqa: F401\n\napplication = bottle.default_app()\n";
    let routes = "from bottle import route\n@route('/')\ndef index():\n    return 'x'\n";
    let list = [("hello.py", routes), ("gallery_loader.py", written)];
    assert_eq!(best(&list), "Bottle gallery_loader.application");
}
