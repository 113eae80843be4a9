from pathlib import Path
from string import Template

from pyramid.response import Response
from pyramid.view import view_config

TEMPLATE = Template((Path(__file__).parent / 'templates/page.html').read_text(encoding='utf-8'))


@view_config(route_name='index')
def index(request):
    names = dict.fromkeys(request.GET)
    return Response('; '.join('%s=%s' % (name, ','.join(request.GET.getall(name))) for name in names))


@view_config(route_name='deep')
def deep(request):
    return Response('path=%s' % request.path)


@view_config(route_name='page')
def page(request):
    return Response(TEMPLATE.substitute(title=request.registry.settings['wiki.title']))


@view_config(route_name='form', request_method='POST')
def form(request):
    return Response('Hello, %s' % request.POST['name'])
