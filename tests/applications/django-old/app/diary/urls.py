from django.conf.urls import patterns, url

urlpatterns = patterns('diary.views',
    url(r'^$', 'index'),
    url(r'^deep/path/$', 'deep'),
    url(r'^page/$', 'page'),
    url(r'^form/$', 'form'),
)
