import os

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
WSGI_APPLICATION = "polls.wsgi.application"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "USER": "shop", "PASSWORD": os.environ["DB_PASSWORD"]},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
