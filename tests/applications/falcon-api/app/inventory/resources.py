import falcon


class Index:
    def on_get(self, req, resp):
        names = dict.fromkeys(part.split('=')[0] for part in req.query_string.split('&') if part)
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = '; '.join('%s=%s' % (name, ','.join(req.get_param_as_list(name))) for name in names)


class Deep:
    def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = 'path=%s' % req.path


class Page:
    def __init__(self, template, settings):
        self.template = template
        self.settings = settings

    def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        resp.text = self.template.substitute(title=self.settings['title'])


class Form:
    def on_post(self, req, resp):
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = 'Hello, %s' % req.get_media()['name']
