import json
from pathlib import Path

from pyramid.config import Configurator


def main(global_config, **settings):
    """The application, as Paste Deploy makes it from the [app:main] of an .ini file."""
    with open(settings['wiki.settings'], encoding='utf-8') as file:
        settings['wiki.title'] = json.load(file)['title']
    with Configurator(settings=settings) as config:
        config.add_static_view('static', str(Path(__file__).resolve().parent.parent / 'static'), cache_max_age=3600)
        config.add_route('index', '/')
        config.add_route('deep', '/deep/path/')
        config.add_route('page', '/page/')
        config.add_route('form', '/form/')
        config.scan('.views')
    return config.make_wsgi_app()
