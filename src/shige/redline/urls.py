"""Addresses of the one red line, below ``/redline/``."""

from django.urls import path

from .line import pages as line
from .organisations import pages as organisations

app_name = "redline"
urlpatterns = [
    path("", line.line, name="line"),
    path("grids/<str:code>/add/", organisations.add, name="add"),
    path("organisations/<veiled:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<veiled:pk>/<slug:act>/", organisations.act, name="act"),
]
