"""Addresses of the one red line, below ``/redline/``."""

from django.urls import path

from .adjustment import pages as adjustment
from .coverage import map_pages
from .coverage import pages as coverage
from .line import pages as line
from .organisations import import_pages as importing
from .organisations import pages as organisations

app_name = "redline"
urlpatterns = [
    path("", line.line, name="line"),
    path("communities/<str:code>/", line.community, name="community"),
    path("grids/", coverage.grids, name="grids"),
    path("grids/export/", coverage.grids_export, name="grids_export"),
    path("map/", map_pages.on_map, name="map"),
    path("coverage/", coverage.overview, name="coverage"),
    path("coverage/export/", coverage.overview_export, name="coverage_export"),
    path("coverage/months/", coverage.by_month, name="months"),
    path("coverage/months/export/", coverage.months_export, name="months_export"),
    path("grids/<str:code>/add/", organisations.add, name="add"),
    path("import/", importing.start, name="import"),
    path("import/<slug:token>/", importing.preview, name="import_preview"),
    path("import/<slug:token>/marked/", importing.marked, name="import_marked"),
    path("import/<slug:token>/save/", importing.save, name="import_save"),
    path("export/", importing.export, name="export"),
    path("adjustment/", adjustment.proposals, name="adjustment"),
    path("organisations/<veiled:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<veiled:pk>/<slug:act>/", organisations.act, name="act"),
]
