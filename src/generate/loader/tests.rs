//! What loaders say; that they are Python is shown by reading them with the parser.

use super::*;
use crate::detect::{Served, Starter};
use crate::python;

fn text(load: Load) -> String {
    let text = new(&Loader { module: "gallery_loader".to_owned(), load });
    let module = python::read(&text);
    assert_eq!(module.errors, 0, "{text}");
    // What serves by itself binds it only when it is run.
    let bound = module.bindings.iter().chain(&module.inner).any(|own| own.name == "application");
    assert!(bound || text.contains("\n    application = "), "{text}");
    assert!(text.is_ascii() && !text.contains('\r'), "{text}");
    text
}

fn path(text: &str) -> PackagePath {
    PackagePath::new(text).unwrap()
}

#[test]
fn every_loader_is_a_module_that_binds_an_application() {
    let owned = str::to_owned;
    let made = text(Load::Call { module: owned("shop"), object: owned("create_app"), arguments: owned("'prod'") });
    assert!(made.ends_with("from shop import create_app\n\napplication = create_app('prod')\n"), "{made}");
    let made = text(Load::Paste { file: path("conf/production.ini"), name: Some(owned("admin")) });
    assert!(
        made.contains(r##"loadapp("config:" + os.path.join(HERE, "conf", "production.ini") + "#admin")"##),
        "{made}"
    );
    let made = text(Load::PasteFactory {
        file: path("production.ini"),
        section: owned("app:main"),
        module: owned("tutorial"),
        object: owned("main"),
    });
    assert!(made.contains("application = main(dict(parser.defaults()), **settings)"), "{made}");
    let made = text(Load::Bottle { modules: vec![owned("routes"), owned("shop.more")] });
    assert!(made.contains("import routes  # noqa: F401\nimport shop.more"), "{made}");
    text(Load::Script { file: path("deploy/site.wsgi"), in_root: false });
    let made = text(Load::OldDjango { package: owned("shop"), settings: owned("shop.settings") });
    assert!(made.contains("sys.modules[\"shop\"] = package"), "{made}");
    let made = text(Load::Asgi { module: owned("app.main"), object: owned("application"), call: false });
    assert!(made.contains("application = ASGIMiddleware(loaded_application)"), "{made}");
    let made = text(Load::Asgi { module: owned("app"), object: owned("create_app"), call: true });
    assert!(made.contains("application = ASGIMiddleware(create_app())"), "{made}");
    let (file, name) = (path("my-app.py"), owned("gallery_my_app"));
    let made = text(Load::File { file, name, object: owned("create_app"), call: true });
    assert!(made.contains("application = module.create_app()\n"), "{made}");
    for framework in [Served::Aiohttp, Served::Tornado] {
        text(Load::Serve { module: owned("main"), object: owned("make_app"), call: true, framework });
    }
}

#[test]
fn programs_are_run_up_to_their_server() {
    let function =
        Starter::Function { module: "wsgiref.simple_server", name: "make_server", position: 2, keyword: "app" };
    let method = Starter::Method { module: "web", class: "application", name: "run", finish: ".wsgifunc()" };
    for starter in [function, method, Starter::Bottle, Starter::CherryPy] {
        text(Load::Program { file: path("hello.py"), package: String::new(), starter });
        let made = text(Load::Program { file: path("shop/hello.py"), package: "shop".to_owned(), starter });
        assert!(made.contains("program.__package__ = \"shop\"\nouter ="), "{made}");
    }
}

#[test]
fn names_of_files_cannot_leave_their_quotes() {
    for (name, written) in [("a\"b", r#""a\"b""#), ("ä", "u\"\\U000000e4\""), ("a\\b", r#""a\\b""#)] {
        assert_eq!(literal(name), written);
    }
}
