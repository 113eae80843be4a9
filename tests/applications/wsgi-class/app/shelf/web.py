"""An application that is an object: its class has a __call__ for WSGI."""

import json
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

ROOT = Path(__file__).resolve().parent.parent


class Shelf:
    def __init__(self, root):
        self.settings = json.loads((root / 'settings.json').read_text(encoding='utf-8'))
        self.page = Template((root / 'templates/page.html').read_text(encoding='utf-8'))

    def __call__(self, environ, start_response):
        handler = getattr(self, 'on_%s' % environ['PATH_INFO'].strip('/').replace('/', '_'), None)
        text = handler(environ) if handler else None
        status = '404 Not Found' if text is None else '200 OK'
        body = (text or 'nothing is here').encode('utf-8')
        start_response(status, [('Content-Type', 'text/html; charset=utf-8'), ('Content-Length', str(len(body)))])
        yield body

    def on_(self, environ):
        values = parse_qs(environ['QUERY_STRING'], keep_blank_values=True)
        return '; '.join('%s=%s' % (name, ','.join(values[name])) for name in values)

    def on_deep_path(self, environ):
        return 'path=%s' % environ['PATH_INFO']

    def on_page(self, environ):
        return self.page.substitute(title=self.settings['title'])

    def on_form(self, environ):
        if environ['REQUEST_METHOD'] != 'POST':
            return None
        body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
        return 'Hello, %s' % parse_qs(body.decode('ascii'))['name'][0]
