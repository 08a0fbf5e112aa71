"""Addresses of the one red line, below ``/redline/``."""

from django.urls import path

from . import pages

app_name = "redline"
urlpatterns = [
    path("", pages.line, name="line"),
    path("grids/<str:code>/add/", pages.add, name="add"),
    path("organisations/<veiled:pk>/", pages.organisation, name="organisation"),
    path("organisations/<veiled:pk>/close/", pages.close, name="close"),
]
