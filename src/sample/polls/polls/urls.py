"""The addresses of the polls project."""
urlpatterns = []
