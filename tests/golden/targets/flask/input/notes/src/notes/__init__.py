from flask import Flask


def create_app():
    app = Flask(__name__)

    @app.route("/")
    def home():
        return f"{1 + 1} notes"

    return app
