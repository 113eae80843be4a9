# An example WSGI for use with mod_wsgi, edited as its comments say.
# See also https://mercurial-scm.org/wiki/modwsgi

# Path to repo or hgweb config to serve (see 'hg help hgweb')
import os

config = os.fsencode(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'hgweb.config'))

# where the compiled parts do not fit, those in Python do
os.environ.setdefault('HGMODULEPOLICY', 'allow')

from mercurial.hgweb import hgweb

application = hgweb(config)
