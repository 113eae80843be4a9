import json
import os

import web

HERE = os.path.dirname(os.path.abspath(__file__))

urls = (
    '/', 'Index',
    '/deep/path/', 'Deep',
    '/page/', 'Page',
    '/form/', 'Form',
)

render = web.template.render(os.path.join(HERE, 'templates'))
app = web.application(urls, globals())


class Index:
    def GET(self):
        values = web.input(q='', empty='', list=[])
        return 'q=%s; empty=%s; list=%s' % (values.q, values.empty, ','.join(values.list))


class Deep:
    def GET(self):
        return 'path=%s' % web.ctx.path


class Page:
    def GET(self):
        web.header('Content-Type', 'text/html; charset=utf-8')
        with open(os.path.join(HERE, 'settings.json'), encoding='utf-8') as file:
            return render.page(json.load(file)['title'])


class Form:
    def POST(self):
        return 'Hello, %s' % web.input().name


if __name__ == '__main__':
    app.run()
