import json
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from urllib.parse import parse_qs

HERE = Path(__file__).resolve().parent
SETTINGS = json.loads((HERE / 'settings.json').read_text(encoding='utf-8'))
PAGE = Template((HERE / 'templates/page.html').read_text(encoding='utf-8'))


async def index(request):
    names = dict.fromkeys(request.query_params)
    values = request.query_params
    return PlainTextResponse('; '.join('%s=%s' % (name, ','.join(values.getlist(name))) for name in names))


async def deep(request):
    return PlainTextResponse('path=%s' % request.url.path)


async def page(request):
    return HTMLResponse(PAGE.substitute(title=SETTINGS['title']))


async def form(request):
    return PlainTextResponse('Hello, %s' % parse_qs((await request.body()).decode())['name'][0])


app = Starlette(
    routes=[
        Route('/', index),
        Route('/deep/path/', deep),
        Route('/page/', page),
        Route('/form/', form, methods=['POST']),
        Mount('/static', StaticFiles(directory=HERE / 'static')),
    ]
)
