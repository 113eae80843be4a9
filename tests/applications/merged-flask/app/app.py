import json

from flask import Flask, render_template, request

app = Flask(__name__)

# Make the WSGI interface available at the top level so wfastcgi can get it.
wsgi_app = app.wsgi_app


@app.route('/')
def index():
    return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())


@app.route('/deep/path/')
def deep():
    return 'path=%s' % request.path


@app.route('/page/')
def page():
    with open('settings.json', encoding='utf-8') as file:
        return render_template('page.html', title=json.load(file)['title'])


@app.post('/form/')
def form():
    return 'Hello, %s' % request.form['name']


if __name__ == '__main__':
    import os

    app.run(os.environ.get('SERVER_HOST', 'localhost'), int(os.environ.get('SERVER_PORT', '5555')))
