import json
from pathlib import Path
from string import Template

import falcon

from .resources import Deep, Form, Index, Page

ROOT = Path(__file__).resolve().parent.parent


def create_app(template, settings):
    app = falcon.App()
    app.req_options.keep_blank_qs_values = True
    app.add_route('/', Index())
    app.add_route('/deep/path/', Deep())
    app.add_route('/page/', Page(template, settings))
    app.add_route('/form/', Form())
    app.add_static_route('/static', str(ROOT / 'static'))
    return app


def get_app():
    settings = json.loads((ROOT / 'settings.json').read_text(encoding='utf-8'))
    template = Template((ROOT / 'templates/page.html').read_text(encoding='utf-8'))
    return create_app(template, settings)
