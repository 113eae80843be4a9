//! What is read of small modules.

use super::*;

fn value<'m>(module: &'m Module, name: &str) -> &'m Value {
    match &module.binding(name).unwrap().kind {
        Kind::Value(value) => value,
        other => panic!("{name}: {other:?}"),
    }
}

fn callee<'m>(module: &'m Module, name: &str) -> &'m str {
    match value(module, name) {
        Value::Call(call) => &call.callee.dotted,
        other => panic!("{name}: {other:?}"),
    }
}

fn minimum(text: &str) -> Option<(u8, u32)> {
    let needs = read(text).needs;
    assert_eq!(needs.python2_only, None, "{text}");
    needs.minimum.map(|need| (need.version.minor, need.line))
}

fn python2(text: &str) -> Option<u32> {
    read(text).needs.python2_only.map(|need| need.line)
}

#[test]
fn resolves_what_is_called_through_the_imports() {
    let module = read(
        "import flask\nfrom flask import Flask as F\nimport a.b as c\nimport d.e\nfrom .core import make\n\
         one = flask.Flask(__name__)\ntwo = F(__name__)\nthree = c.make()\nfour = d.e.make()\nfive = make()\n",
    );
    for (name, expected) in [
        ("one", "flask.Flask"),
        ("two", "flask.Flask"),
        ("three", "a.b.make"),
        ("four", "d.e.make"),
        ("five", ".core.make"),
    ] {
        assert_eq!(callee(&module, name), expected);
    }
    assert_eq!(module.binding("one").unwrap().line, 6);
}

#[test]
fn binds_below_conditions_but_not_in_the_main_block() {
    let module = read(
        "try:\n    import x\nexcept ImportError:\n    x = None\nif x:\n    app = x.App()\nwith x:\n    y = 1\n\
         if __name__ == '__main__':\n    app = 'no'\n    run(app)\n",
    );
    assert_eq!(callee(&module, "app"), "x.App");
    assert_eq!(value(&module, "y"), &Value::Number(1));
    let calls: Vec<(&str, When)> = module.called.iter().map(|own| (own.call.callee.last(), own.when)).collect();
    assert_eq!(calls, [("App", When::Perhaps), ("run", When::Program)]);
    assert!(module.imports[0].guarded);
}

#[test]
fn tells_what_a_function_needs_and_returns() {
    let module = read(
        "from flask import Flask\ndef create_app(config=None, *, debug=False):\n    app = Flask(__name__)\n    \
         if config:\n        app.config.update(config)\n    return app\ndef look(store): return store\n\
         async def handler(scope, receive, send): yield 1\n",
    );
    let Kind::Function(create) = &module.binding("create_app").unwrap().kind else { panic!() };
    assert!(create.callable_without_arguments());
    assert!(matches!(&create.returns[..], [Value::Call(call)] if call.callee.is("flask.Flask")));
    let Kind::Function(look) = &module.binding("look").unwrap().kind else { panic!() };
    assert_eq!(look.required, ["store"]);
    let Kind::Function(handler) = &module.binding("handler").unwrap().kind else { panic!() };
    assert!(handler.is_async && handler.is_generator);
}

#[test]
fn finds_environment_variables_wherever_they_are_set() {
    let module = read(
        "import os\nfrom os import environ as e\nos.environ['A'] = 'a'\ndef main():\n    \
         os.environ.setdefault('B', 'b')\n    if x:\n        e['C'] = y\n",
    );
    let found: Vec<_> = module.environ.iter().map(|v| (v.key.as_str(), v.value.as_deref(), v.line)).collect();
    assert_eq!(found, [("A", Some("a"), 3), ("B", Some("b"), 5), ("C", None, 7)]);
}

#[test]
fn knows_the_callable_classes() {
    let module =
        read("class App(object):\n    def __call__(self, environ, start_response):\n        return []\napp = App()\n");
    let Kind::Class(class) = &module.binding("App").unwrap().kind else { panic!() };
    assert_eq!(class.call.as_ref().unwrap().required, ["environ", "start_response"]);
    assert_eq!(class.bases[0].dotted, "object");
}

