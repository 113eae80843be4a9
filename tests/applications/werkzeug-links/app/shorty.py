"""After the tutorial of Werkzeug: a class with wsgi_app, a factory, middleware for static files."""

import json
import os

from jinja2 import Environment, FileSystemLoader
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

HERE = os.path.dirname(os.path.abspath(__file__))


class Shorty:
    def __init__(self, config):
        self.config = config
        self.jinja = Environment(loader=FileSystemLoader(os.path.join(HERE, 'templates')), autoescape=True)
        self.urls = Map(
            [
                Rule('/', endpoint='index'),
                Rule('/deep/path/', endpoint='deep'),
                Rule('/page/', endpoint='page'),
                Rule('/form/', endpoint='form', methods=['POST']),
            ]
        )

    def on_index(self, request):
        return Response('; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists()))

    def on_deep(self, request):
        return Response('path=%s' % request.path)

    def on_page(self, request):
        return Response(self.jinja.get_template('page.html').render(title=self.config['title']), mimetype='text/html')

    def on_form(self, request):
        return Response('Hello, %s' % request.form['name'])

    def dispatch(self, request):
        try:
            endpoint, values = self.urls.bind_to_environ(request.environ).match()
            return getattr(self, 'on_' + endpoint)(request, **values)
        except HTTPException as error:
            return error

    def wsgi_app(self, environ, start_response):
        return self.dispatch(Request(environ))(environ, start_response)

    def __call__(self, environ, start_response):
        return self.wsgi_app(environ, start_response)


def create_app(settings='settings.json', with_static=True):
    with open(os.path.join(HERE, settings), encoding='utf-8') as file:
        app = Shorty(json.load(file))
    if with_static:
        app.wsgi_app = SharedDataMiddleware(app.wsgi_app, {'/static': os.path.join(HERE, 'static')})
    return app


if __name__ == '__main__':
    from werkzeug.serving import run_simple

    run_simple('127.0.0.1', 5000, create_app(), use_debugger=True, use_reloader=True)
