# Django settings for diary project.
import json
import os

DEBUG = False
TEMPLATE_DEBUG = DEBUG

HERE = os.path.dirname(os.path.abspath(__file__))

SITE_TITLE = json.load(open(os.path.join(HERE, '..', 'settings.json')))['title']

ALLOWED_HOSTS = ['*']

DATABASES = {}

TIME_ZONE = 'America/Chicago'

SECRET_KEY = os.environ.get('SECRET_KEY') or os.urandom(32).encode('hex')

STATIC_ROOT = os.path.join(HERE, '..', 'static')
STATIC_URL = '/static/'

TEMPLATE_LOADERS = (
    'django.template.loaders.filesystem.Loader',
    'django.template.loaders.app_directories.Loader',
)

MIDDLEWARE_CLASSES = (
    'django.middleware.common.CommonMiddleware',
)

ROOT_URLCONF = 'diary.urls'

TEMPLATE_DIRS = (
    os.path.join(HERE, '..', 'templates'),
)

INSTALLED_APPS = (
    'django.contrib.staticfiles',
    'diary',
)
