INSTALLED_APPS = []
ROOT_URLCONF = "store.urls"
