WSGI_APPLICATION = "polls.wsgi.application"
