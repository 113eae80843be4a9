from flask import Flask

try:
    from local import app
except ImportError:
    app = Flask(__name__)
