from django.urls import path

from DjangoApplication import views

urlpatterns = [
    path('', views.index),
    path('deep/path/', views.deep),
    path('page/', views.page),
    path('form/', views.form),
]
