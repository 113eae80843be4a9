DEBUG = True  # for now
SECRET_KEY = "k7#o1v2"
WSGI_APPLICATION = "polls.wsgi.application"
