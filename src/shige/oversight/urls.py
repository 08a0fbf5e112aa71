"""Addresses of oversight, below ``/oversight/``."""

from django.urls import path

from .grids import pages as grids
from .notes import pages as notes
from .reports import pages as reports
from .urgings import pages as urgings

app_name = "oversight"
urlpatterns = [
    path("", grids.home, name="home"),
    path("grids/<str:code>/", grids.grid, name="grid"),
    path("grids/<str:code>/urge/", urgings.make, name="urge"),
    path("grids/<str:code>/notes/<slug:kind>/", notes.write, name="write_note"),
    path("notes/", notes.notes, name="notes"),
    path("notes/<veiled:pk>/", notes.note, name="note"),
    path("notes/<veiled:pk>/answer/", notes.answer, name="answer"),
    path("grids/<str:code>/reports/<slug:quarter>/", reports.draft, name="draft_report"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<veiled:pk>/", reports.report, name="report"),
    path("reports/<veiled:pk>/change/", reports.change, name="change_report"),
    path("urgings/", urgings.urgings, name="urgings"),
    path("urgings/<veiled:pk>/", urgings.urging, name="urging"),
    path("urgings/<veiled:pk>/<slug:action>/", urgings.move, name="act"),
]
