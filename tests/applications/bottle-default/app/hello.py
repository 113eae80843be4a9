"""Routes on Bottle's default application, as in its tutorial: no application is named anywhere."""

import json
import os

from bottle import TEMPLATE_PATH, get, post, request, route, run, static_file, view

HERE = os.path.dirname(os.path.abspath(__file__))
TEMPLATE_PATH.append(os.path.join(HERE, 'views'))
TITLE = json.load(open(os.path.join(HERE, 'settings.json'), encoding='utf-8'))['title']


@route('/')
def index():
    values = {}
    for name, value in request.query.allitems():
        values.setdefault(name, []).append(value)
    return '; '.join('%s=%s' % (name, ','.join(values[name])) for name in values)


@get('/deep/path/')
def deep():
    return 'path=%s' % request.path


@route('/page/')
@view('page')
def page():
    return {'title': TITLE}


@post('/form/')
def form():
    return 'Hello, %s' % request.forms.getunicode('name')


@route('/static/<name:path>')
def static(name):
    return static_file(name, root=os.path.join(HERE, 'static'))


if __name__ == '__main__':
    run(host='localhost', port=8080)
