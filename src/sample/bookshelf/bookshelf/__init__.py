"""A shelf of books."""
from flask import Flask

from bookshelf.shelf import shelf


def create_app():
    """Makes the application."""
    app = Flask(__name__)
    app.register_blueprint(shelf)
    return app
