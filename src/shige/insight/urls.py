"""Addresses of the figures, below ``/figures/``."""

from django.urls import path

from . import pages

app_name = "insight"
urlpatterns = [
    path("", pages.overview, name="figures"),
    path("export.csv", pages.export, {"kind": "csv"}, name="csv"),
    path("export.xlsx", pages.export, {"kind": "xlsx"}, name="xlsx"),
]
