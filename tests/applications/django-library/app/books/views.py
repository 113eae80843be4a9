from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Book


def index(request):
    return HttpResponse('; '.join('%s=%s' % (name, ','.join(values)) for name, values in request.GET.lists()))


def deep(request):
    return HttpResponse('path=%s' % request.path)


def page(request):
    return render(request, 'books/list.html', {'books': Book.objects.order_by('year')})


@csrf_exempt
@require_POST
def form(request):
    return HttpResponse('Hello, %s' % request.POST['name'])
