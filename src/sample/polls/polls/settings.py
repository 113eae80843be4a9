"""Settings of the polls project."""
import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = os.environ.get("POLLS_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
ROOT_URLCONF = "polls.urls"
WSGI_APPLICATION = "polls.wsgi.application"
STATIC_URL = "/static/"
