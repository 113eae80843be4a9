import json
import os

from flask import Flask, render_template, request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Development:
    DEBUG = True


class Production:
    DEBUG = False


CONFIG = {'development': Development, 'production': Production}


def create_app(config_name):
    app = Flask(__name__)
    app.config.from_object(CONFIG[config_name])
    with open(os.path.join(ROOT, 'settings.json'), encoding='utf-8') as file:
        app.config['TITLE'] = json.load(file)['title']

    @app.route('/')
    def index():
        return '; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.args.lists())

    @app.route('/deep/path/')
    def deep():
        return 'path=%s' % request.path

    @app.route('/page/')
    def page():
        return render_template('page.html', title=app.config['TITLE'])

    @app.route('/form/', methods=['POST'])
    def form():
        return 'Hello, %s' % request.form['name']

    return app
