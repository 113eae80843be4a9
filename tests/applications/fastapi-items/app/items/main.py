import json
from pathlib import Path
from string import Template
from typing import List
from urllib.parse import parse_qs

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = json.loads((ROOT / 'settings.json').read_text(encoding='utf-8'))
PAGE = Template((ROOT / 'templates/page.html').read_text(encoding='utf-8'))


def get_application() -> FastAPI:
    application = FastAPI(title='Items')
    application.mount('/static', StaticFiles(directory=str(ROOT / 'static')), name='static')
    return application


app = get_application()


@app.get('/', response_class=PlainTextResponse)
def index(q: str = '', empty: str = '', values: List[str] = Query([], alias='list')):
    return 'q=%s; empty=%s; list=%s' % (q, empty, ','.join(values))


@app.get('/deep/path/', response_class=PlainTextResponse)
async def deep(request: Request):
    return 'path=%s' % request.url.path


@app.get('/page/', response_class=HTMLResponse)
async def page():
    return PAGE.substitute(title=SETTINGS['title'])


@app.post('/form/', response_class=PlainTextResponse)
async def form(request: Request):
    return 'Hello, %s' % parse_qs((await request.body()).decode())['name'][0]
