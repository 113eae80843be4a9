# For mod_wsgi: WSGIScriptAlias / /var/www/guests/guests.wsgi
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from guests import PAGES, make

application = make(PAGES)
