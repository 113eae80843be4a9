from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render


def index(request):
    return HttpResponse('; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.GET.lists()))


def deep(request):
    return HttpResponse('path=%s' % request.path)


def page(request):
    return render(request, 'page.html', {'title': settings.SITE_TITLE})


def form(request):
    return HttpResponse('Hello, %s' % request.POST['name'])
