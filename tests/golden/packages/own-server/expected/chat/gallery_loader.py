"""Serves `app:app` on the port that IIS says.

Written while the application was packaged; HttpPlatformHandler starts it as a program.
"""
import os

from aiohttp import web as serving

from app import app

HOST = "127.0.0.1"
PORT = int(os.environ["HTTP_PLATFORM_PORT"])

if __name__ == "__main__":
    application = app
    serving.run_app(application, host=HOST, port=PORT)
