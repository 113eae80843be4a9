DEBUG = True  # for now
import os

SECRET_KEY = os.environ["SECRET_KEY"]
WSGI_APPLICATION = "polls.wsgi.application"
