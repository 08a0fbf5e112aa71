"""Addresses of the one red line, below ``/redline/``."""

from django.urls import path

from .line import pages as line
from .organisations import import_pages as importing
from .organisations import pages as organisations

app_name = "redline"
urlpatterns = [
    path("", line.line, name="line"),
    path("grids/<str:code>/add/", organisations.add, name="add"),
    path("import/", importing.start, name="import"),
    path("import/<slug:token>/", importing.preview, name="import_preview"),
    path("import/<slug:token>/marked/", importing.marked, name="import_marked"),
    path("import/<slug:token>/save/", importing.save, name="import_save"),
    path("export/", importing.export, name="export"),
    path("organisations/<veiled:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<veiled:pk>/<slug:act>/", organisations.act, name="act"),
]
