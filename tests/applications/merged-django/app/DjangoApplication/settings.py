import json
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SITE_TITLE = json.loads((BASE_DIR / 'settings.json').read_text(encoding='utf-8'))['title']
SECRET_KEY = os.environ.get('SECRET_KEY') or os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = ['*']
INSTALLED_APPS = ['django.contrib.staticfiles', 'DjangoApplication']
MIDDLEWARE = ['django.middleware.common.CommonMiddleware']
ROOT_URLCONF = 'DjangoApplication.urls'
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
DATABASES = {}
USE_TZ = True
STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'static'
