import os

DEBUG = False
SECRET_KEY = "k7#o1v2"
WSGI_APPLICATION = "polls.wsgi.application"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "USER": "shop", "PASSWORD": "Tr0ub4dor&3"},
}
STRIPE_WEBHOOK = os.environ.get("STRIPE_API_KEY", "51HxQ7vZ2eKlo2C0aBcDeF")
CACHE = "redis://:hunter22@cache.shop.net/0"
