import json
import os

from bottle import Bottle, TEMPLATE_PATH, request, static_file, template

HERE = os.path.dirname(os.path.abspath(__file__))
TEMPLATE_PATH.insert(0, os.path.join(HERE, 'views'))

app = Bottle()
with open(os.path.join(HERE, 'settings.json'), encoding='utf-8') as file:
    app.config['todo.title'] = json.load(file)['title']


@app.route('/')
def index():
    names = dict.fromkeys(request.query.allitems() and [name for name, _ in request.query.allitems()])
    return '; '.join('%s=%s' % (name, ','.join(request.query.getall(name))) for name in names)


@app.route('/deep/path/')
def deep():
    return 'path=%s' % request.path


@app.route('/page/')
def page():
    return template('page', title=app.config['todo.title'])


@app.post('/form/')
def form():
    return 'Hello, %s' % request.forms.getunicode('name')


@app.route('/static/<name:path>')
def static(name):
    return static_file(name, root=os.path.join(HERE, 'static'))


if __name__ == '__main__':
    app.run(host='127.0.0.1', port=8080, debug=True)
