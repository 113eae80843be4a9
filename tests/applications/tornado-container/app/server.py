"""A WSGI application that Tornado serves; on IIS the server is another."""

import json
import os
from string import Template
from urllib.parse import parse_qs

import tornado.httpserver
import tornado.ioloop
import tornado.wsgi

HERE = os.path.dirname(os.path.abspath(__file__))


def read(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as file:
        return file.read()


def answer(environ):
    path = environ['PATH_INFO'] or '/'
    if path == '/':
        values = parse_qs(environ['QUERY_STRING'], keep_blank_values=True)
        return '; '.join('%s=%s' % (name, ','.join(values[name])) for name in values)
    if path == '/deep/path/':
        return 'path=%s' % path
    if path == '/page/':
        return Template(read('templates/page.html')).substitute(title=json.loads(read('settings.json'))['title'])
    if path == '/form/' and environ['REQUEST_METHOD'] == 'POST':
        body = environ['wsgi.input'].read(int(environ['CONTENT_LENGTH']))
        return 'Hello, %s' % parse_qs(body.decode('ascii'))['name'][0]
    return None


def simple_app(environ, start_response):
    text = answer(environ)
    start_response('404 Not Found' if text is None else '200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [(text or 'nothing is here').encode('utf-8')]


def main():
    container = tornado.wsgi.WSGIContainer(simple_app)
    http_server = tornado.httpserver.HTTPServer(container)
    http_server.listen(8888)
    tornado.ioloop.IOLoop.current().start()


if __name__ == '__main__':
    main()
