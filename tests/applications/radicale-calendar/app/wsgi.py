"""Calendars for people who need no server of their own."""

import os

os.environ.setdefault('RADICALE_CONFIG', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'radicale.ini'))

from radicale import application  # noqa: E402,F401
