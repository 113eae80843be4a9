"""As `trac-admin deploy` writes it, but beside the environment."""

import os

ENVIRONMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'environment')


def application(environ, start_request):
    environ.setdefault('trac.env_path', ENVIRONMENT)
    from trac.web.main import dispatch_request

    return dispatch_request(environ, start_request)
