//! What serves by itself, and what starts it.

use super::*;

fn server(list: &[(&str, &str)]) -> Option<OwnServer> {
    let files = files(list);
    let found = detect(&files.contents());
    assert_eq!(found.best(), None);
    found.own_server
}

#[test]
fn a_command_of_the_framework_starts_a_file() {
    for (package, text) in [
        ("streamlit", "import streamlit as st\nst.title('x')\n"),
        ("panel", "import panel as pn\npn.Row('x').servable()\n"),
        ("bokeh", "from bokeh.io import curdoc\ncurdoc().add_root(1)\n"),
        ("chainlit", "import chainlit as cl\n@cl.on_message\nasync def main(message):\n    pass\n"),
    ] {
        let list = [("pages/more.py", text), ("helpers.py", "import os\n"), ("app.py", text)];
        let found = server(&list).unwrap();
        assert!(matches!(found.starts, Starts::Tool { package: own, .. } if own == package), "{found:?}");
        assert_eq!(found.evidence.file.as_str(), "app.py", "{package}");
        assert!(missing(&list).contains("WebSocket"), "{}", missing(&list));
    }
    // What only draws is no server.
    assert_eq!(server(&[("plots.py", "import bokeh.plotting\nimport panel\n")]), None);
}

#[test]
fn a_program_is_told_the_port_by_a_variable() {
    for (text, product, variable) in [
        ("import gradio as gr\ngr.Interface(str).launch()\n", "Gradio", "GRADIO_SERVER_PORT"),
        ("from nicegui import ui\nui.run()\n", "NiceGUI", "PORT"),
        ("from http.server import HTTPServer\nHTTPServer(('', 80), None).serve_forever()\n", "`http.server`", "PORT"),
        (
            "from aiohttp import web\ndef main():\n    app = web.Application()\n    web.run_app(app)\nmain()\n",
            "aiohttp",
            "PORT",
        ),
    ] {
        let found = server(&[("main.py", text)]).unwrap();
        assert_eq!((found.product, &found.starts), (product, &Starts::Program { variable }));
    }
    // What calls nothing when it is run starts nothing.
    let part = "from nicegui import ui\ndef start():\n    ui.run()\n";
    assert_eq!(server(&[("main.py", part)]), None);
}

#[test]
fn a_module_that_serves_when_it_is_imported_is_not_imported_by_one_that_is_written() {
    for text in [
        "from aiohttp import web\napp = web.Application()\nweb.run_app(app)\n",
        "from aiohttp import web\nimport asyncio\napp = web.Application()\nasyncio.run(web._run_app(app))\n",
        "import tornado.ioloop\nimport tornado.web\napp = tornado.web.Application([])\napp.listen(8888)\n\
         tornado.ioloop.IOLoop.current().start()\n",
    ] {
        let found = server(&[("app.py", text)]);
        assert!(found.is_none_or(|found| found.loader().is_none()), "{text}");
    }
    for guarded in [
        "from aiohttp import web\napp = web.Application()\nif __name__ == '__main__': web.run_app(app)\n",
        "from aiohttp import web\nimport threading\napp = web.Application()\nthreading.Thread().start()  # asyncio.run(x)\n",
    ] {
        assert!(server(&[("app.py", guarded)]).unwrap().loader().is_some(), "{guarded}");
    }
}

#[test]
fn the_server_of_bokeh_is_told_to_take_what_comes_from_the_site() {
    let found = server(&[("app.py", "import panel as pn\npn.Row('x').servable()\n")]).unwrap();
    assert!(matches!(found.starts, Starts::Tool { after, .. } if after.ends_with(" --allow-websocket-origin=*")));
}

#[test]
fn an_application_that_is_bound_is_served_by_a_module_that_is_written() {
    let tornado = "import tornado.web\ndef make_app():\n    return tornado.web.Application([])\n\
                   if __name__ == '__main__':\n    make_app().listen(8888)\n";
    let found = server(&[("main.py", tornado)]).unwrap();
    let load = &found.loader().unwrap().load;
    assert!(matches!(load, Load::Serve { call: true, framework: Served::Tornado, .. }), "{load:?}");
    let aiohttp =
        "from aiohttp import web\napp = web.Application()\nif __name__ == '__main__':\n    web.run_app(app)\n";
    let found = server(&[("app.py", aiohttp), ("gallery_loader.py", "")]).unwrap();
    assert_eq!(found.loader().unwrap().module, "gallery_loader_2");
    // What was written once is not written again.
    let written = "import os\nfrom app import app\nPORT = int(os.environ['HTTP_PLATFORM_PORT'])\n";
    let found = server(&[("app.py", aiohttp), ("gallery_loader.py", written)]).unwrap();
    assert_eq!((found.evidence.file.as_str(), found.loader()), ("gallery_loader.py", None));
}

#[test]
fn what_can_be_called_is_no_server() {
    let files = files(&[("app.py", FLASK), ("dash.py", "import streamlit\n")]);
    assert_eq!(detect(&files.contents()).own_server, None);
}
