import json
import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

with open(os.path.join(BASE_DIR, 'settings.json'), encoding='utf-8') as file:
    SITE_TITLE = json.load(file)['title']

SECRET_KEY = os.environ.get('SECRET_KEY') or os.urandom(32).hex()

INSTALLED_APPS = ['django.contrib.staticfiles', 'pages']

MIDDLEWARE = ['django.middleware.common.CommonMiddleware']

ROOT_URLCONF = 'config.urls'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [os.path.join(BASE_DIR, 'templates')],
        'APP_DIRS': True,
    },
]

WSGI_APPLICATION = 'config.wsgi.application'

DATABASES = {}

USE_TZ = True

STATIC_URL = '/static/'
STATIC_ROOT = os.path.join(BASE_DIR, 'static')
STATICFILES_DIRS = [os.path.join(BASE_DIR, 'assets')]
