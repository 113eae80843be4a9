DEBUG = False
INSTALLED_APPS = ()
ROOT_URLCONF = 'DjangoApplication.urls'
