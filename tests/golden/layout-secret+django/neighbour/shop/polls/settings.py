import os

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
WSGI_APPLICATION = "polls.wsgi.application"