#[test]
fn reads_the_bindings_of_python_2() {
    let module = read(
        "import settings\nprint 'a', b\ntry:\n    x()\nexcept ValueError, e:\n    print >>sys.stderr, e\n    raise\n\
         application = WSGIHandler()\n",
    );
    assert!(module.errors > 0);
    assert_eq!(callee(&module, "application"), "WSGIHandler");
    assert_eq!(module.needs.python2_only.unwrap().line, 2);
}

#[test]
fn says_which_syntax_is_newest() {
    for (text, expected) in [
        ("def f(a, b=1, *c, **d): return u'x' % {1: b'2'}\n", None),
        ("x = 1\ndef f(*, a): pass\n", Some((0, 2))),
        ("def f(a: int): pass\n", Some((0, 1))),
        ("def f():\n    yield from g()\n", Some((3, 2))),
        ("async def f():\n    await g()\n", Some((5, 1))),
        ("x = a @ b\n", Some((5, 1))),
        ("x = [*a, *b]\n", Some((5, 1))),
        ("f(*a, **b)\n", None),
        ("f(*a, *b)\n", Some((5, 1))),
        ("\nx = f'{a}'\n", Some((6, 2))),
        ("x: int = 1_000\n", Some((6, 1))),
        ("from __future__ import annotations\n", Some((7, 1))),
        ("if (x := 1): pass\n", Some((8, 1))),
        ("def f(a, /): pass\n", Some((8, 1))),
        ("with (a as b, c as d): pass\n", Some((9, 1))),
        ("match x:\n    case 1: pass\n", Some((10, 1))),
        ("try: pass\nexcept* A: pass\n", Some((11, 2))),
        ("def f[T](a): pass\n", Some((12, 1))),
        ("try: pass\nexcept A, B: pass\n", Some((14, 2))),
        ("from __future__ import print_function\nprint('a', file=x)\n", None),
    ] {
        assert_eq!(minimum(text), expected, "{text}");
    }
}

#[test]
fn knows_python_2_and_nothing_else() {
    for (text, line) in [
        ("x = 1\nprint 'a'\n", 2),
        ("if x: print x\n", 1),
        ("exec code in space\n", 1),
        ("if a <> b: pass\n", 1),
        ("x = `y`\n", 1),
        ("x = 0777\n", 1),
        ("x = 10L\n", 1),
        ("try: pass\nexcept A, e: pass\n", 2),
    ] {
        assert_eq!(python2(text), Some(line), "{text}");
    }
    for text in [
        "print('a')\nprint\nprint (a), b\n",
        "print = 1\nprint.x()\nprint if x else y\n",
        "x = 0\ny = 00\nz = 0o777\n",
        "try: pass\nexcept A, B: pass\n",
        "'print x'\n# print x\n\"\"\"\nprint x\n\"\"\"\n",
        "x = {'a': print\n('b')}\n",
        "def f(:\n",
    ] {
        assert_eq!(python2(text), None, "{text}");
    }
}

#[test]
fn knows_modules_that_came_and_went() {
    let needs =
        read("import urllib2\nimport dataclasses\nfrom importlib import metadata\nfrom . import tomllib\n").needs;
    let names: Vec<_> = needs.imports.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["urllib2", "dataclasses", "importlib.metadata"]);
    let guarded =
        "try:\n    import urllib2\nexcept ImportError:\n    import urllib.request\nif x:\n    import tomllib\n";
    assert_eq!(read(guarded).needs.imports, []);
}

#[test]
fn does_not_read_what_nests_too_deep() {
    assert!(read(&"(".repeat(100_000)).unread.is_some());
}

#[test]
fn values_do_not_double() {
    let text = format!("def f():\n    x = g()\n{}    return x\n", "    x = h(x, x)\n    x = (x, x)\n".repeat(200));
    assert!(read(&text).binding("f").is_some());
}
