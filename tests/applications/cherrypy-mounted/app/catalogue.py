import json
import os
from string import Template

import cherrypy

HERE = os.path.dirname(os.path.abspath(__file__))


class Deep:
    @cherrypy.expose
    def path(self, **values):
        return 'path=%s' % cherrypy.request.path_info


class Catalogue:
    deep = Deep()

    def __init__(self):
        with open(os.path.join(HERE, 'settings.json'), encoding='utf-8') as file:
            self.title = json.load(file)['title']
        with open(os.path.join(HERE, 'templates', 'page.html'), encoding='utf-8') as file:
            self.template = Template(file.read())

    @cherrypy.expose
    def index(self, **values):
        as_list = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        return '; '.join('%s=%s' % (name, ','.join(as_list[name])) for name in as_list)

    @cherrypy.expose
    def page(self):
        return self.template.substitute(title=self.title)

    @cherrypy.expose
    @cherrypy.tools.allow(methods=['POST'])
    def form(self, name):
        return 'Hello, %s' % name


CONFIG = {
    '/': {'tools.encode.on': True, 'tools.encode.encoding': 'utf-8'},
    '/static': {'tools.staticdir.on': True, 'tools.staticdir.dir': os.path.join(HERE, 'static')},
}

cherrypy.config.update({'environment': 'embedded'})

application = cherrypy.tree.mount(Catalogue(), '/', CONFIG)
