"""A guestbook without a framework: one function, as PEP 3333 describes it."""

import json
import os
from string import Template
from urllib.parse import parse_qs

HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, 'settings.json'), encoding='utf-8') as file:
    SETTINGS = json.load(file)

with open(os.path.join(HERE, 'templates', 'page.html'), encoding='utf-8') as file:
    PAGE = Template(file.read())


def index(environ):
    values = parse_qs(environ['QUERY_STRING'], keep_blank_values=True)
    return '; '.join('%s=%s' % (name, ','.join(values[name])) for name in values)


def deep(environ):
    return 'path=%s' % environ['PATH_INFO']


def page(environ):
    return PAGE.substitute(title=SETTINGS['title'])


def form(environ):
    body = environ['wsgi.input'].read(int(environ.get('CONTENT_LENGTH') or 0))
    return 'Hello, %s' % parse_qs(body.decode('ascii'))['name'][0]


PAGES = {
    ('GET', '/'): index,
    ('GET', '/deep/path/'): deep,
    ('GET', '/page/'): page,
    ('POST', '/form/'): form,
}


def application(environ, start_response):
    answer = PAGES.get((environ['REQUEST_METHOD'], environ['PATH_INFO'] or '/'))
    status, text = ('200 OK', answer(environ)) if answer else ('404 Not Found', 'nothing is here')
    body = text.encode('utf-8')
    start_response(status, [('Content-Type', 'text/html; charset=utf-8'), ('Content-Length', str(len(body)))])
    return [body]


if __name__ == '__main__':
    from wsgiref.simple_server import make_server

    make_server('127.0.0.1', 8000, application).serve_forever()
