# -*- coding: utf-8 -*-
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render


def index(request):
    return HttpResponse(u'; '.join(u'%s=%s' % (name, u','.join(request.GET.getlist(name)))
                                   for name in (u'q', u'empty', u'list')))


def deep(request):
    return HttpResponse('path=%s' % request.path)


def page(request):
    print >> request.META['wsgi.errors'], 'page'
    return render(request, 'page.html', {'title': settings.SITE_TITLE})


def form(request):
    return HttpResponse(u'Hello, %s' % request.POST['name'])
