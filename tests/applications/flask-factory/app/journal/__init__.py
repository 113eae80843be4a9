import json
import os

from flask import Flask


def create_app(test_config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_mapping(DATABASE=os.path.join(app.instance_path, 'journal.sqlite'))
    if test_config is None:
        app.config.from_file('settings.json', load=json.load, silent=True)
    else:
        app.config.update(test_config)

    from . import entries

    app.register_blueprint(entries.bp)
    return app
